"""A mock interview: questions with their time, one after the other; each is answered, then marked by its points alone.
What lacked something is looked at again at the end, with its whole answer.

What is said aloud is forgotten in a minute, so it is marked at once; and only what is marked can be followed up.

Frozen values and pure functions; `interview_questions.py` chooses what is asked, `interview_store.py` keeps it on the
disk, `interview_report.py` says how it went.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from quizapp.cards.card import Card, Choice, Code, Level, Order
from quizapp.cards.library import Library
from quizapp.cards.vary import fresh
from quizapp.memory.replay import CONFIDENT
from quizapp.memory.schedule import Grade, Moment
from quizapp.study.answer import Answer, blank
from quizapp.study.code import Try
from quizapp.texts import Sentence, tell
from quizapp.words import clean

INTERVIEW_FORMAT = 2
LOOKED_S = 10.0  # for so long a question is looked at, not answered
LONGEST_SILENCE_S = 10.0  # a longer silence of the clock was a pause: the machine slept, or the app was stopped

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
    `passed`: what came of the one run of its code; `counted`: it is a review in the journal, whose id is `event`.
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

    @property
    def over_s(self) -> float:
        """Seconds that the answer took beyond the question's budget; 0 within it."""
        return max(0.0, self.took_s - self.budget_s)

    @property
    def lacking(self) -> bool:
        """Was it marked, and not known to the end?"""
        return self.grade in ("again", "hard")

    @property
    def sure_and_wrong(self) -> bool:
        return self.grade == "again" and (self.confidence or 0) >= CONFIDENT

    @property
    def counts(self) -> bool:
        """Is it to be a review? A miss is; a pass is only where nothing that was asked before it led to the answer."""
        return self.grade is not None and (self.grade == "again" or not self.follows)


class Interview(Struct, frozen=True, forbid_unknown_fields=True):
    """An interview as it stands. `at` is the index of the question in hand, which is to be answered while `stage` is
    "asking", and to be marked while it is "marking"; `minutes` are for all questions together. While it is "reviewing",
    `at` is a place in `again`, the indices of what lacked something.

    `aloud`: answers are said, and only the time runs; `friend`: to a friend, who has the screen, with the answer on it,
    and marks meanwhile. `levels` as in `Terms`.
    """

    format: int
    started: Moment
    seed: int
    minutes: _Budget
    aloud: bool = field(name="spoken")  # as the files have it
    stage: Literal["asking", "marking", "reviewing", "done"]
    at: _Natural
    questions: Annotated[tuple[Asked, ...], Meta(min_length=1)]
    friend: bool = False
    levels: tuple[Level, ...] = ()
    again: tuple[_Natural, ...] = ()

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
        return sum(asked.took_s for asked in self.questions)

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


def of_this_format(interview: Interview) -> Interview:
    """An interview that a former program wrote, which asked all questions before the first was marked."""
    asked = interview.at if interview.stage == "asking" else len(interview.questions)
    questions = tuple(replace(one, given=i < asked) for i, one in enumerate(interview.questions))
    return replace(interview, format=INTERVIEW_FORMAT, questions=questions)


def spend_time(interview: Interview, since: datetime, now: datetime) -> Interview:
    """The interview with the time from `since` to `now` added to the question in hand, while it is answered. A pause
    (more than LONGEST_SILENCE_S) does not count, nor a clock set back."""
    seconds = (now - since).total_seconds()
    answers = interview.stage == "asking" and not interview.question.given
    if not answers or not 0 < seconds <= LONGEST_SILENCE_S:
        return interview
    return _put(interview, replace(interview.question, took_s=interview.question.took_s + seconds))


