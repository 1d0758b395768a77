"""`quizapp backup FILE`: the user's files in one zip file.

What stands in the home itself is the user's own, also where it is a link. Below that decks may come from strangers:
a link there is left out, and so is what is no regular file, or has a name that not every system can restore.
"""

import argparse
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from quizapp import disk
from quizapp.commands import complain, complain_of, say
from quizapp.memory.reader import open_plain
from quizapp.paths import Home, find_home
from quizapp.texts import Sentence, os_reason, tell
from quizapp.words import clean

FOLDERS = ("journal", "decks", "demos", "interviews", "prompts")
FILES = ("progress.json", "settings.yaml")  # not trust.json: what was allowed here is asked for anew elsewhere
NOT_OURS = ("__pycache__", ".git")  # made again; and what git would run
MOST_NAME = 1000  # bytes of a path in an archive


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    target = Path(args.file).expanduser()
    if target.exists() and not target.is_file():
        complain(tell("keeping.backup.no_file", path=target))
        return 2
    left_out: list[Sentence] = []
    files = list(own_files(home, left_out))
    if not files:
        complain(tell("keeping.backup.nothing", home=home.root))
        return 1
    with (
        disk.replacing(target) as fd,
        os.fdopen(fd, "wb", closefd=False) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        kept = sum(_keep(archive, path, path.relative_to(home.root), left_out) for path in files)
    complain_of(left_out)
    say(tell("keeping.backup.done", n=kept, path=target))
    return 1 if left_out else 0


def own_files(home: Home, left_out: list[Sentence]) -> Iterator[Path]:
    """What a backup keeps. Not the device's name: two machines must not write to one journal.

    Says of what it passes by why it is `left_out`.
    """
    for name in FILES:
        if (home.root / name).exists():
            yield home.root / name

    def passed_by(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            left_out.append(_unread(error))

    for name in FOLDERS:
        for place, folders, files in os.walk(home.root / name, onerror=passed_by):
            folders[:] = sorted(set(folders).difference(NOT_OURS))
            for file in (*folders, *sorted(set(files).difference(NOT_OURS))):
                path = Path(place) / file
                mode = path.lstat().st_mode
                if stat.S_ISDIR(mode):
                    continue
                inside = path.relative_to(home.root).as_posix()
                if stat.S_ISLNK(mode):
                    left_out.append(tell("keeping.left_out", path=path, why=tell("keeping.why.link")))
                elif why := misfit(inside):
                    left_out.append(tell("keeping.left_out", path=path, why=why))
                else:
                    yield path


def misfit(name: str) -> Sentence | None:
    """Why a file with this path in a home is not kept in a backup, nor taken from one; None if it is.

    A system where case, colons, backslashes and control characters mean something has to be able to restore it.
    """
    parts = name.split("/")
    if name not in FILES and (len(parts) < 2 or parts[0] not in FOLDERS):
        return tell("keeping.why.folder")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or ":" in name:
        return tell("keeping.why.path")
    if clean(name) != name or "\n" in name or "\t" in name:
        return tell("keeping.why.characters")
    if len(name.encode()) > MOST_NAME or max(len(part.encode()) for part in parts) > 255:
        return tell("keeping.why.long")
    return None


def _keep(archive: zipfile.ZipFile, path: Path, place: Path, left_out: list[Sentence]) -> bool:
    """Whether the file is in the archive now."""
    try:
        file = open_plain(path.resolve() if len(place.parts) == 1 else path)  # what stands in the home may be a link
    except OSError as error:
        left_out.append(_unread(error))
        return False
    with file:
        about = zipfile.ZipInfo.from_file(path, place, strict_timestamps=False)
        about.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(about, "w") as inside:
            shutil.copyfileobj(file, inside)
    return True


def _unread(error: OSError) -> Sentence:
    return tell("keeping.left_out", path=error.filename, why=tell("keeping.why.unread", why=os_reason(error)))
