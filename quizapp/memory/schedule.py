"""When a card comes back: a memory and a moment → the four outcomes. Pure, and the same on every run and machine.

FSRS-6 does the arithmetic, through py-fsrs. It counts in whole *study days*: a day begins at the rollover hour of the
local clock, and py-fsrs is handed the date of the study day, labelled UTC, so that neither the hour of a review nor a
change to summer time can make a day longer or shorter. Learning steps run on the clock.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from quizapp.memory.intervals import fuzzed, rising

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

Grade = Literal["again", "hard", "good", "easy"]
State = Literal["new", "learning", "review", "relearning"]
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")

SCHEDULER = "fsrs-6"
"""The algorithm that makes the states, as events record it."""

WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""FSRS-6's published defaults, fitted to the reviews of many people."""

LEAST = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
MOST = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""Between these py-fsrs takes weights."""

Moment = Annotated[datetime, Meta(tz=True)]
"""A point in time: a date and time that says its offset."""

_A_DAY = timedelta(days=1)
_LAST_DAY = date(9800, 1, 1)  # a clock set absurdly far ahead must not overflow a date a hundred years later
_LEAST_STABILITY, _MOST_STABILITY = 0.001, 1e9
_MOST_REPS = 10**6


class Memory(Struct, frozen=True, omit_defaults=True, gc=False):
    """What is known of one card after its last review. `Memory()` is a card never seen.

    `stability` is in days, `difficulty` runs from 1 to 10, `due` and `reviewed` are aware and in UTC, `day` is the
    study day of the last review, `step` the learning step (None in review). `lapses` counts "again" in review.
    """

    state: State = "new"
    step: int | None = None
    stability: Annotated[float, Meta(gt=0)] | None = None
    difficulty: Annotated[float, Meta(ge=1, le=10)] | None = None
    due: Moment | None = None
    reviewed: Moment | None = None
    day: date | None = None
    reps: int = 0
    lapses: int = 0


def sound(memory: Memory) -> bool:
    """Is it what a review can lead to? A journal that somebody else wrote may say anything."""
    s, d, due, reviewed, day, step = (
        memory.stability, memory.difficulty, memory.due, memory.reviewed, memory.day, memory.step
    )  # fmt: skip
    if s is None or d is None or due is None or reviewed is None or day is None or memory.state == "new":
        return False
    return (
        _LEAST_STABILITY <= s <= _MOST_STABILITY
        and (step is None if memory.state == "review" else step is not None and 0 <= step <= _MOST_REPS)
        and 0 <= memory.lapses <= memory.reps <= _MOST_REPS
        and dated(due)
        and dated(reviewed)
        and dated(day)
    )


def dated(moment: date) -> bool:
    """Does every zone have a date for it, and for a day before and after?"""
    return 1 < moment.year < 9999


def weighs(weights: Sequence[float]) -> bool:
    """Are these weights that FSRS-6 takes?"""
    return len(weights) == len(WEIGHTS) and all(
        low <= w <= high for low, w, high in zip(LEAST, weights, MOST, strict=True)
    )


class Rules(Struct, frozen=True, gc=False):
    """What the user may set of the scheduling. Steps in seconds, intervals in days, the rollover in hours. By
    `hard_holds`, which is of a review with points missed, hard makes the interval of a card in review no longer than
    its last one was. Rules without it are written as they were before there was such a thing.

    Raises ValueError with a sentence if a value makes no sense.
    """

    retention: float = 0.9
    learning_steps: tuple[float, ...] = (60, 600)
    relearning_steps: tuple[float, ...] = (600,)
    maximum_interval: int = 36500
    rollover: int = 4
    weights: tuple[float, ...] = WEIGHTS
    hard_holds: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        if not 0.5 <= self.retention <= 0.99:
            raise ValueError(f"retention is {self.retention}; it must lie between 0.5 and 0.99")
        for name in ("learning_steps", "relearning_steps"):
            if not all(0 < step <= 86400 for step in getattr(self, name)):
                raise ValueError(f"{name} holds {getattr(self, name)}; each step must lie between 0 and 86400 seconds")
        if not 1 <= self.maximum_interval <= 36500:
            raise ValueError(f"maximum_interval is {self.maximum_interval}; it must lie between 1 and 36500 days")
        if not 0 <= self.rollover <= 23:
            raise ValueError(f"rollover is {self.rollover}; it must be an hour from 0 to 23")
        if not weighs(self.weights):
            raise ValueError(
                f"weights holds {len(self.weights)} values; FSRS-6 takes {len(WEIGHTS)}, each in its bounds"
            )


class Outcome(Struct, frozen=True):
    """What one grade would do: the memory afterwards, and how long from now until the card is due.

    `before` is the memory that it was made from, and the only one that it is good for; `rules` made it.
    """

    grade: Grade
    memory: Memory
    interval_s: float
    before: Memory
    rules: Rules


class _LocalZone(tzinfo):
    """The system's zone with its daylight-saving rules, whatever the system calls it."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        there = moment.replace(tzinfo=UTC).astimezone()
        here = there.replace(tzinfo=self)
        return here if here.utcoffset() == there.utcoffset() else here.replace(fold=1)


_LOCAL = _LocalZone()


def local_now() -> datetime:
    """Now, aware, in a zone that follows the system's own rules: not a fixed offset."""
    return datetime.now(UTC).astimezone(_LOCAL)


