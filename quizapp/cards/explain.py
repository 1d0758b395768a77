"""What is amiss with a deck, or with an entry of it, that is not as it should be; and where that is."""

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from quizapp.cards.card import TYPES, Name, written_fields
from quizapp.cards.edit import values_of
from quizapp.cards.fault import Amiss, Fault, Unfit, short
from quizapp.cards.fields import described, explain_struct, explain_value, meant, nearest, suggest
from quizapp.cards.make import MOST_ENTRY, cleaned_key, typed_cards
from quizapp.cards.rules import MOST_IN_A_LIST, broken
from quizapp.cards.slug import DECK_NAME, ID, slug
from quizapp.cards.vary import at, combinations, varies
from quizapp.cards.yaml_reader import Node
from quizapp.texts import Sentence, tell
from quizapp.words import Words, clean

MOST_AMISS = 20  # of one card: who mends these will check again
FRAME = ("format", "deck", "title", "start", "cards")
_OF_CARDS = frozenset(field for kind in TYPES.values() for field in written_fields(kind))


def explain(node: Node, same_id: int = 0) -> list[Amiss]:
    """All that is amiss with an entry of a deck that `make` does not take; never nothing.

    `same_id` is the line of an earlier card that has its id, or 0. The node's texts are cleaned.
    """
    _clean(node)
    amiss = list(islice(dict.fromkeys(_explain_variants(node)), MOST_AMISS))
    if not amiss and same_id:
        amiss = [_explain_same(node, same_id)]
    if not amiss and node.end.index - node.start.index > MOST_ENTRY:
        amiss = [Amiss((), tell("deck.long_card", most=MOST_ENTRY), tell("deck.long_card.do"))]
    return amiss or _explain_rules(node)


def explain_frame(node: Node, newest: int) -> tuple[list[Amiss], bool]:
    """What is amiss around the cards, and whether the cards cannot be read because of it. `newest` is the latest format
    that can be read."""
    if not isinstance(node.value, dict):
        what = tell("deck.a_list") if isinstance(node.value, list) else tell("deck.text")
        return [Amiss((), tell("deck.no_deck", what=what), tell("deck.no_deck.do"))], True
    amiss = []
    for name in islice((name for name in node.value if name not in FRAME), MOST_AMISS):
        hint = tell("deck.field_of_cards") if name in _OF_CARDS else suggest(name, FRAME)
        amiss.append(Amiss((name,), tell("deck.no_such_deck_field", name=short(name)), hint, at_name=(name,)))
    if "title" in node.value:
        amiss += islice(explain_value(node.value["title"][1], Words, ("title",)), MOST_AMISS)
    if "start" in node.value:
        amiss += islice(_start(node.value["start"][1]), MOST_AMISS)
    fatal = [*_format(node, newest), *_name(node), *_cards(node)]
    return amiss + fatal, bool(fatal)


def located(amiss: Amiss, node: Node, file: Path, card: str = "") -> Fault:
    """The fault at the field's place in its file, or at the nearest field around it that is written. `node` is what the
    path starts from: a card's entry, or the whole deck."""
    key = node
    for step in amiss.at_name or amiss.path:
        if isinstance(node.value, dict) and step in node.value:
            key, node = node.value[step]
        elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    at = key.start if amiss.at_name else node.start
    path = tuple(short(step) if isinstance(step, str) else step for step in amiss.path)
    return Fault(file, at.line, at.column, amiss.message, amiss.hint, card, path)


def explain_start(node: Node, ids: Collection[str]) -> list[Amiss]:
    """What `start` names and is no card of the deck, whose good cards have these `ids`."""
    amiss = []
    for i, written in islice(enumerate(node.value["start"][1].value), MOST_IN_A_LIST):
        if clean(written.value) not in ids:
            near = meant(clean(written.value), ids)
            hint = tell("deck.did_you_mean", name=near) if near else tell("deck.dead_start.do")
            amiss.append(Amiss(("start", i), tell("check.dead_link", name=short(clean(written.value))), hint))
    return amiss


def _start(written: Node) -> Iterator[Amiss]:
    yield from explain_value(written, tuple[Name, ...], ("start",))
    if isinstance(written.value, list) and len(written.value) > MOST_IN_A_LIST:
        yield Amiss(("start",), tell("deck.too_many", n=len(written.value), most=MOST_IN_A_LIST))


