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
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import ENOENT
from pathlib import Path

from quizapp import disk
from quizapp.memory.device import name_device, this_device
from quizapp.memory.events import Event, Opened, RulesNamed
from quizapp.memory.line import JOURNAL_FORMAT, LONGEST_LINE, to_line
from quizapp.memory.reader import CHECKED, Position, open_plain
from quizapp.memory.rules_named import rules_name, rules_record
from quizapp.memory.schedule import Rules
from quizapp.texts import UserError, os_reason, tell


class CannotSave(UserError, OSError):
    """The event could not be written, and nothing changed; the sentence says what, where and what to do.

    An OSError too: it is most often the system that refused, and whoever handles that has handled this.
    """


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


def new_id() -> str:
    """An id that no other event has."""
    return os.urandom(8).hex()


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
        written = list(map(to_line, events))
        if max(map(len, written)) >= LONGEST_LINE:
            raise CannotSave(tell("memory.save.too_long", mb=LONGEST_LINE >> 20))
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
        check = zlib.crc32(data[-CHECKED:])
        self.position = Position(before.bytes + len(data), events[-1].seq, check, (*before.rules, *names))

    def heading(self, now: datetime, rules: Rules | None) -> list[Event]:
        """What has to stand above an event before it is appended, under `locked`: the line that opens the journal, and
        the `rules` that a review was made under, where they are not there yet."""
        seq = self.position.seq
        lines: list[Event] = []
        if not self.position.bytes:
            lines.append(Opened(seq + 1, new_id(), now, JOURNAL_FORMAT, self.device or ""))
        if rules is not None and rules_name(rules) not in self.position.rules:
            lines.append(rules_record(rules, seq + len(lines) + 1, new_id(), now))
        return lines

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
            self._name(this_device(self.home) or name_device(self.home))
        self._fd = disk.open_append(self.path, create=not self.position.bytes)

    def refusal(self, error: OSError) -> CannotSave:
        """What to tell the user of `error`."""
        if error.errno == ENOENT and self.position.bytes:
            return CannotSave(tell("memory.save.gone", file=self.path))
        return CannotSave(tell("memory.save.refused", file=self.path, why=os_reason(error)))
