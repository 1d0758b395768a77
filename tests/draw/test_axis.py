"""Axes: ticks at round numbers inside the data."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.draw.axis import axis, labels_axis

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, finite, st.integers(0, 30), st.booleans())
def test_every_axis_can_be_drawn(a: float, b: float, ticks: int, whole: bool) -> None:
    low, high = min(a, b), max(a, b)
    found = axis(low, high, ticks, whole=whole and abs(a) < 1e9 and abs(b) < 1e9)
    assert found.low < found.high and math.isfinite(found.high - found.low)
    assert len(found.ticks) <= 2 * max(ticks, 2) + 2
    places = [found.cell(tick, 50) for tick, _ in found.ticks]
    assert places == sorted(places) and all(0 <= place < 50 for place in places)
    if high - low > max(-low, high, 1e-290) * 1e-6 and high - low < 1e300:
        assert found.cell(low, 50) == 0 and found.cell(high, 50) == 49


@pytest.mark.parametrize("value", [10**18, -(10**18), 10**15, 2**53])
def test_a_whole_number_that_is_very_large_has_an_axis(value: int) -> None:
    """A knob may be one, and the first point of its sweep stands alone."""
    found = axis(value, value, 4, whole=True)
    assert found.low < value < found.high and found.ticks


@given(st.floats(-1e6, 1e6), st.floats(2, 1e6), st.integers(2, 20))
def test_there_are_at_least_two_ticks_each_with_its_own_label(low: float, size: float, ticks: int) -> None:
    labels = [label for _, label in axis(low, low + size, ticks).ticks]
    assert len(labels) >= 2
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("low", "high", "ticks", "whole", "labels"),
    [
        (2, 8, 4, True, ["2", "4", "6", "8"]),
        (0, 2, 10, True, ["0", "1", "2"]),
        (8.0, 47.0, 4, False, ["10", "20", "30", "40"]),
        (0.913, 0.934, 4, False, ["0.915", "0.920", "0.925", "0.930"]),
        (-0.2, 0.2, 4, False, ["-0.2", "-0.1", "0", "0.1", "0.2"]),
        (0, 3e9, 3, False, ["0", "1e+09", "2e+09", "3e+09"]),
        (5.0, 5.0, 2, False, ["4.5", "5.0", "5.5"]),
    ],
)
def test_ticks(low: float, high: float, ticks: int, whole: bool, labels: list[str]) -> None:
    assert [label for _, label in axis(low, high, ticks, whole=whole).ticks] == labels


def test_one_label_is_in_the_middle() -> None:
    assert labels_axis(["only"]).cell(0, 11) == 5
    assert [labels_axis(["a", "b", "c"]).cell(n, 11) for n in range(3)] == [0, 5, 10]
