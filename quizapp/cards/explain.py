"""What is wrong with a card that does not fit its type: every field of it, in sentences, at its place.

One walk over the annotations of `card.py`; slow, and only run for cards that `load` could not read.
"""

import typing
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from quizapp.cards.card import TYPES, DemoName, written_fields
from quizapp.cards.make import Unfit, cleaned_key, typed
from quizapp.cards.rules import Broken, broken
from quizapp.cards.slug import DECK_NAME, ID, slug
from quizapp.cards.yaml_reader import Mark, Node
from quizapp.words import Words, clean

_SPREAD_TEXT = frozenset({"Point", "ChoiceItem", "PredictChoice"})
_OFTEN_MEANT = {
    "question": "q", "front": "q", "prompt": "q", "answer": "a", "back": "a", "response": "a", "explanation": "why",
    "explain": "why", "reason": "why", "ref": "refs", "reference": "refs", "references": "refs", "sources": "refs",
    "tag": "tags", "options": "choices", "correct": "ok", "right": "ok", "difficulty": "level", "name": "deck",
    "run_with": "with", "knobs": "with", "args": "with", "hits": "hit", "keywords": "hit", "time": "seconds",
    "cn": "zh", "zh-cn": "zh", "chinese": "zh", "english": "en", "questions": "cards", "steps": "items",
}  # fmt: skip


class Problem(Struct, frozen=True):
    """One thing wrong within a card. `field` is its path, such as `demo.predict.choices[1].range`."""

    at: Mark
    field: str
    message: str
    hint: str = ""


def explain(node: Node, same_id: int = 0) -> list[Problem]:
    """Everything that is wrong with an entry of a deck that `make` does not take; never nothing.

    `same_id` is the line of an earlier card that has its id, or 0. The node's texts are cleaned.
    """
    _clean(node)
    problems = list(_explain_types(node))
    if not problems and same_id:
        problems = [_explain_same(node, same_id)]
    return problems or _explain_rules(node)


FRAME = ("format", "deck", "title", "cards")


def explain_frame(node: Node, newest: int) -> tuple[list[Problem], bool]:
    """What is wrong around the cards, and whether the cards cannot be read because of it."""
    if not isinstance(node.value, dict):
        what = "a list" if isinstance(node.value, list) else "text"
        return [Problem(node.start, "", f"the file is {what}, not a deck", "start it with `cards:`")], True
    problems = []
    for name, (key, _) in node.value.items():
        if name not in FRAME:
            message = f"a deck has no field `{_short(name)}`"
            problems.append(Problem(key.start, _short(name), message, suggest(name, FRAME)))
    if "title" in node.value:
        problems += _walk(node.value["title"][1], Words, "title")
    fatal = [*_format(node, newest), *_name(node), *_cards(node)]
    return problems + fatal, bool(fatal)


def _format(node: Node, newest: int) -> Iterator[Problem]:
    if "format" not in node.value:
        return
    written = node.value["format"][1]
    if isinstance(written.value, str) and written.value.isascii() and written.value.isdigit():
        if 1 <= int(written.value[:9]) <= newest:
            return
        if int(written.value[:9]) > newest:
            message = f"the deck is written in format {written.value[:9]}; this quizapp reads up to {newest}"
            yield Problem(written.start, "format", message, "update quizapp")
            return
    yield Problem(written.start, "format", f"{_shown(written)} is not a format", f"write `format: {newest}`")


def _name(node: Node) -> Iterator[Problem]:
    if "deck" in node.value:
        written = node.value["deck"][1]
        if not isinstance(written.value, str) or not DECK_NAME.fullmatch(written.value):
            hint = "a name without / \\ and :, such as `my-deck`; its full title goes into `title:`"
            yield Problem(written.start, "deck", f"{_shown(written)} cannot be the name of a deck", hint)


def _cards(node: Node) -> Iterator[Problem]:
    example = "write `cards:`, and below it `  - q: ...` with `    a: ...`"
    if "cards" not in node.value:
        yield Problem(node.start, "cards", "the deck has no `cards`", example)
        return
    written = node.value["cards"][1]
    if not isinstance(written.value, list):
        message = f"a list of cards is needed, not {_shown(written)}"
        yield Problem(written.start, "cards", message, example)
    elif not written.value:
        yield Problem(written.start, "cards", "the deck has no card", example)


def _explain_types(node: Node) -> Iterator[Problem]:
    """Everything that is wrong with the types of a card's fields; nothing if it fits."""
    if not isinstance(node.value, dict):
        hint = "a card is a mapping: `- q: ...` with `a: ...` below it"
        yield Problem(node.start, "", f"a card cannot be {_shown(node)}", hint)
        return
    name = "free"
    if "type" in node.value:
        written = node.value["type"][1]
        if not isinstance(written.value, str) or written.value not in TYPES:
            yield Problem(written.start, "type", f"{_shown(written)} is not a type of card", _meant(written, TYPES))
            return
        name = written.value
    if "id" in node.value:
        yield from _id(node.value["id"][1])
    yield from _record(node, TYPES[name], "", known={"type"}, called=f"a {name} card")


