"""The tour: offered once, real, and left at any step."""

import json
from pathlib import Path

import pytest
from seen import on_screen, until
from textual.pilot import Pilot

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.tour import TourScreen
from quizapp.ui.wording import action_name

DEMO = '''"""Add numbers.

A demo of the test.
"""
from typing import Annotated

def main(n: Annotated[int, range(1, 9)] = 3) -> dict:
    return {"sum": n * (n + 1) // 2}
'''
DECK = """cards:
  - {id: plain, q: Nothing to run, a: A}
  - id: whole
    q: What is the sum of 1..4?
    a: "10"
    points: [one, two]
    demo:
      run: add
      with: {n: 4}
      predict: {ask: The sum?, read: sum, choices: [{en: small, range: [0, 10]}, {en: large, range: [10, 100]}]}
"""
OFFER = "First time?"


def kinds(home: Home) -> list[str]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    found = [json.loads(line)["type"] for line in lines]
    return [kind for kind in found if kind not in ("journal", "rules")]


async def begin(pilot: Pilot[None]) -> None:
    """Take the tour; it reads the demos first, in a thread."""
    await pilot.press("T")
    await until(pilot, lambda: isinstance(pilot.app.screen, TourScreen) and "1 of 5" in on_screen(pilot.app))


@pytest.fixture
def app(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuizApp:
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process: this demo needs no torch
    (home.root / "demos").mkdir(parents=True)
    (home.demos / "add.py").write_text(DEMO)
    (tmp_path / "d.yaml").write_text(DECK)
    made = QuizApp(home, [tmp_path / "d.yaml"])
    from quizapp.lab import script

    made.context.trust.allow(script.read_script(home.demos / "add.py"))
    return made


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_five_steps_on_a_real_card(app: QuizApp, home: Home, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert OFFER in on_screen(app)
        await begin(pilot)
        screen = app.screen
        assert isinstance(screen, TourScreen) and "1 of 5" in on_screen(app)
        assert screen.card is not None and screen.card.id == "whole"
        await pilot.press("space")
        await pilot.pause()
        assert "2 of 5" in on_screen(app)
        await pilot.press("a")
        await pilot.pause()
        assert "3 of 5" in on_screen(app)
        await pilot.press("x")
        panel = screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.phase == "asking")  # a demo is read in a thread first
        await pilot.press("b")
        await until(
            pilot,
            lambda: panel.experiment.phase == "finished" and "predicted" in kinds(home) and "right" in on_screen(app),
        )
        assert "4 of 5" in on_screen(app) and "right" in on_screen(app)
        await pilot.press("escape", "3")
        await pilot.pause()
        assert "5 of 5" in on_screen(app) and "10m" in on_screen(app)
        assert kinds(home) == ["predicted", "reviewed"]
        await pilot.press("1", "minus", "l")  # nothing more can be done to it, but to read it in Chinese
        await pilot.pause()
        assert kinds(home) == ["predicted", "reviewed"] and "5 / 5" in on_screen(app) and "主页" in on_screen(app)
        await pilot.press("u")
        await pilot.pause()
        assert kinds(home)[-1] == "undone" and "4 / 5" in on_screen(app)
        await pilot.press("4")
        await pilot.pause()
        assert "5 / 5" in on_screen(app)
        await (pilot.press("enter") if size[0] < 100 else pilot.click("GradeBar"))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen) and OFFER not in on_screen(app)
    assert app.context.desk.standings.of("d/whole").memory.reps == 1
    assert "tour: done" in home.settings.read_text()


@pytest.mark.parametrize("steps", [[], ["N"], ["N", "N"], ["N", "N", "N"]])
async def test_escape_ends_it_at_any_step_and_it_is_not_offered_again(app: QuizApp, steps: list[str]) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        await pilot.press(*steps)
        await pilot.pause()
        assert f"{len(steps) + 1} of 5" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen) and OFFER not in on_screen(app)
        assert not app.context.desk.standings.all
        assert "Tour" in {action_name(command.title, "en") for command in app.get_system_commands(app.screen)}


async def test_without_torch_it_says_how_to_install_it_and_goes_on(app: QuizApp, home: Home) -> None:
    (home.demos / "add.py").write_text(DEMO.replace("from typing", "import torch\nfrom typing"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot)
        screen = app.screen
        assert isinstance(screen, TourScreen) and screen.card is not None
        screen.session.advance(screen.session.asked, prefer=app.context.desk.library.card("d/whole"))
        screen.show_card()
        await pilot.press("N", "N")
        await pilot.pause()
        assert "3 of 5" in on_screen(app) and "pip install" in on_screen(app)
        await pilot.press("N", "3")
        await pilot.pause()
        assert "5 of 5" in on_screen(app)


async def test_who_has_studied_is_not_offered_it(app: QuizApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("asterisk", "escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen) and OFFER not in on_screen(app)
