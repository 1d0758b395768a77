"""Expected recall on the day of the interview, by topic, and the plan that leads to it. Pure; `now` is passed in.

Two futures are compared: nothing more is reviewed; or the plan is followed, which `memory/forecast.py` runs forward as
an expected value, without chance; `outlook.py` says it in words, with what is assumed. It speaks of the cards alone: it
is never a chance to pass.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import repeat

from msgspec import Struct

from quizapp.cards.card import Card, Deck
from quizapp.memory.forecast import Forecast, Leaf
from quizapp.memory.schedule import Memory, Rules, day_start, due_at, retrievability, study_day
from quizapp.memory.standings import Standings
from quizapp.study.plan import check_day, new_a_day
from quizapp.words import Words, same

_FEW = 5  # a tag on fewer cards is no topic of its own


class Subject(Struct, frozen=True):
    """A deck as it stands: its cards, each with its memory, but for the `suspended` ones, which are only counted;
    `begun` of them were first seen today."""

    name: str
    title: Words
    cards: tuple[tuple[Card, Memory], ...]
    begun: int = 0
    suspended: int = 0


class Topic(Struct, frozen=True):
    """Mean expected recall, 0 to 1, over the `cards` of a topic, if one stops now and if one follows the plan; the
    `unseen` among them count as 0 unless they are begun. `name` is a deck's or a tag."""

    name: str
    title: Words
    cards: int
    unseen: int
    stop: float
    plan: float


class Short(Struct, frozen=True):
    """A card seen before whose expected recall on the day, if one stops now, lies below the desired retention."""

    card: Card
    stop: float
    plan: float


class Load(Struct, frozen=True):
    """What the plan asks of one study day: `new` cards, and the number of cards expected to be reviewed."""

    day: date
    new: int
    reviews: float


class Readiness(Struct, frozen=True):
    """Expected recall on `interview`, `days` from study day `day`, and the way there.

    `short` has the weakest first; `load` one entry for each day before the interview; `below` counts the cards,
    unseen ones too, that stay below `retention` with the plan.
    """

    day: date
    interview: date
    days: int
    retention: float
    all: Topic
    decks: tuple[Topic, ...]
    tags: tuple[Topic, ...]
    suspended: int
    short: tuple[Short, ...]
    below: int
    load: tuple[Load, ...]

    @property
    def new_a_day(self) -> int:
        """The most new cards that a day has: the day's number while one follows the plan."""
        return max((load.new for load in self.load), default=0)

    @property
    def new_until(self) -> date | None:
        """The last day with new cards; None if none are left."""
        return max((load.day for load in self.load if load.new), default=None)

    @property
    def reviews_a_day(self) -> float:
        """The mean of the expected reviews a day."""
        return sum(load.reviews for load in self.load) / len(self.load) if self.load else 0.0

    @property
    def busiest(self) -> Load | None:
        """The day with the most cards to review."""
        return max(self.load, key=lambda load: load.reviews, default=None)


class _Outlook(Struct, frozen=True):
    """One card, and its expected recall in either future."""

    card: Card
    seen: bool
    stop: float
    plan: float


def subjects(decks: Iterable[Deck], standings: Standings, day: date) -> tuple[Subject, ...]:
    """The decks as they stand on study day `day`: all of `standings` that `readiness` needs."""
    found = []
    for deck in decks:
        stand = [(card, standings.of(card.key)) for card in deck.cards]
        cards = tuple((card, standing.memory) for card, standing in stand if not standing.suspended)
        begun = standings.new_today(deck.name, day)
        found.append(Subject(deck.name, deck.title, cards, begun, len(stand) - len(cards)))
    return tuple(found)


