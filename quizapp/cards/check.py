"""The lint of decks that loaded: what makes a card hard to learn from, and what needs more than one card to see.

Each rule is a function of one deck, a generator of what it found; those in `ACROSS` look at all decks. Only faults of
the demos are errors; `load` has reported all others.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

from quizapp.cards.card import Card, Choice, Cloze, Deck, DemoLink, Fault, Fix, Numeric, Order
from quizapp.cards.explain import locate
from quizapp.cards.fields import meant
from quizapp.cards.library import Library
from quizapp.cards.yaml_reader import Node, Unreadable, decode, read_bytes, read_nodes
from quizapp.words import Words

MOST_POINTS = 4
MOST_LISTED = 4
MOST_FOUND = 200
MOST_GUESSES = 20
MOST_ACROSS = 5000

Found = tuple[Card, tuple[str | int, ...], str, str]  # the card, the field, what is wrong, what to do
Problem = tuple[tuple[str, ...], str]  # the field of a card's demo, and what is wrong with it
Problems = Callable[[DemoLink, Path], list[Problem]]  # of a demo named in a deck in that folder; the lab knows


def check(library: Library, problems: Problems) -> tuple[list[Fault], list[Fault]]:
    """The errors and the warnings, each in the order of the files and of their lines.

    Errors are the library's faults and what `problems` says of every card's demo: a demo that is missing, a knob it
    does not have, a value a knob does not take, each as a sentence.
    """
    errors = list(library.faults)
    warnings: list[Fault] = []
    across: dict[Path, list[Found]] = {}
    for finding in (finding for look in ACROSS for finding in islice(look(library), MOST_ACROSS)):
        across.setdefault(finding[0].path, []).append(finding)
    for deck in library.decks:
        text, entries = _reread(deck.path)
        demos: list[Found] = [
            (card, ("demo", *field), sentence, "")
            for card in deck.cards
            if card.demo is not None
            for field, sentence in problems(card.demo, deck.path.parent)
        ]
        lost = (finding for card in deck.cards for finding in _lost_text(card, text, entries))
        found = [finding for rule in RULES for finding in _first(rule(deck, library))] + [*_first(lost)]
        found += _first(iter(across.get(deck.path, ())))
        errors += _faults(demos, entries)
        warnings += _faults(found, entries)
    errors, warnings = (
        sorted(dict.fromkeys(found), key=lambda fault: (str(fault.file), fault.line, fault.column))
        for found in (errors, warnings)
    )
    return errors, warnings


def _first(found: Iterator[Found]) -> Iterator[Found]:
    """The first of what one rule finds in one deck, and that there is more."""
    for count, (card, path, message, hint) in enumerate(found):
        if count == MOST_FOUND:
            yield card, path, f"{message}; and so on: this is said {MOST_FOUND} times of a deck", hint
            return
        yield card, path, message, hint


def no_why(deck: Deck, _: Library) -> Iterator[Found]:
    for card in deck.cards:
        if not card.why:
            yield card, (), "no `why`: an explanation teaches more than the answer alone", "write `why:`"


def many_points(deck: Deck, _: Library) -> Iterator[Found]:
    for card in deck.cards:
        if len(card.points) > MOST_POINTS:
            message = f"{len(card.points)} points are more than one recalls at once"
            yield card, ("points",), message, f"split the card, so that each has at most {MOST_POINTS}"


def listed_answer(deck: Deck, _: Library) -> Iterator[Found]:
    for card in deck.cards:
        items = len(re.findall(r"^(?:[-*+]|\d+[.)])\s", card.a.en or card.a.zh, re.MULTILINE))
        if items > MOST_LISTED and not card.points:
            message = f"the answer is a list of {items}: hard to recall, and to grade"
            yield card, ("a",), message, "write `points:` to tick, or split the card"


def missing_language(deck: Deck, _: Library) -> Iterator[Found]:
    """In a deck that says anything in two languages, what is said in one."""
    texts = [(card, path, words) for card in deck.cards for path, words in texts_of(card)]
    if not any(words.en and words.zh and words.en != words.zh for _, _, words in texts):
        return
    for card, path, words in texts:
        if words and not (words.en and words.zh):
            yield card, path, f"`{'zh' if words.en else 'en'}` is missing; the deck has both languages elsewhere", ""


def dead_links(deck: Deck, library: Library) -> Iterator[Found]:
    guesses = 0  # comparing with every id takes a while
    for card in deck.cards:
        for field, names in (("after", card.after), ("follow_ups", card.follow_ups)):
            for i, name in enumerate(names):
                if not (linked := library.named(name, deck.name)):
                    guesses += 1
                    near = meant(name, [other.id for other in deck.cards]) if guesses <= MOST_GUESSES else ""
                    hint = f"did you mean `{near}`?" if near else "write the id of a card, or deck/id"
                    if "/" in name and name.partition("/")[0] not in {other.name for other in library.decks}:
                        hint = "if it is in a deck that was not read now, check that one with this"
                    yield card, (field, i), f"there is no card `{name}`", hint
                elif card in linked:
                    yield card, (field, i), f"`{name}` is this card itself", "remove it"


def kept_names(deck: Deck, library: Library) -> Iterator[Found]:
    """Two cards must not claim one history."""
    claimed: dict[str, Card] = {}
    for card in deck.cards:
        for i, key in enumerate(card.was):
            if key in library.keys and library.keys[key] is not card:
                yield card, ("was", i), f"`{key}` is a card of its own, and keeps its history", "remove it"
            elif (first := claimed.setdefault(key, card)) is not card:
                yield card, ("was", i), f"the card on line {first.line} was `{key}` already", "remove one of them"


def same_question(library: Library) -> Iterator[Found]:
    first: dict[str, Card] = {}
    for deck in library.decks:
        for card in deck.cards:
            asked = card.source.says if isinstance(card, Fix) else card.text if isinstance(card, Cloze) else card.q
            plain = " ".join((asked.en or asked.zh).casefold().split())
            other = first.setdefault(plain, card)
            if plain and (other.deck, other.id) != (card.deck, card.id):
                which = (
                    f"`{other.id}` on line {other.line}" if other.deck == card.deck else f"`{other.deck}/{other.id}`"
                )
                yield card, (), f"asks the same as {which}", "remove one, or ask something else"


def rings(library: Library) -> Iterator[Found]:
    """Cards that come after each other in a ring, so that none of them can be the first."""
    cards = {f"{card.deck}/{card.id}": card for deck in library.decks for card in deck.cards}
    after = {
        key: iter([(i, name if "/" in name else f"{card.deck}/{name}") for i, name in enumerate(card.after)])
        for key, card in cards.items()
    }
    done: set[str] = set()
    for start in cards:
        trail = [start] if start not in done else []  # from a card to what should be known before it, and so on
        places = {start: 0}
        while trail:
            key = trail[-1]
            i, linked = next(after[key], (0, ""))
            if not linked:
                done.add(key)
                del places[trail.pop()]
            elif linked in places and linked != key:
                ring = trail[places[linked] : places[linked] + 4]
                said = " → ".join(cards[one].id for one in (*ring, *([key] if key not in ring else []), linked))
                yield cards[key], ("after", i), f"comes after itself: {said}", "leave one `after` of them out"
            elif linked in cards and linked not in done and linked not in places:
                places[linked] = len(trail)
                trail.append(linked)


def telling_choices(deck: Deck, _: Library) -> Iterator[Found]:
    """A right choice that is much longer than all others is found without knowing the answer."""
    for card in deck.cards:
        if not isinstance(card, Choice):
            continue
        for language in ("en", "zh"):
            lengths = [(len(getattr(item.text, language)), item.ok) for item in card.choices]
            right = [length for length, ok in lengths if ok]
            wrong = [length for length, ok in lengths if not ok]
            if wrong and min(right) > 1.6 * max(wrong) and min(right) - max(wrong) >= (20 if language == "en" else 8):
                yield (
                    card,
                    ("choices",),
                    "the right choice is by far the longest, and gives itself away",
                    "even them out",
                )
                break


def unexplained_choices(deck: Deck, _: Library) -> Iterator[Found]:
    for card in deck.cards:
        if isinstance(card, Choice):
            for i, item in enumerate(card.choices):
                if not item.ok and not item.why:
                    yield card, ("choices", i), "this wrong choice does not say why it is wrong", "write its `why:`"


def gaps_in_predictions(deck: Deck, _: Library) -> Iterator[Found]:
    for card in deck.cards:
        if card.demo is not None and card.demo.predict is not None:
            ranges = sorted(choice.range for choice in card.demo.predict.choices)
            for (_low, end), (start, _high) in pairwise(ranges):
                if start > end:
                    message = f"no choice holds for a measure from {end:g} to {start:g}"
                    yield card, ("demo", "predict", "choices"), message, "let one range end where the next starts"


def unpinned(deck: Deck, _: Library) -> Iterator[Found]:
    cards = list({card.id: card for card in deck.cards if not card.pinned}.values())
    if cards:
        count = "a card has" if len(cards) == 1 else f"{len(cards)} cards have"
        message = f"{count} no `id`: a change of the question would lose its history"
        yield cards[0], (), message, "`quizapp check --fix` writes it"


RULES: tuple[Callable[[Deck, Library], Iterator[Found]], ...] = (
    no_why,
    many_points,
    listed_answer,
    missing_language,
    dead_links,
    kept_names,
    telling_choices,
    unexplained_choices,
    gaps_in_predictions,
    unpinned,
)
ACROSS: tuple[Callable[[Library], Iterator[Found]], ...] = (same_question, rings)


def texts_of(card: Card) -> Iterator[tuple[tuple[str | int, ...], Words]]:
    """Every text of a card, with the path of its field."""
    yield from (((field,), getattr(card, field)) for field in ("q", "a", "why"))
    yield from ((("points", i), point.text) for i, point in enumerate(card.points))
    if card.demo is not None and card.demo.predict is not None:
        yield ("demo", "predict", "ask"), card.demo.predict.ask
        for i, choice in enumerate(card.demo.predict.choices):
            yield ("demo", "predict", "choices", i), choice.text
    match card:
        case Choice():
            for i, item in enumerate(card.choices):
                yield ("choices", i), item.text
                yield ("choices", i, "why"), item.why
        case Cloze():
            yield ("text",), card.text
        case Fix():
            yield ("source", "says"), card.source.says
        case Order():
            yield from ((("items", i), item) for i, item in enumerate(card.items))
        case Numeric():
            yield from ((("traps", i, "why"), trap.why) for i, trap in enumerate(card.traps))
        case _:
            pass


Entries = dict[int, tuple[int, Node]]  # the entries of a deck's file, each with its place in the list, by their line


def _reread(path: Path) -> tuple[str, Entries]:
    """The text of a deck and its entries; nothing if the file was changed into one that cannot be read."""
    try:
        text = decode(read_bytes(path))
        entries = read_nodes(text).value["cards"][1].value
        return text, {entry.start.line: (place, entry) for place, entry in enumerate(entries)}
    except (Unreadable, KeyError, TypeError, AttributeError):
        return "", {}


def _faults(found: list[Found], entries: Entries) -> Iterator[Fault]:
    for card, path, message, hint in found:
        place, entry = entries.get(card.line, (None, None))
        where = f"cards[{place}] {card.id}" if entry else card.id
        line, column, field = card.line, 1, ""
        if entry:
            mark, field = locate(entry, path)
            line, column = mark.line, mark.column
        yield Fault(card.path, line, column, f"{where}: {field}" if field else where, message, hint)


def _lost_text(card: Card, text: str, entries: Entries) -> Iterator[Found]:
    """Plain text that ends at ` #`, where YAML sees a comment. Two spaces before the # say that one is meant."""
    _, entry = entries.get(card.line, (0, None))
    pending: list[tuple[tuple[str | int, ...], Node]] = [((), entry)] if entry else []
    while pending:
        path, node = pending.pop()
        if isinstance(node.value, dict):
            pending += [((*path, name), item) for name, (_, item) in node.value.items()]
        elif isinstance(node.value, list):
            pending += [((*path, i), item) for i, item in enumerate(node.value)]
        elif not node.style and " " in node.value and text.startswith(" #", node.end.index):
            lost = text[node.end.index : node.end.index + 200].partition("\n")[0].strip()
            message = f"`{lost[:40]}` is a comment to YAML, not a part of the text"
            yield card, path, message, "put the text in quotes, or two spaces before a comment"
