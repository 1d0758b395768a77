"""The interviews in the user's home: one file each, replaced whole at every step, so that none is ever half written."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from quizapp import disk
from quizapp.cards.card import Card
from quizapp.memory.recorder import Recorder
from quizapp.study.interview import FORMAT, Interview, answer_to
from quizapp.words import clean


class Unreadable(Exception):
    """Why an interview cannot be opened, in a sentence. Its file is left as it is."""


class CannotKeep(OSError):
    """Why an interview cannot be written, in a sentence."""


class _Head(msgspec.Struct):
    format: int


class Kept:
    """An interview and the file it is kept in. Set `interview`, then `save`."""

    def __init__(self, path: Path, interview: Interview, stamp: tuple[int, int] | None = None) -> None:
        self.path = path
        self.interview = interview
        self._saved = interview if stamp else None
        self._stamp = stamp  # of the file as this process knows it

    def save(self) -> None:
        """Write what changed, durably. Raises CannotKeep: what the file held before, it then still holds."""
        if self.interview is self._saved:
            return
        try:
            stamp = _stamp(self.path)
            if stamp is not None and stamp != self._stamp:
                raise CannotKeep(f"{self.path} was changed by another program: from here on it is not kept.")
            disk.replace(self.path, msgspec.json.format(msgspec.json.encode(self.interview)) + b"\n")
            self._stamp = _stamp(self.path)
        except CannotKeep:
            raise
        except OSError as error:
            raise CannotKeep(
                f"{self.path} cannot be written ({error.strerror or error}). It is tried again."
            ) from error
        self._saved = self.interview


class Past(msgspec.Struct, frozen=True):
    """A file of the folder: an interview, or why it cannot be opened."""

    path: Path
    interview: Interview | None
    why: str = ""


def new(folder: Path, interview: Interview) -> Kept:
    """`interview` with a file of its own in `folder`, named after its start; nothing is written yet."""
    name = f"{interview.started:%Y-%m-%d-%H%M%S}"
    path, more = folder / f"{name}.json", 1
    while path.exists():
        more += 1
        path = folder / f"{name}-{more}.json"
    return Kept(path, interview)


def open_kept(path: Path) -> Kept:
    """The interview in `path`. Raises Unreadable for what is damaged, newer than this program, or not there."""
    from quizapp.cards import text_file

    try:
        stamp, data = _stamp(path), text_file.bytes_of(path)  # a plain file of a size that can be held
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror or error}).") from error
    except text_file.Unreadable as error:
        raise Unreadable(f"{path}: {error}. It is left as it is.") from error
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format > FORMAT:
            raise Unreadable(f"{path} was written by a newer quizapp. It is left as it is: update, then open it.")
        interview = msgspec.json.decode(data, type=Interview)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"{path} is damaged ({clean(str(error))}). It is left as it is.") from error
    questions = tuple(
        msgspec.structs.replace(asked, key=clean(asked.key), typed=clean(asked.typed)) for asked in interview.questions
    )
    past_the_end = interview.at > len(questions) - (interview.stage != "done")
    if past_the_end:
        raise Unreadable(f"{path} is damaged (it has no question {interview.at + 1}). It is left as it is.")
    return Kept(path, msgspec.structs.replace(interview, questions=questions), stamp)


def past(folder: Path) -> list[Past]:
    """Every interview of `folder`, the newest first. Raises nothing: what cannot be opened says why."""
    try:
        paths = sorted(folder.glob("*.json"), key=lambda path: path.name, reverse=True)
    except OSError:
        return []
    return [_look(path) for path in paths if not path.name.startswith(".")]


def _look(path: Path) -> Past:
    try:
        return Past(path, open_kept(path).interview)
    except Unreadable as error:
        return Past(path, None, str(error))


def export(kept: Kept, text: str) -> Path:
    """Write a report beside the interview, as Markdown; where it is. Raises OSError."""
    path = kept.path.with_suffix(".md")
    disk.replace(path, text.encode())
    return path


def count(kept: Kept, cards: Mapping[str, Card], recorder: Recorder, now: datetime) -> int:
    """Make every marked question a review, durably, once; how many became one.

    Raises OSError or Stale, in a sentence: what was counted stays counted, and the next call goes on.
    """
    recorder.standings.refresh()
    done = 0
    for place, asked in enumerate(kept.interview.questions):
        card = cards.get(asked.key)
        if card is None or asked.grade is None or asked.counted:
            continue
        outcome = recorder.standings.preview(card.key, now)[asked.grade]
        answer = answer_to(asked, card, kept.interview.seed)
        recorder.review(card.key, outcome, now, answer.given(asked.took_s))
        questions = list(kept.interview.questions)
        questions[place] = msgspec.structs.replace(asked, counted=True)
        kept.interview = msgspec.structs.replace(kept.interview, questions=tuple(questions))
        kept.save()
        done += 1
    return done


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one content of a file from the next; None if there is no file."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return None
    return there.st_ino, there.st_mtime_ns
