"""A folder with files of other programs, an Obsidian vault too, as one deck."""

import os
from pathlib import Path

from quizapp.cards.formats import (
    MOST_NAMED,
    READERS,
    FileContents,
    Foreign,
    ForeignMark,
    ForeignReview,
    Lost,
    of_file,
    once,
    tidy,
)
from quizapp.cards.formats.carried import Shelf
from quizapp.cards.progress import CardProgress
from quizapp.cards.rules import MOST_IN_A_LIST
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import Entry
from quizapp.texts import tell

_MOST_FILES = 10_000


def of_folder(folder: Path, shelf: Shelf) -> FileContents:
    """All the files below `folder` that can be imported, but for hidden ones and links; each card is tagged with the
    folder that its file lies in. What cannot be read is counted. Raises Foreign if there are too many."""
    lost = Lost()
    entries: list[Entry] = []
    marks: list[ForeignMark] = []
    reviews: list[ForeignReview] = []
    progress: dict[str, CardProgress] = {}
    for path in _below(folder):
        try:
            found = of_file(path, shelf)
        except (Foreign, Unreadable, OSError):
            lost.one(tell("formats.lost.unread_files"), str(path.relative_to(folder)))
            continue
        parts = ("_".join(tidy(part).split()) for part in path.parent.relative_to(folder).parts)
        within = "::".join(filter(None, parts))
        for entry in found.entries:
            tags = [*entry.get("tags", []), *([within] if within else [])][:MOST_IN_A_LIST]
            entries.append({**entry, "tags": tags} if tags else entry)
        for what, count in found.lost.items():
            lost[what] += count
            begins = lost.begins.setdefault(what, [])
            begins += found.lost.begins.get(what, [])[: MOST_NAMED - len(begins)]
        marks += found.marks
        reviews += found.reviews
        progress |= found.progress
        if found.preset:
            lost.one(tell("formats.lost.presets_below"), str(path.relative_to(folder)))
    reviews.sort(key=lambda review: (review.at_ms, review.card))
    name = folder.resolve().name
    return FileContents(name, once(entries, lost), lost, tuple(marks), tuple(reviews), progress=progress)


def _below(folder: Path) -> list[Path]:
    """The files to import below `folder`, in order. Raises Foreign if there are too many."""
    files: list[Path] = []
    for inside, folders, names in os.walk(folder):  # which follows no links
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(inside, name) for name in sorted(names) if not name.startswith(".")]
        files += [path for path in paths if path.suffix.lower() in READERS and not path.is_symlink()]
        if len(files) > _MOST_FILES:
            raise Foreign(tell("formats.many_files_below", folder=folder, most=_MOST_FILES))
    return files
