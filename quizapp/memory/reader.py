"""A journal read back, event by event: what is damaged is told apart, and how far one came is kept."""

import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from msgspec import Struct

from quizapp import disk
from quizapp.memory.events import AnyEvent, Opened, RulesNamed
from quizapp.memory.line import JOURNAL_FORMAT, LONGEST_LINE, Damaged, from_line, sealed
from quizapp.texts import Sentence, tell

CHECKED = 64
"""The bytes before a position whose checksum it keeps."""

_SHOWN = 1000
_MOST_MISSING = 10**9  # a number further on than that is no number: the ones that follow it must find room


class Rewritten(Exception):
    """What was read of the journal at `path` before is no longer what stands there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} changed")
        self.path = path


class Position(Struct, frozen=True, omit_defaults=True):
    """How far a journal was read: `bytes` of it, up to number `seq`; `check` is the CRC-32 of the last 64 of them.

    `rules` are the names that were spelled out up to here; `ended` is whether it is just after a newline.
    """

    bytes: int = 0
    seq: int = 0
    check: int = 0
    rules: tuple[str, ...] = ()
    ended: bool = True


class BadLine(Struct, frozen=True):
    """A line that is no event: the byte where it starts, what stands there, why it is none."""

    offset: int
    raw: bytes
    why: Sentence


class Reader:
    """The events of one journal, from `position` to its last whole line or to byte `stop`; iterate once.

    When they are through, the attributes tell the rest: `position` how far it came, `damaged` how many lines are no
    events and `bad` the first of them (some megabytes at most, and of a line that is too long its beginning),
    `missing` how many numbers were skipped, `torn` what stands after the last line, `newer` the format that it stopped
    at. Raises Rewritten if the file is not what `position` was read from, OSError if it is unreadable.
    """

    def __init__(self, path: Path, position: Position | None = None, *, stop: int | None = None) -> None:
        self.path = path
        self.position = position or Position()
        self.bad: list[BadLine] = []
        self.damaged = 0
        self.missing = 0
        self.torn = b""
        self.newer: int | None = None
        self._stop = stop
        self._room = LONGEST_LINE  # for the bytes of damaged lines

    def __iter__(self) -> Iterator[AnyEvent]:
        offset, seq, rules = self.position.bytes, self.position.seq, dict.fromkeys(self.position.rules)
        with open_plain(self.path) as file:
            if offset and zlib.crc32(_before(file, offset)) != self.position.check:
                raise Rewritten(self.path)
            for line in lines(file):
                if self._stop is not None and offset >= self._stop:
                    break
                size = len(line)
                if size >= LONGEST_LINE:
                    size = file.tell() - offset
                    event = self._damage(offset, line[:_SHOWN], tell("memory.line.long", mb=LONGEST_LINE >> 20))
                elif not line.endswith(b"\n") and not sealed(line):
                    self.torn = line
                    break
                else:
                    event = self._parse(line, offset)
                if isinstance(event, Opened) and event.format > JOURNAL_FORMAT:
                    self.newer = event.format
                    break
                offset += size
                if event is None:
                    seq += line != b"\n"
                    continue
                if seq < event.seq <= seq + _MOST_MISSING:
                    self.missing += event.seq - seq - 1
                    seq = event.seq
                if isinstance(event, RulesNamed):
                    rules[event.name] = None
                yield event
            if offset > self.position.bytes:
                last = _before(file, offset)
                self.position = Position(offset, seq, zlib.crc32(last), tuple(rules), last.endswith(b"\n"))

    def _parse(self, line: bytes, offset: int) -> AnyEvent | None:
        try:
            return from_line(line)
        except Damaged as damage:
            return self._damage(offset, line, damage.sentence) if line != b"\n" else None

    def _damage(self, offset: int, raw: bytes, why: Sentence) -> AnyEvent | None:
        """Note that what stands at `offset` is no event: None."""
        self.damaged += 1
        self._room -= len(raw) + _SHOWN
        if self._room > 0 or not self.bad:
            self.bad.append(BadLine(offset, raw, why))
        return None


def open_plain(path: Path) -> BufferedReader:
    """The file at `path`, to be read; a link, a device or a FIFO in its place is refused, with OSError."""
    return open(path, "rb", opener=disk.plain)


def lines(file: BufferedReader) -> Iterator[bytes]:
    """The lines of `file`, newlines included. One that is longer than any line is passed over: it is the first
    `LONGEST_LINE` bytes of it that come."""
    while line := file.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        yield line


def _before(file: BufferedReader, offset: int) -> bytes:
    """The last bytes before `offset`, where the file is read on."""
    file.seek(max(0, offset - CHECKED))
    return file.read(min(CHECKED, offset))
