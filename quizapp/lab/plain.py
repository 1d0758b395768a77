"""A value of a run as the app has it: made by `crossing`, read without running or unpickling anything.

It may be forged: what does not hold what it declares is an `PlainOther`.
"""

import math
import struct

import msgspec

from quizapp.words import clean

# The letter of `struct` for a dtype, and how many numbers are one entry; any other crosses as float32
_LETTERS = {"float64": "d", "float32": "f", "float16": "e", "bfloat16": "H", "int64": "q", "int32": "i", "int16": "h"}
_LETTERS |= {"int8": "b", "uint8": "B", "bool": "?", "complex64": "f", "complex128": "d"}
_DESCRIBED = 300  # characters of a call


class PlainOne(msgspec.Struct, frozen=True, array_like=True, tag="one"):
    """None, a bool, a number or a text: its type and how it is written, a float as `float.hex` does."""

    kind: str
    text: str


class PlainRow(msgspec.Struct, frozen=True, array_like=True, tag="row"):
    """A list or a tuple."""

    kind: str
    items: "tuple[PlainValue, ...]"


class PlainMap(msgspec.Struct, frozen=True, array_like=True, tag="map"):
    """A dict, its keys as text."""

    items: "tuple[tuple[str, PlainValue], ...]"


class PlainTensor(msgspec.Struct, frozen=True, array_like=True, tag="tensor"):
    """A tensor: its dtype, its shape, its numbers one after the other. Those of numpy have a dtype `numpy.float32`."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes

    @property
    def entries(self) -> int:
        return math.prod(self.shape)

    def numbers(self) -> tuple[float, ...] | None:
        """The entries, complex ones as two; None if there are not as many as the shape says."""
        name = self.dtype.removeprefix("numpy.")
        letter, each = _LETTERS.get(name, "f"), 2 if name.startswith("complex") else 1
        size = struct.calcsize(letter) * each
        if any(length < 0 for length in self.shape) or len(self.data) != self.entries * size:
            return None
        numbers = struct.unpack(f"={self.entries * each}{letter}", self.data)
        if name == "bfloat16":
            wide = struct.pack(f"={self.entries}I", *(number << 16 for number in numbers))
            return struct.unpack(f"={self.entries}f", wide)
        return numbers


class PlainOther(msgspec.Struct, frozen=True, array_like=True, tag="other"):
    """Anything else, by the name of its type."""

    kind: str


PlainValue = PlainOne | PlainRow | PlainMap | PlainTensor | PlainOther


def in_short(value: PlainValue) -> str:
    """A value in a few words, as in `tensor(3, 5)`, `tensor(3,) int64` or `0.7`."""
    return clean(_short(value))[:_DESCRIBED]


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python writes it: `(3,)`, where torch prints a number 3 as `tensor(3)`."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _short(value: PlainValue) -> str:
    match value:
        case PlainTensor(dtype=dtype, shape=shape):
            kind = "array" if dtype.startswith("numpy.") else "tensor"
            name = dtype.removeprefix("numpy.")
            return f"{kind}{shape_text(shape)}" + ("" if name == "float32" else f" {name}")
        case PlainOne(kind="float"):
            return number_text(number_of(value))
        case PlainOne(kind="str", text=text):
            return repr(text[:40])
        case PlainOne(text=text):
            return text[:40]
        case PlainRow(kind=kind, items=items):
            inner = ", ".join(_short(item)[:_DESCRIBED] for item in items[:4]) + (", …" if len(items) > 4 else "")
            return f"({inner})" if kind == "tuple" else f"[{inner}]"
        case PlainMap(items=items):
            inner = ", ".join(f"{name}: {_short(item)[:_DESCRIBED]}" for name, item in items[:4])
            return f"{{{inner}{', …' if len(items) > 4 else ''}}}"
        case PlainOther(kind=kind):
            return kind


def number_of(one: PlainOne) -> float:
    """What an int or a float is; nan for what is none."""
    try:
        return float(int(one.text)) if one.kind == "int" else float.fromhex(one.text)
    except (ValueError, OverflowError):
        return math.nan


def number_text(number: float) -> str:
    """A number as a verdict shows it."""
    return repr(float(f"{number:.5g}")) if isinstance(number, float) else str(number)


def call_of(name: str, arguments: tuple[tuple[str, PlainValue], ...]) -> str:
    """A call with its arguments' shapes: `kd_loss(student=tensor(3, 5), T=2)`."""
    said = ", ".join(f"{clean(word)}={in_short(value)}" for word, value in arguments)
    return f"{name}({said})"
