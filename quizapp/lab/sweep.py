"""A sweep: the same demo once for each value of one knob."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from quizapp.draw.names import NO_LABELS, Labels, unit_of
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.measured import is_measure, kind_words, signs, told_apart
from quizapp.lab.run import Finished, Limits, run
from quizapp.lab.script import Script
from quizapp.lab.start import Launcher

MOST_TOGETHER = 4  # lines in one chart: more lie over each other
_LEAST_SPAN = 0.08  # of a chart's height that its first line takes: what lies far from it has a chart of its own


class SweepPoint(msgspec.Struct, frozen=True):
    """One run of a sweep."""

    value: KnobValue
    finished: Finished


class Sweep(msgspec.Struct, frozen=True):
    """The points measured so far of a sweep over `knob`; `over` when there come no more."""

    knob: Knob
    points: tuple[SweepPoint, ...] = ()
    over: bool = False

    def together(self, asked: str, labels: Labels = NO_LABELS) -> list[tuple[str, ...]]:
        """What was measured, by what is drawn in one chart: a few measures of one unit and kind that can be read
        beside each other, the first those among which is the one that was `asked` about, else the one
        that varies most, relative to its size; what is the same at every value comes last."""
        lines = curves(self.points, self.knob)
        moves = {name: _moves(line[name]) for name, line in lines.items()}
        found: list[list[str]] = []
        for name in sorted(lines, key=lambda name: (name != asked, -moves[name])):
            unit, kind = unit_of(name, labels), kind_words(name, labels)
            room = (
                names
                for names in found
                if unit_of(names[0], labels) == unit and kind & kind_words(names[0], labels)
                if len(names) < MOST_TOGETHER and _readable([lines[one][one] for one in (*names, name)])
            )
            if (names := next(room, None)) is None:
                found.append([name])
            else:
                names.append(name)
        found.sort(key=lambda names: not any(told_apart(name, *_ends(lines[name][name]), labels) for name in names))
        return [tuple(name for name in lines if name in names) for names in found]

    def same(self, names: Sequence[str], labels: Labels = NO_LABELS) -> bool:
        """Whether none of these measures varies with the knob, as far as one can tell."""
        lines = self.lines(names)
        found = {name: [value for value in lines[name] if value is not None] for name in names}
        return not any(values and told_apart(name, *_ends(values), labels) for name, values in found.items())

    def signs(self, labels: Labels = NO_LABELS) -> dict[str, int]:
        """The sign of each measure, by its words: that of the runs."""
        return signs(next((one.finished.result for one in self.points if one.finished.result), None), labels)

    def lines(self, names: Sequence[str]) -> dict[str, list[Any]]:
        """These measures over the knob, as `draw.chart.chart` takes them; None where a point has no such number."""
        good = [point for point in self.points if point.finished.result is not None]
        found: dict[str, list[Any]] = {"x": [self.knob.on_axis(point.value) for point in good]}
        for name in names:
            values = ((point.finished.result or {}).get(name) for point in good)
            found[name] = [value if is_measure(value) else None for value in values]
        return found


def sweep_values(knob: Knob, most: int = 25) -> list[KnobValue]:
    """The values of a sweep over `knob`, in order: all that it has, or `most` spread evenly, its ends included."""
    values = knob.values()
    if len(values) <= most:
        return list(values)
    return [values[round(k * (len(values) - 1) / (most - 1))] for k in range(most)]


async def sweep(
    script: Script,
    knob: Knob,
    knobs: Mapping[str, KnobValue],
    on_point: Callable[[SweepPoint], None],
    *,
    limits: Limits | None = None,
    warm: Launcher | None = None,
) -> tuple[SweepPoint, ...]:
    """Run `script` for each of the `sweep_values` of `knob`, the other knobs as in `knobs`; each point is reported.

    Ends early if the first run gives no result: the others would not, either. Cancelling stops the run under way.
    """
    points: list[SweepPoint] = []
    for value in sweep_values(knob):
        finished = await run(script, {**knobs, knob.name: value}, lambda _: None, limits=limits, warm=warm)
        points.append(SweepPoint(value, finished))
        on_point(points[-1])
        if points[0].finished.result is None:
            break
    return tuple(points)


def curves(points: Sequence[SweepPoint], knob: Knob) -> dict[str, dict[str, list[Any]]]:
    """Each measure over the knob, as lines for `draw.chart.chart`: {measure: {"x": values, measure: numbers}}.

    A point that failed is left out. The values of a choice or switch are shown as labels.
    """
    found: dict[str, dict[str, list[Any]]] = {}
    for point in points:
        for name, measured in (point.finished.result or {}).items():
            if is_measure(measured):
                lines = found.setdefault(name, {"x": [], name: []})
                lines["x"].append(knob.on_axis(point.value))
                lines[name].append(measured)
    return found


def _readable(together: Sequence[Sequence[float]]) -> bool:
    """Whether the first of some lines, if it goes up or down at all, still does so in one chart with the others."""
    spans = [max(line) - min(line) for line in together]
    whole = max(map(max, together)) - min(map(min, together))
    return not spans[0] or spans[0] >= _LEAST_SPAN * whole


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _moves(values: Sequence[float]) -> float:
    """How far values are apart, as a share of the largest."""
    largest = max(map(abs, values), default=0.0)
    return (max(values) - min(values)) / largest if largest else 0.0
