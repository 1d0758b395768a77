"""Whole journeys through the real app, with keys and with the mouse."""

import json
from pathlib import Path

import pytest
from seen import on_screen, plain, press_shown, until
from textual.widgets import OptionList

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.ui.app import QuizApp
from quizapp.ui.code.panel import CodePanel
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.screens.summary import SummaryScreen
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.sheet_view import SheetView

EVERY_TYPE = Path(__file__).parents[1] / "cards" / "data" / "every-type.yaml"
FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"
SIZES = [(80, 24), (200, 50)]


def events(home: Home) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted((home.root / "journal").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]


def kinds(home: Home) -> list[object]:
    return [event["type"] for event in events(home) if event["type"] in ("reviewed", "undone", "predicted")]


@pytest.mark.parametrize("size", SIZES)
async def test_study_the_five_questions(home: Home, size: tuple[int, int]) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "Five questions" in on_screen(app)
        assert " 11 " in on_screen(app)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        for _ in range(5):
            card = screen.card
            assert card is not None
            await pilot.press("1")  # nothing to grade before the answer shows
            assert screen.card is card
            await pilot.press("space")
            shown = on_screen(app)
            assert "1 min" in shown and "10 min" in shown and "Easy" in shown
            await pilot.press("a")
            assert screen.session.ticks == {0}
            assert screen.session.suggested == {1: "good", 2: "hard"}.get(len(card.points), "again")
            await pilot.press("3")
            await pilot.pause()
            assert screen.card is not card
        assert kinds(home) == ["reviewed"] * 5
        before = screen.card
        await pilot.press("u", "u")
        await pilot.pause()
        assert kinds(home)[-2:] == ["undone"] * 2
        assert screen.card is not before
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "3 cards · " in on_screen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert (home.root / "progress.json").exists()


