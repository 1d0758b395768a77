"""Is a chosen, ordered, typed or numeric answer right? Pure; both languages; lenient in form, strict in substance."""

import difflib
import math
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from quizapp.cards.arithmetic import NoNumber, evaluate
from quizapp.cards.card import Card, Choice, Cloze, Numeric, Order, Point, Trap
from quizapp.cards.everyday import everyday, one_way
from quizapp.cards.gaps import gap_answers, to_fill
from quizapp.cards.traditional import SIMPLIFIED

JUDGED = (Choice, Cloze, Numeric, Order)  # the types of card that can be judged


class Judgement(msgspec.Struct, frozen=True):
    """`right` is None where there was nothing to judge. `trap` is the known mistake that was made. `note` says what was
    amiss in the form: no number, a unit that cannot be compared; or that it is close to the right words: one slip away,
    or a part of them."""

    right: bool | None = None
    trap: Trap | None = None
    note: Literal["", "number", "unit", "close"] = ""


def judge(card: Card, chosen: Collection[int], typed: str) -> Judgement:
    """What `card` says of an answer: the choices or items `chosen`, as indices into its lists, or what was `typed`."""
    match card:
        case Choice() if chosen:
            return Judgement(set(chosen) == {i for i, choice in enumerate(card.choices) if choice.ok})
        case Order() if chosen:
            return Judgement(list(chosen) == list(range(len(card.items))))
        case Cloze() if typed.strip():
            return _cloze(card, typed)
        case Numeric() if typed.strip():
            return _numeric(card, typed)
    return Judgement()


def mentioned(points: Sequence[Point], typed: str) -> frozenset[int]:
    """The points of which a typed answer has one of the words to look for. It says nothing of the others."""
    text = _closed(typed)
    return frozenset(i for i, point in enumerate(points) if any(_has(text, word) for word in point.hit))


def hits_in(text: str, hits: Sequence[str]) -> list[str]:
    """Those of the words to look for that `text` has."""
    closed = _closed(text)
    return [hit for hit in hits if _has(closed, hit)]


def _has(text: str, hit: str) -> bool:
    """Whether `hit` begins a word of `text` (so that "scale" finds "scales"), or is one if it is all capitals (so that
    "SP" does not find "speed") or ends with a single letter ("high T"); Chinese has no word boundaries."""
    word = _looked_for(hit)
    if not word or word not in text:
        return False
    start = r"(?<![a-z0-9])" if word[0].isascii() else ""
    whole = hit.isascii() and (hit.isupper() or re.search(r"\b[a-z]$", word))
    end = r"(?![a-rt-z]|s[a-z])" if whole else ""
    return re.search(f"{start}{re.escape(word)}{end}", text) is not None


def _closed(text: str) -> str:
    """`text` folded, each thing said in one way, without what some write and some do not: a hyphen, a space between
    Chinese and Latin."""
    words = everyday(" ".join(_fold(text).replace("-", " ").split()))
    return re.sub("(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", words)


# Of a deck's words, which are asked for again and again; not of answers.
_looked_for = lru_cache(maxsize=1 << 15)(_closed)


def _plain(text: str) -> str:
    """Narrow forms, simplified characters, one way to write a formula's signs."""
    return one_way(text).translate(SIMPLIFIED).strip()


def _fold(text: str) -> str:
    """`text` as it is compared: plain, in one case, single spaces, no Markdown marks."""
    return " ".join(re.sub("[`*$]", " ", _plain(text).casefold()).split())


# Words


def _cloze(card: Cloze, typed: str) -> Judgement:
    """Right if it is what the gap hides, in either language; of gaps that hide different things, all of it in order:
    one of them is close."""
    sides = [gap_answers(text, card.number) for text in (card.text.en, card.text.zh)]
    if any(_fills(typed, hidden) or _fills(typed, to_fill(hidden)) for hidden in sides):
        return Judgement(True)
    words = [word for hidden in sides for word in hidden]
    close = any(_is(typed, word) or any(_near(typed, form) for form in _forms(word)) for word in words)
    return Judgement(False, note="close" if close else "")


def _fills(typed: str, hidden: Sequence[str]) -> bool:
    """Is it what several gaps hide, in order: a comma between each, or the like, or else spaces?"""
    parts = ([typed],) if len(hidden) == 1 else (_BETWEEN.split(_plain(typed)), _plain(typed).split())
    return any(len(part) == len(hidden) > 0 and all(map(_is, part, hidden)) for part in parts)


def _is(typed: str, word: str) -> bool:
    """Does it say what one gap hides?"""
    answer, number = _bare(typed), _number(typed)
    named = bool(answer) and answer in {_bare(form) for form in _forms(word)}
    return named or (number is not None and number == _number(word))


def _forms(word: str) -> list[str]:
    """What a gap hides, and of "离线（offline）" either half."""
    return [word, re.sub(r"[（(][^()（）]*[)）]", "", word), *re.findall(r"[（(]([^()（）]*)[)）]", word)]


