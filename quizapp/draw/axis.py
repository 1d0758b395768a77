"""Where the ticks of an axis go, and what stands at them."""

import math
from collections.abc import Sequence

import msgspec

HUGE = 1e300  # what is beyond is drawn at the edge


class Axis(msgspec.Struct, frozen=True):
    """From `low` to `high`, both drawn, with ticks and their labels."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def cell(self, value: float, cells: int) -> int:
        """Which of `cells` places, 0 at the low end, `value` falls on."""
        inside = max(self.low, min(self.high, value))
        return round((inside - self.low) / (self.high - self.low) * (cells - 1))


def axis(low: float, high: float, ticks: int, *, whole: bool = False) -> Axis:
    """An axis over low..high with two to about `ticks` ticks, at 1, 2 or 5 times a power of ten.

    `whole`: only whole numbers are marked. What differs by less than a millionth is drawn as one value, in the middle.
    """
    low, high = max(-HUGE, min(HUGE, low)), max(-HUGE, min(HUGE, high))
    most = max(abs(low), abs(high))
    if high - low < max(most * 1e-6, 1 / HUGE):
        room = max(1.0, most * 1e-6) if whole else most * 0.1 if most >= 1e-200 else 1.0
        low, high = low - room, low + room
    step = (high - low) / max(2, ticks) / 1.4
    while True:
        step = max(_nice(step), 1.0 if whole else 0.0)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last > first or (whole and step <= 1):
            break
        step /= 2.5
    digits = max(1, _power(max(abs(low), abs(high))) - _power(step) + 1)
    at = [k * step for k in range(first, last + 1)]
    return Axis(low, high, tuple((tick, _label(tick, _power(step), digits)) for tick in at))


def labels_axis(labels: Sequence[str]) -> Axis:
    """An axis of names, at 0, 1, 2, ..."""
    last = len(labels) - 1
    return Axis(0.0 if last else -1.0, float(last or 1), tuple((float(n), label) for n, label in enumerate(labels)))


def _label(tick: float, power: int, digits: int) -> str:
    """A tick to the digits that tell it from the next one, which is 10**power away."""
    if not tick:
        return "0"
    return f"{tick:.{max(0, -power)}f}" if power >= -4 and abs(tick) < 1e6 else f"{tick:.{digits}g}"


def _power(value: float) -> int:
    """Of ten, of the first digit."""
    return math.floor(math.log10(value) + 1e-9)


def _nice(step: float) -> float:
    """The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`."""
    power = 10.0 ** _power(step)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))
