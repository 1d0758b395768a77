"""`quizapp quiz` without a terminal: which cards it would ask, and what it says of a wrong call."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cards.card import Card
from quizapp.commands import app
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DECK = """
cards:
  - {id: pick, type: choice, level: basic, tags: [t], q: Pick?, choices: [{en: y, ok: true}, {en: n}]}
  - {id: number, type: numeric, q: "1 + 1?", answer: {value: 2, range: [2, 2]}}
  - {id: words, level: advanced, tags: [u], q: Say it., a: It.}
"""


class Opened:
    """Stands for the app: what was to be asked, and with which seed."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.seed = 0
        self.cram = False
        self.paths: list[str] = []

    def run(self, args: argparse.Namespace, start: Callable[["Opened"], None]) -> int:
        self.paths = args.paths
        start(self)
        return 0

    def begin_quiz(self, cards: list[Card], seed: int, *, cram: bool) -> None:
        self.asked, self.seed, self.cram = [card.id for card in cards], seed, cram


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    found = Opened()
    monkeypatch.setattr(app, "run", found.run)
    monkeypatch.setattr("quizapp.ui.sittings.begin_quiz", Opened.begin_quiz)
    return found


@pytest.fixture
def deck(home: Home) -> Path:
    home.decks.mkdir(parents=True)
    path = home.decks / "mine.yaml"
    path.write_text(DECK)
    return path


def test_what_can_be_judged_is_asked(quizapp: Call, opened: Opened, deck: Path) -> None:
    assert quizapp("quiz", "--decks", "mine", "--seed", "4")[0] == 0
    assert sorted(opened.asked) == ["number", "pick"] and opened.seed == 4 and opened.paths == []
    first = opened.asked
    quizapp("quiz", "--decks", "mine", "--seed", "4", "-n", "1")
    assert opened.asked == first[:1]


def test_a_deck_may_be_a_file(quizapp: Call, opened: Opened, deck: Path) -> None:
    assert quizapp("quiz", "--decks", str(deck), "--cram")[0] == 0 and opened.cram
    assert sorted(opened.asked) == ["number", "pick", "words"] and opened.paths == [str(deck)]


def test_levels_and_tags(quizapp: Call, opened: Opened, deck: Path) -> None:
    quizapp("quiz", "--cram", "--decks", "mine", "--level", "basic", "advanced")
    assert sorted(opened.asked) == ["pick", "words"]
    quizapp("quiz", "--cram", "--decks", "mine", "--tag", "u")
    assert opened.asked == ["words"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--decks", "mien"], "There is no deck mien. Did you mean mine?"),
        (["--decks", "mine", "--tag", "tt"], "There is no tag tt."),
        (["--decks", "mine", "--level", "intermediate"], "No card is in these decks with this level and tag."),
        (["--decks", "mine", "--tag", "u"], "None of these cards can be judged. 'quizapp quiz --cram'"),
        (["-n", "0"], "a number from 1 to 1000 is needed, not '0'"),
        (["--level", "hard"], "invalid choice: 'hard'"),
    ],
)
def test_a_wrong_call_is_said_in_a_line(quizapp: Call, opened: Opened, deck: Path, words: list[str], said: str) -> None:
    code, out, err = quizapp("quiz", *words)
    assert (code, out) == (2, "") and said in err and opened.asked == []


def test_a_deck_that_cannot_be_read_is_named(quizapp: Call, opened: Opened, home: Home, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("cards: [\n")
    code, _, err = quizapp("quiz", "--decks", str(broken))
    assert code == 2 and f"{broken}:2:1: " in err and "No card is in these decks" in err
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text("cards: [\n")
    code, _, err = quizapp("interview", "--decks", "mine")
    assert code == 2 and "mine.yaml:2:1: " in err and "There is no deck mine." in err


def test_it_needs_a_terminal(quizapp: Call, deck: Path) -> None:
    code, _, err = quizapp("quiz", "--decks", "mine")
    assert code == 2 and "needs a terminal" in err
