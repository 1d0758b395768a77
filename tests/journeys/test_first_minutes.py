"""The first twelve minutes: asked once, real, left and killed at any step, and gone on with."""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from seen import on_screen, plain, press_shown, the, until
from textual import events
from textual.pilot import Pilot

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules, local_now, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.first_form import FirstFormScreen
from quizapp.ui.screens.first_session import FirstSessionScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.screens.summary import SummaryScreen

DEMO = '''"""Add numbers."""
from typing import Annotated

def main(n: Annotated[int, range(1, 9)] = 3) -> dict:
    return {"sum": n * (n + 1) // 2}
'''
DECK = """start: [map, which, claim, how-many]
cards:
  - {id: other, q: Something else?, a: A}
  - {id: map, q: Which ways are there?, a: Two., points: [one way, another]}
  - {id: which, type: choice, q: Which is faster?, choices: [{text: this, ok: true}, {text: that, ok: true}]}
  - id: claim
    type: fix
    source: {says: It gets smaller.}
    a: It does not.
    points: [not smaller]
    demo:
      run: add
      predict:
        first: true
        ask: How large is it?
        read: sum
        choices: [{text: small, range: [0, 3]}, {text: large, range: [3, 100]}]
  - {id: how-many, type: numeric, q: "How many?", answer: {value: 7}}
"""
SIZE = (80, 24)


@pytest.fixture(autouse=True)
def _first_session_is_not_offered() -> None:
    """Here it is."""


@pytest.fixture(autouse=True)
def _bundled(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No deck but that above, whose experiment needs no torch and may run."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)
    monkeypatch.setattr("quizapp.study.desk.BUNDLED_DECKS", tmp_path / "bundled")
    (tmp_path / "bundled").mkdir()
    (tmp_path / "bundled/d.yaml").write_text(DECK)
    home.demos.mkdir(parents=True)
    (home.demos / "add.py").write_text(DEMO)
    Trust(home.trust).allow(read_script(home.demos / "add.py"))


def kinds(home: Home) -> list[str]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    found = [json.loads(line)["type"] for line in lines]
    return [kind for kind in found if kind not in ("journal", "rules")]


async def sees(pilot: Pilot[None], *said: str) -> None:
    await until(pilot, lambda: all(words in plain(pilot.app) for words in said))


async def answer_two(pilot: Pilot[None]) -> None:
    """The first two cards, from the form's last question."""
    await pilot.press("enter", "enter")
    await sees(pilot, "Which ways are there?", "4 new", "Answer aloud")
    await pilot.press("t")
    await sees(pilot, "Type it, as far as it goes; then Ctrl+S.")
    await pilot.press("escape", "space")
    await sees(pilot, "Tick what you had: a–b")
    await pilot.press("a", "1")
    await sees(pilot, "Which is faster?", "Pick all that are right", "3 new")
    await pilot.press("a", "b", "space")
    await sees(pilot, "Judged: Space takes")
    await pilot.press("space")
    await sees(pilot, "First guess what is measured: p", "2 new")


async def test_a_whole_first_session_killed_in_the_middle(home: Home) -> None:
    killed, day = Home(home.root.with_name("killed")), local_now().date() + timedelta(days=20)
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await sees(pilot, "The first twelve minutes", "then come 4 cards", "a grade that says when", "such as coffee")
        await pilot.press(*"2020-01-01", "enter")
        await sees(pilot, "✗")
        assert app.focused is not None and app.focused.name == "interview"
        await pilot.press("ctrl+u", *"someday", "enter")
        await sees(pilot, "someday", "is no date")
        await pilot.press("ctrl+u", *str(day), "enter", "ctrl+u", *"40", "enter", *"coffee")
        assert f"interview: {day}\nminutes_per_day: 40\n" in home.settings.read_text()
        await answer_two(pilot)
        shutil.copytree(home.root, killed.root)  # what a kill -9 would leave
    Trust(killed.trust).allow(read_script(killed.demos / "add.py"))
    app = QuizApp(killed)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        assert isinstance(app.screen, HomeScreen) and kinds(killed) == ["reviewed", "reviewed"]
        await sees(pilot, "the first session, from card 3 on")
        await pilot.press("T")
        await sees(pilot, "It gets smaller.", "1 of 4 done", "First guess what is measured: p")
        panel = app.screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.phase == "asking")
        await pilot.press("t")
        await until(pilot, lambda: "First guess" not in plain(app))  # p would be typed
        await pilot.press("escape", "p")
        await sees(pilot, "How large is it?")
        await pilot.press("a")
        await sees(pilot, "sum 6", "wrong", "right: large", "Space goes on to the card")
        assert "own question" not in plain(app) and "Esc leads back" not in plain(app)  # how to go on is said once
        await pilot.press("space")
        await sees(pilot, "Now the card's own question")
        await pilot.press("space", "a", "space")
        await sees(pilot, "How many?", "Type the answer, then Enter.")
        await pilot.press("7", "enter", "space")
        await sees(pilot, "Which ways are there?", "Once more", "3 of 4 done", "You graded it Again")
        await pilot.press("space", "a", "b", "space")
        screen = the(app, SummaryScreen)
        await sees(pilot, "Tomorrow after coffee: 1 card to review, 0 new; about 1 min", "That is how it works")
        await sees(pilot, "First session done: 4 of 4 cards.")
        await sees(pilot, "Today: 1 card to go, 4 come once more (from ", "Enter on the home screen")
        await pilot.press("u")
        await sees(pilot, "Which ways are there?")
        await pilot.press("space", "4")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen) and app.screen is not screen)
        await pilot.press("enter")
        assert isinstance(app.screen, HomeScreen) and "first session" not in plain(app)
        await sees(pilot, "1 card to go")  # as the summary said
    assert kinds(killed) == [*["reviewed"] * 2, "predicted", *["reviewed"] * 3, "undone", "reviewed"]
    assert "tour: done" in killed.settings.read_text()


