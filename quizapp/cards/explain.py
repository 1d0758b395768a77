"""What is wrong with a deck, or with an entry of it, that is not as it should be."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from quizapp.cards.card import TYPES, written_fields
from quizapp.cards.edit import plain
from quizapp.cards.fields import Problem, explain_struct, explain_value, nearest, short, shown, suggest
from quizapp.cards.make import MOST_ENTRY, Unfit, cleaned_key, typed
from quizapp.cards.rules import Broken, broken
from quizapp.cards.slug import DECK_NAME, ID, slug
from quizapp.cards.yaml_reader import Mark, Node
from quizapp.words import Words, clean

MOST_PROBLEMS = 20  # of one card: who mends these will check again
FRAME = ("format", "deck", "title", "cards")
_OF_CARDS = frozenset(field for kind in TYPES.values() for field in written_fields(kind))


def explain(node: Node, same_id: int = 0) -> list[Problem]:
    """Everything that is wrong with an entry of a deck that `make` does not take; never nothing.

    `same_id` is the line of an earlier card that has its id, or 0. The node's texts are cleaned.
    """
    _clean(node)
    problems = list(islice(_explain_types(node), MOST_PROBLEMS))
    if not problems and same_id:
        problems = [_explain_same(node, same_id)]
    if not problems and node.end.index - node.start.index > MOST_ENTRY:
        message = f"the card has more than {MOST_ENTRY:,} characters: no screen shows that much"
        problems = [Problem(node.start, "", message, "split it into several cards")]
    return problems or _explain_rules(node)


def explain_frame(node: Node, newest: int) -> tuple[list[Problem], bool]:
    """What is wrong around the cards, and whether the cards cannot be read because of it."""
    if not isinstance(node.value, dict):
        what = "a list" if isinstance(node.value, list) else "text"
        return [Problem(node.start, "", f"the file is {what}, not a deck", "start it with `cards:`")], True
    problems = []
    for name, (key, _) in islice(((name, at) for name, at in node.value.items() if name not in FRAME), MOST_PROBLEMS):
        message = f"a deck has no field `{short(name)}`"
        hint = "it belongs to a card: below `cards:`, behind `- `" if name in _OF_CARDS else suggest(name, FRAME)
        problems.append(Problem(key.start, short(name), message, hint))
    if "title" in node.value:
        problems += islice(explain_value(node.value["title"][1], Words, "title"), MOST_PROBLEMS)
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
    yield Problem(written.start, "format", f"{shown(written)} is not a format", f"write `format: {newest}`")


def _name(node: Node) -> Iterator[Problem]:
    if "deck" in node.value:
        written = node.value["deck"][1]
        if not isinstance(written.value, str) or not DECK_NAME.fullmatch(written.value):
            hint = "a name without / \\ and :, such as `my-deck`; its full title goes into `title:`"
            yield Problem(written.start, "deck", f"{shown(written)} cannot be the name of a deck", hint)


def _cards(node: Node) -> Iterator[Problem]:
    example = "write `cards:`, and below it `  - q: ...` with `    a: ...`"
    if "cards" not in node.value:
        yield Problem(node.start, "cards", "the deck has no `cards`", example)
        return
    written = node.value["cards"][1]
    if not isinstance(written.value, list):
        message = f"a list of cards is needed, not {shown(written)}"
        yield Problem(written.start, "cards", message, example)
    elif not written.value:
        yield Problem(written.start, "cards", "the deck has no card", example)


def _explain_types(node: Node) -> Iterator[Problem]:
    """Everything that is wrong with the types of a card's fields; nothing if it fits."""
    if not isinstance(node.value, dict):
        hint = "a card is a mapping: `- q: ...` with `a: ...` below it"
        yield Problem(node.start, "", f"a card cannot be {shown(node)}", hint)
        return
    name = "free"
    if "type" in node.value:
        written = node.value["type"][1]
        if not isinstance(written.value, str) or written.value not in TYPES:
            yield Problem(written.start, "type", f"{shown(written)} is not a type of card", nearest(written, TYPES))
            return
        name = written.value
    if "id" in node.value:
        yield from _id(node.value["id"][1])
    yield from explain_struct(node, TYPES[name], "", called=f"{'an' if name == 'order' else 'a'} {name} card")


def _explain_same(node: Node, line: int) -> Problem:
    if "id" in node.value:
        written = node.value["id"][1]
        return Problem(
            written.start, "id", f"the card on line {line} has the id `{written.value}` already", "change it"
        )
    return Problem(node.start, "", f"the card on line {line} asks the same", "give one of them an `id`, or remove it")


def _explain_rules(node: Node) -> list[Problem]:
    try:
        cards = typed(plain(node), "deck", Path(), node.start.line)
    except Unfit as error:
        path = (error.field,) if error.field else ()
        return [_explain_rule(node, (path, error.message or "the card cannot be read", error.hint))]
    rules = list(islice(dict.fromkeys(rule for card in cards for rule in broken(card)), MOST_PROBLEMS))
    return [_explain_rule(node, rule) for rule in rules] or [Problem(node.start, "", "the card cannot be read")]


def _explain_rule(node: Node, rule: Broken) -> Problem:
    path, message, hint = rule
    at, field = locate(node, path)
    return Problem(at, field, message, hint)


def locate(node: Node, path: tuple[str | int, ...]) -> tuple[Mark, str]:
    """Where a field of a card stands, or the nearest field around it that is written; and its name."""
    field = ""
    for step in path:
        field += f"[{step}]" if isinstance(step, int) else f".{step}" if field else step
        if isinstance(node.value, dict) and step in node.value:
            node = node.value[step][1]
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node.start, field


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


def _id(node: Node) -> Iterator[Problem]:
    if node.value == "":
        yield Problem(node.start, "id", "the id is empty", "write it, or remove the line")
    elif isinstance(node.value, str) and not ID.fullmatch(node.value):
        hint = "use lower-case letters, digits and hyphens"
        if made := slug(node.value):
            hint += f": `{made}`"
        yield Problem(node.start, "id", f"{shown(node)} cannot be an id", hint)
