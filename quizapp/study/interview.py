"""A mock interview: questions with their time, one after the other; each is answered, then marked by its points alone.
What lacked something is looked at again at the end, with its whole answer.

What is said aloud is forgotten in a minute, so it is marked at once; and only what is marked can be followed up.

Frozen values and pure functions; `interview_questions.py` chooses what is asked, `interview_marks.py` marks it and goes
on, `interview_store.py` keeps it on the disk, `asked_back.py` is an examiner's share in it, `interview_report.py` says
how it went.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field
from msgspec.structs import replace

from quizapp.cards.card import Card, Level
from quizapp.cards.library import Library
from quizapp.examiner.task import FollowUp
from quizapp.memory.schedule import Grade, Moment
from quizapp.study.answer import Answer
from quizapp.words import Words, clean

INTERVIEW_FORMAT = 2
ASKED_BACK_FORMAT = 3  # of one in which an examiner asked back, which a former program cannot read
TOLD_FORMAT = 4  # of one that says why code failed, or what was not answered, which a former program cannot read
MOST_ASKED_BACK = 2  # questions of an examiner about one answer
LOOKED_S = 10.0  # for so long a question is looked at, not answered
LONGEST_SILENCE_S = 10.0  # a longer silence of the clock was a pause: the machine slept, or the app was stopped
MOST_TOLD = 2000  # characters of why code failed

Way = Literal["spoken", "typed", "friend"]
_Natural = Annotated[int, Meta(ge=0)]
_Seconds = Annotated[float, Meta(ge=0, le=1e7)]
_Budget = Annotated[int, Meta(ge=1, le=10**7)]  # seconds or minutes; sums of them are figured with as floats


class Terms(Struct, frozen=True):
    """What one asks for: `count` questions in so many `minutes`, drawn by `seed`, follow-ups only of `levels` if there
    are any. They are answered aloud, written down, or to a `friend` who sits at the screen, asks and ticks."""

    count: int = 8
    minutes: int = 20
    seed: int = 0
    levels: tuple[Level, ...] = ()
    way: Way = "spoken"


class Asked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question with its budget, what was answered, how long that took, and how the user marked it.

    `follows`: it was asked on the one before. `given`: the answer is given, and its time is over. `chosen` are choices
    or the order of items, and `ticks` points, as indices into the card's own lists; `confidence` is in percent;
    `passed`: what came of the one run of its code, and in `failed` why it did not pass; `counted`: it is a review in
    the journal, whose id is `event`.
    `asked_back`: what an examiner asked about the answer, and what was said to that in `back_s` seconds, which are no
    part of `took_s`; it thought for `waited_s`, and that took so many `tokens`, as far as they are known.
    """

    key: str
    budget_s: _Budget
    follows: bool = False
    took_s: _Seconds = 0.0
    typed: str = ""
    chosen: tuple[_Natural, ...] = ()
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None
    ticks: tuple[_Natural, ...] = ()
    grade: Grade | None = None
    counted: bool = False
    given: bool = False
    event: str = ""
    passed: bool | None = None
    failed: Words | None = None
    asked_back: Annotated[tuple[FollowUp, ...], Meta(max_length=MOST_ASKED_BACK)] = ()
    back_s: _Seconds = 0.0
    waited_s: _Seconds = 0.0
    tokens: Annotated[int, Meta(ge=0, le=10**9)] | None = None

    @property
    def spent_s(self) -> float:
        """Seconds of the question's clock: the answer, and what was said when an examiner asked back."""
        return self.took_s + self.back_s

    @property
    def over_s(self) -> float:
        """Seconds that the answer took beyond the question's budget; 0 within it."""
        return max(0.0, self.took_s - self.budget_s)

    @property
    def touched(self) -> bool:
        """Was something written, chosen or ticked, or is the answer given?"""
        return bool(self.given or self.typed or self.chosen or self.ticks)

    @property
    def begun(self) -> bool:
        """Is it answered in part at least: was it touched, or did it take more than a look?"""
        return self.touched or self.took_s > LOOKED_S

    @property
    def lacking(self) -> bool:
        """Was it marked, and not known to the end?"""
        return self.grade in ("again", "hard")

    @property
    def counts(self) -> bool:
        """Is it to be a review? A miss is; a pass is only where nothing that was asked before it led to the answer."""
        return self.grade is not None and (self.grade == "again" or not self.follows)


