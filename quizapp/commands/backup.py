"""`quizapp backup FILE`: the user's files in one zip file."""

import argparse
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from quizapp.commands import complain
from quizapp.paths import Home, find_home

FOLDERS = ("journal", "decks", "demos", "interviews")
FILES = ("progress.json", "settings.yaml", "trust.json")


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    target = Path(args.file).expanduser()
    files = list(own_files(home))
    if not files:
        complain(f"There is nothing in {home.root} to keep yet.")
        return 1
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                archive.write(path, path.relative_to(home.root))
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    print(f"{len(files)} files are in {target}")
    return 0


def own_files(home: Home) -> Iterator[Path]:
    """What a backup keeps. Not the device's name: two machines must not write to one journal."""
    for name in FILES:
        if (home.root / name).is_file():
            yield home.root / name
    for folder in FOLDERS:
        for path in sorted((home.root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
