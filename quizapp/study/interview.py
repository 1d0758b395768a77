"""A mock interview: questions with their time, one after the other; nothing is shown or judged until all are answered.

Frozen values and pure functions; `interviews.py` keeps them on the disk and `report.py` says how it went.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Choice, Cloze, Fix, Free, Level, Numeric, Order
from quizapp.cards.judge import JUDGED
from quizapp.cards.library import Library
from quizapp.memory.schedule import Grade, Moment
from quizapp.study.answer import Answer, blank
from quizapp.study.quiz import drawn
from quizapp.words import clean

FORMAT = 1
CHAIN = 2  # at most so many follow-ups after an opening question
PAUSE_S = 10.0  # a longer silence of the clock was a pause: the machine slept, or the app was stopped
_SECONDS: dict[type[Card], int] = {Free: 120, Fix: 90, Numeric: 90, Order: 60, Choice: 45, Cloze: 30}

Natural = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0, le=1e7)]
Allowed = Annotated[int, Meta(ge=1, le=10**7)]  # seconds or minutes; sums of them are figured with as floats


class Asked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question with its budget, what was answered, how long that took, and how the user marked it.

    `follows`: it was asked on the one before. `chosen` are choices or the order of items, and `ticks` points, as
    indices into the card's own lists; `confidence` is in percent; `counted`: it is a review in the journal.
    """

    key: str
    budget_s: Allowed
    follows: bool = False
    took_s: Seconds = 0.0
    typed: str = ""
    chosen: tuple[Natural, ...] = ()
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None
    ticks: tuple[Natural, ...] = ()
    grade: Grade | None = None
    counted: bool = False

    @property
    def over_s(self) -> float:
        """Seconds beyond the budget."""
        return max(0.0, self.took_s - self.budget_s)


class Interview(Struct, frozen=True, forbid_unknown_fields=True):
    """`at` is the question in hand, to be answered (`asking`) or to be marked (`marking`); `minutes` are for all."""

    format: int
    started: Moment
    seed: int
    minutes: Allowed
    spoken: bool
    stage: Literal["asking", "marking", "done"]
    at: Natural
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
        """Seconds beyond the minutes for all."""
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
            chain = wanted[0] if wanted and asked <= CHAIN else None


def _openings(cards: Sequence[Card]) -> Iterator[Card]:
    """The cards, of which every fourth can be judged, as long as there are both kinds."""
    worded = [card for card in cards if not isinstance(card, JUDGED)]
    judged = [card for card in cards if isinstance(card, JUDGED)]
    for number in range(1, len(cards) + 1):
        yield (judged if judged and (number % 4 == 0 or not worded) else worded).pop(0)


# How it goes


def begin(questions: Sequence[Asked], *, now: datetime, seed: int, minutes: int, spoken: bool = False) -> Interview:
    """The interview with its first question in hand. `spoken`: answers are said, and only the time runs."""
    return Interview(FORMAT, now, seed, minutes, spoken, "asking", 0, tuple(questions))


def spend(interview: Interview, since: datetime, now: datetime) -> Interview:
    """The time from `since` to `now` on the question in hand; a pause does not count, nor a clock set back."""
    seconds = (now - since).total_seconds()
    if interview.stage != "asking" or not 0 < seconds <= PAUSE_S:
        return interview
    return _put(interview, replace(interview.question, took_s=interview.question.took_s + seconds))


def give(interview: Interview, answer: Answer) -> Interview:
    """What is answered to the question in hand, and ticked, so far; a grade given before is taken back."""
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
    """The next question; after the last one, the first to mark."""
    if interview.at + 1 < len(interview.questions):
        return replace(interview, at=interview.at + 1)
    return replace(interview, at=0, stage="marking")


def end_here(interview: Interview) -> Interview:
    """No question after the one in hand."""
    return replace(interview, questions=interview.questions[: interview.at + 1], at=0, stage="marking")


def mark(interview: Interview, answer: Answer | None, grade: Grade | None) -> Interview:
    """The question in hand marked: the ticks of `answer`, and the grade; then the next, or all is done.

    Without an answer its ticks stay as they are: its card is gone.
    """
    ticks = interview.question.ticks if answer is None else tuple(sorted(answer.ticks))
    interview = _put(interview, replace(interview.question, ticks=ticks, grade=grade))
    if interview.at + 1 < len(interview.questions):
        return replace(interview, at=interview.at + 1)
    return replace(interview, at=len(interview.questions), stage="done")


def mark_again(interview: Interview) -> Interview:
    """Back to the question marked last; not before the first."""
    return replace(interview, at=max(0, interview.at - 1), stage="marking")


def not_open(interview: Interview, library: Library) -> list[str]:
    """The decks of its questions that are not in the library; they may well be elsewhere."""
    cards, open_ = found(library), {deck.name for deck in library.decks}
    return sorted({asked.key.partition("/")[0] for asked in interview.questions if asked.key not in cards} - open_)


def without_lost(interview: Interview, cards: Mapping[str, Card]) -> Interview:
    """Without the questions still to be asked whose cards are in no deck any more.

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
    """What was answered to `card`; indices that it does not have (any more) are left out."""
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
    """The grade that the marks suggest: what has points or can be judged, and has neither ticks nor a verdict, was not
    known; what has neither is good until the user says otherwise."""
    return answer.suggested() or ("again" if answer.card.points or answer.judged else "good")


def found(library: Library) -> dict[str, Card]:
    """Every card by its key and by its earlier keys."""
    return {**{old: library.keys[key] for old, key in library.renames().items()}, **library.keys}
