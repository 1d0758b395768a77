"""A value on its way out of a candidate's process: tagged lists that JSON can hold, numbers as bytes with their dtype.

The other end is `plain`. Runs where the candidate has run: nothing that it made is asked whether it equals anything.
Imports torch where it is loaded.
"""

import sys
from base64 import b64encode
from typing import Any

MAX_CROSSED = 1_500_000  # bytes of numbers and texts of a run
MAX_DEPTH, MAX_ITEMS = 12, 2_000
_AS_THEY_ARE: tuple[str, ...] = (
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
)
_AS_THEY_ARE += ("complex64", "complex128")

Crossed = list[Any]


class TooMuch(Exception):
    """The values of a run are larger than what may cross."""


class Crossing:
    """Makes values plain, counting what they take."""

    def __init__(self) -> None:
        self.left = MAX_CROSSED

    def cross(self, value: object, depth: int = 0) -> Crossed:
        """`value` as `plain.PlainValue` reads it; what is neither numbers, text nor a row of them, by its type's name.
        Raises TooMuch."""
        kind = type(value)
        if value is None or kind is bool:
            return ["one", "NoneType" if value is None else "bool", str(value)]
        if kind is float:
            return ["one", "float", float.hex(value)]  # type: ignore[arg-type]
        if kind is int and int.bit_length(value) < 1000:  # type: ignore[arg-type]
            return ["one", "int", str(value)]
        if kind is str:
            return ["one", "str", self._paid(value[:MAX_ITEMS])]  # type: ignore[index]
        if kind in (list, tuple) and depth < MAX_DEPTH and len(value) <= MAX_ITEMS:  # type: ignore[arg-type]
            return ["row", kind.__name__, [self.cross(item, depth + 1) for item in value]]  # type: ignore[attr-defined]
        if kind is dict and depth < MAX_DEPTH and len(value) <= MAX_ITEMS:  # type: ignore[arg-type]
            items = value.items()  # type: ignore[attr-defined]
            return ["map", [[self._paid(_key(key)), self.cross(item, depth + 1)] for key, item in items]]
        return self._numbers(value) or ["other", kind.__name__[:100]]

    def _numbers(self, value: object) -> Crossed | None:
        """A tensor, a parameter, an array of numpy's or one of its numbers."""
        torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
        if torch is not None and isinstance(value, torch.Tensor):
            if value.layout is not torch.strided or value.device.type != "cpu":
                return ["other", f"{value.layout} tensor on {value.device}"]
            plain, name = (
                value.detach().resolve_conj().resolve_neg().contiguous(),
                str(value.dtype).removeprefix("torch."),
            )
            plain = plain if name in _AS_THEY_ARE else plain.float()
            self._pay(plain.numel() * plain.element_size())
            data = bytes(plain.reshape(-1).view(torch.uint8).numpy()) if plain.numel() else b""
            return ["tensor", name, list(value.shape), b64encode(data).decode()]
        if numpy is not None and isinstance(value, numpy.ndarray | numpy.generic):
            array = numpy.asarray(value)
            if array.dtype.kind not in "fiubc":
                return None
            name = array.dtype.name if array.dtype.name in _AS_THEY_ARE else ""
            data = numpy.ascontiguousarray(array if name else array.astype("float32")).tobytes()
            self._pay(len(data))
            return ["tensor", f"numpy.{array.dtype.name}", list(array.shape), b64encode(data).decode()]
        return None

    def _paid(self, text: str) -> str:
        self._pay(len(text))
        return text

    def _pay(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch


def _key(key: object) -> str:
    return key[:200] if type(key) is str else repr(key)[:200] if type(key) in (int, float, bool, tuple) else "?"
