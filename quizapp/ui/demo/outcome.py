"""What a demo measured, as text: the charts, the measures that have no room above them, the runs so far, a sweep."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from quizapp.draw.paper import Paper, at_right_of
from quizapp.lab.measured import Measure, Ran, is_bars, is_measure
from quizapp.lab.sweep import Sweep
from quizapp.texts import Sentence, tell
from quizapp.ui.breaks import breaks
from quizapp.ui.demo.experiment import Experiment
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.draw.chart import Drawable

CHART_ROWS = 14
_BEFORE = 12  # cells for what a bar was before
_PLOTTED = 6  # rows of a plot that one can read a line from
_SHOWN = re.compile(r"(-?[\d,]+(?:\.(\d+))?)[^\d]*$")  # the number at the end of a bar
_HEAD_ROWS = 3  # of a column of the runs
_ROW = re.compile(r" *\S* ?([┤│|]|\+(?!-))")  # which begins with the upright axis


class Drawn(Struct, frozen=True):
    """The charts of a run as text: the one that is about its measure, with its title, and the others."""

    of: Ran
    paper: Paper
    veiled: bool
    lead: list[Text]
    others: list[Text]


def draw_run(of: Ran, asked: str, veiled: bool, paper: Paper, before: Ran | None = None) -> Drawn:
    """The charts of a run, the value in hand marked: first the one that shows the measure `asked` best, on the paper,
    and if that leaves a plot too low a little more; the others on one of the usual height. What is veiled has only
    the one that is about the measure, if there is one."""
    from quizapp.draw.chart import chart
    from quizapp.lab.measured import charts_for, in_hand, is_named, signs

    def on_paper(value: "Drawable", on: Paper) -> Paper:
        if not is_bars(value):
            return on
        rows = len(value) + 1  # all of them, rather than count the last ones
        return replace(on, width=on.width - _BEFORE, height=max(on.height, rows if rows <= CHART_ROWS else 0))

    found, on_all = charts_for(asked, of.result), replace(paper, signs=signs(of.result, paper.labels))
    if veiled:
        found = [one for one in found[:1] if is_named(asked, of.result, *one)]
    pictures = [
        tall_enough(lambda on: chart(name, value, on, mark=in_hand(name, of.knobs)), on_paper(value, on))  # noqa: B023
        for (name, value), on in zip(found, [on_all, *[replace(on_all, height=CHART_ROWS)] * len(found)], strict=False)
    ]
    if pictures and not veiled:
        _say_before(pictures[0], found[0], before, paper)
    others: list[Text] = [line for picture in pictures[1:] for line in (Text(), *picture)]
    return Drawn(of, paper, veiled, pictures[0] if pictures else [], others)


def _say_before(picture: list[Text], drawn: "tuple[str, Drawable]", before: Ran | None, paper: Paper) -> None:
    """After the number of a bar, what it was in the run before, written alike, where that was another and there is
    room."""
    name, value = drawn
    was = (before.result if before is not None else {}).get(name)
    timed = name in paper.labels and paper.labels[name].timed
    if timed or not isinstance(value, Mapping) or not isinstance(was, Mapping) or not is_bars(value):
        return
    bars = picture[1:] if len(picture) > len(value) else picture[1:-1]  # its title above, how many more there are below
    for line, (label, number) in zip(bars, value.items(), strict=False):
        if is_measure(earlier := was.get(label)) and earlier != number and (shown := _SHOWN.search(line.plain)):
            then = f"{earlier:,.{len(shown[2] or '')}f}"
            said = f"  {tell('demo.was', value=then).says(paper.language)}" if then != shown[1] else ""
            line.append(said if line.cell_len + cell_len(said) <= paper.width else "", "dim")


def tall_enough(draw: Callable[[Paper], list[Text]], paper: Paper) -> list[Text]:
    """What `draw` draws; on higher paper, where an axis would have too few rows to read a line from."""
    lines: list[Text] = []
    for more in range(5):
        lines = draw(replace(paper, height=paper.height + more))
        rows = sum(_ROW.match(line.plain) is not None for line in lines)
        if rows >= _PLOTTED or not rows:  # bars have no axis
            break
    return lines


def sweep_lines(sweep: Sweep, names: Sequence[str], now: Experiment, paper: Paper) -> list[Text]:
    """Measures over the knob, of the points there are; bars, a measure after the other, where its values are names,
    between which there is nothing; over a seed points, and below them what they come to."""
    from quizapp.draw.chart import chart
    from quizapp.draw.names import SEED, Label, in_words, unit_of

    lines, over = sweep.lines(names), sweep.knob.name
    if sweep.over and len(sweep.points) > 1 and sweep.same(names, paper.labels):
        return [line for name in names for line in _same_everywhere(name, lines[name], over, paper)]
    given = sweep.signs(paper.labels)
    spread = [row for name in names for row in _spread(name, lines[name], paper)] if over == SEED and sweep.over else []
    paper = replace(paper, signs=given, height=paper.height - len(spread))
    mark = sweep.knob.on_axis(now.knobs.get(over, sweep.knob.default))
    if isinstance(mark, str):
        rows: list[Text] = []
        for name in sorted(names, key=lambda name: name != now.asks_about):
            rows += [Text()] * bool(rows)
            rows += chart(name, {"x": lines["x"], name: lines[name]}, paper, over=over, mark=mark)
        return rows
    words = [in_words(name, paper.labels) for name in names]
    head, *ends = _head_and_ends(words)
    head = head.removesuffix(",")
    if head:  # what they share is the title
        lines = {"x": lines["x"]} | {end: lines[name] for end, name in zip(ends, names, strict=True)}
        unit = unit_of(names[0], paper.labels)
        found = {in_words(end): given[one] for end, one in zip(ends, words, strict=True)}
        paper = replace(paper, labels={**paper.labels, head: Label(head, unit)}, signs=found)
    name = head or (names[0] if len(names) == 1 else "")
    return [*tall_enough(lambda on: chart(name, lines, on, over=over, mark=mark), paper), *spread]


def _same_everywhere(name: str, values: Sequence[float | None], over: str, paper: Paper) -> list[Text]:
    """That a measure does not vary with a knob: a line of it would show but rounding, or how a clock varies."""
    from statistics import median

    from quizapp.draw.names import in_words
    from quizapp.draw.numbers import with_unit

    usual = with_unit(name, median(value for value in values if value is not None), paper.labels)
    timed = name in paper.labels and paper.labels[name].timed
    knob, measure = in_words(over, paper.labels), in_words(name, paper.labels)
    said = tell("demo.same_timed" if timed else "demo.same", measure=measure, value=usual, knob=knob)
    return _rows(said, paper)


def _spread(name: str, values: Sequence[float | None], paper: Paper) -> list[Text]:
    """What a measure comes to over several seeds."""
    from statistics import fmean

    from quizapp.draw.names import in_words
    from quizapp.draw.numbers import alike

    found = [value for value in values if value is not None]
    if len(found) < 2:
        return []
    mean, low, high = alike(name, [fmean(found), min(found), max(found)], paper.labels)
    return _rows(tell("demo.spread", measure=in_words(name, paper.labels), mean=mean, low=low, high=high), paper)


def _rows(said: Sentence, paper: Paper) -> list[Text]:
    line = said.says(paper.language)
    cuts = [0, *breaks(line, paper.width), len(line)]
    return [Text(line[a:b].rstrip(), no_wrap=True) for a, b in pairwise(cuts)]


def _head_and_ends(words: Sequence[str]) -> list[str]:
    """The words that several names begin with, to the comma at most, and what each says behind them: "errors", "with
    labels", "distilled". The first is empty where they share none."""
    from quizapp.lab.measured import LINKS

    parts, shared = [one.split(" ") for one in words], 0
    while len(parts) > 1 and all(len(part) > shared + 1 and part[shared] == parts[0][shared] for part in parts):
        shared += 1
        if parts[0][shared - 1].endswith(","):
            break
    while shared and parts[0][shared - 1] in LINKS:  # no title ends so
        shared -= 1
    return [" ".join(part) for part in (parts[0][:shared], *(part[shared:] for part in parts))]