def _explain_same(node: Node, line: int) -> Problem:
    if "id" in node.value:
        written = node.value["id"][1]
        return Problem(
            written.start, "id", f"the card on line {line} has the id `{written.value}` already", "change it"
        )
    return Problem(node.start, "", f"the card on line {line} asks the same", "give one of them an `id`, or remove it")


def _explain_rules(node: Node) -> list[Problem]:
    try:
        cards = typed(_plain(node), "deck", Path(), node.start.line)
    except Unfit as error:
        return [Problem(node.start, "", f"the card cannot be read: {error}")]
    rules = dict.fromkeys(rule for card in cards for rule in broken(card))
    return [_explain_rule(node, rule) for rule in rules]


def _explain_rule(node: Node, rule: Broken) -> Problem:
    """A broken rule, at the field it is about or at the nearest field around it that is written."""
    path, message, hint = rule
    field = ""
    for step in path:
        field += f"[{step}]" if isinstance(step, int) else f".{step}" if field else step
        if isinstance(node.value, dict) and step in node.value:
            node = node.value[step][1]
        elif isinstance(node.value, list) and isinstance(step, int):
            node = node.value[step]
    return Problem(node.start, field, message, hint)


def _plain(node: Node) -> Any:
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(item) for key, (_, item) in node.value.items()}
    return node.value


def _clean(node: Node) -> None:
    """Clean the node's texts as `make.cleaned` does."""
    if isinstance(node.value, str):
        node.value = clean(node.value)
    elif isinstance(node.value, list):
        for item in node.value:
            _clean(item)
    else:
        for _, item in node.value.values():
            _clean(item)
        node.value = {cleaned_key(key): item for key, item in node.value.items()}


