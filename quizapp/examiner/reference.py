"""What an examiner is measured on: 120 answers to 40 cards, 60 in either language, their 315 points judged twice.

All of it is plain data, made once (docs/issue-26): a deck that changes moves nothing here. The answers and both
readings are by one language model, in sessions that did not see each other. That is one model, twice, not two people:
the readings are alike at every point, which measures neither how clear the points are nor how right the readings.
"""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from quizapp.cards.card import Point
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Heard
from quizapp.words import Language, same

REFERENCE = Path(__file__).with_name("reference.json")


class ReferenceAnswer(Struct, frozen=True):
    """An answer to `card`, as a `task` for an examiner; the card's `points`, with the words to look for, and what the
    two `readings` say of each."""

    id: str
    card: str
    task: Task
    points: tuple[Point, ...]
    readings: tuple[tuple[Heard, ...], tuple[Heard, ...]]


class _Point(Struct):
    text: str
    hit: tuple[str, ...]


class _Answer(Struct):
    id: str
    text: str
    readings: tuple[tuple[Heard, ...], tuple[Heard, ...]]


class _Card(Struct):
    card: str
    language: Language
    question: str
    statement: str
    points: tuple[_Point, ...]
    answers: tuple[_Answer, ...]


@cache
def reference_answers() -> tuple[ReferenceAnswer, ...]:
    """The first answer to each card, then the second, then the third, so that the first few are of many cards."""
    cards = msgspec.json.decode(REFERENCE.read_bytes(), type=tuple[_Card, ...])
    return tuple(
        _reference_answer(card, answer)
        for answers in zip(*(card.answers for card in cards), strict=True)
        for card, answer in zip(cards, answers, strict=True)
    )


def _reference_answer(card: _Card, answer: _Answer) -> ReferenceAnswer:
    return ReferenceAnswer(
        answer.id,
        card.card,
        Task(card.question, tuple(point.text for point in card.points), answer.text, card.language, card.statement),
        tuple(Point(same(point.text), point.hit) for point in card.points),
        answer.readings,
    )
