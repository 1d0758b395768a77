"""A deck's file → its good cards, and everything that is wrong with the others.

The quick way reads plain values and converts all cards at once. Cards that do not fit are read again with their places,
and explained; one bad card never hides the rest.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from quizapp.cards.card import Card, Deck, Fault
from quizapp.cards.rules import broken
from quizapp.cards.shape import Unfit, cleaned, cleaned_key, shape
from quizapp.cards.slug import DECK_NAME, deck_name
from quizapp.cards.yaml_reader import Node, Unreadable, read_nodes, read_text, read_values
from quizapp.words import Words, clean, same

if TYPE_CHECKING:  # explaining costs time to import, and most decks need none of it
    from quizapp.cards.explain import Problem

FORMAT = 1
MOST_EXPLAINED = 100
_FIELDS = frozenset({"format", "deck", "title", "cards"})
_LANGUAGES = frozenset({"en", "zh"})
# An escape in double quotes that makes a character nobody should see. It also matches some LaTeX, which costs little.
_ESCAPE = re.compile(r"\\[0abefvrxuUNLP_]")

_CARD: Any = Card  # a union, which mypy does not take for a type to convert to
_CARDS = list[Card]
Placed = tuple[int, Card]  # a card and its place in the file's list, from 0


def load(path: Path, *, bundled: bool = False) -> tuple[Deck | None, tuple[Fault, ...]]:
    """The deck in a file with its good cards, and its faults in the order of the file. Never raises for bad input.

    The deck is None when no card of it can be asked.
    """
    collects = gc.isenabled()
    gc.disable()  # many new objects, and none of them garbage
    try:
        return _load(read_text(path), path, bundled)
    except Unreadable as error:
        return None, (Fault(path, error.line, error.column, "", clean(error.message), clean(error.hint)),)
    finally:
        if collects:
            gc.enable()


def _load(text: str, path: Path, bundled: bool) -> tuple[Deck | None, tuple[Fault, ...]]:
    value, lines = read_values(text)
    if clean(text) is not text or _ESCAPE.search(text):
        value = cleaned(value)
    faults: list[Fault] = []
    if type(value) is not dict or not _frame_fits(value):
        from quizapp.cards.explain import explain_frame

        problems, fatal = explain_frame(_cleaned_nodes(read_nodes(text, ())), FORMAT)
        faults = [_fault(path, "", problem) for problem in problems]
        if fatal or type(value) is not dict:
            return None, tuple(faults)
    name = value.get("deck") or deck_name(path.stem)
    raws = value["cards"]
    if len(lines) != len(raws):  # some card is no mapping, or a field beside the cards holds mappings
        lines = [card.start.line for card in read_nodes(text, ()).value["cards"][1].value]
    cards, bad = _convert(raws, lines, name, path)
    if bad:
        mended, more = _explain(text, bad, lines, name, path)
        cards = sorted(cards + mended, key=lambda placed: placed[0])
        faults += more
    faults.sort(key=lambda fault: (fault.line, fault.column))
    if not cards:
        return None, tuple(faults)
    title = _title(value.get("title"), name)
    return Deck(name, title, path, tuple(card for _, card in cards), bundled), tuple(faults)


def _frame_fits(value: dict[str, Any]) -> bool:
    """Whether all is right around the cards; if not, `explain_frame` says what is wrong."""
    name, cards = value.get("deck", "deck"), value.get("cards")
    return (
        value.keys() <= _FIELDS
        and value.get("format", "1") == "1"
        and type(name) is str
        and DECK_NAME.fullmatch(name) is not None
        and type(cards) is list
        and bool(cards)
        and _text_fits(value.get("title", ""))
    )


def _text_fits(text: Any) -> bool:
    if type(text) is not dict:
        return type(text) is str
    return text.keys() <= _LANGUAGES and all(type(said) is str for said in text.values())


def _title(written: Any, name: str) -> Words:
    if not written or not _text_fits(written):
        return same(name)
    title = same(written) if type(written) is str else Words(**written)
    return title or same(name)


def _convert(raws: list[Any], lines: list[int], name: str, path: Path) -> tuple[list[Placed], dict[int, int]]:
    """The cards that are as they should be; and the places of the others, each with the place of an earlier card that
    has the same id, or -1."""
    shaped: list[dict[str, Any]] = []
    places: list[int] = []
    bad: dict[int, int] = {}
    taken: dict[str, int] = {}
    for place, raw in enumerate(raws):
        try:
            inputs = shape(raw, name, path, lines[place])
        except Unfit:
            bad[place] = -1
            continue
        first = taken.setdefault(inputs[0]["id"], place)
        if first != place:
            bad[place] = first
            continue
        shaped += inputs
        places += [place] * len(inputs)
    cards = _typed(shaped)
    bad |= {place: -1 for place, card in zip(places, cards, strict=True) if card is None or broken(card)}
    good = [(place, card) for place, card in zip(places, cards, strict=True) if card is not None and place not in bad]
    return good, bad


def _typed(shaped: list[dict[str, Any]]) -> list[Card] | list[Card | None]:
    """Each as a Card, or None where a field is not of its type."""
    try:
        cards: list[Card] = msgspec.convert(shaped, _CARDS, strict=False)
        return cards
    except msgspec.ValidationError:
        return [_typed_one(one) for one in shaped]


def _typed_one(shaped: dict[str, Any]) -> Card | None:
    try:
        card: Card = msgspec.convert(shaped, _CARD, strict=False)
        return card
    except msgspec.ValidationError:
        return None


def _explain(
    text: str, bad: dict[int, int], lines: list[int], name: str, path: Path
) -> tuple[list[Placed], list[Fault]]:
    """The faults of the first bad cards, and those cards that turn out to be good when they are read with care."""
    from quizapp.cards.explain import Problem, explain_broken, explain_card

    explained = sorted(bad)[:MOST_EXPLAINED]
    nodes = read_nodes(text, {lines[place] for place in explained}).value["cards"][1].value
    mended: list[Placed] = []
    faults: list[Fault] = []
    for place in explained:
        node = _cleaned_nodes(nodes[place])
        written = node.value["id"][1].value if isinstance(node.value, dict) and "id" in node.value else ""
        where = f"cards[{place}] {written if isinstance(written, str) else ''}".rstrip()
        problems = list(explain_card(node))
        if not problems and bad[place] >= 0:
            problems = [_same_id(node, lines[bad[place]])]
        if not problems:
            try:
                cards = msgspec.convert(shape(_plain(node), name, path, node.start.line), _CARDS, strict=False)
            except (Unfit, msgspec.ValidationError) as error:
                problems = [Problem(node.start, "", f"the card cannot be read: {error}")]
            else:
                rules = dict.fromkeys(rule for card in cards for rule in broken(card))
                problems = [explain_broken(node, rule) for rule in rules]
                mended += [] if problems else [(place, card) for card in cards]
        faults += [_fault(path, where, problem) for problem in problems]
    if len(bad) > MOST_EXPLAINED:
        message = f"{len(bad) - MOST_EXPLAINED} more cards have faults"
        faults.append(Fault(path, lines[sorted(bad)[MOST_EXPLAINED]], 1, "", message, "mend those above first"))
    return mended, faults


def _same_id(node: Node, line: int) -> Problem:
    from quizapp.cards.explain import Problem

    if "id" in node.value:
        written = node.value["id"][1]
        return Problem(
            written.start, "id", f"the card on line {line} has the id `{written.value}` already", "change it"
        )
    return Problem(node.start, "", f"the card on line {line} asks the same", "give one of them an `id`, or remove it")


def _fault(path: Path, where: str, problem: Problem) -> Fault:
    where = f"{where}: {problem.field}" if where and problem.field else where or problem.field
    at = problem.at
    return Fault(path, at.line, at.column, clean(where), clean(problem.message), clean(problem.hint))


def _cleaned_nodes(node: Node) -> Node:
    """The node with its texts cleaned as `shape.cleaned` does."""
    if isinstance(node.value, str):
        node.value = clean(node.value)
    elif isinstance(node.value, list):
        for item in node.value:
            _cleaned_nodes(item)
    else:
        node.value = {cleaned_key(key): (at, _cleaned_nodes(item)) for key, (at, item) in node.value.items()}
    return node


def _plain(node: Node) -> Any:
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(item) for key, (_, item) in node.value.items()}
    return node.value
