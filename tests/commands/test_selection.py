"""Every command that is about cards takes the same choice of them, and fails alike where there is none."""

import json
from collections.abc import Callable
from datetime import date, timedelta
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


BOTH = """
title: {en: Small numbers, zh: 小数字}
cards:
  - {id: a, q: Q?, a: A., tags: [pruning]}
  - {id: b, q: Q?, a: A., tags: [quantization]}
"""


def test_a_deck_and_a_tag_are_meant_by_what_they_are_called_in_either_language(
    quizapp: Call, mine: None, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.decks / "small.yaml").write_text(BOTH, encoding="utf-8")
    for words in (["small"], ["小数字"], ["SMALL numbers"]):
        assert json.loads(quizapp("due", *words, "--json")[1])["total"]["new"] == 2, words
        assert json.loads(quizapp("due", *words, "--tag", "剪枝", "--json")[1])["total"]["new"] == 1, words
    assert quizapp("export", "小数字", str(tmp_path / "x.csv"))[0] == 0
    assert "no deck 小数学. Did you mean 小数字?" in quizapp("due", "小数学")[2]
    assert "no tag zz. There are " in quizapp("due", "small", "--tag", "zz")[2]
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "没有题库大。现有：" in (err := quizapp("due", "大")[2]) and "小数字" in err and "small" not in err


def test_a_deck_is_listed_by_its_title_and_by_its_name_where_two_are_called_alike(
    quizapp: Call, mine: None, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.decks / "small.yaml").write_text(BOTH, encoding="utf-8")
    for words in (["due"], ["plan", "--date", f"{date.today() + timedelta(9)}"]):
        out = quizapp(*words)[1]
        assert "\nSmall numbers " in out and "\nMine " in out and "small" not in out, words
    assert quizapp("next", "small")[1].startswith("Small numbers · small/a\n")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "\n小数字" in quizapp("due")[1] and quizapp("next", "small")[1].startswith("小数字 · small/a\n")
    (home.decks / "other.yaml").write_text(BOTH, encoding="utf-8")
    assert "\nother " in (out := quizapp("due")[1]) and "\nsmall " in out and "小数字" not in out


def test_study_and_browse_open_the_app_with_them(quizapp: Call, mine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def run(args: object, start: object) -> int:
        opened.append(start)
        return 0

    monkeypatch.setattr(app, "run", run)
    assert quizapp("study", "mine", "--tag", "second")[0] == quizapp("browse", "--level", "basic")[0] == 0
    assert len(opened) == 2 and None not in opened