def _bare(text: str) -> str:
    """Folded, without article, full stop, plural, and the spaces and hyphens that one may or may not write."""
    text = re.sub("^(?:the|a|an) ", "", _fold(text)).strip(" .,;:!?。、\"'“”")
    text = _singular(text)
    text = re.sub(r"(?<=\d)·(?=[^\W\d]|\()", "", re.sub(r"[\s_]", "", text))  # 2·d is 2d
    return re.sub(r"(?<=[^\W\d])-|-(?=[^\W\d])", "", text)


def _near(typed: str, hidden: str) -> bool:
    """Is it the same but for a slip of the fingers, an ending, or words left out or added? What turns the
    sense, a number or a no, must be the same in both."""
    said, meant = _singular(_fold(typed)), _singular(_fold(hidden))
    if _TURNS.findall(said) != _TURNS.findall(meant) or _opposed(said, meant):
        return False
    one, other = _bare(said), _bare(meant)
    return _slip(one, other) or _stem(one) == _stem(other) or _part(said, meant)


_NUMBER_WORDS = {"zero", "half", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "once"}
_NUMBER_WORDS |= {"twice", "single", "double", "triple"}
# In a folded text: digits, the words for numbers, and the words for no.
_TURNS = re.compile(
    rf"\d+|\b(?:{'|'.join(sorted(_NUMBER_WORDS))}|no|not|non|never|without|cannot|neither|nor)\b|n['’]t\b"
    r"|[零一二两三四五六七八九十百千万亿半双不没无非未]"
)
_OPPOSITE = ("un", "non", "in", "im", "ir", "il", "dis", "a")  # before a word: unchanged, asymmetric


def _opposed(said: str, meant: str) -> bool:
    """Does one have a word that the other denies by what stands before it: stable, unstable?"""
    one, other = (set(re.findall("[a-z]+", text)) for text in (said, meant))
    pairs = ((one - other, other - one), (other - one, one - other))
    return any(prefix + word in denied for words, denied in pairs for word in words for prefix in _OPPOSITE)


def _slip(answer: str, wanted: str) -> bool:
    """One slip of the fingers in a word of five letters or more."""
    return len(wanted) >= 5 and difflib.SequenceMatcher(None, answer, wanted).ratio() > 0.85


def _stem(word: str) -> str:
    """Without its ending, where four letters are left: decode, decoding; quantize, quantization."""
    return re.sub(r"(?<=[a-z]{4})(?:ations?|ions?|ing|ed|er|e)$", "", word)


def _singular(folded: str) -> str:
    """A folded text with each of its English words in the singular: queries, losses, rows."""
    text = re.sub(r"\b([a-z]{2,})ies\b", r"\1y", folded)
    text = re.sub(r"\b([a-z]+(?:ss|x|ch|sh))es\b", r"\1", text)
    return re.sub(r"\b([a-z]+[a-rt-z])s\b", r"\1", text)


_BETWEEN = re.compile(r"\s*[,;/、]\s*|\s+and\s+|\s*[和与]\s*", re.IGNORECASE)
_LONG = 6  # characters of a Chinese text of which a part is close
_SMALL = frozenset({"the", "and", "for", "are", "it", "with", "from", "over", "per", "very", "more", "most", "all"})


def _part(said: str, meant: str) -> bool:
    """Does it say all that is hidden and more, or nothing else but a part of it: "norm" of "the norm of input
    feature j"?"""
    one, other = _words(said), _words(meant)
    if (other and other <= one) or (one <= other and not one <= _NUMBER_WORDS):
        return True
    given, wanted = _bare(said), _bare(meant)  # Chinese has no spaces between words
    chinese = not given.isascii() and not wanted.isascii() and min(len(given), len(wanted)) >= 2
    return chinese and (wanted in given or (len(wanted) >= _LONG and given in wanted))


def _words(text: str) -> set[str]:
    """The words of a text that say something."""
    return set(re.findall(r"[a-z]{3,}", text)) - _SMALL


# Numbers

_AROUND = re.compile(
    r"^(?:[~≈≃=:$约为是等于大概就应该答案\s]|about|around|roughly|approx(?:imately|\.)?"
    r"|it is|it's|(?:the )?answer(?: is)?)*",
    re.IGNORECASE,
)
_COMMA = re.compile(r"^([-+]?(?:0(?=,\d)|\d+(?=,\d)(?!,\d{3}(?!\d)))),")  # of 3,88; not of 1,000
_GROUPS = re.compile(r"(?<=\d)[,_ ](?=\d{3}(?!\d))")
_DIGITS = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_TERM = rf"[-+(\s]*{_DIGITS}[)\s]*"
_QUANTITY = re.compile(rf"{_TERM}(?:[-+*/^x×·]{_TERM})*", re.IGNORECASE)
_AS_PYTHON = str.maketrans({"x": "*", "X": "*", "×": "*", "·": "*", "^": "**"})
_RANGE = re.compile(rf"({_DIGITS})\s*-\s*({_DIGITS})\s*")  # 3.6-9
_TO_ONE = re.compile(r"(?::|to) *1$")
# Behind a number: another one, as in "3 or 4" and 7B*2, or arithmetic that has no end.
_MORE = re.compile(r"^[-+*/^·)\s]+$|^[*+^·)]|\d")
_COUNTS = {"百万": 1e6, "千": 1e3, "万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12}
_COUNTS |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_PREFIXES = {"n": 1e-9, "u": 1e-6, "μ": 1e-6, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
_PREFIXES |= {"ki": 2.0**10, "mi": 2.0**20, "gi": 2.0**30, "ti": 2.0**40}
# What a unit measures, and how many of the unit that stands first for it.
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("b", "byte", "bytes", "字节", "位元组"), ("bytes", 1.0)),
    **dict.fromkeys(("bit", "bits", "位", "比特", "位元"), ("bytes", 1 / 8)),
    **dict.fromkeys(("s", "sec", "second", "seconds", "秒"), ("time", 1.0)),
    **dict.fromkeys(("毫秒", "millisecond", "milliseconds"), ("time", 1e-3)),
    **dict.fromkeys(("x", "倍", "times"), ("ratio", 1.0)),
    **dict.fromkeys(("%", "percent", "per cent", "pct"), ("ratio", 0.01)),
    **dict.fromkeys(("db", "decibel", "decibels", "分贝"), ("decibels", 1.0)),
    **dict.fromkeys(("flop", "flops"), ("operations", 1.0)),
}


