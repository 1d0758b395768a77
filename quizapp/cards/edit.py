"""Changes to a deck's text that leave all the rest as it stands: comments, order, layout, line ends.

Text is put in at the marks that the reader kept, never written anew from values. What comes out is read again and
compared, and refused if anything but what was asked for is different.
"""

import json
import re
from pathlib import Path
from typing import Any

from quizapp.cards.fault import Unfit
from quizapp.cards.make import cleaned, make
from quizapp.cards.text_file import MOST_DECK_BYTES, Unreadable
from quizapp.cards.yaml_reader import Node, read_nodes, read_values
from quizapp.texts import tell

_LINE_END = re.compile("\r\n|\n|\r")
# Plain text that YAML reads as it is written, here and in editors: no sign with a meaning, no word that is a value.
_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z\u4e00-\u9fff][\w ()/+.'*?=-]*[\w)?.+]", re.I)


def pin(text: str, only: int | None = None) -> tuple[str, int]:
    """The deck with the id that each good card without one has, written into it; and how many that are. With `only`,
    that of the card on this line.

    A card with a fault is left alone, as is the second of two that ask the same. Raises Unreadable.
    """
    taken: set[str] = set()
    inserts: list[tuple[int, str]] = []
    for entry in entries_of(text):
        try:
            card = make(cleaned(values_of(entry)), "deck", Path(), 0)[0]
        except (Unfit, AttributeError):  # AttributeError: an entry that is no mapping
            continue
        if card.id not in taken and not card.pinned and only in (None, entry.start.line):
            inserts.append(first_field(text, entry, "id", card.id))
        taken.add(card.id)
    changed = put_in(text, inserts)
    if _all_but_ids(changed) != _all_but_ids(text):
        raise Unreadable(tell("yaml.by_hand"), tell("yaml.by_hand.do"))
    return changed, len(inserts)


def entries_of(text: str) -> list[Node]:
    """The entries of the list of cards, with their places; none where there is no such list. Raises Unreadable."""
    root = read_nodes(text).value
    cards = root["cards"][1].value if isinstance(root, dict) and "cards" in root else None
    return cards if isinstance(cards, list) else []


def first_field(text: str, entry: Node, name: str, written: str) -> tuple[int, str]:
    """Where to put a new first field of an entry, and what to put there. `written` is its value on one line."""
    at = entry.start.index
    if entry.style == "block":
        line_end = _LINE_END.search(text, at)
        return at, f"{name}: {written}{line_end[0] if line_end else chr(10)}{' ' * (entry.start.column - 1)}"
    first = next(iter(entry.value.values()))[0]
    if first.style == '"':  # as in JSON
        name, written = f'"{name}"', written if written.startswith('"') else f'"{written}"'
    while text[at + 1] == " ":
        at += 1
    return at + 1, f"{name}: {written}," + ("" if text[at + 1] in "\r\n" else " ")


def put_in(text: str, inserts: list[tuple[int, str]]) -> str:
    """The text with every insert at its index. Raises Unreadable if that is larger than a deck may be."""
    parts, done = [], 0
    for at, new in sorted(inserts):
        parts += [text[done:at], new]
        done = at
    changed = "".join([*parts, text[done:]])
    if inserts and len(changed.encode()) > MOST_DECK_BYTES:
        raise Unreadable(tell("yaml.would_be_large"), tell("yaml.split_deck"))
    return changed


def end_of(text: str, node: Node) -> int:
    """Behind the last character of a value; a block's own mark is where the next thing starts."""
    if node.style == "block":
        children = list(node.value) if isinstance(node.value, list) else [item for _, item in node.value.values()]
        return end_of(text, children[-1]) if children else node.end.index
    if node.style in ("|", ">"):
        return node.start.index + len(text[node.start.index : node.end.index].rstrip())
    return node.end.index


class Written(str):
    """A number or `true`: written as it stands, with no quotes around it."""


def one_line(value: Any) -> str:
    """A text, list or mapping as YAML on one line."""
    if isinstance(value, Written):
        return value
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(one_line(item) for item in value)}]"
    return f"{{{', '.join(f'{key_text(name)}: {one_line(item)}' for name, item in value.items())}}}"


def key_text(name: str) -> str:
    """The name of a field or of a value, in quotes where YAML wants them."""
    return name if re.fullmatch(r"\w[\w.-]*", name) else json.dumps(name, ensure_ascii=False)


def values_of(node: Node) -> Any:
    """The value without its places."""
    if isinstance(node.value, list):
        return [values_of(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: values_of(item) for key, (_, item) in node.value.items()}
    return node.value


def _all_but_ids(text: str) -> Any:
    root = read_values(text)
    if isinstance(root, dict) and isinstance(root.get("cards"), list):
        for entry in root["cards"]:
            if isinstance(entry, dict):
                entry.pop("id", None)
    return root
