"""From and to the files of other programs, one module per format; the ending of a file names it.

An importer makes entries as a deck writes them: mappings of text, each with an id that is the same the next time.
"""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from quizapp.cards.card import CLOZE, Cloze, Deck
from quizapp.cards.make import MOST_ENTRY
from quizapp.cards.rules import MOST_LISTED
from quizapp.cards.slug import ID, made_id
from quizapp.words import Shown, clean

Entry = dict[str, Any]
_READERS = {".apkg": "anki", ".colpkg": "anki", ".txt": "text", ".tsv": "text", ".csv": "text", ".md": "markdown"}
_WRITERS = {".apkg": "anki_export", ".txt": "text", ".csv": "text", ".md": "markdown"}
_NESTED = r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::"


class Foreign(Exception):
    """Why a file cannot be imported or exported: a sentence, with what to do."""


class Review(Struct, frozen=True, gc=False):
    """A grade of card `card` (its id; of a cloze id:c1), or that it was made new again; `at_ms` since 1970, in UTC."""

    card: str
    at_ms: int
    what: Literal["again", "hard", "good", "easy", "reset"]
    took_s: float | None = None


class Found(Struct, frozen=True):
    """What a file holds. `lost` counts what a deck has no place for, by its name ("3 images" is ("images", 3)).

    `marks` are ids of cards (of a cloze id:c1) that were suspended or flagged there; `reviews` the history of the
    cards, in order of time.
    """

    title: str
    entries: tuple[Entry, ...]
    lost: dict[str, int] = {}
    marks: tuple[tuple[str, Literal["suspended", "flagged"]], ...] = ()
    reviews: tuple[Review, ...] = ()


def read_file(path: Path) -> Found:
    """What an .apkg, .colpkg, .txt, .tsv, .csv or .md file holds. Raises Foreign, Unreadable or OSError."""
    found: Found = import_module(_module(path, _READERS, "imported")).read(path)
    if not found.entries:
        raise Foreign(f"{path} holds no card that could be imported" + "".join(f"; {line}" for line in listed(found)))
    return found


def write_file(deck: Deck, path: Path, shown: Shown) -> None:
    """Write the deck to an .apkg, .txt (Anki's text), .csv or .md file. Raises Foreign or OSError."""
    import_module(_module(path, _WRITERS, "exported")).write(deck, path, shown)


def _module(path: Path, known: dict[str, str], done: str) -> str:
    if path.suffix.lower() not in known:
        endings = ", ".join(known)
        raise Foreign(f"{path} cannot be {done}: the ending of its name has to be one of {endings}")
    return f"{__name__}.{known[path.suffix.lower()]}"


def listed(found: Found) -> list[str]:
    """What was not carried over, a line each."""
    return [f"{count} {what}" for what, count in found.lost.items()]


def needed(module: str) -> Any:
    """A module of the extra `formats`. Raises Foreign, saying how to install it."""
    try:
        return import_module(module)
    except ImportError:
        hint = "pip install 'quizapp[formats]'"
        raise Foreign(f"this needs the Python package {module}, which is not installed: {hint}") from None


def entry_of(fields: Sequence[str], names: Sequence[str], guid: str, tags: Sequence[str], cloze: bool) -> Entry | None:
    """The entry of a note: its first field is asked (or is a cloze's text), the others answer; None if it is no card.

    `fields` are Markdown; `guid` is the note's identity in its program, or "".
    """
    asked, *others = (tidy(field) for field in fields)
    said = [(name, text) for name, text in zip(names[1:], others, strict=False) if text]
    answer = said[0][1] if len(said) == 1 else "\n\n".join(f"**{name}**: {text}" for name, text in said)
    if not asked or not (answer or cloze):
        return None
    entry: Entry = {"id": id_of(guid) if guid else made_id(asked)}
    if cloze:
        if re.search(_NESTED, asked, re.DOTALL) or not CLOZE.search(asked):
            return None
        entry |= {"type": "cloze", "text": asked} | ({"why": answer} if answer else {})
    else:
        entry |= {"q": asked, "a": answer}
    kept = [tag for tag in map(tidy, tags) if tag][:MOST_LISTED]
    entry |= {"tags": kept} if kept else {}
    # Written as YAML a line is indented, and some characters take several.
    length = sum(len(text) + 8 * text.count("\n") for text in (asked, answer, *kept))
    return None if length > MOST_ENTRY // 2 else entry


def id_of(guid: str) -> str:
    """The id of a note with this identity: the id itself of one that quizapp exported, as deck/id."""
    deck, _, own = guid.rpartition("/")
    if deck and ID.fullmatch(own):
        return own
    return f"anki-{blake2b(guid.encode(errors='replace'), digest_size=6).hexdigest()}"


def tidy(text: str) -> str:
    """Text that a deck can hold: without what is not seen, and without blanks at its ends and those of its lines."""
    text = clean(text.replace("\r", "\n") if "\r" in text and "\n" not in text else text)
    text = text.replace("\ufffe", "").replace("\uffff", "").replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def once(entries: list[Entry], lost: Counter[str]) -> tuple[Entry, ...]:
    """The entries, of those with the same id only the first."""
    by_id: dict[str, Entry] = {}
    for entry in entries:
        if by_id.setdefault(entry["id"], entry) is not entry:
            lost["cards that are there twice"] += 1
    return tuple(by_id.values())


def notes_of(deck: Deck) -> list[tuple[Any, bool]]:
    """The cards, of the several that a cloze is only the first, each with whether it is a cloze."""
    return [(card, isinstance(card, Cloze)) for card in {card.id: card for card in reversed(deck.cards)}.values()][::-1]


def sides(card: Any, shown: Shown) -> tuple[str, str]:
    """What is asked (of a cloze its text) and what is answered, as Markdown."""
    from quizapp.cards.sheet import back, front, markdown
    from quizapp.words import read

    if isinstance(card, Cloze):
        rest = back(card, shown)[1:]  # the first block is the text again
        return read(card.text, shown), markdown(rest, shown)
    return markdown(front(card, shown), shown), markdown(back(card, shown), shown)
