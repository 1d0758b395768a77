"""The plan up to the interview, followed day by day: what the queue would do, as an expected value, without chance
(`memory/forecast.py`).

Each day has the reviews that fall due, then as many new cards as the minutes leave, none too late to come back; the
last days sweep up the weakest of all. Today has what the queue (`queue.py`) gives.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Code, Deck
from quizapp.memory.all_cards import ANSWER_S
from quizapp.memory.forecast import Forecast, Leaf, Rest
from quizapp.memory.schedule import Memory, Rules, day_start, due_at, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.path import in_core, in_order
from quizapp.study.plan import (
    CODE_SECONDS,
    SURE,
    Room,
    answer_s,
    day_room,
    first_new,
    last_days,
    rules_near,
    too_late,
)
from quizapp.study.queue import Waiting, look_at_today
from quizapp.words import Words


class Subject(Struct, frozen=True):
    """A deck as it stands: its cards, each with its memory, but for the `suspended` ones, which are only counted, and
    code where none is asked; the keys of those in its `core`."""

    name: str
    title: Words
    cards: tuple[tuple[Card, Memory], ...]
    suspended: int = 0
    core: frozenset[str] = frozenset()


class Outset(Struct, frozen=True):
    """Where the plan sets out: the decks; `path`, the cards never seen in the order in which they are begun; what
    `waits` today, the `room` that its reviews leave, the texts of which a gap is `asked`, and the keys of what is
    `put_off`, on the path and not to be begun today; whether any card was `seen` before today; `later_s`, the seconds
    to plan for an answer on later days, which know today's pace: that of so many `answers`."""

    decks: tuple[Subject, ...]
    path: tuple[Card, ...]
    waits: Waiting
    room: Room
    put_off: frozenset[str] = frozenset()
    seen: bool = True
    asked: frozenset[tuple[str, str]] = frozenset()
    later_s: int = ANSWER_S
    answers: int = 0


class Load(Struct, frozen=True):
    """What the plan asks of one study day: `new` cards, the number of cards expected to be reviewed, and the minutes
    that both take."""

    day: date
    new: int
    reviews: float
    minutes: float


def outset(decks: Sequence[Deck], standings: Standings, settings: Settings, now: datetime) -> Outset:
    """The decks as they stand at `now`, and what today has: all of `standings` that the plan needs. `settings` have the
    date that it leads to."""
    today, found, unseen = look_at_today(tuple(decks), standings, now, settings), [], set[str]()
    for deck in decks:
        asked = (card for card in deck.cards if settings.code_cards or not isinstance(card, Code))
        stand = [(card, standings.of(card.key)) for card in asked]
        cards = tuple((card, standing.memory) for card, standing in stand if not standing.suspended)
        unseen |= {card.key for card, memory in cards if memory.due is None}
        found.append(Subject(deck.name, deck.title, cards, len(stand) - len(cards), in_core(deck)))
    return Outset(
        decks=tuple(found),
        path=tuple(card for card in in_order(decks) if card.key in unseen),
        waits=today.waits,
        room=today.room,
        put_off=frozenset(unseen - today.unseen),
        seen=today.seen,
        asked=today.asked,
        later_s=answer_s(standings, today.waits.day + timedelta(days=1)),
        answers=len(standings.pace),
    )


