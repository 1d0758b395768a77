"""Bars, one a label, from zero, the values right-aligned."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizapp.draw.axis import Scale
from quizapp.draw.names import axis_name, in_words, unit_of
from quizapp.draw.numbers import alike, finite_number
from quizapp.draw.paper import STYLES, Paper, at_right_of, fitted
from quizapp.draw.share import bar
from quizapp.texts import tell

if TYPE_CHECKING:
    from rich.text import Text

_WIDEST, _SHORT = 60, 10  # cells of a bar: what is longer is not read more exactly; and as short as a label may make it


def draw_bars(
    title: str, name: str, value: Mapping[str, object], paper: Paper, mark: str | None, scale: Scale | None
) -> "list[Text]":
    """A bar for each value of `value`, which is called `name`; what does not fit on the paper is counted."""
    from rich.cells import cell_len

    numbers = [finite_number(one) for one in value.values()]
    shown = alike(name, [math.nan if number is None else number for number in numbers], paper.labels)
    names = (axis_name(one, paper.labels) for one in value)
    rows = list(zip(names, numbers, shown, (key == mark for key in value), strict=True))
    cut = len(rows) - (paper.height - 1) if len(rows) > paper.height - 1 else 0
    found = [number for _, number, _, _ in rows if number is not None]  # those without room too: the scale stays
    rows = rows[: paper.height - 2] if cut else rows
    right = max(cell_len(text) for _, _, text, _ in rows)
    left = min(max(cell_len(label) for label, *_ in rows), max(2, paper.width // 3, paper.width - right - _SHORT))
    room = max(1, min(_WIDEST, paper.width - left - right - 4))
    whole = 100.0 if unit_of(name, paper.labels) == "%" and 50 <= max(found, default=0) <= 100 else 0.0
    drawn = _Bars(found, room, whole, scale)
    ink = STYLES[paper.signs.get(in_words(name, paper.labels), 0) % len(STYLES)]
    lines = [paper.line(title, "bold")]
    for label, number, text, marked in rows:
        line = paper.line(fitted(label, left), "bold" if marked else "")
        line.append(paper.sign(" ▸", " >") if marked else "  ", "bold")
        line.append(drawn.of(number, paper), f"bold {ink}" if marked else ink)
        line.append(f" {at_right_of(text, right)}", "bold" if marked else "")
        line.truncate(paper.width)
        lines.append(line)
    return [*lines, paper.line(tell("draw.more", n=cut + 1).says(paper.language), "dim")] if cut else lines


class _Bars:
    """Where bars begin and how long they are, in `room` cells, which stand for `whole` at least."""

    def __init__(self, values: list[float], room: int, whole: float, scale: Scale | None) -> None:
        self.room, self._log = room, {"log2": math.log2, "log10": math.log10}.get(scale or "linear")
        if self._log is not None and values and min(values) > 0:
            self._low = math.ceil(self._log(min(values))) - 1.0
            self._span = max(1.0, self._log(max(values)) - self._low)
            self._zero = 0
            return
        self._log = None
        self._low, high = min(0.0, *values, 0.0), max(whole, *values, 0.0)
        self._span = high - self._low
        self._zero = round(-self._low / self._span * room) if self._span > 1e-290 else 0

    def of(self, value: float | None, paper: Paper) -> str:
        """The bar of a value, in exactly as many cells as there is room for."""
        if value is None or self._span <= 1e-290:
            return " " * self.room
        if self._log is not None:
            return fitted(bar((self._log(value) - self._low) / self._span * self.room, ascii=paper.ascii), self.room)
        cells = abs(value) / self._span * self.room
        if value < 0:
            return fitted(_leftward(min(cells, self._zero), paper).rjust(self._zero), self.room)
        return " " * self._zero + fitted(
            bar(min(cells, self.room - self._zero), ascii=paper.ascii), self.room - self._zero
        )


def _leftward(cells: float, paper: Paper) -> str:
    """A bar that ends at zero: there are blocks for halves of a cell only."""
    if paper.ascii:
        return "#" * max(1, round(cells))
    halves = max(1, round(cells * 2))
    return "▐" * (halves % 2) + "█" * (halves // 2)
