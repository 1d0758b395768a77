"""Home: what waits, the day in a line, and one key to begin."""

import re
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from seen import on_screen, plain, resize, the, until
from textual.dom import DOMNode
from textual.geometry import Region
from textual.widgets import OptionList

from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules, local_now, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.study.interview import Asked, Terms, start_interview
from quizapp.study.interview_store import keep_in
from quizapp.ui.app import QuizApp
from quizapp.ui.panel import Panel
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.study import StudyScreen

ONE = "title: One\ncards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: A}}\n" for i in range(12))
TWO = "title: Two\ncards:\n  - {id: c, q: Other, a: A}\n"


@pytest.fixture
def decks(tmp_path: Path) -> list[Path]:
    (tmp_path / "one.yaml").write_text(ONE)
    (tmp_path / "two.yaml").write_text(TWO)
    return [tmp_path / "one.yaml", tmp_path / "two.yaml"]


def row(app: QuizApp, name: str) -> list[str]:
    """The words of a deck's line, without its bar."""
    lines = [line.strip("│ █") for line in on_screen(app).splitlines()]
    return next((line.split() for line in lines if line.startswith(name)), [])


def studied(home: Home, weeks: int, settings: str = "") -> None:
    """Two decks' cards begun in the last weeks, and some of today's."""
    now = local_now()
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    for ago in range(7 * weeks, -1, -1):
        then = now - timedelta(days=ago)
        for number in range(12):
            key = f"one/c{number}"
            memory = recorder.standings.of(key).memory
            begins = memory.due is None and number * weeks <= 7 * weeks - ago and number < 9
            if begins or (memory.due is not None and ago):
                grade: Grade = "good" if memory.reps % 5 else "easy"
                recorder.review(key, recorder.standings.preview(key, then)[grade], then, Given(took_s=40))
    recorder.close()
    day = study_day(now, 4)
    home.settings.write_text(settings.format(date=day + timedelta(days=12)))


def shows(app: QuizApp, screen: str) -> bool:
    return type(app.screen).__name__ == screen


def regions(app: QuizApp) -> dict[str | None, Region]:
    return {panel.id: panel.region for panel in app.screen.query(Panel).results() if panel.display}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_read_later_fills_in_and_nothing_jumps(
    home: Home, decks: list[Path], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    studied(home, 3, "interview: {date}\ntour: done\n")
    home.interviews.mkdir()
    (home.interviews / f"{study_day(local_now(), 4)}-120000.json").write_text("{}")  # held today: none is due
    bring, fill = HomeScreen._bring_lower, HomeScreen._fill

    async def later(self: HomeScreen) -> None: ...

    monkeypatch.setattr("quizapp.ui.widgets.home_panels.FEWEST_SEEN", 5)
    monkeypatch.setattr(HomeScreen, "_bring_lower", later)
    monkeypatch.setattr(HomeScreen, "_fill", lambda self: None)
    app = QuizApp(home, decks)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        screen, first, places = the(app, HomeScreen), on_screen(app), regions(app)
        assert "in 12 days" in first and "days in a row" in first and "about" in first
        assert ("with plan" in first or "with the plan" in first) and "s an answer" in first and "%" not in first
        await bring(screen)
        fill(screen)
        await until(pilot, lambda: "recalled this week" in on_screen(app))
        filled = on_screen(app)
        assert {id: region for id, region in regions(app).items() if id in places} == places
        for before, after in zip(first.splitlines(), filled.splitlines(), strict=True):
            assert all(old in " ░" or old == new for old, new in zip(before, after, strict=True)), (before, after)
        assert filled.count("%") == 2 and "█" in filled
        assert "Half a year" in filled and "■" in filled


async def test_a_fresh_home_shows_no_noughts_of_what_there_is_not(home: Home, decks: list[Path]) -> None:
    app = QuizApp(home, decks)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "Every day that you study" in on_screen(app))
        shown = on_screen(app)
        assert "When is it? r sets the date" in shown and "Nothing was left halfway. i is a mock" in plain(app)
        assert not any(word in shown for word in ("done", "in a row", "%", "█", "░", "…"))
        new = row(app, "Everything")[2]
        assert f"{new} cards to go" in shown and row(app, "Everything") == ["Everything", "0", new, "0/13"]


