"""Where the ticks of an axis go, and what stands at them: round values, evenly spaced, the same cells apart."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from quizapp.draw.numbers import HUGE
from quizapp.draw.paper import shortened

Scale = Literal["linear", "log2", "log10"]
Tick = tuple[int, str]  # cell, and what stands there

_BASES: dict[Scale, float] = {"linear": 0, "log2": 2, "log10": 10}
_APART = 2  # cells between two labels side by side
_ROOMY, _MANY = 3, 12  # cells between them, and ticks, on an axis that is easy to read


class Axis(Struct, frozen=True):
    """`cells` cells, with ticks, and the place on them of every value: `low` is at cell 0."""

    cells: int
    ticks: tuple[Tick, ...]
    low: float  # of a logarithmic axis the exponent
    per_cell: float
    base: float = 0  # 2 or 10 if it is logarithmic

    def place(self, value: float) -> float:
        """Where `value` stands: from 0 to cells - 1; at the edge, if it is beyond."""
        number = _log(value, self.base) if self.base else value
        return max(0.0, min(self.cells - 1.0, (number - self.low) / self.per_cell))

    def dots(self, values: Sequence[float], a_cell: int) -> list[int]:
        """The dot of each value, where a cell has `a_cell` dots."""
        if self.base:
            return [round(self.place(value) * a_cell) for value in values]
        low, per_dot, last = self.low, self.per_cell / a_cell, a_cell * (self.cells - 1)
        return [round(max(0, min(last, (value - low) / per_dot))) for value in values]


class _Step(Struct, frozen=True):
    """From tick to tick: 1, 2, 2.5 or 5 times a power of ten."""

    factor: float
    power: int

    @property
    def size(self) -> float:
        return float(f"{self.factor}e{self.power}")

    def label(self, multiple: int) -> str:
        """What stands at so many steps from zero, to the digits that tell it from its neighbour."""
        value = float(f"{self.factor * multiple}e{self.power}")
        last = self.power - (self.factor == 2.5)
        largest = abs(value)
        if largest < 1e6 and last >= -6:
            return f"{value:,.{max(0, -last)}f}" if multiple else "0"
        if not multiple:
            return "0"
        digits = max(0, math.floor(math.log10(largest) + 1e-9) - last)
        number, _, power = f"{value:.{digits}e}".partition("e")
        return f"{number.rstrip('0').rstrip('.') if '.' in number else number}e{int(power)}"


def upright(low: float, high: float, cells: int, *, whole: bool = False, scale: Scale = "linear") -> Axis:
    """An axis that covers low..high, from a tick at the first of at most `cells` cells to one at the last it uses.

    `whole`: only whole numbers are marked. What differs by less than a millionth is drawn as one value, in the middle.
    """
    base, (low, high) = _BASES[scale], _range(low, high, whole, _BASES[scale])
    best, most = None, -math.inf
    for step in _steps(high - low, whole or bool(base)):
        first, last = math.floor(low / step.size + 1e-6), math.ceil(high / step.size - 1e-6)
        gaps = max(1, last - first)
        apart = (cells - 1) // gaps
        if not apart:
            continue
        filled = ((high - low) / step.size * apart + 1) / cells
        value = filled - 0.2 * (gaps < 2) - 0.1 * (apart < 2 and gaps > 1) - 0.06 * max(0, gaps - 5)
        if value > most:
            most = value
            ticks = tuple((apart * k, _label(step, first + k, base)) for k in range(gaps + 1))
            best = Axis(apart * gaps + 1, ticks, first * step.size, step.size / apart, base)
    if best is None:  # two cells, and zero between what they stand for
        best = Axis(cells, ((0 if high > -low else cells - 1, "0"),), low, (high - low) / max(1, cells - 1), base)
    return best


def level(low: float, high: float, cells: int, before: int, *, whole: bool = False, scale: Scale = "linear") -> Axis:
    """An axis from low to high on at most `cells` cells, with ticks inside whose labels fit side by side; the first may
    reach `before` cells to the left."""
    from rich.cells import cell_len

    if whole and low == high:  # the first of those that come
        high += 1
    base, (low, high) = _BASES[scale], _range(low, high, whole, _BASES[scale])
    if base and math.floor(high + 1e-6) - math.ceil(low - 1e-6) < 1:
        low, high = math.floor(low), math.ceil(high)
    crowded = single = None
    for step in _steps(high - low, whole or bool(base)):
        first, last = math.ceil(low / step.size - 1e-6), math.floor(high / step.size + 1e-6)
        apart = int((cells - 1) * step.size / (high - low) + 1e-6)
        if last < first or not apart:
            continue
        start = round((first * step.size - low) / step.size * apart * 2) // 2
        ticks = [(start + apart * k, _label(step, first + k, base)) for k in range(last - first + 1)]
        used = max(round((high - low) / step.size * apart), ticks[-1][0]) + 1
        if side_by_side(ticks, used, before) is None:
            continue
        found = Axis(used, tuple(ticks), low, step.size / apart, base)
        if last == first:
            single = single or found
        elif apart >= max(cell_len(label) for _, label in ticks) + _ROOMY and len(ticks) <= _MANY:
            return found
        else:
            crowded = crowded or found
    return crowded or single or Axis(cells, (), low, (high - low) / max(1, cells - 1), base)


def labels_axis(labels: Sequence[str], cells: int, before: int) -> Axis:
    """An axis of names, at 0, 1, 2, ...: all of them, or every second, third, ..., as many as fit side by side."""
    gaps = len(labels) - 1
    if not gaps:
        return Axis(cells, ((cells // 2, shortened(labels[0], cells)),), -(cells // 2), 1.0)
    per = (cells - 1) / gaps
    per = int(per) or per
    used = round(gaps * per) + 1
    for every in range(1, gaps + 2):
        ticks = [(round(n * per), shortened(labels[n], max(4, used // 2))) for n in range(0, gaps + 1, every)]
        if side_by_side(ticks, used, before) is not None:
            break
    return Axis(used, tuple(ticks), 0.0, 1 / per)


def side_by_side(ticks: Sequence[Tick], cells: int, before: int) -> list[Tick] | None:
    """Where the labels begin, each in the middle of its tick as far as the edges let it; None if they do not fit."""
    from rich.cells import cell_len

    placed: list[Tick] = []
    end = -before - _APART
    for cell, label in ticks:
        length = cell_len(label)
        start = max(-before, min(cell - length // 2, cells - length))
        if start < end + _APART:
            return None
        placed.append((start, label))
        end = start + length
    return placed


def scale_of(values: Sequence[float], *, along: bool = False) -> Scale:
    """Logarithmic where values span two decades and lie more evenly so; `along` an axis also where they are powers of
    two."""
    ordered = sorted(set(values))
    if len(ordered) < 3 or ordered[0] <= 0:
        return "linear"
    low, middle, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    if along and len(ordered) > 3 and all(math.frexp(value)[0] == 0.5 for value in ordered):
        return "log2"
    spans = high >= low * 100 and middle - low < 0.15 * (high - low) and middle > low * 1.5
    return "log10" if spans else "linear"


def _steps(span: float, whole: bool) -> Iterator[_Step]:
    """Steps of rising size for `span`; the last is at least as large."""
    start = math.floor(math.log10(span)) - 2
    for power in range(start, max(start + 5, 2 if whole else start)):
        for factor in (1, 2, 2.5, 5):
            if not whole or power >= (factor == 2.5):
                yield _Step(factor, power)


def _range(low: float, high: float, whole: bool, base: float) -> tuple[float, float]:
    """What an axis goes over: with room around a single value; of a logarithmic axis the exponents."""
    low, high = max(-HUGE, min(HUGE, low)), max(-HUGE, min(HUGE, high))
    if base:
        low, high = _log(low, base), _log(high, base)
        return (low, high) if high - low > 1e-6 else (math.ceil(low) - 1, math.floor(high) + 1)
    most = max(abs(low), abs(high))
    if high - low >= max(most * 1e-6, 1 / HUGE):
        return low, high
    room = max(1.0, most * 1e-5) if whole else most * 0.1 if most >= 1e-200 else 1.0
    return low - room, high + room


def _label(step: _Step, multiple: int, base: float) -> str:
    if not base:
        return step.label(multiple)
    exponent = round(multiple * step.size)
    if base == 2:
        return f"{2.0**exponent:,.15g}" if -4 < exponent < 17 else f"2^{exponent}"
    return f"{10.0**exponent:,.15g}" if -5 < exponent < 6 else f"1e{exponent}"


def _log(value: float, base: float) -> float:
    least = max(value, 1 / HUGE)
    return math.log2(least) if base == 2 else math.log10(least)
