"""What a deck's author may write → what the card's types take: the quick way, for cards that are as they should be.

Nothing here explains. What does not fit raises `Unfit`, or is left for msgspec to refuse, and `explain.py` then says
what is wrong with it and where.
"""

from pathlib import Path
from typing import Any

from quizapp.cards.card import CLOZE, Point
from quizapp.cards.slug import ID, made_id
from quizapp.words import Words, clean


class Unfit(Exception):
    """A card that is not as it should be."""


def shape(raw: dict[str, Any], deck: str, path: Path, line: int) -> list[dict[str, Any]]:
    """The raw values of one card, changed in place, as input for `msgspec.convert` to Card: one for each number of a
    cloze, else one. Raises Unfit.
    """
    if type(raw) is not dict:
        raise Unfit
    kind = raw.setdefault("type", "free")
    if "q" in raw:
        raw["q"] = _text(raw["q"])
    if "a" in raw:
        raw["a"] = _text(raw["a"])
    if "why" in raw:
        raw["why"] = _text(raw["why"])
    if "points" in raw:
        raw["points"] = [_point(item) for item in _list(raw["points"])]
    if kind != "free":
        _shape_type(kind, raw)
    if "demo" in raw:
        _shape_demo(raw["demo"])
    written = raw.get("id")
    card_id = _made_id(raw) if written is None else written
    if type(card_id) is not str or not ID.fullmatch(card_id):
        raise Unfit
    raw["id"] = card_id
    raw["\x7fpinned"] = written is not None
    raw["\x7fdeck"] = deck
    raw["\x7fpath"] = path
    raw["\x7fline"] = line
    if kind == "cloze":
        return _clozes(raw, deck)
    raw["\x7fkey"] = f"{deck}/{card_id}"
    if "was" in raw:
        raw["was"] = _keys(raw["was"], deck, "")
    return [raw]


def _made_id(raw: dict[str, Any]) -> str:
    """The id of a card that has none written: of what it asks, in English if that is written."""
    source = raw.get("source")
    said = source.get("says") if type(source) is dict else None
    for text in (said, raw.get("text"), raw.get("q")):
        if type(text) is Words and (asked := text.en or text.zh):
            return made_id(asked)
    raise Unfit


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
        en, zh = value.get("en", ""), value.get("zh", "")
        if type(en) is str and type(zh) is str and len(value) == ("en" in value) + ("zh" in value):
            return Words(en, zh)
    raise Unfit


def _point(item: Any) -> Point | dict[str, Any]:
    if type(item) is dict and "hit" in item:
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
        item["text"] = _text({language: item.pop(language) for language in ("en", "zh") if language in item})
    return item


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise Unfit
    return value


def _shape_type(kind: str, raw: dict[str, Any]) -> None:
    if kind == "cloze":
        raw["text"] = _text(raw.get("text"))
    elif kind == "choice":
        raw["choices"] = [_with_why(_spread(item)) for item in _list(raw.get("choices"))]
    elif kind == "order":
        raw["items"] = [_text(item) for item in _list(raw.get("items"))]
    elif kind == "numeric":
        answer = raw.get("answer")
        if type(answer) is dict and "range" not in answer and "value" in answer:
            answer["range"] = [answer["value"], answer["value"]]
        for trap in _list(raw.get("traps", [])):
            _with_why(trap)
    elif kind == "fix":
        source = raw.get("source")
        if type(source) is not dict or "says" not in source:
            raise Unfit
        source["says"] = _text(source["says"])


def _with_why(item: Any) -> Any:
    if type(item) is dict and "why" in item:
        item["why"] = _text(item["why"])
    return item


def _shape_demo(demo: Any) -> None:
    predict = demo.get("predict") if type(demo) is dict else None
    if type(predict) is dict:
        if "ask" in predict:
            predict["ask"] = _text(predict["ask"])
        if "choices" in predict:
            predict["choices"] = [_spread(item) for item in _list(predict["choices"])]


def _clozes(raw: dict[str, Any], deck: str) -> list[dict[str, Any]]:
    """One card for each number that the text hides something under."""
    text = raw.get("text")
    if type(text) is not Words:
        raise Unfit
    numbers = sorted({int(found[1]) for said in (text.en, text.zh) for found in CLOZE.finditer(said)})
    if not numbers:
        raise Unfit
    whole, was = f"{deck}/{raw['id']}", raw.get("was", [])
    return [
        {**raw, "\x7fnumber": number, "\x7fkey": f"{whole}:c{number}", "was": _keys(was, deck, f":c{number}")}
        for number in numbers
    ]


def _keys(was: Any, deck: str, ending: str) -> list[str]:
    """Earlier ids as keys: completed with the deck's name and the cloze's number where they are not written."""
    keys = []
    for key in _list(was):
        if type(key) is not str or not key:
            raise Unfit
        whole = key if "/" in key else f"{deck}/{key}"
        keys.append(whole if ":" in whole.rpartition("/")[2] else whole + ending)
    return keys
