"""Charts for a terminal: series, lines and bars with axes and a legend, and columns over labels.

The curves are drawn by plotille (braille dots), the rest here. Nothing is drawn in a character of ambiguous width, so a
chart keeps its columns in a CJK terminal; series differ by marker first, by colour second.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from quizapp.draw.axis import HUGE, Axis, axis, labels_axis
from quizapp.draw.numbers import with_unit
from quizapp.texts import tell
from quizapp.words import Language, clean

if TYPE_CHECKING:
    from rich.text import Text

Drawable = list[float] | Mapping[str, float] | Mapping[str, list[Any]]
"""A series; bars by label; or lines: {"x": numbers or labels, name: numbers as many, ...}."""

MARKERS = "ox+*#@%&"
STYLES = ("cyan", "magenta", "green", "yellow", "blue", "red", "bright_cyan", "bright_magenta")
_QUARTERS = " ⣀⣤⣶⣿"
MARKS = 12  # a line has at most this many markers, so that it stays a line


def chart(
    name: str, value: Drawable, width: int, height: int, *, ascii: bool = False, language: Language = "en"
) -> "list[Text]":
    """`value` in at most `height` lines of at most `width` cells, titled `name`.

    `ascii` draws without braille. Under 20 x 6 cells it draws 20 x 6.
    """
    width, height = max(width, 20), max(height, 6)
    if isinstance(value, Mapping) and not isinstance(value.get("x"), list):
        bars = cast(Mapping[str, float], value)
        return _bars(name, bars, width, height, ascii, language) if bars else _nothing(name, width, language)
    lines = {"x": list(range(len(value))), name: value} if isinstance(value, list) else value
    if not any(points for line, points in lines.items() if line != "x"):
        return _nothing(name, width, language)
    return _lines(name, cast(Mapping[str, list[Any]], lines), width, height, ascii, legend=lines is value)


def _nothing(name: str, width: int, language: Language) -> "list[Text]":
    return [_title(name, width), _text(tell("draw.no_values").says(language), width)]


def _lines(
    name: str, lines: Mapping[str, list[Any]], width: int, height: int, ascii: bool, *, legend: bool
) -> "list[Text]":
    names = [line for line in lines if line != "x"]
    points = [y for line in names for y in lines[line]]
    xs: Sequence[float] = lines["x"]
    named = isinstance(xs[0], str)
    top = [_title(name, width), *(_legend(names, width) if legend else [])][: height - 4]
    rows = height - len(top) - 2
    y_axis = axis(min(points), max(points), rows // 2)
    left = max(len(label) for _, label in y_axis.ticks) + 1
    columns = width - left - 1
    if named:
        x_axis = labels_axis([clean(str(x)).replace("\n", " ") for x in xs])
    else:
        x_axis = axis(min(xs), max(xs), columns // 10, whole=all(isinstance(x, int) for x in xs))
    xs = range(len(xs)) if named else xs
    grid = _grid([(xs, lines[line]) for line in names], x_axis, y_axis, columns, rows, ascii)
    at = {rows - 1 - y_axis.cell(tick, rows): label for tick, label in y_axis.ticks}
    body = []
    for row, cells in enumerate(grid):
        line = _text(at.get(row, "").rjust(left - 1) + (" +" if row in at else " |"), width)
        for style, same in groupby(cells, key=itemgetter(1)):
            line.append("".join(character for character, _ in same), style)
        line.rstrip()
        body.append(line)
    return [*top, *body, *_x_axis(x_axis, left, columns, width)]


def _grid(
    lines: Sequence[tuple[Sequence[float], Sequence[float]]], x: Axis, y: Axis, columns: int, rows: int, ascii: bool
) -> list[list[tuple[str, str]]]:
    """The curves, a list of (character, style) a row: braille dots, over them the markers."""
    from plotille import Canvas

    cells = [[(" ", "")] * columns for _ in range(rows)]
    markers: list[tuple[int, int, str, str]] = []
    for n, (xs, ys) in enumerate(lines):
        marker, style = MARKERS[n % len(MARKERS)], STYLES[n % len(STYLES)]
        dots = [(x.cell(a, columns * 2), y.cell(b, rows * 4)) for a, b in zip(xs, ys, strict=True)]
        canvas = Canvas(columns, rows, 0, 0, columns * 2, rows * 4)
        for (x0, y0), (x1, y1) in _strokes(dots):
            canvas.line(x0, y0, x1, y1)
        for row, text in enumerate(canvas.plot("\n").split("\n")):
            for column, character in enumerate(text):
                if character != "\u2800":
                    under = cells[row][column][0]
                    both = chr(ord(character) | ord(under)) if under >= "\u2800" else character
                    cells[row][column] = (marker if ascii else both, style)
        markers += [(rows - 1 - b // 4, a // 2, marker, style) for a, b in _marked(dots, n, len(lines))]
    for row, column, marker, style in markers:
        cells[row][column] = (marker, f"bold {style}")
    return cells


def _strokes(dots: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From dot to dot. Of many dots in one column the first, lowest, highest and last draw what all would."""
    if len(dots) == 1:
        return [(dots[0], dots[0])]
    kept: list[tuple[int, int]] = []
    column: list[tuple[int, int]] = []
    for dot in [*dots, (-1, -1)]:
        if column and dot[0] != column[0][0]:
            ys = [y for _, y in column]
            kept += dict.fromkeys((column[0], (column[0][0], min(ys)), (column[0][0], max(ys)), column[-1]))
            column = []
        column.append(dot)
    return list(pairwise(kept))


