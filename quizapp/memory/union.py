"""Journals of several devices in several folders: each ends with the longest copy of each; nothing is overwritten.

A journal is only ever appended to, by one device. So of two copies one begins with the other, and the longer one is
the truth; where neither does, a file was damaged or two devices share a name: both stay as they are, and it is said.
Others write to a shared folder. So only what is a plain file and begins as the journal of the device that it is named
after comes in or goes out, and to this device's own journal nothing is added: where others know more of it, it counts
as another device's from then on.
"""

import os
import stat
from collections.abc import Collection
from pathlib import Path

import msgspec

from quizapp import disk
from quizapp.memory.all_journals import foreign_fault
from quizapp.memory.device import DEVICE, this_device
from quizapp.memory.events import Opened
from quizapp.memory.journal import Journal
from quizapp.memory.line import JOURNAL_FORMAT, Damaged, from_line
from quizapp.memory.reader import open_plain
from quizapp.texts import Sentence, UserError, os_reason, tell

MOST_JOURNAL_BYTES = 512_000_000  # of one journal: over a million reviews
MOST_JOURNALS = 1000
_BEGINS = b'{"type":"journal",'


class United(msgspec.Struct, frozen=True):
    """What a union did: the devices whose journals came in and went out, and sentences about those that could not."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    problems: tuple[Sentence, ...] = ()


class _Refused(UserError):
    """A journal is left out; says why."""


def device_of(name: str) -> str | None:
    """The device whose journal a file of this name is; None if it is not the name of a journal."""
    device = name.removesuffix(".jsonl")
    return device if device != name and DEVICE.fullmatch(device) else None


def unite(home: Path, folder: Path, *, called: str = "", without: Collection[str] = ()) -> United:
    """Bring the journals of `home` and those in `folder` (DEVICE.jsonl, as in a home's `journal`) to their union.

    A journal that cannot be taken is left out, and the others are united. Those of the devices in `without` are not
    looked at; problems call the folder `called`. Safe to repeat and to break off: every file is replaced whole or
    appended to. Raises OSError.
    """
    problems: list[Sentence] = []
    moved: dict[str, list[str]] = {"came": [], "went": []}
    ours = _listed(home / "journal", str(home / "journal"), problems)
    theirs = _listed(folder, called or str(folder), problems)
    devices = sorted({*ours, *theirs}.difference(without), key=lambda device: (device not in ours, device))
    if len(devices) > MOST_JOURNALS:
        holds = tell("memory.union.too_many", folder=called or folder, n=len(devices), most=MOST_JOURNALS)
        problems.append(holds)
    for device in devices[:MOST_JOURNALS]:
        try:
            if way := _meet(home, folder, device, called or str(folder), problems):
                moved[way].append(device)
        except _Refused as refused:
            problems.append(refused.sentence)
    return United(tuple(moved["came"]), tuple(moved["went"]), tuple(problems))


def _listed(folder: Path, called: str, problems: list[Sentence]) -> list[str]:
    """The devices that there are journals of, by their files' names alone."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".jsonl") and name[0] != ".")  # noqa: PTH208
    except FileNotFoundError:
        return []
    problems += [
        tell("memory.union.left_out", file=f"{called}/{name}", why=tell("memory.stray.misnamed"))
        for name in names
        if device_of(name) is None
    ]
    return [device for name in names if (device := device_of(name))]


def _meet(home: Path, folder: Path, device: str, called: str, problems: list[Sentence]) -> str | None:
    """Let the shorter copy of one journal grow: "came", "went", or None if they are equal. Raises _Refused, OSError."""
    name = f"{device}.jsonl"
    here = _whole_lines(home / "journal" / name, str(home / "journal" / name), device)
    there = _whole_lines(folder / name, f"{called}/{name}", device)
    if here == there:
        return None
    if here.startswith(there):
        disk.replace(folder / name, here)
        return "went"
    if not there.startswith(here):
        raise _Refused(tell("memory.union.differ", theirs=f"{called}/{name}", ours=home / "journal" / name))
    if device == this_device(home):
        if why := _not_written_here(here, there, device):
            raise _Refused(tell("memory.union.not_ours", file=f"{called}/{name}", why=why))
        if not _given_up(home, device, len(here), there):
            return None
        problems.append(tell("memory.union.goes_on", file=f"{called}/{name}"))
    else:
        disk.replace(home / "journal" / name, there)
    return "came"


def _whole_lines(path: Path, called: str, device: str) -> bytes:
    """The journal in `path` up to its last newline: a copy under way may end in the middle of a line. Raises _Refused.

    What is not there, or has no whole line yet, is empty.
    """
    try:
        file = open_plain(path)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _Refused(tell("memory.union.left_out", file=called, why=_odd(path, error))) from None
    with file:
        if os.fstat(file.fileno()).st_size > MOST_JOURNAL_BYTES:
            why = tell("memory.union.too_large", mb=MOST_JOURNAL_BYTES // 1_000_000)
            raise _Refused(tell("memory.union.left_out", file=called, why=why))
        data = file.read(MOST_JOURNAL_BYTES)
    coming = data.startswith(_BEGINS[: len(data)]) and b"\n" not in data  # its first line, or that of an empty file
    if not coming and (fault := foreign_fault(data, device)):
        raise _Refused(tell("memory.union.left_out", file=called, why=fault))
    return data[: data.rfind(b"\n") + 1]


def _odd(path: Path, error: OSError) -> Sentence:
    try:
        mode = path.lstat().st_mode
    except OSError:
        mode = stat.S_IFREG
    if stat.S_ISLNK(mode):
        return tell("memory.stray.link")
    if not stat.S_ISREG(mode):
        return tell("memory.stray.no_file")
    return tell("memory.stray.unreadable", why=os_reason(error))


def _not_written_here(here: bytes, there: bytes, device: str) -> Sentence | None:
    """Why `there` is not `here` with more lines of this device, as a backup may know; None if it is."""
    seq, at = _last_seq(here), len(here)
    while at < len(there):
        end = there.index(b"\n", at) + 1
        try:
            event = from_line(there[at:end])
        except Damaged as damage:
            return tell("memory.union.at_byte", at=at, why=damage.sentence)
        if event.seq != seq + 1:
            return tell("memory.union.out_of_order", line=event.seq, before=seq)
        if isinstance(event, Opened) and (at or event.format != JOURNAL_FORMAT):
            return tell("memory.union.begins", line=event.seq, format=event.format)
        seq, at = event.seq, end
    return None


def _last_seq(data: bytes) -> int:
    """The number of the last line that is an event."""
    end = len(data)
    while end:
        begin = data.rfind(b"\n", 0, end - 1) + 1
        try:
            return from_line(data[begin:end]).seq
        except Damaged:
            end = begin
    return 0


def _given_up(home: Path, device: str, known: int, there: bytes) -> bool:
    """Let the journal of this device, of which others know more than its `known` bytes, grow under its lock as another
    device's: nobody can tell whether this device wrote that, since a checksum is no signature.

    False if this device wrote meanwhile; the next union sees it.
    """
    path = home / "journal" / f"{device}.jsonl"
    journal = Journal(home)
    try:
        with journal.locked():
            fd = disk.open_append(path, create=True)
            try:
                if os.fstat(fd).st_size != known:
                    return False
                (home / "device").unlink(missing_ok=True)
                disk.append(fd, there[known:])
                return True
            finally:
                os.close(fd)
    finally:
        journal.close()
