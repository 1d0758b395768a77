"""What the home screen says of the day: how long what waits will take, and how many days running one has studied."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

FEWEST = 10
"""Reviews from which on one's pace is known."""


def minutes(cards: int, pace: Sequence[float]) -> int | None:
    """Whole minutes, at least one, that `cards` cards take at the median of `pace` (seconds a card, of the last
    reviews). None while there are fewer than `FEWEST` of those, or no card."""
    if not cards or len(pace) < FEWEST:
        return None
    from statistics import median  # not before the first paint

    return max(1, round(cards * median(pace) / 60))


def streak(days: Collection[date], today: date) -> int:
    """How many study days running, up to `today`, are among `days`; up to yesterday while today is not (yet)."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
