"""What a person fills in to make a card → an entry of a deck, and what is wrong with it, field by field.

A draft is a mapping of field names to text as it was typed. A text in a second language stands under its field's name
and ".zh"; what is one a line in both belongs together line by line.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from quizapp.cards.arithmetic import NUMBER
from quizapp.cards.edit import Written
from quizapp.cards.fault import Fault
from quizapp.cards.formats import tidy
from quizapp.cards.load import load_text
from quizapp.cards.slug import made_id
from quizapp.cards.write import Entry, appended, new_text
from quizapp.texts import Sentence, UserError, tell

_ASKS: dict[str, tuple[str, ...]] = {
    "free": ("q", "a", "points"),
    "choice": ("q", "choices"),
    "cloze": ("text",),
    "numeric": ("q", "value", "unit", "low", "high", "traps"),
    "order": ("q", "items"),
    "fix": ("says", "book", "question", "a", "points"),
}
FORM_FIELDS = {kind: (*asks, "why", "refs", "tags") for kind, asks in _ASKS.items()}  # of each type, in order
TRANSLATED = frozenset({"q", "a", "points", "choices", "text", "traps", "items", "says", "why"})
LINES = frozenset({"points", "choices", "items", "traps", "refs"})  # one a line

_OK = re.compile(r"\*\s+")  # before a right choice; Markdown's **bold** is none
_WHY = re.compile(r"(?<!\s)\s+::\s+")
_FIELD = {"answer": "value", "source": "says", "id": ""}
# What a fault is called in a form, where there is no YAML; any other is said as it is.
_IN_A_FORM = {
    "deck.missing": "cards.form.needed",
    "deck.empty_question": "cards.form.needed",
    "deck.empty_statement": "cards.form.needed",
    "deck.empty_point": "cards.form.needed",
    "deck.empty_item": "cards.form.needed",
    "deck.empty_text": "cards.form.needed",
    "deck.no_answer": "cards.form.answer",
    "deck.choice_count": "cards.form.choice_count",
    "deck.none_right": "cards.form.none_right",
    "deck.empty_choice": "cards.form.empty_line",
    "deck.repeated": "cards.form.repeated",
    "deck.no_gap": "cards.form.no_gap",
    "deck.gap_missing": "cards.form.gap_missing",
    "deck.needs_number": "cards.form.number",
    "deck.answer_out_of_range": "cards.form.out_of_range",
    "deck.trap_is_right": "cards.form.trap_is_right",
    "deck.trap_without_why": "cards.form.trap_without_why",
    "deck.few_items": "cards.form.few_items",
    "deck.same_question": "cards.form.asked_already",
    "deck.same_id": "cards.form.asked_already",
}
_HINT_FITS = frozenset({"deck.too_many", "deck.long_card", "deck.not_finite"})  # the hint speaks of no YAML


class Misfit(Struct, frozen=True):
    """What is wrong with a field of a draft; "" is the card as a whole."""

    field: str
    sentence: Sentence


class Refused(UserError):
    """A draft that would not make a good card; `misfits` say why."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(misfits[0].sentence)
        self.misfits = misfits


def entry_of(kind: str, draft: Mapping[str, str], *, both: bool = False, level: str = "") -> Entry:
    """The entry that the draft is so far. With `both`, texts are in English and Chinese, else in one language."""
    texts = {name: _content(draft, name, both) for name in FORM_FIELDS[kind]}
    entry: Entry = {"type": kind, "level": level}
    if kind == "free":
        del entry["type"]
    entry["tags"] = [tag for tag in (tidy(tag) for tag in re.split("[,，、]", draft.get("tags", ""))) if tag]
    entry["q"] = texts.get("q")
    entry["text"] = texts.get("text")
    if kind == "fix":
        source = {"book": _line(draft, "book"), "question": _line(draft, "question"), "says": texts["says"]}
        entry["source"] = {name: value for name, value in source.items() if value}
    entry["choices"] = [_choice(line) for line in texts.get("choices") or ()]
    entry["items"] = texts.get("items")
    if kind == "numeric":
        entry["answer"] = _answer(draft)
        entry["traps"] = [_trap(line) for line in texts["traps"] or ()]
    for name in ("a", "points", "why"):
        entry[name] = texts.get(name)
    entry["refs"] = texts["refs"]
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
    if new := [_misfit(fault) for fault in faults if fault not in known]:
        raise Refused([Misfit(one.field or _asks(entry), one.sentence) for one in new])
    return after


def _asks(entry: Entry) -> str:
    """The field that asks."""
    return "says" if "source" in entry else "text" if "text" in entry else "q"


def _misfit(fault: Fault) -> Misfit:
    name, below = (*map(str, fault.field), "", "")[:2] if fault.card else ("", "")
    name = {"range": "low"}.get(below, "value") if name == "answer" else _FIELD.get(name, name)
    if known := _IN_A_FORM.get(fault.message.id):
        return Misfit(name, tell(known))
    if fault.message.id in _HINT_FITS:
        return Misfit(name, tell("cards.form.with_hint", message=fault.message, hint=fault.hint))
    return Misfit(name, fault.message)


# What was typed


def _line(draft: Mapping[str, str], name: str) -> str:
    return " ".join(tidy(draft.get(name, "")).split())


def _content(draft: Mapping[str, str], name: str, both: bool) -> Any:
    """The field's text, or its list of texts; in two languages a mapping, or a list of them."""
    languages = {"en": tidy(draft.get(name, "")), "zh": tidy(draft.get(f"{name}.zh", ""))}
    if not both or name not in TRANSLATED:
        english = languages["en"]
        return [line.strip() for line in english.split("\n") if line.strip()] if name in LINES else english
    if name not in LINES:
        return _written(languages)
    # A line that is left empty keeps the others beside theirs, so blank lines at the start count too.
    lines = {language: text.split("\n") if text else [] for language, text in languages.items()}
    longest = max(map(len, lines.values()))
    rows = (
        {language: text[i].strip() if i < len(text) else "" for language, text in lines.items()} for i in range(longest)
    )
    return [row for row in map(_written, rows) if row]


def _written(languages: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in languages.items() if text}


def _parted(line: Any) -> tuple[Any, Any]:
    """What stands before ` :: ` and what behind it, in each language."""
    if isinstance(line, str):
        text, *why = _WHY.split(line, maxsplit=1)
        return text, why[0] if why else ""
    parts = {language: _parted(text) for language, text in line.items()}
    return tuple(_written({language: part[i] for language, part in parts.items()}) for i in (0, 1))  # type: ignore[return-value]


def _choice(line: Any) -> Entry:
    """A star before it, in either language: it is right."""
    texts = {"text": line} if isinstance(line, str) else dict(line)
    right = any(_OK.match(text) for text in texts.values())
    texts = {language: _OK.sub("", text, count=1) if _OK.match(text) else text for language, text in texts.items()}
    text, why = _parted(texts if not isinstance(line, str) else texts["text"])
    choice: Entry = {"text": text} if isinstance(text, str) else {**text}
    if right:
        choice["ok"] = Written("true")
    if why:
        choice["why"] = why
    return choice


def _trap(line: Any) -> Entry:
    text, why = _parted(line)
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
