"""check --run: every card's demo is run, and what the card says of it is proven or refuted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]
DEMO = '''"""A demo of the test."""
from typing import Annotated

def main(n: Annotated[int, range(1, 9)] = 3, seed: int = 0) -> dict:
    if n == 8:
        raise RuntimeError("eight is too much")
    return {"sum": n * 10 + seed}
'''
CARD = """  - id: {id}
    q: Question {id}?
    a: Answer.
    demo:
      run: add
      with: {{n: {n}}}
      expect: {{{expect}}}
"""
PREDICT = """      predict:
        ask: Sum?
        read: {read}
        choices: [{{en: low, range: {low}}}, {{en: high, range: {high}}}]
"""


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    (tmp_path / "add.py").write_text(DEMO)
    monkeypatch.setattr("quizapp.commands.prove.torch_missing", lambda: False)
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process: this demo needs no torch

    def make(cards: str) -> Path:
        path = tmp_path / "deck.yaml"
        path.write_text("cards:\n" + cards)
        return path

    return make


def proven(quizapp: Call, path: Path, *words: str) -> tuple[int, list[str]]:
    quizapp("trust", str(path.parent / "add.py"), "--yes")
    code, out, err = quizapp("check", str(path), "--run", "--json", *words)
    assert out, err
    return code, [f"{error['where']} {error['message']}" for error in json.loads(out)["errors"]]


def test_what_holds_is_proven(quizapp: Call, deck: Callable[[str], Path]) -> None:
    cards = CARD.format(id="a", n=3, expect="sum: [30, 32]")
    cards += CARD.format(id="b", n=3, expect="sum: [29, 40]") + PREDICT.format(
        read="sum", low="[0, 31]", high="[31, 99]"
    )
    assert proven(quizapp, deck(cards), "--seeds", "3") == (0, [])


def test_what_does_not_hold_is_named_with_card_measure_expected_and_found(
    quizapp: Call, deck: Callable[[str], Path]
) -> None:
    cards = CARD.format(id="a", n=4, expect="sum: [30, 32]") + CARD.format(id="b", n=4, expect="other: [1, 2]")
    code, errors = proven(quizapp, deck(cards))
    assert code == 1
    assert any("deck/a" in e and "sum from 30 to 32, found 40" in e for e in errors)
    assert any("deck/b" in e and "does not measure" in e for e in errors)


def test_a_seed_that_breaks_it_is_named(quizapp: Call, deck: Callable[[str], Path]) -> None:
    code, errors = proven(quizapp, deck(CARD.format(id="a", n=3, expect="sum: [30, 31]")), "--seeds", "3")
    assert code == 1 and len(errors) == 1 and "found 32 (seed 2)" in errors[0]


def test_exactly_one_choice_must_hold(quizapp: Call, deck: Callable[[str], Path]) -> None:
    cards = CARD.format(id="a", n=3, expect="sum: [30, 30]") + PREDICT.format(
        read="sum", low="[0, 20]", high="[50, 99]"
    )
    code, errors = proven(quizapp, deck(cards))
    assert code == 1
    assert any("0 of the prediction's choices hold for sum = 30" in error for error in errors)


def test_a_demo_that_fails_or_may_not_run_is_named(quizapp: Call, deck: Callable[[str], Path]) -> None:
    path = deck(CARD.format(id="a", n=8, expect="sum: [30, 30]"))
    code, errors = proven(quizapp, path)
    assert code == 1 and "eight is too much" in errors[0]
    (path.parent / "add.py").write_text(DEMO + "# changed\n")
    code, out, _ = quizapp("check", str(path), "--run", "--json")
    assert code == 1 and "quizapp trust" in out


def test_a_place_that_holds_the_right_choice_too_often_is_said(quizapp: Call, deck: Callable[[str], Path]) -> None:
    def said(right: Callable[[int], str]) -> list[str]:
        cards = ""
        for i in range(20):
            low, high = ("[0, 50]", "[50, 99]") if right(i) == "low" else ("[0, 30]", "[30, 99]")
            cards += CARD.format(id=f"c{i}", n=3, expect="") + PREDICT.format(read="sum", low=low, high=high)
        quizapp("trust", str((path := deck(cards)).parent / "add.py"), "--yes")
        warnings = json.loads(quizapp("check", str(path), "--run", "--json")[1])["warnings"]
        return [warning["message"] for warning in warnings if "predictions" in warning["message"]]

    assert said(lambda i: "low" if i % 2 else "high") == []
    assert said(lambda i: "low" if i % 5 else "high") == [
        "of 20 predictions, 16 hold their first choice; by chance it would be 10"
    ]