async def test_in_chinese_with_the_mouse(home: Home) -> None:
    home.settings.write_text("language: zh\n")
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await sees(pilot, "十二分钟上手", "先填下面三项", "面试日期")
        lines = on_screen(app).splitlines()
        place = next(y for y, line in enumerate(lines) if "每天做完什么之后学习" in line)
        await pilot.click(offset=(40, place))
        await pilot.press(*"tea")
        await pilot.click("Button")
        await sees(pilot, "先出声或在心里回答")
        assert "study_after: tea" in home.settings.read_text()
        await press_shown(pilot, "Space")
        await sees(pilot, "勾选", "one way")
        await pilot.click("GradeBar", offset=(70, 0))  # easy
        await sees(pilot, "选出所有正确的")
        foot = on_screen(app).splitlines()[-1]
        await pilot.click("KeyBar", offset=(cell_len(foot.partition("Esc")[0]) + 1, 0))
        await sees(pilot, "1 首次学习，从第 2 张卡片起")
        assert isinstance(app.screen, HomeScreen)


async def test_left_at_any_step_it_goes_on_from_there(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:

        async def leave_and_come_back(kind: type[object]) -> None:
            await pilot.press("escape")
            if not isinstance(app.screen, HomeScreen):  # out of a field first
                await pilot.press("escape")
            assert isinstance(app.screen, HomeScreen)
            await pilot.press("T")
            assert isinstance(app.screen, kind)

        the(app, FirstFormScreen)
        assert "tour" not in (home.settings.read_text() if home.settings.exists() else "")
        await leave_and_come_back(FirstFormScreen)
        await pilot.press("enter", "ctrl+u", *"50", "enter")
        await leave_and_come_back(FirstFormScreen)
        await sees(pilot, "50")
        await pilot.press("enter", "enter", "enter", "enter")
        the(app, FirstSessionScreen)
        await leave_and_come_back(FirstSessionScreen)  # nothing is graded yet
        await pilot.press("space", "a", "escape")
        await sees(pilot, "1 the first session, from card 1 on")
        await pilot.press("T")
        session = the(app, FirstSessionScreen).session
        assert session.revealed and session.ticks == {0} and session.card is not None
        await sees(pilot, "one way", "Hard: 1 of 2 points")
        await pilot.press("3")
        await leave_and_come_back(FirstSessionScreen)
        await sees(pilot, "Which is faster?", "1 of 4 done")
        await pilot.press("space", "3", "space", "3")
        await leave_and_come_back(FirstSessionScreen)
        await sees(pilot, "How many?")
        await pilot.press(*"7", "enter", "3")
        await leave_and_come_back(FirstSessionScreen)
        await sees(pilot, "Which ways are there?", "Once more")
    assert kinds(home) == ["reviewed"] * 4


async def test_left_and_quit_it_is_gone_on_with_at_the_next_start(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press(*["enter"] * 4, "space", "3", "escape")
        await sees(pilot, "1 the first session, from card 2 on")
    async with (app := QuizApp(home)).run_test(size=SIZE, notifications=True) as pilot:
        the(app, HomeScreen)  # it is not begun by itself: it was left
        await sees(pilot, "1 the first session, from card 2 on")
        await pilot.press("1")
        await sees(pilot, "Which is faster?")


async def test_without_torch_it_says_so_and_goes_on(home: Home) -> None:
    (home.demos / "add.py").write_text("import torch\n" + DEMO.partition("\n")[2])
    Trust(home.trust).allow(read_script(home.demos / "add.py"))
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("enter", "enter", "enter", "enter", "space", "3", "space", "3")
        await sees(pilot, "It gets smaller.", "pip install")
        await pilot.press("space", "3")
        await sees(pilot, "How many?")


async def test_what_is_typed_at_once_goes_where_it_belongs(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await sees(pilot, "Enter passes one by")
        await pilot.press("plus")
        for key in ("1", "4", "enter", "backspace", "backspace", "4", "0", "enter", "t", "e", "a"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))  # nobody waits for what they do
        await until(pilot, lambda: app.focused is not None and getattr(app.focused, "value", "") == "tea")
        said = home.settings.read_text()
        assert (
            f"interview: {study_day(local_now(), 4) + timedelta(days=14)}\n" in said and "minutes_per_day: 40" in said
        )


async def test_taken_again_it_asks_its_cards_as_practice(home: Home) -> None:
    home.settings.write_text("tour: done\n")
    with closing(Recorder(open_standings(home.root, rules=Rules()))) as recorder:
        for id in ("map", "which", "claim", "how-many"):
            outcomes = recorder.standings.preview(f"d/{id}", local_now())
            recorder.review(f"d/{id}", outcomes["easy"], local_now())
    before = kinds(home)
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("T")
        await sees(pilot, "asks its 4 cards once more, for practice", "F1 more")
        await pilot.press("up")
        assert app.focused is not None and app.focused.name == "interview"  # not Begin, which is below
        for _ in range(3):
            await pilot.press("enter")
            assert "F1 more" in on_screen(app).splitlines()[-1]
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert "of 4" in on_screen(app)
        await pilot.press("space", "1")
        await pilot.pause()
    assert kinds(home) == before


async def test_without_such_cards_a_sitting_follows_the_questions(home: Home, tmp_path: Path) -> None:
    (tmp_path / "bundled/d.yaml").write_text(DECK.partition("\n")[2])
    app = QuizApp(home)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await sees(pilot, "then come the first cards")
        await pilot.press("enter", "enter", "enter", "enter")
        assert type(app.screen) is StudyScreen
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
    assert "tour: done" in home.settings.read_text()


@pytest.mark.parametrize("why", ["new", "studied", "left", "named"])
def test_it_opens_by_itself_for_who_is_new(
    why: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for who has studied, here or elsewhere, has left it, or named decks."""
    opened: list[str] = []
    monkeypatch.setattr("quizapp.ui.sittings.open_screen", lambda node, name: opened.append(name))
    if why == "left":
        home.settings.write_text("tour: done\n")
    desk = open_desk(home, [tmp_path / "bundled"] if why == "named" else [], local_now())
    if why == "studied":  # a journal that was restored or synced says no more
        desk.recorder.change("elsewhere/card", "flagged", local_now())
    sittings.offer_first(SimpleNamespace(app=SimpleNamespace(context=SimpleNamespace(desk=desk))))  # type: ignore[arg-type]
    desk.recorder.close()
    assert opened == (["first-form"] if why == "new" else [])
