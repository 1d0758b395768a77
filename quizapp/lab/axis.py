"""Where the ticks of an axis go, and how numbers are written."""

import math
from collections.abc import Sequence

import msgspec


class Axis(msgspec.Struct, frozen=True):
    """From `low` to `high`, both drawn, with ticks and their labels."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def cell(self, value: float, cells: int) -> int:
        """Which of `cells` places, 0 at the low end, `value` falls on."""
        return min(cells - 1, max(0, round((value - self.low) / (self.high - self.low) * (cells - 1))))


def axis(low: float, high: float, ticks: int, *, whole: bool = False) -> Axis:
    """An axis over low..high with two to about `ticks` ticks, at 1, 2 or 5 times a power of ten.

    `whole`: only whole numbers are marked. Where all values are one, it is in the middle.
    """
    if not low < high:
        room = 1.0 if whole else abs(low) * 0.1 or 1.0
        low, high = low - room, high + room
    if not math.isfinite(high - low):
        low, high = low / 2, high / 2  # beyond 1.8e308: no picture of it is right
    step = (high - low) / max(2, ticks)
    while True:
        step = max(_nice(step), 1.0 if whole else 0.0)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last > first or (whole and step <= 1):
            break
        step /= 2.5
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    at = [k * step for k in range(first, last + 1)]
    return Axis(low, high, tuple((tick, _label(tick, step, decimals)) for tick in at))


def labels_axis(labels: Sequence[str]) -> Axis:
    """An axis of names, at 0, 1, 2, ..."""
    last = len(labels) - 1
    return Axis(0.0 if last else -1.0, float(last or 1), tuple((float(n), label) for n, label in enumerate(labels)))


def number(value: float) -> str:
    """Four significant digits, or all of a whole number: 93.12, 0.004213, 12,346."""
    if float(value).is_integer() and abs(value) < 1e7:
        return f"{value:,.0f}"
    if 1000 <= abs(value) < 1e7:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def _label(tick: float, step: float, decimals: int) -> str:
    if abs(tick) < step / 1e6:
        return "0"
    return f"{tick:.{decimals}f}" if decimals <= 4 and abs(tick) < 1e6 else f"{tick:.4g}"


def _nice(step: float) -> float:
    """The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))
