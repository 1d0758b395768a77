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

from msgspec import Struct, field

from quizapp.cards.card import CLOZE, Cloze, Deck
from quizapp.cards.make import MOST_ENTRY
from quizapp.cards.rules import MOST_LISTED
from quizapp.cards.slug import ID, made_id
from quizapp.cards.yaml_reader import decode, read_bytes
from quizapp.install_hint import hint
from quizapp.words import Shown, clean

Entry = dict[str, Any]
_READERS = {".apkg": "anki", ".colpkg": "anki", ".txt": "text", ".tsv": "text", ".csv": "text", ".md": "markdown"}
_WRITERS = {".apkg": "anki_export", ".txt": "text", ".csv": "text", ".md": "markdown"}
MOST_LINES = 500_000  # of a text
_MOST_NAMED = 5
_NESTED = r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::"


class Foreign(Exception):
    """Why a file cannot be imported or exported: a sentence, with what to do."""


class Review(Struct, frozen=True, gc=False):
    """A grade of card `card` (its id; of a cloze id:c1), or that it was made new again; `at_ms` since 1970, in UTC."""

    card: str
    at_ms: int
    what: Literal["again", "hard", "good", "easy", "reset"]
    took_s: float | None = None


class Lost(Counter[str]):
    """What a deck has no place for, counted by its name.

    `begins` is how the first ones of it begin, where that tells which they are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begins: dict[str, list[str]] = {}

    def one(self, what: str, text: str) -> None:
        """`text` is lost."""
        self[what] += 1
        begins, text = self.begins.setdefault(what, []), " ".join(tidy(text[:200]).split())
        if len(begins) < _MOST_NAMED and text:
            begins.append(text if len(text) <= 40 else f"{text[:37]}…")


class Found(Struct, frozen=True):
    """What a file holds, and what of it has no place in a deck.

    `marks` are ids of cards (of a cloze id:c1) that were suspended or flagged there; `reviews` the history of the
    cards, in order of time.
    """

    title: str
    entries: tuple[Entry, ...]
    lost: Lost = field(default_factory=Lost)
    marks: tuple[tuple[str, Literal["suspended", "flagged"]], ...] = ()
    reviews: tuple[Review, ...] = ()


def read_file(path: Path) -> Found:
    """What an .apkg, .colpkg, .txt, .tsv, .csv or .md file holds. Raises Foreign, Unreadable or OSError."""
    found: Found = import_module(_module(path, _READERS, "imported")).read(path)
    if not found.entries:
        raise Foreign(f"{path} holds no card that could be imported" + "".join(f"; {line}" for line in listed(found)))
    return found


def write_file(deck: Deck, path: Path, shown: Shown) -> None:
    """Write the deck to an .apkg, .txt (Anki's text), .csv or .md file, whole or not at all.

    Raises Foreign or OSError.
    """
    import_module(_module(path, _WRITERS, "exported")).write(deck, path, shown)


def text_of(path: Path) -> str:
    """What a text file holds. Raises Foreign or Unreadable."""
    text = decode(read_bytes(path)).replace("\r\n", "\n")
    if text.count("\n") > MOST_LINES:
        raise Foreign(f"{path} has more than {MOST_LINES:,} lines: split it into several files")
    return text


def _module(path: Path, known: dict[str, str], done: str) -> str:
    if path.suffix.lower() not in known:
        endings = ", ".join(known)
        raise Foreign(f"{path} cannot be {done}: the ending of its name has to be one of {endings}")
    return f"{__name__}.{known[path.suffix.lower()]}"


def listed(found: Found) -> list[str]:
    """What was not carried over, a line each."""
    lines = []
    for what, count in found.lost.items():
        begins = found.lost.begins.get(what, [])
        more = ["…"] if count > len(begins) else []
        lines.append(f"{what}: {count}" + (f" ({'; '.join(begins + more)})" if begins else ""))
    return lines


def needed(module: str) -> Any:
    """A module of the extra `formats`. Raises Foreign, saying how to install it."""
    try:
        return import_module(module)
    except ImportError:
        raise Foreign(f"this needs the Python package {module}, which is not installed: {hint('formats')}") from None


def entry_of(
    fields: Sequence[str], names: Sequence[str], guid: str, tags: Sequence[str], cloze: bool, lost: Lost
) -> Entry | None:
    """The entry of a note: its first field is asked (or is a cloze's text), the others answer; None, and counted in
    `lost`, if it is no card.

    `fields` are Markdown; `guid` is the note's identity in its program, or "".
    """
    asked, *others = (tidy(text) for text in fields)
    said = [(tidy(name), text) for name, text in zip(names[1:], others, strict=False) if text]
    answer = said[0][1] if len(said) == 1 else "\n\n".join(f"**{name}**: {text}" for name, text in said)
    kept = [tag for tag in map(tidy, tags) if tag][:MOST_LISTED]
    if why := _no_card(asked, answer, kept, cloze):
        lost.one(why, asked or answer)
        return None
    entry: Entry = {"id": id_of(guid) if guid else made_id(asked)}
    if cloze:
        entry |= {"type": "cloze", "text": asked} | ({"why": answer} if answer else {})
    else:
        entry |= {"q": asked, "a": answer}
    return entry | ({"tags": kept} if kept else {})


def _no_card(asked: str, answer: str, tags: Sequence[str], cloze: bool) -> str:
    """Why this is no card; "" if it is one."""
    if not asked:
        return "cards without a question in text"
    if cloze and "::image-occlusion:" in asked:
        return "cards that hide a part of an image"
    if cloze and re.search(_NESTED, asked, re.DOTALL):
        return "cards with a gap in a gap"
    if cloze and not CLOZE.search(asked):
        return "cards without a gap"
    if not (cloze or answer):
        return "cards without an answer in text"
    # Written as YAML a line is indented, and some characters take several.
    if sum(len(text) + 8 * text.count("\n") for text in (asked, answer, *tags)) > MOST_ENTRY // 2:
        return f"cards longer than {MOST_ENTRY // 2:,} characters"
    return ""


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


def once(entries: list[Entry], lost: Lost) -> tuple[Entry, ...]:
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
