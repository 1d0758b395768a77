"""What a run of a demo measured, as text: the verdict on the prediction, the measures, the charts, the runs so far."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.text import Text

from quizapp.cards.card import Predict
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.sweep import SweepPoint, curves
from quizapp.ui.labels import label
from quizapp.words import Language

CHART_ROWS = 14


class Ran(msgspec.Struct, frozen=True):
    """A run of this sitting: its knobs and what it measured."""

    knobs: Mapping[str, KnobValue]
    result: Mapping[str, Any]


def is_right(ask: Predict, guess: float, measured: float) -> bool | None:
    """Whether the choice numbered `guess` holds what was measured; None where a number was asked."""
    if not ask.choices:
        return None
    low, high = ask.choices[int(guess)].range
    return low <= measured < high


def verdict(ask: Predict, guess: float, result: Mapping[str, Any], language: Language) -> Text:
    """The prediction beside the measurement; empty if the run did not measure it."""
    from quizapp.draw.numbers import with_unit

    measured = result.get(ask.read)
    text = Text()
    if not isinstance(measured, int | float):
        return text
    text.append(f"{label('Measured', language)}{label(': ', language)}{with_unit(ask.read, measured)}   ", "bold")
    right = is_right(ask, guess, measured)
    if right is None:
        return text.append(
            f"{label('you were off by', language)} {with_unit(ask.read, abs(guess - measured))}\n", "bold"
        )
    sign, word = ("✓", "right") if right else ("✗", "wrong")
    return text.append(f"{sign} {label(word, language)}\n", "bold green" if right else "bold red")


def measures_text(result: Mapping[str, Any]) -> Text:
    """The measures, a line each."""
    from quizapp.lab.measured import measures

    found = measures(result)
    width = max((len(name) for name, _, _ in found), default=0)
    text = Text()
    for name, _, shown in found:
        text.append(f"{name:{width}}  ").append(f"{shown}\n", "bold")
    return text


def charts_text(result: Mapping[str, Any], width: int, *, ascii: bool = False) -> Text:
    """Every chart of a result."""
    from quizapp.draw.chart import chart
    from quizapp.lab.measured import charts

    text = Text()
    for name, _ in charts(result):
        text.append("\n").append(Text("\n").join(chart(name, result[name], width, CHART_ROWS, ascii=ascii))).append(
            "\n"
        )
    return text


def sweep_text(points: Sequence[SweepPoint], knob: Knob, measure: str, width: int, *, ascii: bool = False) -> Text:
    """`measure` over `knob`, of the points there are; the next measure can be asked for."""
    from quizapp.draw.chart import chart

    lines = curves(points, knob)
    if measure not in lines:
        return Text()
    drawn = chart(f"{measure} over {knob.name}", lines[measure], width, CHART_ROWS, ascii=ascii)
    return Text("\n").join(drawn).append("\n")


def bar(done: int, of: int, width: int = 20) -> str:
    """A progress bar in plain characters: [####......] 4/10."""
    filled = width * done // max(1, of)
    return f"[{'#' * filled}{'.' * (width - filled)}] {done}/{of}"


def runs_table(runs: Sequence[Ran], width: int, language: Language) -> Text:
    """The runs of this sitting, a row each: the knobs in which they differ, and the measures that fit beside them."""
    from quizapp.lab.measured import measures

    if len(runs) < 2:
        return Text()
    turned = [name for name in runs[-1].knobs if len({repr(run.knobs.get(name)) for run in runs}) > 1]
    measured = list(dict.fromkeys(name for run in runs for name, _, _ in measures(run.result)))
    rows = [["#", *turned, *measured]]
    for number, run in enumerate(runs, 1):
        shown = {name: value for name, _, value in measures(run.result)}
        knobs = [f"{run.knobs.get(name, '')}" for name in turned]
        rows.append([str(number), *knobs, *(shown.get(name, "") for name in measured)])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    fitting, used = 0, 0
    while fitting < len(widths) and used + widths[fitting] <= width:
        used += widths[fitting] + 2
        fitting += 1
    text = Text(f"\n{label('Runs of this sitting', language)}\n", "bold")
    for place, row in enumerate(rows):
        cells = [cell + " " * (widths[i] - cell_len(cell)) for i, cell in enumerate(row[:fitting])]
        text.append("  ".join(cells).rstrip() + "\n", "dim" if place == 0 else "bold" if place == len(rows) - 1 else "")
    return text
