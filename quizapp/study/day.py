"""What the home screen says of the day: how long what waits will take, and how many days running one has studied."""

from collections.abc import Collection
from datetime import date, timedelta

from quizapp.memory.standings import Standings
from quizapp.study.plan import Room, answer_s
from quizapp.study.queue import Waiting


def minutes(waits: Waiting, standings: Standings) -> int:
    """Whole minutes that what waits will take at the pace of the last answers, today's too; 0 only for nothing."""
    room = Room(0, 0, 0, answer_s(standings, waits.day + timedelta(days=1)))
    seconds = sum(map(room.new_s, waits.new)) + sum(map(room.review_s, waits.again))
    return max(1, round(seconds / 60)) if seconds else 0


def streak(days: Collection[date], today: date) -> int:
    """How many study days running, up to `today`, are among `days`; up to yesterday while today is not (yet)."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
