"""What a person fills in to make a card → an entry of a deck, and what is wrong with it, field by field.

A draft is a mapping of field names to text as it was typed. A text in a second language stands under its field's name
and ".zh"; what is one a line in both belongs together line by line.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from quizapp.cards.card import Fault
from quizapp.cards.edit import Written
from quizapp.cards.formats import Entry, tidy
from quizapp.cards.load import load_text
from quizapp.cards.make import NUMBER
from quizapp.cards.slug import made_id
from quizapp.cards.write import appended, new_text

_ASKS: dict[str, tuple[str, ...]] = {
    "free": ("q", "a", "points"),
    "choice": ("q", "choices"),
    "cloze": ("text",),
    "numeric": ("q", "value", "unit", "low", "high", "traps"),
    "order": ("q", "items"),
    "fix": ("says", "book", "question", "a", "points"),
}
FIELDS = {kind: (*asks, "why", "refs", "tags") for kind, asks in _ASKS.items()}  # of each type, in order
TRANSLATED = frozenset({"q", "a", "points", "choices", "text", "traps", "items", "says", "why"})
LINES = frozenset({"points", "choices", "items", "traps", "refs"})  # one a line

_OK = re.compile(r"\*\s+")  # before a right choice; Markdown's **bold** is none
_WHY = re.compile(r"(?<!\s)\s+::\s+")
_WHERE = re.compile(r"cards\[\d+\](?: [^\s:]+)?(?:: (\w+)(?:\.(\w+))?)?")
_FIELD = {"answer": "value", "source": "says", "id": ""}
# A part of what the loader says → that in the words of a form, where there is no YAML. The app has them in Chinese too.
SAID = (
    ("is missing", "this is needed"),
    ("is empty", "this is needed"),
    ("nothing to reveal", "write the answer, or points to tick"),
    ("choices; from", "write from 2 to 10 choices"),
    ("no choice is right", "put * before the right one"),
    ("has no text", "one of the lines has no text"),
    ("an earlier one", "two of the lines are the same"),
    ("hides nothing", "nothing is hidden: write {{c1::what is hidden}}"),
    ("but not here", "both languages have to hide the same numbers"),
    ("number is needed", "write a number in digits, such as 12 or 0.5"),
    ("is not within", "the number is not within this range"),
    ("counts as right", "one of these is within the range that counts as right"),
    ("does not say why", "say behind :: why each is wrong"),
    ("at least two items", "write at least two items"),
    ("asks the same", "the deck asks this already"),
    ("has the id", "the deck asks this already"),
)


class Misfit(Struct, frozen=True):
    """What is wrong with a field of a draft, in a sentence; "" is the card as a whole."""

    field: str
    said: str


class Refused(Exception):
    """A draft that would not make a good card; `misfits` say why."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(misfits[0].said)
        self.misfits = misfits


def entry_of(kind: str, draft: Mapping[str, str], *, both: bool = False, level: str = "") -> Entry:
    """The entry that the draft is so far. With `both`, texts are in English and Chinese, else in one language."""
    said = {name: _said(draft, name, both) for name in FIELDS[kind]}
    entry: Entry = {"type": kind, "level": level}
    if kind == "free":
        del entry["type"]
    entry["tags"] = [tag for tag in (tidy(tag) for tag in re.split("[,，、]", draft.get("tags", ""))) if tag]
    entry["q"] = said.get("q")
    entry["text"] = said.get("text")
    if kind == "fix":
        source = {"book": _line(draft, "book"), "question": _line(draft, "question"), "says": said["says"]}
        entry["source"] = {name: value for name, value in source.items() if value}
    entry["choices"] = [_choice(line) for line in said.get("choices") or ()]
    entry["items"] = said.get("items")
    if kind == "numeric":
        entry["answer"] = _answer(draft)
        entry["traps"] = [_trap(line) for line in said["traps"] or ()]
    for name in ("a", "points", "why"):
        entry[name] = said.get(name)
    entry["refs"] = said["refs"]
    entry = {name: value for name, value in entry.items() if value}
    asked = entry.get("source", {}).get("says") or entry.get("text") or entry.get("q")
    if isinstance(asked, dict):
        asked = asked.get("en") or asked.get("zh")
    return {"id": made_id(asked), **entry} if asked else entry


