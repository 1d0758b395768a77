"""From and to the files of other programs, one module per format; the ending of a file names it.

An importer makes entries as a deck writes them: mappings of text, each with an id that is the same the next time.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from quizapp.cards.card import CARD_LEVELS, Deck
from quizapp.cards.gaps import CLOZE
from quizapp.cards.make import MOST_ENTRY
from quizapp.cards.media import media_folder, media_replaced
from quizapp.cards.progress import CardProgress, DeckProgress, Preset
from quizapp.cards.rules import MOST_IN_A_LIST
from quizapp.cards.slug import DECK_NAME, ID, made_id
from quizapp.cards.text_file import bytes_of, decode
from quizapp.cards.write import Entry
from quizapp.install_hint import hint
from quizapp.texts import Sentence, UserError, tell
from quizapp.words import Shown, clean

if TYPE_CHECKING:
    from quizapp.cards.formats.carried import Shelf

# By the ending of the file: the module, and the function in it.
READERS = {
    **dict.fromkeys((".apkg", ".colpkg"), ("anki", "read_package")),
    **dict.fromkeys((".txt", ".tsv", ".csv"), ("text", "read_columns")),
    ".md": ("markdown", "read_markdown"),
}
_WRITERS = {
    ".apkg": ("anki_export", "write_package"),
    **dict.fromkeys((".txt", ".csv"), ("text", "write_columns")),
    ".md": ("own_markdown", "write_markdown"),
    ".html": ("page", "write_page"),
}
MOST_TEXT_LINES = 500_000  # of a text
MOST_NAMED = 5
_LONGEST_OF_ANKI = 10
_ONLY_IMAGES = re.compile(r"(?:\[image: [^\[\]]*\]|\(image: [^()]*\)|\s)+")
SAID_BY_TAGS = {f"level::{level}": ("level", level) for level in CARD_LEVELS} | {"tier::core": ("tier", "core")}
_NESTED = r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::"


class Foreign(UserError):
    """Why a file cannot be imported or exported, and what to do."""


class ForeignReview(Struct, frozen=True, gc=False):
    """A grade of card `card` (its id; of a cloze id:c1), or that it was made new again; `at_ms` since 1970, in UTC."""

    card: str
    at_ms: int
    what: Literal["again", "hard", "good", "easy", "reset"]
    took_s: float | None = None


class Lost(Counter[Sentence]):
    """What a deck has no place for, counted by what it is called.

    `begins` is how the first ones of it begin, where that tells which they are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begins: dict[Sentence, list[str]] = {}

    def one(self, what: Sentence, text: str) -> None:
        """`text` is lost."""
        self[what] += 1
        begins, text = self.begins.setdefault(what, []), " ".join(tidy(text[:200]).split())
        if len(begins) < MOST_NAMED and text:
            begins.append(text if len(text) <= 40 else f"{text[:37]}…")


class MediaFile(Struct, frozen=True):
    """A picture or sound: its name here; and where it is, a package or a folder, and what it is called in there."""

    name: str
    source: Path
    member: str


ForeignMark = tuple[str, Literal["suspended", "flagged"]]


class FileContents(Struct, frozen=True):
    """What a file holds, and what of it has no place in a deck.

    `title` is as a deck writes it, `start` the ids of a first session; `marks` are ids of cards (of a cloze id:c1) that
    were suspended or flagged there; `reviews` the history of the cards, in order of time; `media` what the cards name;
    `progress` how cards (as in `marks`) stood in FSRS, and `preset` what most of them were scheduled by.
    """

    title: str | dict[str, str]
    entries: tuple[Entry, ...]
    lost: Lost = field(default_factory=Lost)
    marks: tuple[ForeignMark, ...] = ()
    reviews: tuple[ForeignReview, ...] = ()
    start: tuple[str, ...] = ()
    media: tuple[MediaFile, ...] = ()
    progress: Mapping[str, CardProgress] = {}
    preset: Preset | None = None


