"""A card that asks for code, with the exercise that it names: checked against it, shown and exported with its text."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.cards.card import Code
from quizapp.cards.load import load
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
EXERCISE = '''"""Twice the input.

x: any shape. Returns the same shape. A `fence`: ```.
"""


def twice(x):
    return 2 * x  # \u202e no more


def cases(rand, randn, randint):
    yield "plain", dict(x=randn(2, 3))
    yield "row", dict(x=randn(5))


def trap_square(x):
    return x * x
'''
CARD = """cards:
  - id: c
    type: code
    code: twice
    q: {en: Write it., zh: 写出来。}
    a: {en: It doubles., zh: 翻倍。}
    cases: {plain: {en: two axes, zh: 两维}, row: {en: one axis, zh: 一维}}
    traps: {square: {en: That squares., zh: 这是平方。}}
    why: {en: Twice., zh: 两倍。}
"""


@pytest.fixture
def deck(home: Home) -> Path:
    (home.decks / "code").mkdir(parents=True)
    (home.decks / "code" / "twice.py").write_text(EXERCISE, "utf-8")
    path = home.decks / "d.yaml"
    path.write_text(CARD, "utf-8")
    return path


def errors(quizapp: Call, deck: Path) -> list[tuple[int, int, str, str, str]]:
    found = json.loads(quizapp("check", str(deck), "--json")[1])
    assert found["warnings"] == []
    return [(one["line"], one["column"], one["where"], one["message"], one["hint"]) for one in found["errors"]]


def test_what_it_says_fits_its_exercise(quizapp: Call, deck: Path) -> None:
    assert errors(quizapp, deck) == []


def test_an_exercise_that_is_missing_or_none_is_an_error_where_it_is_named(quizapp: Call, deck: Path) -> None:
    deck.write_text(CARD.replace("code: twice", "code: twise"), "utf-8")
    assert errors(quizapp, deck) == [(4, 11, "cards[0] c: code", "there is no exercise twise", "did you mean `twice`?")]
    deck.write_text(CARD, "utf-8")
    (deck.parent / "code" / "twice.py").write_text("def (", "utf-8")
    ((line, column, _, message, _),) = errors(quizapp, deck)
    assert (line, column) == (4, 11) and "twice.py:1" in message


def test_names_and_words_that_do_not_meet_are_errors_at_their_names(quizapp: Call, deck: Path) -> None:
    said = CARD.replace("plain:", "plane:").replace("square:", "squares:")
    deck.write_text(said, "utf-8")
    assert errors(quizapp, deck) == [
        (7, 12, "cards[0] c: cases", "nothing says what the case `plain` of the exercise tries",
         "write it in words, below its name"),
        (7, 13, "cards[0] c: cases.plane", "the exercise has no case `plane`", "did you mean `plain`?"),
        (8, 12, "cards[0] c: traps", "nothing says what is wrong with the trap `square` of the exercise",
         "write it in words, below its name"),
        (8, 13, "cards[0] c: traps.squares", "the exercise has no trap `squares`", "did you mean `square`?"),
    ]  # fmt: skip
    code, out, _ = quizapp("check", str(deck))
    assert code == 1 and out.count("^") == 4


def test_the_bundled_exercise_serves_a_deck_that_has_none_of_that_name(quizapp: Call, home: Home) -> None:
    home.decks.mkdir(parents=True)
    path = home.decks / "own.yaml"
    path.write_text("cards:\n  - {id: c, type: code, code: kd_loss, q: Q?, why: W}\n")
    assert {where for _, _, where, _, _ in errors(quizapp, path)} == {
        "cards[0] c: cases",
        "cards[0] c: traps",
    }  # its words are missing
    assert "def kd_loss(student, teacher" in quizapp("show", "own/c")[1]


def test_next_and_show_have_its_stub_and_show_its_reference(quizapp: Call, deck: Path) -> None:
    asked = quizapp("next", str(deck))[1]
    assert "Write it.\n\n````python\ndef twice(x):" in asked and "2 * x" not in asked and "again" in asked
    shown = quizapp("show", "d/c")[1]
    assert "def twice(x):\n    return 2 * x  #  no more" in shown and shown.index("2 * x") < shown.index("It doubles.")
    found = json.loads(quizapp("next", str(deck), "--json")[1])
    assert (found["type"], found["code"]) == ("code", "twice") and found["stub"].startswith("def twice(x):")
    assert found["q"] == {"en": "Write it.", "zh": "写出来。"}
    found = json.loads(quizapp("show", "d/c", "--json")[1])
    assert found["traps"] == {"square": {"en": "That squares.", "zh": "这是平方。"}} and "2 * x" in found["reference"]
    (deck.parent / "code" / "twice.py").unlink()
    assert "Write it.\n\nagain" in quizapp("next", str(deck))[1]
    found = json.loads(quizapp("show", "d/c", "--json")[1])
    assert found["stub"] is found["reference"] is None


def test_a_grade_goes_by_the_rules_of_code(quizapp: Call, deck: Path, home: Home) -> None:
    (home.root / "settings.yaml").write_text("code_retention: 0.7\n")
    shown = json.loads(quizapp("next", str(deck), "--json")[1])["outcomes"]
    assert shown["again"]["interval_s"] > 12 * 3600  # not in a minute
    saved = json.loads(quizapp("grade", "d/c", "good", "--json")[1])
    assert saved["state"] == "review" and saved["due"] == shown["good"]["due"]
    assert json.loads(quizapp("stats", "--json")[1])["reviews"] == 1


@pytest.mark.parametrize("ending", [".csv", ".txt", ".apkg"])
def test_it_leaves_with_question_and_reference_as_text(quizapp: Call, deck: Path, home: Home, ending: str) -> None:
    (home.root / "settings.yaml").write_text("language: both\n")
    file = home.root / f"out{ending}"
    assert quizapp("export", "d", str(file))[0] == 0
    assert quizapp("import", str(file))[0] == 0
    back, faults = load(home.decks / "out.yaml")
    assert back is not None and not faults
    (card,) = back.cards
    assert "Write it." in card.q.en and "写出来。" in card.q.en and card.q.en.count("def twice(x):") == 1
    assert card.a.en.count("return 2 * x") == 1 and "It doubles." in card.a.en and "翻倍。" in card.a.en


def test_as_markdown_it_stays_a_card_that_asks_for_code(quizapp: Call, deck: Path, home: Home) -> None:
    assert quizapp("export", "d", str(home.root / "out.md"))[0] == 0
    assert quizapp("import", str(home.root / "out.md"))[0] == 0
    back, _ = load(home.decks / "out.yaml")
    was, _ = load(deck)
    assert back is not None and was is not None and isinstance(card := back.cards[0], Code)
    assert replace(card, key="d/c", deck="d", path=deck, line=was.cards[0].line) == was.cards[0]
