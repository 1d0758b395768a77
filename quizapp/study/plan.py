"""The plan up to the interview: the days left and the new cards a day that it takes. Pure, and cheap enough to ask
again after every grade; `readiness.py` says what it leads to."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from quizapp.memory.schedule import study_day
from quizapp.settings import Settings, read_date
from quizapp.texts import UserError, tell
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.study.queue import Counts

FREE_DAYS = 2
"""The last days before the interview, which the plan leaves free of new cards: a new card that was answered good comes
back after two days, so that each one is repeated at least once before it counts."""

FURTHEST = 2 * 366
"""Days ahead up to which an interview can be planned for."""


class DayPlan(Struct, frozen=True):
    """What waits today: `new` cards and `reviews`, those in learning among them, after today's limits; `days` until the
    interview (0 on the day itself), None without a date or once it has passed; `planned`: the plan sets the new."""

    new: int
    reviews: int
    days: int | None = None
    planned: bool = False


def day_plan(counts: "Counts", settings: Settings, now: datetime) -> DayPlan:
    """The day's plan for the home screen. `counts` are those of `queue.waiting` over all decks (added up), at `now`
    (aware, in the user's zone)."""
    left = days_left(settings, study_day(now, settings.rollover))
    days = left if left is not None and left >= 0 else None
    return DayPlan(counts.new, counts.learning + counts.due, days, settings.follow_plan and bool(days))


def days_left(settings: Settings, day: date) -> int | None:
    """Days from study day `day` to the interview: 0 on the day, negative once it is over, None without a date."""
    return None if settings.interview is None else (settings.interview - day).days


def new_a_day(unseen: int, days: int) -> int:
    """How many of a deck's `unseen` cards to begin a day, so that all are begun `days` before the interview less the
    `FREE_DAYS`; all of them at once when no more days than those are left. More days never need more a day."""
    return -(-unseen // max(1, days - FREE_DAYS))


def planned(settings: Settings, day: date) -> bool:
    """Does the plan say how many new cards study day `day` has?"""
    return settings.follow_plan and (days_left(settings, day) or 0) > 0


def new_left(unseen: int, begun: int, settings: Settings, day: date) -> int:
    """How many new cards of a deck are left for study day `day`: `unseen` wait, `begun` were first seen today.

    With `follow_plan` and an interview ahead the plan says how many a day; else `new_per_day` does.
    """
    if planned(settings, day):
        return max(0, new_a_day(unseen + begun, days_left(settings, day) or 0) - begun)
    return max(0, settings.new_per_day - begun)


class NoDay(UserError):
    """Why there is no plan for a date."""


def read_day(text: str, day: date) -> date:
    """The date that the user wrote, as in 2026-12-20. Raises NoDay for what is no date, and as `check_day` does."""
    found = read_date(text)
    if found is None:
        written = clean(text.strip()) or "?"
        raise NoDay(tell("study.plan.no_date", text=written, example=day + timedelta(days=30)))
    check_day(found, day)
    return found


def check_day(interview: date, day: date) -> None:
    """Raises NoDay unless `interview` is one of the `FURTHEST` days from study day `day` on."""
    days = (interview - day).days
    if days == -1:
        raise NoDay(tell("study.plan.yesterday", day=interview))
    if days < 0:
        raise NoDay(tell("study.plan.over", day=interview, days=-days))
    if days > FURTHEST:
        raise NoDay(tell("study.plan.far", day=interview, days=days, furthest=FURTHEST))
