"""What comes next: cards in learning that are due, then reviews, then new ones, within the day's limits."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice

import msgspec

from quizapp.cards.card import Card, Cloze, Code, Deck, Level
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import day_start, due_at, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.plan import new_left, planned

SECOND_LOOK = timedelta(minutes=10)
"""So long after a pass with points missed these are asked again, on the same study day."""

_LEVELS: dict[Level | None, int] = {"intermediate": 1, "advanced": 2}


class Counts(msgspec.Struct, frozen=True):
    """How many cards wait: `new` and `due` after today's limits, `learning` due until the end of the study day. `done`
    are those reviewed today that do not come back today."""

    new: int = 0
    learning: int = 0
    due: int = 0
    done: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new, self.learning + other.learning, self.due + other.due, self.done + other.done
        )

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


class Waiting(msgspec.Struct, frozen=True):
    """The cards that wait on study day `day`, in the order in which they are asked; `later` are in learning, due later
    today. `done` is how many were reviewed today and do not come back today."""

    day: date
    learning: tuple[Card, ...] = ()
    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    later: tuple[tuple[datetime, Card], ...] = ()
    done: int = 0

    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.learning) + len(self.later), len(self.due), self.done)


def waiting(decks: Iterable[Deck], standings: Standings, now: datetime, settings: Settings) -> Waiting:
    """What waits in `decks` at `now`.

    Learning cards come by due time. Reviews are shuffled with a seed of the study day, so that topics mix and the
    order stays while one studies. New cards come deck by deck in turn, the basic ones of a deck first, else in its own
    order. Of the gaps of one text one is asked a day: its answer shows the others. The day's limits, which code has one
    more of, hold for each deck and for all of them together.
    """
    decks = _asked_of(decks, settings)
    day = study_day(now, settings.rollover)
    tomorrow = day_start(day + timedelta(days=1), settings.rollover, now.tzinfo).astimezone(UTC)
    now = now.astimezone(UTC)  # times of one zone compare ten times faster
    code = _code_left(decks, standings, settings, day)
    found = _Piles()
    due: list[Card] = []
    new: list[tuple[int, Sequence[Card]]] = []
    for deck in decks:
        reviews, fresh, asked = _pile_up(deck, standings, found, day, now, tomorrow)
        fresh.sort(key=lambda card: _LEVELS.get(card.level, 0))
        reviews.sort(key=_shuffles(day))
        left = settings.reviews_per_day - standings.reviews_today(deck.name, day)
        due += _one_a_text(reviews, asked)[: max(0, left)]
        begun = standings.new_today(deck.name, day)
        left = new_left(len(fresh), begun, settings, day)
        taken = _one_a_text(_few_of_code(fresh, code), asked)[:left]
        code -= len(_code_in(taken))
        new.append((begun, taken))
    due.sort(key=_shuffles(day))
    by_due = lambda pair: pair[0]  # noqa: E731
    most_new, most_due = _room(decks, standings, settings, day)
    return Waiting(
        day=day,
        learning=tuple(card for _, card in sorted(found.learning, key=by_due)),
        due=tuple(due[:most_due]),
        new=tuple(islice(_in_turn(new), most_new)),
        later=tuple(sorted(found.later, key=by_due)),
        done=found.done,
    )


class _Piles(msgspec.Struct):
    """The cards in learning, each with its time, that are due and that will be today; how many cards are done today."""

    learning: list[tuple[datetime, Card]] = msgspec.field(default_factory=list)
    later: list[tuple[datetime, Card]] = msgspec.field(default_factory=list)
    done: int = 0


def _pile_up(
    deck: Deck, standings: Standings, found: _Piles, day: date, now: datetime, tomorrow: datetime
) -> tuple[list[Card], list[Card], set[str]]:
    """Put the deck's cards in learning, and those done, on the piles. Returns its reviews, its new cards, and the texts
    with gaps of which one was asked on the study day `day`, or is in learning. `now` and `tomorrow`, when the next day
    begins, are in UTC."""
    reviews: list[Card] = []
    fresh: list[Card] = []
    asked: set[str] = set()
    get = standings.all.get
    for card in deck.cards:
        standing = get(card.key)
        if standing is None:
            fresh.append(card)
            continue
        if standing.suspended or standing.buried == day:
            continue
        memory = standing.memory
        due_time = _next_time(standing, day, now)
        if due_time is None:
            fresh.append(card)
        elif due_time >= tomorrow:
            if memory.day == day:
                found.done += 1
                asked.add(card.id)
        elif memory.state == "review" and standing.missed != day:
            reviews.append(card)
        else:
            (found.learning if due_time <= now else found.later).append((due_time, card))
            asked.add(card.id)
    return reviews, fresh, asked


def _next_time(standing: Standing, day: date, now: datetime) -> datetime | None:
    """When the card is asked next, in UTC: when it is due, but what was missed of it on study day `day` on that day."""
    if standing.missed == day and standing.memory.reviewed is not None:
        return standing.memory.reviewed + SECOND_LOOK
    return due_at(standing.memory, now)


def counts(
    decks: Sequence[Deck], standings: Standings, now: datetime, settings: Settings
) -> tuple[dict[str, Counts], Counts]:
    """What waits in each deck studied by itself, by its name, and in all of them studied together."""
    waits = {deck.name: waiting([deck], standings, now, settings) for deck in decks}
    each = {name: found.counts() for name, found in waits.items()}
    total, day = sum(each.values(), Counts()), study_day(now, settings.rollover)
    most_new, most_due = _room(decks, standings, settings, day)
    new = total.new if most_new is None else min(total.new, most_new)
    code = sum(len(_code_in(found.new)) for found in waits.values())
    if code > _code_left(decks, standings, settings, day):
        new = len(waiting(decks, standings, now, settings).new)
    return each, msgspec.structs.replace(total, new=new, due=min(total.due, most_due))


def regraded(waits: Waiting, card: Card, standings: Standings, now: datetime, settings: Settings) -> Waiting | None:
    """What `waiting` would find now that `card` was graded and nothing else happened, without a look at every card: a
    grade takes its card out of the day's limit along with itself. None where that does not hold: on another study day,
    for a card that did not wait."""
    moment, key = now.astimezone(UTC), card.key
    due_time = _next_time(standings.of(key), waits.day, moment)
    if study_day(now, settings.rollover) != waits.day or due_time is None or due_time <= moment:
        return None
    learning, due, new = (
        tuple(one for one in group if one.key != key) for group in (waits.learning, waits.due, waits.new)
    )
    later = [pair for pair in waits.later if pair[1].key != key]
    left = len(learning) + len(due) + len(new) + len(later)
    if left != len(waits.learning) + len(waits.due) + len(waits.new) + len(waits.later) - 1:
        return None
    ripe = [one for due_then, one in later if due_then <= moment]
    later = later[len(ripe) :]
    tomorrow = day_start(waits.day + timedelta(days=1), settings.rollover, now.tzinfo).astimezone(UTC)
    if due_time < tomorrow:
        later = sorted([*later, (due_time, card)], key=lambda pair: pair[0])
    done = waits.done + (due_time >= tomorrow)
    return Waiting(waits.day, (*learning, *ripe), due, new, tuple(later), done)


def next_card(waits: Waiting, now: datetime, settings: Settings, *, last: str | None = None) -> Card | None:
    """The card to ask now: learning, due, new; when nothing else is left, a learning card due within the learn-ahead.

    `last` is the key of the card just asked: it is not asked twice running while another can be.
    """
    soon = now + timedelta(minutes=settings.learn_ahead_minutes)
    ahead = [card for due, card in waits.later if due <= soon]
    others = (card for group in (waits.learning, waits.due, waits.new, ahead) for card in group if card.key != last)
    again = (card for group in (waits.learning, ahead) for card in group)
    return next(others, None) or next(again, None)


def _room(decks: Sequence[Deck], standings: Standings, settings: Settings, day: date) -> tuple[int | None, int]:
    """How many new cards and how many reviews the day's limits leave to these decks together. None: the plan up to the
    interview says it of each deck."""
    begun = sum(standings.new_today(deck.name, day) for deck in decks)
    reviewed = sum(standings.reviews_today(deck.name, day) for deck in decks)
    new = None if planned(settings, day) else max(0, settings.new_per_day - begun)
    return new, max(0, settings.reviews_per_day - reviewed)


def _asked_of(decks: Iterable[Deck], settings: Settings) -> tuple[Deck, ...]:
    """The decks, without their code where that is not to be asked."""
    if settings.code_cards:
        return tuple(decks)
    asked = ((deck, tuple(card for card in deck.cards if not isinstance(card, Code))) for deck in decks)
    return tuple(msgspec.structs.replace(deck, cards=cards) for deck, cards in asked)


def _code_left(decks: Sequence[Deck], standings: Standings, settings: Settings, day: date) -> int:
    """How many new cards that ask for code study day `day` has left for these decks."""
    begun = sum(standings.of(card.key).first == day for deck in decks for card in _code_in(deck.cards))
    return max(0, settings.new_code_per_day - begun)


def _code_in(cards: Iterable[Card]) -> list[Card]:
    return [card for card in cards if type(card) is Code]  # of many thousand, at every look


def _few_of_code(cards: list[Card], most: int) -> list[Card]:
    """The cards less those that ask for code, but for the first `most` of them."""
    gone = {card.key for card in _code_in(cards)[most:]}
    return [card for card in cards if card.key not in gone] if gone else cards


@lru_cache(maxsize=1)
def _shuffles(day: date) -> Callable[[Card], bytes]:
    """The order of the cards on a study day: the same all day long, so each place in it is worked out once."""
    known: dict[str, bytes] = {}

    def place(card: Card) -> bytes:
        key = card.key
        found = known.get(key)
        if found is None:
            found = known[key] = hashlib.blake2b(f"{day}:{key}".encode(), digest_size=8).digest()
        return found

    return place


def _one_a_text(cards: Iterable[Card], asked: set[str]) -> list[Card]:
    """The cards less the gaps of texts that are in `asked`, and of each other text all gaps but the first, which is
    asked."""
    found = []
    for card in cards:
        if isinstance(card, Cloze):
            if card.id in asked:
                continue
            asked.add(card.id)
        found.append(card)
    return found


def _in_turn(piles: Sequence[tuple[int, Sequence[Card]]]) -> Iterable[Card]:
    """The first new card of the day of every deck, then the second of every deck, ...: of each its cards that are left,
    and how many were begun today."""
    for turn in range(max((begun + len(cards) for begun, cards in piles), default=0)):
        for begun, cards in piles:
            if begun <= turn < begun + len(cards):
                yield cards[turn - begun]
