"""A deck's file → its good cards, and everything that is wrong with the others.

The quick way reads plain values and converts all cards at once. Cards that do not fit are read again with their places,
and explained; one bad card never hides the rest.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path
from typing import Any

from quizapp.cards.card import Card, Deck
from quizapp.cards.fault import Fault, Unfit
from quizapp.cards.make import MOST_ENTRY, cleaned, make
from quizapp.cards.rules import MOST_IN_A_LIST
from quizapp.cards.slug import DECK_NAME, deck_name
from quizapp.cards.text_file import Unreadable, bytes_of
from quizapp.cards.yaml_reader import read_nodes, read_values
from quizapp.texts import tell
from quizapp.words import Words, clean, same

DECK_FORMAT = 1
MOST_EXPLAINED = 100
_FIELDS = frozenset({"format", "deck", "title", "start", "cards"})
_LANGUAGES = frozenset({"en", "zh"})
# An escape in double quotes that may make a character in ASCII that nobody should see; those beyond are cleaned as they
# are read. It also matches some LaTeX, which costs little.
_ESCAPE = re.compile(rb"\\[0abefvrxuU]")

Made = tuple[Card, ...]  # what one entry of the file's list is: several cards of a cloze


def load(path: Path, *, bundled: bool = False) -> tuple[Deck | None, tuple[Fault, ...]]:
    """The deck in a file with its good cards, and its faults in the order of the file. Never raises for bad input.

    The deck is None when no card of it can be asked.
    """
    collects = gc.isenabled()
    gc.disable()  # many new objects, and none of them garbage
    try:
        return _load(bytes_of(path), path, bundled)
    except Unreadable as error:
        return None, (Fault(path, error.line, error.column, error.sentence, error.hint),)
    finally:
        if collects:
            gc.enable()


def load_text(text: str, path: Path) -> tuple[Deck | None, tuple[Fault, ...]]:
    """What `load` would give if the file at `path` held this text."""
    try:
        return _load(text.encode(), path, False)
    except Unreadable as error:
        return None, (Fault(path, error.line, error.column, error.sentence, error.hint),)


def _load(data: bytes, path: Path, bundled: bool) -> tuple[Deck | None, tuple[Fault, ...]]:
    name = deck_name(path.stem)
    frame, used = _read(data, name, path)
    faults: list[Fault] = []
    if not _frame_fits(frame):
        faults, fatal = _explain_frame(data, path)
        if fatal or type(frame) is not dict:
            return None, tuple(faults)
    name = frame.get("deck", name)
    if name != used:  # it stands behind the cards
        frame, _ = _read(data, name, path)
    cards, bad = _sorted_out(frame["cards"])
    if bad:
        faults += _explain(data, bad, path)
    start, ids = _start(frame.get("start")), {card.id for card in cards}
    if not ids.issuperset(start):
        faults += _explain_start(data, ids, path)
    faults.sort(key=lambda fault: (fault.line, fault.column))
    if not cards:
        return None, tuple(faults)
    start = tuple(id for id in start if id in ids)
    return Deck(name, _title(frame.get("title"), name), path, tuple(cards), bundled, start), tuple(faults)


def _read(data: bytes, name: str, path: Path) -> tuple[Any, str]:
    """What the file holds, and the name that its cards were given: the deck's, if it stands before them, else `name`.

    In place of each card stands a tuple of Cards, or its line if it is not as it should be.
    """
    used = name
    # Without an escape, text in ASCII holds nothing that is not seen: YAML lets only tabs and line ends pass.
    escapes = b"\\" in data and _ESCAPE.search(data) is not None

    def card(raw: dict[str, Any], line: int, length: int, frame: dict[str, Any]) -> Made | int:
        nonlocal used
        used = frame.get("deck", name)
        if length > MOST_ENTRY:
            return line
        try:
            return make(cleaned(raw) if escapes else raw, used, path, line)
        except Unfit:
            return line

    return read_values(data, card, clean), used


def _sorted_out(entries: list[Any]) -> tuple[list[Card], dict[int, tuple[int, int]]]:
    """The good cards; and the place of every bad entry with its line, or 0 if it is no mapping, and the line of the
    card that has the same id, or 0."""
    cards: list[Card] = []
    bad: dict[int, tuple[int, int]] = {}
    taken: dict[str, int] = {}
    for place, made in enumerate(entries):
        if type(made) is not tuple:
            bad[place] = (made if type(made) is int else 0, 0)
        elif made[0].id in taken:
            bad[place] = (made[0].line, taken[made[0].id])
        else:
            taken[made[0].id] = made[0].line
            cards += made
    return cards, bad


def _frame_fits(frame: Any) -> bool:
    """Whether all is right around the cards; if not, `explain_frame` says what is wrong."""
    if type(frame) is not dict:
        return False
    name, cards = frame.get("deck", "deck"), frame.get("cards")
    return (
        frame.keys() <= _FIELDS
        and frame.get("format", "1") == "1"
        and type(name) is str
        and DECK_NAME.fullmatch(name) is not None
        and type(cards) is list
        and bool(cards)
        and _text_fits(frame.get("title", ""))
        and _start_fits(frame.get("start", []))
    )


def _text_fits(text: Any) -> bool:
    if type(text) is not dict:
        return type(text) is str
    return text.keys() <= _LANGUAGES and all(type(part) is str for part in text.values())


def _title(written: Any, name: str) -> Words:
    if not written or not _text_fits(written):
        return same(name)
    title = {"en": written, "zh": written} if type(written) is str else written
    return Words(*(clean(title.get(language, "")) for language in ("en", "zh"))) or same(name)


def _start_fits(start: Any) -> bool:
    return type(start) is list and len(start) <= MOST_IN_A_LIST and all(type(id) is str and id for id in start)


def _start(written: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(clean, written))) if written and _start_fits(written) else ()


def _explain_start(data: bytes, ids: set[str], path: Path) -> list[Fault]:
    """The faults of what a first session is said to begin with, and is no card."""
    from quizapp.cards.explain import explain_start, located

    root = read_nodes(data, ())
    return [located(amiss, root, path) for amiss in explain_start(root, ids)]


def _explain_frame(data: bytes, path: Path) -> tuple[list[Fault], bool]:
    """The faults around the cards, and whether the cards cannot be read because of them."""
    from quizapp.cards.explain import explain_frame, located  # most decks need none of it

    root = read_nodes(data, ())
    all_amiss, fatal = explain_frame(root, DECK_FORMAT)
    faults = [located(amiss, root, path) for amiss in all_amiss]
    return sorted(faults, key=lambda fault: (fault.line, fault.column)), fatal


def _explain(data: bytes, bad: dict[int, tuple[int, int]], path: Path) -> list[Fault]:
    """The faults of the first bad cards."""
    from quizapp.cards.explain import explain, located

    explained = sorted(bad)[:MOST_EXPLAINED]
    nodes = read_nodes(data, {bad[place][0] for place in explained}).value["cards"][1].value
    faults: list[Fault] = []
    for place in explained:
        node = nodes[place]
        written = node.value["id"][1].value if isinstance(node.value, dict) and "id" in node.value else ""
        card = f"cards[{place}] {written if isinstance(written, str) else ''}".rstrip()
        faults += [located(amiss, node, path, card) for amiss in explain(node, same_id=bad[place][1])]
    if len(bad) > MOST_EXPLAINED:
        message = tell("deck.more_faults", n=len(bad) - MOST_EXPLAINED)
        faults.append(Fault(path, faults[-1].line + 1, 1, message, tell("deck.more_faults.do")))
    return faults