class Interview(Struct, frozen=True, forbid_unknown_fields=True):
    """An interview as it stands. `at` is the index of the question in hand, which is to be answered while `stage` is
    "asking", about which an examiner asks while it is "asked_back", and to be marked while it is "marking"; `minutes`
    are for all questions together. While it is "reviewing", `at` is a place in `again`, the indices of what lacked
    something.

    `aloud`: answers are said, and only the time runs; `friend`: to a friend, who has the screen, with the answer on it,
    and marks meanwhile. `levels` as in `Terms`. `left`: so many questions were not answered, as it was ended before.
    """

    format: int
    started: Moment
    seed: int
    minutes: _Budget
    aloud: bool = field(name="spoken")  # as the files have it
    stage: Literal["asking", "asked_back", "marking", "reviewing", "done"]
    at: _Natural
    questions: Annotated[tuple[Asked, ...], Meta(min_length=1)]
    friend: bool = False
    levels: tuple[Level, ...] = ()
    again: tuple[_Natural, ...] = ()
    left: _Natural | UnsetType = UNSET

    @property
    def terms(self) -> Terms:
        way: Way = "friend" if self.friend else "spoken" if self.aloud else "typed"
        return Terms(len(self.questions), self.minutes, self.seed, self.levels, way)

    @property
    def place(self) -> int:
        """The index of the question in hand; that of the last one when all is done."""
        at = self.again[self.at] if self.stage == "reviewing" else self.at
        return min(at, len(self.questions) - 1)

    @property
    def question(self) -> Asked:
        """The question in hand; the last one when all is done."""
        return self.questions[self.place]

    @property
    def took_s(self) -> float:
        return sum(asked.spent_s for asked in self.questions)

    @property
    def over_s(self) -> float:
        """Seconds that all answers took beyond the minutes of the interview; 0 within them."""
        return max(0.0, self.took_s - 60 * self.minutes)

    @property
    def counted(self) -> int:
        """How many of its questions are reviews in the journal."""
        return sum(asked.counted for asked in self.questions)


# How it goes


def start_interview(questions: Sequence[Asked], terms: Terms, now: datetime) -> Interview:
    """The interview with its first question in hand."""
    return Interview(
        INTERVIEW_FORMAT,
        now,
        terms.seed,
        terms.minutes,
        terms.way != "typed",
        "asking",
        0,
        tuple(questions),
        friend=terms.way == "friend",
        levels=terms.levels,
    )


def spend_time(interview: Interview, since: datetime, now: datetime) -> Interview:
    """The interview with the time from `since` to `now` added to the question in hand, while it is answered, or what an
    examiner asked about it. A pause (more than LONGEST_SILENCE_S) does not count, nor a clock set back."""
    seconds, asked = (now - since).total_seconds(), interview.question
    if not 0 < seconds <= LONGEST_SILENCE_S:
        return interview
    if interview.stage == "asked_back":
        return with_question(interview, replace(asked, back_s=asked.back_s + seconds))
    if interview.stage == "asking" and not asked.given:
        return with_question(interview, replace(asked, took_s=asked.took_s + seconds))
    return interview


def answered(interview: Interview, answer: Answer) -> Interview:
    """The interview with what `answer` says so far as the answer to the question in hand; a grade given before is taken
    back."""
    return with_question(
        interview,
        replace(
            interview.question,
            typed=clean(answer.typed),
            chosen=answer.picked,
            confidence=answer.confidence,
            ticks=tuple(sorted(answer.ticks)),
            grade=None,
        ),
    )


def give(interview: Interview, *, given: bool = True) -> Interview:
    """The interview with the answer to the question in hand given, so that its time stands still; or not yet."""
    return with_question(interview, replace(interview.question, given=given))


def with_verdict(interview: Interview, code: str, *, passed: bool | None, failed: Words | None = None) -> Interview:
    """The interview with the code that was written for the question in hand, and what came of its one run; None if it
    was not run. `failed`: why it did not pass."""
    asked = replace(interview.question, typed=clean(code), passed=passed, failed=as_told(failed))
    return with_question(replace(interview, format=TOLD_FORMAT) if failed else interview, asked)


def as_told(words: Words | None) -> Words | None:
    """What an attempt's run said, cleaned and not longer than it is kept: a stranger may have written it."""
    return Words(clean(words.en)[:MOST_TOLD], clean(words.zh)[:MOST_TOLD]) if words else None


def to_points(interview: Interview) -> Interview:
    """The interview with the question in hand to be marked."""
    return replace(give(interview), stage="marking")


def with_question(interview: Interview, asked: Asked) -> Interview:
    """The interview with `asked` as the question in hand."""
    place = interview.place
    return replace(interview, questions=(*interview.questions[:place], asked, *interview.questions[place + 1 :]))


def cards_by_key(library: Library) -> dict[str, Card]:
    """Every card of the library by its key and by its earlier keys."""
    return {**{old: library.keys[key] for old, key in library.renames().items()}, **library.keys}
