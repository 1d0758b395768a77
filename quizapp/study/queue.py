"""What comes next: cards in learning that are due, then reviews, then new ones, as many as the day has room for."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from quizapp.cards.card import Card, Cloze, Code, Deck
from quizapp.memory.replay import Standing, asked_again
from quizapp.memory.schedule import Rules, day_start, due_at, retrievability, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.path import in_order
from quizapp.study.plan import SURE, CodeDone, Room, first_new, last_days, room_left, seen_before, too_late

SECOND_LOOK = timedelta(minutes=10)
"""So long after a pass with points missed these are asked again, on the same study day."""


class Counts(msgspec.Struct, frozen=True):
    """How many cards wait: `new` and `due` that today has room for, `learning` due until the end of the study day.
    `done` are those recalled today: graded hard or better when they were asked last; `once_more` of them are in
    learning, and asked again today."""

    new: int = 0
    learning: int = 0
    due: int = 0
    done: int = 0
    once_more: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.learning + other.learning,
            self.due + other.due,
            self.done + other.done,
            self.once_more + other.once_more,
        )

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due

    @property
    def due_today(self) -> int:
        """How many of those to go were seen before: the reviews, and what was graded again."""
        return self.learning + self.due - self.once_more

    @property
    def to_go(self) -> int:
        """How many of the day are not done."""
        return self.new + self.due_today

    @property
    def of(self) -> int:
        """The cards of the day, of which `done` are done: one that comes once more is no other card."""
        return self.done + self.to_go


class Waiting(msgspec.Struct, frozen=True):
    """The cards that wait on study day `day`, in the order in which they are asked; `later` are in learning, due later
    today. `done` is how many were recalled today, `once_more` the keys of those that come once more all the same."""

    day: date
    learning: tuple[Card, ...] = ()
    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    later: tuple[tuple[datetime, Card], ...] = ()
    done: int = 0
    once_more: frozenset[str] = frozenset()

    @property
    def again(self) -> tuple[Card, ...]:
        """Those that were seen before: all but the new ones."""
        return (*self.learning, *(card for _, card in self.later), *self.due)

    def counts(self) -> Counts:
        learning = len(self.learning) + len(self.later)
        return Counts(len(self.new), learning, len(self.due), self.done, len(self.once_more))


class DayLook(msgspec.Struct, frozen=True):
    """What a look at every card finds: what `waits`; how many cards are `done` today, by deck; and what the new ones
    among those that wait were chosen from: the keys of those `unseen` that can be begun today, the `room` that the
    reviews leave, the texts with gaps of which one is `asked` today; whether any card was `seen` before today."""

    waits: Waiting
    done: Counter[str]
    unseen: set[str]
    room: Room
    asked: frozenset[tuple[str, str]]
    seen: bool


def waiting(decks: Iterable[Deck], standings: Standings, now: datetime, settings: Settings) -> Waiting:
    """What waits in `decks` at `now`.

    Learning cards come by due time. Reviews are shuffled with a seed of the study day, so that topics mix and the
    order stays while one studies; first among them, due or not, what one was sure of and wrong a day or a week ago, on
    the last days before the interview the weakest. New cards follow the path (`path.in_order`), as many as the reviews
    of these decks, and what was done today in any, leave room for. Of the gaps of one text one is asked a day: its
    answer shows the others.
    """
    return look_at_today(tuple(decks), standings, now, settings).waits


def counts(
    decks: Sequence[Deck], standings: Standings, now: datetime, settings: Settings
) -> tuple[dict[str, Counts], Counts]:
    """What waits in `decks` studied together: how much of it is each deck's, by its name, and all of it, which is what
    these add up to. A deck studied by itself may have more new cards: all that the day has room for."""
    each, found = by_deck(decks, standings, now, settings)
    return each, found.waits.counts()


def by_deck(
    decks: Sequence[Deck], standings: Standings, now: datetime, settings: Settings
) -> tuple[dict[str, Counts], DayLook]:
    """As `counts`, with all that was found."""
    found = look_at_today(tuple(decks), standings, now, settings)
    waits = found.waits
    later = [card for _, card in waits.later]
    again = [card for card in (*waits.learning, *later) if card.key in waits.once_more]
    each = {deck.name: [0, 0, 0, found.done[deck.name], 0] for deck in decks}
    for kind, cards in ((0, waits.new), (1, waits.learning), (1, later), (2, waits.due), (4, again)):
        for card in cards:
            each[card.deck][kind] += 1
    return {name: Counts(*numbers) for name, numbers in each.items()}, found


class _Piles(msgspec.Struct):
    """The cards in learning, each with its time, that are due at `now` and that will be on study day `day`, before
    `tomorrow` begins (both in UTC); those to review, the keys of those that come first, and those whose time has not
    come, but for code; the keys of the new ones; how many are done today, by deck, and the keys of those that come once
    more; texts with gaps of which one was asked today, or is in learning; whether any was seen before today; the code
    done today."""

    day: date
    now: datetime
    tomorrow: datetime
    learning: list[tuple[datetime, Card]] = msgspec.field(default_factory=list)
    later: list[tuple[datetime, Card]] = msgspec.field(default_factory=list)
    reviews: list[Card] = msgspec.field(default_factory=list)
    first: set[str] = msgspec.field(default_factory=set)
    rest: list[Card] = msgspec.field(default_factory=list)
    fresh: set[str] = msgspec.field(default_factory=set)
    done: Counter[str] = msgspec.field(default_factory=Counter)
    once_more: set[str] = msgspec.field(default_factory=set)
    asked: set[tuple[str, str]] = msgspec.field(default_factory=set)
    seen: bool = False
    code: CodeDone = msgspec.field(default_factory=CodeDone)


def look_at_today(decks: tuple[Deck, ...], standings: Standings, now: datetime, settings: Settings) -> DayLook:
    """Look at every card of `decks`, as `waiting` says it."""
    day = study_day(now, settings.rollover)
    tomorrow = day_start(day + timedelta(days=1), settings.rollover, now.tzinfo).astimezone(UTC)
    now = now.astimezone(UTC)  # times of one zone compare ten times faster
    found = _Piles(day, now, tomorrow)
    for deck in decks:
        _pile_up(deck, standings, found, code=settings.code_cards)
    room = room_left(decks, standings, settings, day, found.code)
    due = _due(found, standings, settings, room)
    room.seconds -= sum(room.review_s(card) for card in due)
    unseen = (
        () if found.seen and too_late(settings, day) else (card for card in in_order(decks) if card.key in found.fresh)
    )
    asked = frozenset(found.asked)
    new = first_new(unseen, replace(room), found.asked)
    by_due = lambda pair: pair[0]  # noqa: E731
    waits = Waiting(
        day=day,
        learning=tuple(card for _, card in sorted(found.learning, key=by_due)),
        due=tuple(due),
        new=tuple(new),
        later=tuple(sorted(found.later, key=by_due)),
        done=found.done.total(),
        once_more=frozenset(found.once_more),
    )
    return DayLook(waits, found.done, found.fresh, room, asked, found.seen)


def _pile_up(deck: Deck, standings: Standings, found: _Piles, *, code: bool) -> None:
    """Put the deck's cards on the piles; those that ask for code only with `code`."""
    day, now, tomorrow = found.day, found.now, found.tomorrow
    get = standings.all.get
    for card in deck.cards:
        standing = get(card.key)
        is_code = type(card) is Code  # of many thousand, at every look
        if is_code and standing is not None:
            found.code.add(card.key, standing, standings, day)
        if is_code and not code:
            continue
        if standing is None:
            found.fresh.add(card.key)
            continue
        memory = standing.memory
        found.seen |= seen_before(standing, day)
        if standing.suspended or standing.buried == day:
            continue
        due_time = next_time(standing, day, now)
        first = standing.erred is not None and asked_again(standing, day)
        if first:
            found.first.add(card.key)
        if due_time is None:
            found.fresh.add(card.key)
        elif due_time >= tomorrow and not first:
            if memory.day == day:
                found.done[deck.name] += 1
                found.asked.add((deck.name, card.id))
            elif memory.state == "review" and not is_code:
                found.rest.append(card)
        elif memory.state == "review" and standing.missed != day:
            found.reviews.append(card)
        else:
            (found.learning if due_time <= now else found.later).append((due_time, card))
            found.asked.add((deck.name, card.id))
            if was_recalled(standing, day, standings.rules):
                found.done[deck.name] += 1
                found.once_more.add(card.key)