def _format(node: Node, newest: int) -> Iterator[Amiss]:
    if "format" not in node.value:
        return
    written = node.value["format"][1]
    if isinstance(written.value, str) and written.value.isascii() and written.value.isdigit():
        if 1 <= int(written.value[:9]) <= newest:
            return
        if int(written.value[:9]) > newest:
            message = tell("deck.newer_format", format=written.value[:9], newest=newest)
            yield Amiss(("format",), message, tell("deck.newer_format.do"))
            return
    message = tell("deck.no_format", what=described(written))
    yield Amiss(("format",), message, tell("deck.no_format.do", newest=newest))


def _name(node: Node) -> Iterator[Amiss]:
    if "deck" in node.value:
        written = node.value["deck"][1]
        if not isinstance(written.value, str) or not DECK_NAME.fullmatch(written.value):
            yield Amiss(("deck",), tell("deck.no_name", what=described(written)), tell("deck.no_name.do"))


def _cards(node: Node) -> Iterator[Amiss]:
    hint = tell("deck.no_cards.do")
    if "cards" not in node.value:
        yield Amiss(("cards",), tell("deck.no_cards"), hint)
        return
    written = node.value["cards"][1]
    if not isinstance(written.value, list):
        yield Amiss(("cards",), tell("deck.needs_cards", what=described(written)), hint)
    elif not written.value:
        yield Amiss(("cards",), tell("deck.no_card"), hint)


def _explain_variants(node: Node) -> Iterator[Amiss]:
    """All that is amiss with the types of its fields: with each combination of values, if it is written over names."""
    raw = values_of(node)
    if not isinstance(raw, dict) or not varies(raw):
        yield from _explain_types(node)
        return
    try:
        for values in combinations(raw):
            yield from _explain_types(_placed(at(raw, values), node))
    except Unfit as error:
        if error.amiss is not None:
            yield error.amiss


def _placed(value: object, node: Node) -> Node:
    """A node for `value` at the places of `node`, from which it was made; what has none is at the node around it."""
    inside = node.value
    if isinstance(value, dict):
        known = inside if isinstance(inside, dict) else {}
        placed = {name: known.get(name, (node, node)) for name in value}
        return replace(node, value={name: (key, _placed(value[name], one)) for name, (key, one) in placed.items()})
    if isinstance(value, list):
        nodes = inside if isinstance(inside, list) and len(inside) == len(value) else [node] * len(value)
        return replace(node, value=[_placed(item, one) for item, one in zip(value, nodes, strict=True)])
    return replace(node, value=value)


def _explain_types(node: Node) -> Iterator[Amiss]:
    """All that is amiss with the types of a card's fields; nothing if they fit."""
    if not isinstance(node.value, dict):
        yield Amiss((), tell("deck.odd_card", what=described(node)), tell("deck.odd_card.do"))
        return
    name = "free"
    if "type" in node.value:
        written = node.value["type"][1]
        if not isinstance(written.value, str) or written.value not in TYPES:
            yield Amiss(("type",), tell("deck.no_type", what=described(written)), nearest(written, TYPES))
            return
        name = written.value
    if "id" in node.value:
        yield from _id(node.value["id"][1])
    called = tell("deck.an_order_card") if name == "order" else tell("deck.a_card", type=name)
    yield from explain_struct(node, TYPES[name], (), called)


def _explain_same(node: Node, line: int) -> Amiss:
    if "id" in node.value:
        message = tell("deck.same_id", line=line, id=node.value["id"][1].value)
        return Amiss(("id",), message, tell("deck.same_id.do"))
    return Amiss((), tell("deck.same_question", line=line), tell("deck.same_question.do"))


def _explain_rules(node: Node) -> list[Amiss]:
    odd = Amiss((), tell("deck.card_unreadable"))
    try:
        cards = typed_cards(values_of(node), "deck", Path(), node.start.line)
    except Unfit as error:
        return [error.amiss or odd]
    return list(islice(dict.fromkeys(rule for card in cards for rule in broken(card)), MOST_AMISS)) or [odd]


def _clean(node: Node) -> None:
    """Clean the node's texts as `make.cleaned` does."""
    if isinstance(node.value, str):
        node.value = clean(node.value)
    elif isinstance(node.value, list):
        for item in node.value:
            _clean(item)
    else:
        for _, item in node.value.values():
            _clean(item)
        node.value = {cleaned_key(key): item for key, item in node.value.items()}


def _id(node: Node) -> Iterator[Amiss]:
    if node.value == "":
        yield Amiss(("id",), tell("deck.empty_id"), tell("deck.write_or_remove_line"))
    elif isinstance(node.value, str) and not ID.fullmatch(node.value):
        made = slug(node.value)
        hint: Sentence = tell("deck.no_id_such.do", id=made) if made else tell("deck.no_id.do")
        yield Amiss(("id",), tell("deck.no_id", what=described(node)), hint)
