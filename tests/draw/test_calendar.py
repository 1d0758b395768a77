from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from quizapp.draw.calendar import calendar
from quizapp.draw.chart import columns

TODAY = date(2026, 11, 24)  # a Tuesday
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_a_week_is_a_column_and_more_is_fuller() -> None:
    counts = {TODAY: 40, TODAY - timedelta(days=1): 1, TODAY - timedelta(days=7): 20}
    lines = [line.plain for line in calendar(counts, TODAY, 30, NAMES, ascii=True)]
    assert len(lines) == 8
    assert (
        lines[1].startswith("Mon ") and lines[1].endswith(":") and lines[2].endswith("+ @") and lines[3].endswith(".")
    )
    assert len(lines[3]) == len(lines[2]) - 2  # Wednesday is still to come


@pytest.mark.parametrize("width", [10, 30, 80, 300])
@pytest.mark.parametrize("ascii", [True, False])
def test_it_fits(width: int, ascii: bool) -> None:
    lines = calendar({TODAY: 3}, TODAY, width, "一二三四五六日", ascii=ascii)
    assert all(cell_len(line.plain) <= max(width, 5) for line in lines)
    assert not ascii or all(line.plain[2:].isascii() for line in lines)


def test_months_stand_over_the_weeks_in_which_they_begin() -> None:
    head = calendar({}, TODAY, 120, NAMES)[0].plain
    assert head.split()[0] == "2025-11" and "2026-01" in head.split() and head.split()[-1] == "11"


def test_columns_stand_on_zero_and_the_highest_reaches_the_top() -> None:
    lines = [line.plain for line in columns("Due", [0, 1, 4, 2], ["a", "", "", "d"], 40, 9, ascii=True)]
    assert lines[0] == "Due" and lines[-1].split() == ["a", "d"]
    body = lines[1:-2]
    heights = [sum("#" in row[place : place + 7] for row in body) for place in (4, 13, 22, 31)]
    assert heights[0] == 0 and heights == [0, min(heights[1:]), max(heights), heights[3]] and heights[2] == len(body)
    assert heights[1] < heights[3] < heights[2]


@pytest.mark.parametrize("width", [20, 33, 54, 76, 200])
@pytest.mark.parametrize("values", [[0.0], [3.0] * 30, list(range(90)), [1e6, 0.2]])
def test_columns_fit(width: int, values: list[float]) -> None:
    lines = columns("Name 名", values, [f"{i}" for i in range(len(values))], width, 10)
    assert len(lines) == 10 and all(cell_len(line.plain) <= width for line in lines)
