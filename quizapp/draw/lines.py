"""Lines over an axis, in braille: ticks at round values, each line's name at its end, the value in hand marked.

Lines differ by marker first, by colour second: a chart can be read without colours, and without braille too.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from quizapp.draw.axis import Axis, Scale, labels_axis, level, scale_of, upright
from quizapp.draw.below import below_plot
from quizapp.draw.dots import DotField
from quizapp.draw.names import SEED, axis_name, in_words, unit_of
from quizapp.draw.numbers import finite_number
from quizapp.draw.paper import STYLES, Paper, at_right_of, shortened
from quizapp.texts import tell

if TYPE_CHECKING:
    from rich.text import Text

MARKERS = "ox+*#@%&"
MARKS = 8  # a line has at most this many markers, so that it stays a line
_SMALLEST_PLOT = 16  # columns: names stand at the lines' ends only where as many are left
_TALL = 12  # lines of a chart on which the unit may have one of its own
_AXES, _HAND = "dim", "bold"

Spot = tuple[float, float]
Cells = dict[tuple[int, int], tuple[str, str]]  # character and style, by row and column


class Curve(Struct, frozen=True):
    """One line: its name, and its points in order, in runs between which it is interrupted."""

    name: str
    runs: list[list[Spot]]
    sign: int = 0  # which marker and colour it has

    @property
    def marker(self) -> str:
        return MARKERS[self.sign % len(MARKERS)]

    @property
    def style(self) -> str:
        return STYLES[self.sign % len(STYLES)]

    @property
    def ends_at(self) -> Spot:
        return self.runs[-1][-1]


class LineChart(Struct, frozen=True):
    """What is drawn: its title, lines, and what stands at the axes."""

    title: str
    lines: list[Curve]
    upright_name: str
    level_name: str
    labels: list[str] | None = None  # at 0, 1, 2, ..., where the lines go over names
    whole: bool = False  # whether they go over whole numbers
    mark: float | None = None
    scale: Scale | None = None


class _Plot(Struct, frozen=True):
    """Where everything stands, once the axes are known."""

    chart: LineChart
    paper: Paper
    left: int  # cells before the upright axis
    x: Axis
    y: Axis
    named_at_ends: bool

    @property
    def marked(self) -> int | None:
        """The column of the value in hand."""
        return None if self.chart.mark is None else self.x.dots([self.chart.mark], 2)[0] // 2


def lines_of(x: Sequence[object], named: Mapping[str, Sequence[object]], *, apart: bool = False) -> list[Curve]:
    """Lines over `x`, without those that have no point: what is no number (nan, infinite) interrupts them. `apart`:
    nothing leads from one point to the next."""
    places = [float(n) for n in range(len(x))] if x and isinstance(x[0], str) else [finite_number(one) for one in x]
    found = []
    for name, values in named.items():
        pairs = zip(places, map(finite_number, values), strict=False)
        points = [None if a is None or b is None else (a, b) for a, b in pairs]
        runs = groupby(points, key=lambda point: point is not None)
        found.append(Curve(name, [[point for point in run if point] for going_on, run in runs if going_on]))
    if apart:
        found = [replace(line, runs=[[point] for run in line.runs for point in run]) for line in found]
    return [line for line in found if line.runs]


def draw_lines(chart: LineChart, paper: Paper) -> "list[Text]":
    """The chart in at most as many lines of at most as many cells as the paper has."""
    from rich.cells import cell_len

    chart = replace(chart, lines=_signed(chart.lines, paper))
    names = [_end_name(line, chart, paper) for line in chart.lines]
    top = _head(chart, paper)
    below = 2 if paper.height > 5 else 1
    rows = paper.height - len(top) - below
    plot = _plot(chart, paper, rows, len(names) > 1 and chart.level_name != SEED)  # points have no end
    if len(names) > 1 and not plot.named_at_ends:
        top += _legend(chart, paper)[: max(0, rows - 3)]
        plot = _plot(chart, paper, paper.height - len(top) - below, False)
    cells, together = _drawn(plot), _together(paper)
    said = f"  {together} {tell('draw.together').says(paper.language)}"
    if any(sign == together for sign, _ in cells.values()) and top[0].cell_len + cell_len(said) <= paper.width:
        top[0].append(said, "dim")
    return [*top, *_body(plot, cells, names), *_below(plot)[-below:]]


def _signed(lines: Sequence[Curve], paper: Paper) -> list[Curve]:
    """Each line with the sign that it has on this paper, or with the first that is free."""
    found: dict[int, int] = {}
    for n, line in enumerate(lines):
        sign = paper.signs.get(in_words(line.name, paper.labels))
        if sign is not None and sign not in found.values():
            found[n] = sign
    free = (sign for sign in range(len(paper.signs) + len(lines)) if sign not in {*found.values()})
    return [replace(line, sign=found[n] if n in found else next(free)) for n, line in enumerate(lines)]


def _together(paper: Paper) -> str:
    """The marker where those of several lines would stand."""
    return paper.sign("■", "=")


def _head(chart: LineChart, paper: Paper) -> "list[Text]":
    """The title, and in which unit it is measured: on a line of its own where there is no room but for one more."""
    from rich.cells import cell_len

    title, unit = paper.line(chart.title, "bold"), _unit(chart, paper)
    said = f"（{unit}）" if paper.language == "zh" else f", {unit}"
    if unit and title.cell_len + cell_len(said) <= paper.width:
        title.append(said, "dim")
    elif unit and paper.height >= _TALL:
        return [title, paper.line(unit, "dim")]
    return [title]


def _unit(chart: LineChart, paper: Paper) -> str:
    """In which unit it is measured."""
    return unit_of(chart.upright_name, paper.labels)


def _plot(chart: LineChart, paper: Paper, rows: int, at_ends: bool) -> _Plot:
    """The axes on so many rows, with the lines' names at their ends if that is asked for and there is room."""
    from rich.cells import cell_len

    xs, ys = zip(*(point for line in chart.lines for run in line.runs for point in run), strict=True)
    y_scale = chart.scale or ("linear" if _unit(chart, paper) == "dB" else scale_of(ys))
    if min(ys) <= 0:
        y_scale = "linear"
    y = upright(min(ys), max(ys), rows, whole=all(map(float.is_integer, ys)), scale=y_scale)
    left = max((len(label) for _, label in y.ticks), default=0) + 1
    columns = paper.width - left - 1
    ends = max(cell_len(_end_name(line, chart, paper)) for line in chart.lines) + 1
    at_ends = at_ends and len(chart.lines) <= y.cells and ends <= 25 and columns - ends >= _SMALLEST_PLOT
    ends = ends if at_ends else 0
    after = cell_len(axis_name(chart.level_name, paper.labels)) + 2 if chart.level_name else 0
    columns -= max(ends, after) if columns - after >= 1.5 * _SMALLEST_PLOT else ends
    if chart.labels is not None:
        x = labels_axis(chart.labels, columns, left)
    else:
        x = level(min(xs), max(xs), columns, left, whole=chart.whole, scale=scale_of(xs, along=True))
    return _Plot(chart, paper, left, x, y, at_ends)


