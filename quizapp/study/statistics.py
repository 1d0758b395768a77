"""What the reviews add up to: by day, by how stable the card was, by how sure one said to be; and how the cards stand.

True retention is the share of reviews of cards in review that were not graded again. Learning steps do not count, nor
does what was undone; what was answered with a cue is counted apart.
"""

from bisect import bisect_right
from collections.abc import Container, Generator, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import inf

import msgspec

from quizapp.cards.card import Card
from quizapp.memory.replay import Standing
from quizapp.memory.reviews import Reading
from quizapp.memory.schedule import day_start, due_at, study_day
from quizapp.texts import Sentence, tell
from quizapp.wilson import wilson_interval

LONGEST_S = 300.0  # of one review; more is time that was spent elsewhere
STABILITIES = (0.0, 1.0, 3.0, 7.0, 21.0, 60.0, 180.0, inf)  # days
MATURE = 21.0  # days of stability from which a card counts as mature
FORECAST = 30  # days
HARDEST = 10
LEAST_ASKED = 20  # asked, below which nothing is said of a share
_PIECE = 2000
_UNTOUCHED = Standing()


class Share(msgspec.Struct):
    """How many were asked, and how many of them passed: reviews that were recalled, predictions that were right."""

    asked: int = 0
    passed: int = 0

    @property
    def rate(self) -> float | None:
        return self.passed / self.asked if self.asked else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the rate, 0 to 1 (Wilson's); None for fewer than `LEAST_ASKED` that were asked."""
        return None if self.asked < LEAST_ASKED else wilson_interval(self.passed, self.asked)

    def count(self, passed: bool) -> None:
        self.asked += 1
        self.passed += passed

    def __add__(self, other: "Share") -> "Share":
        return Share(self.asked + other.asked, self.passed + other.passed)


class Day(msgspec.Struct):
    """One study day: all reviews, the seconds they took, and the true retention."""

    reviews: int = 0
    seconds: float = 0.0
    retention: Share = msgspec.field(default_factory=Share)


class ReviewFigures(msgspec.Struct):
    """All reviews and predictions until `today`, a study day, added up. `by_stability` belongs to the spans between
    STABILITIES; `confidence` and `predictions_by_confidence` to the percent that were said; `cued` are the reviews that
    else would be true retention, `code` all that code was judged for, which the first run grades."""

    today: date
    days: dict[date, Day]
    by_stability: tuple[Share, ...]
    confidence: dict[int, Share]
    predictions: Share
    predictions_by_confidence: dict[int, Share]
    cued: Share = msgspec.field(default_factory=Share)
    code: Share = msgspec.field(default_factory=Share)

    @property
    def reviews(self) -> int:
        return sum(day.reviews for day in self.days.values())

    @property
    def seconds(self) -> float:
        return sum(day.seconds for day in self.days.values())

    def retention(self, days: int | None = None, *, until: date | None = None) -> Share:
        """True retention over the last so many study days, up to `until` (today); None: over all of them."""
        until = until or self.today
        start = date.min if days is None else until - timedelta(days=days - 1)
        return sum((day.retention for when, day in self.days.items() if start <= when <= until), Share())


def review_figures(
    reading: Reading, today: date, cards: Container[str] | None = None
) -> Generator[ReviewFigures | None, None, None]:
    """Read the journals and add up what they hold until the study day `today`, of these `cards` (their keys) or of all:
    yields None at every step, so that a screen can go on meanwhile, and the figures last."""
    for _ in reading.read():
        yield None
    found = ReviewFigures(today, {}, tuple(Share() for _ in STABILITIES[1:]), {}, Share(), {})
    for count, review in enumerate(reading.reviews):
        if count % _PIECE == 0:
            yield None
        if cards is not None and review.card not in cards:
            continue
        day = found.days.setdefault(review.day, Day())
        day.reviews += 1
        day.seconds += min(review.took_s or 0.0, LONGEST_S)
        passed = review.grade != "again"
        if review.coded:
            found.code.count(passed)
        if review.state == "review" and review.cued:
            found.cued.count(passed)
        elif review.state == "review":
            day.retention.count(passed)
            if review.stability is not None:
                found.by_stability[bisect_right(STABILITIES, review.stability) - 1].count(passed)
        if review.confidence is not None:
            found.confidence.setdefault(review.confidence, Share()).count(passed)
    for prediction in reading.predictions:
        if prediction.right is not None and (cards is None or prediction.card in cards):
            found.predictions.count(prediction.right)
            if prediction.confidence is not None:
                by = found.predictions_by_confidence
                by.setdefault(prediction.confidence, Share()).count(prediction.right)
    found.days = dict(sorted(found.days.items()))
    found.confidence = dict(sorted(found.confidence.items()))
    yield found


class Hard(msgspec.Struct, frozen=True):
    """A card that is forgotten often, or is difficult (1 to 10)."""

    card: Card
    lapses: int
    difficulty: float


class CardFigures(msgspec.Struct, frozen=True):
    """How the cards stand on study day `today`. `states` counts them, each once; `forecast[i]` how many fall due i
    study days from then, on day 0 also what is overdue; suspended cards are not among them."""

    today: date
    states: dict[str, int]
    forecast: tuple[int, ...]
    hardest: tuple[Hard, ...]


def card_figures(cards: Iterable[Card], standings: Mapping[str, Standing], now: datetime, rollover: int) -> CardFigures:
    """How `cards` stand at `now`. A card that is asked again after its review is counted where it is due now."""
    states = dict.fromkeys(("new", "learning", "young", "mature", "suspended"), 0)
    today, zone = study_day(now, rollover), now.tzinfo
    starts = [day_start(today + timedelta(days=i), rollover, zone).astimezone(UTC) for i in range(FORECAST + 1)]
    moment = now.astimezone(UTC)
    forecast = [0] * FORECAST
    hard: list[Hard] = []
    for card in cards:
        standing = standings.get(card.key, _UNTOUCHED)
        memory = standing.memory
        states[_state(standing)] += 1
        due = due_at(memory, moment)
        if due is not None and not standing.suspended and due < starts[-1]:
            forecast[max(0, bisect_right(starts, due) - 1)] += 1
        if memory.difficulty is not None:
            hard.append(Hard(card, memory.lapses, memory.difficulty))
    hard.sort(key=lambda one: (-one.lapses, -one.difficulty))
    return CardFigures(today, states, tuple(forecast), tuple(hard[:HARDEST]))


def _state(standing: Standing) -> str:
    memory = standing.memory
    if standing.suspended:
        return "suspended"
    if memory.state == "review":
        return "mature" if (memory.stability or 0.0) >= MATURE else "young"
    return "new" if memory.state == "new" else "learning"


def stability_names() -> Sequence[Sentence]:
    """The name of each span between STABILITIES: below a day, 1 to 3 days, and so on."""
    _, first, *_, last, _ = edges = [f"{days:g}" for days in STABILITIES]
    between = (tell("study.stability.between", low=low, high=high) for low, high in pairwise(edges[1:-1]))
    return (tell("study.stability.below", high=first), *between, tell("study.stability.above", low=last))
