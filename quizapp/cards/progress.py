"""How the cards of a deck stand in a scheduler and what led there, as other programs give and take it."""

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Literal

from msgspec import Struct


class CardProgress(Struct, frozen=True, gc=False):
    """How a card stands that was reviewed.

    `stability` is in days, `difficulty` runs from 1 to 10. `due` is a day, or seconds since 1970 in UTC. In learning,
    `steps` are still before it. `lapses` counts how often it was forgotten in review. Of the last `reps` reviews, since
    it was new, the last was at `reviewed_s` (as `due`) and led to `interval` days.
    """

    stage: Literal["learning", "review", "relearning"]
    stability: float
    difficulty: float
    due: date | int
    steps: int = 0
    lapses: int = 0
    reps: int = 0
    reviewed_s: int = 0
    interval: int = 0


class Preset(Struct, frozen=True):
    """What a deck is scheduled by: the share of its cards to be recalled (0 to 1) and FSRS's weights, () for those that
    it comes with. Of the rest, steps are in seconds and intervals in days."""

    retention: float
    weights: tuple[float, ...] = ()
    learning_steps: tuple[float, ...] = ()
    relearning_steps: tuple[float, ...] = ()
    maximum_interval: int = 36500


class LoggedReview(Struct, frozen=True, gc=False):
    """A review of `card` (its id; of a cloze id:c1) at `at_ms` since 1970 in UTC, or that it was made new again.

    `stage` is the one that it was in. Intervals, before it and after it, are days, or seconds if negative.
    """

    card: str
    at_ms: int
    what: Literal["again", "hard", "good", "easy", "reset"]
    stage: Literal["new", "learning", "review", "relearning"]
    interval: int
    last_interval: int
    difficulty: float
    took_s: float


class DeckProgress(Struct, frozen=True):
    """How the cards of a deck stand, by their ids, for a user in `zone` whose day begins at `rollover` o'clock; their
    reviews that count, in order of time, of which `fuller` have more than is here; which are suspended or flagged."""

    cards: Mapping[str, CardProgress]
    log: tuple[LoggedReview, ...]
    fuller: int
    suspended: frozenset[str]
    flagged: frozenset[str]
    preset: Preset
    rollover: int
    zone: tzinfo | None
