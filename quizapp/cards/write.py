"""Entries → the text of a deck: a new one, or one that is there and is brought up to date without touching the rest."""

import json
import re
from collections.abc import Sequence
from typing import Any

from quizapp.cards.edit import end_of, entries_of, first_field, key_text, one_line, values_of
from quizapp.cards.text_file import MOST_DECK_BYTES, Unreadable
from quizapp.cards.yaml_reader import Node, read_nodes, read_values
from quizapp.texts import tell

Entry = dict[str, Any]
_LONG = 96  # characters


def new_text(title: str | dict[str, str], entries: Sequence[Entry], about: str, start: Sequence[str] = ()) -> str:
    """A deck with these entries, of which those of a first session `start`; `about` becomes a comment. Raises
    Unreadable if it is larger than a deck may be."""
    parts = [f"# {line}\n" for line in about.splitlines()]
    parts += [
        f"title: {one_line(title)}\n",
        f"start: {one_line([*start])}\n" if start else "",
        "cards:\n",
        "\n".join(block(entry, 2) for entry in entries),
    ]
    return _bounded("".join(parts))


def brought_up_to_date(text: str, entries: Sequence[Entry]) -> tuple[str, int, int]:
    """The deck's text with these entries, and how many of them are new and how many changed.

    In an entry with the same id only the fields that differ are written anew; what an entry has beside them stays, as
    do entries that are not among these. New ones come last. Raises Unreadable.
    """
    root = read_nodes(text)
    mine = {
        node.value["id"][1].value: node
        for node in entries_of(text)
        if isinstance(node.value, dict) and "id" in node.value
    }
    edits: list[tuple[int, int, str]] = []
    changed = 0
    for entry in entries:
        if (node := mine.get(entry["id"])) is not None:
            differences = _differences(text, node, entry)
            edits += differences
            changed += bool(differences)
    new = [entry for entry in entries if entry["id"] not in mine]
    if new:
        edits.append(_appended(text, root, new))
    parts, done = [], 0
    for start, end, put in sorted(edits):
        parts += [text[done:start], put]
        done = end
    after = _bounded("".join([*parts, text[done:]]))
    if not _as_meant(text, after, entries):
        raise Unreadable(tell("yaml.no_update"), tell("yaml.new_file.do"))
    return after, len(new), changed


def appended(text: str, entry: Entry) -> str:
    """The deck's text with one more entry behind its last one, and not a character of it changed. Raises Unreadable."""
    lines: list[int] = []

    def noted(values: Entry, line: int, _: int, __: Entry) -> Entry:
        lines.append(line)
        return values

    meant: Any = read_values(text, noted)
    root = read_nodes(text, lines[-1:])  # the places of the last entry: those of all would take long
    at, _, put = _appended(text, root, [entry])
    after = _bounded(f"{text[:at]}{put}{text[at:]}")
    meant["cards"].append(entry)
    if read_values(after) != meant:
        raise Unreadable(tell("yaml.no_addition"), tell("yaml.no_addition.do"))
    return after


def block(entry: Entry, indent: int) -> str:
    """An entry of a block list, with its line end."""
    lines = [f"{key_text(name)}:{_behind(value, indent + 2)}\n" for name, value in entry.items()]
    margin = " " * indent
    return f"{margin}- " + f"{margin}  ".join(lines)


def _behind(value: Any, indent: int) -> str:
    """A field's value with what parts it from its `:`. `indent` is where the field starts; a list or mapping that would
    make a long line stands below it."""
    if isinstance(value, str) or _short(value, indent):
        return f" {field_text(value, indent)}"
    margin = "\n" + " " * (indent + 2)
    if isinstance(value, dict):
        return "".join(f"{margin}{key_text(name)}:{_behind(item, indent + 2)}" for name, item in value.items())
    parts = []
    for item in value:
        if isinstance(item, dict) and not _short(item, indent + 2):
            fields = [f"{key_text(name)}:{_behind(one, indent + 4)}" for name, one in item.items()]
            parts.append(f"{margin}- " + f"{margin}  ".join(fields))
        else:
            parts.append(f"{margin}- {field_text(item, indent + 2)}")
    return "".join(parts)


def _short(value: Any, indent: int) -> bool:
    line = one_line(value)
    return len(line) + indent <= _LONG and "\\n" not in line


def field_text(value: Any, indent: int) -> str:
    """A field's value behind its `: `: text of several lines as a literal block below it, all else on the line."""
    if isinstance(value, str) and "\n" in value and not value.startswith((" ", "\t", "\n")) and value == value.strip():
        margin = "\n" + " " * (indent + 2)
        return "|-" + "".join(f"{margin}{line}" if line else "\n" for line in value.split("\n"))
    return one_line(value)


def _differences(text: str, node: Node, entry: Entry) -> list[tuple[int, int, str]]:
    edits = []
    for name, value in entry.items():
        if name not in node.value:
            at, put = first_field(text, node, name, json.dumps(value, ensure_ascii=False))
            edits.append((at, at, put))
            continue
        key, old = node.value[name]
        if values_of(old) != value:
            end, indent = end_of(text, old), node.start.column - 1
            put = json.dumps(value, ensure_ascii=False) if node.style == "flow" else one_line(value)
            if node.style == "block" and _nothing_behind(text, end, indent + 2):
                put = field_text(value, indent).replace("\n", "\r\n" if "\r\n" in text else "\n")
            edits.append((key.end.index, end, f": {put}"))
    return edits


def _nothing_behind(text: str, end: int, indent: int) -> bool:
    """Whether a literal block may end here: a comment behind it, or below it as deep as it, would become its text."""
    blank = re.compile(r"[ \t]*(?:\r?\n[ \t\r\n]*|\Z)").match(text, end)
    if blank is None:
        return False
    return text[blank.end() : blank.end() + 1] != "#" or blank.end() - text.rfind("\n", 0, blank.end()) - 1 < indent


def _appended(text: str, root: Node, new: Sequence[Entry]) -> tuple[int, int, str]:
    """Where new entries go, behind the last one, and their text."""
    cards = root.value["cards"][1] if isinstance(root.value, dict) and "cards" in root.value else None
    if cards is None or not isinstance(cards.value, list) or not cards.value:
        raise Unreadable(tell("yaml.no_list"), tell("yaml.new_file.do"))
    at = end_of(text, cards.value[-1])
    if cards.style == "flow":
        return at, at, "".join(f", {json.dumps(entry, ensure_ascii=False)}" for entry in new)
    dash = cards.start.column - 1
    # The rest of the line, and the comments below it that are deeper than the dashes: they belong to the last entry.
    rest = re.compile(rf"[^\r\n]*(?:\r?\n(?:[ \t]*\r?\n)*(?: {{{dash + 1},}}#[^\r\n]*))*(\r?\n|\Z)").match(text, at)
    at, line_end = (rest.end(), rest[1]) if rest else (len(text), "")
    written = "".join(f"\n{block(entry, dash)}" for entry in new)
    if not line_end:
        return at, at, "\n" + written
    return at, at, written.replace("\n", line_end)


def _as_meant(before: str, after: str, entries: Sequence[Entry]) -> bool:
    """Whether the change brought these entries and nothing else."""
    old: Any = read_values(before)
    new: Any = read_values(after)
    meant = {entry["id"]: entry for entry in entries}
    for card in old["cards"]:
        if isinstance(card, dict) and isinstance(card.get("id"), str):
            card |= meant.pop(card["id"], {})
    old["cards"] += meant.values()
    return bool(old == new)


def _bounded(text: str) -> str:
    if len(text.encode()) > MOST_DECK_BYTES:
        raise Unreadable(
            tell("yaml.deck_would_be_large", mb=MOST_DECK_BYTES // 1024**2), tell("yaml.deck_would_be_large.do")
        )
    return text
