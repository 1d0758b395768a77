"""What a sitting came to: how many cards, how long they took, what was recalled, what was hard."""

from collections.abc import Sequence

import msgspec

from quizapp.cards.card import Card
from quizapp.memory.schedule import GRADES, Grade
from quizapp.study.session import Graded


class HardCard(msgspec.Struct, frozen=True):
    """A card that was graded again or hard: how often which, and the seconds that it took in all."""

    card: Card
    again: int
    hard: int
    took_s: float


class SittingSummary(msgspec.Struct, frozen=True):
    """A sitting in figures. `asked` counts the first grades of cards that were in review and not cued, `recalled` those
    of them that were not "again": the sitting's retention. `hardest` are the cards graded again or hard, the hardest
    first."""

    cards: int
    took_s: float
    grades: dict[Grade, int]
    asked: int
    recalled: int
    hardest: tuple[HardCard, ...]


def sitting_summary(done: Sequence[Graded]) -> SittingSummary:
    """What these grades of a sitting, at least one, come to."""
    by_card: dict[str, list[Graded]] = {}
    for grade in done:
        by_card.setdefault(grade.card.key, []).append(grade)
    first = [grades[0] for grades in by_card.values()]
    reviews = [one.grade != "again" for one in first if one.was == "review" and not one.answer.cued]
    spent = [sum(grade.took_s for grade in grades) for grades in by_card.values()]
    hard = [
        HardCard(
            grades[0].card,
            sum(grade.grade == "again" for grade in grades),
            sum(grade.grade == "hard" for grade in grades),
            took,
        )
        for grades, took in zip(by_card.values(), spent, strict=True)
    ]
    return SittingSummary(
        cards=len(by_card),
        took_s=sum(spent),
        grades={grade: sum(one.grade == grade for one in done) for grade in GRADES},
        asked=len(reviews),
        recalled=sum(reviews),
        hardest=tuple(
            sorted(
                (card for card in hard if card.again or card.hard),
                key=lambda card: (card.again, card.hard, card.took_s),
                reverse=True,
            )
        ),
    )
