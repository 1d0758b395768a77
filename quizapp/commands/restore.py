"""`quizapp restore FILE`: a backup into this home, empty or not. Nothing that is here is overwritten."""

import argparse
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from quizapp.commands import complain
from quizapp.commands.backup import FILES, FOLDERS
from quizapp.memory.union import unite
from quizapp.paths import find_home

MOST_BYTES = 2_000_000_000  # of a backup unpacked; more is no backup of these files


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
        try:
            _unpack(Path(args.file).expanduser(), Path(folder))
        except (zipfile.BadZipFile, ValueError, EOFError, RuntimeError, NotImplementedError) as error:
            complain(f"{args.file} is not a backup made by quizapp: {error}. Nothing was changed.")
            return 1
        (Path(folder) / "journal").mkdir(exist_ok=True)
        home.mkdir(parents=True, exist_ok=True)
        united = unite(home, Path(folder) / "journal")
        kept = _copy(Path(folder), home)
    for problem in united.problems:
        complain(problem)
    for path in kept:
        complain(f"{path} differs from the backup's and stays as it is; the backup's is under {home / 'restored'}.")
    print(f"{len(united.came)} journals were taken from {args.file}")
    return 1 if united.problems else 0


def _unpack(file: Path, folder: Path) -> None:
    """Raises ValueError for a name that does not belong into a home, or too much to unpack."""
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise ValueError("it would unpack to over 2 GB")
        for entry in archive.infolist():
            parts = PurePosixPath(entry.filename).parts
            inside = parts and (parts[0] in FOLDERS or entry.filename in FILES)
            if not inside or ".." in parts or "\\" in entry.filename or ":" in entry.filename:
                raise ValueError(f"it holds {entry.filename!r}")
        archive.extractall(folder)


def _copy(folder: Path, home: Path) -> list[Path]:
    """Copy what is not here; of what is here and differs put the other version under `restored`. Returns the latter."""
    differing = []
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if not path.is_file() or place.parts[0] == "journal" or place.name == "progress.json":
            continue
        target = home / place
        if target.exists():
            if target.read_bytes() == path.read_bytes():
                continue
            differing.append(target)
            target = home / "restored" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return differing
