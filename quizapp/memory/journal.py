"""Events on disk: `journal/DEVICE.jsonl`, one file a device, only ever appended to, read back line by line.

The format, for whoever writes or reads it (format 1):

- A line is a JSON object in UTF-8 without spaces between its members, ended by a newline. Its first member is
  `"type"`, its last `"crc"`: eight hex digits, the CRC-32 (as in zlib) of the line's bytes before `,"crc":`.
- Every line has `seq` (1, 2, 3, ... in this file), `id` (unique among all events of all devices), `at` (ISO 8601 with
  the offset of the clock it was made by). A member that has its default value may be left out; unknown ones are
  ignored. `events.py` lists the types with their members.
- `{"type":"journal","format":1,"device":...}` comes first. A program that meets a format newer than its own reads up
  to there. If it is in the journal that it would have to append to, it writes nothing.
- An event with a `card` and an `nth` is a link in the history of that card: made `on` the card's last event (an id,
  null for the first), the `nth` that its device knew of (from 0), on study `day`. Every link counts for those that
  come after it, also one whose type the reader does not know. `replay.py` has the law that orders and adds them up.
- `reviewed` has the resulting `state` and the name of the `rules` it was made under; a `rules` line with that name
  stands above it in the same file and spells them out, so that a line stays small and a state can be made again.
- `undone` names its target in `undoes`. Nothing is ever taken out of a journal.
- A line has less than 16 MB. One that is longer, or not whole, or no event at a time from the year 2 to 9998, is
  damaged: it stays where it is, is copied to `journal/DEVICE.damaged` (the first of them, and of one that is too long
  its beginning), and reported.
  What follows the last newline and is not whole is not a line yet: perhaps the rest is still coming. Only the device
  that owns the journal, holding the lock, knows that it is not: it copies it likewise, and cuts it off. A last line
  that is whole counts without its newline; whoever appends then begins with one. Empty lines mean nothing.
- Whoever appends holds a lock on the file (flock; on Windows, its byte 0x7ffffffe), writes the line whole, and
  flushes it to the disk before anyone is told.
- A journal may be copied to other devices at any time and read there as far as it goes. Copies are never written to.
  It is a regular file whose name is that of its device, 1 to 64 of 0-9 and a-z; anything else is left out.
- An id that several journals have means what one's own says, else the first by name.
"""

import os
import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ENOENT
from io import BufferedReader
from pathlib import Path

from msgspec import Struct

from quizapp import disk
from quizapp.memory.events import FORMAT, AnyEvent, Damaged, Event, Opened, RulesNamed, parse, sealed, write
from quizapp.words import clean

LONGEST = 16 << 20
"""The bytes that every line has fewer of, its newline included."""

_CHECKED = 64
_SHOWN = 1000
_MOST_MISSING = 10**9  # a number further on than that is no number: the ones that follow it must find room
DEVICE = re.compile("[0-9a-z]{1,64}")  # what a device may be named
_MISNAMED = "the name of a journal is that of a device (0-9 and a-z) with .jsonl"


class CannotSave(OSError):
    """The event could not be written, and nothing changed; says what, where and what to do."""


class Changed(Exception):
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
    """A line that is no event: where it starts, what stands there, why it is none."""

    offset: int
    raw: bytes
    why: str