def readiness(decks: Sequence[Subject], interview: date, now: datetime, rules: Rules) -> Readiness:
    """Expected recall on `interview` of the cards of `decks`. `now` is aware, in the user's zone.

    Raises NoDay for a date that is past or too far away.
    """
    day = study_day(now, rules.rollover)
    check_day(interview, day)
    days = (interview - day).days
    starts = [day_start(day + timedelta(days=n), rules.rollover, now.tzinfo) for n in range(1, days + 1)]
    firsts = [_first_days(deck, starts, now.astimezone(UTC)) for deck in decks]
    forecast, new, leaves = _forecast(decks, firsts, day, days, rules)
    outlooks = []
    for deck, first_days, found in zip(decks, firsts, leaves, strict=True):
        looks = []
        for (card, memory), first, leaf in zip(deck.cards, first_days, found, strict=True):
            stop = retrievability(memory, interview, rules)
            looks.append(_Outlook(card, memory.day is not None, stop, forecast.recall(leaf, first) if leaf else stop))
        outlooks.append(looks)
    every = [look for looks in outlooks for look in looks]
    short = sorted((look for look in every if look.seen and look.stop < rules.retention), key=lambda look: look.stop)
    return Readiness(
        day=day,
        interview=interview,
        days=days,
        retention=rules.retention,
        all=_topic("", Words(), every),
        decks=tuple(_topic(deck.name, deck.title, looks) for deck, looks in zip(decks, outlooks, strict=True)),
        tags=_tags(every),
        suspended=sum(deck.suspended for deck in decks),
        short=tuple(Short(look.card, look.stop, look.plan) for look in short),
        below=sum(look.plan < rules.retention for look in every),
        load=tuple(Load(day + timedelta(days=n), new[n], forecast.reviews[n]) for n in range(days)),
    )


def _first_days(deck: Subject, starts: Sequence[datetime], now: datetime) -> list[int]:
    """The number of the day (0 is today) on which the plan first asks each card; len(starts) if not before the
    interview. `starts` are the beginnings of the days from tomorrow to the interview."""
    unseen = sum(memory.due is None for _, memory in deck.cards)
    begins = _begin_days(unseen, deck.begun, len(starts))
    dues = (due_at(memory, now) for _, memory in deck.cards)
    return [next(begins) if due is None else bisect_right(starts, due) for due in dues]


def _begin_days(unseen: int, begun: int, days: int) -> Iterator[int]:
    """The day on which each of a deck's unseen cards is begun, in turn."""
    for n in range(days):
        today = max(0, new_a_day(unseen + begun, days - n) - begun)
        yield from repeat(n, today)
        unseen, begun = unseen - today, 0
    yield from repeat(days, unseen)


def _forecast(
    decks: Sequence[Subject], firsts: Sequence[Sequence[int]], day: date, days: int, rules: Rules
) -> tuple[Forecast, list[int], list[list[list[Leaf]]]]:
    """Every card followed; how many are new on each day; and of each card what to ask the forecast."""
    forecast = Forecast(rules, days)
    new = [0] * days
    for deck, first_days in zip(decks, firsts, strict=True):
        for (_, memory), first in zip(deck.cards, first_days, strict=True):
            if memory.day is None and first < days:
                new[first] += 1
    fresh = [forecast.add(Memory(), 0, n, cards) for n, cards in enumerate(new)]

    def leaf(memory: Memory, first: int) -> list[Leaf]:
        if first >= days:
            return []
        if memory.day is None:
            return fresh[first]
        return forecast.add(memory, max(0, (day - memory.day).days + first), first)

    leaves = [
        [leaf(memory, first) for (_, memory), first in zip(deck.cards, first_days, strict=True)]
        for deck, first_days in zip(decks, firsts, strict=True)
    ]
    forecast.run()
    return forecast, new, leaves


def _topic(name: str, title: Words, looks: Sequence[_Outlook]) -> Topic:
    count = max(1, len(looks))
    return Topic(
        name=name,
        title=title,
        cards=len(looks),
        unseen=sum(not look.seen for look in looks),
        stop=sum(look.stop for look in looks) / count,
        plan=sum(look.plan for look in looks) / count,
    )


def _tags(looks: Sequence[_Outlook]) -> tuple[Topic, ...]:
    """A topic for every tag of `_FEW` cards or more, those with the most cards first."""
    tagged: dict[str, list[_Outlook]] = {}
    for look in looks:
        for tag in dict.fromkeys(look.card.tags):
            tagged.setdefault(tag, []).append(look)
    topics = [_topic(tag, same(tag), found) for tag, found in tagged.items() if len(found) >= _FEW]
    return tuple(sorted(topics, key=lambda topic: (-topic.cards, topic.name)))
