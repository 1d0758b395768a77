"""Home: what waits, the day in a line, and one key to begin."""

from datetime import timedelta
from pathlib import Path

import pytest
from seen import on_screen, resize
from textual.widgets import OptionList

from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules, local_now, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.study import StudyScreen

ONE = "title: One\ncards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: A}}\n" for i in range(12))
TWO = "title: Two\ncards:\n  - {id: c, q: Other, a: A}\n"


@pytest.fixture
def decks(tmp_path: Path) -> list[Path]:
    (tmp_path / "one.yaml").write_text(ONE)
    (tmp_path / "two.yaml").write_text(TWO)
    return [tmp_path / "one.yaml", tmp_path / "two.yaml"]


def row(app: QuizApp, name: str) -> list[str]:
    lines = [line.strip("│ ") for line in on_screen(app).splitlines()]
    return next((line.split() for line in lines if line.startswith(name)), [])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_day_in_a_line_and_what_waits_by_deck(home: Home, decks: list[Path], size: tuple[int, int]) -> None:
    now = local_now()
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    for days in (2, 1):
        then = now - timedelta(days=days)
        recorder.review("one/c0", recorder.standings.preview("one/c0", then)["again"], then, Given(took_s=30))
    for number in range(10):
        key = f"one/c{number}"
        recorder.review(key, recorder.standings.preview(key, now)["easy"], now, Given(took_s=60))
    recorder.close()
    home.settings.write_text(f"interview: {study_day(now, 4) + timedelta(days=12)}\n")
    app = QuizApp(home, decks)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert "3 new · about 3 min · 10 done · interview in 12 days" in on_screen(app)
        assert "3 days running" in on_screen(app)
        assert row(app, "One") == ["One", "2", "0", "0"]
        assert row(app, "Everything")[1:] == ["3", "0", "0"]


async def test_enter_begins_with_everything_and_the_list_with_one_deck(home: Home, decks: list[Path]) -> None:
    app = QuizApp(home, decks)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for keys, names in ((["enter"], {"one", "two"}), (["down", "down", "enter"], {"two"})):
            await pilot.press(*keys)
            await pilot.pause()
            assert isinstance(app.screen, StudyScreen)
            assert {deck.name for deck in app.screen.session.decks} == names
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen)


async def test_counts_are_new_on_coming_back(home: Home, decks: list[Path]) -> None:
    app = QuizApp(home, decks)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        await pilot.press("space", "4")
        await pilot.pause()
        assert "Enter home" in on_screen(app).splitlines()[-1]
        await pilot.press("enter")
        await pilot.pause()
        assert row(app, "Two") == ["Two", "0", "0", "0"] and "1 done" in on_screen(app)


async def test_another_day_shows_though_no_key_was_pressed(
    home: Home, decks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = local_now()
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    recorder.review("two/c", recorder.standings.preview("two/c", now)["easy"], now, Given(took_s=60))
    recorder.close()
    later = now + timedelta(days=40)
    app = QuizApp(home, decks)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("end")
        assert row(app, "Two") == ["Two", "0", "0", "0"]
        monkeypatch.setattr("quizapp.ui.screens.home.local_now", lambda: later)
        timer = next(timer for timer in app.screen._timers if timer._interval == 60)
        assert timer._callback is not None
        timer._callback()
        await pilot.pause()
        assert row(app, "Two") == ["Two", "0", "0", "1"] and f"{later:%Y-%m-%d %H:%M}" in on_screen(app)
        assert app.screen.query_one(OptionList).highlighted == 2  # the line one was on


@pytest.mark.parametrize("width", [30, 80, 200])
async def test_help_stays_on_the_bar_however_little_room_there_is(home: Home, decks: list[Path], width: int) -> None:
    app = QuizApp(home, decks)
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        await pilot.pause()
        bar = on_screen(app).splitlines()[-1]
        assert "Enter study" in bar and "? more" in bar
        await pilot.click("KeyBar", offset=(bar.index("? more"), 0))
        await pilot.pause()
        assert not isinstance(app.screen, HomeScreen)


async def test_more_decks_than_lines_scroll(home: Home, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"d{number:02}.yaml").write_text(TWO.replace("Two", f"Deck {number}"))
    app = QuizApp(home, [tmp_path])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for rows in (24, 14):
            await resize(pilot, 80, rows)
            await pilot.press("home")
            await pilot.pause()
            assert "Deck 29" not in on_screen(app)
            await pilot.press("end")
            await pilot.pause()
            lines = on_screen(app).splitlines()
            assert row(app, "Deck 29") == ["Deck", "29", "1", "0", "0"]
            assert lines[0].startswith("╭─ Today") and lines[0].endswith("╮") and "? more" in lines[-1]


async def test_home_turns_its_language_at_once(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("title: {en: A deck, zh: 一个题库}\ncards:\n  - {q: Q?, a: A}\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A deck" in on_screen(app) and "new" in on_screen(app)
        await pilot.press("l")
        await pilot.pause()
        assert "一个题库" in on_screen(app) and "A deck" not in on_screen(app) and "new" not in on_screen(app)
