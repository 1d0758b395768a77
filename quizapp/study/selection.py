"""A choice among the cards of all decks."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Code, Deck, Level
from quizapp.cards.library import Library
from quizapp.memory.standings import Standings


class Selection(Struct, frozen=True):
    """Cards of these decks (by name), of one of these levels, with one of these tags. Empty means any."""

    decks: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    tags: tuple[str, ...] = ()

    def takes(self, card: Card) -> bool:
        """Whether it has the level and a tag."""
        return (not self.levels or card.level in self.levels) and (not self.tags or bool({*card.tags} & {*self.tags}))

    def narrowed(self, decks: Iterable[Deck]) -> tuple[Deck, ...]:
        """The decks with these cards only; a deck without any is left out."""
        if self == EVERYTHING:
            return tuple(decks)
        chosen = [deck for deck in decks if not self.decks or deck.name in self.decks]
        found = (replace(deck, cards=tuple(filter(self.takes, deck.cards))) for deck in chosen)
        return tuple(deck for deck in found if deck.cards)

    def practised(self, decks: Iterable[Deck]) -> list[Card]:
        """These cards, but none that asks for code, which takes as long as a quiz."""
        return [card for deck in self.narrowed(decks) for card in deck.cards if not isinstance(card, Code)]

    def code_of(self, decks: Iterable[Deck]) -> list[Code]:
        """Those of these cards that ask for code."""
        return [card for deck in self.narrowed(decks) for card in deck.cards if isinstance(card, Code)]


EVERYTHING = Selection()


def only_seen(library: Library, standings: Standings) -> Library:
    """The library with those of its cards that were ever reviewed; a deck without any is left out."""
    known = {key for key, standing in standings.all.items() if standing.memory.day is not None}
    found = (replace(deck, cards=tuple(card for card in deck.cards if card.key in known)) for deck in library.decks)
    return replace(library, decks=tuple(deck for deck in found if deck.cards))
