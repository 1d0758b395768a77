"""The interviews in the user's home: one file each, replaced whole at every step, so that none is ever half written."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from quizapp import disk
from quizapp.cards.card import Card
from quizapp.memory.recorder import CannotUndo, Recorder
from quizapp.settings import Settings
from quizapp.study.answer import with_missed
from quizapp.study.asked_back import as_read
from quizapp.study.code import outcomes_for
from quizapp.study.interview import INTERVIEW_FORMAT, TOLD_FORMAT, Asked, Interview, as_told
from quizapp.study.interview_answer import answer_to
from quizapp.texts import Sentence, UserError, os_reason, raised, tell
from quizapp.words import clean


class UnreadableInterview(UserError):
    """Why an interview cannot be opened. Its file is left as it is."""


class CannotKeep(UserError, OSError):
    """Why an interview cannot be written."""


class _Head(msgspec.Struct):
    format: int


class KeptInterview:
    """An interview and the file it is kept in. Set `interview`, then `save`."""

    def __init__(self, path: Path, interview: Interview, stamp: tuple[int, int] | None = None) -> None:
        self.path = path
        self.interview = interview
        self._saved = interview if stamp else None
        self._stamp = stamp  # of the file as this process knows it
        self._dropped = False
        self._lock = threading.Lock()

    def save(self) -> None:
        """Write what changed, durably, from any thread. Raises CannotKeep: what the file held before, it then still
        holds."""
        with self._lock:
            if (interview := self.interview) is not self._saved and not self._dropped:
                self._write(interview)
                self._saved = interview

    def drop(self) -> None:
        """Remove the file, and write it no more. Raises OSError."""
        with self._lock:
            self._dropped = True
            self.path.unlink(missing_ok=True)

    def _write(self, interview: Interview) -> None:
        try:
            stamp = _stamp(self.path)
            if stamp is not None and stamp != self._stamp:
                raise CannotKeep(tell("study.interview.changed", path=self.path))
            disk.replace(self.path, msgspec.json.format(msgspec.json.encode(interview)) + b"\n")
            self._stamp = _stamp(self.path)
        except CannotKeep:
            raise
        except OSError as error:
            raise CannotKeep(tell("study.interview.not_written", path=self.path, why=os_reason(error))) from error


class InterviewFile(msgspec.Struct, frozen=True):
    """A file in the folder of interviews: the interview, or `why` it cannot be opened."""

    path: Path
    interview: Interview | None
    why: Sentence | None = None


def keep_in(folder: Path, interview: Interview) -> KeptInterview:
    """`interview` with a file of its own in `folder`, named after its start; nothing is written yet."""
    name = f"{interview.started:%Y-%m-%d-%H%M%S}"
    path, more = folder / f"{name}.json", 1
    while path.exists():
        more += 1
        path = folder / f"{name}-{more}.json"
    return KeptInterview(path, interview)


def open_kept(path: Path) -> KeptInterview:
    """The interview in `path`. Raises UnreadableInterview: it is damaged, newer than this program, or not there."""
    from quizapp.cards import text_file

    try:
        stamp, data = _stamp(path), text_file.bytes_of(path)  # a plain file of a size that can be held
    except OSError as error:
        raise UnreadableInterview(tell("study.interview.refused", path=path, why=os_reason(error))) from error
    except text_file.Unreadable as error:
        raise UnreadableInterview(tell("study.interview.no_file", path=path, why=error.sentence)) from error
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format > TOLD_FORMAT:
            raise UnreadableInterview(tell("study.interview.newer", path=path))
        interview = msgspec.json.decode(data, type=Interview)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInterview(tell("study.interview.damaged", path=path, why=raised(error))) from error
    questions = tuple(
        msgspec.structs.replace(
            asked,
            key=clean(asked.key),
            typed=clean(asked.typed),
            failed=as_told(asked.failed),
            asked_back=as_read(asked),
        )
        for asked in interview.questions
    )
    if (place := _past_the_end(interview)) is not None:
        why = tell("study.interview.no_question", number=place + 1)
        raise UnreadableInterview(tell("study.interview.damaged", path=path, why=why))
    interview = msgspec.structs.replace(interview, questions=questions)
    kept = KeptInterview(path, interview, stamp)
    if head.format < INTERVIEW_FORMAT:
        kept.interview = of_this_format(interview)
    return kept


def of_this_format(interview: Interview) -> Interview:
    """An interview that a former program wrote, which asked all questions before the first was marked."""
    asked = interview.at if interview.stage == "asking" else len(interview.questions)
    questions = tuple(msgspec.structs.replace(one, given=i < asked) for i, one in enumerate(interview.questions))
    return msgspec.structs.replace(interview, format=INTERVIEW_FORMAT, questions=questions)


def _past_the_end(interview: Interview) -> int | None:
    """A place that it names and where it has no question."""
    count, among = len(interview.questions), range(len(interview.questions) + (interview.stage == "done"))
    if interview.stage == "reviewing" and interview.at >= len(interview.again):
        return count
    places = (*interview.again, *(() if interview.stage == "reviewing" else (interview.at,)))
    return next((place for place in places if place not in among), None)


def interview_files(folder: Path) -> list[InterviewFile]:
    """Every interview of `folder`, the newest first. Raises nothing: what cannot be opened says why."""
    try:
        paths = sorted(folder.glob("*.json"), key=lambda path: path.name, reverse=True)
    except OSError:
        return []
    return [_look(path) for path in paths if not path.name.startswith(".")]


def _look(path: Path) -> InterviewFile:
    try:
        return InterviewFile(path, open_kept(path).interview)
    except UnreadableInterview as error:
        return InterviewFile(path, None, error.sentence)


def write_report(kept: KeptInterview, text: str) -> Path:
    """Write a report, in Markdown, beside the interview's file, and return its path. Raises OSError."""
    path = kept.path.with_suffix(".md")
    disk.replace(path, text.encode())
    return path


