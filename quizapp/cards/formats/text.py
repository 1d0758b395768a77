"""Anki's notes as text (with the # lines that say what its columns are), and CSV."""

import csv
import io
import re
from pathlib import Path

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.formats import FileContents, Foreign, Lost, entry_of_note, once, text_of
from quizapp.cards.formats.carried import Carrier, Shelf, carrier_beside
from quizapp.cards.formats.sides import anki_tags, notes_of, sides
from quizapp.cards.gaps import CLOZE
from quizapp.cards.write import Entry
from quizapp.texts import raised, tell
from quizapp.words import Shown

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_HTML = re.compile(
    r"</?(?:br|div|p|b|i|u|ul|ol|li|span|img|em|strong|sub|sup|code|pre)\b[^<>]{0,500}>|&(?:nbsp|lt|gt|amp);", re.I
)
_MOST_HEADS = _MOST_COLUMNS = 100
_OWN = ["id", "type", "q", "a", "tags"]  # the columns of a CSV that was written here
_FORMULA = re.compile("'*[=+@＝＋－＠\t\r-]")  # a spreadsheet calculates what starts so, but for the first of the '
_NAMED = {
    "id": "id", "guid": "id", "type": "type", "q": "q", "question": "q", "front": "q", "prompt": "q",
    "text": "q", "a": "a", "answer": "a", "back": "a", "tags": "tags", "topic": "topic", "category": "topic",
    "subject": "topic", "deck": "deck",
}  # fmt: skip


