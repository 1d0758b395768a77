"""What a deck's author may write → what the card's types take: the quick way, for cards that are as they should be.

Nothing here explains. What does not fit raises `Unfit` (or is left for msgspec to refuse), and `explain.py` then says
what is wrong with it and where.
"""

from pathlib import Path
from typing import Any

from quizapp.cards.card import CLOZE, TYPES, written_fields
from quizapp.cards.slug import ID, made_id
from quizapp.words import Words, clean

_LANGUAGES = frozenset({"en", "zh"})
_SPREAD = frozenset({"en", "zh", "text"})
_FIELDS = {name: frozenset({"type", *written_fields(kind)}) for name, kind in TYPES.items()}


class Unfit(Exception):
    """A card that is not as it should be."""


def shape(raw: dict[str, Any], deck: str, path: Path, line: int) -> list[dict[str, Any]]:
    """The raw values of one card, changed in place, as input for `msgspec.convert` to Card: one for each number of a
    cloze, else one. Raises Unfit.
    """
    kind = raw.setdefault("type", "free")
    fields = _FIELDS.get(kind) if type(kind) is str else None
    if fields is None or not raw.keys() <= fields:
        raise Unfit
    for field in ("q", "a", "why", "text"):
        if field in raw:
            raw[field] = _text(raw[field])
    if "points" in raw:
        raw["points"] = [_spread(item) for item in _list(raw["points"])]
    if kind != "free":
        _shape_type(kind, raw)
    if "demo" in raw:
        _shape_demo(raw["demo"])
    written = raw.get("id")
    raw["id"] = id_of(raw) if written is None else written
    if type(raw["id"]) is not str or not ID.fullmatch(raw["id"]):
        raise Unfit
    raw["pinned"] = written is not None
    raw["deck"] = deck
    raw["path"] = path
    raw["line"] = line
    if kind == "cloze":
        return _clozes(raw)
    raw["key"] = f"{deck}/{raw['id']}"
    if "was" in raw:
        raw["was"] = _keys(raw["was"], deck, "")
    return [raw]


def id_of(raw: dict[str, Any]) -> str:
    """The id of a shaped card that has none written: of what it asks, in English if that is written."""
    source = raw.get("source")
    said = source.get("says") if type(source) is dict else None
    for text in (said, raw.get("text"), raw.get("q")):
        if type(text) is dict:
            text = Words(text.get("en", ""), text.get("zh", ""))
        if type(text) is Words and type(asked := text.en or text.zh) is str and asked:
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


def _text(value: Any) -> Any:
    if type(value) is str:
        return Words(value, value)
    if type(value) is dict and value.keys() <= _LANGUAGES:
        return value
    raise Unfit


def _spread(item: Any) -> dict[str, Any]:
    """A point or choice: a bare string, or its text spread among its other fields as `en` and `zh`, or as `text`."""
    if type(item) is str:
        return {"text": Words(item, item)}
    if type(item) is not dict:
        raise Unfit
    if "text" in item:
        if not item.keys().isdisjoint(_LANGUAGES):
            raise Unfit
        return {**item, "text": _text(item["text"])}
    text = {language: item.pop(language) for language in ("en", "zh") if language in item}
    item["text"] = text
    return item


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise Unfit
    return value


def _shape_type(kind: str, raw: dict[str, Any]) -> None:
    if kind == "choice":
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


def _clozes(raw: dict[str, Any]) -> list[dict[str, Any]]:
    text = raw.get("text")
    texts = text.values() if type(text) is dict else (text.en,) if type(text) is Words else ()
    if not all(type(text) is str for text in texts):
        raise Unfit
    numbers = sorted({int(found[1]) for text in texts for found in CLOZE.finditer(text)})
    if not numbers:
        raise Unfit
    deck, was = raw["deck"], raw.get("was", [])
    return [
        {**raw, "number": number, "key": f"{deck}/{raw['id']}:c{number}", "was": _keys(was, deck, f":c{number}")}
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
