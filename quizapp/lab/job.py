"""What a run is to do and what came of it: both in one file that the app and the demo's process have open.

The app writes the job; behind it the other side appends its answer, a JSON object a line, to be merged.
"""

import contextlib
import json
import secrets
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from quizapp.lab.hoard import remove

MAX_ANSWER = 6_000_000  # bytes; what `result.usable` lets through is less
MAX_LINES = 100  # of the answer: the last ones; the other side writes four
MAX_COMMAS, MAX_COLONS = 300_000, 10_000  # of all lines; parsing more would hold up the keys, and no answer has as many
MAX_DIGITS = 400  # of a number, likewise

Job = dict[str, Any]

_DIGITS = bytes(ord("0") if chr(byte).isdigit() else 1 for byte in range(128)) + bytes(128)
_Value = int | float | str | None | list[int | float | str]
_Line = dict[str, _Value | dict[str, _Value | dict[str, _Value]]]
_read_line = msgspec.json.Decoder(_Line).decode


def merged(answer: bytes) -> dict[str, Any]:
    """An answer, its lines put together; what the demo may have written into it, and is no such line, is left out."""
    whole: dict[str, Any] = {}
    crowded = answer.count(b",") > MAX_COMMAS or answer.count(b":") > MAX_COLONS
    if crowded or b"0" * MAX_DIGITS in answer.translate(_DIGITS):
        return whole
    for line in answer.rsplit(b"\n", MAX_LINES):
        with contextlib.suppress(ValueError, RecursionError):
            whole |= _read_line(line)
    return whole


class JobFile:
    """The job and the answer, in a file without a name unless `named`; and where the scratch folder is."""

    def __init__(self, job: Job, *, named: bool) -> None:
        self.scratch = Path(tempfile.gettempdir(), f"quizapp-run-{secrets.token_hex(8)}")
        self.path = self.scratch.with_suffix(".job")
        data = json.dumps({**job, "scratch": str(self.scratch)}).encode()
        self._named = named
        self._file = self.path.open("x+b", 0) if named else tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._start = len(data)
        self._file.write(data)

    def fileno(self) -> int:
        return self._file.fileno()

    def answer(self) -> dict[str, Any]:
        """What the other side has written so far."""
        self._file.seek(self._start)
        return merged(self._file.read(MAX_ANSWER))

    def close(self) -> None:
        """Forget both, and the scratch folder, if the other side could not."""
        self._file.close()
        if self._named:
            self.path.unlink(missing_ok=True)
        if self.scratch.exists():
            remove(str(self.scratch))
