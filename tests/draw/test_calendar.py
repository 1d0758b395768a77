from datetime import date, timedelta
from itertools import pairwise

import pytest
from rich.cells import cell_len

from quizapp.draw.calendar import calendar
from quizapp.draw.paper import Paper

TODAY = date(2026, 11, 24)  # a Tuesday
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_a_week_is_a_column_and_more_is_fuller() -> None:
    counts = {TODAY: 40, TODAY - timedelta(days=1): 1, TODAY - timedelta(days=7): 20}
    lines = [line.plain for line in calendar(counts, TODAY, NAMES, Paper(30, ascii=True))]
    assert len(lines) == 8
    assert (
        lines[1].startswith("Mon ") and lines[1].endswith(":") and lines[2].endswith("+ @") and lines[3].endswith(".")
    )
    assert len(lines[3]) == len(lines[2]) - 2  # Wednesday is still to come


@pytest.mark.parametrize("width", [10, 30, 80, 300])
@pytest.mark.parametrize("ascii", [True, False])
def test_it_fits(width: int, ascii: bool) -> None:
    lines = calendar({TODAY: 3, TODAY - timedelta(days=400): 1}, TODAY, "一二三四五六日", Paper(width, ascii=ascii))
    assert all(cell_len(line.plain) <= max(width, 5) for line in lines)
    assert not ascii or all(line.plain[2:].isascii() for line in lines)


def test_months_stand_over_the_weeks_in_which_they_begin() -> None:
    head = calendar({TODAY - timedelta(days=400): 1}, TODAY, NAMES, Paper(120))[0].plain
    assert head.split()[0] == "2025-12" and "2026-01" in head.split() and head.split()[-1] == "11"


def test_no_month_is_left_out_since_the_one_before_had_hardly_a_week() -> None:
    for last in range(0, 366, 5):
        head = calendar({TODAY - timedelta(days=400): 1}, TODAY + timedelta(days=last), NAMES, Paper(80))[0].plain
        months = [int(name[-2:]) for name in head.split()]
        assert all(after == before % 12 + 1 for before, after in pairwise(months)), head


def test_five_shades_differ_without_colour() -> None:
    counts = {TODAY - timedelta(days=7 * week): week * 10 for week in range(5)}
    lines = [line.plain for line in calendar(counts, TODAY, NAMES, Paper(14))]
    assert lines[2].split() == ["■", "▩", "▦", "▤", "▫"]


@pytest.mark.parametrize(("days", "weeks"), [(0, 8), (30, 8), (70, 11), (10_000, 53)])
def test_there_are_as_many_weeks_as_were_studied_and_eight_at_least(days: int, weeks: int) -> None:
    lines = calendar({TODAY - timedelta(days=days): 1}, TODAY, NAMES, Paper(120, ascii=True))
    assert len(lines[1].plain.split()[1:]) == weeks
