"""In what a result is not the expected one: kind, shape, dtype, values. PlainValue data on both sides; nothing runs.

NaN equals NaN. How near is near stands in TOLERANCE, for the whole judge.
"""

import math
from collections.abc import Iterable, Sequence

from quizapp.lab.code_verdict import Difference
from quizapp.lab.plain import (
    PlainMap,
    PlainOne,
    PlainRow,
    PlainTensor,
    PlainValue,
    in_short,
    number_of,
    number_text,
    shape_text,
)
from quizapp.texts import Sentence, tell
from quizapp.words import clean

# By dtype: of the expected entry, of the largest entry (what is added up in another order differs by so much), and for
# what is expected to be nothing. Python's floats may come from float32. Whole numbers are exact.
TOLERANCE = {
    "float64": (1e-7, 1e-9, 1e-10),
    "complex128": (1e-7, 1e-9, 1e-10),
    "float32": (1e-4, 2e-6, 1e-6),
    "complex64": (1e-4, 2e-6, 1e-6),
    "float": (1e-4, 2e-6, 1e-6),
    "float16": (5e-3, 1e-3, 1e-3),
    "bfloat16": (3e-2, 8e-3, 8e-3),
}
_SAME_RATIO = 1e-3  # how far ratios may lie from each other, of the first

_NUMBERS = ("int", "float")


def differ(got: PlainValue, want: PlainValue, what: Sentence | None = None) -> Difference | None:
    """The first difference, None if there is none. `what` is what both are called, the result if it is not given."""
    return _differ(got, want, what, "")


def _differ(got: PlainValue, want: PlainValue, root: Sentence | None, path: str) -> Difference | None:
    what = root or tell("judging.result")
    if path:
        what = tell("judging.part", what=what, path=clean(path)[:200])
    if isinstance(want, PlainTensor) and isinstance(got, PlainTensor):
        return _tensors(got, want, what)
    if isinstance(want, PlainOne) and isinstance(got, PlainOne):
        return _ones(got, want, what)
    if isinstance(want, PlainRow) and isinstance(got, PlainRow):  # a list for a tuple is no mistake
        if len(got.items) != len(want.items):
            return Difference(what, "count", str(len(got.items)), str(len(want.items)))
        for place, (one, other) in enumerate(zip(got.items, want.items, strict=True)):
            if found := _differ(one, other, root, f"{path}[{place}]"):
                return found
        return None
    if isinstance(want, PlainMap) and isinstance(got, PlainMap):
        mine, wanted = dict(got.items), dict(want.items)
        if set(mine) != set(wanted):
            return Difference(what, "names", _names(mine), _names(wanted))
        for name, value in wanted.items():
            if found := _differ(mine[name], value, root, f"{path}[{name!r}]"):
                return found
        return None
    return Difference(what, "kind", in_short(got), in_short(want))


def _names(names: Iterable[str]) -> str:
    return clean(", ".join(names))[:200]


def _ones(got: PlainOne, want: PlainOne, what: Sentence) -> Difference | None:
    if got.kind in _NUMBERS and want.kind in _NUMBERS and "float" in (got.kind, want.kind):
        one, other = number_of(got), number_of(want)
        if _near([one], [other], "float"):
            return None
        return Difference(what, "value", *_told_apart(one, other), ratio=_ratio([one], [other]))
    if got.kind != want.kind:
        return Difference(what, "kind", f"{got.kind} {in_short(got)}", f"{want.kind} {in_short(want)}")
    return None if got.text == want.text else Difference(what, "value", in_short(got), in_short(want))


def _tensors(got: PlainTensor, want: PlainTensor, what: Sentence) -> Difference | None:
    if got == want:
        return None
    if got.shape != want.shape:
        return Difference(what, "shape", shape_text(got.shape), shape_text(want.shape))
    if got.dtype != want.dtype:
        return Difference(what, "dtype", clean(got.dtype)[:40], want.dtype)
    found, wanted = got.numbers(), want.numbers()
    if found is None or wanted is None:
        return Difference(what, "kind", "?", in_short(want))
    name = want.dtype.removeprefix("numpy.")
    wrong = _wrong(found, wanted, name)
    if not wrong:
        return None
    each = 2 if name.startswith("complex") else 1
    entries = sorted({place // each for place in wrong})
    first = wrong[0]
    return Difference(
        what,
        "value",
        *_told_apart(found[first], wanted[first]),
        index=_index(entries[0], want.shape),
        wrong=len(entries),
        entries=want.entries,
        ratio=_ratio(found, wanted) if isinstance(wanted[0], float) else None,
    )


def _told_apart(got: float, want: float) -> tuple[str, str]:
    """Two numbers that differ, with as many digits as that takes."""
    short = number_text(got), number_text(want)
    return short if short[0] != short[1] else (f"{got:.9g}", f"{want:.9g}")


def _near(got: Sequence[float], want: Sequence[float], dtype: str) -> bool:
    return not _wrong(got, want, dtype)


def _wrong(got: Sequence[float], want: Sequence[float], dtype: str) -> list[int]:
    """The places of the entries that are not near the expected ones."""
    if not isinstance(want[0] if want else 0, float):
        return [place for place, (one, other) in enumerate(zip(got, want, strict=True)) if one != other]
    relative, of_peak, least = TOLERANCE.get(dtype, TOLERANCE["float32"])
    peak = max((abs(number) for number in want if math.isfinite(number)), default=0.0)
    floor = least + of_peak * peak
    wrong = []
    for place, (one, other) in enumerate(zip(got, want, strict=True)):
        if one == other or (math.isnan(one) and math.isnan(other)):
            continue
        if not math.isfinite(other) or not abs(one - other) <= floor + relative * abs(other):
            wrong.append(place)
    return wrong


def _ratio(got: Sequence[float], want: Sequence[float]) -> float | None:
    """What all entries are of the expected ones, if it is one and the same number."""
    peak = max((abs(number) for number in want if math.isfinite(number)), default=0.0)
    small = 1e-4 * peak
    first: float | None = None  # what is next to nothing in both has none
    for one, other in zip(got, want, strict=True):
        if not (math.isfinite(one) and math.isfinite(other)):
            return None
        if abs(other) <= small:
            if first is not None and abs(one) > 10 * small * max(1.0, abs(first)):
                return None
            continue
        ratio = one / other
        first = ratio if first is None else first
        if abs(ratio - first) > _SAME_RATIO * abs(first):
            return None
    return first if first and math.isfinite(first) else None


def _index(place: int, shape: Sequence[int]) -> tuple[int, ...]:
    index = []
    for length in reversed(shape):
        place, at = divmod(place, length)
        index.append(at)
    return tuple(reversed(index))
