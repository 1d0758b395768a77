"""What the examiner was asked and said, a line each in a file of the home: so that nothing is sent twice, and one sees
what it costs by day.

A line is a JSON object with its `type`. The answer itself is not kept, only a hash over it and all that was sent with
it, and what was said of it. Only the newest lines are kept, but all by which the user agreed to an address, and all
that say how a test went.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct, json

from quizapp import disk
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.measure import Agreement
from quizapp.examiner.parse import tidied
from quizapp.examiner.place import Place
from quizapp.examiner.prompt import prompt_text, task_text
from quizapp.examiner.reference import REFERENCE
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost, Verdict

MOST_BYTES = 5_000_000
KEPT_LINES = 2_000  # of those that are not kept for ever, once the file is larger


class Spent(Struct, frozen=True):
    """Of one day and model: how many times it was asked, the tokens as far as they are known, and the seconds."""

    day: date
    model: str
    times: int
    tokens_in: int
    tokens_out: int
    seconds: float


class Agreed(Struct, frozen=True, tag="agreed"):
    """The user's answers may be sent there."""

    address: str
    at: datetime


class Judged(Struct, frozen=True, tag="judged", omit_defaults=True):
    """What was paid for: a verdict, with the hash of what it is on, or a question."""

    at: datetime
    model: str
    cost: Cost
    hash: str = ""
    verdict: Verdict | None = None


class Tested(Struct, frozen=True, tag="tested"):
    """How far an examiner agreed with the reference; the `hash` is over both."""

    at: datetime
    hash: str
    found: Agreement


_Line = Agreed | Judged | Tested
_line = json.Decoder(_Line)


class Record:
    """The file at `path`, which need not exist. What cannot be read of it is left out; a file that cannot be written
    loses no verdict on the screen. The user's prompts lie beside it. `refused`: why the last line was not written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: OSError | None = None

    def agreed(self, address: str) -> bool:
        """Did the user say once that their answers may be sent there?"""
        return any(isinstance(line, Agreed) and line.address == address for line in self._lines)

    def agree(self, address: str, now: datetime) -> None:
        """They did."""
        if not self.agreed(address):
            self._add(Agreed(address, now))

    def found(self, place: Place, task: Task) -> Verdict | None:
        """The verdict that this model at this address gave on just this, with the same prompt."""
        name = self._hash(place, task)
        for line in reversed(self._lines):
            if isinstance(line, Judged) and line.verdict and line.hash == name != "":
                return tidied(line.verdict) if len(line.verdict.points) == len(task.points) else None
        return None

    def keep(self, place: Place, task: Task, verdict: Verdict | None, cost: Cost, now: datetime) -> None:
        """A verdict, or (None) a follow-up question, that was paid for."""
        self._add(Judged(now, place.model, cost, self._hash(place, task) if verdict else "", verdict))

    def keep_test(self, place: Place, found: Agreement, now: datetime) -> None:
        """How this examiner was found to agree with the reference."""
        self._add(Tested(now, self._test_hash(place), found))

    def tested(self, place: Place) -> Agreement | None:
        """How far this model at this address agreed with the reference, told the same: of the test that had the most
        answers, of several the last."""
        name = self._test_hash(place)
        tests = [line.found for line in self._lines if isinstance(line, Tested) and line.hash == name != ""]
        return max(reversed(tests), key=lambda found: found.answers + found.unread, default=None)

    def spent(self) -> tuple[Spent, ...]:
        """By day and model, the newest day first."""
        days: dict[tuple[date, str], list[Cost]] = {}
        for line in self._lines:
            if isinstance(line, Judged):
                days.setdefault((line.at.date(), line.model), []).append(line.cost)
        return tuple(
            Spent(
                day,
                model,
                len(costs),
                sum(cost.tokens_in or 0 for cost in costs),
                sum(cost.tokens_out or 0 for cost in costs),
                sum(cost.seconds for cost in costs),
            )
            for (day, model), costs in sorted(days.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1]))
        )

    def _hash(self, place: Place, task: Task) -> str:
        """Over all that a verdict depends on; "" where nothing could be sent."""
        try:
            told = prompt_text("judge", self.path.with_name("prompts"), task.language)
            sent = json.encode([place.address, place.model, told, task_text("judge", task)])
        except ExaminerFault:
            return ""
        return hashlib.sha256(sent).hexdigest()

    def _test_hash(self, place: Place) -> str:
        """Over what makes it this examiner and no other, and what it is measured on; "" where it cannot be told
        anything."""
        try:
            told = prompt_text("judge", self.path.with_name("prompts"), "en")
        except ExaminerFault:
            return ""
        examiner = json.encode([place.address, place.model, told])
        return hashlib.sha256(examiner + REFERENCE.read_bytes()).hexdigest()

    @cached_property
    def _lines(self) -> list[_Line]:
        """What the file says, read once."""
        found: list[_Line] = []
        for raw in _raw_lines(self.path):
            with suppress(ValueError, RecursionError):
                found.append(_line.decode(raw))
        return found

    def _add(self, line: _Line) -> None:
        self._lines.append(line)
        self.refused = None
        try:
            self._write(json.encode(line) + b"\n")
        except OSError as error:  # a TimeoutError is one
            self.refused = error

    def _write(self, line: bytes) -> None:
        with self._locked() as fd:
            size = os.fstat(fd).st_size
            os.lseek(fd, max(0, size - 1), os.SEEK_SET)
            torn = os.read(fd, 1) not in (b"", b"\n")
            disk.append(fd, b"\n" * torn + line)
            if size > MOST_BYTES:
                self._forget_old()

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The file, held for this process: also where another has just written it anew."""
        while True:
            fd = disk.open_append(self.path, create=True, private=True)
            try:
                disk.lock(fd)
                if disk.same_file(fd, self.path):
                    yield fd
                    return
            finally:
                disk.unlock(fd)
                os.close(fd)

    def _forget_old(self) -> None:
        kept: list[bytes] = []
        rest: list[bytes] = []
        for raw in _raw_lines(self.path):
            (kept if raw.startswith((b'{"type":"agreed"', b'{"type":"tested"')) else rest).append(raw)
        newest: list[bytes] = []
        size = 0
        for raw in reversed(rest[-KEPT_LINES:]):
            size += len(raw)
            if size > MOST_BYTES // 2:
                break
            newest.append(raw)
        disk.replace(
            self.path, b"".join(raw + b"\n" for raw in (*dict.fromkeys(kept), *reversed(newest))), private=True
        )


def _raw_lines(path: Path) -> list[bytes]:
    """The newest lines of the file, none where it cannot be read."""
    try:
        with open(path, "rb", opener=disk.plain) as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - 2 * MOST_BYTES))
            lines = file.read(2 * MOST_BYTES).split(b"\n")
    except OSError:
        return []
    return [line for line in (lines[1:] if size > 2 * MOST_BYTES else lines) if line]
