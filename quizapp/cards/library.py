"""All the decks: those that come with quizapp and the user's own, or the files and folders that were named."""

import os
from collections.abc import Iterable, Mapping, Sequence
from errno import ELOOP
from pathlib import Path

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from quizapp.cards.cache import load_cached
from quizapp.cards.card import MEDIA, Card, Cloze, Deck
from quizapp.cards.fault import Fault
from quizapp.cards.text_file import MOST_DECK_BYTES
from quizapp.texts import Sentence, os_reason, tell
from quizapp.words import Shown, clean, read

_ENDINGS = (".yaml", ".yml")
MOST_LIBRARY_BYTES = 64 * 1024**2  # of the decks that are read together, and their cards: links make many of one
MOST_LIBRARY_CARDS = 500_000
# Of a deck that can be read, and is left out all the same.
_LEFT_OUT = ("deck.no_room", "deck.same_name")


class Library(Struct, frozen=True):
    """The decks that were read, what is wrong with them, and what else the user should know.

    `stale` are the keys of cards that cannot be read now and stand as they were read last. `keys` holds every card by
    its key; it is made of the decks.
    """

    decks: tuple[Deck, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Sentence, ...] = ()
    stale: frozenset[str] = frozenset()
    keys: Mapping[str, Card] = {}

    def __post_init__(self) -> None:
        force_setattr(self, "keys", {card.key: card for deck in self.decks for card in deck.cards})

    def card(self, key: str) -> Card | None:
        return self.keys.get(key)

    def fault_of(self, card: Card) -> Fault | None:
        """Why a card stands as it was read last: the first fault of its entry, else of its file; else None."""
        if card.key not in self.stale:
            return None
        of_file = [fault for fault in self.faults if fault.file == card.path]
        return next((fault for fault in of_file if fault.id == card.id), of_file[0] if of_file else None)

    def renames(self) -> dict[str, str]:
        """Former key → key. Of a key that a card has now it is none's former, whoever claims it: its history is that
        card's. Of several cards that claim one, one of the deck that is in the key has it, else the first."""
        claims = [(old, card.key) for deck in self.decks for card in deck.cards for old in card.was]
        claims.sort(key=lambda claim: claim[0].rpartition("/")[0] != claim[1].rpartition("/")[0])
        renamed: dict[str, str] = {}
        for old, key in claims:
            if old not in self.keys:
                renamed.setdefault(old, key)
        return renamed

    def now(self, card: Card, was: "Library") -> Card | None:
        """How a card of `was`, which was read earlier, is written now: by its key, by a former key, or, if neither it
        nor what is new at its place has an id, by its line. None if it is gone or has another type."""
        current = self.keys.get(card.key) or next((one for one in self.keys.values() if card.key in one.was), None)
        if current is None and not card.pinned:
            there = (one for one in self.keys.values() if not one.pinned and _place(one) == _place(card))
            current = next((one for one in there if one.key not in was.keys), None)
        return current if type(current) is type(card) else None

    def named(self, name: str, deck: str) -> tuple[Card, ...]:
        """The cards that an `after` or `follow_ups` of a deck names, by id or by key; of a cloze all its cards."""
        key = name if "/" in name else f"{deck}/{name}"
        if key in self.keys:
            return (self.keys[key],)
        keys = (f"{key}:c{number}" for number in range(1, 100))
        return tuple(self.keys[key] for key in keys if key in self.keys)


def read_library(paths: Sequence[Path], *, user: Path | None, bundled: Path, cache: Path | None = None) -> Library:
    """The decks in `paths`, each a file or a folder; if there are none, those of the user's folder and the bundled one.

    A user's deck hides the bundled deck of its name. Never raises: what cannot be read is a fault. In the folder
    `cache` decks are kept as they were read.
    """
    faults: list[Fault] = []
    if paths:
        return Library(tuple(_read(deck_files(paths, faults), faults, cache)), tuple(faults))
    own_files = deck_files([user] if user is not None and _is_there(user) else [], faults, needed=False)
    own = _read(own_files, faults, cache)
    shipped = _read(deck_files([bundled], faults), faults, cache, bundled=True)
    names = {deck.name for deck in shipped}
    own = [replace(deck, stands_in=deck.name in names) for deck in own]
    by_name = {deck.name: deck for deck in own}
    notes = [
        tell("cards.hides_bundled", file=clean(by_name[deck.name].path.name))
        for deck in shipped
        if deck.name in by_name
    ]
    decks = [*(deck for deck in shipped if deck.name not in by_name), *own]
    return Library(tuple(decks), tuple(faults), tuple(notes))


def deck_titles(decks: Sequence[Deck], shown: Shown) -> dict[str, str]:
    """By its name what each deck is called where decks are listed: its title, or that name if another is called so."""
    titles = {deck.name: " ".join(clean(read(deck.title, shown, " / ")).split()) for deck in decks}
    if len(set(titles.values())) == len(titles):
        return titles
    called = list(titles.values())
    return {name: title if called.count(title) == 1 else name for name, title in titles.items()}


