"""The JSON Schema of a deck, for editors: completion, and errors while one types.

Made of the annotations of `card.py` by the same walk as `fields.py`. It takes what an editor sees, where YAML has typed
the scalars: `q: 42` is a number there, and a text here. So any scalar may stand where a text is meant. What a schema
cannot say (that a range holds the answer, that ids differ) only `load` knows.
"""

import typing
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from quizapp.cards.arithmetic import NUMBER
from quizapp.cards.card import (
    TYPES,
    ChoiceItem,
    Common,
    NumericAnswer,
    Point,
    PredictChoice,
    ScriptName,
    written_fields,
)
from quizapp.cards.rules import MOST_CHOICES, MOST_IN_A_LIST, SUBGOALS
from quizapp.cards.slug import DECK_NAME, ID
from quizapp.words import Words

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
_WORD: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{NUMBER.pattern}$"}]}
_ARITHMETIC: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[-+*/%.,()\w\s]+$"}]}
# Where nothing varies there is no arithmetic.
_PLAIN_RANGE: Schema = {"items": _NUMBER}
_PLAIN_DEMO: Schema = {
    "if": {"properties": {"predict": {"not": {"required": ["vary"]}}}},
    "then": {
        "properties": {
            "expect": {"additionalProperties": _PLAIN_RANGE},
            "predict": {"properties": {"choices": {"items": {"properties": {"range": _PLAIN_RANGE}}}}},
        }
    },
}
_PLAIN: Schema = {
    "if": {"not": {"required": ["vary"]}},
    "then": {
        "properties": {
            "answer": {"properties": {"value": _NUMBER, "range": _PLAIN_RANGE}},
            "traps": {"items": {"properties": {"value": _NUMBER}}},
            "demo": _PLAIN_DEMO,
        }
    },
}
_SPREAD = (Point, ChoiceItem, PredictChoice)

_ABOUT = {
    "format": "The version of the deck format.",
    "deck": "The deck's name, the first half of every card's key. Default: the file's name.",
    "title": "What the deck is called on the screen.",
    "start": "Ids of the cards of a first session, in their order: about five that belong together.",
    "cards": "The cards.",
    "id": "A slug, given once: the card's history hangs on it. `quizapp check --fix` writes missing ones.",
    "was": "Earlier ids, so that a rename keeps the history.",
    "type": "free (default): recall. choice: pick. cloze: fill. numeric: work out. order: sort. fix: mend. code: write",
    "level": "How hard.",
    "tier": "core: what everyone is asked.",
    "tags": "Topics.",
    "q": "The question.",
    "a": "The answer, in Markdown.",
    "points": "The ideas of the answer; the user ticks those that were said. At most four are best.",
    "hit": "What marks it as mentioned in a typed answer: how a word begins; in capitals a whole word.",
    "core": "Whether the answer is none without it. Default: of the first point.",
    "why": "The explanation: the part that teaches.",
    "refs": "Where it is written: arXiv:..., a link, a book.",
    "seconds": "Time to answer in the mock interview.",
    "follow_ups": "Ids of the cards that are asked next in the mock interview.",
    "after": "Ids of the cards that should be known before this one.",
    "demo": "An experiment beside the answer.",
    "run": "A demo: NAME.py beside the deck, in your demos folder, or bundled. Never a path or a command.",
    "with": "Values of the demo's knobs.",
    "predict": "What to predict before the demo runs.",
    "ask": "The question about the run.",
    "so": "What the run teaches, in a sentence; shown after the answer.",
    "first": "Whether it may be asked before the answer: it is about the card's own claim, and does not lead to it.",
    "vary": "Names with lists of values, drawn anew each time. Texts say {=name}; numbers may be arithmetic over them.",
    "en": "In English.",
    "zh": "In Chinese.",
    "read": "The measure of the demo's result that tells.",
    "range": "[low, high]",
    "expect": "Measures with the [low, high] that every machine should get; `quizapp check --run` proves it.",
    "choices": "What to choose from; shuffled when shown.",
    "ok": "Whether the choice is right.",
    "text": "The text, the same in both languages.",
    "answer": "The number, its unit, and the range that counts as right.",
    "value": "The number.",
    "unit": "The unit.",
    "traps": "Wrong numbers that people arrive at, and how; of code what is wrong with the exercise's traps, by name.",
    "code": "The exercise: NAME.py in the folder `code` beside the deck, or bundled. Never a path.",
    "hints": "Told one by one, if one asks.",
    "cases": "What each case of the exercise tries, by its name there.",
    "subgoals": "The three to six steps of the solution, for the first lesson.",
    "items": "The items in the right order.",
    "source": "Who says the wrong thing, and what it says.",
    "book": "The title.",
    "question": "The chapter, page or question.",
    "says": "The wrong statement.",
}


