"""An answer while it is given: moving items, what is kept, and the grade that it suggests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.memory.events import Given
from quizapp.study.answer import Answer, blank

EVERY_TYPE = Path(__file__).parents[1] / "cards" / "data" / "every-type.yaml"


def card(kind: str) -> Card:
    deck, _ = load(EVERY_TYPE)
    assert deck is not None
    return next(card for card in deck.cards if type(card).__name__ == kind)


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["up", "down", "drop"])), max_size=30))
def test_moving_never_loses_an_item(steps: list[int | str]) -> None:
    answer = blank(ORDER, "0")
    for step in steps:
        match step:
            case "up" | "down":
                answer.move(-1 if step == "up" else 1)
            case "drop":
                answer.drop()
            case int(place):
                answer.pick(place)
        assert sorted(answer.places) == [0, 1, 2, 3]
        assert answer.order == blank(ORDER, "0").order


ORDER = card("Order")


def test_an_item_put_on_another_takes_its_place() -> None:
    answer = Answer(ORDER, (2, 0, 3, 1), (2, 0, 3, 1))
    assert list(answer.picked) == []
    answer.pick(0)
    answer.pick(2)
    assert answer.places == (0, 3, 2, 1) and answer.held is None
    answer.pick(3)
    answer.pick(1)
    assert answer.places == (1, 0, 3, 2) and answer.picked == (1, 0, 3, 2)


@pytest.mark.parametrize(
    ("kind", "typed", "ticks", "suggested"),
    [
        ("Free", "anything", (), None),
        ("Free", "", (0,), "hard"),
        ("Free", "", (0, 1, 2), "good"),
        ("Numeric", "", (), None),
        ("Numeric", "3.64", (), "good"),
        ("Numeric", "3.5", (), "again"),
        ("Cloze", "scale", (), "good"),
        ("Cloze", "shift", (), "again"),
    ],
)
def test_what_it_suggests(kind: str, typed: str, ticks: tuple[int, ...], suggested: str | None) -> None:
    answer = blank(card(kind), "0")
    answer.typed = typed
    for point in ticks:
        answer.tick(point)
    assert answer.suggested() == suggested


def test_one_slip_away_is_hard() -> None:
    answer = blank(card("Cloze"), "0")
    answer.typed = "scalee"
    assert answer.suggested() == "hard"


def test_what_is_kept_of_it() -> None:
    answer = blank(card("Choice"), "0")
    assert answer.given(None) == Given()
    answer.pick(0)
    answer.pick(1)
    answer.pick(1)
    answer.pick(7)
    answer.confidence = 75
    assert answer.given(2.5) == Given(took_s=2.5, chosen=(answer.order[0],), confidence=75)
