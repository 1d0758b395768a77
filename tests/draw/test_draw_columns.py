"""Columns over days: they stand on zero, their axis is even, they fit."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.draw.columns import columns
from quizapp.draw.paper import Paper


def drawn(values: list[Any], labels: list[str], width: int, height: int, **options: Any) -> list[str]:
    ascii = options.pop("ascii", False)
    return [line.plain for line in columns("Due 名", values, labels, Paper(width, height, ascii), **options)]


def test_columns_stand_on_zero_and_are_as_high_as_they_say() -> None:
    lines = drawn([0, 1, 4, 2], ["a", "", "", "d"], 40, 11, ascii=True)
    assert lines[0] == "Due 名" and lines[-1].split() == ["a", "d"]
    body = [row.ljust(60) for row in lines[1:-2]]
    heights = [sum(row[place] == "#" for row in body) for place in (4, 12, 20, 28)]
    assert heights == [0, 2, 8, 4] and len(body) == 8
    assert lines[1].startswith("4 +") and lines[-2].startswith("0 +")


def test_a_column_is_drawn_to_an_eighth_and_little_is_not_nothing() -> None:
    lines = drawn([10, 0.01, 3.5], ["", "", ""], 24, 4)
    assert len(lines) == 4 and "█" in lines[1] and "▁" in lines[1]


def test_the_column_in_hand_is_marked_and_part_of_a_column_has_its_own_sign() -> None:
    lines = drawn([3, 5, 4], ["a", "b", "c"], 40, 11, mark=1, of_them=[1, 5, 0])
    assert lines[-2].count("▲") == 1 and abs(cell_len(lines[-2].split("▲")[0]) - lines[-1].index("b")) <= 1
    assert "█" not in "".join(row[11:19] for row in lines[1:-2]) and "+" in lines[-3]


def test_labels_that_do_not_fit_are_left_out_evenly() -> None:
    row = drawn([1.0] * 60, [f"{n:02}" for n in range(60)], 80, 10)[-1].split()
    assert row == [f"{n:02}" for n in range(0, 60, int(row[1]))]


@given(
    st.lists(st.floats() | st.integers(-5, 10**9), max_size=120),
    st.integers(1, 120),
    st.integers(1, 30),
    st.booleans(),
    st.none() | st.integers(-3, 200),
)
def test_columns_fit(values: list[Any], width: int, height: int, ascii: bool, mark: int | None) -> None:
    lines = drawn(values, [f"{i}日" for i in range(len(values))], width, height, ascii=ascii, mark=mark)
    assert 4 <= len(lines) <= max(4, height)
    assert all(cell_len(line) <= max(20, width) for line in lines)


@pytest.mark.parametrize("values", [[], [math.nan], [math.inf, -3]])
def test_columns_of_nothing_are_an_axis(values: list[float]) -> None:
    assert not set("▁▂▃▄▅▆▇█") & set("".join(drawn(values, [""] * len(values), 30, 8)))


def test_a_part_and_what_is_beside_it_are_both_seen_however_small() -> None:
    """17 of 23 cards are new, on a scale up to 51: the six others stand above them; one new one of forty is there."""
    lines = drawn([23, 51, 40], ["a", "b", "c"], 40, 7, of_them=[17, 17, 1])
    body = [row.ljust(60) for row in lines[1:-2]]
    columns_ = ["".join(row[place] for row in reversed(body)).strip() for place in (4, 12, 20)]
    assert columns_[0][0] == "+" and columns_[0][-1] in "▁▂▃▄▅▆▇█"
    assert columns_[1].count("+") == columns_[0].count("+") and len(columns_[1]) > len(columns_[0])
    assert columns_[2].count("+") == 1
