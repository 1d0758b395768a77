"""Axes: ticks at round values, the same cells apart, whose labels fit and differ."""

import math
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.draw.axis import Axis, Scale, labels_axis, level, scale_of, side_by_side, upright

anything = st.floats(allow_nan=False, allow_infinity=False)
usual = st.floats(-1e9, 1e9)
SCALES: tuple[Scale, ...] = ("linear", "log2", "log10")


def values(axis: Axis) -> list[Decimal]:
    return [Decimal(label.replace(",", "")) for _, label in axis.ticks]


def is_round(step: Decimal) -> bool:
    """1, 2, 2.5 or 5 times a power of ten."""
    return step.normalize().as_tuple().digits in ((1,), (2,), (2, 5), (5,))


def evenly_spaced(axis: Axis) -> None:
    cells, found = [cell for cell, _ in axis.ticks], values(axis)
    assert len(set(found)) == len(found) and len({label for _, label in axis.ticks}) == len(found)
    assert len({b - a for a, b in pairwise(cells)}) <= 1, "as many cells apart"
    steps = {b - a for a, b in pairwise(found)}
    assert len(steps) <= 1 and all(step > 0 and is_round(step) for step in steps)
    for tick in found:
        assert not steps or tick % next(iter(steps)) == 0, "a multiple of the step"


@given(usual, st.floats(0, 1e9), st.integers(2, 40), st.booleans())
def test_an_upright_axis_covers_what_it_is_for(low: float, size: float, cells: int, whole: bool) -> None:
    high = low + size
    axis = upright(low, high, cells, whole=whole)
    evenly_spaced(axis)
    assert 2 <= axis.cells <= cells
    if cells > 2:
        found = [float(value) for value in values(axis)]
        slack = 1e-5 * (found[-1] - found[0])
        assert len(found) > 1 and found[0] <= low + slack and found[-1] >= high - slack
        assert axis.ticks[0][0] == 0 and axis.ticks[-1][0] == axis.cells - 1
        assert not whole or all(value.is_integer() for value in found)


@given(usual, st.floats(0, 1e9), st.integers(12, 200), st.integers(0, 10), st.booleans())
def test_a_level_axis_has_its_ticks_inside_and_room_for_their_labels(
    low: float, size: float, cells: int, before: int, whole: bool
) -> None:
    low, size = (round(low), round(size)) if whole else (low, size)
    high = low + size
    axis = level(low, high, cells, before, whole=whole)
    evenly_spaced(axis)
    assert axis.cells <= cells and all(0 <= cell < axis.cells for cell, _ in axis.ticks)
    assert side_by_side(axis.ticks, axis.cells, before) is not None
    if size > max(1e-5 * max(abs(low), abs(high)), 1e-290):
        slack = 1e-5 * size
        assert all(low - slack <= value <= high + slack for value in map(float, values(axis)))
        assert axis.place(low) == 0 and axis.place(high) > axis.cells - 2
    for cell, label in axis.ticks:
        assert round(axis.place(float(label.replace(",", "")))) in (cell - 1, cell, cell + 1)


@given(anything, anything, st.integers(1, 60), st.booleans(), st.sampled_from(SCALES))
def test_every_axis_can_be_drawn(a: float, b: float, cells: int, whole: bool, scale: Scale) -> None:
    low, high = min(a, b), max(a, b)
    if scale != "linear":
        low, high = abs(low) + 1e-12, abs(low) + abs(high) + 1e-12
    for axis in (upright(low, high, cells, whole=whole, scale=scale), level(low, high, cells, 4, whole=whole)):
        assert 1 <= axis.cells <= cells
        assert all(0 <= axis.place(value) <= axis.cells - 1 for value in (low, high, 0.0, -1e308, 1e308))
        assert len({label for _, label in axis.ticks}) == len(axis.ticks)


