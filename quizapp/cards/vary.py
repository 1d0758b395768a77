"""Fresh numbers: a card that is written over names becomes one card for each combination of their values.

`vary: {bits: [3, 4]}` on a numeric card or on a prediction gives the names. `{=2**bits - 1}` in a text, and arithmetic
in a value, range or trap, say what follows from them. Everything behind the loader sees plain cards.
"""

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from quizapp.cards.arithmetic import NUMBER, NoNumber, evaluate
from quizapp.cards.card import Card
from quizapp.cards.fault import Amiss, FieldPath, Unfit
from quizapp.texts import tell

MOST_VARIANTS = 12
Values = Mapping[str, str]  # a combination: of each name one value, as it was written
_path = cache(lambda name: Path(os.fsdecode(name)))  # of a card: the same for all of its deck
_DECODER = msgspec.msgpack.Decoder(tuple[Card, ...], dec_hook=lambda _, value: _path(value))
_IN_TEXT = re.compile(r"\{=([^{}]*)\}")
_LONG = re.compile(r"-?\d{5,}(\.\d+)?")


def varies(raw: Mapping[str, Any]) -> bool:
    """Whether an entry of a deck, as plain values, is written over names."""
    return "vary" in raw or "vary" in _prediction(raw)


def combinations(raw: Mapping[str, Any]) -> list[Values]:
    """Of an entry that varies every combination of the values of its names, in the order written. Raises Unfit."""
    names = _names(raw.get("vary", {}), ("vary",))
    names |= _names(_prediction(raw).get("vary", {}), ("demo", "predict", "vary"))
    if prod(map(len, names.values())) > MOST_VARIANTS:
        path = ("vary",) if "vary" in raw else ("demo", "predict", "vary")
        raise Unfit(Amiss(path, tell("deck.vary.many", most=MOST_VARIANTS), tell("deck.vary.many.do")))
    return [dict(zip(names, values, strict=True)) for values in product(*names.values())]


def at(raw: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """The entry as it reads with these values; those of its prediction turn its demo's knobs. Raises Unfit."""
    entry: dict[str, Any] = _at(raw, values, ())
    turned = _prediction(raw).get("vary", {})
    if turned and type(with_ := entry["demo"].setdefault("with", {})) is dict:
        with_.update((name, values[name]) for name in turned)
    return entry


def variants(card: Card) -> tuple[Card, ...]:
    """The card with each combination of its values; of one that does not vary the card itself."""
    return _DECODER.decode(card.packed) or (card,)


def pack(cards: Sequence[Card]) -> Raw:
    """Variants as a card holds them."""
    return Raw(msgspec.msgpack.encode(cards, enc_hook=os.fsencode))


def fresh(card: Card, turn: int) -> Card:
    """The variant of `card` for the time number `turn` that it is asked: not with the numbers of the time before, if it
    has others; and all of them come before one comes again."""
    from quizapp.cards.sheet import shuffled

    all_of_it, asked = variants(card), sorted(_asked(card))
    alike: dict[tuple[str, ...], list[Card]] = {}  # by the numbers asked; as many of each
    for i in shuffled(len(all_of_it), card.key):
        alike.setdefault(tuple(all_of_it[i].drawn[name] for name in asked), []).append(all_of_it[i])
    found = list(alike.values())
    with_these = found[turn % len(found)]
    return with_these[turn // len(found) % len(with_these)]


def redrawn(card: Card) -> bool:
    """Has it other numbers to ask? Those of its prediction alone are not asked of the card."""
    return bool(_asked(card))


def _asked(card: Card) -> set[str]:
    """The names whose values are asked of the card itself."""
    predict = card.demo.predict if card.demo is not None else None
    return card.drawn.keys() - (predict.vary.keys() if predict is not None else ())


def _prediction(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    demo = raw.get("demo")
    predict = demo.get("predict") if type(demo) is dict else None
    return predict if type(predict) is dict else {}


def _names(written: Any, path: FieldPath) -> dict[str, list[str]]:
    """The names that `vary` gives, with their values."""
    if type(written) is not dict:
        raise Unfit(Amiss(path, tell("deck.vary.no_names"), tell("deck.vary.do")))
    for name, values in written.items():
        if not name.isidentifier():
            raise Unfit(Amiss((*path, name), tell("deck.no_knob_name"), tell("deck.no_knob_name.do")))
        if type(values) is not list or not values or not all(type(value) is str for value in values):
            raise Unfit(Amiss((*path, name), tell("deck.vary.no_values"), tell("deck.vary.do")))
    return written


def _at(written: Any, values: Values, path: FieldPath) -> Any:
    if type(written) is str:
        return _number(written, values, path) if _is_number(path) else _text(written, values, path)
    if type(written) is list:
        return [_at(item, values, (*path, i)) for i, item in enumerate(written)]
    if _is_range(path):  # one for each value; those of the prediction, which come last, may stand without the card's
        drawn = list(values.values())
        of = next((key for i in range(len(drawn)) if (key := " ".join(drawn[i:])) in written), "")
        if not of:
            no_range = tell("deck.vary.no_range", values=" ".join(drawn))
            raise Unfit(Amiss(path, no_range, tell("deck.vary.no_range.do")))
        return _at(written[of], values, path)
    return {name: item if name == "vary" else _at(item, values, (*path, name)) for name, item in written.items()}


def _is_range(path: FieldPath) -> bool:
    return path[-1:] == ("range",) or (path[:2] == ("demo", "expect") and len(path) == 3)


def _is_number(path: FieldPath) -> bool:
    """Whether arithmetic may stand there."""
    return _is_range(path[:-1]) or (path[-1:] == ("value",) and path[:1] in (("answer",), ("traps",)))


def _number(written: str, values: Values, path: FieldPath) -> str:
    return repr(_evaluated(written, values, path))


def _text(written: str, values: Values, path: FieldPath) -> str:
    """`{=name}` is the value as it was written; else what the arithmetic comes to, as one would write it: with commas
    from five digits on, but for code and formulas."""

    def said(found: re.Match[str]) -> str:
        inside = found[1].strip()
        if inside in values:
            return values[inside]
        number = f"{_evaluated(inside, values, path):.10g}"
        before = written[: found.start()]
        plain = "knobs" in path or before.count("`") % 2 or before.count("$") % 2 or not _LONG.fullmatch(number)
        return number if plain else f"{float(number):,.10g}"

    return _IN_TEXT.sub(said, written) if "{=" in written else written


def _evaluated(written: str, values: Values, path: FieldPath) -> float:
    try:
        return evaluate(written, {name: float(value) for name, value in values.items() if NUMBER.fullmatch(value)})
    except NoNumber as error:
        raise Unfit(Amiss(path, error.sentence, tell("deck.vary.arithmetic.do"))) from None
