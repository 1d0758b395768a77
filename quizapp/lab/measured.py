"""What a run measured: which of its values are numbers, and which are drawn. Nothing else decides this."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

from msgspec import Struct

from quizapp.draw.chart import Drawable
from quizapp.draw.lines import MARKERS
from quizapp.draw.names import NO_LABELS, Labels, in_words, measured_over, unit_of
from quizapp.draw.numbers import short_number, with_unit
from quizapp.draw.paper import at_right_of, fitted
from quizapp.lab.knob import KnobValue
from quizapp.words import clean

_WORD = re.compile(r"[a-z0-9_]{2,}")
LINKS = {"of", "the", "by", "at", "in", "with", "from", "than", "and", "for", "is", "all", "only", "after", "before"}
_DENIED = {"not", "no", "nothing", "never", "without"}
_TIMES_VARY = 0.2  # of the larger: less does not tell two times apart
_LEAST_SHARE = 0.001  # per cent: below it there is but rounding
_DIFFERENCES = {"saved", "gained", "gain", "gains", "more", "fewer"}


class Measure(NamedTuple):
    """A number of a result: its name, cleaned, and in words; its value, and as it is shown, with its unit."""

    name: str
    words: str
    value: float
    shown: str


class Ran(Struct, frozen=True):
    """A run that measured something: its knobs and its result."""

    knobs: Mapping[str, KnobValue]
    result: Mapping[str, Any]


def is_measure(value: object) -> TypeGuard[int | float]:
    """Whether a value of a result is a number."""
    return isinstance(value, int | float)


def told_apart(name: str, one: float, other: float, labels: Labels = NO_LABELS) -> bool:
    """Whether two values of a measure differ: as they are written, and by more than a clock varies by itself, or
    rounding leaves of a percentage."""
    if short_number(one) == short_number(other):
        return False
    if name in labels and labels[name].timed:
        return abs(one - other) > _TIMES_VARY * max(abs(one), abs(other))
    return unit_of(name, labels) != "%" or abs(one - other) >= _LEAST_SHARE


def measures(result: Mapping[str, Any] | None, labels: Labels = NO_LABELS) -> list[Measure]:
    """The numbers of a result, in its order."""
    found = (result or {}).items()
    return [
        Measure(clean(name), in_words(name, labels), value, with_unit(name, value, labels))
        for name, value in found
        if is_measure(value)
    ]


def charts(result: Mapping[str, Any] | None) -> list[tuple[str, Drawable]]:
    """What of a result is drawn, in its order: the name, and the value as `draw.chart.chart` takes it."""
    return [(name, value) for name, value in (result or {}).items() if isinstance(value, list | Mapping)]


def kind_words(name: str, labels: Labels = NO_LABELS) -> set[str]:
    """The English words that say what is measured, before the comma and what it is of: of "error, AWQ" only "error". A
    difference is no error: of "errors saved" it is "saved"."""
    words = {*_WORD.findall(in_words(name, labels).partition(",")[0].lower())} - LINKS
    return words & _DIFFERENCES or words


def signs(result: Mapping[str, Any] | None, labels: Labels = NO_LABELS) -> dict[str, int]:
    """Which sign each measure and each line of a result has wherever it is drawn, by its words: measures of one unit,
    which are drawn together, differ, and so do the lines of one chart. A line that is a measure's has the same."""
    found: dict[str, int] = {}
    units: dict[str, list[str]] = {}
    for name in (name for name, value in (result or {}).items() if is_measure(value)):
        of_unit, kind = units.setdefault(unit_of(name, labels), []), kind_words(name, labels)
        words = in_words(name, labels)
        alike = (one for one in of_unit if kind & kind_words(one, labels) or not words.isascii())
        beside = {found[in_words(one, labels)] for one in alike}
        found[words] = next((sign for sign in range(len(MARKERS)) if sign not in beside), 0)
        of_unit.append(name)
    for name, value in charts(result):
        if not isinstance(value, Mapping) or is_bars(value):
            continue
        over = measured_over(name)[0]
        known = [one for one in units.get(unit_of(over, labels), []) if _is_of(one, in_words(over, labels), labels)]
        lines = [in_words(one, labels) for one in value if one != "x"]
        taken = {found[line] for line in lines if line in found}
        for line in lines:
            if line not in found:
                sign = found.get(_measure_of(line, [in_words(one, labels) for one in known]))
                free = (one for one in range(len(MARKERS)) if one not in taken)
                found[line] = sign if sign is not None and sign not in taken else next(free, 0)
                taken.add(found[line])
    return found


