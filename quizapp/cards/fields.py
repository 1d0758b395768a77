"""What is amiss with a value that should have a certain type: a walk over the annotations of `card.py`.

Slow, and only run for what `make` does not take. All that is amiss is found, each by the path of its field.
"""

import typing
from collections.abc import Iterable, Iterator
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from quizapp.cards.arithmetic import NUMBER
from quizapp.cards.card import TYPES, Common, NumericAnswer, ScriptName, written_fields
from quizapp.cards.fault import Amiss, FieldPath, dotted, short
from quizapp.cards.yaml_reader import Node
from quizapp.texts import Sentence, tell
from quizapp.words import Words

_SPREAD_TEXT = frozenset({"Point", "ChoiceItem", "PredictChoice"})
_OFTEN_MEANT = {
    "question": "q", "front": "q", "prompt": "q", "answer": "a", "back": "a", "response": "a", "explanation": "why",
    "explain": "why", "reason": "why", "ref": "refs", "reference": "refs", "references": "refs", "sources": "refs",
    "tag": "tags", "options": "choices", "correct": "ok", "right": "ok", "difficulty": "level", "name": "deck",
    "knobs": "with", "args": "with", "params": "with", "hits": "hit", "keywords": "hit", "time": "seconds",
    "chinese": "zh", "cn": "zh", "english": "en", "questions": "cards", "steps": "items", "quote": "says",
    "beginner": "basic", "easy": "basic", "medium": "intermediate", "hard": "advanced", "expert": "advanced",
    "multiple_choice": "choice", "order_items": "order", "ordering": "order", "number": "numeric", "open": "free",
    "exercise": "code",
}  # fmt: skip


def explain_struct(node: Node, kind: type[Struct], at: FieldPath, called: Sentence) -> Iterator[Amiss]:
    """What keeps a mapping from being the struct `kind`, which the reader knows as `called`."""
    fields = written_fields(kind)
    names = list(fields)
    if kind.__name__ in _SPREAD_TEXT:
        yield from _spread_text(node, at)
        del fields["text"]
        names = ["en", "zh", *names]
    elif issubclass(kind, Common):
        names = ["type", *names]
    slips = set()
    for name, (_, value) in node.value.items():
        if name not in names:
            slips.add(meant(name, names))
            message = tell("deck.no_such_field", called=called, name=short(name))
            yield Amiss((*at, name), message, _unknown(name, names, node, value, kind), at_name=(*at, name))
        elif name in fields:
            yield from explain_value(value, _hints(kind)[fields[name]], (*at, name))
    needed = {field.name for field in msgspec.structs.fields(kind) if field.required}
    for name, field in fields.items():
        if field in needed and name not in (*node.value, *slips) and (kind, field) not in _FILLED_IN:
            yield Amiss((*at, name), tell("deck.missing", name=name), tell("deck.missing.do", called=called))


_FILLED_IN = {*((kind, "id") for kind in TYPES.values()), (NumericAnswer, "range")}


def _unknown(name: str, names: list[str], node: Node, value: Node, kind: type[Struct]) -> Sentence:
    """What to do about a field that there is not."""
    if node.style == "flow" and value.value == "" and not value.style:
        return tell("deck.quote_comma")  # its second half was taken for a field
    if _OFTEN_MEANT.get(name) not in names and issubclass(kind, Common):
        types = [other for other, its in TYPES.items() if name in written_fields(its)]
        if types:
            return tell("deck.of_another_type", type=types[0])
    return suggest(name, names)


def _spread_text(node: Node, at: FieldPath) -> Iterator[Amiss]:
    written = [name for name in ("en", "zh", "text") if name in node.value]
    if not written:
        yield Amiss(at, tell("deck.no_text"), tell("deck.no_text.do"))
    elif "text" in written and len(written) > 1:
        hint = tell("deck.text_and_language.do")
        yield Amiss(at, tell("deck.text_and_language"), hint, at_name=(*at, "text"))
    for name in written:
        yield from explain_value(node.value[name][1], Words if name == "text" else str, (*at, name))


