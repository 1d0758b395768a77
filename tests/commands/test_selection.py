"""Every command that is about cards takes the same choice of them, and fails alike where there is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.commands import app
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DECK = """
title: Mine
cards:
  - {id: easy, q: Q?, a: A., level: basic, tags: [first]}
  - {id: hard, q: Q?, a: A., level: advanced, tags: [second]}
"""
COMMANDS = ("due", "next", "plan", "stats", "study", "browse")


@pytest.fixture
def mine(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mind",), "There is no deck mind. Did you mean mine?"),
        (("mine", "--tag", "frist"), "There is no tag frist. Did you mean first?"),
        (("mine", "--tag", "first", "--level", "advanced"), "No card"),
    ],
)
def test_what_there_is_not_is_said_and_is_a_wrong_call(
    quizapp: Call, mine: None, command: str, words: tuple[str, ...], said: str
) -> None:
    code, out, err = quizapp(command, *words)
    assert code == 2 and out == "" and said in err


def test_due_next_and_stats_are_of_the_cards_chosen(quizapp: Call, mine: None, home: Home, tmp_path: Path) -> None:
    assert json.loads(quizapp("due", "mine", "--json")[1])["total"]["new"] == 2
    assert json.loads(quizapp("due", "mine", "--tag", "second", "--json")[1])["total"]["new"] == 1
    assert json.loads(quizapp("next", "--tag", "second", "--json")[1])["key"] == "mine/hard"
    assert json.loads(quizapp("next", "mine", "--level", "basic", "--json")[1])["key"] == "mine/easy"
    assert quizapp("grade", "mine/easy", "good")[0] == 0
    reviews = [json.loads(quizapp("stats", *tag, "--json")[1])["reviews"] for tag in ([], ["--tag", "second"])]
    assert reviews == [1, 0]
    assert sum(json.loads(quizapp("stats", "mine", "--json")[1])["states"].values()) == 2
    (home.decks / "mine.yaml").rename(tmp_path / "other.yaml")
    assert json.loads(quizapp("due", str(tmp_path / "other.yaml"), "--json")[1])["decks"][0]["deck"] == "other"


def test_study_and_browse_open_the_app_with_them(quizapp: Call, mine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def run(args: object, start: object) -> int:
        opened.append(start)
        return 0

    monkeypatch.setattr(app, "run", run)
    assert quizapp("study", "mine", "--tag", "second")[0] == quizapp("browse", "--level", "basic")[0] == 0
    assert len(opened) == 2 and None not in opened
