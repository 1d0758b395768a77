"""The plan up to the interview, followed day by day: what the queue would do, as an expected value, without chance
(`memory/forecast.py`).

Each day has the reviews that fall due, then as many new cards as the minutes leave, none too late to come back; the
last days sweep up the weakest of all.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Cloze, Code, Deck
from quizapp.memory.all_cards import ANSWER_S
from quizapp.memory.forecast import Forecast, Leaf, Rest
from quizapp.memory.schedule import Memory, Rules, day_start, due_at, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.path import in_core, in_order
from quizapp.study.plan import (
    CODE_SECONDS,
    SURE,
    CodeDone,
    Room,
    answer_s,
    day_room,
    first_new,
    last_days,
    room_left,
    rules_near,
    seen_before,
    too_late,
)
from quizapp.words import Words


class Subject(Struct, frozen=True):
    """A deck as it stands: its cards, each with its memory, but for the `suspended` ones, which are only counted; the
    keys of those in its `core`."""

    name: str
    title: Words
    cards: tuple[tuple[Card, Memory], ...]
    suspended: int = 0
    core: frozenset[str] = frozenset()


class Outset(Struct, frozen=True):
    """Where the plan sets out: the decks; `path`, the cards never seen in the order in which they are begun; what today
    has `room` for after what was done, the number of its reviews that were, and the texts of which a gap was asked;
    whether any card was `seen` before today; `later_s`, the seconds to plan for an answer on later days, which know
    today's pace: that of so many `answers`."""

    decks: tuple[Subject, ...]
    path: tuple[Card, ...]
    room: Room
    reviewed: int = 0
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


def outset(decks: Sequence[Deck], standings: Standings, settings: Settings, day: date) -> Outset:
    """The decks as they stand on study day `day`, today: all of `standings` that `readiness` needs."""
    found, unseen, asked = [], set[str](), set[tuple[str, str]]()
    code, seen = CodeDone(), False
    for deck in decks:
        stand = [(card, standings.of(card.key)) for card in deck.cards]
        cards = tuple((card, standing.memory) for card, standing in stand if not standing.suspended)
        for card, standing in stand:
            seen |= seen_before(standing, day)
            if isinstance(card, Code):
                code.add(card.key, standing, standings, day)
            if isinstance(card, Cloze) and (standing.memory.day == day or "learning" in standing.memory.state):
                asked.add((deck.name, card.id))
        wanted = (card for card, memory in cards if memory.due is None)
        unseen |= {card.key for card in wanted if settings.code_cards or not isinstance(card, Code)}
        found.append(Subject(deck.name, deck.title, cards, len(stand) - len(cards), in_core(deck)))
    path = tuple(card for card in in_order(decks) if card.key in unseen)
    room = room_left(decks, standings, settings, day, code)
    tomorrow = day + timedelta(days=1)
    later_s = answer_s(standings, tomorrow)
    return Outset(
        tuple(found), path, room, standings.today(day)[1], seen, frozenset(asked), later_s, len(standings.pace)
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
        self._due_s = 0  # of today
        self._add_seen(start)
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

    def _add_seen(self, start: Outset) -> None:
        """What was seen goes on from when it falls due; on which day (0 is today) that is, their beginnings say."""
        now, zone = self._now.astimezone(UTC), self._now.tzinfo
        starts = [day_start(self.day + timedelta(days=n), self.rules.rollover, zone) for n in range(1, self.days + 1)]
        for deck in start.decks:
            for card, memory in deck.cards:
                due = due_at(memory, now)
                if due is None or memory.day is None:
                    continue
                forecast, first, elapsed = self._of(card), bisect_right(starts, due), (self.day - memory.day).days
                if first < self.days:
                    self.leaves[card.key] = forecast.add(memory, max(0, elapsed + first), first), first
                elif memory.state == "review" and self._to_the_day:
                    self._rests[card.key] = forecast.rest(memory, max(0, elapsed))
                if first == 0 and memory.state == "review":
                    self._due_s += start.room.review_s(card)

    def _reviews_s(self, n: int, room: Room) -> float:
        """The seconds that the reviews of day number `n` take, as far as they are known."""
        return self._text.reviews[n] * room.answer_s + self._code.reviews[n] * CODE_SECONDS

    def _pass_day(self, n: int, start: Outset, settings: Settings) -> None:
        """Day number `n`: its reviews, then its new cards, in the room that it has."""
        day, text, code = self.day + timedelta(days=n), self._text, self._code
        room = day_room(settings, start.later_s) if n else replace(start.room)
        room.seconds -= round(self._reviews_s(n, room)) if n else self._due_s
        if last_days(settings, day):
            done = text.reviews[n] + code.reviews[n] + (0 if n else start.reviewed)
            text.sweep(n, room.swept(settings, done), SURE)
        seen = start.seen or n > 0
        new = [] if seen and too_late(settings, day) else first_new(self.path, room, set() if n else set(start.asked))
        for forecast in (text, code):
            keys = [card.key for card in new if self._of(card) is forecast]
            if keys:
                leaves = forecast.add(Memory(), 0, n, len(keys))
                self.leaves |= dict.fromkeys(keys, (leaves, n))
        if new:
            self.path = tuple(card for card in self.path if card.key not in self.leaves)
        minutes = (self._reviews_s(n, room) + sum(room.new_s(card) for card in new)) / 60
        self.load.append(Load(day, len(new), text.reviews[n] + code.reviews[n], minutes))
        text.pass_day(n)
        code.pass_day(n)


def tomorrow(start: Outset, settings: Settings, rules: Rules, now: datetime) -> Load:
    """What the plan asks tomorrow, once what it asks today is done; also where there is no interview, or it is over."""
    day = study_day(now, rules.rollover)
    near = last_days(settings, day + timedelta(days=1))  # of whose cards the weakest on the day itself are asked
    return Course(start, settings, rules, now, None if near else 2).load[1]
