"""Which demos may run: the bundled ones, and those that the user has seen and allowed, by path and hash."""

import json
from pathlib import Path
from typing import Any

from quizapp import disk
from quizapp.lab.script import Script

FORMAT = 1


class Trust:
    """What the file at `path` says, read anew each time: another quizapp may have allowed something meanwhile.

    The file need not exist. One that cannot be read, or that a newer quizapp wrote, trusts nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def trusted(self, script: Script, bundled: Path) -> bool:
        """Whether `script`, as it was read, may run without asking: from below `bundled`, or allowed with this hash."""
        try:
            path = script.path.resolve()
            return path.is_relative_to(bundled.resolve()) or self._allowed().get(str(path)) == script.sha256
        except (OSError, RuntimeError):
            return False

    def allow(self, script: Script) -> None:
        """Let `script` run from now on, until it or a file that it imports changes.

        Atomic and durable. Raises OSError with a sentence if it cannot be written.
        """
        if self._format() > FORMAT:
            raise OSError(f"{self.path}: a newer quizapp wrote this file; update this one, then allow the demo")
        allowed = {**self._allowed(), str(script.path.resolve()): script.sha256}
        text = json.dumps({"format": FORMAT, "allowed": dict(sorted(allowed.items()))}, indent=1)
        try:
            disk.replace(self.path, f"{text}\n".encode(), private=True)
        except OSError as error:
            raise OSError(f"{self.path}: the permission cannot be saved: {error.strerror or error}") from None

    def _allowed(self) -> dict[str, str]:
        """Path → hash."""
        allowed = self._file().get("allowed")
        if self._format() != FORMAT or not isinstance(allowed, dict):
            return {}
        return {path: sha for path, sha in allowed.items() if isinstance(sha, str)}

    def _format(self) -> int:
        found = self._file().get("format", FORMAT)
        return found if isinstance(found, int) else 0

    def _file(self) -> dict[str, Any]:
        try:
            file: object = json.loads(self.path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return file if isinstance(file, dict) else {}
