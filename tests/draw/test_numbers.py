"""How numbers are written, and with which unit."""

import math

import pytest

from quizapp.draw.numbers import HUGE, alike, finite_number, short_number, with_unit


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (93.1249, "93.12"),
        (3, "3"),
        (-2.0, "-2"),
        (12345.678, "12,346"),
        (0.0042131, "0.004213"),
        (1.5e9, "1.5e+09"),
        (0, "0"),
    ],
)
def test_numbers(value: float, shown: str) -> None:
    assert short_number(value) == shown


def test_a_unit_is_how_a_name_ends_and_not_the_name() -> None:
    found = [with_unit(name, 2) for name in ("sqnr_db", "share_pct", "speed_x", "x", "loss", "size_mb")]
    assert found == ["2 dB", "2%", "2x", "2", "2", "2 MB"]


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("share_pct", [93.1249, 8, 0.5], ["93.1%", "8.0%", "0.5%"]),
        ("n", [3, 12000, 0], ["3", "12,000", "0"]),
        ("n", [3.0, 0.0042], ["3", "0.0042"]),
        ("sqnr_db", [math.nan, 20.44, -math.inf], ["-", "20.4 dB", "-"]),
        ("n", [], []),
        ("n", [1e300, 2.5], ["1e+300", "2.5"]),
    ],
)
def test_numbers_that_stand_under_each_other_have_as_many_decimals(
    name: str, values: list[float], shown: list[str]
) -> None:
    assert alike(name, values) == shown


@pytest.mark.parametrize(
    ("value", "number"),
    [(2, 2.0), (10**400, HUGE), (-(10**400), -HUGE), (1.7e308, HUGE), (math.nan, None), (math.inf, None), ("2", None)],
)
def test_what_can_be_drawn(value: object, number: float | None) -> None:
    assert finite_number(value) == number
