"""Charts for a terminal: what a demo or a statistic found, as lines of text."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quizapp.draw.axis import Scale
from quizapp.draw.bars import draw_bars
from quizapp.draw.lines import LineChart, draw_lines, lines_of
from quizapp.draw.names import SEED, axis_name, in_words, measured_over, on_one_line
from quizapp.draw.numbers import finite_number
from quizapp.draw.paper import Paper
from quizapp.texts import tell

if TYPE_CHECKING:
    from rich.text import Text

Drawable = list[float] | Mapping[str, float] | Mapping[str, list[Any]]
"""A series; bars by label; or lines: {"x": numbers or labels, name: numbers as many, ...}."""
InHand = float | str | None


def chart(
    name: str, value: Drawable, paper: Paper, *, over: str = "", mark: InHand = None, scale: Scale | None = None
) -> "list[Text]":
    """`value`, called `name` as a result names it (`error_by_alpha`), in lines that fit on the paper.

    `over`: the knob along the axis, where the name does not say it: over the values of a choice one measure is drawn as
    bars, and over seeds there are points. `mark`: the value of it that is in hand; of bars the label. `scale`: of the
    values, where it is not to be found from them.
    """
    paper = paper.enough()
    if isinstance(value, Mapping) and not isinstance(value.get("x"), list):
        title, marked = axis_name(name, paper.labels), None if mark is None else str(mark)
        return draw_bars(title, name, value, paper, marked, scale) if value else _nothing(title, paper)
    measured, along = measured_over(name)
    named: dict[str, list[Any]] = dict(value) if isinstance(value, Mapping) else {measured: value}  # type: ignore[arg-type]
    x = named.pop("x", None) or list(range(len(value)))
    several = not measured and len(named) > 1 and bool(over or along)  # which the names of the lines say, once
    measured = measured or next(iter(named), "")
    title = title_of("" if several else measured, over or along, paper)
    drawn = lines_of(x, named, apart=SEED in (over, along))
    if not drawn:
        return _nothing(title, paper)
    labels = [on_one_line(str(one)) for one in x] if isinstance(x[0], str) else None
    if labels is not None and over and len(named) == 1:  # between the values of a choice there is nothing
        (values,) = named.values()
        return draw_bars(title, measured, dict(zip(labels, values, strict=False)), paper, str(mark), scale)
    if len(x) == 1 and not over:  # no line goes through one point; of a sweep there come more
        return draw_bars(title, measured, {line.name: line.ends_at[1] for line in drawn}, paper, None, scale)
    whole = labels is None and all(isinstance(one, int) for one in x)
    found = LineChart(title, drawn, measured, over or along, labels, whole, _marked(mark, x), scale)
    return draw_lines(found, paper)


def title_of(measured: str, over: str, paper: Paper) -> str:
    """What a chart is called: "errors over temperature"; of several measures "over temperature"."""
    words, along = in_words(measured, paper.labels), in_words(over, paper.labels)
    if not over:
        return words
    return tell("draw.over" if measured else "draw.all_over", measure=words, over=along).says(paper.language)


def _marked(mark: InHand, x: Sequence[object]) -> float | None:
    """Where the value in hand is, if it is one of the axis."""
    if isinstance(x[0], str):
        return float(x.index(str(mark))) if str(mark) in x else None
    number, numbers = finite_number(mark), [finite_number(one) for one in x]
    known = [one for one in numbers if one is not None]
    return number if number is not None and known and min(known) <= number <= max(known) else None


def _nothing(title: str, paper: Paper) -> "list[Text]":
    return [paper.line(title, "bold"), paper.line(tell("draw.no_values").says(paper.language), "dim")]
