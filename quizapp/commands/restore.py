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
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizapp import disk
from quizapp.commands import complain, complain_of, say
from quizapp.commands.backup import NOT_OURS, misfit
from quizapp.memory.union import unite
from quizapp.paths import find_home
from quizapp.texts import Sentence, UserError, raised, tell

MOST_UNPACKED = 2_000_000_000  # of a backup unpacked; more is no backup of these files
MOST_FILES = 50_000
_MOST_READ = MOST_FILES * 200  # bytes at a time: the list of what the archive holds is read at once
_PIECE = 1 << 20
_TRUST = "trust.json"  # in older backups


class NoBackup(UserError):
    """Why a file is no backup: nothing of it is used."""


_NO_BACKUP = (
    *(NoBackup, zipfile.BadZipFile, ValueError, EOFError, RuntimeError, NotImplementedError),
    *(zlib.error, struct.error),
)


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    with tempfile.TemporaryDirectory(prefix="quizapp-") as name:
        folder = Path(name)
        try:
            files, left_out = _unpack(Path(args.file).expanduser(), folder)
        except _NO_BACKUP as error:
            why = error.sentence if isinstance(error, NoBackup) else tell("keeping.restore.no_zip", why=raised(error))
            complain(tell("keeping.restore.no_backup", file=args.file, why=why))
            return 1
        disk.make_folder(home)
        united = unite(home, folder / "journal", called=args.file)
        moved = list(_copy(files, home))
    for sentences in (united.problems, left_out, moved):
        complain_of(sentences)
    say(tell("keeping.restore.done", n=len(united.came), file=args.file))
    return 1 if united.problems else 0


class _Archive(io.FileIO):
    """A regular file, of which nobody reads very much at once."""

    def __init__(self, path: Path) -> None:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise NoBackup(tell("keeping.why.no_file"))
        super().__init__(fd)

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MOST_READ:
            raise NoBackup(tell("keeping.restore.many", most=MOST_FILES))
        return super().read(size if size is not None else -1) or b""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if offset < 0 and not whence:
            raise NoBackup(tell("keeping.restore.list_damaged"))
        return super().seek(offset, whence)


def _unpack(file: Path, folder: Path) -> tuple[dict[str, Path], list[Sentence]]:
    """Unpack the archive below `folder`: journals to `journal`, other files under numbers, whatever they are called.

    Returns where the others are, by the paths that they have in a home, and sentences about what was left out.
    Raises NoBackup, and what zipfile does, for what is no backup: nothing of it is to be used.
    """
    files: dict[str, Path] = {}
    left_out: list[Sentence] = []
    room = MOST_UNPACKED
    (folder / "journal").mkdir()
    with _Archive(file) as raw, zipfile.ZipFile(raw) as archive:
        for number, entry in enumerate(_entries(archive)):
            name, top, *rest = entry.filename, *entry.filename.split("/")
            target = folder / f"{number}"
            if name == _TRUST:
                left_out.append(tell("keeping.restore.trust"))
                continue
            if any(part.lower() in NOT_OURS for part in rest):
                left_out.append(tell("keeping.left_out", path=name, why=tell("keeping.why.not_ours")))
                continue
            if top == "journal":
                target = folder / "journal" / (rest[0] if len(rest) == 1 else f"{number}")
            elif name != "progress.json":  # made again from the journals
                files[name] = target
            with target.open("wb") as out, archive.open(entry) as packed:
                while piece := packed.read(_PIECE):
                    room -= len(piece)
                    if room < 0:
                        raise NoBackup(tell("keeping.restore.large", gb=MOST_UNPACKED // 1_000_000_000))
                    out.write(piece)
    return files, left_out


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in the archive. Raises NoBackup if there is something among them that no backup holds."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise NoBackup(tell("keeping.restore.many", most=MOST_FILES))
    if len({entry.filename for entry in entries}) < len(entries):
        raise NoBackup(tell("keeping.restore.twice"))
    for entry in entries:
        _check(entry)
    return [entry for entry in entries if not entry.is_dir()]


def _check(entry: zipfile.ZipInfo) -> None:
    """Raises NoBackup for what no backup holds."""
    name = entry.filename
    if "\0" in entry.orig_filename:
        why: Sentence | None = tell("keeping.why.characters")
    elif name == _TRUST:
        why = None
    else:
        why = misfit(f"{name}_" if entry.is_dir() else name)
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        why = tell("keeping.why.no_file")
    elif entry.flag_bits & 1:
        why = tell("keeping.why.encrypted")
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        why = tell("keeping.why.packed")
    if why:
        raise NoBackup(tell("keeping.restore.holds", name=repr(name[:80]), why=why))


def _copy(files: Mapping[str, Path], home: Path) -> Iterator[Sentence]:
    """Copy what is not here, and what is here and differs to `restored`; says so of the latter."""
    for name, path in sorted(files.items()):
        for turn in itertools.count():
            target = home / ("" if not turn else "restored" if turn == 1 else f"restored-{turn}") / name
            there = _there(target, home)
            if there is None:
                with disk.replacing(target) as fd, path.open("rb") as file, os.fdopen(fd, "wb", closefd=False) as out:
                    shutil.copyfileobj(file, out)
                if turn:
                    yield tell("keeping.restore.stays", path=home / name, target=target)
                break
            if there and filecmp.cmp(path, target, shallow=False):
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