def _marked(dots: list[tuple[int, int]], n: int, lines: int) -> list[tuple[int, int]]:
    """Where the markers of line `n` go: on its points, or on a few, not the same ones as of the lines beside it."""
    if len(dots) <= MARKS:
        return dots
    step = len(dots) / (MARKS / 2)
    return [dots[int(step * (k + (n + 0.5) / lines))] for k in range(MARKS // 2)]


def _x_axis(x: Axis, left: int, columns: int, width: int) -> "list[Text]":
    """The axis line with a mark at each label, and the labels, as many as fit."""
    from rich.cells import cell_len, set_cell_size

    line, text = ["-"] * columns, ""
    for tick, name in x.ticks:
        column = x.cell(tick, columns)
        name = name if cell_len(name) <= columns // 2 else set_cell_size(name, columns // 2 - 1) + "~"
        start = left + 1 + max(0, min(column - cell_len(name) // 2, columns - cell_len(name)))
        if text and start < cell_len(text) + 1:
            continue
        line[column] = "+"
        text += " " * (start - cell_len(text)) + name
    return [_text(" " * left + "+" + "".join(line), width), _text(text, width)]


def _bars(
    name: str, value: Mapping[str, float], width: int, height: int, ascii: bool, language: Language
) -> "list[Text]":
    """One bar a label, from zero, the value behind it; what does not fit in `height` is counted."""
    from rich.cells import cell_len, set_cell_size

    items = [(clean(label).replace("\n", " "), item, with_unit(name, item)) for label, item in value.items()]
    cut = len(items) - (height - 1) if len(items) > height - 1 else 0
    items = items[: height - 2] if cut else items
    left = min(max(cell_len(label) for label, _, _ in items), width // 3)
    room = max(4, width - left - max(len(text) for _, _, text in items) - 4)
    values = [max(-HUGE, min(HUGE, item)) for _, item, _ in items]
    low, high = min(0.0, *values), max(0.0, *values)
    scale = room / (high - low) if high - low > 1 / HUGE else 0.0
    zero = round(-low * scale)
    lines = [_title(name, width)]
    for (label, _, text), item in zip(items, values, strict=True):
        label = label if cell_len(label) <= left else set_cell_size(label, left - 1) + "~"
        line = _text(set_cell_size(label, left) + " |", width)
        length = abs(item) * scale
        bar = "#" * round(length) if ascii else "\u28ff" * int(length) + ("\u2847" if length % 1 >= 0.5 else "")
        before = " " * max(0, zero - len(bar) if item < 0 else zero)
        line.append(before + bar, STYLES[0])
        line.append(f" {text}")
        line.truncate(width)
        lines.append(line)
    return [*lines, _text(tell("draw.more", n=cut + 1).says(language), width)] if cut else lines


def columns(
    name: str, values: Sequence[float], labels: Sequence[str], width: int, height: int, *, ascii: bool = False
) -> "list[Text]":
    """A column a value, from zero, over the labels that fit; in `height` lines of at most `width` cells."""
    width, height = max(width, 20), max(height, 6)
    rows = height - 3
    y_axis = axis(0, max(1.0, *values), rows // 2, whole=True)
    left = max(len(label) for _, label in y_axis.ticks) + 1
    room = (width - left - 1) // len(values)  # a column and the gap after it
    if room < 1:
        return columns(name, values[: width - left - 1], labels, width, height, ascii=ascii)
    thick = max(1, room - 1) if room < 4 else room - 2
    at = {rows - 1 - y_axis.cell(tick, rows): label for tick, label in y_axis.ticks}
    lines = [_title(name, width)]
    for row in range(rows):
        line = _text(at.get(row, "").rjust(left - 1) + (" +" if row in at else " |"), width)
        for value in values:
            quarters = round((value - y_axis.low) / (y_axis.high - y_axis.low) * rows * 4) or (value > 0)
            filled = max(0, min(4, quarters - 4 * (rows - 1 - row)))
            cell = ("#" if filled >= 2 or (filled and row == rows - 1) else " ") if ascii else _QUARTERS[filled]
            line.append(cell * thick + " " * (room - thick), STYLES[0])
        line.rstrip()
        lines.append(line)
    cells = room * len(values)
    middles = tuple((float(i * room + thick // 2), label) for i, label in enumerate(labels) if label)
    return [*lines, *_x_axis(Axis(0.0, float(max(1, cells - 1)), middles), left, cells, width)]


def _legend(names: Sequence[str], width: int) -> "list[Text]":
    """The markers with their names, wrapped."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    lines = [Text()]
    for n, name in enumerate(names):
        name = clean(name).replace("\n", " ")
        name = name if cell_len(name) <= width - 2 else set_cell_size(name, width - 3) + "~"
        if lines[-1] and lines[-1].cell_len + 5 + cell_len(name) > width:
            lines.append(Text())
        lines[-1].append("   " if lines[-1] else "")
        lines[-1].append(MARKERS[n % len(MARKERS)], f"bold {STYLES[n % len(STYLES)]}")
        lines[-1].append(f" {name}")
    return lines


def _title(name: str, width: int) -> "Text":
    words = clean(name).replace("\n", " ")
    title = _text(words, width)
    title.stylize("bold")
    return title


def _text(text: str, width: int) -> "Text":
    from rich.text import Text

    line = Text(text, no_wrap=True)
    line.truncate(width)
    return line
