"""`quizapp interview` without a terminal: which questions it would ask, and what it says of a wrong call."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cards.library import Library, read_library
from quizapp.commands import app
from quizapp.paths import Home
from quizapp.settings import Settings
from quizapp.study.interview import Asked, Terms

Call = Callable[..., tuple[int, str, str]]
DECK = """
cards:
  - {id: top, level: basic, tags: [start], q: Q1, a: A, seconds: 60, follow_ups: [deeper]}
  - {id: deeper, level: advanced, q: Q2, a: A, seconds: 60}
  - {id: other, level: basic, q: Q3, a: A, seconds: 60}
"""


class Opened:
    """Stands for the app: what was to be asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.terms = Terms()
        self.said = ""
        self.language = "en"

    @property
    def context(self) -> "Opened":
        return self

    @property
    def desk(self) -> "Opened":
        return self

    @property
    def settings(self) -> Settings:
        return Settings()

    @property
    def library(self) -> Library:
        return read_library([self.folder], user=None, bundled=self.folder)

    def notify(self, said: str, *, markup: bool) -> None:
        self.said = said

    def run(self, args: argparse.Namespace, start: Callable[["Opened"], None]) -> int:
        start(self)
        return 0

    def begin_interview(self, asked: tuple[Asked, ...], terms: Terms) -> None:
        self.asked, self.terms = [one.key.partition("/")[2] for one in asked], terms


@pytest.fixture
def opened(home: Home, monkeypatch: pytest.MonkeyPatch) -> Opened:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK)
    found = Opened(home.decks)
    monkeypatch.setattr(app, "run", found.run)
    monkeypatch.setattr("quizapp.ui.sittings.begin_interview", Opened.begin_interview)
    return found


def test_the_choice_goes_to_the_app(quizapp: Call, opened: Opened) -> None:
    assert quizapp("interview", "--decks", "mine", "--tag", "start", "--seed", "4")[0] == 0
    assert opened.asked == ["top", "deeper"]
    assert opened.terms == Terms(8, 20, 4, way="spoken")
    quizapp("interview", "--decks", "mine", "-n", "1", "--minutes", "7", "--typed")
    assert len(opened.asked) == 1 and (opened.terms.minutes, opened.terms.way) == (7, "typed")
    quizapp("interview", "--decks", "mine", "--friend", "--level", "basic")
    assert (opened.terms.levels, opened.terms.way) == (("basic",), "friend")
    assert quizapp("interview", "--friend", "--spoken")[0] == 2


def test_levels_hold_for_follow_ups_and_minutes_for_all(quizapp: Call, opened: Opened) -> None:
    quizapp("interview", "--decks", "mine", "--level", "basic")
    assert sorted(opened.asked) == ["other", "top"]
    quizapp("interview", "--decks", "mine", "--minutes", "2")
    assert len(opened.asked) == 2
    quizapp("interview", "--decks", "mine", "--seed", "8")
    first = opened.asked
    quizapp("interview", "--decks", "mine", "--seed", "8")
    assert opened.asked == first and len(first) == 3


def test_where_there_is_only_code_that_cannot_be_judged_it_is_said(
    quizapp: Call, opened: Opened, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.decks / "code.yaml").write_text("cards:\n  - {id: c, type: code, code: kd_loss, q: Write it.}\n")
    monkeypatch.setattr("quizapp.ui.sittings.code_question", lambda node, cards, terms: None)
    assert quizapp("interview", "--decks", "code")[0] == 0
    assert opened.asked == [] and opened.said == "No card is like that."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--decks", "mien"], "There is no deck mien. Did you mean mine?"),
        (["--decks", "mine", "--level", "intermediate"], "No card is in these decks"),
        (["--minutes", "soon"], "a number from 1 to 1000 is needed"),
        (["-n", "0"], "a number from 1 to 1000 is needed"),
    ],
)
def test_a_wrong_call_is_said_in_a_line(quizapp: Call, opened: Opened, words: list[str], said: str) -> None:
    code, out, err = quizapp("interview", *words)
    assert (code, out) == (2, "") and said in err and not opened.asked


def test_it_needs_a_terminal(quizapp: Call) -> None:
    code, _, err = quizapp("interview")
    assert code == 2 and "needs a terminal" in err


def test_a_backup_keeps_interviews(quizapp: Call, home: Home, tmp_path: Path) -> None:
    home.interviews.mkdir(parents=True)
    (home.interviews / "2026-11-24-120005.json").write_text("{}")
    assert quizapp("backup", str(tmp_path / "b.zip"))[0] == 0
    (home.interviews / "2026-11-24-120005.json").unlink()
    assert quizapp("restore", str(tmp_path / "b.zip"))[0] == 0
    assert (home.interviews / "2026-11-24-120005.json").read_text() == "{}"