class Course:
    """Every card followed to the interview, or for so many `days` that end before any is swept up, code by its own
    rules: the `load` of each day, and `path`, what is not begun."""

    def __init__(self, start: Outset, settings: Settings, rules: Rules, now: datetime, days: int | None = None) -> None:
        self.interview, self.rules, self._now = settings.interview or study_day(now, rules.rollover), rules, now
        self.day = study_day(now, rules.rollover)
        self.days, self._to_the_day = (self.interview - self.day).days if days is None else days, days is None
        of_code = replace(rules, retention=settings.code_retention, learning_steps=())
        self._code = Forecast(of_code, self.days)
        self._text = Forecast(rules_near(rules, settings, self.day), self.days)
        self.leaves: dict[str, tuple[list[Leaf], int]] = {}  # of a card: what to ask its forecast, and its first day
        self._rests: dict[str, Rest] = {}
        self.path, self.load = start.path, list[Load]()
        self._add_seen(start, settings.reviews_per_day)
        for n in range(self.days):
            self._pass_day(n, start, settings)
        self._code.conclude()
        self._text.conclude()

    def _of(self, card: Card) -> Forecast:
        return self._code if isinstance(card, Code) else self._text

    def recall(self, card: Card, stop: float) -> float:
        """Expected recall on the day of the interview with the plan; `stop`: if nothing more is reviewed."""
        if card.key in self.leaves:
            return self._of(card).recall(*self.leaves[card.key])
        return self._of(card).rested(self._rests[card.key], stop) if card.key in self._rests else stop

    def _add_seen(self, start: Outset, most: int) -> None:
        """What was seen goes on from when it falls due; on which day (0 is today) that is, their beginnings say. Today
        has what the queue gives; what is due and not among it comes on the next days, so many at `most`."""
        now, zone = self._now.astimezone(UTC), self._now.tzinfo
        starts = [day_start(self.day + timedelta(days=n), self.rules.rollover, zone) for n in range(1, self.days + 1)]
        today, late = {card.key for card in start.waits.again}, 0
        for deck in start.decks:
            for card, memory in deck.cards:
                due = due_at(memory, now)
                if due is None or memory.day is None:
                    continue
                forecast, first, elapsed = self._of(card), bisect_right(starts, due), (self.day - memory.day).days
                if card.key in today and (memory.state != "review" or elapsed):  # else its missed points are asked
                    first = 0
                elif not first:
                    first, late = 1 + late // max(1, most), late + 1
                if first < self.days:
                    self.leaves[card.key] = forecast.add(memory, max(0, elapsed + first), first), first
                elif memory.state == "review" and self._to_the_day:
                    self._rests[card.key] = forecast.rest(memory, max(0, elapsed))

    def _reviews_s(self, n: int, room: Room) -> float:
        """The seconds that the reviews of day number `n` take, as far as they are known."""
        return self._text.reviews[n] * room.answer_s + self._code.reviews[n] * CODE_SECONDS

    def _pass_day(self, n: int, start: Outset, settings: Settings) -> None:
        """Day number `n`: its reviews, then its new cards, in the room that it has."""
        day, text, code = self.day + timedelta(days=n), self._text, self._code
        usual = day_room(settings, start.later_s)
        if n:
            path, asked, room = self.path, set[tuple[str, str]](), replace(usual)
            room.seconds -= round(self._reviews_s(n, room))
            if last_days(settings, day):
                text.sweep(n, room.swept(settings, text.reviews[n] + code.reviews[n]), SURE)
            reviews, reviews_s = text.reviews[n] + code.reviews[n], self._reviews_s(n, usual)
        else:
            path = tuple(card for card in self.path if card.key not in start.put_off)
            asked, room = set(start.asked), replace(start.room)
            again = start.waits.again
            reviews, reviews_s = float(len(again)), sum(map(usual.review_s, again))
        seen = start.seen or n > 0
        new = [] if seen and too_late(settings, day) else first_new(path, room, asked)
        for forecast in (text, code):
            keys = [card.key for card in new if self._of(card) is forecast]
            if keys:
                leaves = forecast.add(Memory(), 0, n, len(keys))
                self.leaves |= dict.fromkeys(keys, (leaves, n))
        if new:
            self.path = tuple(card for card in self.path if card.key not in self.leaves)
        minutes = (reviews_s + sum(map(usual.new_s, new))) / 60
        self.load.append(Load(day, len(new), reviews, minutes))
        text.pass_day(n)
        code.pass_day(n)


def tomorrow(start: Outset, settings: Settings, rules: Rules, now: datetime) -> Load:
    """What the plan asks tomorrow, once what it asks today is done; also where there is no interview, or it is over."""
    day = study_day(now, rules.rollover)
    near = last_days(settings, day + timedelta(days=1))  # of whose cards the weakest on the day itself are asked
    return Course(start, settings, rules, now, None if near else 2).load[1]
