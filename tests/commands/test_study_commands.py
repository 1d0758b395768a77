"""due, next, show and grade: a session without a screen, and what they print is a contract."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizapp.cards.card import written_fields
from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS, Home

Call = Callable[..., tuple[int, str, str]]
CARD = "five-questions/distillation-and-unlabelled-data"


def told(answer: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = answer
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_due_counts_every_deck_and_the_total(quizapp: Call) -> None:
    found = told(quizapp("due", "--json"))
    deck = next(deck for deck in found["decks"] if deck["deck"] == "five-questions")
    assert deck["title"]["en"] == "Five questions: distillation and compression"
    assert (deck["new"], deck["learning"], deck["due"]) == (11, 0, 0)
    assert set(found["total"]) == {"new", "learning", "due"}


def test_next_gives_the_four_outcomes_and_grade_saves_exactly_what_was_shown(quizapp: Call) -> None:
    card = told(quizapp("next", "--json"))
    assert card["key"] == f"{card['deck']}/{card['id']}"
    assert card["type"] and set(card["q"]) == {"en", "zh"} and all(card["q"].values())
    outcomes = card["outcomes"]
    assert list(outcomes) == ["again", "hard", "good", "easy"]
    assert all(datetime.fromisoformat(outcome["due"]).tzinfo is not None for outcome in outcomes.values())
    seconds = [outcome["interval_s"] for outcome in outcomes.values()]
    assert seconds == sorted(seconds) and len(set(seconds)) == 4
    saved = told(quizapp("grade", card["key"], "easy", "--json"))
    assert set(saved) == {"event", "key", "grade", "due", "state", "stability", "difficulty"}
    assert saved["state"] == "review"
    assert saved["due"] == outcomes["easy"]["due"]
    assert told(quizapp("next", "--json"))["key"] != card["key"]
    assert told(quizapp("due", "--json"))["total"]["new"] == 10


def test_nothing_waits(quizapp: Call, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("cards:\n  - id: only\n    q: Q?\n    a: A.\n")
    home.decks.mkdir(parents=True)
    path.rename(home.decks / "one.yaml")
    told(quizapp("grade", "one/only", "easy", "--json"))
    assert told(quizapp("next", str(home.decks / "one.yaml"), "--json")) == {"key": None}


def test_show_prints_the_answer(quizapp: Call) -> None:
    code, out, _ = quizapp("show", CARD)
    assert code == 0
    assert "frozen" in out and "- [ ]" in out and "arXiv" in out
    assert set(told(quizapp("show", CARD, "--json"))["a"]) == {"en", "zh"}


def test_show_tells_a_program_all_that_the_deck_says(quizapp: Call, home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "d.yaml").write_bytes((Path(__file__).parents[1] / "cards/data/every-type.yaml").read_bytes())
    cards = read_library([home.decks], user=home.decks, bundled=BUNDLED_DECKS).decks[0].cards
    assert {type(card).__name__ for card in cards} == {"Free", "Choice", "Cloze", "Numeric", "Order", "Fix", "Code"}
    for card in cards:
        found = told(quizapp("show", card.key, "--json"))
        assert (found["key"], found["type"], found["id"]) == (card.key, type(card).__name__.lower(), card.id)
        for written, field in written_fields(type(card)).items():
            assert found[written] == json.loads(msgspec.json.encode(getattr(card, field))), written


def test_a_card_that_is_not_there_is_named_with_the_nearest(quizapp: Call) -> None:
    code, _, err = quizapp("grade", CARD + "s", "good")
    assert code == 2
    assert f"Did you mean {CARD}?" in err
    assert quizapp("grade", CARD, "great")[0] == 2


@pytest.mark.parametrize("key", ["d/two-gaps", "two-gaps", "d/two-gaps:c7"])
def test_of_a_text_it_is_said_how_many_gaps_there_are_and_how_each_is_called(
    quizapp: Call, home: Home, key: str
) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "d.yaml").write_text("cards: [{id: two-gaps, type: cloze, text: '{{c1::A}} and {{c3::B}}.'}]\n")
    code, _, err = quizapp("show", key)
    assert code == 2 and "d/two-gaps has 2 gaps, and each is a card: add one of :c1, :c3." in err
    assert quizapp("show", "d/two-gaps:c3")[0] == 0


def test_a_broken_settings_file_is_said_and_the_defaults_hold(quizapp: Call, home: Home) -> None:
    home.root.mkdir(parents=True)
    home.settings.write_text("new_per_day: lots\n")
    code, out, err = quizapp("due", "--json")
    assert code == 0 and json.loads(out)["total"]["new"] > 0
    assert "settings.yaml" in err and "0 to 9999" in err


def test_a_home_that_cannot_be_written_is_said_in_one_line(quizapp: Call, home: Home) -> None:
    home.root.write_text("a file where the folder should be")
    code, out, err = quizapp("grade", CARD, "good")
    assert code == 1 and out == ""
    assert err.startswith("quizapp") and str(home.root) in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en", "- right: A", "- wrong: B"),
        ("zh", "- 正确：甲", "- 错误：乙"),
        ("both", "- right / 正确: A / 甲", "- wrong / 错误: B / 乙"),
    ],
)
def test_an_answer_is_shown_in_the_language_set(
    quizapp: Call, home: Home, language: str, right: str, wrong: str
) -> None:
    home.decks.mkdir(parents=True)
    choices = "[{en: A, zh: 甲, ok: true}, {en: B, zh: 乙}]"
    (home.decks / "d.yaml").write_text(
        f"cards:\n  - {{id: x, type: choice, q: {{en: Q, zh: 问}}, choices: {choices}}}\n", encoding="utf-8"
    )
    home.settings.write_text(f"language: {language}\n", encoding="utf-8")
    out = quizapp("show", "d/x")[1]
    assert right in out and wrong in out
    assert language != "zh" or not ("right" in out or "wrong" in out)


def test_next_says_nothing_of_an_experiment(quizapp: Call) -> None:
    """Its question is all that is seen before an answer."""
    deck = str(BUNDLED_DECKS / "five-questions.yaml")
    shown = quizapp("next", deck)[1] + quizapp("next", deck, "--json")[1]
    card = read_library([], user=None, bundled=BUNDLED_DECKS).card(told(quizapp("next", deck, "--json"))["key"])
    assert card is not None and card.demo is not None and card.demo.predict is not None
    said = (card.demo.predict.ask.en, *(choice.text.en for choice in card.demo.predict.choices))
    assert [text for text in said if text in shown] == []


def test_formulas_are_drawn_as_wide_as_the_terminal_and_in_ascii_left(
    quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "m.yaml").write_text('cards:\n  - {id: a, q: "Is $x_1$ it?", a: "$$aaaa = bbbb = cccc = dddd$$"}\n')
    monkeypatch.setenv("COLUMNS", "20")
    out = quizapp("show", "m/a")[1]
    assert "Is x₁ it?" in out and max(map(len, out.splitlines())) <= 20 and "dddd" in out
    home.settings.write_text("ascii: true\n")
    assert "Is $x_1$ it?" in quizapp("show", "m/a")[1]