def count_as_reviews(
    kept: KeptInterview, cards: Mapping[str, Card], recorder: Recorder, settings: Settings, now: datetime
) -> int:
    """Make every question that counts a review, durably and once, and return how many became one now. `cards` are by
    key.

    Raises OSError or Stale, in a sentence: what was counted stays counted, and the next call goes on.
    """
    recorder.standings.refresh()
    done = 0
    for place, asked in enumerate(kept.interview.questions):
        card = cards.get(asked.key)
        if card is None or asked.grade is None or not asked.counts or asked.counted:
            continue
        outcomes = outcomes_for(card, recorder.standings, now, settings)
        answer = answer_to(asked, card, kept.interview.seed)
        answer.cued = asked.follows or any(one.answer for one in asked.asked_back)  # which lead to it
        missed = with_missed(outcomes, card, recorder.standings, now) if answer.missed else outcomes
        event = recorder.review(card.key, missed[asked.grade], now, answer.given(asked.took_s))
        _put(kept, place, msgspec.structs.replace(asked, counted=True, event=event.id))
        done += 1
    return done


def take_back(kept: KeptInterview, recorder: Recorder, now: datetime) -> int:
    """Undo the reviews that the interview was made, durably, and return how many are none any more. One after which its
    card was graded again stays.

    Raises OSError, in a sentence: the next call goes on.
    """
    done = 0
    for place, asked in reversed(list(enumerate(kept.interview.questions))):
        if asked.counted and asked.event:
            with suppress(CannotUndo):
                recorder.undo(asked.event, now)
                _put(kept, place, msgspec.structs.replace(asked, counted=False, event=""))
                done += 1
    return done


def _put(kept: KeptInterview, place: int, asked: Asked) -> None:
    """Keep another state of a question."""
    questions = list(kept.interview.questions)
    questions[place] = asked
    kept.interview = msgspec.structs.replace(kept.interview, questions=tuple(questions))
    kept.save()


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one content of a file from the next; None if there is no file."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return None
    return there.st_ino, there.st_mtime_ns
