"""The mock interviews that were left before their end: found without what it takes to hold one: home asks at once."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

_NEWEST = 20  # interviews that are looked at; an older one is found where all of them are listed


class Interrupted(msgspec.Struct, frozen=True):
    """The interview kept in `path`, begun at `started`: question `number` of `of` is next, to be answered or marked or,
    with `again`, to be looked at again."""

    path: Path
    number: int
    of: int
    again: bool
    started: datetime


class _Kept(msgspec.Struct):
    """What of an interview's file says how far it is."""

    started: datetime
    stage: Literal["asking", "asked_back", "marking", "reviewing", "done"]
    at: int
    questions: list[msgspec.Raw]
    again: list[int] = []


def interrupted(folder: Path) -> list[Interrupted]:
    """The interviews in `folder` that are not done, the newest first. Raises nothing: what cannot be read is none."""
    try:
        paths = sorted((path for path in folder.iterdir() if path.suffix == ".json"), reverse=True)
    except OSError:
        return []
    found = []
    for path in paths[:_NEWEST]:
        kept = _look(path)
        if kept is None or kept.stage == "done":
            continue
        again = kept.stage == "reviewing"
        of = len(kept.again if again else kept.questions)
        if 0 <= kept.at < of:
            found.append(Interrupted(path, kept.at + 1, of, again, kept.started))
    return found


def _look(path: Path) -> _Kept | None:
    from quizapp.cards.text_file import Unreadable, bytes_of

    try:
        return msgspec.json.decode(bytes_of(path), type=_Kept)
    except (Unreadable, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