def measures_text(found: Sequence[Measure], paper: Paper) -> Text:
    """Measures, a line each."""
    from quizapp.lab.measured import measure_lines

    text = Text()
    for words, shown in measure_lines(found, paper.width):
        text.append(f"{words}  ").append(f"{shown}\n", "bold")
    return text


def below_text(others: Sequence[Text], rest: Sequence[Measure], now: Experiment, paper: Paper) -> Text:
    """What stands below the chart that is about the measure: the `others`, the `rest` of the measures, the runs."""
    text = Text("\n").join([*others, Text()]) if others else Text()
    if rest:
        text.append("\n").append(measures_text(rest, paper))
    if now.sweep is None or _turned(now.runs) != [now.sweep.knob.name]:  # else its lines say it
        text.append(runs_table(now.runs, now.asked(now.runs[-1].result) if now.runs else "", paper))
    if now.last is not None and now.last.dropped:
        text.append(f"\n{tell('demo.dropped', n=now.last.dropped).says(paper.language)}", "dim")
    text.rstrip()
    return text


def runs_table(runs: Sequence[Ran], asked: str, paper: Paper) -> Text:
    """The runs of this sitting, a row each, equal ones once: the knobs in which they differ, the measure `asked` for,
    which is there at any width, then those that changed, then the others, as many as fit, and how many do not. A head
    takes up to three rows, where one is not enough. The row of the last run is bold. Two stand above, as what is and
    what was."""
    from quizapp.draw.names import in_words
    from quizapp.lab.measured import measures

    last = runs[-1] if runs else None
    runs = [run for place, run in enumerate(runs) if run not in runs[:place]]
    if len(runs) < 3:
        return Text()
    turned = _turned(runs)
    found = [{one.name: one for one in measures(run.result, paper.labels)} for run in runs]
    words = {name: one.words for of_run in found for name, one in of_run.items()}
    shown = {name: [of_run[name].shown if name in of_run else "" for of_run in found] for name in words}
    names = sorted(words, key=lambda name: (name != clean(asked), len({*shown[name]}) == 1))
    columns = [["#", *map(str, range(1, len(runs) + 1))]]
    for name in turned:
        turned_to = (run.knobs.get(name, "") for run in runs)
        values = [f"{value}".lower() if isinstance(value, bool) else f"{value}" for value in turned_to]
        columns.append(
            [in_words(name, paper.labels), *(in_words(v, paper.labels) if v in paper.labels else v for v in values)]
        )
    columns += [[words[name], *shown[name]] for name in names]
    asked_at = len(turned) + 1  # has room before a knob has
    order = sorted(range(len(columns)), key=lambda at: (at not in (0, asked_at), at))
    laid: list[list[str]] = []
    for rows in range(1, _HEAD_ROWS + 1):
        as_high = [_column(head, cells, rows) for head, *cells in columns]
        wide = accumulate(cell_len(as_high[at][0]) + 2 for at in order)
        kept = {at for at, used in zip(order, wide, strict=True) if used - 2 <= paper.width}
        if len(kept) > len(laid):
            laid = [column for at, column in enumerate(as_high) if at in kept]
    text = Text("\n").append(tell("demo.runs").says(paper.language), "bold")
    if left := len(columns) - len(laid):
        text.append(f"  {tell('demo.columns_more', n=left).says(paper.language)}", "dim")
    text.append("\n")
    for place, row in enumerate(zip(*laid, strict=True), 1 + len(runs) - len(laid[0])):
        style = "dim" if place <= 0 else "bold" if runs[place - 1] == last else ""
        text.append("  ".join(row).rstrip() + "\n", style)
    return text


def _turned(runs: Sequence[Ran]) -> list[str]:
    """The knobs in which some runs differ."""
    return [name for name in runs[-1].knobs if len({repr(run.knobs.get(name)) for run in runs}) > 1] if runs else []


def _column(head: str, cells: Sequence[str], rows: int) -> list[str]:
    """A column as narrow as it can be with its head in so many rows, cut in no word, at the right."""
    width, cuts = max(map(cell_len, cells)), list[int]()
    while cell_len(head) > width:
        cuts = breaks(head, width)
        if len(cuts) < rows and all(head[at - 1] == " " or not head[at - 1 : at + 1].isascii() for at in cuts):
            break
        width, cuts = width + 1, []
    pieces = [head[a:b].rstrip() for a, b in pairwise([0, *cuts, len(head)])]
    return [at_right_of(cell, width) for cell in [*[""] * (rows - len(pieces)), *pieces, *cells]]
