"""`quizapp sync REMOTE`: bring the journals here and in a shared folder or a git repository to their union.

Others write to the remote as well; `git_sync.py` says what of a repository is trusted.
"""

import argparse
import os
from pathlib import Path
from urllib.parse import unquote

from quizapp.commands import complain, complain_of, say
from quizapp.memory.union import unite
from quizapp.paths import find_home
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    if not args.remote.strip():
        complain(tell("keeping.sync.name"))
        return 2
    folder = _on_this_machine(args.remote)
    if folder is not None and not folder.is_dir():
        complain(tell("keeping.sync.no_folder", folder=folder))
        return 2
    if folder is None or _holds_git(folder):
        from quizapp.commands.git_sync import sync_repository

        united = sync_repository(home, args.remote, folder)
    else:
        united = unite(home, folder)
    complain_of(united.problems)
    came = tell("keeping.sync.came", n=len(united.came))
    say(tell("keeping.sync.done", came=came, went=len(united.went), remote=args.remote))
    return 1 if united.problems else 0


def _on_this_machine(remote: str) -> Path | None:
    """The folder that git would take `remote` for; None if it is an address of another machine."""
    path = Path(remote).expanduser()
    scheme, address, rest = remote.partition("://")
    if path.is_dir():
        return path.absolute()
    if address:
        return Path("/", unquote(rest.partition("/")[2])) if scheme.lower() == "file" else None
    return None if ":" in remote.partition("/")[0] else path.absolute()


def _holds_git(folder: Path) -> bool:
    """Whether it is a git repository, bare or with files."""
    return os.path.lexists(folder / ".git") or ((folder / "HEAD").is_file() and (folder / "objects").is_dir())