def _numeric(card: Numeric, typed: str) -> Judgement:
    """Right if the number is within the card's range, both ends included, once it is in the card's unit.

    Takes 1e9, 1.5x10^9, 1,000, 3,88 for 3.88, 12万, arithmetic as (1-0.8**7)/0.2, full-width digits, "about", and a
    unit with another prefix or count ("7B" for 7 billion). No unit means the card's own, and so does a word that is no
    unit ("64 weights"). A trap is met within one per cent.
    """
    wanted = _plain(card.answer.unit)
    quantity = _quantity(typed, wanted)
    if quantity is None:
        return Judgement(False, note="number")
    value, unit = quantity
    factor = _factor(unit, wanted)
    if factor is None:
        return Judgement(False, note="unit")
    value *= factor
    low, high = card.answer.range
    slack = 1e-12 * max(abs(low), abs(high))  # for what is lost between units
    if low - slack <= value <= high + slack:
        return Judgement(True)
    near = (trap for trap in card.traps if abs(value - trap.value) <= 0.01 * abs(trap.value) + 1e-12)
    return Judgement(False, next(near, None))


def _quantity(typed: str, wanted: str = "") -> tuple[float, str] | None:
    """The number that `typed` begins with, worked out where it is arithmetic, and the unit after it; None if it begins
    with none, or has several. `wanted`: a unit that may have digits."""
    text = _GROUPS.sub("", _COMMA.sub(r"\1.", _AROUND.sub("", _plain(typed))))
    match = _QUANTITY.match(text)
    if match is None:
        return None
    written, unit = match[0].strip(), text[match.end() :].strip(" .。,;")
    several = _MORE.search(unit) and not _TO_ONE.match(unit) and unit.casefold() != wanted.casefold()
    of = _RANGE.fullmatch(written)
    if several or (of and float(of[1]) < float(of[2])):
        return None
    try:
        value = evaluate(written.translate(_AS_PYTHON), {})
    except NoNumber:
        return None
    return (value, unit) if math.isfinite(value) else None


def _number(text: str) -> float | None:
    """The number that `text` is, if it is nothing else."""
    quantity = _quantity(text)
    return quantity[0] if quantity and not quantity[1] else None


def _factor(unit: str, wanted: str) -> float | None:
    """What a value in `unit` is multiplied by to be in `wanted`; None if the two measure different things."""
    if not unit or unit.casefold() == wanted.casefold():
        return 1.0
    own = 1.0
    if _measure(wanted) is None:
        own, wanted = _count(wanted)
    measures, size = _measure(wanted) or (wanted or "ratio", 1.0)
    count, rest = (1.0, unit) if measures in ("bytes", "time") and unit.isascii() else _count(unit)
    given = _measure(rest)
    if given is None:
        return count / own if count > 1 else 1.0
    return count / own * given[1] / size if given[0] == measures else None


def _count(unit: str) -> tuple[float, str]:
    """The count that `unit` begins with, as "7B" and "12万" do, and what is counted; 1 without one."""
    word, _, rest = unit.casefold().partition(" ")
    if word in _COUNTS:
        return _COUNTS[word], rest.strip()
    chinese = next((count for count in ("百万", "千", "万", "亿") if unit.startswith(count)), "")
    return _COUNTS.get(chinese, 1.0), unit.removeprefix(chinese).strip()


def _measure(unit: str) -> tuple[str, float] | None:
    """What `unit` measures, and its size; None for what is no unit. What it is per ("GB/s") is taken as meant."""
    folded = re.split("/| per |每", unit.casefold())[0].strip()
    if folded in _UNITS:
        return _UNITS[folded]
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        base = _UNITS.get(folded.removeprefix(prefix)) if folded.startswith(prefix) else None
        if base is not None and base[0] in ("bytes", "time", "operations"):
            milli = base[0] == "time" and prefix == "m"
            return base[0], base[1] * (1e-3 if milli else _PREFIXES[prefix])
    return None
