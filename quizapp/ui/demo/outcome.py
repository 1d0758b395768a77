"""What a demo measured, as text: the verdict on the prediction, the measures, the charts, the runs so far, a sweep."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from quizapp.draw.paper import Paper, at_right_of
from quizapp.lab.knob import KnobValue
from quizapp.lab.run import Finished
from quizapp.lab.sweep import curves, sweep_values
from quizapp.memory.events import Prediction
from quizapp.texts import tell
from quizapp.ui.demo.experiment import Experiment, Ran
from quizapp.words import clean

CHART_ROWS = 14


class Drawn(Struct, frozen=True):
    """The charts of a run as text, and what they were drawn on."""

    of: Finished
    paper: Paper
    text: Text


def verdict_text(prediction: Prediction, paper: Paper) -> Text:
    """The prediction beside the measurement."""
    from quizapp.draw.numbers import with_unit

    language, labels = paper.language, paper.labels
    name, measured, number = prediction.measure, prediction.measured, prediction.number
    if measured is None:
        return Text()
    text = Text(tell("demo.measured", value=with_unit(name, measured, labels)).says(language) + "   ", "bold")
    if number is not None:
        off = tell("demo.off_by", value=with_unit(name, abs(number - measured), labels)).says(language)
        return text.append(f"{off}\n", "bold")
    sign, word = ("✓", "demo.right") if prediction.right else ("✗", "demo.wrong")
    return text.append(f"{sign} {tell(word).says(language)}\n", "bold green" if prediction.right else "bold red")


def measures_text(result: Mapping[str, Any], paper: Paper) -> Text:
    """The measures, a line each."""
    from quizapp.lab.measured import measure_lines, measures

    text = Text()
    for words, shown in measure_lines(measures(result, paper.labels), paper.width):
        text.append(f"{words}  ").append(f"{shown}\n", "bold")
    return text


def charts_text(result: Mapping[str, Any], knobs: Mapping[str, KnobValue], paper: Paper) -> Text:
    """Every chart of a result, with the value of the knob that it goes over marked."""
    from quizapp.draw.chart import chart
    from quizapp.lab.measured import charts, in_hand

    text = Text()
    for name, value in charts(result):
        drawn = chart(name, value, paper, mark=in_hand(name, knobs))
        text.append("\n").append(Text("\n").join(drawn)).append("\n")
    return text


def last_text(now: Experiment, charts: Text, paper: Paper) -> Text:
    """How the last run ended, with its `charts`, and the runs before it."""
    text, last, language = Text(), now.last, paper.language
    if last is None:
        return text
    if last.error:
        text.append(f"{clean(last.error.says(language))}\n", "bold red")
    if last.result is not None and not (now.sweep and now.sweep.points):
        if now.prediction is not None:
            text.append(verdict_text(now.prediction, paper))
        if now.veiled:
            return text
        text.append(measures_text(last.result, paper)).append(charts)
    text.append(runs_table(now.runs, paper))
    if last.dropped:
        text.append(f"\n{tell('demo.dropped', n=last.dropped).says(language)}", "dim")
    text.rstrip()
    return text


def sweep_text(now: Experiment, paper: Paper) -> Text:
    """The measure that is shown over the knob, of the points there are, and how many of them."""
    from quizapp.draw.chart import chart

    sweep, text = now.sweep, Text()
    if sweep is None or not sweep.points:
        return text
    lines = curves(sweep.points, sweep.knob).get(now.swept)
    if lines is not None:
        value = now.knobs.get(sweep.knob.name, sweep.knob.default)
        drawn = chart(now.swept, lines, paper, over=sweep.knob.name, mark=sweep.knob.on_axis(value))
        text.append(Text("\n").join(drawn)).append("\n")
    return text.append_text(_progress(len(sweep.points), len(sweep_values(sweep.knob)), paper)).append("\n")


def _progress(done: int, of: int, paper: Paper) -> Text:
    """How many of the points are there, as a bar and as numbers."""
    from quizapp.draw.bars import share_bar

    return share_bar(done / max(1, of), 20, ascii=paper.ascii).append(f" {done}/{of}", "dim")


def runs_table(runs: Sequence[Ran], paper: Paper) -> Text:
    """The runs of this sitting, a row each: the knobs in which they differ, and the measures that fit beside them."""
    from quizapp.draw.names import in_words
    from quizapp.lab.measured import measures

    if len(runs) < 2:
        return Text()
    turned = [name for name in runs[-1].knobs if len({repr(run.knobs.get(name)) for run in runs}) > 1]
    measured = {one.name: one.words for run in runs for one in measures(run.result, paper.labels)}
    rows = [["#", *(in_words(name, paper.labels) for name in turned), *measured.values()]]
    for number, run in enumerate(runs, 1):
        shown = {one.name: one.shown for one in measures(run.result, paper.labels)}
        knobs = [f"{run.knobs.get(name, '')}" for name in turned]
        rows.append([str(number), *knobs, *(shown.get(name, "") for name in measured)])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    fitting, used = 0, 0
    while fitting < len(widths) and used + widths[fitting] <= paper.width:
        used += widths[fitting] + 2
        fitting += 1
    text = Text(f"\n{tell('demo.runs').says(paper.language)}\n", "bold")
    for place, row in enumerate(rows):
        cells = [at_right_of(cell, widths[i]) for i, cell in enumerate(row[:fitting])]
        text.append("  ".join(cells).rstrip() + "\n", "dim" if place == 0 else "bold" if place == len(rows) - 1 else "")
    return text
