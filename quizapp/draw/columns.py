"""Columns in eighths of a cell, over labels: how many on each day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizapp.draw.axis import Axis, Tick, beside, upright
from quizapp.draw.lines import under
from quizapp.draw.numbers import finite_number
from quizapp.draw.paper import STYLES, Paper, at_right_of

if TYPE_CHECKING:
    from rich.text import Text

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WIDEST = 8  # cells of a column with the gap after it


def columns(
    title: str, values: Sequence[float], labels: Sequence[str], paper: Paper, *, mark: int | None = None
) -> "list[Text]":
    """A column a value, from zero, over the labels that fit; the column `mark` is the one in hand. What is below zero,
    or no number, has none."""
    paper = paper.enough()
    numbers = [max(0.0, finite_number(value) or 0.0) for value in values]
    y = upright(0, max(1.0, *numbers, 1.0), paper.height - 2, whole=True)
    left = max(len(label) for _, label in y.ticks) + 1
    room = min(_WIDEST, (paper.width - left - 1) // max(1, len(numbers)))  # a column and the gap after it
    if room < 1:
        room, numbers = 1, numbers[: paper.width - left - 1]
    thick = room - 1 if room > 1 else 1
    at = {y.cells - 1 - cell: label for cell, label in y.ticks}
    lines = [paper.line(title, "bold")]
    for row in range(y.cells - 1):
        line = paper.line(at_right_of(at.get(row, ""), left - 1) + " ", "dim")
        line.append(paper.sign("┤", "+") if row in at else paper.sign("│", "|"), "dim")
        for place, number in enumerate(numbers):
            cell = _cell(y, number, y.cells - 2 - row, paper)
            line.append(cell * thick + " " * (room - thick), f"bold {STYLES[3]}" if place == mark else STYLES[0])
        line.rstrip()
        lines.append(line)
    x = _labelled(labels[: len(numbers)], room, thick, left)
    marked = mark * room + thick // 2 if mark is not None and 0 <= mark < len(numbers) else None
    axis, names = under(x, left, paper, marked, "", labels[mark] if marked is not None and mark is not None else "")
    axis.plain = at_right_of("0", left - 1) + axis.plain[left - 1 :]
    return [*lines, axis, names]


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
        if beside(said[::every], cells, before) is not None:
            return Axis(cells, tuple(said[::every]), 0.0, 1.0)
    return Axis(cells, (), 0.0, 1.0)
