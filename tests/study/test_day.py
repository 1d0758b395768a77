from datetime import date, timedelta

import pytest

from quizapp.study.day import minutes, streak

TODAY = date(2026, 11, 24)


def days(*ago: int) -> set[date]:
    return {TODAY - timedelta(days=days) for days in ago}


@pytest.mark.parametrize(
    ("studied", "running"),
    [((), 0), ((0,), 1), ((0, 1, 2, 4), 3), ((1, 2), 2), ((2, 3), 0), ((-1, 0), 1), (range(400), 400)],
)
def test_days_running(studied: tuple[int, ...], running: int) -> None:
    assert streak(days(*studied), TODAY) == running


def test_minutes_go_by_the_median_and_only_once_the_pace_is_known() -> None:
    assert minutes(30, [20.0] * 10 + [900.0]) == 10
    assert minutes(30, [20.0] * 9) is None
    assert minutes(0, [20.0] * 10) is None
    assert minutes(1, [1.0] * 10) == 1
