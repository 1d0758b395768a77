"""`quizapp restore FILE`: a backup into this home, empty or not. Nothing that is here is overwritten.

The archive may be a stranger's. It is unpacked elsewhere first, within bounds, and refused as a whole if it is not
what a backup is. Its journals come in as those of a shared folder do; nothing that it holds is allowed to run.
"""

import argparse
import filecmp
import io
import itertools
import os
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from quizapp import disk
from quizapp.commands import complain, complain_of, say
from quizapp.commands.backup import NOT_OURS, misfit
from quizapp.memory.union import unite
from quizapp.paths import find_home

MOST_BYTES = 2_000_000_000  # of a backup unpacked; more is no backup of these files
MOST_FILES = 50_000
_MOST_READ = MOST_FILES * 200  # bytes at a time: the list of what the archive holds is read at once
_PIECE = 1 << 20
_TRUST = "trust.json"  # in older backups
_NO_BACKUP = (zipfile.BadZipFile, ValueError, EOFError, RuntimeError, NotImplementedError, zlib.error, struct.error)


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    with tempfile.TemporaryDirectory(prefix="quizapp-") as name:
        folder = Path(name)
        try:
            left_out = list(_unpack(Path(args.file).expanduser(), folder))
        except _NO_BACKUP as error:
            complain(f"{args.file} is not a backup made by quizapp: {error}. Nothing was changed.")
            return 1
        disk.make_folder(home)
        united = unite(home, folder / "journal", called=args.file)
        moved = list(_copy(folder, home))
    complain_of(united.problems)
    complain_of(left_out)
    complain_of(moved)
    say(f"{len(united.came)} journals were taken from {args.file}")
    return 1 if united.problems or left_out else 0


class _Archive(io.FileIO):
    """A regular file, of which nobody reads very much at once."""

    def __init__(self, path: Path) -> None:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        super().__init__(fd)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            self.close()
            raise ValueError("it is no regular file")

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MOST_READ:
            raise ValueError(f"it holds more than {MOST_FILES} files")
        return super().read(size if size is not None else -1) or b""


def _unpack(file: Path, folder: Path) -> Iterator[str]:
    """Write what the archive holds below `folder`, and say what is left out.

    Raises ValueError, and what zipfile does, for what is no backup: nothing of it is to be used.
    """
    room = MOST_BYTES
    (folder / "journal").mkdir()
    with _Archive(file) as raw, zipfile.ZipFile(raw) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES:
            raise ValueError(f"it holds more than {MOST_FILES} files")
        if len({entry.filename for entry in entries}) < len(entries):
            raise ValueError("it holds two files of one name")
        for entry in entries:
            _check(entry)
        for entry in entries:
            name = entry.filename
            if entry.is_dir():
                continue
            if name == _TRUST:
                yield f"{name} was left out: the demos that you allowed ask again."
                continue
            if any(part in NOT_OURS for part in name.lower().split("/")):
                yield f"{name} was left out: it is not quizapp's."
                continue
            target = folder / name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                out = target.open("xb")
            except (FileExistsError, NotADirectoryError):
                yield f"{name} was left out: here it would have the name of another file in the backup."
                continue
            with out, archive.open(entry) as packed:
                while piece := packed.read(_PIECE):
                    room -= len(piece)
                    if room < 0:
                        raise ValueError(f"it unpacks to over {MOST_BYTES // 1_000_000_000} GB")
                    out.write(piece)


def _check(entry: zipfile.ZipInfo) -> None:
    """Raises ValueError for what no backup holds."""
    name = entry.filename
    if "\0" in entry.orig_filename:
        why: str | None = "its name holds characters that cannot be shown"
    elif name == _TRUST:
        why = None
    else:
        why = misfit(f"{name}_" if entry.is_dir() else name)
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        why = "it is no regular file"
    elif entry.flag_bits & 1:
        why = "it is encrypted"
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        why = "it is packed as in no backup"
    if why:
        raise ValueError(f"it holds {name[:80]!r}, and {why}")


def _copy(folder: Path, home: Path) -> Iterator[str]:
    """Copy what is not here, and what is here and differs to `restored`; says so of the latter."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if not path.is_file() or place.parts[0] in ("journal", "progress.json"):
            continue
        for turn in itertools.count():
            target = home / ("" if not turn else "restored" if turn == 1 else f"restored-{turn}") / place
            there = _there(target, home)
            if there is None:
                with disk.replacing(target) as fd, path.open("rb") as file, os.fdopen(fd, "wb", closefd=False) as out:
                    shutil.copyfileobj(file, out)
            if there is None and turn:
                yield f"{home / place} is another file, or behind a link: it stays as it is; the backup's is {target}."
            if there is None or (there and filecmp.cmp(path, target, shallow=False)):
                break


def _there(target: Path, home: Path) -> bool | None:
    """Whether a regular file is there; None if nothing is, and a file may be made without following a link."""
    for above in reversed(target.relative_to(home).parents[:-1]):
        if os.path.lexists(home / above) and not stat.S_ISDIR((home / above).lstat().st_mode):
            return False
    try:
        return stat.S_ISREG(target.lstat().st_mode)
    except FileNotFoundError:
        return None