class Reader:
    """The events of one journal, from `position` to its last whole line or to byte `stop`; iterate once.

    When they are through, the attributes tell the rest: `position` how far it came, `damaged` how many lines are no
    events and `bad` the first of them (some megabytes at most, and of a line that is too long its beginning),
    `missing` how many numbers were skipped, `torn` what stands after the last line, `newer` the format that it stopped
    at. Raises Changed if the file is not what `position` was read from, OSError if it is unreadable.
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
        self._room = LONGEST  # for the bytes of damaged lines

    def __iter__(self) -> Iterator[AnyEvent]:
        offset, seq, rules = self.position.bytes, self.position.seq, dict.fromkeys(self.position.rules)
        with open_plain(self.path) as file:
            if offset and zlib.crc32(_before(file, offset)) != self.position.check:
                raise Changed(self.path)
            for line in lines(file):
                if self._stop is not None and offset >= self._stop:
                    break
                size = len(line)
                if size >= LONGEST:
                    size = file.tell() - offset
                    event = self._damage(offset, line[:_SHOWN], f"it is longer than {LONGEST >> 20} MB")
                elif not line.endswith(b"\n") and not sealed(line):
                    self.torn = line
                    break
                else:
                    event = self._parse(line, offset)
                if isinstance(event, Opened) and event.format > FORMAT:
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
            return parse(line)
        except Damaged as damage:
            return self._damage(offset, line, str(damage)) if line != b"\n" else None

    def _damage(self, offset: int, raw: bytes, why: str) -> AnyEvent | None:
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
    `LONGEST` bytes of it that come."""
    while line := file.readline(LONGEST):
        rest = line
        while len(rest) == LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST)
        yield line


def _before(file: BufferedReader, offset: int) -> bytes:
    """The last bytes before `offset`, where the file is read on."""
    file.seek(max(0, offset - _CHECKED))
    return file.read(min(_CHECKED, offset))


def journals(home: Path) -> dict[str, Path]:
    """The journals in `home`, by device, this one's first; none if the folder is not there. Never a link or a FIFO.

    Raises OSError if it cannot be listed.
    """
    found = {path.stem: path for path in _files(home) if _stray(path) is None}
    own = this_device(home)
    return {own: found.pop(own), **found} if own in found else found


def strays(home: Path) -> list[str]:
    """What has the name of a journal in `home` and is none, so that it is not read; a sentence each. Raises OSError."""
    return [f"{path} is left out: {why}." for path in _files(home) if (why := _stray(path)) is not None]


def _files(home: Path) -> list[Path]:
    try:
        there = sorted((home / "journal").iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in there if path.suffix == ".jsonl" and not path.name.startswith(".")]


def _stray(path: Path) -> str | None:
    if not DEVICE.fullmatch(path.stem):
        return _MISNAMED
    try:
        return None if stat.S_ISREG(path.lstat().st_mode) else "it is no regular file"
    except OSError as error:
        return f"it cannot be looked at ({error.strerror})"


def foreign_fault(data: bytes, device: str) -> str | None:
    """Why `data`, which came from elsewhere, is no journal of `device`, as the end of a sentence; None if it is one."""
    if not DEVICE.fullmatch(device):
        return _MISNAMED
    try:
        first = parse(data[: data.find(b"\n", 0, LONGEST) + 1])
    except Damaged as damage:
        return f"it does not begin as a journal does: {damage}"
    if not isinstance(first, Opened):
        return "it does not begin as a journal does"
    if first.device != device:
        return f"it is the journal of another device, {clean(first.device[:64])}"
    if first.format > FORMAT:
        return f"it was written by a newer quizapp (format {first.format}; this one knows {FORMAT}): update quizapp"
    return None


