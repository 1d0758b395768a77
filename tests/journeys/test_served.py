"""The app in a browser: what is closed there, and says why; what its tab is told."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from seen import plain, until

from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.code.one_run import may_run
from quizapp.ui.code.panel import CodePanel
from quizapp.ui.context import Context, Served
from quizapp.ui.look import LIGHT
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.served import ServedApp, ServedDriver

DECK = """cards:
  - {id: kd, type: code, code: kd_loss, q: Write the distillation loss., why: Because.}
  - {id: odd, q: Is it odd?, a: It is., demo: {run: strange}}
"""
DEMO = '"""Strange."""\n\n\ndef main(n: bool = True) -> dict:\n    return {"n": 1}\n'


@pytest.fixture
def deck(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("quizapp.ui.code.task.torch_missing", lambda: False)
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process
    home.demos.mkdir(parents=True)
    (home.demos / "strange.py").write_text(DEMO)
    (tmp_path / "d.yaml").write_text(DECK)
    return tmp_path / "d.yaml"


async def test_no_editor_no_trust_and_no_code_in_a_browser(home: Home, deck: Path) -> None:
    def begin(app: QuizApp) -> None:
        (mine,) = app.context.desk.library.decks
        sittings.study_these(app, mine.cards)

    app = QuizApp(home, [deck], start=begin, served=Served())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "quizapp serve --allow-code" in plain(app))
        card = next(card for deck in app.context.desk.library.decks for card in deck.cards if card.id == "kd")
        assert not may_run(app, card)  # type: ignore[arg-type]  # nor in an interview
        panel = app.screen.query_one(CodePanel)
        await pilot.press("p", "a", "s", "s", "ctrl+s", "ctrl+e")
        await until(pilot, lambda: "No editor opens in a browser" in plain(app))
        assert panel.page.phase == "writing" and panel.page.verdict is None
        await pilot.press("escape", "space", "3")  # it can be read, and graded by oneself
        await until(pilot, lambda: "Is it odd?" in plain(app))
        await pilot.press("space", "x")
        await until(pilot, lambda: "not allowed yet" in plain(app) and "y allow" in plain(app))
        before = deck.read_text()
        await pilot.press("y")
        await until(pilot, lambda: "Nothing is allowed from a browser" in plain(app))
        assert not home.trust.exists() and "not allowed yet" in plain(app)
        app.clear_notifications()
        await pilot.press("escape", "E")
        await until(pilot, lambda: "No editor opens in a browser" in plain(app))
        assert deck.read_text() == before  # nor was an id written into it


@pytest.mark.parametrize(("served", "runs"), [(None, True), (Served(), False), (Served(code=True), True)])
def test_code_runs_in_a_browser_only_where_that_was_asked_for(home: Home, served: Served | None, runs: bool) -> None:
    assert Context(open_desk(home, [home.decks], local_now()), lambda binding: binding.key, served).runs_code is runs


async def test_the_tab_is_told_what_is_due_and_the_colour_around(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, object]] = []
    app = ServedApp(home, [deck], Served())
    assert app.driver_class is ServedDriver
    async with app.run_test(size=(80, 24)) as pilot:
        assert app._driver is not None
        monkeypatch.setattr(type(app._driver), "is_web", True)
        monkeypatch.setattr(app._driver, "write_meta", told.append, raising=False)
        card = next(card for deck in app.context.desk.library.decks for card in deck.cards if card.id == "odd")
        desk = app.context.desk
        then = local_now() - timedelta(minutes=2)
        desk.recorder.review(card.key, desk.standings.preview(card.key, then)["again"], then)
        home_screen = app.screen
        assert isinstance(home_screen, HomeScreen)
        home_screen.count()
        await pilot.pause()
        assert told[-1]["title"] == "1 due · quizapp"
        await pilot.press("l")
        app.theme = LIGHT
        await pilot.pause()
        assert told[-1] == {"type": "page", "title": "1 张到期 · quizapp", "background": "#FAF8F3"}
        assert json.dumps(told) and "Screenshot" not in {c.title for c in app.get_system_commands(app.screen)}
