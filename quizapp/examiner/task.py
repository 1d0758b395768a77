"""What an examiner is given: a card's question and points, and the words of the user, in one language."""

from msgspec import Struct

from quizapp.cards.card import Card, Fix
from quizapp.texts import text
from quizapp.words import Language


class FollowUp(Struct, frozen=True):
    """A question of the examiner about what was said, and what the user answered to it."""

    question: str
    answer: str = ""


class Task(Struct, frozen=True):
    """`statement` is what is to be corrected, of a card that has one. The card's key and hit words are not in it: they
    would give answers away."""

    question: str
    points: tuple[str, ...]
    answer: str
    language: Language
    statement: str = ""
    follow_ups: tuple[FollowUp, ...] = ()


def task_of(card: Card, answer: str, language: Language, follow_ups: tuple[FollowUp, ...] = ()) -> Task:
    """The task that `answer`, typed to `card` shown in `language`, makes."""
    asked = card.q.says(language)
    if not asked and isinstance(card, Fix):
        asked = text("cards.find_error", language)
    return Task(
        question=asked,
        points=tuple(point.text.says(language) for point in card.points),
        answer=answer,
        language=language,
        statement=card.source.says.says(language) if isinstance(card, Fix) else "",
        follow_ups=follow_ups,
    )