def read_columns(path: Path, shelf: Shelf, asked_in: str = "", answered_in: str = "") -> FileContents:
    """`asked_in` and `answered_in` are names of columns, or their numbers from 1. Raises Foreign or Unreadable."""
    heads, body = _heads(text_of(path))
    carrier = carrier_beside(shelf, path, Lost())
    separator = _separator(heads.get("separator", ""), body, path)
    try:
        rows = [row for row in csv.reader(io.StringIO(body), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise Foreign(tell("formats.no_columns", file=path, why=raised(error))) from None
    own = bool(rows) and rows[0] == _OWN
    if own:
        rows[1:] = [
            [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in row] for row in rows[1:]
        ]
    special = {what: int(at) - 1 for what in ("guid", "notetype", "deck", "tags") if (at := _column(heads, what))}
    names = heads["columns"].split(separator) if "columns" in heads else []
    if rows and not heads and (named := _named(rows[0])):
        special, names = named, rows.pop(0)
    elif rows and not heads and {asked_in, answered_in} & {*rows[0]} - {""}:
        names = rows.pop(0)
    for side, column in (("q", asked_in), ("a", answered_in)):
        if column:
            special[side] = _place(column, names or next(iter(rows), []), path)
    html = heads.get("html", "").lower() == "true" if "html" in heads else not own and bool(_HTML.search(body))
    entries: list[Entry] = []
    for row in rows:
        entry = _entry(row, names, special, html, heads.get("tags", "").split(), carrier)
        entries += [entry] if entry else []
    return FileContents(heads.get("deck") or path.stem, once(entries, carrier.lost), carrier.lost)


def _heads(text: str) -> tuple[dict[str, str], str]:
    """The # lines at the top, by their names, and what comes after them."""
    heads: dict[str, str] = {}
    for _ in range(_MOST_HEADS):
        if not text.startswith("#"):
            break
        line, _, text = text.partition("\n")
        name, _, value = line[1:].partition(":")
        heads[name.strip().lower()] = value.strip()
    return heads, text


def _column(heads: dict[str, str], what: str) -> str:
    at = heads.get(f"{what} column", "")
    return at if re.fullmatch("[1-9][0-9]?", at) else ""


def _separator(named: str, body: str, path: Path) -> str:
    if named:
        separator = _SEPARATORS.get(named.lower(), named[0])
        if separator == '"':
            raise Foreign(tell("formats.quote_separator", file=path))
        return separator
    first = body.partition("\n")[0]
    if path.suffix.lower() == ".csv":
        return max(",;\t", key=first.count)
    return next((sign for sign in "\t;,|" if sign in first), "\t")


def _named(row: list[str]) -> dict[str, int]:
    """Where the columns are that a first row names; nothing if it is no such row."""
    columns = {_NAMED[name.strip().lower()]: at for at, name in enumerate(row) if name.strip().lower() in _NAMED}
    return columns if {"q", "a"} <= columns.keys() else {}


def _place(column: str, names: list[str], path: Path) -> int:
    """Which column is called so, from 0. Raises Foreign."""
    if column in names:
        return names.index(column)
    if column.isdecimal() and 1 <= int(column) <= len(names):
        return int(column) - 1
    known = ", ".join(names[:_MOST_COLUMNS])
    raise Foreign(tell("formats.no_such_column", file=path, name=column, known=known))


def _entry(
    row: list[str], names: list[str], special: dict[str, int], html: bool, tags: list[str], carrier: Carrier
) -> Entry | None:
    taken = {what: row[at] for what, at in special.items() if at < len(row)}
    named = [special[what] for what in ("q", "a") if special.get(what, len(row)) < len(row)]
    places = [*named, *(at for at in range(len(row)) if at not in special.values())]
    fields = [row[at] for at in places]
    if not fields:
        return None
    if len(fields) > _MOST_COLUMNS:
        carrier.lost.one(tell("formats.lost.wide_rows", most=_MOST_COLUMNS), fields[0])
        return None
    if html:
        from quizapp.cards.formats.html import to_markdown

        fields = [to_markdown(field, carrier.lost, carrier) for field in fields]
    kind = (taken.get("notetype") or taken.get("type") or "").lower()
    # What the note type of a cloze is called depends on the language of the program.
    cloze = "cloze" in kind or (kind != "free" and CLOZE.search(fields[0]) is not None)
    guid = taken.get("guid", "") or (f"csv/{taken['id']}" if taken.get("id") else "")
    called = [names[at] if at < len(names) else f"Field {at + 1}" for at in places]
    tags = [*tags, *taken.get("tags", "").replace(",", " ").split(), *_topic(taken)]
    return entry_of_note(fields, called, guid, tags, cloze, carrier.lost)


def _topic(taken: dict[str, str]) -> list[str]:
    """A row's deck or topic, as a tag."""
    return ["_".join(taken[what].split()) for what in ("deck", "topic") if taken.get(what, "").strip()]


def write_columns(deck: Deck, path: Path, shown: Shown) -> None:
    """Anki's text for .txt, with HTML and the deck's keys as GUIDs; for .csv Markdown in id, type, q, a and tags.

    In a CSV what a spreadsheet would take for a formula has a ' before it, which `read` takes away again.
    """
    rows: list[list[str]] = []
    heads = ""
    as_csv = path.suffix.lower() == ".csv"
    for card, cloze in notes_of(deck):
        front, back = sides(card, shown)
        if as_csv:
            row = [card.id, "cloze" if cloze else "free", front, back, " ".join(anki_tags(card))]
            rows.append([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
            continue
        from quizapp.cards.formats.html import to_html

        guid = f"{deck.name}/{card.id}"
        tags = " ".join(anki_tags(card))
        tags = f" {tags}" if _FORMULA.match(tags) else tags
        rows.append([guid, "Cloze" if cloze else "Basic", to_html(front), to_html(back), tags])
    if as_csv:
        rows.insert(0, _OWN)
    else:
        heads = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#tags column:5\n"
        title = " ".join(deck.title.says("zh" if shown == "zh" else "en").split())  # one line: the next is a head too
        heads += f"#deck:{title}\n"
    out = io.StringIO()
    csv.writer(out, delimiter="," if as_csv else "\t", lineterminator="\n").writerows(rows)
    disk.replace(path, (heads + out.getvalue()).encode())