def misfits(entry: Entry) -> list[Misfit]:
    """What is wrong with the entry; nothing if it makes a card."""
    text = new_text("draft", [entry or {"q": ""}], "")
    return [_misfit(fault) for fault in load_text(text, Path("draft.yaml"))[1]]


def added(text: str, entry: Entry, path: Path) -> str:
    """The text of the deck at `path` with the entry as its last card, and not one character of it changed.

    Raises Refused if the deck would have another fault than it has, Unreadable if nothing can be added to it.
    """
    after = appended(text, entry)
    faults = load_text(after, path)[1]
    known = load_text(text, path)[1] if faults else ()
    if found := [_misfit(fault) for fault in faults if fault not in known]:
        raise Refused([Misfit(one.field or _asks(entry), one.said) for one in found])
    return after


def _asks(entry: Entry) -> str:
    """The field that asks."""
    return "says" if "source" in entry else "text" if "text" in entry else "q"


def _misfit(fault: Fault) -> Misfit:
    where = _WHERE.match(fault.where)
    name, below = (where[1] or "", where[2] or "") if where else ("", "")
    name = {"range": "low"}.get(below, "value") if name == "answer" else _FIELD.get(name, name)
    said = f"{fault.message}: {fault.hint}" if fault.hint and "`" not in fault.hint else fault.message
    return Misfit(name, next((words for part, words in SAID if part in fault.message), said))


# What was typed


def _line(draft: Mapping[str, str], name: str) -> str:
    return " ".join(tidy(draft.get(name, "")).split())


def _said(draft: Mapping[str, str], name: str, both: bool) -> Any:
    """The field's text, or its list of texts; in two languages a mapping, or a list of them."""
    languages = {"en": tidy(draft.get(name, "")), "zh": tidy(draft.get(f"{name}.zh", ""))}
    if not both or name not in TRANSLATED:
        english = languages["en"]
        return [line.strip() for line in english.split("\n") if line.strip()] if name in LINES else english
    if name not in LINES:
        return _written(languages)
    # A line that is left empty keeps the others beside theirs, so blank lines at the start count too.
    lines = {language: said.split("\n") if said else [] for language, said in languages.items()}
    longest = max(map(len, lines.values()))
    rows = (
        {language: said[i].strip() if i < len(said) else "" for language, said in lines.items()} for i in range(longest)
    )
    return [row for row in map(_written, rows) if row]


def _written(languages: dict[str, str]) -> dict[str, str]:
    return {language: said for language, said in languages.items() if said}


def _parted(said: Any) -> tuple[Any, Any]:
    """What stands before ` :: ` and what behind it, in each language."""
    if isinstance(said, str):
        text, *why = _WHY.split(said, maxsplit=1)
        return text, why[0] if why else ""
    parts = {language: _parted(text) for language, text in said.items()}
    return tuple(_written({language: part[i] for language, part in parts.items()}) for i in (0, 1))  # type: ignore[return-value]


def _choice(said: Any) -> Entry:
    """A star before it, in either language: it is right."""
    texts = {"text": said} if isinstance(said, str) else dict(said)
    right = any(_OK.match(text) for text in texts.values())
    texts = {language: _OK.sub("", text, count=1) if _OK.match(text) else text for language, text in texts.items()}
    text, why = _parted(texts if not isinstance(said, str) else texts["text"])
    choice: Entry = {"text": text} if isinstance(text, str) else {**text}
    if right:
        choice["ok"] = Written("true")
    if why:
        choice["why"] = why
    return choice


def _trap(said: Any) -> Entry:
    text, why = _parted(said)
    value = text if isinstance(text, str) else next(iter(text.values()), "")
    return {"value": _number(value), "why": why}


def _answer(draft: Mapping[str, str]) -> Entry:
    value, unit, low, high = (_line(draft, name) for name in ("value", "unit", "low", "high"))
    answer: Entry = {"value": _number(value)} if value else {}
    if unit:
        answer["unit"] = unit
    if low or high:
        answer["range"] = [_number(low or value), _number(high or value)]
    return answer


def _number(typed: str) -> str:
    return Written(typed) if NUMBER.fullmatch(typed) else typed