def json_schema() -> Schema:
    """A JSON Schema, draft 2020-12, of a deck's file."""
    frame = {
        "format": {"enum": [1, "1"]},
        "deck": {"type": ["string", "number", "boolean"], "pattern": f"^{DECK_NAME.pattern}$"},
        "title": _ref("text"),
        "start": {"type": "array", "items": _WORD, "maxItems": MOST_IN_A_LIST},
        "cards": {"type": "array", "minItems": 1, "items": _ref("card")},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A quizapp deck",
        "type": "object",
        "required": ["cards"],
        "additionalProperties": False,
        "properties": _described(frame),
        "$defs": {"text": _text(_SCALAR), "words": _text(_WORD) | {"minProperties": 1}, "card": _card()},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _text(scalar: Schema) -> Schema:
    languages = _described({"en": _SCALAR, "zh": _SCALAR})
    return {"anyOf": [scalar, {"type": "object", "additionalProperties": False, "properties": languages}]}


def _card() -> Schema:
    """An editor completes from `properties`, so that the fields of all types stand there; each type then forbids those
    of the others."""
    types = {name: _properties(kind) for name, kind in TYPES.items()}
    every: Schema = {field: schema for fields in types.values() for field, schema in fields.items()}
    every["traps"] = {"anyOf": [types["numeric"]["traps"], types["code"]["traps"]]}
    every["id"] = {"type": ["string", "number"], "pattern": f"^{ID.pattern}$"}
    every["q"] = _ref("text")
    every["choices"] |= {"minItems": 2, "maxItems": MOST_CHOICES}
    every["items"] |= {"minItems": 2}
    every["subgoals"] |= {"minItems": SUBGOALS[0], "maxItems": SUBGOALS[1]}
    properties = _described({"type": {"enum": list(TYPES)}} | every)
    properties["text"]["description"] = "{{c1::what is hidden}} or {{c1::what is hidden::a hint}}; a card each number."
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "allOf": [*(_of_type(name, kind, every) for name, kind in TYPES.items()), _PLAIN],
    }


def _of_type(name: str, kind: type[Common], every: Schema) -> Schema:
    own = written_fields(kind)
    needed = [field for field in _required(kind) if field != "id"]
    allowed: Schema = {field: False for field in every if field not in own}
    then: Schema = {"required": needed, "properties": allowed | ({"q": _ref("words")} if "q" in needed else {})}
    if name in ("free", "fix"):
        then["anyOf"] = [{"required": ["a"]}, {"required": ["points"]}]
    if "traps" in own:  # in a shape of its own
        then["properties"]["traps"] = _properties(kind)["traps"]
    typed: Schema = {"properties": {"type": {"const": name}}}
    return {"if": typed if name == "free" else typed | {"required": ["type"]}, "then": then}


def _required(kind: type[Struct]) -> list[str]:
    needed = {field.name for field in msgspec.structs.fields(kind) if field.required}
    return [written for written, field in written_fields(kind).items() if field in needed]


def _properties(kind: type[Struct]) -> Schema:
    hints = typing.get_type_hints(kind, include_extras=True)
    needed = _required(kind)
    return {
        written: _ref("words") if hints[field] is Words and written in needed else _schema(hints[field])
        for written, field in written_fields(kind).items()
    }


def _described(properties: Schema) -> Schema:
    return {
        name: {"description": _ABOUT[name], **schema} if name in _ABOUT else schema
        for name, schema in properties.items()
    }


def _schema(hint: Any) -> Schema:
    """Of an annotation of `card.py`."""
    origin, args = get_origin(hint), get_args(hint)
    meta = hint.__metadata__[0] if origin is typing.Annotated else None
    if hint is ScriptName and meta:
        return {"type": "string", "pattern": meta.pattern}
    if meta:
        if hint.__origin__ is int:
            number = {"type": "integer", "minimum": meta.ge, "maximum": meta.le}
            return {"anyOf": [number, {"type": "string", "pattern": "^[0-9]{1,4}$"}]}
        return _WORD
    if origin in (UnionType, typing.Union):
        return _schema(next(arg for arg in args if arg is not NoneType))
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple and Ellipsis not in args:
        ends = {"type": "array", "prefixItems": [_ARITHMETIC, _ARITHMETIC], "minItems": 2, "maxItems": 2}
        return {"anyOf": [ends, {"type": "object", "additionalProperties": ends}]}  # or one for each value
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0]), "maxItems": MOST_IN_A_LIST}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1])}
    if hint is Words:
        return _ref("text")
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _struct(hint)
    return {str: _SCALAR, float: _ARITHMETIC, bool: {"enum": [True, False, 1, 0, "true", "false"]}}[hint]


def _struct(kind: type[Struct]) -> Schema:
    properties, required = _properties(kind), _required(kind)
    if kind is NumericAnswer:
        required.remove("range")
    made: Schema = {"type": "object", "additionalProperties": False, "properties": _described(properties)}
    if kind in _SPREAD:
        required.remove("text")
        made["properties"] = _described({"en": _SCALAR, "zh": _SCALAR} | properties | {"text": _ref("words")})
        made["oneOf"] = [{"required": ["text"]}, {"anyOf": [{"required": ["en"]}, {"required": ["zh"]}]}]
    if required:
        made["required"] = required
    return {"anyOf": [_WORD, made]} if kind in (Point, ChoiceItem) else made
