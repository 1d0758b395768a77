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

ShapeCode = dict[str, str | int]
Plain = float | list[float] | dict[str, float] | dict[str, list[float] | list[str]]


class ShapeError(Exception):
    """What a value is that the contract does not know: the code of `lab.value.CODE`, and its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def usable(returned: object) -> tuple[dict[str, Plain] | None, ShapeCode | None]:
    """The values of `returned` that the contract knows, and a code, as `codes` takes it, for the first one that it does
    not.

    A number is a measure, a list of numbers a series, {label: number} bars, {"x": [...], name: [...]} lines.
    """
    if not isinstance(returned, dict):
        return None, {"code": "no_dict", "kind": _kind(returned)}
    if not returned:
        return None, {"code": "empty"}
    result: dict[str, Plain] = {}
    fault: ShapeCode | None = None
    left, measures, charts = MAX_IN_ALL, 0, 0
    for name, value in islice(returned.items(), MAX_SEEN):
        try:
            if not isinstance(name, str):
                raise ShapeError("named", kind=_kind(name))
            kept = _value(value)
            drawn = isinstance(kept, dict | list)
            measures, charts = measures + (not drawn), charts + drawn
            if measures > MAX_MEASURES or charts > MAX_CHARTS:
                fault = fault or {"code": "many_values", "measures": MAX_MEASURES, "charts": MAX_CHARTS}
                measures, charts = min(measures, MAX_MEASURES), min(charts, MAX_CHARTS)
                continue
            left -= _count(kept)
            if left < 0:
                raise ShapeError("too_much", most=MAX_IN_ALL)
            result[name[:MAX_NAME]] = kept
        except ShapeError as error:
            fault = fault or {"code": "value", "why": error.code, "name": _short(name), **error.params}
    return result, fault


def _value(value: object) -> Plain:
    value = _listed(value)
    if isinstance(value, dict):
        if "x" in value:
            return _lines(value)
        _few(value, MAX_LABELS, "many_labels")
        return {_label(label): _number(item) for label, item in value.items()}
    return _numbers(value) if isinstance(value, list) else _number(value)


def _count(value: Plain) -> int:
    if isinstance(value, dict):
        return sum(len(item) if isinstance(item, list) else 1 for item in value.values())
    return len(value) if isinstance(value, list) else 1


def _lines(value: dict[object, object]) -> dict[str, list[float] | list[str]]:
    """{"x": [...], name: [...]}: lists of one length, x of numbers or of labels."""
    lines: dict[str, list[float] | list[str]] = {}
    _few(value, MAX_LINES + 1, "many_lines")
    for name, item in value.items():
        items = _listed(item)
        if not isinstance(items, list):
            raise ShapeError("no_line", inner=_short(name), kind=_kind(item))
        if name == "x" and items and all(isinstance(x, str) for x in items):
            _few(items, MAX_LABELS, "many_labels")
            lines["x"] = [_label(x) for x in items]
        else:
            lines[_label(name)] = _numbers(items)
    wrong = next((name for name in lines if len(lines[name]) != len(lines["x"])), None)
    if wrong is not None:
        raise ShapeError("other_length", n=len(lines["x"]), other=len(lines[wrong]), inner=_short(wrong))
    if len(lines) < 2:
        raise ShapeError("only_x")
    return lines


def _few(items: Sized, most: int, code: str) -> None:
    if len(items) > most:
        raise ShapeError(code, n=len(items), most=most)


def _numbers(items: list[object]) -> list[float]:
    if len(items) > MAX_NUMBERS:
        raise ShapeError("many", n=len(items), most=MAX_NUMBERS)
    return [_number(item) for item in items]


def _number(value: object) -> float:
    value = _listed(value)
    if isinstance(value, bool | int):
        return int(value) if abs(value) < 2**53 else _finite(value)
    if isinstance(value, list):
        raise ShapeError("list_in_list")
    if isinstance(value, str | bytes | complex) or not hasattr(value, "__float__"):
        raise ShapeError("other_kind", kind=_kind(value))
    return _finite(value)


def _finite(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        number = math.inf
    except Exception as error:
        raise ShapeError("no_number", kind=_kind(value), error=_short(error)) from None
    if not math.isfinite(number):
        raise ShapeError("infinite", number=str(number))
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
            raise ShapeError("many", n=count, most=MAX_NUMBERS)
        listed: object = tolist()
    except ShapeError:
        raise
    except Exception as error:
        raise ShapeError("unreadable", kind=_kind(value), error=_short(error)) from None
    return listed


def _label(label: object) -> str:
    if isinstance(label, str):
        return label[:MAX_NAME]
    if isinstance(label, bool) or not isinstance(label, int | float):
        raise ShapeError("labelled", kind=_kind(label))
    return f"{label:g}"


def _kind(value: object) -> str:
    return type(value).__name__


def _short(value: object) -> str:
    text = str(value).strip().split("\n")[0]
    return text if len(text) <= 80 else text[:79] + "…"