def _due(found: _Piles, standings: Standings, settings: Settings, room: Room) -> list[Card]:
    """The reviews of the day in their order; `room` is what it has left for them and all else. On the last days before
    the interview those whose recall on the day would be lowest come first, and some that are not due are among them."""
    day, reviewed = found.day, standings.today(found.day)[1]
    most = max(0, settings.reviews_per_day - reviewed)
    found.reviews.sort(key=_shuffles(day))
    if found.first:
        found.reviews.sort(key=lambda card: card.key not in found.first)
    interview = settings.interview
    if interview is None or not last_days(settings, day):
        return one_a_text(found.reviews, found.asked)[:most]
    recall = {
        card.key: retrievability(standings.of(card.key).memory, interview, standings.rules)
        for card in (*found.reviews, *found.rest)
    }
    due = {card.key for card in found.reviews}
    weakest = [*found.reviews, *(card for card in found.rest if recall[card.key] < SURE)]
    weakest.sort(key=lambda card: recall[card.key])
    cards = one_a_text(weakest, found.asked)
    asked_s = [room.review_s(card) for card in cards if card.key in due]
    left = replace(room, seconds=room.seconds - sum(asked_s))
    rest = [card.key for card in cards if card.key not in due]
    asked = due.union(rest[: int(left.swept(settings, reviewed + len(asked_s)))])
    return [card for card in cards if card.key in asked][:most]


def next_time(standing: Standing, day: date, now: datetime) -> datetime | None:
    """When the card is asked next, in UTC: when it is due, but what was missed of it on study day `day` on that day."""
    if standing.missed == day and standing.memory.reviewed is not None:
        return standing.memory.reviewed + SECOND_LOOK
    return due_at(standing.memory, now)


