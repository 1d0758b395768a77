"""A prediction is of the card it was made for, whatever comes between it and the journal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from seen import on_screen, plain, until
from textual.message import Message

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.paths import Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.study import StudyScreen

DEMO = '''"""Add numbers up."""
def main(seed: int = 0) -> dict:
    return {"sum": 10 + seed}
'''
ASKING = """
    demo:
      run: add
      predict: {ask: The sum?, read: sum, choices: [{en: small, range: [0, 10]}, {en: large, range: [10, 99]}]}
"""
DECK = f"cards:\n  - id: one\n    q: First?\n    a: A.{ASKING}  - id: two\n    q: Second?\n    a: B.{ASKING}"


@pytest.fixture
def decks(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck of two cards with one demo, which is allowed."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process
    (tmp_path / "add.py").write_text(DEMO)
    (tmp_path / "deck.yaml").write_text(DECK)
    Trust(home.trust).allow(read_script(tmp_path / "add.py"))
    return tmp_path / "deck.yaml"


def predicted(home: Home) -> list[dict[str, object]]:
    lines = (line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines())
    return [event for event in map(json.loads, lines) if event["type"] == "predicted"]


def at_once(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let `act` happen after a prediction was sent, and before anybody has heard of it."""
    post = DemoPanel.post_message

    def then_act(panel: DemoPanel, message: Message) -> bool:
        posted = post(panel, message)
        if isinstance(message, DemoPanel.Predicted):
            act()
        return posted

    monkeypatch.setattr(DemoPanel, "post_message", then_act)


async def test_a_card_graded_right_after_its_run_keeps_its_prediction(
    home: Home, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QuizApp(home, [decks], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen) and screen.card is not None and screen.card.key == "deck/one"
        at_once(monkeypatch, lambda: screen.action_grade("good"))
        await pilot.press("space", "x")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        await pilot.press("b")
        await until(pilot, lambda: predicted(home))
        assert screen.card.key == "deck/two", "the next card was there before the prediction was written"
    assert [(event["card"], event["right"]) for event in predicted(home)] == [("deck/one", True)]


async def test_in_browse_too_whatever_card_the_cursor_has_moved_to(
    home: Home, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QuizApp(home, [decks])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("b")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        at_once(monkeypatch, lambda: screen.action_next(1))
        await pilot.press("down", "enter", "x")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        assert screen.card is not None and screen.card.key == "deck/one"
        await pilot.press("a")
        await until(pilot, lambda: predicted(home))
        assert screen.card.key == "deck/two"
    assert [(event["card"], event["right"]) for event in predicted(home)] == [("deck/one", False)]


async def test_the_verdict_stays_when_a_knob_is_turned(home: Home, decks: Path) -> None:
    """It is of the run that met the prediction, as the journal has it."""
    (decks.parent / "add.py").write_text(DEMO.replace("10 + seed", "9 + seed"))
    Trust(home.trust).allow(read_script(decks.parent / "add.py"))
    app = QuizApp(home, [decks], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("space", "x")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        await pilot.press("a")
        await until(pilot, lambda: "you: small ✓ right" in plain(app) and "sum 9" in plain(app))
        for value in range(10, 15):
            await pilot.press("right")
            await until(pilot, lambda: f"sum {value} was {value - 1}" in plain(app))  # noqa: B023
            assert "you: small ✓ right at seed 0: 9" in plain(app)
        await pilot.press(*["left"] * 5)
        await until(pilot, lambda: "sum 9 was" in plain(app))
        assert "you: small ✓ right" in plain(app) and "at seed" not in plain(app)
    assert [event["measured"] for event in predicted(home)] == [9]


async def test_a_knob_turned_too_early_waits_for_the_run_that_was_predicted(home: Home, decks: Path) -> None:
    """Else another run than the one that the question is about would decide."""
    slow = DEMO.replace("    return", "    import time; time.sleep(0.5)\n    return")
    (decks.parent / "add.py").write_text(slow)
    Trust(home.trust).allow(read_script(decks.parent / "add.py"))
    app = QuizApp(home, [decks], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("space", "x")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        await pilot.press("b", "right", "right")
        await until(pilot, lambda: "sum 12 was 10" in plain(app))
        assert "you: large ✓ right at seed 0: 10" in plain(app)
    assert [(event["measured"], event["knobs"]) for event in predicted(home)] == [(10, {"seed": 0})]


@pytest.mark.parametrize("broken", ["quizapp.lab.script.find", "quizapp.lab.trust.Trust.before"])
async def test_what_goes_wrong_beside_the_keys_is_said_and_ends_nothing(
    home: Home, decks: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demo is found, and looked over before the yes, in threads: both read what strangers wrote."""
    (decks.parent / "add.py").write_text(DEMO + "# not allowed yet\n")

    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(broken, fail)
    app = QuizApp(home, [decks], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "could not be worked out" in plain(app))
        await pilot.press("space", "3")
        await until(pilot, lambda: "Second?" in on_screen(app))
