"""What must hold of a card beyond the types of its fields. Broken rules are errors: the card is not asked."""

from collections.abc import Callable, Iterator, Sized
from math import isfinite
from typing import Any

from quizapp.cards.card import (
    CLOZE,
    Card,
    Choice,
    Cloze,
    Common,
    DemoLink,
    Fix,
    Numeric,
    Order,
    Predict,
)
from quizapp.words import Words

Broken = tuple[tuple[str | int, ...], str, str]  # the field it is about, what is wrong, what to do

MOST_CHOICES = 10
MOST_LISTED = 100  # of anything that a card lists: a screen lays out as many at once
_LISTS = ("points", "refs", "tags", "after", "follow_ups")


def broken(card: Card) -> list[Broken]:
    """Every rule that the card breaks; usually none."""
    found: list[Broken] = []
    if not _says(card.q) and not isinstance(card, Cloze | Fix):
        found.append((("q",), "the question is empty", "write the question"))
    for i, point in enumerate(card.points):
        if not _says(point.text):
            found.append((("points", i), "the point is empty", "write it, or remove it"))
        if len(point.hit) > MOST_LISTED:
            found.append(_too_many(("points", i, "hit"), point.hit))
    if len(card.points) + len(card.refs) + len(card.tags) + len(card.after) + len(card.follow_ups) > MOST_LISTED:
        found += [_too_many((name,), getattr(card, name)) for name in _LISTS if len(getattr(card, name)) > MOST_LISTED]
    if card.demo is not None:
        found += _demo(card.demo)
    if type(card) in _OF_TYPE:
        found += _OF_TYPE[type(card)](card)
    elif not card.points and not _says(card.a):
        found.append(_NO_ANSWER)
    return found


def _too_many(path: tuple[str | int, ...], listed: Sized) -> Broken:
    return path, f"{len(listed)} of them; at most {MOST_LISTED} can be shown", "split the card"


_NO_ANSWER: Broken = (("a",), "nothing to reveal: the card has neither an answer `a` nor `points`", "write `a:`")


def _says(words: Words) -> bool:
    return bool((words.en and not words.en.isspace()) or (words.zh and not words.zh.isspace()))


def _choice(card: Choice) -> Iterator[Broken]:
    count = len(card.choices)
    if not 2 <= count <= MOST_CHOICES:
        yield ("choices",), f"{count} choices; from 2 to {MOST_CHOICES} can be shown", ""
    if not any(item.ok for item in card.choices):
        yield ("choices",), "no choice is right", "mark the right one with `ok: true`"
    for i, item in enumerate(card.choices):
        if not _says(item.text):
            yield ("choices", i), "the choice has no text", "write `en:`, `zh:` or `text:`"
    yield from _repeated([item.text for item in card.choices], "choices")


def _cloze(card: Cloze) -> Iterator[Broken]:
    numbers = {
        language: {found[1] for found in CLOZE.finditer(text)}
        for language, text in (("en", card.text.en), ("zh", card.text.zh))
        if text
    }
    if not any(numbers.values()):
        yield ("text",), "the text hides nothing", "write {{c1::what is hidden}}"
    elif len(numbers) == 2:
        for language, other in (("en", "zh"), ("zh", "en")):
            for number in sorted(numbers[other] - numbers[language]):
                yield ("text", language), f"c{number} is hidden in `{other}` but not here", "hide the same in both"


def _numeric(card: Numeric) -> Iterator[Broken]:
    low, high = card.answer.range
    if not all(isfinite(number) for number in (low, high, card.answer.value)):
        yield ("answer",), "a number is not finite", "write a plain number"
    elif not low <= card.answer.value <= high:
        hint = "the range holds what counts as right, smaller number first"
        yield ("answer", "range"), f"the answer {card.answer.value:g} is not within [{low:g}, {high:g}]", hint
    if len(card.traps) > MOST_LISTED:
        yield _too_many(("traps",), card.traps)
    for i, trap in enumerate(card.traps):
        if not isfinite(trap.value):
            yield ("traps", i, "value"), "a number is not finite", "write a plain number"
        elif low <= trap.value <= high:
            yield ("traps", i, "value"), f"the trap {trap.value:g} counts as right: it is within the range", ""
        if not _says(trap.why):
            yield ("traps", i, "why"), "the trap does not say why it is wrong", ""


def _order(card: Order) -> Iterator[Broken]:
    if len(card.items) < 2:
        yield ("items",), f"an order needs at least two items; this has {len(card.items)}", ""
    if len(card.items) > MOST_LISTED:
        yield _too_many(("items",), card.items)
    for i, item in enumerate(card.items):
        if not _says(item):
            yield ("items", i), "the item is empty", "write it, or remove it"
    yield from _repeated(list(card.items), "items")


def _fix(card: Fix) -> Iterator[Broken]:
    if not _says(card.source.says):
        yield ("source", "says"), "the wrong statement is empty", "quote what the source says"
    if not card.points and not _says(card.a):
        yield _NO_ANSWER


def _repeated(texts: list[Words], field: str) -> Iterator[Broken]:
    seen: set[Words] = set()
    for i, text in enumerate(texts):
        if _says(text) and text in seen:
            yield (field, i), "the same as an earlier one", "change one of them"
        seen.add(text)


def _demo(demo: DemoLink) -> Iterator[Broken]:
    for name in demo.with_:
        if not name.isidentifier():
            yield (
                ("demo", "with", name),
                "this cannot be the name of a knob",
                "a knob is a parameter of the demo's main",
            )
    for name, (low, high) in demo.expect.items():
        if not name.isprintable():
            yield ("demo", "expect", name), "this cannot be the name of a measure", ""
        if not (isfinite(low) and isfinite(high) and low <= high):
            yield ("demo", "expect", name), "not a range: two finite numbers, smaller first", ""
    if demo.predict is not None:
        for field, message, hint in _predict(demo.predict):
            yield ("demo", "predict", *field), message, hint


def _predict(predict: Predict) -> Iterator[Broken]:
    if not _says(predict.ask):
        yield ("ask",), "the prediction asks nothing", "write the question"
    if len(predict.choices) == 1:
        yield ("choices",), "one choice is no choice", "write two or more, or none: then a number is typed"
    if len(predict.choices) > MOST_CHOICES:
        yield ("choices",), f"{len(predict.choices)} choices; at most {MOST_CHOICES} can be shown", ""
        return
    for i, choice in enumerate(predict.choices):
        low, high = choice.range
        if not _says(choice.text):
            yield ("choices", i), "the choice has no text", "write `en:`, `zh:` or `text:`"
        if not (isfinite(low) and isfinite(high) and low < high):
            yield ("choices", i, "range"), "not a range: two finite numbers, smaller first", ""
        for other in predict.choices[:i]:
            if low < other.range[1] and other.range[0] < high:
                shown = f"[{other.range[0]:g}, {other.range[1]:g})"
                yield ("choices", i, "range"), f"overlaps {shown}, so that two could hold", "part the ranges"


_OF_TYPE: dict[type[Common], Callable[[Any], Iterator[Broken]]] = {
    Choice: _choice,
    Cloze: _cloze,
    Numeric: _numeric,
    Order: _order,
    Fix: _fix,
}