def _drawn(plot: _Plot) -> Cells:
    """The lines, dots first and markers over them, and a thread down from the value in hand."""
    several, cells = len(plot.chart.lines) > 1, Cells()
    markers: Cells = {}
    for n, line in enumerate(plot.chart.lines):
        marker, style = line.marker, line.style
        field = DotField(plot.x.cells, plot.y.cells)
        for run in line.runs:
            field.line(_dots(plot, run))
        for row, column, dots in field.cells():
            there = cells.get((row, column), (" ", ""))[0]
            both = chr(ord(dots) | ord(there)) if there >= "\u2800" else dots
            cells[row, column] = (marker if plot.paper.ascii else both, style)
        points = [point for run in line.runs for point in run]
        few = _few(points, n, len(plot.chart.lines)) if several else []
        alone = [run[0] for run in line.runs if len(run) == 1]  # no line leads to these
        for place in _places(plot, [*few, *alone]):
            same = markers.get(place, (marker,))[0] == marker
            markers[place] = (marker, f"{_HAND} {style}") if same else (_together(plot.paper), _HAND)
        in_hand = [point for point in points if point[0] == plot.chart.mark]
        for place in _places(plot, in_hand):
            sign = marker if several else plot.paper.sign("●", "@")
            same = not several or markers.get(place, (sign,))[0] == sign
            markers[place] = (sign, f"{_HAND} reverse {style}") if same else (_together(plot.paper), f"{_HAND} reverse")
    if plot.marked is not None:
        for row in range(min((row for row, column in markers if column == plot.marked), default=0), plot.y.cells):
            cells.setdefault((row, plot.marked), (plot.paper.sign("┊", ":"), _AXES))
    return cells | markers


