"""What is wrong with a value that should have a certain type: a walk over the annotations of `card.py`.

Slow, and only run for what `make` does not take. Every problem is found, in sentences, each at its place.
"""

import typing
from collections.abc import Iterable, Iterator
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from quizapp.cards.card import TYPES, Common, DemoName, NumericAnswer, written_fields
from quizapp.cards.make import NUMBER
from quizapp.cards.yaml_reader import Mark, Node
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
}  # fmt: skip


class Problem(Struct, frozen=True):
    """One thing wrong within a card. `field` is its path, such as `demo.predict.choices[1].range`."""

    at: Mark
    field: str
    message: str
    hint: str = ""


def explain_struct(node: Node, kind: type[Struct], at: str, called: str) -> Iterator[Problem]:
    """A mapping that should be the struct `kind`."""
    fields = written_fields(kind)
    names = list(fields)
    if kind.__name__ in _SPREAD_TEXT:
        yield from _spread_text(node, at)
        del fields["text"]
        names = ["en", "zh", *names]
    elif issubclass(kind, Common):
        names = ["type", *names]
    slips = set()
    for name, (key, value) in node.value.items():
        if name not in names:
            slips.add(meant(name, names))
            message = f"{called} has no field `{short(name)}`"
            yield Problem(key.start, _join(at, name), message, _unknown(name, names, node, value, kind))
        elif name in fields:
            yield from explain_value(value, _hints(kind)[fields[name]], _join(at, name))
    needed = {field.name for field in msgspec.structs.fields(kind) if field.required}
    for name, field in fields.items():
        if field in needed and name not in (*node.value, *slips) and (kind, field) not in _FILLED_IN:
            yield Problem(node.start, _join(at, name), f"`{name}` is missing", f"{called} needs it")


_FILLED_IN = {*((kind, "id") for kind in TYPES.values()), (NumericAnswer, "range")}


def _unknown(name: str, names: list[str], node: Node, value: Node, kind: type[Struct]) -> str:
    """What to do about a field that there is not."""
    if node.style == "flow" and value.value == "" and not value.style:
        return "put text with a comma in quotes"  # its second half was taken for a field
    if _OFTEN_MEANT.get(name) not in names and issubclass(kind, Common):
        types = [other for other, its in TYPES.items() if name in written_fields(its)]
        if types:
            return f"it belongs to `type: {types[0]}`"
    return suggest(name, names)


def _spread_text(node: Node, at: str) -> Iterator[Problem]:
    written = [name for name in ("en", "zh", "text") if name in node.value]
    if not written:
        yield Problem(node.start, at, "the text is missing", "write `en:` and `zh:`, or `text:` for both")
    elif "text" in written and len(written) > 1:
        hint = "`text:` is for a text that is the same in both languages"
        yield Problem(node.value["text"][0].start, at, "both `text` and a language are written", hint)
    for name in written:
        yield from explain_value(node.value[name][1], Words if name == "text" else str, _join(at, name))


def explain_value(node: Node, hint: Any, at: str) -> Iterator[Problem]:
    """A value that should have the annotated type `hint`."""
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
        if isinstance(node.value, dict):
            for name, (_, value) in node.value.items():
                yield from explain_value(value, args[1], _join(at, name))
        else:
            yield Problem(node.start, at, f"a mapping is needed, not {shown(node)}", "write {name: value}")
    elif isinstance(hint, type) and issubclass(hint, Struct):
        yield from _struct(node, hint, at)
    elif not isinstance(node.value, str):
        quote = "put the text in quotes" if hint is str and node.style == "flow" else ""
        yield Problem(node.start, at, f"{_NEEDED.get(hint, 'a word')} is needed, not {shown(node)}", quote)
    elif origin is Literal:
        if node.value not in args:
            yield Problem(node.start, at, f"{shown(node)} is not one of them", nearest(node, args))
    elif hint is not str and not _fits(node.value, hint):
        hints = {bool: "write `true` or `false`"}
        message = f"{_NEEDED[hint]} is needed, not {shown(node)}"
        yield Problem(node.start, at, message, hints.get(hint, "write it in digits, such as 12 or 0.5"))


