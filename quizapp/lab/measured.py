"""What a run measured: which of its values are numbers, and which are drawn. Nothing else decides this."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeGuard

from quizapp.draw.chart import Drawable
from quizapp.draw.numbers import with_unit
from quizapp.words import clean


class Measure(NamedTuple):
    """A number of a result: its name, cleaned, and its value, also as it is shown, with its unit."""

    name: str
    value: float
    shown: str


def is_measure(value: object) -> TypeGuard[int | float]:
    """Whether a value of a result is a number."""
    return isinstance(value, int | float)


def measures(result: Mapping[str, Any] | None) -> list[Measure]:
    """The numbers of a result, in its order."""
    found = (result or {}).items()
    return [Measure(clean(name), value, with_unit(name, value)) for name, value in found if is_measure(value)]


def charts(result: Mapping[str, Any] | None) -> list[tuple[str, Drawable]]:
    """What of a result is drawn, in its order: the name, and the value as `draw.chart.chart` takes it."""
    return [(name, value) for name, value in (result or {}).items() if isinstance(value, list | Mapping)]
