"""How numbers are written, and with which unit."""

import pytest

from quizapp.draw.numbers import short_number, with_unit


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