_NEEDED: dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _fits(written: str, kind: Any) -> bool:
    if kind is float:
        return NUMBER.fullmatch(written) is not None and isfinite(float(written))
    try:
        msgspec.convert(written, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _struct(node: Node, kind: type[Struct], at: str) -> Iterator[Problem]:
    if isinstance(node.value, dict):
        yield from explain_struct(node, kind, at, called=f"`{at}`")
    elif not (isinstance(node.value, str) and kind.__name__ in ("Point", "ChoiceItem")):
        yield Problem(node.start, at, f"a mapping is needed, not {shown(node)}", _example(kind))


def _example(kind: type[Struct]) -> str:
    return f"write {{{', '.join(f'{name}: ...' for name in written_fields(kind))}}}"


def _words(node: Node, at: str) -> Iterator[Problem]:
    if isinstance(node.value, list):
        hint = 'put text that starts with [ in quotes: "[...]"' if node.style == "flow" else "write it below `|`"
        yield Problem(node.start, at, f"a text is needed, not {shown(node)}", hint)
    elif isinstance(node.value, dict):
        for name, (key, value) in node.value.items():
            if name not in ("en", "zh"):
                hint = "a text is one string or {en: ..., zh: ...}; quote text that contains `: ` or starts with {"
                yield Problem(key.start, at, f"`{short(name)}` is not a language: `en` or `zh`", hint)
            else:
                yield from explain_value(value, str, _join(at, name))


def _range(node: Node, at: str) -> Iterator[Problem]:
    if not isinstance(node.value, list) or len(node.value) != 2:
        yield Problem(node.start, at, f"a range is needed, not {shown(node)}", "write [low, high]")
    else:
        for i, item in enumerate(node.value):
            yield from explain_value(item, float, f"{at}[{i}]")


def _list(node: Node, kind: Any, at: str) -> Iterator[Problem]:
    if not isinstance(node.value, list):
        hint = "write each on a line of its own, after `- `"
        if isinstance(node.value, str):
            hint = f"write [{short(node.value)}]" if node.value else "write it, or remove the line"
        yield Problem(node.start, at, f"a list is needed, not {shown(node)}", hint)
    else:
        for i, item in enumerate(node.value):
            yield from explain_value(item, kind, f"{at}[{i}]")


def _limited(node: Node, hint: Any, at: str) -> Iterator[Problem]:
    problems = list(explain_value(node, hint.__origin__, at))
    yield from problems
    if problems:
        return
    try:
        msgspec.convert(node.value, hint, strict=False)
    except msgspec.ValidationError as error:
        message, advice = str(error).partition(" - at ")[0], ""
        if hint is DemoName:
            message = f"{shown(node)} cannot be a demo's name"
            advice = "the file's name without .py: lower-case letters, digits and _; never a path"
        elif hint.__origin__ is int:
            meta = hint.__metadata__[0]
            message = f"{shown(node)} is not from {meta.ge} to {meta.le}"
        elif not node.value:
            message, advice = "the text is empty", "write it, or remove it"
        yield Problem(node.start, at, message, advice)


def _hints(kind: type[Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def nearest(node: Node, known: Iterable[str]) -> str:
    return suggest(node.value, known) if isinstance(node.value, str) else ""


def _join(at: str, name: str) -> str:
    return f"{at}.{short(name)}" if at else short(name)


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def shown(node: Node) -> str:
    if isinstance(node.value, str):
        return f"`{short(node.value)}`" if node.value else "nothing"
    return "a list" if isinstance(node.value, list) else "a mapping"


def suggest(written: str, known: Iterable[str]) -> str:
    """`did you mean ...?`, or what there is to choose from."""
    names = list(known)
    if name := meant(written, names):
        return f"did you mean `{name}`?"
    return f"it can be {', '.join(f'`{name}`' for name in names)}"


def meant(written: str, known: Iterable[str]) -> str:
    """The known name that `written` is a slip of, or another word for; "" if none is near."""
    import difflib

    if len(written) > 40:  # nobody's slip, and comparing takes the square of its length
        return ""
    names = {name: name for name in known}
    words = {word: name for word, name in _OFTEN_MEANT.items() if name in names} | names
    near = difflib.get_close_matches(written.lower().replace(" ", "_"), words, 1, 0.7)
    return words[near[0]] if near else ""
