"""Anki's packages (.apkg) and collections (.colpkg), of old versions (JSON in SQLite) and new ones (zstd, protobuf).

Nothing in the database is trusted: what is missing, of another type or too large ends the import with a sentence.
"""

import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from quizapp.cards.formats import FileContents, Foreign, Lost, entry_of_note
from quizapp.cards.formats.anki_history import history
from quizapp.cards.formats.anki_media import Package, carrier_of, count_unnamed
from quizapp.cards.formats.anki_message import json_of, message_of, text_in
from quizapp.cards.formats.anki_package import DATABASES, plain_tables, rows, tables_in, unpack
from quizapp.cards.formats.anki_progress import preset_of, progress_of
from quizapp.cards.formats.carried import Carrier, Shelf
from quizapp.cards.formats.html import to_markdown
from quizapp.cards.write import Entry
from quizapp.texts import Sentence, raised, tell

MOST_TEMPLATES = 1000  # that are looked at, and ten times as many characters of each
MOST_TEXT = 64 * 1024 * 1024  # characters of all fields; a deck holds a quarter of that
_FIELD = re.compile(r"\{\{([^{}]+)\}\}")
_NOT_A_FIELD = {"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"}
_HIDDEN = {"hint", "type"}  # filters of a field on the front that shows only when one asks for it, or has answered
# What a template has that is no word of its own.
_NO_WORD = re.compile(
    r"<(script|style)\b(?:.*?</\1\s*>|.*)|<!--(?:.*?-->|.*)|<[^<>]*>|&\w+;|\{\{[^{}]*\}\}", re.DOTALL | re.IGNORECASE
)
_LATEX_SIGN = re.compile(r"\[/?(?:latex|\${1,2})\]")
_LATEX = re.compile(
    r"\[(latex|\$\$?)\](?:(?!\[\1\]).)*?\[/\1\]|\\\((?:(?!\\\().)*?\\\)|\\\[(?:(?!\\\[).)*?\\\]", re.DOTALL
)
_CLOZE = 1


class NoteType(Struct, frozen=True):
    """A note type: its fields and, for each card that it makes, the templates of both sides."""

    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]


def read_package(path: Path, shelf: Shelf) -> FileContents:
    """Raises Foreign or OSError."""
    with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
        database = Path(folder) / "collection"
        inside = unpack(path, database)
        try:
            with tables_in(database, path) as tables, Package(path) as package:
                carrier = carrier_of(package, path, shelf, Lost())
                found = _read(tables, path, carrier, old=inside == DATABASES[-1])
                count_unnamed(package, carrier)
                return found
        except (
            sqlite3.Error,
            json.JSONDecodeError,
            KeyError,
            IndexError,
            TypeError,
            ValueError,
            AttributeError,
            RecursionError,
            OverflowError,
        ) as bad:
            why = bad.args[0] if bad.args and isinstance(bad.args[0], Sentence) else raised(bad)
            raise Foreign(tell("formats.bad_collection", file=path, why=why)) from None


class _Taken(Struct):
    """What is taken from the notes: entries by id, marks, the keys here of Anki's cards, those that were learned."""

    entries: dict[str, Entry] = {}
    marks: list[tuple[str, Literal["suspended", "flagged"]]] = []
    keys: dict[int, str] = {}
    learned: set[str] = set()

    def take(self, entry: Entry, nth: int, cloze: bool, cards: list[Any], lost: Lost) -> None:
        """The entry that template `nth` makes of a note, whose cards are all of `cards`."""
        if self.entries.setdefault(entry["id"], entry) is not entry:
            lost[tell("formats.lost.note_twice")] += 1
            return
        for _, at, queue, flags, card_id, state in cards:
            if cloze or at == nth:
                key = f"{entry['id']}:c{at + 1}" if cloze else entry["id"]
                self.marks += [(key, "suspended")] if queue == -1 else []
                self.marks += [(key, "flagged")] if flags & 7 else []
                self.keys[card_id] = key
                self.learned |= {key} if state else set()


