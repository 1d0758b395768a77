"""An answer goes over to the card as it is written now."""

from pathlib import Path

from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.study.answer import blank


def card(tmp_path: Path, fields: str) -> Card:
    (tmp_path / "d.yaml").write_text(f"cards:\n  - {{id: x, q: Q?, {fields}}}\n")
    deck, faults = load(tmp_path / "d.yaml")
    assert deck is not None, faults
    return deck.cards[0]


def test_choices_keep_their_letters_and_marks(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "type: choice, choices: [{text: a, ok: true}, {text: b}, {text: c}]"), "1")
    first, second, third = answer.order
    answer.pick(1)
    turned = answer.renewed(card(tmp_path, "type: choice, choices: [{text: c}, {text: B}, {text: a, ok: true}]"))
    assert turned.order == tuple({0: 2, 1: 1, 2: 0}[i] for i in (first, second, third))
    assert turned.chosen == {turned.order[1]}
    more = answer.renewed(
        card(tmp_path, "type: choice, choices: [{text: d}, {text: a, ok: true}, {text: b}, {text: c}]")
    )
    assert more.order == (first + 1, second + 1, third + 1, 0) and more.chosen == {second + 1}
    fewer = answer.renewed(card(tmp_path, "type: choice, choices: [{text: z, ok: true}, {text: y}]"))
    assert sorted(fewer.order) == [0, 1] and not fewer.chosen


def test_items_stay_where_they_were_put_and_one_in_hand_stays_there(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "type: order, items: [a, b, c]"), "1")
    answer.pick(0)
    answer.move(1)
    held = answer.held
    same = answer.renewed(card(tmp_path, "type: order, items: [a, bb, c]"))
    assert same.places == answer.places and same.held == held
    gone = answer.renewed(card(tmp_path, "type: order, items: [x, y]"))
    assert sorted(gone.places) == [0, 1] and gone.held is None


def test_ticks_follow_their_points(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "a: A, points: [one, two]"), "1")
    answer.tick(1)
    answer.typed = "mine"
    answer.confidence = 50
    renewed = answer.renewed(card(tmp_path, "a: B, points: [zero, one, two]"))
    assert renewed.ticks == {2} and renewed.typed == "mine" and renewed.confidence == 50
    assert renewed.card.a.en == "B"
