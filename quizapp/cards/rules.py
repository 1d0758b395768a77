"""What must hold of a card beyond the types of its fields. Broken rules are errors: the card is not asked."""

from collections.abc import Callable, Iterator, Sequence, Sized
from math import isfinite
from typing import Any

from quizapp.cards.card import (
    Card,
    Choice,
    Cloze,
    Code,
    Common,
    DemoLink,
    Fix,
    Numeric,
    Order,
    Predict,
)
from quizapp.cards.fault import Amiss, FieldPath
from quizapp.cards.gaps import CLOZE
from quizapp.cards.vary import variants
from quizapp.texts import tell
from quizapp.words import Words

MOST_CHOICES = 10
SUBGOALS = (3, 6)  # at least and at most
MOST_IN_A_LIST = 100  # of anything that a card lists: a screen lays out as many at once
_LISTS = ("points", "refs", "tags", "after", "follow_ups")


def broken(card: Card) -> list[Amiss]:
    """Every rule that the card breaks, or a variant of it; usually none."""
    return [amiss for variant in variants(card) for amiss in _broken(variant)]


def _broken(card: Card) -> list[Amiss]:
    amiss: list[Amiss] = []
    if not _says(card.q) and not isinstance(card, Cloze | Fix):
        amiss.append(Amiss(("q",), tell("deck.empty_question"), tell("deck.empty_question.do")))
    for i, point in enumerate(card.points):
        if not _says(point.text):
            amiss.append(Amiss(("points", i), tell("deck.empty_point"), tell("deck.write_or_remove")))
        if len(point.hit) > MOST_IN_A_LIST:
            amiss.append(_too_many(("points", i, "hit"), point.hit))
        if point.core and any(other.core for other in card.points[:i]):
            amiss.append(Amiss(("points", i, "core"), tell("deck.second_core"), tell("deck.second_core.do")))
    if len(card.points) + len(card.refs) + len(card.tags) + len(card.after) + len(card.follow_ups) > MOST_IN_A_LIST:
        lists = [(name, getattr(card, name)) for name in _LISTS]
        amiss += [_too_many((name,), listed) for name, listed in lists if len(listed) > MOST_IN_A_LIST]
    if card.demo is not None:
        amiss += _demo(card.demo)
    if type(card) in _OF_TYPE:
        amiss += _OF_TYPE[type(card)](card)
    elif not card.points and not _says(card.a):
        amiss.append(_NO_ANSWER)
    return amiss


def _too_many(path: FieldPath, listed: Sized) -> Amiss:
    return Amiss(path, tell("deck.too_many", n=len(listed), most=MOST_IN_A_LIST), tell("deck.split_card"))


_NO_ANSWER = Amiss(("a",), tell("deck.no_answer"), tell("deck.no_answer.do"))


def _says(words: Words) -> bool:
    return bool((words.en and not words.en.isspace()) or (words.zh and not words.zh.isspace()))


def _choice(card: Choice) -> Iterator[Amiss]:
    count = len(card.choices)
    if not 2 <= count <= MOST_CHOICES:
        yield Amiss(("choices",), tell("deck.choice_count", n=count, most=MOST_CHOICES))
    if not any(item.ok for item in card.choices):
        yield Amiss(("choices",), tell("deck.none_right"), tell("deck.none_right.do"))
    for i, item in enumerate(card.choices):
        if not _says(item.text):
            yield Amiss(("choices", i), tell("deck.empty_choice"), tell("deck.empty_choice.do"))
    yield from _repeated([item.text for item in card.choices], "choices")


def _cloze(card: Cloze) -> Iterator[Amiss]:
    numbers = {
        language: {gap[1] for gap in CLOZE.finditer(text)}
        for language, text in (("en", card.text.en), ("zh", card.text.zh))
        if text
    }
    if not any(numbers.values()):
        yield Amiss(("text",), tell("deck.no_gap"), tell("deck.no_gap.do"))
    elif len(numbers) == 2:
        for language, other in (("en", "zh"), ("zh", "en")):
            for number in sorted(numbers[other] - numbers[language]):
                message = tell("deck.gap_missing", number=number, other=other)
                yield Amiss(("text", language), message, tell("deck.gap_missing.do"))