def answered(interview: Interview, answer: Answer) -> Interview:
    """The interview with what `answer` says so far as the answer to the question in hand; a grade given before is taken
    back."""
    return _put(
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
    return _put(interview, replace(interview.question, given=given))


def with_verdict(interview: Interview, code: str, *, passed: bool | None) -> Interview:
    """The interview with the code that was written for the question in hand, and what came of its one run; None if it
    was not run."""
    return _put(interview, replace(interview.question, typed=clean(code), passed=passed))


def to_points(interview: Interview) -> Interview:
    """The interview with the question in hand to be marked."""
    return replace(give(interview), stage="marking")


def mark(interview: Interview, answer: Answer | None, grade: Grade | None) -> Interview:
    """The interview with the question in hand marked, by the ticks of `answer` and the grade, and the next one in hand;
    after the last one, what lacked something is looked at again, and then it is done. Without an answer, as where the
    card is gone, the ticks stay as they are.
    """
    ticks = interview.question.ticks if answer is None else tuple(sorted(answer.ticks))
    interview = _put(interview, replace(interview.question, ticks=ticks, grade=grade, given=True))
    if interview.stage == "reviewing":
        return replace(interview, at=interview.at + 1) if interview.at + 1 < len(interview.again) else _done(interview)
    if interview.at + 1 == len(interview.questions):
        return look_again(interview)
    return _asked(interview, interview.at + 1)


def look_again(interview: Interview) -> Interview:
    """The interview with what lacked something to be looked at, first what one was sure of and did not know. Done if
    nothing lacked anything."""
    order = [i for i, asked in enumerate(interview.questions) if asked.lacking]
    order.sort(key=lambda i: (not interview.questions[i].sure_and_wrong, interview.questions[i].grade != "again"))
    if not order:
        return _done(interview)
    return replace(interview, at=0, stage="reviewing", again=tuple(order))


def end_here(interview: Interview) -> Interview:
    """The interview without the questions that were not answered; the one in hand, if something is written, if it took
    more than a look, or if it is the first, is to be marked, and keeps its time."""
    asked = interview.question
    begun = asked.given or asked.typed or asked.chosen or asked.ticks or not interview.at
    begun = begun or asked.took_s > LOOKED_S
    interview = replace(interview, questions=interview.questions[: interview.at + bool(begun)])
    if begun and not interview.friend:
        return to_points(interview)
    return look_again(interview)


def mark_again(interview: Interview) -> Interview:
    """The interview with the question that was marked last in hand again; the first one stays."""
    if interview.stage == "reviewing" and interview.at:
        return replace(interview, at=interview.at - 1)
    if interview.stage == "done" and interview.again:
        return replace(interview, stage="reviewing", at=len(interview.again) - 1)
    at = interview.at if interview.stage in ("asking", "marking") else len(interview.questions)
    return replace(_asked(interview, max(0, at - 1)), again=())


def not_open(interview: Interview, library: Library) -> list[str]:
    """The names of the decks that the interview asks of and that are not in the library: they may be elsewhere."""
    cards, open_ = cards_by_key(library), {deck.name for deck in library.decks}
    return sorted({asked.key.partition("/")[0] for asked in interview.questions if asked.key not in cards} - open_)


def without_lost(interview: Interview, cards: Mapping[str, Card]) -> Interview:
    """The interview without the questions still to be answered whose cards are not among `cards`, which are by key.

    What was answered stays. If nothing is left to ask, it goes on as after its last question; if nothing was answered
    either, it stays as it is.
    """
    if interview.stage not in ("asking", "marking"):
        return interview
    ahead = [asked for asked in interview.questions[interview.at :] if asked.given or asked.key in cards]
    questions = (*interview.questions[: interview.at], *ahead)
    if not questions:
        return interview
    if len(questions) == len(interview.questions):
        return interview
    interview = replace(interview, questions=questions)
    return interview if ahead else look_again(interview)


def _asked(interview: Interview, at: int) -> Interview:
    """The interview with question `at` in hand: to be marked once its answer is given, but for a friend, who marks
    while it is."""
    given = interview.questions[at].given and not interview.friend
    return replace(interview, at=at, stage="marking" if given else "asking")


def _done(interview: Interview) -> Interview:
    return replace(interview, at=len(interview.questions), stage="done")


def _put(interview: Interview, asked: Asked) -> Interview:
    """The interview with `asked` as the question in hand."""
    place = interview.place
    return replace(interview, questions=(*interview.questions[:place], asked, *interview.questions[place + 1 :]))


def answer_to(asked: Asked, card: Card, seed: int) -> Answer:
    """What was answered to the question `asked`, as an answer to `card`, shuffled and drawn with `seed`; indices that
    the card does not have (any more) are left out."""
    card = fresh(card, seed)
    answer = blank(card, str(seed))
    answer.typed, answer.confidence = asked.typed, asked.confidence
    answer.ticks = frozenset(tick for tick in asked.ticks if tick < len(card.points))
    match card:
        case Code() if asked.passed is not None:
            answer.tried = Try(submissions=1, passed=asked.passed, seconds=asked.took_s)
        case Choice():
            answer.chosen = frozenset(i for i in asked.chosen if i < len(card.choices))
        case Order() if sorted(asked.chosen) == list(range(len(card.items))):
            answer.places = asked.chosen
        case _:
            pass
    return answer


def suggested(answer: Answer, asked: Asked) -> Grade | None:
    """The grade that the marks of an answer suggest, None while there is something to tick or to say. What could be
    judged and was left out was not known; what has neither points nor a verdict is good until the user says otherwise.
    Over its time good is hard."""
    if isinstance(answer.card, Code) and answer.tried is None:
        return "again"
    grade = answer.suggested()
    if grade is None and answer.judged and not answer.close:
        return "again"
    if grade is None and not answer.undecided:
        grade = "good"
    return "hard" if grade == "good" and asked.over_s else grade


def reason_of(answer: Answer, asked: Asked) -> Sentence | None:
    """Why no better grade is suggested; None where that is plain."""
    if isinstance(answer.card, Code) and answer.tried is None:
        return tell("study.why.unrun")
    late = suggested(answer, asked) == "hard" and answer.suggested() != "hard"
    return tell("study.why.late") if late else answer.reason()


def cards_by_key(library: Library) -> dict[str, Card]:
    """Every card of the library by its key and by its earlier keys."""
    return {**{old: library.keys[key] for old, key in library.renames().items()}, **library.keys}