@pytest.mark.parametrize("value", [10**18, -(10**18), 10**15, 2**53])
def test_a_whole_number_that_is_very_large_has_an_axis(value: int) -> None:
    """A knob may be one, and the first point of its sweep stands alone."""
    found = level(value, value, 60, 4, whole=True)
    assert 0 < found.place(value) < found.cells - 1 and found.ticks


def test_the_first_of_several_seeds_begins_the_axis() -> None:
    assert [label for _, label in level(0, 0, 60, 4, whole=True).ticks] == ["0", "1"]


@pytest.mark.parametrize(
    ("low", "high", "cells", "whole", "labels"),
    [
        (2, 8, 60, True, ["2", "3", "4", "5", "6", "7", "8"]),
        (2, 8, 20, True, ["2", "4", "6", "8"]),
        (0, 2, 60, True, ["0", "1", "2"]),
        (8.0, 47.0, 40, False, ["10", "15", "20", "25", "30", "35", "40", "45"]),
        (0.913, 0.934, 40, False, ["0.915", "0.920", "0.925", "0.930"]),
        (0, 1, 50, False, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (0, 3e9, 40, False, ["0", "1e9", "2e9", "3e9"]),
        (0, 1.5e-9, 80, False, ["0", "2e-10", "4e-10", "6e-10", "8e-10", "1e-9", "1.2e-9", "1.4e-9"]),
    ],
)
def test_ticks(low: float, high: float, cells: int, whole: bool, labels: list[str]) -> None:
    assert [label for _, label in level(low, high, cells, 4, whole=whole).ticks] == labels


@pytest.mark.parametrize(
    ("low", "high", "scale", "labels"),
    [
        (1, 512, "log2", ["1", "2", "4", "8", "16", "32", "64", "128", "256", "512"]),
        (0.2, 900.0, "log10", ["1", "10", "100"]),
        (20.0, 80.0, "log10", ["10", "100"]),
        (1e-9, 1.0, "log10", ["1e-9", "1e-8", "1e-7", "1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1", "1"]),
    ],
)
def test_powers(low: float, high: float, scale: Scale, labels: list[str]) -> None:
    found = level(low, high, 100, 4, scale=scale)
    assert [label for _, label in found.ticks] == labels
    assert len({b - a for (a, _), (b, _) in pairwise(found.ticks)}) == 1


@pytest.mark.parametrize(
    ("found", "along", "scale"),
    [
        ([1, 2, 4, 8, 16], True, "log2"),
        ([1, 2, 4, 8, 16], False, "linear"),
        ([1, 2, 3, 4], True, "linear"),
        ([0.1, 1, 10, 100, 1000], False, "log10"),
        ([60, 30, 12, 3, 1.5, 0.4, 0.12], False, "log10"),
        (list(range(1, 1001)), True, "linear"),
        ([0, 1, 10, 100, 1000], False, "linear"),
        ([-1, 1, 1000], False, "linear"),
        ([1, 1000], False, "linear"),
        ([], False, "linear"),
    ],
)
def test_a_scale_is_logarithmic_where_values_span_decades(found: list[float], along: bool, scale: Scale) -> None:
    assert scale_of(found, along=along) == scale


def test_one_label_is_in_the_middle() -> None:
    assert labels_axis(["only"], 11, 4).place(0) == 5
    found = labels_axis(["a", "b", "c"], 11, 4)
    assert [found.place(n) for n in range(3)] == [0, 5, 10] == [cell for cell, _ in found.ticks]


@given(st.lists(st.text("ab 名", max_size=12), min_size=1, max_size=80), st.integers(8, 100))
def test_labels_fit_side_by_side(labels: list[str], cells: int) -> None:
    found = labels_axis(labels, cells, 4)
    placed = side_by_side(found.ticks, found.cells, 4)
    assert found.cells <= cells and placed is not None
    for (start, label), (after, _) in pairwise(placed):
        assert start + cell_len(label) < after
    apart = {b - a for (a, _), (b, _) in pairwise(found.ticks)}
    assert not apart or max(apart) - min(apart) <= 1
    assert all(math.isfinite(found.place(n)) for n in range(len(labels)))
