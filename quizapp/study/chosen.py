"""A sitting of exactly these cards, such as those that an interview found wanting."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from quizapp.cards.card import Card, Deck
from quizapp.cards.library import Library
from quizapp.memory.recorder import Recorder
from quizapp.settings import Settings
from quizapp.study.queue import Counts, Waiting
from quizapp.study.session import Session


class ChosenSession(Session):
    """Each of `cards` is asked once, whether it waits or not; what is in learning then comes again, as ever."""

    def __init__(
        self, cards: Sequence[Card], library: Library, recorder: Recorder, settings: Settings, now: datetime
    ) -> None:
        self._chosen = {card.key: card for card in cards}
        super().__init__(self._decks_of(library), recorder, settings, now)

    def _decks_of(self, library: Library) -> tuple[Deck, ...]:
        """The decks, with the chosen cards only."""
        return tuple(
            msgspec.structs.replace(deck, cards=tuple(card for card in deck.cards if card.key in self._chosen))
            for deck in library.decks
        )

    @property
    def _left(self) -> list[Card]:
        asked = {act.card.key for act in self.acts}
        return [card for key, card in self._chosen.items() if key not in asked]

    def advance(self, now: datetime, *, prefer: Card | None = None, graded: Card | None = None) -> None:
        super().advance(now, prefer=prefer or next(iter(self._left), None), graded=graded)

    def _look(self, now: datetime, graded: Card | None = None) -> Waiting:
        """What waits, and with it what is still to be asked though it does not."""
        waits = super()._look(now, graded)
        left = {card.key for card in self._left}
        waiting = (*waits.learning, *waits.due, *(card for _, card in waits.later))
        again = sum(card.key not in left for card in waiting)
        self.counts = Counts(learning=again, due=len(left), done=len(self._chosen) - len(left) - again)
        return waits

    def renew(self, library: Library, was: Library, now: datetime) -> None:
        now_written = [library.now(card, was) or card for card in self._chosen.values()]
        self._chosen = {card.key: card for card in now_written}
        super().renew(library, was, now)
        self.decks = self._decks_of(library)
        self._look(now)
