"""Everything that is amiss with decks that were read: the loader's faults, the demos', and the lint's advice."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from quizapp.cards.card import Card
from quizapp.cards.explain import located
from quizapp.cards.fault import Amiss, Fault, FieldPath
from quizapp.cards.library import Library
from quizapp.cards.lint import ACROSS, RULES, Advice
from quizapp.cards.text_file import Unreadable, bytes_of, decode
from quizapp.cards.vary import variants
from quizapp.cards.yaml_reader import Node, read_nodes
from quizapp.texts import tell

MOST_FOUND = 200
MOST_ACROSS = 5000

AmissInLab = Callable[[Card], list[Amiss]]  # of the demo or exercise that a card names; the lab knows


def check(library: Library, amiss_in_lab: AmissInLab) -> tuple[list[Fault], list[Fault]]:
    """The errors and the warnings, each in the order of the files and of their lines.

    Errors are the library's faults and what is amiss with every card's demo or exercise: one that is missing, a knob
    or a case it does not have, a value a knob does not take. All else is advice.
    """
    errors = list(library.faults)
    warnings: list[Fault] = []
    across: dict[Path, list[Advice]] = {}
    for card, amiss in (advice for look in ACROSS for advice in islice(look(library), MOST_ACROSS)):
        across.setdefault(card.path, []).append((card, amiss))
    for deck in library.decks:
        text, entries = _reread(deck.path)
        run = [(card, amiss) for card in deck.cards for variant in variants(card) for amiss in amiss_in_lab(variant)]
        lost = (advice for card in deck.cards for advice in _lost_text(card, text, entries))
        advised = [advice for rule in RULES for advice in _first(rule(deck, library))] + [*_first(lost)]
        advised += _first(iter(across.get(deck.path, ())))
        errors += [_fault(card, amiss, entries) for card, amiss in run]
        warnings += [_fault(card, amiss, entries) for card, amiss in advised]
    return _in_order(errors), _in_order(warnings)


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: (str(fault.file), fault.line, fault.column))


def _first(advice: Iterator[Advice]) -> Iterator[Advice]:
    """The first of what one rule finds in one deck, and that there is more."""
    for count, (card, amiss) in enumerate(advice):
        if count == MOST_FOUND:
            yield card, Amiss(amiss.path, tell("check.and_so_on", message=amiss.message, most=MOST_FOUND), amiss.hint)
            return
        yield card, amiss


Entries = dict[int, tuple[int, Node]]  # the entries of a deck's file, each with its place in the list, by their line


def _reread(path: Path) -> tuple[str, Entries]:
    """The text of a deck and its entries; nothing if the file was changed into one that cannot be read."""
    try:
        text = decode(bytes_of(path))
        entries = read_nodes(text).value["cards"][1].value
        return text, {entry.start.line: (place, entry) for place, entry in enumerate(entries)}
    except (Unreadable, KeyError, TypeError, AttributeError):
        return "", {}


def _fault(card: Card, amiss: Amiss, entries: Entries) -> Fault:
    place, entry = entries.get(card.line, (0, None))
    if entry is None:  # the file has changed since
        return Fault(card.path, card.line, 1, amiss.message, amiss.hint, card.id)
    return located(amiss, entry, card.path, f"cards[{place}] {card.id}")


def _lost_text(card: Card, text: str, entries: Entries) -> Iterator[Advice]:
    """Plain text that ends at ` #`, where YAML sees a comment. Two spaces before the # say that one is meant."""
    _, entry = entries.get(card.line, (0, None))
    pending: list[tuple[FieldPath, Node]] = [((), entry)] if entry else []
    while pending:
        path, node = pending.pop()
        if isinstance(node.value, dict):
            pending += [((*path, name), item) for name, (_, item) in node.value.items()]
        elif isinstance(node.value, list):
            pending += [((*path, i), item) for i, item in enumerate(node.value)]
        elif not node.style and " " in node.value and text.startswith(" #", node.end.index):
            lost = text[node.end.index : node.end.index + 200].partition("\n")[0].strip()
            yield card, Amiss(path, tell("check.lost_text", lost=lost[:40]), tell("check.lost_text.do"))
