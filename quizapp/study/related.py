"""Which cards belong to a card: what to know before it, what to ask after it."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from quizapp.cards.card import Card
from quizapp.cards.library import Library


class Related(msgspec.Struct, frozen=True):
    """`before` are a card's prerequisites; `after` its follow-ups, and the cards that name it as theirs."""

    before: tuple[Card, ...] = ()
    after: tuple[Card, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


def related(card: Card, library: Library) -> Related:
    """The cards that `card` names in `after` and `follow_ups`, and those that name it there.

    Each comes once, of the gaps of one text only the first; one that would be both is a prerequisite.
    """
    names = {card.id, f"{card.deck}/{card.id}", card.key}
    before = [found for name in card.after for found in library.named(name, card.deck)]
    after = [found for name in card.follow_ups for found in library.named(name, card.deck)]
    for other in library.keys.values():
        if not (other.after or other.follow_ups):
            continue
        if _names(other, other.follow_ups, card, names):
            before.append(other)
        if _names(other, other.after, card, names):
            after.append(other)
    seen = {_text(card)}
    return Related(_once(before, seen), _once(after, seen))


def _names(other: Card, said: Iterable[str], card: Card, names: set[str]) -> bool:
    """Does a card that says these names mean `card`, which goes by `names`?"""
    return any(name in names for name in said if "/" in name or other.deck == card.deck)


def _text(card: Card) -> tuple[Path, int]:
    return card.path, card.line


def _once(cards: Iterable[Card], seen: set[tuple[Path, int]]) -> tuple[Card, ...]:
    found = []
    for card in cards:
        if _text(card) not in seen:
            seen.add(_text(card))
            found.append(card)
    return tuple(found)