def read_file(path: Path, *, asked_in: str = "", answered_in: str = "", deck: Path | None = None) -> FileContents:
    """What an .apkg, .colpkg, .txt, .tsv, .csv or .md file holds; or a folder with such files, an Obsidian vault too.

    `asked_in` and `answered_in` name columns of a text, or give their numbers; `deck` is where it is to go.

    Raises Foreign, Unreadable or OSError.
    """
    from quizapp.cards.formats.carried import Shelf
    from quizapp.cards.formats.folder import of_folder

    sides = (asked_in, answered_in) if asked_in or answered_in else ()
    folder = path.is_dir() and path.suffix.lower() not in READERS
    shelf = Shelf(path if folder else path.parent, media_folder(deck) if deck else None)
    contents = of_folder(path, shelf) if folder else of_file(path, shelf, *sides)
    if not contents.entries:
        message = tell("formats.no_card", file=path)
        for n, what in listed(contents):
            message = tell("formats.and_lost", message=message, what=what, n=n)
        raise Foreign(message)
    return replace(contents, media=shelf.named_by(contents.entries))


def of_file(path: Path, shelf: "Shelf", *columns: str) -> FileContents:
    """What one file holds, cards or none. Raises Foreign, Unreadable or OSError."""
    module, function = _by_ending(path, READERS, "formats.no_importer")
    if columns and function != "read_columns":
        raise Foreign(tell("formats.no_columns_there", file=path))
    contents: FileContents = getattr(import_module(module), function)(path, shelf, *columns)
    return contents


def write_file(
    deck: Deck, path: Path, shown: Shown, progress: DeckProgress | None = None
) -> list[tuple[int, Sentence]]:
    """Write the deck to an .apkg (with `progress`, if given), .txt (Anki's text), .csv, .md or .html file, whole or not
    at all; what of it such a file has no place for, each with how many there are.

    Raises Foreign or OSError.
    """
    from quizapp.cards.formats.dropped import dropped

    module, function = _by_ending(path, _WRITERS, "formats.no_exporter")
    if progress is not None and function != "write_package":
        raise Foreign(tell("formats.no_progress_there", file=path))
    getattr(import_module(module), function)(deck, path, shown, *([] if progress is None else [progress]))
    return dropped(deck, path.suffix.lower(), shown)


def text_of(path: Path) -> str:
    """What a text file holds. Raises Foreign or Unreadable."""
    text = decode(bytes_of(path)).replace("\r\n", "\n")
    if text.count("\n") > MOST_TEXT_LINES:
        raise Foreign(tell("formats.many_lines", file=path, most=MOST_TEXT_LINES))
    return text


def _by_ending(path: Path, known: dict[str, tuple[str, str]], unknown_id: str) -> tuple[str, str]:
    """The module and the function that `known` has for the file; Foreign with the text `unknown_id` if it has none."""
    if path.suffix.lower() not in known:
        raise Foreign(tell(unknown_id, file=path, endings=", ".join(known)))
    module, function = known[path.suffix.lower()]
    return f"{__name__}.{module}", function


def listed(contents: FileContents) -> list[tuple[int, Sentence]]:
    """What was not carried over, each with how often, and how some of it begins."""
    lines = []
    for what, count in contents.lost.items():
        begins = contents.lost.begins.get(what, [])
        more = ["…"] if count > len(begins) else []
        lines.append((count, tell("formats.lost_such", what=what, begins="; ".join(begins + more)) if begins else what))
    return lines


def needed(module: str) -> Any:
    """A module of the extra `formats`. Raises Foreign, saying how to install it."""
    try:
        return import_module(module)
    except ImportError:
        raise Foreign(tell("formats.needs", package=module, command=hint("formats"))) from None