def _numeric(card: Numeric) -> Iterator[Amiss]:
    low, high = card.answer.range
    if not all(isfinite(number) for number in (low, high, card.answer.value)):
        yield Amiss(("answer",), tell("deck.not_finite"), tell("deck.not_finite.do"))
    elif not low <= card.answer.value <= high:
        message = tell("deck.answer_out_of_range", value=card.answer.value, low=low, high=high)
        yield Amiss(("answer", "range"), message, tell("deck.answer_out_of_range.do"))
    if len(card.traps) > MOST_IN_A_LIST:
        yield _too_many(("traps",), card.traps)
    for i, trap in enumerate(card.traps):
        if not isfinite(trap.value):
            yield Amiss(("traps", i, "value"), tell("deck.not_finite"), tell("deck.not_finite.do"))
        elif low <= trap.value <= high:
            yield Amiss(("traps", i, "value"), tell("deck.trap_is_right", value=trap.value))
        if not _says(trap.why):
            yield Amiss(("traps", i, "why"), tell("deck.trap_without_why"))


def _order(card: Order) -> Iterator[Amiss]:
    if len(card.items) < 2:
        yield Amiss(("items",), tell("deck.few_items", n=len(card.items)))
    if len(card.items) > MOST_IN_A_LIST:
        yield _too_many(("items",), card.items)
    for i, item in enumerate(card.items):
        if not _says(item):
            yield Amiss(("items", i), tell("deck.empty_item"), tell("deck.write_or_remove"))
    yield from _repeated(list(card.items), "items")


def _fix(card: Fix) -> Iterator[Amiss]:
    if not _says(card.source.says):
        yield Amiss(("source", "says"), tell("deck.empty_statement"), tell("deck.empty_statement.do"))
    if not card.points and not _says(card.a):
        yield _NO_ANSWER


def _code(card: Code) -> Iterator[Amiss]:
    least, most = SUBGOALS
    if card.subgoals and not least <= len(card.subgoals) <= most:
        yield Amiss(("subgoals",), tell("deck.subgoal_count", n=len(card.subgoals), least=least, most=most))
    for field, texts in (("hints", card.hints), ("subgoals", card.subgoals)):
        yield from _all_said(field, tuple(enumerate(texts)))
    for field, named in (("cases", card.cases), ("traps", card.traps)):
        yield from _all_said(field, tuple(named.items()))


def _all_said(field: str, texts: Sequence[tuple[str | int, Words]]) -> Iterator[Amiss]:
    if len(texts) > MOST_IN_A_LIST:
        yield _too_many((field,), texts)
    for at, text in texts:
        if not _says(text):
            yield Amiss((field, at), tell("deck.empty_text"), tell("deck.write_or_remove"))


def _repeated(texts: list[Words], field: str) -> Iterator[Amiss]:
    seen: set[Words] = set()
    for i, text in enumerate(texts):
        if _says(text) and text in seen:
            yield Amiss((field, i), tell("deck.repeated"), tell("deck.repeated.do"))
        seen.add(text)


def _demo(demo: DemoLink) -> Iterator[Amiss]:
    for name in demo.with_:
        if not name.isidentifier():
            yield Amiss(("demo", "with", name), tell("deck.no_knob_name"), tell("deck.no_knob_name.do"))
    for name, (low, high) in demo.expect.items():
        if not name.isprintable():
            yield Amiss(("demo", "expect", name), tell("deck.no_measure_name"))
        if not (isfinite(low) and isfinite(high) and low <= high):
            yield Amiss(("demo", "expect", name), tell("deck.no_range"))
    if demo.predict is not None:
        yield from _predict(demo.predict, ("demo", "predict"))


def _predict(predict: Predict, at: FieldPath) -> Iterator[Amiss]:
    if not _says(predict.ask):
        yield Amiss((*at, "ask"), tell("deck.empty_prediction"), tell("deck.empty_question.do"))
    if len(predict.choices) == 1:
        yield Amiss((*at, "choices"), tell("deck.one_choice"), tell("deck.one_choice.do"))
    if len(predict.choices) > MOST_CHOICES:
        yield Amiss((*at, "choices"), tell("deck.most_choices", n=len(predict.choices), most=MOST_CHOICES))
        return
    for i, choice in enumerate(predict.choices):
        low, high = choice.range
        if not _says(choice.text):
            yield Amiss((*at, "choices", i), tell("deck.empty_choice"), tell("deck.empty_choice.do"))
        if not (isfinite(low) and isfinite(high) and low < high):
            yield Amiss((*at, "choices", i, "range"), tell("deck.no_range"))
        for other in predict.choices[:i]:
            if low < other.range[1] and other.range[0] < high:
                message = tell("deck.ranges_overlap", low=other.range[0], high=other.range[1])
                yield Amiss((*at, "choices", i, "range"), message, tell("deck.ranges_overlap.do"))


_OF_TYPE: dict[type[Common], Callable[[Any], Iterator[Amiss]]] = {
    Choice: _choice,
    Cloze: _cloze,
    Numeric: _numeric,
    Order: _order,
    Fix: _fix,
    Code: _code,
}
