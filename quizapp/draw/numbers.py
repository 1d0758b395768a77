"""How numbers are written in figures, with the unit that a name ends in."""

import math
from collections.abc import Sequence

from quizapp.draw.names import NO_LABELS, Labels, unit_of

HUGE = 1e300  # what is beyond is drawn at the edge


def short_number(value: float) -> str:
    """Four significant digits, or all of a whole number: 93.12, 0.004213, 12,346."""
    if float(value).is_integer() and abs(value) < 1e7:
        return f"{value:,.0f}"
    if 1000 <= abs(value) < 1e7:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def with_unit(name: str, value: float, labels: Labels = NO_LABELS) -> str:
    """`value` with the unit that `name` ends in, if it ends in one: "14.2 dB" for `sqnr_db`."""
    return _joined(short_number(value), unit_of(name, labels))


def alike(name: str, values: Sequence[float], labels: Labels = NO_LABELS) -> list[str]:
    """Values that stand under each other: as many decimals each, three digits of the largest, and the unit of `name`.

    Where that would hide a small one each has its own digits. What is no number is a dash.
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    most, least = max(finite, default=0.0), min((value for value in finite if value), default=0.0)
    whole = all(float(value).is_integer() for value in finite)
    decimals = 0 if whole or most < 1e-9 else max(0, 2 - math.floor(math.log10(most)))
    plain = most < 1e7 and decimals <= 6 and (whole or least >= 10.0**-decimals)
    unit = unit_of(name, labels)
    return [
        "-" if not math.isfinite(value) else _joined(f"{value:,.{decimals}f}" if plain else short_number(value), unit)
        for value in values
    ]


def finite_number(value: object) -> float | None:
    """`value` as a number that can be drawn, within what can be drawn; None if it is none (nan, infinite, a word)."""
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return HUGE if value > 0 else -HUGE
    return max(-HUGE, min(HUGE, number)) if math.isfinite(number) else None


def _joined(number: str, unit: str) -> str:
    return number + unit if unit in ("%", "x") else f"{number} {unit}".rstrip()