def _read(tables: sqlite3.Connection, path: Path, carrier: Carrier, *, old: bool) -> FileContents:
    there = plain_tables(tables)
    if not {"col", "notes", "cards"} <= there:
        raise Foreign(tell("formats.no_notes", file=path))
    new = {"notetypes", "fields", "templates", "decks"} <= there
    kinds = _kinds_new(tables) if new else _kinds_old(tables)
    decks = _decks(tables, new)
    cards = _cards_of_notes(tables)
    used = {card[0] for own in cards.values() for card in own}
    lost, taken, length = carrier.lost, _Taken(), 0
    shown: set[int] = set()
    for note, guid, kind, tags, fields in rows(tables, "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"):
        own = cards.get(note, [])
        shown.add(kind)
        deck = decks.get(own[0][0], "") if own else ""
        tagged = tags.split() + (["_".join(deck.split())] if len(used) > 1 and deck else [])
        length += len(fields)
        if length > MOST_TEXT:
            raise Foreign(tell("formats.much_text", file=path, mb=MOST_TEXT >> 20))
        texts = _texts(fields, kinds[kind], carrier)
        templates = sorted({nth for _, nth, *_ in own}) or [0]
        for nth, entry in _made(kinds[kind], texts, str(guid), tagged, templates, lost):
            taken.take(entry, nth, kinds[kind].cloze, own, lost)
    _count_words([kinds[kind] for kind in shown], lost)
    if len(used) > 1:
        lost[tell("formats.lost.decks")] = len(used)
    progress = progress_of(tables, there, taken.keys) if taken.learned else {}
    reviews = history(tables, taken.keys, progress, old and _three_buttons(tables), lost) if "revlog" in there else ()
    if unknown := len(taken.learned - {review.card for review in reviews}):
        lost[tell("formats.lost.unknown_reviews")] = unknown
    title = decks.get(next(iter(used)), "") if len(used) == 1 else ""
    return FileContents(
        title or path.stem,
        tuple(taken.entries.values()),
        lost,
        tuple(taken.marks),
        reviews,
        progress=progress,
        preset=preset_of(tables, there, lost) if progress else None,
    )


def _texts(fields: str, kind: NoteType, carrier: Carrier) -> list[str]:
    """The fields of a note as Markdown."""
    latex = _in_latex(kind)
    return [
        to_markdown(f"[latex]{field}[/latex]" if i in latex and field.strip() else field, carrier.lost, carrier)
        for i, field in enumerate(fields.split("\x1f"))
    ]


def _cards_of_notes(tables: sqlite3.Connection) -> dict[int, list[Any]]:
    """By the id of their note: deck, number of the template, queue, flags, id, and whether it was learned."""
    cards: dict[int, list[Any]] = {}
    query = "SELECT nid, iif(odid, odid, did), ord, queue, flags, id, type FROM cards ORDER BY id"
    for note, *card in rows(tables, query):  # odid: where a card of a filtered deck is at home
        cards.setdefault(note, []).append(card)
    return cards


def _count_words(kinds: list[NoteType], lost: Lost) -> None:
    """Count as lost what the templates say around the fields."""
    templates = (side for kind in kinds for card in kind.templates for side in card)
    for words in filter(None, map(_words_of, islice(templates, MOST_TEMPLATES))):
        lost.one(tell("formats.lost.template_words"), words)


def _three_buttons(tables: sqlite3.Connection) -> bool:
    """Was this collection of an old version still learned with Anki's first scheduler?"""
    (written,) = tables.execute("SELECT conf FROM col").fetchone()
    return int(json_of(written or "{}").get("schedVer", 1)) == 1