def was_recalled(standing: Standing, day: date, rules: Rules) -> bool:
    """Was the card graded hard or better when it was asked last, on study day `day`? In learning only "again" leads to
    the first step, and is back after its time: hard takes longer."""
    memory = standing.memory
    steps = {"learning": rules.learning_steps, "relearning": rules.relearning_steps}.get(memory.state, ())
    if memory.day != day or memory.due is None or memory.reviewed is None:
        return False
    return bool(memory.step) or not steps or memory.due - memory.reviewed > timedelta(seconds=steps[0])


def is_due(standing: Standing, day: date, now: datetime, tomorrow: datetime) -> bool:
    """Is a card that stands so due at `now` on study day `day`, before `tomorrow` begins (both in UTC)? A review is all
    day long, what is in learning from its minute on; what was put away is not."""
    due_time, reviews = next_time(standing, day, now), standing.memory.state == "review" and standing.missed != day
    if due_time is None or standing.suspended or standing.buried == day:
        return False
    return asked_again(standing, day) or (due_time < tomorrow if reviews else due_time <= now)


def regraded(waits: Waiting, card: Card, standings: Standings, now: datetime, settings: Settings) -> Waiting | None:
    """What `waiting` would find now that `card` was graded and nothing else happened, without a look at every card: a
    grade takes its card out of the day's limit along with itself. None where that does not hold: on another study day,
    for a card that did not wait, and for code that took other seconds than were planned."""
    moment, key = now.astimezone(UTC), card.key
    due_time = next_time(standings.of(key), waits.day, moment)
    if study_day(now, settings.rollover) != waits.day or due_time is None or due_time <= moment:
        return None
    if isinstance(card, Code) and standings.spent_s(key, waits.day) is not None:
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
    comes, recalled = due_time < tomorrow, was_recalled(standings.of(key), waits.day, standings.rules)
    done = waits.done - (key in waits.once_more) + (recalled or not comes)
    once_more = waits.once_more - {key} | ({key} if recalled and comes else set())
    return Waiting(waits.day, (*learning, *ripe), due, new, tuple(later), done, once_more)


Times = tuple[datetime | None, datetime | None]
"""When the first comes of the cards that are due today, and of those that come once more; None where one of them can be
asked now."""


def first_times(
    counts: Counts, waits: Waiting, now: datetime, settings: Settings, asked: Collection[str] = ()
) -> Times:
    """When these come, in the zone of `now`; `counts` is how many there are of each. The cards in `asked` are asked now
    whenever they are due."""
    ahead, found = soon(now, settings), list[datetime | None]()
    for n, once_more in ((counts.due_today, False), (counts.once_more, True)):
        times = [
            due
            for due, card in waits.later
            if due > ahead and card.key not in asked and (card.key in waits.once_more) is once_more
        ]
        found.append(times[0].astimezone(now.tzinfo) if times and len(times) == n else None)
    return found[0], found[1]


def to_grade(waits: Waiting, standings: Standings) -> Waiting:
    """What waits, less the cards that come only for what was missed of them: those are not graded."""
    learning = tuple(card for card in waits.learning if standings.of(card.key).missed != waits.day)
    later = tuple(pair for pair in waits.later if standings.of(pair[1].key).missed != waits.day)
    return replace(waits, learning=learning, later=later)


def next_card(waits: Waiting, now: datetime, settings: Settings, *, last: str | None = None) -> Card | None:
    """The card to ask now: learning, due, new; when nothing else is left, a learning card due within the learn-ahead.

    `last` is the key of the card just asked: it is not asked twice running while another can be.
    """
    ahead = [card for due, card in waits.later if due <= soon(now, settings)]
    groups = (waits.learning, waits.due, waits.new, ahead)
    others = (card for group in groups for card in group if card.key != last)
    return next(others, None) or next((card for group in groups for card in group), None)


def soon(now: datetime, settings: Settings) -> datetime:
    """What is due by then is asked now, when nothing else is left; what comes later ends a sitting."""
    return now + timedelta(minutes=settings.learn_ahead_minutes)


@lru_cache(maxsize=1)
def _shuffles(day: date) -> Callable[[Card], bytes]:
    """The order of the cards on a study day: the same all day long, so each place in it is worked out once."""
    known: dict[str, bytes] = {}

    def place(card: Card) -> bytes:
        from hashlib import blake2b

        key = card.key
        found = known.get(key)
        if found is None:
            found = known[key] = blake2b(f"{day}:{key}".encode(), digest_size=8).digest()
        return found

    return place


def one_a_text(cards: Iterable[Card], asked: set[tuple[str, str]]) -> list[Card]:
    """The cards less the gaps of texts that are in `asked`, and of each other text all gaps but the first, which is
    asked."""
    found = []
    for card in cards:
        if isinstance(card, Cloze):
            if (card.deck, card.id) in asked:
                continue
            asked.add((card.deck, card.id))
        found.append(card)
    return found
