"""When a mock interview should be held: on the third day, every four or five days, and two days before the date."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from quizapp.memory.schedule import study_day

FIRST_DAY, EVERY_DAYS, DAYS_BEFORE = 3, 4, 2


def interview_due(
    today: date, held: Collection[date], studied: Collection[date], interview: date | None = None
) -> bool:
    """Should one be held on study day `today`? `held` are the days of the interviews there were, `studied` the study
    days with a review, `interview` the date to be ready by. None is due before anything was studied, the day before
    that date and on it.
    """
    begun = min(studied, default=today)
    held_last = max((day for day in held if day <= today), default=None)
    left = (interview - today).days if interview is not None and interview >= today else None
    if held_last == today or (today - begun).days + 1 < FIRST_DAY:
        return False
    if left is not None and left <= DAYS_BEFORE:
        return left == DAYS_BEFORE
    if held_last is None:
        return True
    waits = left is not None and left == DAYS_BEFORE + 1  # the next day is the better one
    return (today - held_last).days >= EVERY_DAYS and not waits


def interview_days(folder: Path, rollover: int) -> list[date]:
    """The study days on which interviews were begun, by the names of their files, which are not opened."""
    days = []
    for path in folder.glob("*.json"):
        with suppress(ValueError):
            days.append(study_day(datetime.fromisoformat(path.name[:17]), rollover))
    return days
