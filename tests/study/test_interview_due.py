"""When a mock interview should be held."""

from datetime import date, timedelta

import pytest

from quizapp.study.interview_due import interview_due

START = date(2026, 11, 1)


def day(number: int) -> date:
    """The day of that number, from 1."""
    return START + timedelta(days=number - 1)


def held_on(days: int, interview: int | None = None, *, from_day: int = 1) -> list[int]:
    """The days on which one holds an interview whenever it is due, studying every day."""
    held: list[int] = []
    for number in range(from_day, days + 1):
        studied = [day(n) for n in range(1, number + 1)]
        if interview_due(day(number), [day(n) for n in held], studied, day(interview) if interview else None):
            held.append(number)
    return held


def test_on_the_third_day_and_every_four_days() -> None:
    assert held_on(16) == [3, 7, 11, 15]


@pytest.mark.parametrize(
    ("interview", "held"), [(15, [3, 7, 11, 13]), (14, [3, 7, 12]), (13, [3, 7, 11]), (5, [3]), (4, []), (3, [])]
)
def test_two_days_before_and_not_after(interview: int, held: list[int]) -> None:
    assert held_on(interview, interview) == held


def test_not_twice_a_day_nor_before_anything_was_studied_and_late_is_due() -> None:
    assert not interview_due(day(3), [day(3)], [day(1)])
    assert not interview_due(day(9), [], [])
    assert not interview_due(day(2), [], [day(1)])
    assert interview_due(day(20), [day(3)], [day(1)])
    assert interview_due(day(20), [day(3)], [day(1)], day(10))  # a date that is over
    assert interview_due(day(5), [day(30)], [day(1)])  # a clock that was wrong