def this_device(home: Path) -> str | None:
    """The name under which this machine writes in `home`; None if it has none yet, or `home` was copied from another.

    The name is bound to the machine: two machines with copies of one home must not write to the same journal.
    """
    try:
        name, _, machine = (home / "device").read_text("utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return name if machine == _machine() and DEVICE.fullmatch(name) else None


def _name_device(home: Path) -> str:
    name = os.urandom(5).hex()
    disk.replace(home / "device", f"{name} {_machine()}\n".encode())
    return this_device(home) or name  # another process may have named it last; two names would do no harm


def _machine() -> str:
    try:
        given = Path("/etc/machine-id").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        given = ""
    node = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    machine = f"{given} {node.partition('.')[0]}"
    return f"{zlib.crc32(machine.encode()):08x}"


def set_aside(path: Path, lines: Sequence[bytes]) -> int:
    """Copy damaged lines of the journal at `path` to `DEVICE.damaged` beside it; those already there are left out.

    Returns how many were not there yet. Raises OSError if they cannot be written.
    """
    kept = path.with_suffix(".damaged")
    try:
        with open_plain(kept) as file:
            there = set(file.read().split(b"\n"))
    except FileNotFoundError:
        there = set()
    fresh = [line for line in dict.fromkeys(line.rstrip(b"\n") for line in lines) if line not in there]
    if fresh:
        fd = disk.open_append(kept, create=True)
        try:
            disk.append(fd, b"".join(line + b"\n" for line in fresh))
        finally:
            os.close(fd)
    return len(fresh)


class Journal:
    """This device's own journal. Nothing is created before the first event.

    `device` is the name of this device, None before its first event; `path` where its journal is or will be.
    `position` is what this process has read and written of it: set it to what a Reader came to.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.position = Position()
        self._fd = -1
        self._left = 0  # the size of the file after an append that failed and could not be taken back
        self._name(this_device(home))

    def _name(self, device: str | None) -> None:
        self.device = device
        self.path = self.home / "journal" / f"{device or 'new'}.jsonl"

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the journal for this process; yields whether there is something in it that was not read yet.

        Raises CannotSave if it cannot be opened, or another process holds it for too long.
        """
        try:
            self._open()
            disk.lock(self._fd)
        except OSError as error:
            raise self.refusal(error) from error
        try:
            if self._left:
                self._take_back()
            yield os.fstat(self._fd).st_size != self.position.bytes
        finally:
            disk.unlock(self._fd)

    def append(self, events: Sequence[Event]) -> None:
        """Write `events`, whole and durable, under `locked`. Raises CannotSave, and then none of them stands there."""
        before = self.position
        written = list(map(write, events))
        if max(map(len, written)) >= LONGEST:
            raise CannotSave(f"That is more than {LONGEST >> 20} MB, which no line may have. Nothing was saved.")
        data = b"".join(written)
        if not before.ended:
            data = b"\n" + data
        try:
            disk.append(self._fd, data)
        except OSError as error:
            with suppress(OSError):  # if even that fails, it is tried again before anything else is written
                self._left = os.fstat(self._fd).st_size
                self._take_back()
            raise self.refusal(error) from error
        names = [event.name for event in events if isinstance(event, RulesNamed)]
        check = zlib.crc32(data[-_CHECKED:])
        self.position = Position(before.bytes + len(data), events[-1].seq, check, (*before.rules, *names))

    def mend(self, torn: bytes) -> None:
        """Set aside and cut off what stands after `position`, under `locked`. Raises OSError."""
        set_aside(self.path, [torn])
        disk.cut(self._fd, self.position.bytes)

    def disown(self) -> None:
        """Write to a new journal from now on: what stands in this one is not what this device wrote."""
        self.close()
        if self.device is not None:
            with suppress(OSError):
                (self.home / "device").unlink()
        self._name(None)
        self.position = Position()

    def close(self) -> None:
        """Let go of the file."""
        self._left = 0
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _take_back(self) -> None:
        if os.fstat(self._fd).st_size == self._left:  # else another process has found it, and mended it
            disk.cut(self._fd, self.position.bytes)
        self._left = 0

    def _open(self) -> None:
        if self._fd >= 0 and disk.same_file(self._fd, self.path):
            return
        self.close()
        if self.device is None:  # unless another process had something to write first
            self._name(this_device(self.home) or _name_device(self.home))
        self._fd = disk.open_append(self.path, create=not self.position.bytes)

    def refusal(self, error: OSError) -> CannotSave:
        """What to tell the user of `error`."""
        if error.errno == ENOENT and self.position.bytes:
            return CannotSave(f"{self.path} is gone. Nothing was saved; put it back and try again, or start anew.")
        reason = error.strerror or str(error)
        return CannotSave(f"Cannot write {self.path}: {reason}. Nothing was saved; mend that and try again.")