def suggest(written: str, known: typing.Iterable[str]) -> str:
    """`did you mean ...?`, or what there is to choose from."""
    import difflib

    names = list(known)
    meant = _OFTEN_MEANT.get(written.lower().replace(" ", "_"), "")
    near = [meant] if meant in names else difflib.get_close_matches(written.lower(), names, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"it can be {', '.join(f'`{name}`' for name in names)}" if len(names) < 20 else ""


def _id(node: Node) -> Iterator[Problem]:
    if isinstance(node.value, str) and node.value and not ID.fullmatch(node.value):
        hint = "use lower-case letters, digits and hyphens"
        if made := slug(node.value):
            hint += f": `{made}`"
        yield Problem(node.start, "id", f"{_shown(node)} cannot be an id", hint)


def _record(node: Node, kind: type[Struct], at: str, known: set[str], called: str) -> Iterator[Problem]:
    """A mapping that should be the struct `kind`."""
    fields = written_fields(kind)
    spread = kind.__name__ in _SPREAD_TEXT
    names = [name for name in (*known, *fields) if not spread or name != "text"]
    if spread:
        names = ["en", "zh", "text", *names]
        yield from _spread_text(node, at)
    for name, (key, value) in node.value.items():
        if name not in names:
            yield Problem(key.start, _join(at, name), f"{called} has no field `{_short(name)}`", suggest(name, names))
        elif name in fields and not (spread and name == "text"):
            yield from _walk(value, _hints(kind)[fields[name]], _join(at, name))
    needed = {field.name for field in msgspec.structs.fields(kind) if field.required}
    for name, field in fields.items():
        if field in needed and name not in node.value and not (spread and name == "text"):
            if kind.__name__ == "NumericAnswer" and name == "range":
                continue
            yield Problem(node.start, _join(at, name), f"`{name}` is missing", f"{called} needs it")


def _spread_text(node: Node, at: str) -> Iterator[Problem]:
    written = [name for name in ("en", "zh", "text") if name in node.value]
    if not written:
        yield Problem(node.start, at, "the text is missing", "write `en:` and `zh:`, or `text:` for both")
    elif "text" in written and len(written) > 1:
        hint = "`text:` is for a text that is the same in both languages"
        yield Problem(node.value["text"][0].start, at, "both `text` and a language are written", hint)
    for name in written:
        yield from _walk(node.value[name][1], Words if name == "text" else str, _join(at, name))


def _walk(node: Node, hint: Any, at: str) -> Iterator[Problem]:
    """A value that should have the annotated type `hint`."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        yield from _limited(node, hint, at)
    elif origin in (UnionType, typing.Union):
        if not (isinstance(node.value, str) and node.value.lower() == "null"):
            yield from _walk(node, next(arg for arg in args if arg is not NoneType), at)
    elif hint is Words:
        yield from _words(node, at)
    elif origin is tuple and Ellipsis not in args:
        yield from _range(node, at)
    elif origin is tuple:
        yield from _list(node, args[0], at)
    elif origin is dict:
        if isinstance(node.value, dict):
            for name, (_, value) in node.value.items():
                yield from _walk(value, args[1], _join(at, name))
        else:
            yield Problem(node.start, at, f"a mapping is needed, not {_shown(node)}", "write {name: value}")
    elif isinstance(hint, type) and issubclass(hint, Struct):
        yield from _struct(node, hint, at)
    elif not isinstance(node.value, str):
        quote = "put the text in quotes" if hint is str and node.style == "flow" else ""
        yield Problem(node.start, at, f"{_NEEDED.get(hint, 'a word')} is needed, not {_shown(node)}", quote)
    elif origin is Literal:
        if node.value not in args:
            yield Problem(node.start, at, f"{_shown(node)} is not one of them", _meant(node, args))
    elif hint is not str and not _fits(node.value, hint):
        hints = {bool: "write true or false"}
        message = f"{_NEEDED[hint]} is needed, not {_shown(node)}"
        yield Problem(node.start, at, message, hints.get(hint, "write it in digits"))


_NEEDED: dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _fits(written: str, kind: Any) -> bool:
    try:
        value = msgspec.convert(written, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return kind is not float or isfinite(value)


def _struct(node: Node, kind: type[Struct], at: str) -> Iterator[Problem]:
    if isinstance(node.value, dict):
        yield from _record(node, kind, at, known=set(), called=f"`{at}`")
    elif not (isinstance(node.value, str) and kind.__name__ in ("Point", "ChoiceItem")):
        yield Problem(node.start, at, f"a mapping is needed, not {_shown(node)}", _example(kind))


def _example(kind: type[Struct]) -> str:
    return f"write {{{', '.join(f'{name}: ...' for name in written_fields(kind))}}}"


def _words(node: Node, at: str) -> Iterator[Problem]:
    if isinstance(node.value, list):
        hint = 'put text that starts with [ in quotes: "[...]"' if node.style == "flow" else "write it below `|`"
        yield Problem(node.start, at, f"a text is needed, not {_shown(node)}", hint)
    elif isinstance(node.value, dict):
        for name, (key, value) in node.value.items():
            if name not in ("en", "zh"):
                hint = "a text is one string or {en: ..., zh: ...}; quote text that contains `: ` or starts with {"
                near = suggest(name, ("en", "zh")) if len(name) < 9 else ""
                yield Problem(key.start, at, f"`{_short(name)}` is not a language", near if "mean" in near else hint)
            else:
                yield from _walk(value, str, _join(at, name))


def _range(node: Node, at: str) -> Iterator[Problem]:
    if not isinstance(node.value, list) or len(node.value) != 2:
        yield Problem(node.start, at, f"a range is needed, not {_shown(node)}", "write [low, high]")
    else:
        for i, item in enumerate(node.value):
            yield from _walk(item, float, f"{at}[{i}]")


def _list(node: Node, kind: Any, at: str) -> Iterator[Problem]:
    if not isinstance(node.value, list):
        hint = "write each on a line of its own, after `- `"
        if isinstance(node.value, str):
            hint = f"write [{_short(node.value)}]" if node.value else "write it, or remove the line"
        yield Problem(node.start, at, f"a list is needed, not {_shown(node)}", hint)
    else:
        for i, item in enumerate(node.value):
            yield from _walk(item, kind, f"{at}[{i}]")


def _limited(node: Node, hint: Any, at: str) -> Iterator[Problem]:
    problems = list(_walk(node, hint.__origin__, at))
    yield from problems
    if problems:
        return
    try:
        msgspec.convert(node.value, hint, strict=False)
    except msgspec.ValidationError as error:
        message, advice = str(error).partition(" - at ")[0], ""
        if hint is DemoName:
            message = f"{_shown(node)} cannot be a demo's name"
            advice = "the file's name without .py: lower-case letters, digits and _; never a path"
        elif hint.__origin__ is int:
            meta = hint.__metadata__[0]
            message = f"{_shown(node)} is not from {meta.ge} to {meta.le}"
        elif not node.value:
            message, advice = "the text is empty", "write it, or remove it"
        yield Problem(node.start, at, message, advice)


def _hints(kind: type[Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def _meant(node: Node, known: typing.Iterable[str]) -> str:
    return suggest(node.value, known) if isinstance(node.value, str) else ""


def _join(at: str, name: str) -> str:
    return f"{at}.{_short(name)}" if at else _short(name)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _shown(node: Node) -> str:
    if isinstance(node.value, str):
        return f"`{_short(node.value)}`" if node.value else "nothing"
    return "a list" if isinstance(node.value, list) else "a mapping"
