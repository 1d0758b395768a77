"""What `main` returned, made plain: numbers, lists and labels that JSON can hold. Runs in the demo's process.

Torch and numpy are known by their `tolist`, never imported. Standard library only.
"""

import math
from collections.abc import Sized
from itertools import islice

MAX_NUMBERS = 20_000  # of one value: more than any chart can show
MAX_IN_ALL = 200_000
MAX_NAME = 200  # characters
MAX_MEASURES, MAX_CHARTS = 50, 12  # what a person can take in, and a screen can draw without a wait
MAX_LABELS, MAX_LINES = 300, 8  # of one chart; there are as many markers
MAX_SEEN = 1_000  # what comes after it is not looked at: by then there are too many, or hardly any that is good

Plain = float | list[float] | dict[str, float] | dict[str, list[float] | list[str]]


class ShapeError(Exception):
    """What a value is that the contract does not know."""


def usable(returned: object) -> tuple[dict[str, Plain] | None, str | None]:
    """The values of `returned` that the contract knows, and a sentence about the first one that it does not.

    A number is a measure, a list of numbers a series, {label: number} bars, {"x": [...], name: [...]} lines.
    """
    if not isinstance(returned, dict):
        return None, f'main() returned {_kind(returned)}; it must return a dict, such as {{"accuracy_pct": 93.1}}'
    if not returned:
        return None, 'main() returned an empty dict; it must hold what was measured, such as {"accuracy_pct": 93.1}'
    result: dict[str, Plain] = {}
    fault: str | None = None
    left, measures, charts = MAX_IN_ALL, 0, 0
    for name, value in islice(returned.items(), MAX_SEEN):
        try:
            if not isinstance(name, str):
                raise ShapeError(f"is named by {_kind(name)}; a value is named by a string")
            kept = _value(value)
            drawn = isinstance(kept, dict | list)
            measures, charts = measures + (not drawn), charts + drawn
            if measures > MAX_MEASURES or charts > MAX_CHARTS:
                fault = (
                    fault
                    or f"main() returned more than {MAX_MEASURES} numbers or {MAX_CHARTS} charts; the first are kept"
                )
                measures, charts = min(measures, MAX_MEASURES), min(charts, MAX_CHARTS)
                continue
            left -= _count(kept)
            if left < 0:
                raise ShapeError(f"and those before it hold more than {MAX_IN_ALL:,} values; thin them out")
            result[name[:MAX_NAME]] = kept
        except ShapeError as error:
            fault = fault or f"main() returned a value that cannot be used: {_short(name)} {error}"
    return result, fault


def _value(value: object) -> Plain:
    value = _listed(value)
    if isinstance(value, dict):
        if "x" in value:
            return _lines(value)
        _few(value, MAX_LABELS, "labels")
        return {_label(label): _number(item) for label, item in value.items()}
    return _numbers(value) if isinstance(value, list) else _number(value)


def _count(value: Plain) -> int:
    if isinstance(value, dict):
        return sum(len(item) if isinstance(item, list) else 1 for item in value.values())
    return len(value) if isinstance(value, list) else 1


def _lines(value: dict[object, object]) -> dict[str, list[float] | list[str]]:
    """{"x": [...], name: [...]}: lists of one length, x of numbers or of labels."""
    lines: dict[str, list[float] | list[str]] = {}
    _few(value, MAX_LINES + 1, "lines")
    for name, item in value.items():
        items = _listed(item)
        if not isinstance(items, list):
            raise ShapeError(
                f'has "x", so it is lines, but {_short(name)} in it is {_kind(item)}, not a list of numbers'
            )
        if name == "x" and items and all(isinstance(x, str) for x in items):
            _few(items, MAX_LABELS, "labels")
            lines["x"] = [_label(x) for x in items]
        else:
            lines[_label(name)] = _numbers(items)
    wrong = next((name for name in lines if len(lines[name]) != len(lines["x"])), None)
    if wrong is not None:
        raise ShapeError(f'has {len(lines["x"])} values in "x" and {len(lines[wrong])} in {_short(wrong)}')
    if len(lines) < 2:
        raise ShapeError('has "x" and no line beside it')
    return lines


def _few(items: Sized, most: int, things: str) -> None:
    if len(items) > most:
        raise ShapeError(f"has {len(items):,} {things}; at most {most} can be drawn, so thin it out")


def _numbers(items: list[object]) -> list[float]:
    if len(items) > MAX_NUMBERS:
        raise ShapeError(f"holds {len(items):,} values; at most {MAX_NUMBERS:,} can be kept, so thin it out")
    return [_number(item) for item in items]


def _number(value: object) -> float:
    value = _listed(value)
    if isinstance(value, bool | int):
        return int(value) if abs(value) < 2**53 else _finite(value)
    if isinstance(value, list):
        raise ShapeError("is a list in a list; a series is a flat list of numbers")
    if isinstance(value, str | bytes | complex) or not hasattr(value, "__float__"):
        raise ShapeError(f"is {_kind(value)}, neither a number, a list of numbers nor a dict of them")
    return _finite(value)


def _finite(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = math.inf
    except Exception as error:
        raise ShapeError(f"is {_kind(value)} that is no number: {_short(error)}") from None
    if not math.isfinite(number):
        raise ShapeError(f"is {number} or holds it; a measure must be finite")
    return number


def _listed(value: object) -> object:
    """Tensors, arrays and their scalars as lists and numbers; tuples and ranges as lists."""
    if isinstance(value, tuple | range):
        return list(value)
    tolist = getattr(value, "tolist", None)
    if tolist is None or isinstance(value, type):
        return value
    try:
        size = getattr(value, "size", None)  # numpy's is a number, torch's a method
        count = size if isinstance(size, int) else getattr(value, "numel", int)()
        if count > MAX_NUMBERS:
            raise ShapeError(f"holds {count:,} values; at most {MAX_NUMBERS:,} can be kept, so thin it out")
        listed: object = tolist()
    except ShapeError:
        raise
    except Exception as error:
        raise ShapeError(f"is {_kind(value)} that cannot be read: {_short(error)}") from None
    return listed


def _label(label: object) -> str:
    if isinstance(label, str):
        return label[:MAX_NAME]
    if isinstance(label, bool) or not isinstance(label, int | float):
        raise ShapeError(f"is labelled by {_kind(label)}; a label is a string or a number")
    return f"{label:g}"


def _kind(value: object) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _short(value: object) -> str:
    text = str(value).strip().split("\n")[0]
    return text if len(text) <= 80 else text[:79] + "…"
