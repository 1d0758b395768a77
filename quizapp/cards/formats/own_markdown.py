"""A deck as Markdown that a person reads and that loses nothing: what a deck says in a text or a list stands under
headings, what has no natural place in a text in a block of YAML below them.

    ## the-id-of-the-card

    The question, or `### Question (en)` and `### Question (zh)`.

    ### Answer
    …
    ### Data (a fenced block of YAML with all the rest)

Lines of a card that look like such a heading have a backslash before them. `own_markdown_read` reads it.
"""

import os
import re
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quizapp import disk
from quizapp.cards.arithmetic import NUMBER
from quizapp.cards.card import Deck
from quizapp.cards.edit import Written
from quizapp.cards.fault import Unfit
from quizapp.cards.formats import Foreign, MediaFile
from quizapp.cards.formats.carried import bring
from quizapp.cards.formats.sides import media_of
from quizapp.cards.make import MOST_ENTRY, cleaned, make
from quizapp.cards.media import media_folder, media_replaced
from quizapp.cards.text_file import bytes_of
from quizapp.cards.write import Entry, block
from quizapp.cards.yaml_reader import read_values
from quizapp.texts import tell
from quizapp.words import LANGUAGES, Shown, clean

TEXT_HEADINGS = {"Question": "q", "Statement": "says", "Text": "text", "Answer": "a", "Why": "why"}
LIST_HEADINGS = {
    "Choices": "choices",
    "Items": "items",
    "Points": "points",
    "Hints": "hints",
    "Steps": "subgoals",
    "Traps": "traps",  # of a number; those of code have names, and stand with the data
}
_ORDER = ("Question", "Statement", "Text", "Choices", "Items", "Hints", "Answer", "Points", "Steps", "Traps", "Why")
CARD_HEADING = re.compile(r"## ([a-z0-9][a-z0-9-]{0,99})[ \t]*")
SECTION_HEADING = re.compile(rf"### ({'|'.join(_ORDER)}|Data)(?: \((en|zh)\))?[ \t]*")
_NUMBERS = frozenset({"value", "range", "expect", "with", "vary", "seconds", "ok", "core", "first"})

Sections = dict[tuple[str, str], str]  # by heading and language; "" is for a text that is the same in both


def write_markdown(deck: Deck, path: Path, _: Shown) -> None:
    """All that the deck's file says of its good cards, in both languages; pictures and sounds are copied into a folder
    beside it. Raises Foreign, Unreadable or OSError."""
    frame, entries = _entries(deck.path)
    files = {name: file for name, file in media_of(deck).items() if file is not None}
    head: Entry = {"quizapp": Written("1")}
    head |= {name: frame[name] for name in ("title", "start") if name in frame}
    folder = media_folder(path)

    def beside(words: str, name: str) -> str:
        return f"![{words}]({f'{quote(folder.name)}/{name}' if name in files else name})"

    parts = [f"---\n{_as_yaml(head)}---\n", *(media_replaced(_card(entry), beside) for entry in entries)]
    if files and folder.absolute() != media_folder(deck.path).absolute():
        if os.path.lexists(folder):
            raise Foreign(tell("formats.media_there", folder=folder))
        bring([MediaFile(name, file.parent, name) for name, file in files.items()], path)
    disk.replace(path, "\n".join(parts).encode())


def _entries(path: Path) -> tuple[Entry, list[Entry]]:
    """What stands around the cards of a deck, and the entries that make some, as they are written, with their ids."""
    good: dict[str, Entry] = {}

    def one(raw: Entry, line: int, length: int, _: Entry) -> None:
        entry = cleaned(raw)
        if length <= MOST_ENTRY and (made := id_made_by(entry, line)):
            good.setdefault(made, {"id": made} | entry)

    frame: Any = read_values(bytes_of(path), one, clean)
    return cleaned({name: value for name, value in frame.items() if name != "cards"}), list(good.values())


def id_made_by(entry: Entry, line: int = 0) -> str:
    """The id of the card that an entry makes; "" if it makes none."""
    try:
        return make(deepcopy(entry), "deck", Path(), line)[0].id
    except Unfit:
        return ""


def _card(entry: Entry) -> str:
    rest, sections = _divided(entry)
    parts = [f"## {rest.pop('id')}\n"]
    for name in _ORDER:
        for language in ("", *LANGUAGES):
            if text := sections.get((name, language)):
                heading = f"### {name} ({language})" if language else f"### {name}"
                parts += [f"{heading}\n"] if (name, language) != ("Question", "") else []
                parts.append(_kept(text) + "\n")
    if rest:
        written = _kept(_as_yaml(rest))
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", written))])
        parts.append(f"### Data\n\n{fence}yaml\n{written}{fence}\n")
    return "\n".join(parts)


