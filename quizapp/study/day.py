"""What the home screen says of the day: how long what waits will take, and how many days running one has studied."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from quizapp.memory.all_cards import usual


def minutes(cards: int, pace: Sequence[float]) -> int | None:
    """Whole minutes, at least one, that `cards` cards take at `pace` (seconds a card, of the last reviews). None while
    too few of those are known, or for no card."""
    seconds = usual(pace)
    return max(1, round(cards * seconds / 60)) if cards and seconds is not None else None


def streak(days: Collection[date], today: date) -> int:
    """How many study days running, up to `today`, are among `days`; up to yesterday while today is not (yet)."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