def explain_value(node: Node, hint: Any, at: FieldPath) -> Iterator[Amiss]:
    """What keeps a value from having the annotated type `hint`."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        yield from _limited(node, hint, at)
    elif origin in (UnionType, typing.Union):
        if not (isinstance(node.value, str) and node.value.lower() == "null"):
            yield from explain_value(node, next(arg for arg in args if arg is not NoneType), at)
    elif hint is Words:
        yield from _words(node, at)
    elif origin is tuple and Ellipsis not in args:
        yield from _range(node, at)
    elif origin is tuple:
        yield from _list(node, args[0], at)
    elif origin is dict:
        yield from _mapping(node, args[1], at)
    elif isinstance(hint, type) and issubclass(hint, Struct):
        yield from _struct(node, hint, at)
    else:
        yield from _scalar(node, hint, at)


def _scalar(node: Node, hint: Any, at: FieldPath) -> Iterator[Amiss]:
    message = tell(_NEEDED.get(hint, "deck.needs_word"), what=described(node))
    if not isinstance(node.value, str):
        yield Amiss(at, message, tell("yaml.in_quotes") if hint is str and node.style == "flow" else None)
    elif get_origin(hint) is Literal:
        if node.value not in get_args(hint):
            yield Amiss(at, tell("deck.not_one_of_them", what=described(node)), nearest(node, get_args(hint)))
    elif hint is not str and not _fits(node.value, hint):
        yield Amiss(at, message, tell("deck.needs_truth.do") if hint is bool else tell("deck.needs_number.do"))


_NEEDED: dict[Any, str] = {
    str: "deck.needs_text",
    int: "deck.needs_whole_number",
    float: "deck.needs_number",
    bool: "deck.needs_truth",
}


def _fits(written: str, kind: Any) -> bool:
    if kind is float:
        return NUMBER.fullmatch(written) is not None and isfinite(float(written))
    try:
        msgspec.convert(written, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _mapping(node: Node, kind: Any, at: FieldPath) -> Iterator[Amiss]:
    if not isinstance(node.value, dict):
        yield Amiss(at, tell("deck.needs_mapping", what=described(node)), tell("deck.needs_mapping.do"))
    else:
        for name, (_, value) in node.value.items():
            yield from explain_value(value, kind, (*at, name))


def _struct(node: Node, kind: type[Struct], at: FieldPath) -> Iterator[Amiss]:
    if isinstance(node.value, dict):
        yield from explain_struct(node, kind, at, called=tell("deck.this_field", field=dotted(at)))
    elif not (isinstance(node.value, str) and kind.__name__ in ("Point", "ChoiceItem")):
        fields = ", ".join(f"{name}: ..." for name in written_fields(kind))
        yield Amiss(at, tell("deck.needs_mapping", what=described(node)), tell("deck.needs_fields.do", fields=fields))


def _words(node: Node, at: FieldPath) -> Iterator[Amiss]:
    if isinstance(node.value, list):
        hint = tell("deck.quote_bracket" if node.style == "flow" else "deck.below_bar")
        yield Amiss(at, tell("deck.needs_text", what=described(node)), hint)
    elif isinstance(node.value, dict):
        for name, (_, value) in node.value.items():
            if name not in ("en", "zh"):
                message = tell("deck.no_language", name=short(name))
                yield Amiss(at, message, tell("deck.no_language.do"), at_name=(*at, name))
            else:
                yield from explain_value(value, str, (*at, name))


def _range(node: Node, at: FieldPath) -> Iterator[Amiss]:
    if not isinstance(node.value, list) or len(node.value) != 2:
        yield Amiss(at, tell("deck.needs_range", what=described(node)), tell("deck.needs_range.do"))
    else:
        for i, item in enumerate(node.value):
            yield from explain_value(item, float, (*at, i))


def _list(node: Node, kind: Any, at: FieldPath) -> Iterator[Amiss]:
    if not isinstance(node.value, list):
        hint = tell("deck.needs_list.do")
        if isinstance(node.value, str):
            one = tell("deck.needs_list_of_it.do", text=short(node.value))
            hint = one if node.value else tell("deck.write_or_remove_line")
        yield Amiss(at, tell("deck.needs_list", what=described(node)), hint)
    else:
        for i, item in enumerate(node.value):
            yield from explain_value(item, kind, (*at, i))


def _limited(node: Node, hint: Any, at: FieldPath) -> Iterator[Amiss]:
    amiss = list(explain_value(node, hint.__origin__, at))
    yield from amiss
    if amiss:
        return
    try:
        msgspec.convert(node.value, hint, strict=False)
    except msgspec.ValidationError:
        if hint is ScriptName:
            yield Amiss(at, tell("deck.no_script_name", what=described(node)), tell("deck.no_script_name.do"))
        elif hint.__origin__ is int:
            limits = hint.__metadata__[0]
            yield Amiss(at, tell("deck.out_of_limits", what=described(node), low=limits.ge, high=limits.le))
        else:
            yield Amiss(at, tell("deck.empty_text"), tell("deck.write_or_remove"))


def _hints(kind: type[Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def described(node: Node) -> Sentence:
    """What is written there, to be set into a sentence."""
    if isinstance(node.value, str):
        return tell("deck.written", text=short(node.value)) if node.value else tell("deck.nothing")
    return tell("deck.a_list") if isinstance(node.value, list) else tell("deck.a_mapping")


def nearest(node: Node, known: Iterable[str]) -> Sentence | None:
    """As `suggest`, for a value; None if it is no text."""
    return suggest(node.value, known) if isinstance(node.value, str) else None


def suggest(written: str, known: Iterable[str]) -> Sentence:
    """What was meant by `written`, or what there is to choose from."""
    names = list(known)
    if name := meant(written, names):
        return tell("deck.did_you_mean", name=name)
    return tell("deck.it_can_be", names=", ".join(f"`{name}`" for name in names))


def meant(written: str, known: Iterable[str]) -> str:
    """The known name that `written` is a slip of, or another word for; "" if none is near."""
    import difflib

    if len(written) > 40:  # nobody's slip, and comparing takes the square of its length
        return ""
    names = {name: name for name in known}
    words = {word: name for word, name in _OFTEN_MEANT.items() if name in names} | names
    near = difflib.get_close_matches(written.lower().replace(" ", "_"), words, 1, 0.7)
    return words[near[0]] if near else ""