def entry_of_note(
    fields: Sequence[str], names: Sequence[str], guid: str, tags: Sequence[str], cloze: bool, lost: Lost
) -> Entry | None:
    """The entry of a note: its first field is asked (or is a cloze's text), the others answer; None, and counted in
    `lost`, if it is no card.

    `fields` are Markdown; `guid` is the note's identity in its program, or "".
    """
    asked, *others = (tidy(text) for text in fields)
    answers = [(tidy(name), text) for name, text in zip(names[1:], others, strict=False) if text]
    answer = answers[0][1] if len(answers) == 1 else "\n\n".join(f"**{name}**: {text}" for name, text in answers)
    kept = [tag for tag in map(tidy, tags) if tag][:MOST_IN_A_LIST]
    said = {field: value for tag, (field, value) in SAID_BY_TAGS.items() if tag in kept}
    kept = [tag for tag in kept if tag not in SAID_BY_TAGS]
    if why := _no_card(asked, answer, kept, cloze):
        lost.one(why, asked or answer)
        return None
    entry: Entry = {"id": id_of(guid) if guid else made_id(media_replaced(asked, _described))}
    if cloze:
        entry |= {"type": "cloze", "text": asked} | ({"why": answer} if answer else {})
    else:
        entry |= {"q": asked, "a": answer}
    return entry | said | ({"tags": kept} if kept else {})


def _described(words: str, name: str) -> str:
    """A picture as it stands where it did not come along: a card keeps the id that it had without it."""
    return f"(image: {words or name})"


def _no_card(asked: str, answer: str, tags: Sequence[str], cloze: bool) -> Sentence | None:
    """Why this is no card; None if it is one."""
    if not asked:
        return tell("formats.lost.no_question")
    if cloze and "::image-occlusion:" in asked:
        return tell("formats.lost.image_gap")
    if cloze and re.search(_NESTED, asked, re.DOTALL):
        return tell("formats.lost.nested_gap")
    if cloze and not CLOZE.search(asked):
        return tell("formats.lost.no_gap")
    if not (cloze or answer):
        return tell("formats.lost.no_answer")
    if any(text and _ONLY_IMAGES.fullmatch(text) for text in (asked, "" if cloze else answer)):
        return tell("formats.lost.only_image")
    # Written as YAML a line is indented, and some characters take several.
    if sum(len(text) + 8 * text.count("\n") for text in (asked, answer, *tags)) > MOST_ENTRY // 2:
        return tell("formats.lost.long_card", most=MOST_ENTRY // 2)
    return None


def id_of(guid: str) -> str:
    """The id of a note with this identity: the id itself of one that quizapp exported, as deck/id.

    Anki's own identities have at most ten signs, any of which may be a slash.
    """
    deck, _, own = guid.rpartition("/")
    ours = DECK_NAME.fullmatch(deck) and (len(guid) > _LONGEST_OF_ANKI or ID.fullmatch(deck))
    if ours and ID.fullmatch(own):
        return own
    return f"anki-{blake2b(guid.encode(errors='replace'), digest_size=6).hexdigest()}"


def tidy(text: str) -> str:
    """Text that a deck can hold: without what is not seen, and without blanks at its ends and those of its lines."""
    text = clean(text.replace("\r", "\n") if "\r" in text and "\n" not in text else text)
    text = text.replace("\ufffe", "").replace("\uffff", "").replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def once(entries: list[Entry], lost: Lost) -> tuple[Entry, ...]:
    """The entries, of equal ones only the first. Of those that ask the same and answer differently every later one has
    the hash of what it says in its id."""
    by_id: dict[str, Entry] = {}
    for entry in entries:
        first = by_id.setdefault(entry["id"], entry)
        if first != entry:
            said = "\n".join(str(entry.get(field, "")) for field in ("q", "a", "text", "why"))
            own = blake2b(said.encode(errors="replace"), digest_size=3).hexdigest()
            entry = {**entry, "id": f"{entry['id'][:90]}-{own}"}
            first = by_id.setdefault(entry["id"], entry)
        if first is not entry:
            lost[tell("formats.lost.card_twice")] += 1
    return tuple(by_id.values())
