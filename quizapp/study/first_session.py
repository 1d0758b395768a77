"""The first session: a few cards that belong together, and the first of them once more."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from quizapp.cards.card import Card, Deck
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.queue import Waiting, waiting
from quizapp.study.session import Session

_AFTER = re.compile(r"^after\s+|\s*(?:之后|以后|后)$", re.IGNORECASE)


def start_cards(decks: Iterable[Deck]) -> tuple[Card, ...]:
    """The cards of the first session: those that the first deck to name any names, of a cloze its first gap."""
    for deck in decks:
        if deck.start:
            by_id = {card.id: card for card in reversed(deck.cards)}
            return tuple(by_id[id] for id in deck.start)
    return ()


def first_stage(decks: Sequence[Deck], standings: Standings, settings: Settings) -> Literal["new", "begun", ""]:
    """Whether the first session is still to come, or was left or broken off, as a journal with nothing but its cards
    says; "" once it was taken, or left before its first grade, and for everyone who has studied otherwise, here or on
    another device."""
    begun = set(standings.begun)
    if not begun:
        return "" if settings.tour == "done" else "new"
    cards = {card.key: standings.of(card.key) for card in start_cards(decks)}
    unseen = any(standing.memory.reps == 0 and not standing.suspended for standing in cards.values())
    return "begun" if begun <= cards.keys() and (unseen or settings.tour != "done") else ""


def was_taken(decks: Sequence[Deck], standings: Standings, settings: Settings) -> bool:
    """Whether the first session came to its end, or was left once all of its cards were seen: then it is practice."""
    cards = [standings.of(card.key) for card in start_cards(decks)]
    return bool(cards) and settings.tour == "done" and all(one.memory.reps or one.suspended for one in cards)


def next_place(decks: Iterable[Deck], standings: Standings, day: date) -> int:
    """Which of the first session's cards is the next that was never seen, the first 1, less those put away; where none
    is left, the last. 0 where there are no cards."""
    cards = start_cards(decks)
    for place, card in enumerate(cards, 1):
        standing = standings.of(card.key)
        if standing.memory.reps == 0 and not standing.suspended and standing.buried != day:
            return place
    return len(cards)


class FirstSession(Session):
    """A session over the `start_cards` of its decks: those never seen, in their order and whatever the day's limits
    say; then what was graded again until it is not, the first that is in learning once more, which is its learning
    step; and what of them is due."""

    coming: frozenset[str] = frozenset()
    """The keys of the cards that come once more in it."""

    @property
    def seen(self) -> tuple[int, int]:
        """How many of its cards were seen, and how many it has."""
        cards = start_cards(self.decks)
        return sum(self.standings.of(card.key).memory.reps > 0 for card in cards), len(cards)

    @property
    def again(self) -> bool:
        """Whether the card in hand was asked before."""
        return self.card is not None and self.standings.of(self.card.key).memory.reps > 0

    @property
    def begun(self) -> bool:
        """Whether any of its cards was ever seen."""
        return any(self.standings.of(card.key).memory.reps for card in start_cards(self.decks))

    def _look(self, now: datetime, graded: Card | None = None) -> Waiting:
        cards, day = start_cards(self.decks), self.today(now)
        standings = {card.key: self.standings.of(card.key) for card in cards}
        unseen = [card for card in cards if standings[card.key].memory.reps == 0]
        new = tuple(card for card in unseen if not standings[card.key].suspended and standings[card.key].buried != day)
        waits = Waiting(day, new=new)
        if cards:
            deck = next(deck for deck in self.decks if deck.start)
            found = waiting([msgspec.structs.replace(deck, cards=cards)], self.standings, now, self.settings)
            learning = {card.key for card in (*found.learning, *(card for _, card in found.later))}
            failed = [card for card in cards if card.key in learning - found.once_more]
            once_more = [card for card in cards if card.key in learning and not any(a.was != "new" for a in self.done)]
            coming = tuple({card.key: card for card in (*once_more[:1], *failed)}.values())
            later = tuple((now, card) for card in coming)
            waits = Waiting(day, new=new, later=later) if new else Waiting(day, learning=coming, due=found.due)
            self.coming = frozenset(card.key for card in coming)
            recalled = found.once_more & self.coming
            done = len(cards) - len(unseen) - len(coming) + len(recalled) - len(waits.due)
            waits = msgspec.structs.replace(waits, done=done, once_more=recalled)
        self.counts = waits.counts()
        return waits


def study_cue(said: str) -> str:
    """What comes before studying each day, as the user wrote it, less the word for after."""
    return _AFTER.sub("", said.strip())
