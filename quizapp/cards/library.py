"""All the decks: those that come with quizapp and the user's own, or the files and folders that were named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from quizapp.cards.card import Card, Deck, Fault
from quizapp.cards.load import load
from quizapp.words import clean

_ENDINGS = (".yaml", ".yml")


class Library(Struct, frozen=True):
    """The decks that were read, what is wrong with them, and what else the user should know, as sentences.

    `keys` holds every card by its key.
    """

    decks: tuple[Deck, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    keys: Mapping[str, Card]

    def card(self, key: str) -> Card | None:
        return self.keys.get(key)


def read_library(paths: Sequence[Path], *, user: Path | None, bundled: Path) -> Library:
    """The decks in `paths`, each a file or a folder; if there are none, those of the user's folder and the bundled one.

    A user's deck hides the bundled deck of its name. Never raises: what cannot be read is a fault.
    """
    faults: list[Fault] = []
    if paths:
        return _library(_unique(_load_all(paths, faults), faults), faults, [])
    own = _unique(_load_all([user] if user is not None and _exists(user) else [], faults), faults)
    names = {deck.name: deck for deck in own}
    shipped: list[Deck] = []
    notes: list[str] = []
    for deck in _unique(_load_all([bundled], faults, bundled=True), faults):
        if deck.name in names:
            notes.append(f"your {clean(names[deck.name].path.name)} hides the bundled deck of that name")
        else:
            shipped.append(deck)
    return _library([*shipped, *own], faults, notes)


def deck_files(folder: Path) -> list[Path]:
    """The decks in a folder and, so that a deck can be cloned with its demos, in the folders in it; sorted by name.

    Hidden ones are left out. Raises OSError when the folder cannot be read.
    """
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    found = [path for path in inside if path.suffix.lower() in _ENDINGS and not path.is_dir()]
    for path in inside:
        if path.is_dir():
            files = sorted(path.iterdir())
            found += [file for file in files if file.suffix.lower() in _ENDINGS and file.name[0] != "."]
    return found


def _load_all(paths: Iterable[Path], faults: list[Fault], *, bundled: bool = False) -> Iterator[Deck]:
    for path in paths:
        try:
            files = deck_files(path) if path.is_dir() else [path]
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror or error}"
            faults.append(Fault(path, 0, 0, "", message, "check that it exists and may be read"))
            continue
        for file in files:
            deck, found = load(file, bundled=bundled)
            faults += found
            if deck is not None:
                yield deck


def _unique(decks: Iterable[Deck], faults: list[Fault]) -> list[Deck]:
    """The first deck of each name; a fault for every other one."""
    first: dict[str, Deck] = {}
    for deck in decks:
        if (earlier := first.setdefault(deck.name, deck)) is not deck:
            message = f"{earlier.path} is named `{deck.name}` already, so this deck was left out"
            faults.append(Fault(deck.path, 0, 0, "deck", clean(message), "give one of them another `deck:` name"))
    return list(first.values())


def _library(decks: list[Deck], faults: list[Fault], notes: list[str]) -> Library:
    keys = {card.key: card for deck in decks for card in deck.cards}
    return Library(tuple(decks), tuple(faults), tuple(notes), keys)


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:
        return True  # it cannot even be looked at: reading it says why
