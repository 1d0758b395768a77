"""FSRS fitted to the user's own reviews, and how well a set of weights foretells reviews that it was not fitted to."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import msgspec
from msgspec.structs import replace

from quizapp.install_hint import hint
from quizapp.memory.events import Reset, Reviewed
from quizapp.memory.progress import Progress
from quizapp.memory.replay import undone_by
from quizapp.memory.schedule import GRADES, Memory, Rules, outcomes, retrievability

LEAST_REVIEWS = 400
HELD_OUT = 0.2  # the last fifth of the reviews judges the weights
MISSING = "Fitting needs py-fsrs's optimizer and torch: {command}"


class Review(msgspec.Struct, frozen=True):
    """One review that counts: `number` is its place among all reviews of the user in time, from 0."""

    card: str
    event: Reviewed
    number: int


def reviews(progress: Progress) -> list[Review]:
    """Every review that was not undone, of cards as they were since their last reset, in time."""
    found: list[tuple[str, Reviewed]] = []
    for key, history in progress.histories().items():
        undone = undone_by(history)
        since: list[Reviewed] = []
        for event in history:
            if event.id in undone:
                continue
            if isinstance(event, Reset):
                since = []
            elif isinstance(event, Reviewed):
                since.append(event)
        found += [(key, event) for event in since]
    found.sort(key=lambda pair: (pair[1].at, pair[0]))  # at one moment by card: ids are by chance
    return [Review(key, event, number) for number, (key, event) in enumerate(found)]


def fitted(all_reviews: Sequence[Review], *, verbose: bool) -> tuple[float, ...]:
    """The weights that py-fsrs's optimizer finds for these reviews. Raises ImportError, with what to install."""
    try:
        from fsrs import Optimizer, Rating, ReviewLog

        return tuple(
            Optimizer(
                [
                    ReviewLog(cards, Rating(GRADES.index(review.event.grade) + 1), moment, None)
                    for cards, review, moment in _logs(all_reviews)
                ]
            ).compute_optimal_parameters(verbose=verbose)
        )
    except ImportError as error:
        raise ImportError(MISSING.format(command=hint("optimize"))) from error


def log_loss(all_reviews: Sequence[Review], rules: Rules, start: int) -> float:
    """Mean log-loss, in nats, of the recall that `rules` foretells for the reviews numbered `start` and up.

    As FSRS's own evaluation does, only reviews at least a study day after the one before are foretold.
    """
    losses: list[float] = []
    for _, group in groupby(sorted(all_reviews, key=lambda review: (review.card, review.number)), lambda r: r.card):
        memory = Memory()
        for review in group:
            event = review.event
            if memory.day is not None and event.day > memory.day and review.number >= start:
                recall = min(max(retrievability(memory, event.day, rules), 1e-6), 1 - 1e-6)
                losses.append(-math.log(1 - recall if event.grade == "again" else recall))
            memory = outcomes(memory, review.card, event.at, event.day, rules)[event.grade].memory
    return sum(losses) / len(losses) if losses else math.nan


class Fit(msgspec.Struct, frozen=True):
    """New weights, and the log-loss of the old ones and of these on reviews that neither was fitted to."""

    weights: tuple[float, ...]
    reviews: int
    before: float
    after: float

    @property
    def better(self) -> bool:
        return self.after < self.before


def fit(progress: Progress, *, verbose: bool = False) -> Fit:
    """Fit to the first four fifths of the reviews, and judge by the last.

    Raises ValueError, in a sentence, for too few reviews, and ImportError where the optimizer is missing.
    """
    found = reviews(progress)
    if len(found) < LEAST_REVIEWS:
        raise ValueError(f"There are {len(found)} reviews; fitting begins at {LEAST_REVIEWS}.")
    start = round(len(found) * (1 - HELD_OUT))
    weights = fitted(found[:start], verbose=verbose)
    before = log_loss(found, progress.rules, start)
    after = log_loss(found, replace(progress.rules, weights=weights), start)
    return Fit(weights, len(found), before, after)


def _logs(all_reviews: Iterable[Review]) -> Iterable[tuple[int, Review, datetime]]:
    """Reviews as py-fsrs takes them: a number for each card, and midnight of the study day (some seconds on, for the
    order within a day), so that it counts whole study days."""
    numbers: dict[str, int] = {}
    seen: dict[date, int] = {}
    for review in all_reviews:
        day = review.event.day
        seen[day] = seen.get(day, 0) + 1
        moment = datetime.combine(day, time(), UTC) + timedelta(seconds=seen[day])
        yield numbers.setdefault(review.card, len(numbers)), review, moment