async def test_what_waits_has_its_number_and_leads_there(
    home: Home, decks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interview that was left, and a changed deck with errors."""
    begun = start_interview([Asked(f"one/c{i}", 60) for i in range(4)], Terms(minutes=9, way="typed"), local_now())
    kept = keep_in(home.interviews, begun)
    kept.interview = msgspec.structs.replace(begun, at=2)
    kept.save()
    opened: list[tuple[Path, int]] = []

    def note(node: DOMNode, file: Path, line: int) -> str:
        opened.append((file, line))
        return ""

    monkeypatch.setattr("quizapp.ui.editor.open_editor", note)
    app = QuizApp(home, decks)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "1  mock interview, question 3 of 4" in on_screen(app))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, InterviewScreen))
        assert "Question 2" in on_screen(app)
        app.pop_screen()
        decks[1].write_text(TWO + "  - {id: d, q: No answer}\n  - {id: e, question: Q, a: A}\n")
        app.context.reload()
        await until(pilot, lambda: "2  two.yaml:4:" in on_screen(app))
        assert "(and 1 more)" in plain(app)
        await pilot.press("3", "2")
        assert opened == [(decks[1], 4)]
        waits = app.screen.query_one("#waits").region
        await pilot.click(offset=(waits.x + 6, waits.y + 2))
        assert opened == [(decks[1], 4)] * 2
        decks[1].write_text(TWO)
        kept.path.unlink()
        app.context.reload()
        await until(pilot, lambda: "Go on with" not in on_screen(app))


async def test_a_click_on_a_panel_leads_to_what_it_is_about(home: Home, decks: list[Path]) -> None:
    app = QuizApp(home, decks)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "Half a year" in on_screen(app))
        for panel, screen in {"today": "Study", "interview": "Readiness", "days": "Stats"}.items():
            await pilot.click(f"#{panel}")
            await until(pilot, partial(shows, app, f"{screen}Screen"))
            app.pop_screen()
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        decks_at = app.screen.query_one("#decks").region
        await pilot.click(offset=(decks_at.x + 4, decks_at.y + 3))
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))
        assert [deck.name for deck in the(app, StudyScreen).session.decks] == ["two"]


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
        await pilot.press("b")  # the cursor is still on the second deck
        browse = the(app, BrowseScreen)
        assert browse.list.search.value == 'deck:"two" ' and browse.card is not None and browse.card.deck == "two"
        await pilot.press("escape", "up", "up", "b")
        assert the(app, BrowseScreen).list.search.value == ""


@pytest.mark.parametrize("code", ["true", "false"])
async def test_no_limit_is_named_for_what_is_never_asked(home: Home, tmp_path: Path, code: str) -> None:
    one = tmp_path / "one.yaml"
    one.write_text("cards:\n  - {id: c0, q: Q, a: A}\n  - {id: w, type: code, q: W, code: kd_loss}\n")
    recorder, then = Recorder(open_standings(home.root, rules=Rules())), local_now() - timedelta(days=21)
    recorder.review("one/c0", recorder.standings.preview("one/c0", then)["easy"], then)
    recorder.close()
    home.settings.write_text(f"tour: done\ncode_cards: {code}\nnew_code_per_day: 0\n")
    app = QuizApp(home, [one])
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "1 card to go" in on_screen(app))
        assert ("Today's limit was 0 code cards" in on_screen(app)) is (code == "true")


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
        assert row(app, "Two") == ["Two", "0", "0", "1/1", "not", "yet"] and "1 of" in on_screen(app)


async def test_another_day_shows_though_no_key_was_pressed(
    home: Home, decks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = local_now()
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    recorder.review("two/c", recorder.standings.preview("two/c", now)["easy"], now, Given(took_s=60))
    recorder.close()
    later = now.replace(hour=12) + timedelta(days=40)
    app = QuizApp(home, decks)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("end")
        assert row(app, "Two") == ["Two", "0", "0", "1/1", "not", "yet"]
        for module in ("screens.home", "widgets.home_panels"):
            monkeypatch.setattr(f"quizapp.ui.{module}.local_now", lambda: later)
        timer = next(timer for timer in app.screen._timers if timer._interval == 60)
        assert timer._callback is not None
        timer._callback()
        await pilot.pause()
        assert row(app, "Two")[:4] == ["Two", "1", "0", "1/1"] and f"{later:%Y-%m-%d %H:%M}" in on_screen(app)
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
            assert row(app, "Deck 29")[:2] == ["Deck", "29"] and row(app, "Deck 29")[-1] == "0/1"
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


async def test_a_deck_that_comes_while_one_is_elsewhere_is_there_on_coming_back(home: Home, decks: list[Path]) -> None:
    app = QuizApp(home, [decks[0].parent])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma", "k")  # two screens away
        (decks[0].parent / "three.yaml").write_text(TWO.replace("Two", "Three"))
        app.context.reload()
        await until(pilot, lambda: len(app.context.desk.library.decks) == 3)
        await pilot.press("l", "l", "l", "escape", "escape")  # each language is told to every screen
        await until(pilot, lambda: row(app, "Three")[-1:] == ["0/1"])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("", r"essentials \(most asked\) need \d+ min a day, not 5 "),
        ("new_per_day: 1\n", "not all essentials fit, however many minutes a day "),
    ],
)
async def test_the_interview_says_which_minutes_hold_the_essentials_or_that_none_do(
    home: Home, tmp_path: Path, more: str, says: str
) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(
        f"interview: {study_day(local_now(), 4) + timedelta(days=12)}\ntour: done\nminutes_per_day: 5\n{more}"
    )
    (tmp_path / "one.yaml").write_text("cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A}}\n" for i in range(60)))
    app = QuizApp(home, [tmp_path / "one.yaml"])
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: re.search(says, on_screen(app)) is not None)
