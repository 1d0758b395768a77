"""What a question tells of its run before it asks ("about 58 errors") is what that run shows, not a mean of seeds."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quizapp.cards.card import Card
from quizapp.cards.library import read_library
from quizapp.cards.vary import variants
from quizapp.lab.script import read_script
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS

ABOUT = re.compile(r"\b(?:about|some|roughly) (\d[\d,]*(?:\.\d+)?)")
ELSEWHERE: dict[str, dict[str, Any]] = {  # what is told of other runs than the one asked about, by their knobs
    "why-not-train-small": {"images": 200},
    "debug-a-bad-student": {"soft_weight": 0.9},
    "how-many-generations": {"generations": 1},
    "born-again-student": {"epochs": 50},
    "tinybert-losses": {"labelled": 300},
    "int8-or-fp8": {"weights": "gauss"},
}
TELLING = [
    card
    for deck in read_library([], user=None, bundled=BUNDLED_DECKS).decks
    for one in deck.cards
    for card in {str(card.demo): card for card in variants(one)}.values()
    if card.demo is not None and card.demo.predict is not None and ABOUT.search(card.demo.predict.ask.en)
]
QUICK = ("distillation-and-unlabelled-data", "distillation-confound")


def _numbers(value: object) -> Iterator[float]:
    """All of a result: its measures, and what its charts draw."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _numbers(one)
    elif isinstance(value, int | float):
        yield value


@pytest.mark.parametrize(
    "card",
    [card for card in TELLING if "QUIZAPP_SEEDS" in os.environ or card.id in QUICK],
    ids=lambda card: f"{card.key} {card.demo.with_}",
)
def test_what_a_question_tells_its_run_shows(card: Card, run_demo: Callable[..., dict[str, Any]]) -> None:
    assert card.demo is not None and card.demo.predict is not None
    knobs = read_script(BUNDLED_DEMOS / f"{card.demo.run}.py").typed(card.demo.with_)
    found = list(_numbers(run_demo(card.demo.run, **knobs)))
    if other := ELSEWHERE.get(card.id):
        found += _numbers(run_demo(card.demo.run, **{**knobs, **other}))
    told = [float(number.replace(",", "")) for number in ABOUT.findall(card.demo.predict.ask.en)]
    assert [one for one in told if not any(abs(one - shown) <= max(0.05 * shown, 0.6) for shown in found)] == []


def test_a_question_tells_the_same_numbers_in_both_languages() -> None:
    assert len(TELLING) > 90
    for card in TELLING:
        assert card.demo is not None and card.demo.predict is not None
        ask = card.demo.predict.ask
        chinese = re.findall(r"\d+(?:\.\d+)?", ask.zh)
        lacking = {number.replace(",", "") for number in ABOUT.findall(ask.en)} - {*chinese}
        assert lacking == set(), card.key