def _is_of(measure: str, over: str, labels: Labels) -> bool:
    """Whether a measure may be in a chart that is called `over`; in Chinese its unit says it."""
    return not over.isascii() or bool(kind_words(measure, labels) & _words(over))


def _measure_of(line: str, known: Sequence[str]) -> str:
    """Which of some measures, by their words, a line is: all that it is called is said of it, and the least besides."""
    told = [one for one in known if (_words(line) <= _words(one) if line.isascii() else line in one)]
    told = [one for one in told if not (_words(one) - _words(line)) & _DENIED]
    return min(told, key=len, default="")


def in_hand(name: str, knobs: Mapping[str, KnobValue]) -> float | str | None:
    """The value to mark in the chart `name` of a run with these knobs: `accuracy_by_bits` is over the knob `bits`."""
    value = knobs.get(measured_over(name)[1])
    return None if isinstance(value, bool) else value


def charts_for(measure: str, result: Mapping[str, Any] | None) -> list[tuple[str, Drawable]]:
    """The charts of a result, the one that shows `measure` best before the others."""
    found = charts(result)
    best = max(found, key=lambda one: _shows(measure, result, *one), default=None)
    return [] if best is None else [best, *(one for one in found if one is not best)]


def is_bars(value: Drawable) -> bool:
    """Whether a chart is one of bars, each with its number."""
    return isinstance(value, Mapping) and not isinstance(value.get("x"), list)


def in_bars(measure: str, result: Mapping[str, Any] | None) -> frozenset[str]:
    """The measures whose numbers stand beside the bars of the chart that shows `measure` best."""
    for _, value in charts_for(measure, result)[:1]:
        if isinstance(value, Mapping) and is_bars(value):
            return frozenset(
                clean(name) for name, one in (result or {}).items() if is_measure(one) and one in value.values()
            )
    return frozenset()


def is_named(measure: str, result: Mapping[str, Any] | None, name: str, value: Drawable) -> bool:
    """Whether that chart is one of `measure`: it holds its value or speaks of it."""
    has_it, alike, same_unit = _shows(measure, result, name, value)
    return alike > 1 or (has_it and (alike > 0 or same_unit))


def _shows(measure: str, result: Mapping[str, Any] | None, name: str, value: Drawable) -> tuple[bool, int, bool]:
    """How well a chart shows a measure: whether its value stands in it, how many words of its name, its unit."""
    over, wanted = measured_over(name)[0], _words(measure)
    parts = [part for part in value if part != "x"] if isinstance(value, Mapping) else []
    if not isinstance(value, Mapping):
        numbers: Sequence[object] = value
    elif isinstance(value.get("x"), list):
        numbers = [number for part in parts for number in value[part]]  # type: ignore[union-attr]
    else:
        numbers = list(value.values())
    alike = len(wanted & _words(over)) + max((len(wanted & _words(part)) for part in parts), default=0)
    return (result or {}).get(measure) in numbers, alike, unit_of(over) == unit_of(measure)


def _words(name: str) -> set[str]:
    return set(in_words(name).lower().replace(",", " ").split())


def measure_lines(found: Sequence[Measure], width: int = 1000) -> list[tuple[str, str]]:
    """Measures under each other, in at most `width` cells and two between: what each is called, in as many cells, and
    its value at the right."""
    from rich.cells import cell_len

    left, right = (
        max(map(cell_len, column), default=0) for column in ([one.words for one in found], [one.shown for one in found])
    )
    left = min(left, max(8, width - right - 2))
    return [(fitted(one.words, left, "…"), at_right_of(one.shown, right)) for one in found]
