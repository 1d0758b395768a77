"""The plan up to the interview: the days left and the new cards a day that it takes. Pure, and cheap enough to ask
again after every grade; `readiness.py` says what it leads to."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from quizapp.cards.card import Card, Code
from quizapp.memory.schedule import study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings, read_date
from quizapp.texts import UserError, tell
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.study.queue import Counts

FREE_DAYS = 2
"""The last days before the interview, which the plan leaves free of new cards: a new card that was answered good comes
back after two days, so that each one is repeated at least once before it counts."""

ANSWER_S = 45
"""Seconds of an answer, before the journal shows one's own pace."""

NEW_TAKES = 3
"""Answers that a new card takes on its day: two at least by its learning steps, and the first is read for longer."""

CODE_SECONDS = 600
"""The time to write a solution, where its deck says none."""

FURTHEST = 2 * 366
"""Days ahead up to which an interview can be planned for."""


class DayPlan(Struct, frozen=True):
    """What waits today: `new` cards and `reviews`, those in learning among them, after today's limits; `days` until the
    interview (0 on the day itself), None without a date or once it has passed."""

    new: int
    reviews: int
    days: int | None = None


def day_plan(counts: "Counts", settings: Settings, now: datetime) -> DayPlan:
    """The day's plan for the home screen. `counts` are those of `queue.waiting` over all decks (added up), at `now`
    (aware, in the user's zone)."""
    left = days_left(settings, study_day(now, settings.rollover))
    days = left if left is not None and left >= 0 else None
    return DayPlan(counts.new, counts.learning + counts.due, days)


def days_left(settings: Settings, day: date) -> int | None:
    """Days from study day `day` to the interview: 0 on the day, negative once it is over, None without a date."""
    return None if settings.interview is None else (settings.interview - day).days


def new_a_day(unseen: int, days: int) -> int:
    """How many of a deck's `unseen` cards to begin a day, so that all are begun `days` before the interview less the
    `FREE_DAYS`; all of them at once when no more days than those are left. More days never need more a day."""
    return -(-unseen // max(1, days - FREE_DAYS))


def no_new(settings: Settings, day: date) -> bool:
    """Is study day `day` too near the interview to begin a card? It would not come back before."""
    left = days_left(settings, day)
    return left is not None and 0 <= left <= FREE_DAYS


def answer_s(standings: Standings, day: date) -> int:
    """The seconds to plan for an answer on study day `day`: whole ones, the same all day long."""
    return max(1, round(standings.usual_s(day) or ANSWER_S))


class Room(Struct):
    """What a day has left for new cards: `seconds`, the `cards` and the `code` among them that there may be at most.
    An answer takes `answer_s`, but where one writes code."""

    seconds: int
    cards: int
    code: int
    answer_s: int

    def review_s(self, card: Card) -> int:
        """The seconds of a review of `card`."""
        return CODE_SECONDS if isinstance(card, Code) else self.answer_s

    def new_s(self, card: Card) -> int:
        """The seconds that beginning `card` takes."""
        return CODE_SECONDS if isinstance(card, Code) else NEW_TAKES * self.answer_s


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