def _made(
    kind: NoteType, texts: list[str], guid: str, tags: list[str], made: list[int], lost: Lost
) -> Iterator[tuple[int, Entry]]:
    """The entries of a note, each with the number of its template: a cloze is one entry, else each card is one."""
    if kind.cloze:
        hiding = next((i for i, text in enumerate(texts) if "{{c" in text), 0)
        sides = [(0, [hiding], [i for i in range(len(texts)) if i != hiding])]
    else:
        sides = [(nth, *_fields_of(kind, nth, len(texts))) for nth in made]
    for nth, asked, answer in sides:
        fields = ["\n\n".join(filter(None, (texts[i] for i in asked))), *(texts[i] for i in answer)]
        names = ["", *(kind.fields[i] if i < len(kind.fields) else "" for i in answer)]
        if entry := entry_of_note(fields, names, guid if nth == 0 else f"{guid}#{nth}", tags, kind.cloze, lost):
            yield nth, entry


def _fields_of(kind: NoteType, nth: int, count: int) -> tuple[list[int], list[int]]:
    """The indices of the fields that a card's template asks, and of those that answer."""
    places = {name: i for i, name in enumerate(kind.fields[:count])}
    front, back = kind.templates[nth] if nth < len(kind.templates) else ("", "")
    shown = [(places[name], filters) for name, filters in _names(front) if name in places]
    asked = list(dict.fromkeys(i for i, filters in shown if not _HIDDEN & {*filters})) or [0]
    behind = [*(places[name] for name, _ in _names(back) if name in places), *(i for i, _ in shown)]
    answer = [i for i in dict.fromkeys(behind) if i not in asked]
    return asked, answer or [i for i in range(count) if i not in asked]


def _names(template: str) -> Iterator[tuple[str, list[str]]]:
    """The fields that a template shows, each with its filters."""
    for field in _FIELD.finditer(template):
        *filters, name = (part.strip() for part in field[1].split(":"))
        if field[1].strip()[:1] not in "#^/!" and name not in _NOT_A_FIELD:
            yield name, filters


def _in_latex(kind: NoteType) -> set[int]:
    """The indices of the fields that every template of a note type takes for LaTeX."""
    sides = [side[: 10 * MOST_TEMPLATES] for card in kind.templates[:MOST_TEMPLATES] for side in card]
    inside = {name for side in sides for part in _LATEX.finditer(side) for name, _ in _names(part[0])}
    outside = {name for side in sides for name, _ in _names(_LATEX.sub("", side))}
    return {i for i, name in enumerate(kind.fields) if name in inside - outside}


def _words_of(template: str) -> str:
    """The words that a template puts around the fields, of which a deck knows nothing."""
    words = _NO_WORD.sub(" ", _LATEX_SIGN.sub(" ", template[: 10 * MOST_TEMPLATES]))
    return words if re.search(r"\w", words) else ""


def _kinds_old(tables: sqlite3.Connection) -> dict[int, NoteType]:
    (models,) = tables.execute("SELECT models FROM col").fetchone()
    return {
        int(key): NoteType(
            model.get("type") == _CLOZE,
            tuple(str(field["name"]) for field in sorted(model["flds"], key=_nth)),
            tuple((str(card["qfmt"]), str(card["afmt"])) for card in sorted(model["tmpls"], key=_nth)),
        )
        for key, model in json_of(models).items()
    }


_nth: Callable[[dict[str, Any]], int] = lambda thing: int(thing["ord"])  # noqa: E731


def _kinds_new(tables: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for kind, name in rows(tables, "SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(kind, []).append(name)
    templates: dict[int, list[tuple[str, str]]] = {}
    for kind, config in rows(tables, "SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        sides = message_of(config)
        templates.setdefault(kind, []).append((text_in(sides.get(1)), text_in(sides.get(2))))
    return {
        kind: NoteType(message_of(config).get(1) == _CLOZE, tuple(fields.get(kind, ())), tuple(templates.get(kind, ())))
        for kind, config in rows(tables, "SELECT id, config FROM notetypes")
    }


def _decks(tables: sqlite3.Connection, new: bool) -> dict[int, str]:
    if new:
        return {key: name.replace("\x1f", "::") for key, name in rows(tables, "SELECT id, name FROM decks")}
    (decks,) = tables.execute("SELECT decks FROM col").fetchone()
    return {int(key): str(deck["name"]) for key, deck in json_of(decks).items()}
