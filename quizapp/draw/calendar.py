"""Counts by day for the terminal: a calendar of weeks, each day a square in one of five shades."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.draw.paper import Paper

if TYPE_CHECKING:
    from rich.text import Text

_SHADES = (("▫", "dim"), ("▤", "green"), ("▦", "green"), ("▩", "bright_green"), ("■", "bold bright_green"))
_PLAIN = ".:+#@"
_MOST_WEEKS, _LEAST_WEEKS = 53, 8


def calendar(counts: Mapping[date, int], last: date, names: Sequence[str], paper: Paper) -> "list[Text]":
    """The weeks from the first count up to `last`, a column each, Monday on top: eight at least, a year at most, and no
    more than fit on the paper.

    `names` are those of the seven days. The fuller a square, the more: it does not rest on colour alone.
    """
    from rich.cells import cell_len
    from rich.text import Text

    left = max(cell_len(name) for name in names) + 1
    monday, begun = last - timedelta(days=last.weekday()), min(counts, default=last)
    weeks = max(_LEAST_WEEKS, (monday - begun + timedelta(days=begun.weekday())).days // 7 + 1)
    weeks = max(1, min(_MOST_WEEKS, (paper.width - left + 1) // 2, weeks))
    first = monday - timedelta(days=7 * (weeks - 1))
    most = max((count for day, count in counts.items() if day >= first), default=0)
    shades = [(_PLAIN[i], style) if paper.ascii else (shade, style) for i, (shade, style) in enumerate(_SHADES)]
    lines = [_months(first, weeks, left)]
    for weekday, name in enumerate(names):
        label = name if weekday % 2 == 0 else ""
        line = Text(no_wrap=True).append(label + " " * (left - cell_len(label)), "dim")
        for week in range(weeks):
            day = first + timedelta(days=7 * week + weekday)
            if day <= last:
                count = counts.get(day, 0)
                shade, style = shades[0 if count <= 0 else 1 + min(3, 4 * (count - 1) // most)]
                line.append(shade, style).append(" ")
        line.rstrip()
        lines.append(line)
    return lines


def _months(first: date, weeks: int, left: int) -> "Text":
    """The months above the weeks in which they begin, and above the first week unless the next begins so soon that it
    finds no room; the year with the first and with January."""
    from rich.text import Text

    text = ""
    for week in range(weeks):
        day = first + timedelta(days=7 * week)
        place = left + 2 * week
        begins = day.day <= 7
        alone = not week and not any((day + timedelta(days=7 * ahead)).day <= 7 for ahead in (1, 2, 3))
        name = f"{day:%Y-%m}" if not text or day.month == 1 else f"{day:%m}"
        fits = place >= len(text) + bool(text) and place + len(name) < left + 2 * weeks
        if (alone or begins) and fits:
            text += " " * (place - len(text)) + name
    return Text(text, "dim", no_wrap=True)
