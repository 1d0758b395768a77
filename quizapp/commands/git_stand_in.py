"""A repository on this machine, with which git has to do: it sees nothing of it but objects and refs.

The repository's settings can name programs, and its logs and links lead to what is the user's.
"""

import itertools
import os
import re
import stat
from pathlib import Path

from quizapp.commands.git import CannotSync, Git
from quizapp.memory.reader import open_plain
from quizapp.texts import tell

_SEEN = ("objects", "refs", "packed-refs", "shallow", "worktrees")  # of a repository
_HEAD = re.compile(r"(ref: refs/heads/[^\s\x00-\x1f]{1,1000}|[0-9a-f]{40})\n?")
_FOR_ALL = re.compile("group|all|world|everybody|umask|true|false|[0-7]{1,4}")  # who may read a repository's files


def stand_in(git: Git, folder: Path, place: Path) -> None:
    """Make at `place` a repository with the objects and refs of the one in `folder`, and nothing else of it.

    Raises CannotSync and OSError.
    """
    inside = folder / ".git" if os.path.lexists(folder / ".git") else folder
    if inside != folder and (inside.is_symlink() or not inside.is_dir()):
        raise CannotSync(tell("keeping.sync.leads_away", path=inside))
    for odd in filter(None, (_odd(inside / name) for name in _SEEN)):
        raise CannotSync(tell("keeping.sync.odd", path=odd))
    if inside != folder:  # as git has it where there are files beside: what is checked out is not pushed to
        place = place / ".git"
    place.mkdir(parents=True)
    (place / "HEAD").write_text(_head(inside))
    (place / "config").write_text(f"[core]\nbare = {str(inside == folder).lower()}\n{_for_all(git, inside)}")
    for name in filter(lambda name: os.path.lexists(inside / name), _SEEN):
        (place / name).symlink_to(inside / name)


def _odd(path: Path) -> Path | None:
    """What in `path` is neither a folder nor a regular file; None if all is, or nothing is there."""
    below = (Path(place, name) for place, *names in os.walk(path) for name in itertools.chain(*names))
    for found in itertools.chain([path] if os.path.lexists(path) else [], below):
        if not (stat.S_ISREG(mode := found.lstat().st_mode) or stat.S_ISDIR(mode)):
            return found
    return None


def _head(inside: Path) -> str:
    """What is checked out in a repository."""
    with open_plain(inside / "HEAD") as file:
        head = file.read(2000).decode(errors="replace")
    if not _HEAD.fullmatch(head):
        raise CannotSync(tell("keeping.sync.no_branch", path=inside / "HEAD"))
    return head


def _for_all(git: Git, inside: Path) -> str:
    """Of a repository's settings the one that says whose its files are. Raises CannotSync if it is of another kind."""
    with open_plain(inside / "config") as file:
        listed = (
            git.call("config", "--no-includes", "--file", "-", "--list", given=file).decode(errors="replace").lower()
        )
    said = dict(line.partition("=")[::2] for line in listed.splitlines())
    if said.get("extensions.objectformat", "sha1") != "sha1" or said.get("extensions.refstorage", "files") != "files":
        raise CannotSync(tell("keeping.sync.kind", path=inside))
    shared = said.get("core.sharedrepository", "")
    return f"sharedRepository = {shared}\n" if _FOR_ALL.fullmatch(shared) else ""
