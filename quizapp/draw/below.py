"""What stands below a plot: the line of the level axis, its labels, the value in hand."""

from typing import TYPE_CHECKING

from quizapp.draw.axis import Axis, side_by_side
from quizapp.draw.paper import Paper, shortened

if TYPE_CHECKING:
    from rich.text import Text


def below_plot(x: Axis, left: int, paper: Paper, marked: int | None, name: str, in_hand: str) -> "list[Text]":
    """The line of the axis `x`, which begins after `left` cells, and the labels under it.

    The column `marked` is that of the value in hand, which is written `in_hand`; `name` follows where there is room.
    """
    from rich.cells import cell_len

    signs = [paper.sign("─", "-")] * x.cells
    for cell, _ in x.ticks:
        signs[cell] = paper.sign("┬", "+")
    line = paper.line(" " * left + paper.sign("└", "+"), "dim")
    if marked is not None:
        line.append("".join(signs[:marked]), "dim").append(paper.sign("▲", "^"), "bold")
        signs[: marked + 1] = []
    line.append("".join(signs), "dim")
    ticks = [(start, label, "dim") for start, label in side_by_side(x.ticks, x.cells, left) or []]
    if marked is not None and in_hand:
        ((start, said),) = side_by_side([(marked, shortened(in_hand, x.cells))], x.cells, left) or [(0, "")]
        clear = [one for one in ticks if one[0] > start + cell_len(said) or one[0] + cell_len(one[1]) < start]
        ticks = sorted([*clear, (start, said, "bold")])
    labels = paper.line()
    for start, label, style in ticks:
        labels.append(" " * (left + 1 + start - labels.cell_len)).append(label, style)
    if name and labels.cell_len + 2 + cell_len(name) <= paper.width:
        gap = max(2, min(left + x.cells + 3, paper.width - cell_len(name)) - labels.cell_len)
        labels.append(" " * gap).append(name, "dim")
    line.truncate(paper.width)
    labels.truncate(paper.width)
    return [line, labels]
