"""A sweep: the same demo once for each value of one knob."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from quizapp.draw.names import NO_LABELS, Labels, unit_of
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.measured import is_measure
from quizapp.lab.run import Finished, Limits, run
from quizapp.lab.script import Script
from quizapp.lab.start import Launcher

MOST_TOGETHER = 3  # lines in one chart: more lie over each other


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
        """What was measured, by what is drawn in one chart: a few measures of one unit, the first those among which is
        the one that was `asked` about, else the one that varies most, relative to its size."""
        lines = curves(self.points, self.knob)
        moves = {name: _moves(line[name]) for name, line in lines.items()}
        by_unit: dict[str, list[str]] = {}
        for name in sorted(lines, key=lambda name: (name != asked, -moves[name])):
            by_unit.setdefault(unit_of(name, labels) or name, []).append(name)
        some = (
            names[at : at + MOST_TOGETHER] for names in by_unit.values() for at in range(0, len(names), MOST_TOGETHER)
        )
        return [tuple(name for name in lines if name in names) for names in some]

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


def _moves(values: Sequence[float]) -> float:
    """How far values are apart, as a share of the largest."""
    largest = max(map(abs, values), default=0.0)
    return (max(values) - min(values)) / largest if largest else 0.0