def _dots(plot: _Plot, points: Sequence[Spot]) -> list[tuple[int, int]]:
    across, up = plot.x.dots([x for x, _ in points], 2), plot.y.dots([y for _, y in points], 4)
    return [(a, b + 1) for a, b in zip(across, up, strict=True)]


def _places(plot: _Plot, points: Sequence[Spot]) -> list[tuple[int, int]]:
    """Row and column of each point."""
    return [(plot.y.cells - 1 - b // 4, a // 2) for a, b in _dots(plot, points)]


def _few(points: Sequence[Spot], n: int, lines: int) -> Sequence[Spot]:
    """The points of line `n` that get a marker: all, or a few, not the same ones as of the lines beside it."""
    if len(points) <= MARKS:
        return points
    step = len(points) / (MARKS / 2)
    return [points[int(step * (k + (n + 0.5) / lines))] for k in range(MARKS // 2)]


def _body(plot: _Plot, cells: Cells, names: Sequence[str]) -> "list[Text]":
    """The rows of the plot, with the upright axis and the names at the lines' ends."""
    at = {plot.y.cells - 1 - cell: label for cell, label in plot.y.ticks}
    ends = _ends(plot) if plot.named_at_ends else {}
    rows = []
    for row in range(plot.y.cells):
        text = plot.paper.line(at_right_of(at.get(row, ""), plot.left - 1) + " ", _AXES)
        text.append(plot.paper.sign("┤", "+") if row in at else plot.paper.sign("│", "|"), _AXES)
        of_row = [cells.get((row, column), (" ", "")) for column in range(plot.x.cells)]
        for style, same in groupby(of_row, key=lambda cell: cell[1]):
            text.append("".join(character for character, _ in same), style)
        if row in ends:
            text.append(" ").append(names[ends[row]], plot.chart.lines[ends[row]].style)
        text.rstrip()
        rows.append(text)
    return rows


def _ends(plot: _Plot) -> dict[int, int]:
    """In which row the name of which line stands: where it ends, or as near as others leave room."""
    rows = [(_places(plot, [line.ends_at])[0][0], -line.ends_at[1], n) for n, line in enumerate(plot.chart.lines)]
    taken: list[int] = []
    for place, (row, _, _) in enumerate(sorted(rows)):
        lowest = plot.y.cells - (len(rows) - place)
        taken.append(min(max(row, taken[-1] + 1 if taken else 0), lowest))
    return {row: n for row, (_, _, n) in zip(taken, sorted(rows), strict=True)}


def _end_name(line: Curve, chart: LineChart, paper: Paper) -> str:
    """Its marker and its name, with its unit where the title has another."""
    same = unit_of(line.name, paper.labels) == _unit(chart, paper)
    return f"{line.marker} {(in_words if same else axis_name)(line.name, paper.labels)}"


def _legend(chart: LineChart, paper: Paper) -> "list[Text]":
    """The markers with their names, above the plot."""
    lines = [paper.line()]
    for line in chart.lines:
        added = paper.line(shortened(_end_name(line, chart, paper), paper.width), line.style)
        if lines[-1] and lines[-1].cell_len + 3 + added.cell_len > paper.width:
            lines.append(paper.line())
        lines[-1].append("   " if lines[-1] else "").append_text(added)
    return lines


def _below(plot: _Plot) -> "list[Text]":
    """The level axis with a mark at each tick, and the labels, with the axis' name after them where there is room."""
    return below_plot(
        plot.x, plot.left, plot.paper, plot.marked, axis_name(plot.chart.level_name, plot.paper.labels), _in_hand(plot)
    )


def _in_hand(plot: _Plot) -> str:
    """What stands under the value in hand."""
    mark, labels = plot.chart.mark, plot.chart.labels
    if mark is None:
        return ""
    return labels[int(mark)] if labels is not None else f"{mark:,.6g}"
