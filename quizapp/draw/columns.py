"""Columns in eighths of a cell, over labels: how many on each day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizapp.draw.axis import Axis, Tick, side_by_side, upright
from quizapp.draw.below import below_plot
from quizapp.draw.numbers import finite_number
from quizapp.draw.paper import STYLES, Paper, at_right_of

if TYPE_CHECKING:
    from rich.text import Text

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_OF_THEM, _BESIDES = "blue", "green"  # new cards, and those due
_WIDEST = 8  # cells of a column with the gap after it


def columns(
    title: str,
    values: Sequence[float],
    labels: Sequence[str],
    paper: Paper,
    *,
    mark: int | None = None,
    of_them: Sequence[float] = (),
) -> "list[Text]":
    """A column a value, from zero, over the labels that fit. What is below zero, or no number, has none.

    `mark` is the column in hand. `of_them` is how much of each value, from its foot up, is drawn in plus signs.
    """
    paper = paper.enough()
    y = upright(0, max(1.0, *map(_height, values), 1.0), paper.height - 2, whole=True)
    left = max(len(label) for _, label in y.ticks) + 1
    room = min(_WIDEST, (paper.width - left - 1) // max(1, len(values)))  # a column and the gap after it
    if room < 1:
        room, values = 1, values[: paper.width - left - 1]
    of_all = _BESIDES if of_them else STYLES[0]
    thick = room - 1 if room > 1 else 1
    at = {y.cells - 1 - cell: label for cell, label in y.ticks}
    lines = [paper.line(title, "bold")]
    for row in range(y.cells - 1):
        above = y.cells - 2 - row
        line = paper.line(at_right_of(at.get(row, ""), left - 1) + " ", "dim")
        line.append(paper.sign("┤", "+") if row in at else paper.sign("│", "|"), "dim")
        for place, value in enumerate(values):
            part = _height(of_them[place]) if place < len(of_them) else 0.0
            plus = y.place(part) >= above + 0.5 or (part > 0 and not above)
            cell, style = ("+", _OF_THEM) if plus else (_cell(y, _height(value), above, paper), of_all)
            line.append(cell * thick + " " * (room - thick), f"bold {style}" if place == mark else style)
        line.rstrip()
        lines.append(line)
    x = _labelled(labels[: len(values)], room, thick, left)
    in_hand = labels[mark] if mark is not None and 0 <= mark < len(values) else None
    marked = None if in_hand is None or mark is None else mark * room + thick // 2
    axis, names = below_plot(x, left, paper, marked, "", in_hand or "")
    axis.plain = at_right_of("0", left - 1) + axis.plain[left - 1 :]
    return [*lines, axis, names]


def _height(value: float) -> float:
    return max(0.0, finite_number(value) or 0.0)


def _cell(y: Axis, number: float, above: int, paper: Paper) -> str:
    """What of a column is in the cell that is `above` others."""
    eighths = round(y.place(number) * 8) or (number > 0)
    filled = max(0, min(8, eighths - 8 * above))
    if paper.ascii:
        return "#" if filled >= 4 or (filled and not above) else " "
    return _EIGHTHS[filled]


def _labelled(labels: Sequence[str], room: int, thick: int, before: int) -> Axis:
    """The axis under the columns: all labels, or every second, third, ..., as many as fit."""
    cells = max(1, room * len(labels))
    said: list[Tick] = [(n * room + thick // 2, label) for n, label in enumerate(labels) if label]
    for every in range(1, len(said) + 1):
        if side_by_side(said[::every], cells, before) is not None:
            return Axis(cells, tuple(said[::every]), 0.0, 1.0)
    return Axis(cells, (), 0.0, 1.0)