def kept_good(library: Library, was: Library) -> Library:
    """`library` with what `was` has of files that are there still: the decks of which no card can be read now, and of
    the others the cards whose entries, by their ids, cannot."""
    read = {deck.path for deck in library.decks}
    broken = {fault.file for fault in library.faults if fault.message.id not in _LEFT_OUT}
    before = {name: deck for deck in was.decks for name in (deck.path, deck.name)}
    kept = {i: deck for i, deck in enumerate(was.decks) if deck.path in broken - read and os.path.lexists(deck.path)}
    decks = [
        _with_stale(deck, one, library)
        if deck.path in broken and (one := before.get(deck.path) or before.get(deck.name)) is not None
        else deck
        for deck in library.decks
    ]
    stale = frozenset(card.key for deck in decks for card in deck.cards if card.key not in library.keys)
    if not kept and not stale:
        return library
    names = {deck.name for deck in kept.values()}
    decks = [deck for deck in decks if deck.name not in names]
    for place, deck in kept.items():
        decks.insert(place, deck)
    notes = [tell("cards.as_before", file=clean(deck.path.name)) for deck in kept.values()]
    stale |= {card.key for deck in kept.values() for card in deck.cards}
    return Library(tuple(decks), library.faults, (*library.notes, *notes), stale)


def _with_stale(deck: Deck, before: Deck, library: Library) -> Deck:
    """`deck` with the cards of `before`, of which it may be a copy, whose entries are faulty now: each behind the one
    that it stood behind."""
    faulty = {fault.id for fault in library.faults if fault.file == deck.path} - {""}
    behind: dict[str, list[Card]] = {}
    last = ""
    for card in before.cards if before.name == deck.name else ():
        if card.key in library.keys:
            last = card.key
        elif card.id in faulty:
            behind.setdefault(last, []).append(replace(card, path=deck.path))
    if not behind:
        return deck
    cards = [*behind.get("", ()), *(one for card in deck.cards for one in (card, *behind.get(card.key, ())))]
    return replace(deck, cards=tuple(cards))


def deck_files(paths: Iterable[Path], faults: list[Fault], *, needed: bool = True) -> list[Path]:
    """The files named, and those in the folders named: decks in it and, so that a deck can be cloned together with its
    demos, in the folders in it. Sorted within a folder, each once, hidden ones left out.

    A folder that cannot be read or, if decks are needed, has none is added to `faults`.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - which raises nothing where it may not look
            files.setdefault(_absolute(path), path)
            continue
        decks, folders = _look(path, faults)
        for folder in folders:
            decks += _look(folder, faults)[0]
        if not decks and needed and path not in (fault.file for fault in faults):
            faults.append(Fault(path, 0, 0, tell("deck.empty_folder"), tell("deck.empty_folder.do")))
        files |= {_absolute(file): file for file in decks if _absolute(file) not in files}
    return list(files.values())


def _place(card: Card) -> tuple[Path, int, int]:
    return card.path, card.line, card.number if isinstance(card, Cloze) else 0


def _look(folder: Path, faults: list[Fault]) -> tuple[list[Path], list[Path]]:
    """The decks and the folders in a folder. A deck is what is named like one: reading it says what it is."""
    files: list[Path] = []
    folders: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            inside = sorted((entry for entry in entries if entry.name[0] != "."), key=lambda entry: entry.name)
    except OSError as error:
        message = tell("deck.unreadable_folder", why=os_reason(error))
        faults.append(Fault(folder, 0, 0, message, tell("deck.unreadable_folder.do")))
        return [], []
    for entry in inside:
        path = folder / entry.name
        try:
            is_folder = entry.is_dir()
        except OSError as error:  # a link: to where one may not look, or without end
            is_folder = False
            if path.suffix.lower() not in _ENDINGS and error.errno != ELOOP:
                message = tell("deck.unreadable_link", why=os_reason(error))
                faults.append(Fault(path, 0, 0, message, tell("deck.unreadable_link.do")))
        if is_folder:
            folders += [path] if path.suffix != MEDIA else []
        elif path.suffix.lower() in _ENDINGS:
            files.append(path)
    return files, folders


def _is_there(path: Path) -> bool:
    """Whether there is something to read; where one may not look, trying will say why not."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except OSError:  # the folder that we are in was removed
        return path


def _read(files: Iterable[Path], faults: list[Fault], cache: Path | None, *, bundled: bool = False) -> list[Deck]:
    """The decks in the files; of two with the same name, the first; as many as there is room for."""
    decks: dict[str, Deck] = {}
    room, cards = MOST_LIBRARY_BYTES, MOST_LIBRARY_CARDS
    for file in files:
        size = _size(file)
        if size > room or cards < 0:
            message = tell("deck.no_room", mb=MOST_LIBRARY_BYTES >> 20, most=MOST_LIBRARY_CARDS)
            faults.append(Fault(file, 0, 0, message, tell("deck.no_room.do"), field=("deck",)))
            continue
        deck, its_faults = _load(file, cache, bundled)
        room, cards = room - size, cards - len(deck.cards if deck else ())
        faults += its_faults
        if deck is not None and (first := decks.setdefault(deck.name, deck)) is not deck:
            message = tell("deck.same_name", file=first.path, name=deck.name)
            faults.append(Fault(file, 0, 0, message, tell("deck.same_name.do"), field=("deck",)))
    return list(decks.values())


def _size(file: Path) -> int:
    """The bytes that reading it takes; none if it will not be read."""
    try:
        size = file.stat().st_size
    except (OSError, ValueError):
        return 0
    return size if size <= MOST_DECK_BYTES else 0


def _load(file: Path, cache: Path | None, bundled: bool) -> tuple[Deck | None, tuple[Fault, ...]]:
    if cache is not None:
        return load_cached(file, cache, bundled=bundled)
    from quizapp.cards.load import load

    return load(file, bundled=bundled)
