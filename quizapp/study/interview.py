"""A mock interview: questions with their time, one after the other; nothing is shown or judged until all are answered.

Frozen values and pure functions; `interview_store.py` keeps them on the disk, `interview_report.py` says how it went.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from quizapp.cards.card import Card, Choice, Cloze, Code, Fix, Free, Level, Numeric, Order
from quizapp.cards.judge import JUDGED
from quizapp.cards.library import Library
from quizapp.cards.vary import fresh
from quizapp.memory.schedule import Grade, Moment
from quizapp.study.answer import Answer, blank
from quizapp.study.plan import CODE_SECONDS
from quizapp.study.quiz import drawn
from quizapp.words import clean

INTERVIEW_FORMAT = 1
MOST_FOLLOW_UPS = 2  # at most so many follow-ups after an opening question
LONGEST_SILENCE_S = 10.0  # a longer silence of the clock was a pause: the machine slept, or the app was stopped
_SECONDS: dict[type[Card], int] = {
    Code: CODE_SECONDS,
    Free: 120,
    Fix: 90,
    Numeric: 90,
    Order: 60,
    Choice: 45,
    Cloze: 30,
}

_Natural = Annotated[int, Meta(ge=0)]
_Seconds = Annotated[float, Meta(ge=0, le=1e7)]
_Budget = Annotated[int, Meta(ge=1, le=10**7)]  # seconds or minutes; sums of them are figured with as floats


class Asked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question with its budget, what was answered, how long that took, and how the user marked it.

    `follows`: it was asked on the one before. `chosen` are choices or the order of items, and `ticks` points, as
    indices into the card's own lists; `confidence` is in percent; `counted`: it is a review in the journal.
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

    @property
    def over_s(self) -> float:
        """Seconds that the answer took beyond the question's budget; 0 within it."""
        return max(0.0, self.took_s - self.budget_s)


class Interview(Struct, frozen=True, forbid_unknown_fields=True):
    """An interview as it stands. `at` is the index of the question in hand, which is to be answered while `stage` is
    "asking", and to be marked while it is "marking"; `minutes` are for all questions together; `aloud`: answers are
    said, and only the time runs."""

    format: int
    started: Moment
    seed: int
    minutes: _Budget
    aloud: bool = field(name="spoken")  # as the files have it
    stage: Literal["asking", "marking", "done"]
    at: _Natural
    questions: Annotated[tuple[Asked, ...], Meta(min_length=1)]

    @property
    def question(self) -> Asked:
        """The question in hand; the last one when all is done."""
        return self.questions[min(self.at, len(self.questions) - 1)]

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


# Which questions


def budget(card: Card) -> int:
    """Seconds to answer `card`: what its deck says, else what its type usually takes."""
    return card.seconds or _SECONDS[type(card)]


def choose(
    library: Library, cards: Iterable[Card], *, count: int, minutes: int, seed: int, levels: Sequence[Level] = ()
) -> tuple[Asked, ...]:
    """Up to `count` questions whose budgets fit `minutes` (one always does), in an order that `seed` decides.

    Three openings of four are answered in words, where `cards` have both kinds. After each come up to two follow-ups,
    which may be of any deck and tag in the library, but only of `levels` if those are given.
    """
    asked: list[Asked] = []
    left = 60 * minutes
    for card, follows in _conversation(library, cards, seed, levels):
        left -= budget(card)
        if len(asked) == count or (left < 0 and asked):
            break
        asked.append(Asked(card.key, budget(card), follows))
    return tuple(asked)


def _conversation(
    library: Library, cards: Iterable[Card], seed: int, levels: Sequence[Level]
) -> Iterator[tuple[Card, bool]]:
    """Openings, each with what follows it, each text once."""
    seen: set[tuple[Path, int]] = set()

    def fresh(card: Card) -> bool:
        return (card.path, card.line) not in seen

    for opening in _openings(drawn(cards, seed)):
        chain: Card | None = opening if fresh(opening) else None
        asked = 0
        while chain is not None:
            seen.add((chain.path, chain.line))
            yield chain, asked > 0
            asked += 1
            further = (card for name in chain.follow_ups for card in library.named(name, chain.deck) if fresh(card))
            wanted = drawn((card for card in further if not levels or card.level in levels), seed)
            chain = wanted[0] if wanted and asked <= MOST_FOLLOW_UPS else None


def _openings(cards: Sequence[Card]) -> Iterator[Card]:
    """The cards, of which every fourth can be judged, as long as there are both kinds."""
    worded = [card for card in cards if not isinstance(card, JUDGED)]
    judged = [card for card in cards if isinstance(card, JUDGED)]
    for number in range(1, len(cards) + 1):
        yield (judged if judged and (number % 4 == 0 or not worded) else worded).pop(0)


