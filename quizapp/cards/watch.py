"""Which files of decks and demos changed, told by their times and sizes: a look costs a system call a file."""

import os
from collections.abc import Iterable
from pathlib import Path

from quizapp.cards.card import MEDIA

Stamp = tuple[int, int, int]  # nanoseconds of the last change, size, inode

_ENDINGS = (".yaml", ".yml", ".py")


class Watch:
    """Remembers what the files at `paths`, decks or folders, were like when they were read last."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(paths)
        self._read = self._seen = look(self.paths)

    def settled(self) -> bool:
        """Look: has anything changed since it was read, and nothing since the last look? An editor may write a file in
        pieces."""
        before, self._seen = self._seen, look(self.paths)
        return self._seen == before and self._seen != self._read

    def mark(self) -> None:
        """What was last seen is read."""
        self._read = self._seen


def look(paths: Iterable[Path]) -> dict[str, Stamp]:
    """The stamp of every deck and demo in `paths`: of a folder those in it and in the folders in it, of a file also the
    demos beside it. What is not there, or cannot be looked at, is left out."""
    stamps: dict[str, Stamp] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - which raises nothing where it may not look
            for folder in _enter(path, stamps, _ENDINGS):
                _enter(folder, stamps, _ENDINGS)
        else:
            try:
                stamps[str(path)] = _stamp(path.stat())
            except (OSError, ValueError):
                pass
            _enter(path.parent, stamps, (".py",))
    return stamps


def _enter(folder: Path | str, stamps: dict[str, Stamp], endings: tuple[str, ...]) -> list[str]:
    """Note the files with these endings; the folders in it."""
    folders = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                try:
                    if entry.name.lower().endswith(endings):
                        stamps[entry.path] = _stamp(entry.stat())
                    elif entry.is_dir() and not entry.name.endswith(MEDIA):
                        folders.append(entry.path)
                except OSError:
                    continue
    except (OSError, ValueError):
        pass
    return folders


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino
