"""What `own_markdown` wrote, or a person in its way → the entries of a deck."""

import re
from collections.abc import Iterator
from typing import Any

from quizapp.cards.card import TYPES, written_fields
from quizapp.cards.formats import FileContents
from quizapp.cards.formats.carried import Carrier
from quizapp.cards.formats.own_markdown import (
    CARD_HEADING,
    LIST_HEADINGS,
    SECTION_HEADING,
    TEXT_HEADINGS,
    Sections,
    id_made_by,
    in_languages,
    with_numbers,
)
from quizapp.cards.make import MOST_ENTRY, cleaned
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import Entry, block
from quizapp.cards.yaml_reader import read_values
from quizapp.texts import tell
from quizapp.words import LANGUAGES

_ESCAPED = re.compile(rf"\\+(?:{CARD_HEADING.pattern}|{SECTION_HEADING.pattern})")
_ITEM = re.compile(r"(?:-|\d{1,3}\.)(?: |$)")
_CHECKED = re.compile(r"- \[([ xX])\](?: |$)")
_MARK = re.compile(r"!\[([^\[\]\n]{0,500})\]\(([^()<>\s]{1,500})\)")
_HEAD = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


def is_own(text: str) -> bool:
    head = _HEAD.match(text)
    return head is not None and "quizapp: 1" in head[1].split("\n")


def read_own(text: str, stem: str, carrier: Carrier) -> FileContents:
    """What a file that `write_markdown` wrote holds, edited or not; cards that a deck would not take are counted."""
    head, lost = _HEAD.match(text), carrier.lost
    frame = _frame(head[1]) if head else {}
    entries: dict[str, Entry] = {}
    for made, sections in _cards(text[head.end() if head else 0 :].replace("\ufffe", "").replace("\uffff", "")):
        entry = _entry(made, {heading: _carried(body, carrier) for heading, body in sections.items()})
        if made in entries:
            lost.one(tell("formats.lost.card_twice"), made)
        elif entry is None or id_made_by(entry) != made:
            lost.one(tell("formats.lost.amiss"), made)
        elif len(block(entry, 2)) > MOST_ENTRY:
            lost.one(tell("formats.lost.long_card", most=MOST_ENTRY), made)
        else:
            entries[made] = with_numbers(entry)
    title, start = frame.get("title", ""), frame.get("start", [])
    begins = tuple(id for id in start if isinstance(id, str) and id in entries) if isinstance(start, list) else ()
    fits = in_languages(title) and (isinstance(title, str) or title.keys() <= {*LANGUAGES})
    return FileContents(title if fits else stem, tuple(entries.values()), lost, start=begins)


def _carried(text: str, carrier: Carrier) -> str:
    """The text with the pictures and sounds that come along; what is not there stays as it is written."""
    return _MARK.sub(lambda mark: carrier.take(mark[2], mark[1]) or mark[0], text) if "![" in text else text


def _frame(head: str) -> Entry:
    try:
        frame = read_values(head)
    except Unreadable:
        return {}
    return cleaned(frame) if isinstance(frame, dict) else {}


def _cards(text: str) -> Iterator[tuple[str, Sections]]:
    """The cards of a text, each with what stands under its headings."""
    made, lines = "", dict[tuple[str, str], list[str]]()
    under = lines.setdefault(("Question", ""), [])
    for line in text.split("\n"):
        if line.startswith("## ") and (card := CARD_HEADING.fullmatch(line)):
            if made:
                yield made, {heading: "\n".join(body) for heading, body in lines.items()}
            made, lines = card[1], {}
            under = lines.setdefault(("Question", ""), [])
        elif line.startswith("### ") and (section := SECTION_HEADING.fullmatch(line)):
            under = lines.setdefault((section[1], section[2] or ""), [])
        else:
            under.append(line[1:] if line.startswith("\\") and _ESCAPED.fullmatch(line) else line)
    if made:
        yield made, {heading: "\n".join(body) for heading, body in lines.items()}


def _entry(made: str, sections: Sections) -> Entry | None:
    """The entry of a card, in the order in which a deck has its fields; None if its data cannot be read."""
    entry = _data(sections.get(("Data", ""), ""))
    if entry is None or entry.get("type", "free") not in list(TYPES):  # of whatever type it is
        return None
    for name, field in TEXT_HEADINGS.items():
        if text := _joined({language: sections.get((name, language), "") for language in ("", *LANGUAGES)}):
            entry[field] = text
    if "says" in entry:
        source = entry.get("source", {})
        entry["source"] = {"says": entry.pop("says")} | (source if isinstance(source, dict) else {})
    for name, field in LIST_HEADINGS.items():
        by_language = {
            language: _items(name, sections[name, language])
            for language in ("", *LANGUAGES)
            if (name, language) in sections
        }
        if most := max(map(len, by_language.values()), default=0):
            besides = entry.get(field, [])
            besides = [*besides, *[{}] * most] if isinstance(besides, list) else [{}] * most
            entry[field] = [
                _item_of(name, {lang: items[at] for lang, items in by_language.items() if at < len(items)}, besides[at])
                for at in range(most)
            ]
    order = ["id", "type", *written_fields(TYPES[entry.get("type", "free")])]
    entry = cleaned({"id": made} | entry)
    return {name: entry[name] for name in sorted(entry, key=lambda name: order.index(name) if name in order else 99)}


def _data(body: str) -> Entry | None:
    """The mapping in a fenced block; empty where there is none, None where it cannot be read."""
    lines = body.strip("\n ").split("\n")
    if lines == [""]:
        return {}
    if len(lines) < 3 or not re.match("```+yaml|~~~+yaml", lines[0]):
        return None
    try:
        found = read_values("\n".join(lines[1:-1]) + "\n")
    except Unreadable:
        return None
    return found if isinstance(found, dict) else None


def _joined(parts: dict[str, str]) -> str | dict[str, str]:
    """A text as a deck writes it: "" for both languages, or by language."""
    parts = {language: text.strip() for language, text in parts.items() if text.strip()}
    same = parts.pop("", "")
    if not parts:
        return same
    return {"en": same, "zh": same} | parts if same else parts


def _items(name: str, body: str) -> list[tuple[str, str, bool]]:
    """The items of a list, each with its why and whether it is right."""
    items: list[tuple[list[str], int, bool]] = []
    for line in body.split("\n"):
        found = _CHECKED.match(line) if name == "Choices" else None
        if begun := found or _ITEM.match(line):
            indent = 2 if name == "Choices" else begun.end()
            items.append(([line[begun.end() :]], indent, found is not None and found[1] != " "))
        elif items:
            lines, indent, _ = items[-1]
            lines.append(line[indent:] if not line[:indent].strip() else line)
    return [(*_with_why(name, lines), ok) for lines, _, ok in items]


def _with_why(name: str, lines: list[str]) -> tuple[str, str]:
    """The text of an item, and what is quoted at its end."""
    lines = "\n".join(lines).rstrip().split("\n")
    at = len(lines)
    while name in ("Choices", "Traps") and at > 1 and lines[at - 1].startswith(">"):
        at -= 1
    why = (line.removeprefix("> ") if line.startswith("> ") else line[1:] for line in lines[at:])
    return "\n".join(lines[:at]).strip(), "\n".join(why)


def _item_of(name: str, parts: dict[str, tuple[str, str, bool]], besides: Any) -> Any:
    text = _joined({language: text for language, (text, _, _) in parts.items()})
    why = _joined({language: why for language, (_, why, _) in parts.items()})
    more = dict(besides) if isinstance(besides, dict) else {}
    if name == "Traps":
        return {"value": next(text for text, _, _ in parts.values())} | ({"why": why} if why else {}) | more
    if name == "Choices":
        more |= {"ok": "true"} if any(ok for _, _, ok in parts.values()) else {}
        more |= {"why": why} if why else {}
    if not more:
        return text
    return (
        {**text, **more} if isinstance(text, dict) and (name == "Choices" or "hit" in more) else {"text": text} | more
    )
