"""Journals of several devices in several folders: each ends with the longest copy of each; nothing is overwritten.

A journal is only ever appended to, by one device. So of two copies one begins with the other, and the longer one is
the truth; where neither does, a file was damaged or two devices share a name: both stay as they are, and it is said.
"""

import os
from pathlib import Path

import msgspec

from quizapp import disk
from quizapp.memory.journal import Journal, journals, this_device


class United(msgspec.Struct, frozen=True):
    """What a union did: the devices whose journals came in and went out, and sentences about those that could not."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def unite(home: Path, folder: Path) -> United:
    """Bring the journals of `home` and those in `folder` (DEVICE.jsonl, as in a home's `journal`) to their union.

    Safe to repeat and to break off: every file is replaced whole or appended to. Raises OSError.
    """
    came, went, problems = [], [], []
    theirs = {path.stem: path for path in sorted(folder.glob("*.jsonl")) if path.is_file() and path.name[0] != "."}
    ours = journals(home)
    for device in sorted({*ours, *theirs}):
        here = _whole_lines(ours[device]) if device in ours else b""
        there = _whole_lines(theirs[device]) if device in theirs else b""
        if here == there:
            continue
        if there.startswith(here):
            _take(home, device, len(here), there)
            came.append(device)
        elif here.startswith(there):
            disk.replace(folder / f"{device}.jsonl", here)
            went.append(device)
        else:
            problems.append(
                f"{theirs[device]} and {ours[device]} differ before the end of either: nothing was copied. "
                "'quizapp doctor' says which one is damaged; remove that copy and sync again."
            )
    return United(tuple(came), tuple(went), tuple(problems))


def _whole_lines(path: Path) -> bytes:
    """What stands in `path` up to its last newline: a copy under way may end in the middle of a line."""
    data = path.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def _take(home: Path, device: str, known: int, there: bytes) -> None:
    """Let the copy here grow to `there`. One's own journal, of which a backup knew more, grows under its lock."""
    path = home / "journal" / f"{device}.jsonl"
    if device != this_device(home):
        disk.make_folder(path.parent)
        disk.replace(path, there)
        return
    journal = Journal(home)
    try:
        with journal.locked():
            fd = disk.open_append(path, create=True)
            try:
                if os.fstat(fd).st_size == known:  # else this device wrote meanwhile: the next sync sees it
                    disk.append(fd, there[known:])
            finally:
                os.close(fd)
    finally:
        journal.close()
