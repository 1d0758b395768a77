"""The raw values of one entry of a deck → its cards, quickly.

What is written in several ways is brought into one, msgspec types the fields, and `rules` has the last word. Nothing
here explains: what does not fit raises `Unfit`, and `explain.py` says what is wrong with it and where. An entry that is
written over names is made once for each combination of their values (`vary.py`).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import ValidationError, convert
from msgspec.structs import replace

from quizapp.cards.arithmetic import NUMBER
from quizapp.cards.card import TYPES, Card, Cloze, Point
from quizapp.cards.fault import Amiss, Unfit
from quizapp.cards.gaps import CLOZE
from quizapp.cards.rules import MOST_IN_A_LIST, broken
from quizapp.cards.slug import ID, made_id
from quizapp.cards.vary import at, combinations, pack, varies
from quizapp.texts import tell
from quizapp.words import Words, clean

MOST_ENTRY = 128 * 1024  # characters of an entry: a screen lays out as many in about a second


def make(raw: dict[str, Any], deck: str, path: Path, line: int) -> tuple[Card, ...]:
    """The card of an entry, or one card for each number of a cloze. `raw` is changed. Raises Unfit."""
    cards = typed_cards(raw, deck, path, line)
    for card in cards:
        if broken(card):
            raise Unfit
    return cards


def typed_cards(raw: dict[str, Any], deck: str, path: Path, line: int) -> tuple[Card, ...]:
    """As `make`, whether or not the cards break a rule."""
    if varies(raw):
        return _variants(raw, deck, path, line)
    return _plain_cards(raw, deck, path, line)


def _variants(raw: dict[str, Any], deck: str, path: Path, line: int) -> tuple[Card, ...]:
    """Of an entry that is written over names the cards of its first combination, each with those of all."""
    all_values = combinations(raw)
    made = [_plain_cards(at(raw, values), deck, path, line) for values in all_values]
    with_values = [
        [replace(card, drawn=dict(values)) for card in cards] for values, cards in zip(all_values, made, strict=True)
    ]
    if any(len(cards) != len(with_values[0]) for cards in with_values):
        raise Unfit(Amiss(("text",), tell("deck.vary.gaps"), tell("deck.vary.gaps.do")))
    return tuple(replace(variants[0], packed=pack(variants)) for variants in zip(*with_values, strict=True))


def _plain_cards(raw: dict[str, Any], deck: str, path: Path, line: int) -> tuple[Card, ...]:
    try:
        kind: Any = TYPES[raw.get("type", "free")]
        if "q" in raw:
            raw["q"] = _text(raw["q"])
        if "a" in raw:
            raw["a"] = _text(raw["a"])
        if "why" in raw:
            raw["why"] = _text(raw["why"])
        if "points" in raw:
            raw["points"] = [_point(item) for item in _list(raw["points"])]
        if "type" in raw:
            for field in raw.keys() & _FIELDS.keys():
                raw[field] = _FIELDS[field](raw[field])
        if "demo" in raw:
            _bring_demo(raw["demo"])
        card_id = raw.get("id")
        raw["\x7fpinned"] = card_id is not None
        if card_id is None:
            raw["id"] = card_id = made_id(_asked(raw))
        if not ID.fullmatch(card_id):
            raise Unfit
        raw["\x7fdeck"] = deck
        raw["\x7fpath"] = path
        raw["\x7fline"] = line
        raw["\x7fkey"] = f"{deck}/{card_id}"
        if "was" in raw:
            if len(_list(raw["was"])) > MOST_IN_A_LIST:
                message = tell("deck.many_earlier_ids", most=MOST_IN_A_LIST)
                raise Unfit(Amiss(("was",), message, tell("deck.many_earlier_ids.do")))
            raw["was"] = [_key(was, deck) for was in raw["was"]]
        if kind is Cloze:
            return tuple(convert(one, kind, strict=False) for one in _clozes(raw))
        return (convert(raw, kind, strict=False),)
    except (ValidationError, KeyError, TypeError):  # a type that is a list, an id that is a mapping, ...
        raise Unfit from None


def cleaned(value: Any) -> Any:
    """The value with every text in it cleaned of what a terminal would obey.

    A key that hides something shows it, so that it cannot pass for another.
    """
    if type(value) is str:
        return clean(value)
    if type(value) is list:
        return [cleaned(item) for item in value]
    return {cleaned_key(key): cleaned(item) for key, item in value.items()}


def cleaned_key(key: str) -> str:
    return key if clean(key) is key else ascii(key)[1:-1]


def _text(value: Any) -> Words:
    if type(value) is str:
        return Words(value, value)
    if type(value) is dict:
        en, zh = value.get("en"), value.get("zh")
        if type(en) is str and type(zh) is str and len(value) == 2:
            return Words(en, zh)
        if value.keys() <= {"en", "zh"}:
            return Words(_word(value.get("en", "")), _word(value.get("zh", "")))
    raise Unfit


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise Unfit
    return value


def _point(item: Any) -> Point | dict[str, Any]:
    if type(item) is dict and not {"hit", "text", "core"}.isdisjoint(item):
        return _spread(item)
    return Point(_text(item))


def _spread(item: Any) -> dict[str, Any]:
    """A point or choice: a bare string, or its text spread among its other fields as `en` and `zh`, or as `text`."""
    if type(item) is str:
        return {"text": Words(item, item)}
    if type(item) is not dict or ("text" in item and ("en" in item or "zh" in item)):
        raise Unfit
    if "text" in item:
        item["text"] = _text(item["text"])
    else:
        item["text"] = Words(_word(item.pop("en", "")), _word(item.pop("zh", "")))
    if "why" in item:
        item["why"] = _text(item["why"])
    if "range" in item:
        item["range"] = _range(item["range"])
    return item


def _word(value: Any) -> str:
    if type(value) is not str:
        raise Unfit
    return value


def _number(value: Any) -> float:
    """A number as YAML and people write it, `.5` and `+3` too; msgspec takes only what JSON takes. Raises Unfit."""
    if type(value) is str and NUMBER.fullmatch(value):
        return float(value)
    raise Unfit


def _range(value: Any) -> list[float]:
    return [_number(end) for end in _list(value)]


def _answer(answer: Any) -> Any:
    """Without a range only the value itself is right."""
    if type(answer) is dict and "value" in answer:
        answer["value"] = _number(answer["value"])
        answer["range"] = _range(answer["range"]) if "range" in answer else [answer["value"]] * 2
    return answer


def _trap(trap: Any) -> Any:
    if type(trap) is dict:
        if "value" in trap:
            trap["value"] = _number(trap["value"])
        if "why" in trap:
            trap["why"] = _text(trap["why"])
    return trap


def _traps(value: Any) -> Any:
    """A list of numbers, or of a code card a text by each name."""
    return _named_texts(value) if type(value) is dict else [_trap(item) for item in _list(value)]


def _named_texts(value: Any) -> Any:
    return {name: _text(item) for name, item in value.items()} if type(value) is dict else value


def _texts(value: Any) -> list[Any]:
    return [_text(item) for item in _list(value)]


def _source(source: Any) -> Any:
    if type(source) is dict:
        source |= {name: _text(source[name]) for name in ("says", "book") if name in source}
    return source


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "choices": lambda value: [_spread(item) for item in _list(value)],
    "items": _texts,
    "answer": _answer,
    "traps": _traps,
    "source": _source,
    "hints": _texts,
    "cases": _named_texts,
    "subgoals": _texts,
}


def _bring_demo(demo: Any) -> None:
    if type(demo) is not dict:
        return
    if type(demo.get("expect")) is dict:
        demo["expect"] = {name: _range(ends) for name, ends in demo["expect"].items()}
    predict = demo.get("predict")
    if type(predict) is dict:
        if "ask" in predict:
            predict["ask"] = _text(predict["ask"])
        if "so" in predict:
            predict["so"] = _text(predict["so"])
        if "choices" in predict:
            predict["choices"] = [_spread(item) for item in _list(predict["choices"])]


def _asked(raw: dict[str, Any]) -> str:
    """What a card without an id is named after: what it asks, in English if that is written."""
    source = raw.get("source")
    statement = source.get("says") if type(source) is dict else None
    for text in (statement, raw.get("text"), raw.get("q")):
        if type(text) is Words and (asked := text.en or text.zh):
            return asked
    raise Unfit(Amiss(("q",), tell("deck.empty_question"), tell("deck.empty_question.do")))


def _key(was: Any, deck: str) -> str:
    return was if "/" in _word(was) else f"{deck}/{was}"


def _clozes(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The values of one card for each number that the text hides something under."""
    text, key = raw["text"], raw["\x7fkey"]
    numbers = sorted({int(gap[1]) for side in (text.en, text.zh) for gap in CLOZE.finditer(side)})
    if not numbers:
        raise Unfit(Amiss(("text",), tell("deck.no_gap"), tell("deck.no_gap.do")))
    return [
        {
            **raw,
            "\x7fnumber": number,
            "\x7fkey": f"{key}:c{number}",
            "was": [was if ":" in was.rpartition("/")[2] else f"{was}:c{number}" for was in raw.get("was", ())],
        }
        for number in numbers
    ]
