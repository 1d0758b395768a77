"""Which demos may run: the bundled ones, and those that the user has seen and allowed, by path and hash.

The sources that were allowed are kept in `allowed` beside the file, so that the next question can show what changed.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from quizapp import disk
from quizapp.lab.review import sources_of
from quizapp.lab.script import Script, hash_of
from quizapp.texts import UserError, os_reason, tell

TRUST_FORMAT = 1
MAX_KEPT = 200  # demos whose sources are kept
MAX_FILE = 50_000_000  # bytes of any of the files; a source in JSON takes six times its bytes at most


class CannotAllow(UserError, OSError):
    """A permission cannot be written."""


def came_with(bundled: Path, path: Path) -> bool:
    """Whether a file lies below `bundled`, where it was read and where it leads to. A link to there does not: it may
    have been another file when it was read."""
    root = bundled.resolve()
    return path.is_relative_to(root) and path.resolve().is_relative_to(root)


class Trust:
    """What the file at `path` says, read anew each time: another quizapp may have allowed something meanwhile.

    The file need not exist. One that cannot be read, or that a newer quizapp wrote, trusts nothing. `closed`: nothing
    more is allowed from here.
    """

    def __init__(self, path: Path, *, closed: bool = False) -> None:
        self.path, self._closed = path, closed

    def trusted(self, script: Script, bundled: Path) -> bool:
        """Whether `script`, as it was read, may run without asking: all of it from below `bundled`, or allowed with
        this hash."""
        try:
            if all(came_with(bundled, path) for path in (script.path, *script.beside)):
                return True
        except (OSError, RuntimeError):
            return False
        return self._allowed().get(str(script.path)) == script.sha256

    def before(self, script: Script) -> dict[str, bytes] | None:
        """The sources that were allowed last for the demo in `script.path`, by name; None if they are not known."""
        with suppress(OSError, ValueError, RecursionError, AttributeError, TypeError, KeyError):
            kept = json.loads(disk.read_plain(self._kept(script), MAX_FILE))
            found = {str(name): str(text).encode() for name, text in kept["sources"].items()}
            own, folder = script.path.name, script.path.parent
            beside = {folder / name: source for name, source in found.items() if name != own}
            if hash_of(script.path, found[own], beside) == self._allowed().get(str(script.path)):
                return found
        return None

    def allow(self, script: Script) -> None:
        """Let `script` run from now on, until it or a file that it imports changes.

        Atomic and durable. Raises CannotAllow if it cannot be written, or it is closed.
        """
        if self._closed:
            raise CannotAllow(tell("lab.trust.closed", file=script.path))
        if self._format() > TRUST_FORMAT:
            raise CannotAllow(tell("lab.trust.newer", file=self.path))
        allowed = {**self._allowed(), str(script.path): script.sha256}
        text = json.dumps({"format": TRUST_FORMAT, "allowed": dict(sorted(allowed.items()))}, indent=1)
        sources = {name: source.decode() for name, source in sources_of(script).items()}
        try:
            disk.replace(self._kept(script), json.dumps({"sources": sources}).encode(), private=True)
            self._forget_old()
            disk.replace(self.path, f"{text}\n".encode(), private=True)
        except OSError as error:
            raise CannotAllow(tell("lab.trust.not_saved", file=self.path, why=os_reason(error))) from None

    def _kept(self, script: Script) -> Path:
        name = hashlib.sha256(str(script.path).encode(errors="surrogateescape")).hexdigest()
        return self.path.parent / "allowed" / f"{name}.json"

    def _forget_old(self) -> None:
        kept = sorted((self.path.parent / "allowed").glob("*.json"), key=lambda path: path.lstat().st_mtime)
        for path in kept[:-MAX_KEPT]:
            path.unlink()

    def _allowed(self) -> dict[str, str]:
        """Path → hash."""
        allowed = self._file().get("allowed")
        if self._format() != TRUST_FORMAT or not isinstance(allowed, dict):
            return {}
        return {path: sha for path, sha in allowed.items() if isinstance(sha, str)}

    def _format(self) -> int:
        found = self._file().get("format", TRUST_FORMAT)
        return found if isinstance(found, int) else 0

    def _file(self) -> dict[str, Any]:
        try:
            file: object = json.loads(disk.read_plain(self.path, MAX_FILE, follow=True))
        except (OSError, ValueError, RecursionError):
            return {}
        return file if isinstance(file, dict) else {}