def study_day(now: datetime, rollover: int) -> date:
    """The study day that `now` (aware, in the user's zone) belongs to; it begins at `rollover` o'clock."""
    return (now.replace(tzinfo=None) - timedelta(hours=rollover)).date()


def day_start(day: date, rollover: int, zone: tzinfo | None) -> datetime:
    """The moment, in UTC, at which study day `day` begins on the clocks of `zone`."""
    return datetime.combine(day, time(rollover), zone).astimezone(UTC)


def preview(memory: Memory, key: str, now: datetime, rules: Rules) -> dict[Grade, Outcome]:
    """What each grade would do to card `key` at `now` (aware, in the user's zone).

    Deterministic: what a button shows is what is saved. In review, intervals rise strictly from hard to easy (up to
    `maximum_interval`) and are spread a little by a fuzz that depends on nothing but the key and `memory.reps`.
    """
    return outcomes(memory, key, now, study_day(now, rules.rollover), rules)


def outcomes(memory: Memory, key: str, now: datetime, day: date, rules: Rules) -> dict[Grade, Outcome]:
    """`preview` for a review that counts for study day `day`, as a replay needs it."""
    moment, day, most = now.astimezone(UTC), min(day, _LAST_DAY), rules.maximum_interval
    raw = _ask_fsrs(memory, day, rules)
    days = fuzzed(rising(_days(raw, day), most), f"{key}/{memory.reps}", most)
    if rules.hard_holds and memory.state == "review" and "hard" in days:
        days["hard"] = min(days["hard"], _last_days(memory, rules.rollover, now.tzinfo))
    result: dict[Grade, Outcome] = {}
    for grade, card in raw.items():
        if grade in days:
            due = day_start(day + timedelta(days=days[grade]), rules.rollover, now.tzinfo)
        else:
            due = moment + (card.due - _midnight(day))
        after = Memory(
            state=_STATES[card.state],
            step=card.step,
            stability=None if card.stability is None else min(card.stability, _MOST_STABILITY),
            difficulty=card.difficulty,
            due=due,
            reviewed=moment,
            day=day,
            reps=memory.reps + 1,
            lapses=memory.lapses + (grade == "again" and memory.state == "review"),
        )
        result[grade] = Outcome(grade, after, (due - moment).total_seconds(), memory, rules)
    return result


def _last_days(memory: Memory, rollover: int, zone: tzinfo | None) -> int:
    """The days of the interval that a card in review came with, at least one."""
    if memory.due is None or memory.day is None:
        return 1
    return max(1, round((memory.due - day_start(memory.day, rollover, zone)) / _A_DAY))


def plain_days(memory: Memory, day: date, rules: Rules) -> dict[Grade, int]:
    """Days until the card is due, of the grades that put it in review, before fuzz: py-fsrs's, made to rise."""
    return rising(_days(_ask_fsrs(memory, day, rules), day), rules.maximum_interval)


def retrievability(memory: Memory, day: date, rules: Rules) -> float:
    """The chance, 0 to 1, that the card is recalled on study day `day`; 0 for a card never seen.

    FSRS-6's forgetting curve: (1 + f·t/S)^d with d = -weights[20] and f such that it is 0.9 at t = S.
    """
    if memory.stability is None or memory.day is None:
        return 0.0
    decay = -rules.weights[20]
    factor = 0.9 ** (1 / decay) - 1
    elapsed = max(0, (day - memory.day).days)
    return float((1 + factor * elapsed / memory.stability) ** decay)


def due_at(memory: Memory, now: datetime) -> datetime | None:
    """When the card is due; None if it is new. `now` itself if its last review lies more than a day in the future:
    that was a wrong clock, and waiting for its dates could hide the card for years."""
    if memory.reviewed is not None and memory.reviewed > now and memory.reviewed - now > _A_DAY:
        return now
    return memory.due


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@lru_cache(maxsize=8)
def _scheduler(rules: Rules) -> "Scheduler":
    from fsrs import Scheduler  # 24 ms: only a session that shows a card pays it

    return Scheduler(
        parameters=rules.weights,
        desired_retention=rules.retention,
        learning_steps=[timedelta(seconds=step) for step in rules.learning_steps],
        relearning_steps=[timedelta(seconds=step) for step in rules.relearning_steps],
        maximum_interval=rules.maximum_interval,
        enable_fuzzing=False,
    )


_STATES: dict[int, State] = {1: "learning", 2: "review", 3: "relearning"}
_NUMBERS: dict[State, int] = {"new": 1, "learning": 1, "review": 2, "relearning": 3}


def _ask_fsrs(memory: Memory, day: date, rules: Rules) -> "dict[Grade, Card]":
    from fsrs import Card, Rating
    from fsrs import State as FsrsState

    scheduler, today = _scheduler(rules), _midnight(day)
    card = Card(
        card_id=0,  # without one, py-fsrs sleeps a millisecond to find one
        state=FsrsState(_NUMBERS[memory.state]),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=today,
        last_review=None if memory.day is None else _midnight(memory.day),
    )
    return {grade: scheduler.review_card(card, Rating(n), today)[0] for n, grade in enumerate(GRADES, 1)}


def _days(raw: "Mapping[Grade, Card]", day: date) -> dict[Grade, int]:
    return {grade: (card.due - _midnight(day)).days for grade, card in raw.items() if _STATES[card.state] == "review"}