# How it goes


def start_interview(
    questions: Sequence[Asked], *, now: datetime, seed: int, minutes: int, aloud: bool = False
) -> Interview:
    """The interview with its first question in hand. `aloud`: answers are said, and only the time runs."""
    return Interview(INTERVIEW_FORMAT, now, seed, minutes, aloud, "asking", 0, tuple(questions))


def spend_time(interview: Interview, since: datetime, now: datetime) -> Interview:
    """The interview with the time from `since` to `now` added to the question in hand, while it is asked. A pause (more
    than LONGEST_SILENCE_S) does not count, nor a clock set back."""
    seconds = (now - since).total_seconds()
    if interview.stage != "asking" or not 0 < seconds <= LONGEST_SILENCE_S:
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


def go_on(interview: Interview) -> Interview:
    """The interview with the next question in hand; after the last one, with the first one to be marked."""
    if interview.at + 1 < len(interview.questions):
        return replace(interview, at=interview.at + 1)
    return replace(interview, at=0, stage="marking")


def end_here(interview: Interview) -> Interview:
    """The interview without the questions after the one in hand, and with the first one to be marked."""
    return replace(interview, questions=interview.questions[: interview.at + 1], at=0, stage="marking")


def mark(interview: Interview, answer: Answer | None, grade: Grade | None) -> Interview:
    """The interview with the question in hand marked, by the ticks of `answer` and the grade, and the next one in hand;
    after the last one it is done. Without an answer, as where the card is gone, the ticks stay as they are.
    """
    ticks = interview.question.ticks if answer is None else tuple(sorted(answer.ticks))
    interview = _put(interview, replace(interview.question, ticks=ticks, grade=grade))
    if interview.at + 1 < len(interview.questions):
        return replace(interview, at=interview.at + 1)
    return replace(interview, at=len(interview.questions), stage="done")


def mark_again(interview: Interview) -> Interview:
    """The interview with the question that was marked last in hand again; the first one stays."""
    return replace(interview, at=max(0, interview.at - 1), stage="marking")


def not_open(interview: Interview, library: Library) -> list[str]:
    """The names of the decks that the interview asks of and that are not in the library: they may be elsewhere."""
    cards, open_ = cards_by_key(library), {deck.name for deck in library.decks}
    return sorted({asked.key.partition("/")[0] for asked in interview.questions if asked.key not in cards} - open_)


def without_lost(interview: Interview, cards: Mapping[str, Card]) -> Interview:
    """The interview without the questions still to be asked whose cards are not among `cards`, which are by key.

    What was answered stays. If nothing is left to ask, what was answered is to be marked; if nothing was answered
    either, it stays as it is.
    """
    if interview.stage != "asking":
        return interview
    ahead = [asked for asked in interview.questions[interview.at :] if asked.key in cards]
    questions = (*interview.questions[: interview.at], *ahead)
    if not questions:
        return interview
    if not ahead:
        return replace(interview, questions=questions, at=0, stage="marking")
    return replace(interview, questions=questions)


def _put(interview: Interview, asked: Asked) -> Interview:
    """The interview with `asked` as the question in hand."""
    place = min(interview.at, len(interview.questions) - 1)
    return replace(interview, questions=(*interview.questions[:place], asked, *interview.questions[place + 1 :]))


def answer_to(asked: Asked, card: Card, seed: int) -> Answer:
    """What was answered to the question `asked`, as an answer to `card`, shuffled and drawn with `seed`; indices that
    the card does not have (any more) are left out."""
    card = fresh(card, seed)
    answer = blank(card, str(seed))
    answer.typed, answer.confidence = asked.typed, asked.confidence
    answer.ticks = frozenset(tick for tick in asked.ticks if tick < len(card.points))
    match card:
        case Choice():
            answer.chosen = frozenset(i for i in asked.chosen if i < len(card.choices))
        case Order() if sorted(asked.chosen) == list(range(len(card.items))):
            answer.places = asked.chosen
        case _:
            pass
    return answer


def suggested(answer: Answer) -> Grade:
    """The grade that the marks of an answer suggest: a card that has points or can be judged, and has neither ticks nor
    a verdict, was not known; what has neither is good until the user says otherwise."""
    return answer.suggested() or ("again" if answer.card.points or answer.judged else "good")


def cards_by_key(library: Library) -> dict[str, Card]:
    """Every card of the library by its key and by its earlier keys."""
    return {**{old: library.keys[key] for old, key in library.renames().items()}, **library.keys}
