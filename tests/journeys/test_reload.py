"""Files change while the app runs: what they say now shows, and the card in hand keeps its state."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from seen import on_screen, the, until
from textual.pilot import Pilot

from quizapp.paths import Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.lab import LabScreen
from quizapp.ui.screens.practise import PractiseScreen
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.study import StudyScreen

DECK = """cards:
  - {id: one, q: What is one?, a: The first., points: [p1, p2, p3]}
  - {id: two, q: What is two?, a: The second.}
"""
DEMO = '''"""A demo of mine."""
from typing import Annotated

def main(first: Annotated[int, range(1, 9)] = 3) -> dict:
    return {"sum": first}
'''


def studying(home: Home, path: Path) -> QuizApp:
    return QuizApp(home, [path], start=lambda app: sittings.study(app, app.context.desk.library.decks))


async def noticed(pilot: Pilot[None], app: QuizApp, count: int) -> None:
    await until(pilot, lambda: len(app.context.notices) == count)


def knobs(panel: DemoPanel) -> list[str]:
    script = panel.experiment.script
    assert script is not None
    return [knob.name for knob in script.knobs]


async def test_the_card_in_hand_takes_its_new_text_and_keeps_its_state(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(DECK)
    app = studying(home, path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        await pilot.press("t", *"mine", "escape", "space", "c")
        path.write_text(DECK.replace("is one", "IS one").replace("p1, p2, p3", "p0, p1, p2, p3"))
        await until(pilot, lambda: "What IS one?" in on_screen(app))
        assert screen.revealed and screen.session.ticks == {3}
        assert screen.answer is not None and screen.answer.typed == "mine"
        await pilot.press("3")
        await until(pilot, lambda: "What is two?" in on_screen(app))
        path.write_text(DECK.replace("  - {id: two, q: What is two?, a: The second.}\n", ""))
        await until(pilot, lambda: len(app.context.desk.library.keys) == 1)
        assert screen.card is not None and screen.card.id == "two"  # gone, but in hand until it is graded
        await pilot.press("space", "4")
        await until(pilot, lambda: screen.card is None or screen.card.id == "one")
        assert app.context.desk.standings.of("d/two").memory.reps == 1


async def test_what_is_being_typed_stays(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text('cards:\n  - {id: x, type: cloze, text: "The {{c1::half}} of it"}\n')
    app = studying(home, path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press(*"ha")
        path.write_text('cards:\n  - {id: x, type: cloze, text: "One {{c1::half}} of it"}\n')
        await until(pilot, lambda: "One [" in on_screen(app))
        await pilot.press(*"lf", "enter")
        await pilot.pause()
        answer = the(app, StudyScreen).answer
        assert answer is not None and answer.typed == "half" and "Right" in on_screen(app)


async def test_home_lists_decks_that_come_and_go_and_faults_beside_good_cards(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "a.yaml").write_text(DECK)
    app = QuizApp(home)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        (home.decks / "b.yaml").write_text("title: Brand new\n" + DECK)
        await until(pilot, lambda: "Brand new" in on_screen(app))
        (home.decks / "b.yaml").write_text("title: Brand new\n" + DECK + "  - {q: No answer?}\n")
        await until(pilot, lambda: "b.yaml:5:" in on_screen(app))
        assert "Brand new" in on_screen(app)
        (home.decks / "b.yaml").write_text("title: Brand new\n" + DECK + "  - {q: Good, a: now}\n")
        await until(pilot, lambda: "b.yaml:" not in on_screen(app) and "3" in on_screen(app))
        (home.decks / "b.yaml").unlink()
        await until(pilot, lambda: "Brand new" not in on_screen(app))


async def test_a_deck_that_cannot_be_read_for_any_reason_is_said_and_the_next_change_is_noticed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(DECK)
    app = studying(home, path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr("quizapp.study.desk.read_library", lambda *_, **__: 1 / 0)
            path.write_text(DECK.replace("is one", "IS one"))
            await until(pilot, lambda: app.context.notices)
        assert "The decks could not be read again" in app.context.notices[-1].text and "What is one?" in on_screen(app)
        path.write_text(DECK.replace("is one", "was one"))
        await until(pilot, lambda: "What was one?" in on_screen(app))
        assert len(app.context.notices) == 1


async def test_work_that_fails_is_said_and_the_app_goes_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RecursionError("too [deep]")

    monkeypatch.setattr("quizapp.ui.screens.stats.review_figures", fails)
    monkeypatch.setattr("quizapp.lab.script.read_demos", fails)
    monkeypatch.setattr("quizapp.ui.screens.readiness.readiness", fails)
    home.root.mkdir()
    home.settings.write_text(f"interview: {date.today() + timedelta(days=40)}\n")
    app = QuizApp(home)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        for count, key in enumerate("hdr", 1):
            await pilot.press(key)
            await noticed(pilot, app, count)
            assert "RecursionError('too [deep]')" in app.context.notices[-1].text
            app.pop_screen()
            await pilot.pause()
        assert isinstance(app.screen, HomeScreen) and app.is_running


async def test_when_the_only_deck_is_gone_home_says_what_to_do(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(DECK)
    app = QuizApp(home, [path])
    app.context.shown = "zh"
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.pause()
        path.unlink()
        await until(pilot, lambda: "没有找到题库" in on_screen(app))
        await until(pilot, lambda: "d.yaml：无法读取" in on_screen(app))
        assert "按a新建" in "".join(on_screen(app).split())  # the home's name, before it, may wrap it


async def test_a_card_that_is_renamed_keeps_its_history(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(DECK)
    app = studying(home, path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("space", "1")
        await pilot.pause()
        path.write_text(DECK.replace("id: one", "id: uno, was: [one]"))
        await until(pilot, lambda: app.context.desk.library.card("d/uno"))
        await until(pilot, lambda: app.context.desk.standings.of("d/uno").memory.reps == 1)


async def test_a_demo_that_changes_shows_its_new_knobs_and_asks_again_for_trust(home: Home, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(DEMO)
    (tmp_path / "d.yaml").write_text("cards:\n  - {id: x, q: Q?, a: A., demo: {run: mine}}\n")
    app = studying(home, tmp_path / "d.yaml")
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause()
        panel = app.screen.query_one(DemoPanel)
        await pilot.press("space", "x")
        await until(pilot, lambda: panel.experiment.review is not None)
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.last is not None)
        assert "sum" in on_screen(app)
        (tmp_path / "mine.py").write_text(DEMO.replace("first", "other"))
        await until(pilot, lambda: knobs(panel) == ["other"])
        await until(pilot, lambda: panel.experiment.review is not None)
        assert "did not come with" in on_screen(app) and not panel.experiment.allowed
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.last is not None)
        (tmp_path / "mine.py").write_text("def main(:")
        await until(pilot, lambda: "is not valid Python" in on_screen(app))
        (tmp_path / "mine.py").write_text(DEMO)
        await until(pilot, lambda: "first" in on_screen(app))


async def test_the_lab_lists_the_demo_beside_a_deck_and_no_other_script_there(home: Home, tmp_path: Path) -> None:
    (tmp_path / "zzz_mine.py").write_text(DEMO)
    (tmp_path / "zzz_tool.py").write_text("def main(path): ...")
    (tmp_path / "d.yaml").write_text("cards:\n  - {q: Q?, a: A, demo: {run: zzz_mine}}\n")
    app = QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: open_screen(app, "lab"))
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press(*"zzz")
        await until(pilot, lambda: "zzz mine" in on_screen(app))
        assert "zzz tool" not in on_screen(app)


async def test_the_lab_lists_a_new_demo_and_keeps_the_one_that_is_shown(home: Home) -> None:
    home.demos.mkdir(parents=True)
    (home.demos / "zzz_mine.py").write_text(DEMO)
    app = QuizApp(home, start=lambda app: open_screen(app, "lab"))
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause()
        screen = the(app, LabScreen)
        await pilot.press(*"zzz", "down")
        await pilot.pause()
        (home.demos / "zzz_aaa.py").write_text(DEMO.replace("of mine", "that is new"))
        await until(pilot, lambda: "zzz aaa" in on_screen(app))
        script = screen._panel.experiment.script
        assert app.screen is screen and script is not None and script.name == "zzz_mine"


async def test_a_quiz_and_its_choice_go_on_when_decks_change(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    (tmp_path / "e.yaml").write_text(DECK)
    app = QuizApp(home, [tmp_path], start=lambda app: open_screen(app, "practise"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PractiseScreen)
        screen.set_to["kind"] = "cram"
        screen.ticks["deck"].select("e")
        await until(pilot, lambda: "[x] e" in on_screen(app))
        assert screen.selection().decks == ("e",)
        (tmp_path / "e.yaml").unlink()
        await until(pilot, lambda: screen.selection().decks == ())
        await pilot.press("enter")
        await pilot.pause()
        card = the(app, QuizScreen).card
        assert card is not None and card.deck == "d"
        (tmp_path / "d.yaml").write_text(DECK.replace("What is", "Say what is"))
        await until(pilot, lambda: "Say what is" in on_screen(app))
        await pilot.press("space", "2")
        await until(pilot, lambda: "2 of 2" in on_screen(app) and "Say what is" in on_screen(app))
