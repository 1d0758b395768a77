"""A sitting of exactly these cards: those that an interview found wanting, or that one studies ahead."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import msgspec

from quizapp.cards.card import Card, Code, Deck
from quizapp.cards.library import Library
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import retrievability, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.path import in_order
from quizapp.study.plan import CODE_SECONDS, NEW_TAKES, Room, answer_s, first_new, seen_before, too_late
from quizapp.study.queue import Counts, Waiting, one_a_text
from quizapp.study.session import Session
from quizapp.texts import Sentence, listing, tell

AHEAD = 5
"""So many cards are studied ahead at a time."""


def ahead(decks: Sequence[Deck], standings: Standings, now: datetime, settings: Settings) -> list[Card]:
    """What there is to study in `decks` where nothing waits, `AHEAD` cards at most: the next ones of the path, of which
    one may ask for code, however full the day is; where every card was seen, those that are likeliest forgotten, none
    of today. Nothing that was put away."""
    day = study_day(now, settings.rollover)
    unseen, seen = list[Card](), list[Card]()
    asked = set[tuple[str, str]]()
    for card in in_order(decks):
        standing = standings.of(card.key)
        if standing.memory.day == day:
            asked.add((card.deck, card.id))
        elif not (standing.suspended or standing.buried == day or (isinstance(card, Code) and not settings.code_cards)):
            (unseen if standing.memory.day is None else seen).append(card)
    room = Room(seconds=AHEAD * CODE_SECONDS, cards=AHEAD, code=1, answer_s=1)
    seen.sort(key=lambda card: retrievability(standings.of(card.key).memory, day, standings.rules))
    return first_new(unseen, room, asked) or one_a_text(seen, asked)[:AHEAD]


def days_limit(
    decks: Sequence[Deck], waits: Waiting, standings: Standings, settings: Settings, of: Sequence[Deck]
) -> Sentence:
    """Why no more cards of the decks `of` are begun by themselves today, though there are some: the limit that holds,
    or what of all `decks` takes the day's minutes, where `waits` waits in them."""
    day = waits.day
    begun, reviewed = standings.today(day)
    if too_late(settings, day) and any(seen_before(standing, day) for standing in standings.all.values()):
        return tell("study.limit.date")
    for_time = 60 * settings.minutes_per_day // (NEW_TAKES * answer_s(standings, day))  # where nothing is reviewed
    if for_time >= settings.new_per_day <= begun:
        return tell("study.limit.cards", n=settings.new_per_day)
    codes = (card for deck in decks for card in deck.cards if isinstance(card, Code))
    code = sum(standings.of(card.key).first == day for card in codes)
    unseen = (card for deck in of for card in deck.cards if standings.of(card.key).memory.day is None)
    if code >= settings.new_code_per_day and all(isinstance(card, Code) for card in unseen):
        return tell("study.limit.code", n=settings.new_code_per_day)
    numbers = {"reviews": reviewed + len(waits.due), "new": begun + len(waits.new)}
    takes = [tell(f"study.limit.{name}", n=n) for name, n in numbers.items() if n]
    row = tell("common.row", before=takes[0], it=takes[1]) if len(takes) > 1 else listing(takes)
    return tell("study.limit.minutes", n=settings.minutes_per_day, takes=row)


class ChosenSession(Session):
    """Each of `cards` is asked once, whether it waits or not, but of the gaps of one text only the first; what is in
    learning then comes again, as ever. `before` was `ticked` of them in the sitting that led to this one."""

    def __init__(
        self,
        cards: Sequence[Card],
        library: Library,
        recorder: Recorder,
        settings: Settings,
        now: datetime,
        before: Mapping[str, frozenset[int]] = MappingProxyType({}),
    ) -> None:
        self._before = before
        self._chosen = {card.key: card for card in one_a_text(cards, set())}
        super().__init__(self._decks_of(library), recorder, settings, now)

    def _decks_of(self, library: Library) -> tuple[Deck, ...]:
        """The decks, with the chosen cards only."""
        return tuple(
            msgspec.structs.replace(deck, cards=tuple(card for card in deck.cards if card.key in self._chosen))
            for deck in library.decks
        )

    @property
    def ticked(self) -> dict[str, frozenset[int]]:
        return {**self._before, **super().ticked}

    @property
    def left(self) -> list[Card]:
        asked = {act.card.key for act in self.acts}
        return [card for key, card in self._chosen.items() if key not in asked]

    def advance(self, now: datetime, *, prefer: Card | None = None, graded: Card | None = None) -> None:
        super().advance(now, prefer=prefer or next(iter(self.left), None), graded=graded)

    def _look(self, now: datetime, graded: Card | None = None) -> Waiting:
        """What waits, and with it what is still to be asked though it does not."""
        waits = super()._look(now, graded)
        left = {card.key for card in self.left}
        new = sum(self.standings.of(key).memory.day is None for key in left)
        waiting = (*waits.learning, *waits.due, *(card for _, card in waits.later))
        again = sum(card.key not in left for card in waiting)
        due = sum(card.key in left for card in (*waits.learning, *waits.due))
        early = len(left) - new - due  # which are not due, and are asked once more all the same
        counts = Counts(new, again + early, due, once_more=len(waits.once_more))
        self.counts = msgspec.structs.replace(counts, done=len(self._chosen) - counts.to_go)
        return waits

    def renew(self, library: Library, was: Library, now: datetime) -> None:
        now_written = [library.now(card, was) or card for card in self._chosen.values()]
        self._chosen = {card.key: card for card in now_written}
        super().renew(library, was, now)
        self.decks = self._decks_of(library)
        self._look(now)