def _divided(entry: Entry) -> tuple[Entry, Sections]:
    """What of an entry stays data, and what is read under headings."""
    rest, sections = dict(entry), Sections()
    if isinstance(rest.get("source"), dict):
        source = dict(rest["source"])
        rest |= {"says": source.pop("says", ""), "source": source}
    for name, field in TEXT_HEADINGS.items():
        if parts := in_languages(rest.get(field)):
            sections |= {(name, language): text for language, text in parts.items()}
            del rest[field]
    for name, field in LIST_HEADINGS.items():
        if isinstance(listed := rest.pop(field, None), list) and (found := _listed(name, listed)) is not None:
            texts, besides = found
            sections |= {(name, language): text for language, text in texts.items()}
            listed = besides if any(besides) else None
        rest |= {field: listed} if listed is not None else {}
    if "says" in rest:  # which cannot be read under a heading
        rest["source"] = {"says": rest.pop("says")} | rest["source"]
    if rest.get("source") == {}:
        del rest["source"]
    return rest, sections


def in_languages(value: Any) -> dict[str, str]:
    """A text by its languages ("": in both the same), without the line ends behind it; none where a heading and blank
    lines around it would change it."""
    parts = {"": value} if isinstance(value, str) else value
    if not isinstance(parts, dict) or not all(isinstance(part, str) for part in parts.values()):
        return {}
    parts = {language: part.rstrip("\n") for language, part in parts.items()}
    return {language: part for language, part in parts.items() if part} if all(map(_firm, parts.values())) else {}


def _firm(text: str) -> bool:
    return text == text.strip()


def _listed(name: str, listed: list[Any]) -> tuple[dict[str, str], list[Entry]] | None:
    """A list in Markdown by its languages, and what each of its items holds besides; None if it cannot be one."""
    items = [_item(name, item) for item in listed]
    if not items or not all(text and in_languages(text) and (not why or in_languages(why)) for text, why, *_ in items):
        return None
    both = any(isinstance(part, dict) for text, why, *_ in items for part in (text, why))
    texts = {}
    for language in LANGUAGES if both else ("",):
        lines = []
        for at, (text, why, ok, _) in enumerate(items, 1):
            said, because = (_said(part, language) for part in (text, why))
            if name in ("Choices", "Traps") and re.search(r"^>.*\Z", said, re.MULTILINE):
                return None
            mark = f"{at}. " if name in ("Items", "Steps") else "- "
            mark += f"[{'x' if ok else ' '}] " if name == "Choices" else ""
            body = said + "".join(f"\n> {line}" if line else "\n>" for line in because.split("\n") if because)
            indent = " " * (2 if name == "Choices" else len(mark))
            lines.append((mark + re.sub(r"\n(?=[^\n])", f"\n{indent}", body)).rstrip(" "))
        texts[language] = "\n".join(lines)
    return texts, [besides for *_, besides in items]


def _item(name: str, item: Any) -> tuple[Any, Any, bool, Entry]:
    """The text of an item, its why, whether it is right, and what it holds besides."""
    if not isinstance(item, dict):
        return item, "", False, {}
    besides = dict(item)
    if name == "Traps":
        text = besides.pop("value", "")
    elif "text" in besides:
        text = besides.pop("text")
    else:
        text = {language: besides.pop(language) for language in LANGUAGES if language in besides}
    if name not in ("Choices", "Traps"):
        return text, "", False, besides
    ok = str(besides.pop("ok", "")).lower() in ("true", "1")
    return text, besides.pop("why", ""), ok, besides


def _said(value: Any, language: str) -> str:
    return str(value.get(language, "") if isinstance(value, dict) else value).rstrip("\n")


def _kept(text: str) -> str:
    """The text with a backslash before each line that would be read as a heading of ours."""
    return "\n".join(f"\\{line}" if _is_mark(line.lstrip("\\")) else line for line in text.split("\n"))


def _is_mark(line: str) -> bool:
    return line.startswith("##") and (CARD_HEADING.fullmatch(line) or SECTION_HEADING.fullmatch(line)) is not None


def _as_yaml(fields: Entry) -> str:
    """A mapping as a block of YAML."""
    return "\n".join(line[2:] for line in block(with_numbers(fields), 0).split("\n"))


def with_numbers(value: Any, of: bool = False) -> Any:
    """The value with what is a number or a truth written as one, where a deck has them."""
    if isinstance(value, dict):
        return {name: with_numbers(item, of or name in _NUMBERS) for name, item in value.items()}
    if isinstance(value, list):
        return [with_numbers(item, of) for item in value]
    plain = of and (NUMBER.fullmatch(value) or value in ("true", "false"))
    return Written(value) if plain else value
