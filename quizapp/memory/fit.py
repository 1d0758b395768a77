"""FSRS fitted to the user's own reviews, and how well a set of weights foretells reviews that it was not fitted to."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import msgspec
from msgspec.structs import replace

from quizapp.install_hint import hint
from quizapp.memory.events import Fit, Reset, Reviewed
from quizapp.memory.replay import undone_by
from quizapp.memory.schedule import GRADES, Memory, Rules, outcomes, retrievability
from quizapp.memory.standings import Standings
from quizapp.texts import UserError, tell

LEAST_REVIEWS = 400
HELD_OUT = 0.2  # the last fifth of the reviews judges the weights


class CannotFit(UserError):
    """There are too few reviews to fit to, or the optimizer is not installed."""


class Sample(msgspec.Struct, frozen=True):
    """A review to fit weights to: `number` is its place among all reviews of the user in time, from 0."""

    card: str
    event: Reviewed
    number: int


def samples(standings: Standings) -> list[Sample]:
    """Every review that was not undone, of cards as they were since their last reset, in time."""
    found: list[tuple[str, Reviewed]] = []
    for key, history in standings.histories().items():
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
    return [Sample(key, event, number) for number, (key, event) in enumerate(found)]


def optimal_weights(all_reviews: Sequence[Sample], *, verbose: bool) -> tuple[float, ...]:
    """The weights that py-fsrs's optimizer finds for these reviews. Raises CannotFit, with what to install."""
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
        raise CannotFit(tell("memory.fit.missing", command=hint("optimize"))) from error


def log_loss(all_reviews: Sequence[Sample], rules: Rules, start: int) -> float:
    """Mean log-loss, in nats, of the recall that `rules` foretells for the reviews numbered `start` and up.

    As FSRS's own evaluation does, only reviews at least a study day after the one before are foretold; and none that
    was cued, since FSRS foretells recall without a cue.
    """
    losses: list[float] = []
    for _, group in groupby(sorted(all_reviews, key=lambda review: (review.card, review.number)), lambda r: r.card):
        memory = Memory()
        for review in group:
            event = review.event
            if memory.day is not None and event.day > memory.day and review.number >= start and not event.cued:
                recall = min(max(retrievability(memory, event.day, rules), 1e-6), 1 - 1e-6)
                losses.append(-math.log(1 - recall if event.grade == "again" else recall))
            memory = outcomes(memory, review.card, event.at, event.day, rules)[event.grade].memory
    return sum(losses) / len(losses) if losses else math.nan


def fit(standings: Standings, *, verbose: bool = False) -> Fit:
    """Fit to the first four fifths of the reviews, and judge by the last.

    Raises CannotFit for too few reviews, or where the optimizer is missing.
    """
    found = samples(standings)
    if len(found) < LEAST_REVIEWS:
        raise CannotFit(tell("memory.fit.too_few", n=len(found), least=LEAST_REVIEWS))
    start = round(len(found) * (1 - HELD_OUT))
    weights = optimal_weights(found[:start], verbose=verbose)
    before = log_loss(found, standings.rules, start)
    after = log_loss(found, replace(standings.rules, weights=weights), start)
    return Fit(weights, len(found), before, after)


def _logs(all_reviews: Iterable[Sample]) -> Iterable[tuple[int, Sample, datetime]]:
    """Reviews as py-fsrs takes them: a number for each card, and midnight of the study day (some seconds on, for the
    order within a day), so that it counts whole study days."""
    numbers: dict[str, int] = {}
    seen: dict[date, int] = {}
    for review in all_reviews:
        day = review.event.day
        seen[day] = seen.get(day, 0) + 1
        moment = datetime.combine(day, time(), UTC) + timedelta(seconds=seen[day])
        yield numbers.setdefault(review.card, len(numbers)), review, moment
