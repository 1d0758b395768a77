"""The events of all cards added up one by one: how every card stands, and what else reviews go by."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from quizapp.memory.events import (
    AnyEvent,
    Link,
    Optimized,
    Predicted,
    Reset,
    Reviewed,
    RulesNamed,
    Undone,
    link,
    took,
)
from quizapp.memory.replay import UNTOUCHED, Standing, fold, follows, ordered, step
from quizapp.memory.rules_named import named_rules
from quizapp.memory.schedule import Rules, weighs

PACE = 200
"""The number of answers by which it is told how long one takes."""

ANSWER_S = 45
"""Seconds that an answer is taken to last before the journals show one's own pace."""

READ_S = 3
"""Seconds in less than which no question is read: what is passed over so is no answer to plan by."""

_MOST_RULES = 1000  # of other devices; a review by rules that are not known is done again by the published ones


def usual(pace: Collection[float]) -> float:
    """The seconds that a review takes as a rule, by those that the last `PACE` took: the median of these, and
    `ANSWER_S` for each that is not there yet. So a plan moves to one's own pace with every answer, and never jumps."""
    of_mine = min(len(pace), PACE) / PACE
    return ANSWER_S + of_mine * (sorted(pace)[len(pace) // 2] - ANSWER_S) if pace else ANSWER_S


class AllCards:
    """The events of all cards, added up one after the other as they are read from the journals.

    `standings` says how each card stands, by key. Where an event does not simply follow the last one of its card, the
    card is `unsettled` until `settle` is given all its events. `rules` are those that reviews name; `fits` the weights
    that were fitted to the user's reviews, by id; `days` the study days with a review; `predicted` the keys of cards
    whose experiment was predicted, since they were reset if they were. `added` and `changes` count events and changed
    standings.

    `answers` has the ids of the last `PACE` reviews and the seconds that they took, less those in which no question can
    be read; `paced` the study day of the last review, and what `usual` made of the pace before that day: a day can be
    planned by it, since it stays all day long.

    `spent` has the reviews of study day `spent_on`, the last one, by id: of which card, and the seconds, if known. What
    was undone is in none of these.

    `renames` leads from former keys of cards to the keys they have now; a key that one card had and another has now is
    taken for the latter's. `aliases` are the former keys that were met, and what they stood for.
    """

    def __init__(self, renames: Mapping[str, str]) -> None:
        self.rename(renames)
        self.standings: dict[str, Standing] = {}
        self.unsettled: set[str] = set()
        self.rules: dict[str, Rules] = {}
        self.fits: dict[str, Optimized] = {}
        self.aliases: dict[str, str] = {}
        self.days: set[date] = set()
        self.predicted: set[str] = set()
        self.answers: deque[tuple[str, float]] = deque(maxlen=PACE)
        self.paced: tuple[date, float] | None = None
        self.spent: dict[str, tuple[str, float | None]] = {}
        self.spent_on: date | None = None
        self.added = self.changes = 0

    def rename(self, renames: Mapping[str, str]) -> None:
        """Go by other renames; `moved` says whom that concerns."""
        in_use = set(renames.values())
        self.renames = {old: now for old, now in renames.items() if old not in in_use}

    def key(self, card: str) -> str:
        """The key that card has now."""
        now = self.renames.get(card)
        if now is None:
            return card
        self.aliases[card] = now
        return now

    def add(self, event: AnyEvent, *, mine: bool) -> Standing | None:
        """Take in an event; how its card stood before it, None if it has none or that is not settled.

        What this device says (`mine`) of rules and weights is never displaced by what another says under its names.
        """
        self.added += 1
        place = link(event)
        if place is None:
            self._learn(event, mine=mine)
            return None
        self.count(place)
        key = self.key(place.card)
        if key in self.unsettled:
            return None
        before = self.standings.get(key, UNTOUCHED)
        if isinstance(event, Undone) or not follows(before, place):
            self.unsettled.add(key)
            return None
        self.put(key, step(before, place, self.rules))
        return before

    @property
    def pace(self) -> list[float]:
        """The seconds of `answers`."""
        return [took_s for _, took_s in self.answers]

    def count(self, event: Link) -> None:
        """Take in on which day a review was, and how long it took; or that it was undone, on the same day."""
        if isinstance(event, Reviewed):
            self.days.add(event.day)
            if self.paced is None or self.paced[0] != event.day:
                self.paced = event.day, usual(self.pace)
            if (took_s := took(event)) is not None and took_s >= READ_S:
                self.answers.append((event.id, took_s))
            if self.spent_on is None or self.spent_on < event.day:
                self.spent, self.spent_on = {}, event.day
            if self.spent_on == event.day:
                self.spent[event.id] = self.key(event.card), took_s
        elif isinstance(event, Undone):
            self.answers = deque((one for one in self.answers if one[0] != event.undoes), PACE)
            if self.spent.pop(event.undoes, None) and not self.spent and self.spent_on is not None:
                self.days.discard(self.spent_on)
        elif isinstance(event, Reset):
            self.predicted.discard(self.key(event.card))

    def put(self, key: str, standing: Standing) -> None:
        """Card `key` stands so now."""
        self.changes += 1
        self.standings[key] = standing

    def settle(self, histories: Mapping[str, Iterable[Link]]) -> None:
        """Bring cards in order, given all events of each, in any order; a card that has none is gone."""
        for key, events in histories.items():
            self.put(key, fold(events, self.rules))
            if self.standings[key] == UNTOUCHED:
                del self.standings[key]
        self.unsettled -= histories.keys()

    def moved(self) -> bool:
        """Unsettle the cards whose histories the renames join or part otherwise than the ones before did."""
        before = len(self.unsettled)
        for old, then in self.aliases.items():
            if self.renames.get(old, old) != then:
                self.unsettled |= {then, self.renames.get(old, old)}
        for old, now in self.renames.items():
            if old in self.standings:
                self.unsettled |= {old, now}
        self.aliases = {old: self.renames[old] for old in self.aliases if old in self.renames}
        return len(self.unsettled) > before

    def last_fit(self) -> Optimized | None:
        """The event that named the weights to go by; None if none were ever fitted."""
        return ordered(self.fits.values())[-1] if self.fits else None

    def _learn(self, event: AnyEvent, *, mine: bool) -> None:
        """The rules that reviews go by, and the weights that were fitted to them."""
        if isinstance(event, RulesNamed) and (rules := named_rules(event)) is not None:
            if mine:
                self.rules[event.name] = rules
            elif len(self.rules) < _MOST_RULES:
                self.rules.setdefault(event.name, rules)
        elif isinstance(event, Predicted):
            self.predicted.add(self.key(event.card))
        elif isinstance(event, Optimized) and weighs(event.weights):
            if mine:
                self.fits[event.id] = event
            else:
                self.fits.setdefault(event.id, event)