async def test_the_language_key_goes_round_and_is_kept(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("cards:\n  - {q: {en: What is recalled?, zh: 还记得什么？}, a: A}\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        chinese, english = "还记得什么？", "What is recalled?"
        assert english in on_screen(app) and chinese not in on_screen(app)
        await pilot.press("l")
        assert chinese in on_screen(app)
        assert "显示答案" in on_screen(app)
        await pilot.press("l")
        assert chinese in on_screen(app) and english in on_screen(app)
    assert "language: both" in home.settings.read_text()
    assert QuizApp(home).context.shown == "both"


async def test_the_mouse_does_what_keys_do(home: Home) -> None:
    app = QuizApp(home, [EVERY_TYPE])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.click(OptionList, offset=(5, 1))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        await pilot.press("a", "space", "3")  # what the card with points needs comes before it
        await pilot.pause()
        await press_shown(pilot, "Space")
        assert screen.session.revealed
        lines = screen.query_one(SheetView)._lines
        point = next(y for y, line in enumerate(lines) if line.block is not None and line.block.kind == "point")
        await pilot.click(SheetView, offset=(10, point + 1))
        assert screen.session.ticks == {0}
        card = screen.card
        await pilot.click(GradeBar, offset=(100, 1))
        await pilot.pause()
        assert screen.card is not card
        assert [event["grade"] for event in events(home) if event["type"] == "reviewed"] == ["good", "easy"]


@pytest.mark.parametrize("size", SIZES)
async def test_every_type_of_card_is_shown_revealed_and_graded(home: Home, size: tuple[int, int]) -> None:
    app = QuizApp(home, [EVERY_TYPE])
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        seen = set()
        while isinstance(app.screen, StudyScreen) and app.screen.card is not None:
            kind = type(app.screen.card).__name__
            seen.add(kind)
            if kind == "Code":  # its letters are typed, until one is out of the page
                await until(pilot, lambda: app.screen.query_one(CodePanel).editor.has_focus)
                await pilot.press("escape")
            keys = {"Cloze": ["x", "enter"], "Numeric": ["7", "enter"], "Order": [*"abcdef", "enter"]}
            await pilot.press(*keys.get(kind, ["a", "space"]), "a", "4")
            await pilot.pause()
        assert seen == {"Free", "Choice", "Cloze", "Numeric", "Order", "Fix", "Code"}
        assert isinstance(app.screen, SummaryScreen)


async def test_a_full_disk_keeps_the_card_and_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        card = screen.card
        await pilot.press("space")

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(type(app.context.desk.recorder), "review", full)
            await pilot.press("3")
            await pilot.pause()
        assert screen.card is card
        assert "No space left" in on_screen(app)
        await pilot.press("3")
        await pilot.pause()
        assert screen.card is not card
        assert kinds(home) == ["reviewed"]


async def test_a_grade_that_cannot_be_saved_changes_nothing_beside_the_card(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "add.py").write_text(DEMO)
    (tmp_path / "mine.yaml").write_text(DECK)
    app = QuizApp(home, [tmp_path / "mine.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space", "x")
        await until(pilot, lambda: "This experiment did not come" in plain(app))
        monkeypatch.setattr(type(app.context.desk.recorder), "review", full)
        await pilot.press("escape", "3")
        await pilot.pause()
        app.clear_notifications()
        await pilot.pause()
        assert app.context.notices[-1].text.endswith("No space left on device.")
        assert "This experiment did not come" in plain(app)  # the demo is as open as it was


async def test_markup_and_control_characters_in_a_deck_are_only_text(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(
        'title: "[/foo] [red]t"\ncards:\n'
        '  - q: "[/foo] x: list[int] \\e]0;title\\a [bold"\n    a: "[@click=app.quit]a[/] `x: list[int]`"\n'
        '    points: ["[/p]"]\n    why: "[$x]"\n    refs: ["[r]"]\n    demo: {run: no_such_demo}\n'
    )
    app = QuizApp(home, [path])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        assert "[/foo] [red]t" in on_screen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "x: list[int]" in on_screen(app)
        assert "\x1b" not in on_screen(app)
        await pilot.press("space", "x")
        await until(pilot, lambda: "there is no experiment" in on_screen(app))  # which is looked for in a thread
        assert "[/p]" in on_screen(app)
        assert "there is no experiment no_such_demo" in on_screen(app)
        await pilot.press("escape", "a", "4")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)


async def test_help_lists_the_keys_of_the_screen(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert "Show the answer" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


DEMO = '''"""Add numbers.

A demo of the test.
"""
from typing import Annotated

def main(n: Annotated[int, range(1, 9)] = 3) -> dict:
    print(f"adding {n}")
    return {"sum": n * (n + 1) // 2, "parts": list(range(1, n + 1))}
'''
DECK = """cards:
  - q: What is the sum of 1..4?
    a: "10"
    demo:
      run: add
      with: {n: 4}
      predict:
        ask: The sum?
        read: sum
        choices: [{en: small, range: [0, 10]}, {en: large, range: [10, 100]}]
"""


async def test_predict_run_and_turn_a_knob_of_a_demo_of_ones_own(home: Home, tmp_path: Path) -> None:
    (tmp_path / "add.py").write_text(DEMO)
    (tmp_path / "mine.yaml").write_text(DECK)
    app = QuizApp(home, [tmp_path / "mine.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        panel = screen.query_one(DemoPanel)
        await pilot.press("space", "x")
        await until(pilot, lambda: panel.experiment.review is not None)
        assert str(tmp_path / "add.py") in on_screen(app).replace("\n", "") or "add.py" in on_screen(app)
        assert panel.experiment.phase == "untrusted"
        await pilot.press("y")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        await pilot.press("b")
        await until(pilot, lambda: panel.experiment.last is not None and "✓ right" in on_screen(app))
        shown = on_screen(app)
        assert "adding 4" in shown and "sum 10" in shown
        await until(pilot, lambda: "predicted" in kinds(home))
        predicted = [event for event in events(home) if event["type"] == "predicted"]
        assert len(predicted) == 1
        assert predicted[0]["right"] is True and predicted[0]["measured"] == 10
        panel.query_one("KnobRows").focus()
        await pilot.press("right")
        await until(pilot, lambda: panel.experiment.last is not None and "adding 5" in on_screen(app))
        assert "adding 5" in on_screen(app)
        assert len([event for event in events(home) if event["type"] == "predicted"]) == 1
        await pilot.press("escape")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen is screen


async def test_the_answer_shows_in_one_paint_without_a_layout(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        await app.workers.wait_for_complete()  # the experiment was looked for
        await pilot.pause()
        layouts = []
        monkeypatch.setattr(screen, "_refresh_layout", lambda *_, **__: layouts.append(1))
        await pilot.press("space")
        await pilot.pause()
        assert screen.session.revealed and "Points" in "".join(line.text for line in screen.query_one(SheetView)._lines)
        assert screen.query_one(SheetView).max_scroll_y > 0 and not layouts
        await pilot.press("end")
        await pilot.pause()
        assert "References" in on_screen(app)
