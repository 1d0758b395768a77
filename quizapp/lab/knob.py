"""A knob: one typed keyword parameter of a demo's `main`, what it may be, and how it is typed and shown."""

import ast
import math
import re
from decimal import Decimal
from typing import Literal

import msgspec

from quizapp.draw.names import SEED
from quizapp.texts import Sentence, UserError, listing, tell
from quizapp.words import clean

KnobValue = int | float | bool | str

MAX_STEPS = 10_000  # a finer range is a typo
MAX_CHOICES, MAX_CHOICE = 100, 100  # how many, and characters of one


class KnobError(UserError):
    """Why a parameter is no knob, and the line it is about."""

    def __init__(self, sentence: Sentence, line: int) -> None:
        super().__init__(sentence)
        self.line = line


class NotTaken(UserError, ValueError):
    """A script has no such knob, or the knob does not take such a value."""


class Knob(msgspec.Struct, frozen=True):
    """What a parameter may be. An int or float has `low`, `high` and `step`; `high` is included, and None is no end."""

    name: str
    kind: Literal["int", "float", "choice", "bool"]
    default: KnobValue
    choices: tuple[KnobValue, ...] = ()
    low: int | float | None = None
    high: int | float | None = None
    step: int | float | None = None

    def parse(self, text: str) -> KnobValue:
        """The value that `text` means. Raises NotTaken, which names what is allowed."""
        value = self._value(text.strip())
        if value is None:
            shown = clean(text).replace("\n", " ")
            shown = shown if len(shown) <= 40 else shown[:39] + "…"
            raise NotTaken(tell("lab.knob.not_taken", name=self.name, allowed=self.allowed(), text=shown))
        return value

    def show(self, value: KnobValue) -> str:
        """`value` as `parse` takes it."""
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"{value:.10g}" if isinstance(value, float) else str(value)

    def on_axis(self, value: KnobValue) -> float | str:
        """`value` as it stands along the axis of a chart: a number, or the label of a choice or switch."""
        return value if self.kind in ("int", "float") and not isinstance(value, str) else self.show(value)

    def allowed(self) -> Sentence:
        """What it takes, in words: "a whole number from 2 to 8"."""
        if self.kind == "bool":
            return tell("lab.knob.takes_bool")
        if self.kind == "choice":
            return tell("lab.knob.takes_choice", choices=listing([self.show(choice) for choice in self.choices], "or"))
        assert self.low is not None and self.step is not None
        low, step = self.show(self.low), self.show(self.step)
        if self.high is None:
            return tell("lab.knob.takes_whole_up", low=low)
        high = self.show(self.high)
        if self.kind == "float":
            return tell("lab.knob.takes_number", low=low, high=high, step=step)
        if self.step == 1:
            return tell("lab.knob.takes_whole", low=low, high=high)
        return tell("lab.knob.takes_whole_steps", low=low, high=high, step=step)

    def values(self) -> tuple[KnobValue, ...]:
        """All that it can be, in order; of a knob without an end the first ten."""
        if self.kind in ("choice", "bool"):
            return self.choices
        return tuple(self._at(k) for k in range(10 if self.high is None else self._steps() + 1))

    def _value(self, text: str) -> KnobValue | None:
        if self.kind == "bool":
            return _BOOLS.get(text.lower())
        if self.kind == "choice":
            return next((choice for choice in self.choices if self.show(choice) == text), None)
        number = _number(text, whole=self.kind == "int")
        if number is None:
            return None
        assert self.low is not None and self.step is not None
        whole = self.kind == "int"  # and exact, however large
        k = int((number - self.low) // self.step) if whole else round((number - self.low) / self.step)
        if k < 0 or (self.high is not None and k > self._steps()):
            return None
        value = self._at(k)
        if whole:
            return value if value == number else None
        return value if math.isclose(value, number, rel_tol=1e-9, abs_tol=abs(self.step) * 1e-6) else None

    def _steps(self) -> int:
        assert self.low is not None and self.high is not None and self.step is not None
        return round((self.high - self.low) / self.step)

    def _at(self, k: int) -> int | float:
        """low + k steps, as one would write it: 0.15, not 0.15000000000000002."""
        assert self.low is not None and self.step is not None
        if self.kind == "int":
            return int(self.low + k * self.step)
        return float(Decimal(repr(self.low)) + k * Decimal(repr(self.step)))


_BOOLS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def _number(text: str, *, whole: bool) -> int | float | None:
    if whole:
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", text, re.IGNORECASE):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def knob_of(arg: ast.arg, default: ast.expr | None) -> Knob:
    """The knob that a parameter of `main` is. Raises KnobError, which says how to write one."""
    name, line = arg.arg, arg.lineno
    if default is None:
        raise KnobError(tell("lab.knob.no_default", name=name), line)
    form = arg.annotation
    if isinstance(form, ast.Constant) and isinstance(form.value, str):
        try:
            form = ast.parse(form.value, mode="eval").body
        except SyntaxError:
            form = None
    knob = _typed(name, line, form, _constant(default))
    value = _constant(default)
    if knob.kind == "float" and type(value) is int:
        value = float(value)
    taken = knob._value(knob.show(value)) if isinstance(value, bool | int | float | str) else None
    if taken is None or taken != value or type(taken) is not type(value):
        raise KnobError(tell("lab.knob.other_default", name=name, allowed=knob.allowed()), line)
    return msgspec.structs.replace(knob, default=taken)


def _typed(name: str, line: int, form: ast.expr | None, default: object) -> Knob:
    kind = _tail(form)
    if kind == "bool":
        return Knob(name, "bool", False, choices=(False, True))
    if kind == "int" and name == SEED:
        return Knob(name, "int", 0, low=0, step=1)
    if isinstance(form, ast.Subscript):
        inside = form.slice.elts if isinstance(form.slice, ast.Tuple) else [form.slice]
        if _tail(form.value) == "Literal":
            return _choice(name, line, inside)
        if _tail(form.value) == "Annotated" and _tail(inside[0]) == "int" and len(inside) == 2:
            return _whole(name, line, inside[1])
        if _tail(form.value) == "Annotated" and _tail(inside[0]) == "float" and len(inside) == 4:
            return _real(name, line, inside[1:])
    raise KnobError(tell("lab.knob.no_such_type", name=name), line)


def _choice(name: str, line: int, inside: list[ast.expr]) -> Knob:
    choices = tuple(_constant(item) for item in inside)
    if not all(isinstance(choice, str | int | bool) for choice in choices):
        raise KnobError(tell("lab.knob.choices_not_written", name=name), line)
    knob = Knob(name, "choice", "", choices=tuple(c for c in choices if isinstance(c, str | int | bool)))
    shown = [knob.show(choice) for choice in knob.choices]
    if len(shown) > MAX_CHOICES or any(len(text) > MAX_CHOICE for text in shown):
        raise KnobError(tell("lab.knob.many_choices", name=name, most=MAX_CHOICES), line)
    if len(set(shown)) < len(shown) or any(text != clean(text).strip() or not text for text in shown):
        raise KnobError(tell("lab.knob.like_choices", name=name), line)
    return knob


def _whole(name: str, line: int, form: ast.expr) -> Knob:
    ends = [_constant(item) for item in form.args] if isinstance(form, ast.Call) and _tail(form.func) == "range" else []
    whole = [end for end in ends if type(end) is int]
    if not 1 <= len(ends) <= 3 or len(whole) < len(ends) or (len(whole) == 3 and whole[2] < 1):
        raise KnobError(tell("lab.knob.range_not_written", name=name), line)
    values = range(*whole)
    if not 1 <= len(values) <= MAX_STEPS:
        raise KnobError(tell("lab.knob.range_size", name=name, most=MAX_STEPS, n=len(values)), line)
    return Knob(name, "int", values[0], low=values[0], high=values[-1], step=values.step)


def _real(name: str, line: int, form: list[ast.expr]) -> Knob:
    low, high, step = (float(end) if type(end := _constant(item)) in (int, float) else math.nan for item in form)  # type: ignore[arg-type]
    steps = (high - low) / step if step else math.nan
    if not (math.isfinite(steps) and step > 0 and 0 <= steps <= MAX_STEPS and abs(steps - round(steps)) < 1e-6):
        raise KnobError(tell("lab.knob.float_range", name=name), line)
    return Knob(name, "float", low, low=low, high=high, step=step)


def _tail(node: ast.expr | None) -> str:
    """The last part of a dotted name: `Literal` of `typing.Literal`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _constant(node: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return value
