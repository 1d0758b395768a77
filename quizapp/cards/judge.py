"""Is a typed, chosen, ordered or numeric answer right? Pure; both languages; lenient in form, strict in substance."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from quizapp.cards.card import Choice, Cloze, Numeric, Order, Point, Trap
from quizapp.cards.sheet import gap_answers

_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—−－", "-"), "²": "^2", "³": "^3"})
_NUMBER = re.compile(r"[-+]?(?:\d[\d,_ ]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_FRACTION = re.compile(r"\s*/\s*(\d+(?:\.\d+)?)")
_TIMES_TEN = re.compile(r"\s*[x×*·]\s*10\s*\^?\s*([-+]?\d+)")
_GROUPS = re.compile(r"(?<=\d)[,_ ](?=\d{3}(?!\d))")
_PREFIXES = {"n": 1e-9, "µ": 1e-6, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_PREFIXES |= {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40}
_COUNTS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
_SAME_UNITS = (
    {"x", "倍", "times"},
    {"%", "percent", "per cent", "pct"},
    {"b", "byte", "bytes", "字节"},
    {"bit", "bits", "位", "比特"},
)
_BASES = ("B", "b", "s", "B/s", "bit", "FLOP", "FLOPs", "FLOPS", "W", "Hz")


class Judgement(msgspec.Struct, frozen=True):
    """`right` is None where nothing could be judged. `trap` is the known mistake that was made. `note` says what was
    amiss in the form: no number, a unit that is not the one asked for, or a spelling close to the right one."""

    right: bool | None
    trap: Trap | None = None
    note: Literal["", "number", "unit", "close"] = ""


def fold(text: str) -> str:
    """`text` as it is compared: narrow forms (NFKC), one case, one dash, single spaces, no Markdown marks."""
    text = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).casefold()
    return " ".join(text.replace("`", " ").replace("*", " ").split())


def choice(card: Choice, chosen: Collection[int]) -> Judgement:
    """Right if exactly the choices that are ok were chosen."""
    if not chosen:
        return Judgement(None)
    return Judgement(set(chosen) == {i for i, item in enumerate(card.choices) if item.ok})


def order(card: Order, places: Sequence[int]) -> Judgement:
    """Right if the items stand as the deck has them."""
    return Judgement(list(places) == list(range(len(card.items))))


def cloze(card: Cloze, typed: str) -> Judgement:
    """Right if what was typed is what the gap hides, in either language; a gap that stands twice needs one of them."""
    answer = _bare(typed)
    if not answer:
        return Judgement(None)
    wanted = {_bare(hidden) for text in (card.text.en, card.text.zh) for hidden in gap_answers(text, card.number)}
    if answer in wanted:
        return Judgement(True)
    numbers = [_value(hidden) for hidden in wanted]
    if (value := _value(answer)) is not None and value in numbers:
        return Judgement(True)
    return Judgement(False, note="close" if any(_close(answer, hidden) for hidden in wanted) else "")


def numeric(card: Numeric, typed: str) -> Judgement:
    """Right if the number is within the card's range, both ends included, once it is in the card's unit.

    Takes 1e9, 1.5x10^9, 1,000, 1 000, 3/4, 12万, full-width digits, a leading ≈ or ~, and a unit with another SI or
    binary prefix. No unit means the card's own.
    """
    found = number(typed)
    if found is None:
        return Judgement(None if not typed.strip() else False, note="number" if typed.strip() else "")
    value, unit = found
    factor = _factor(unit, card.answer.unit)
    if factor is None:
        return Judgement(False, note="unit")
    value *= factor
    low, high = card.answer.range
    if low <= value <= high:
        return Judgement(True)
    near = [trap for trap in card.traps if abs(value - trap.value) <= 0.01 * max(abs(trap.value), 1e-12)]
    return Judgement(False, trap=near[0] if near else None)


def number(typed: str) -> tuple[float, str] | None:
    """The number that `typed` begins with and the unit after it; None if it begins with none."""
    text = unicodedata.normalize("NFKC", typed.translate(_DASHES)).strip().lstrip("~≈=约大 ")
    text = _GROUPS.sub("", text)
    found = _NUMBER.match(text)
    if found is None:
        return None
    digits, rest = found[0].rstrip(" ,_"), text[found.end() :]
    if re.search(r"[,_ ]", digits):
        return None  # a comma where no thousands are: 3,5 could mean two numbers
    value = float(digits)
    if fraction := _FRACTION.match(rest):
        if float(fraction[1]) == 0:
            return None
        value, rest = float(Fraction(digits) / Fraction(fraction[1])), rest[fraction.end() :]
    elif (power := _TIMES_TEN.match(rest)) and len(power[1]) < 5:
        value, rest = value * 10.0 ** int(power[1]), rest[power.end() :]
    if abs(value) == float("inf"):
        return None
    return value, rest.strip(" .。")


def mentioned(points: Sequence[Point], typed: str) -> frozenset[int]:
    """The points of which a typed answer has one of the words to look for. It says nothing of the others."""
    text = fold(typed)
    return frozenset(i for i, point in enumerate(points) if any(_has(text, fold(word)) for word in point.hit))


def _has(text: str, word: str) -> bool:
    """Whether `word` begins a word of `text` (so that "scale" finds "scales"); Chinese has no word boundaries."""
    if not word:
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}" if word[0].isascii() else re.escape(word), text) is not None


def _bare(text: str) -> str:
    """Folded, without the article before it and the full stop after it."""
    return re.sub(r"^(?:the|a|an) ", "", fold(text)).strip(" .,;:!?，。；：！？、\"'“”")


def _value(text: str) -> float | None:
    found = number(text)
    return found[0] if found and not found[1] else None


def _close(answer: str, wanted: str) -> bool:
    """One slip of the fingers in a word of five letters or more."""
    import difflib

    return len(wanted) >= 5 and difflib.SequenceMatcher(None, answer, wanted).ratio() >= 0.85


def _factor(unit: str, wanted: str) -> float | None:
    """What a value in `unit` is multiplied by to be in `wanted`; None if it cannot be."""
    folded, target = fold(unit), fold(wanted)
    if not folded or folded == target or any({folded, target} <= same for same in _SAME_UNITS):
        return 1.0
    if folded in _COUNTS and not _base(wanted)[0]:
        return _COUNTS[folded]
    for multiple in ("百万", "亿", "万", "千"):
        if folded.startswith(multiple):
            factor = _factor(folded[len(multiple) :].strip(), wanted)
            return None if factor is None else factor * _COUNTS[multiple]
    (base, size), (wanted_base, wanted_size) = _base(unit.strip()), _base(wanted)
    return size / wanted_size if base and base == wanted_base else None


def _base(unit: str) -> tuple[str, float]:
    """A unit without its prefix, and what the prefix stands for: KiB → B, 1024."""
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        if prefix and unit.startswith(prefix) and unit[len(prefix) :] in _BASES:
            return unit[len(prefix) :], _PREFIXES[prefix]
    return unit, 1.0
