"""The interview date, what to expect on it, and the plan, through the real app with keys and mouse."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from seen import on_screen, plain, until
from textual.pilot import Pilot
from textual.widgets import Input

from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules, local_now, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.settings_file import read_settings
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.readiness import ReadinessScreen

SIZES = [(80, 24), (120, 40), (200, 50)]


def in_days(days: int) -> date:
    return study_day(local_now(), 4) + timedelta(days=days)


@pytest.fixture
def deck(home: Home, tmp_path: Path) -> Path:
    """Thirty cards, of which six were learned three weeks ago and one is suspended."""
    path = tmp_path / "one.yaml"
    path.write_text(
        "title: {en: First deck, zh: 第一个题库}\ncards:\n"
        + "".join(f"  - {{id: c{i}, q: Question {i}, a: A, tags: [tag-{i % 3}]}}\n" for i in range(30))
    )
    then = local_now() - timedelta(days=21)
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    for i in range(6):
        key = f"one/c{i}"
        recorder.review(key, recorder.standings.preview(key, then)["easy" if i else "good"], then)
    recorder.change("one/c29", "suspended", then)
    recorder.close()
    return path


def interview(home: Home, days: int) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f"interview: {in_days(days)}\n")


async def opened(app: QuizApp, pilot: Pilot[None]) -> ReadinessScreen:
    await pilot.pause()
    await pilot.press("r")
    await reckoned(app, pilot)
    screen = app.screen
    assert isinstance(screen, ReadinessScreen)
    return screen


async def reckoned(app: QuizApp, pilot: Pilot[None]) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_set_a_date_and_see_what_to_expect(home: Home, deck: Path) -> None:
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        assert " such as 2" in on_screen(app)  # not a date that one need only take
        assert "When is the interview?" in on_screen(app) and "With a date you see here" in plain(app)
        await pilot.press(*"soon", "enter")
        await pilot.pause()
        await pilot.press("ctrl+u", "enter")
        assert "Type a date, such as 2" in on_screen(app)
        await pilot.press(*"soon", "enter")
        assert "soon is no date. Write year-month-day" in on_screen(app)
        await pilot.press(*str(in_days(20)), "enter")  # in its place
        await reckoned(app, pilot)
        shown = on_screen(app)
        assert f"Interview on {in_days(20)}" in shown and "in 20 days" in shown
        assert screen.focused is screen.query_one("#outlook")  # what one came for
        assert "Expected recall  " in shown and "Today: 6 to review, 9 new" in shown and "All cards" in shown
        assert "23 cards never seen" in shown and "1 suspended card left out" in shown
        assert f"New cards: 9 today, about 10 tomorrow, the last on {in_days(2)}." in plain(app)
        assert "change the date: D" in shown and "on the last 2 days, of the weakest" in plain(app)
        assert read_settings(home.settings).interview == in_days(20)
        await pilot.press("D")
        await pilot.pause()
        app.context.reload()  # a deck changed meanwhile: one goes on typing
        await reckoned(app, pilot)
        assert screen.query_one(Input).value == str(in_days(20)) and screen.query_one(Input).has_focus
        await pilot.press("delete", *"2027", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert screen.query_one(Input).value == str(in_days(20))  # as if nothing had been typed
        await pilot.press("escape")
        await pilot.pause()
        assert "All cards" in on_screen(app) and not screen.query_one("#readiness-ask").display
        await pilot.press("D", *str(in_days(1)), "enter")  # what stood there is selected
        await reckoned(app, pilot)
        assert "tomorrow" in on_screen(app) and "New cards: none, it is too late to begin one." in on_screen(app)
        await pilot.press("D", "delete", "enter")
        await pilot.pause()
        assert read_settings(home.settings).interview is None
        assert "When is the interview?" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_first_line_says_how_many_minutes_would_do_and_one_key_takes_them(home: Home, deck: Path) -> None:
    home.settings.write_text(f"interview: {in_days(4)}\nminutes_per_day: 5\n")
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert screen.found is not None and (enough := screen.found.enough)
        assert f"Essentials need {enough} min a day; you have 5. Change: +" in on_screen(app)
        await pilot.press("plus", "delete", *"4x", "enter")
        await pilot.pause()
        assert "5 to 600" in plain(app)
        await pilot.press("escape", "plus", "enter")
        await reckoned(app, pilot)
        assert read_settings(home.settings).minutes_per_day == enough
        assert screen.found.minutes == enough and "Essentials need" not in on_screen(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "says"), [("en", "First deck"), ("zh", "第一个题库")])
async def test_everything_fits(home: Home, deck: Path, size: tuple[int, int], language: str, says: str) -> None:
    home.settings.write_text(f"interview: {in_days(30)}\nlanguage: {language}\n")
    app = QuizApp(home, [deck])
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(app, pilot)
        if size[1] < 30:  # first only what to expect of all
            assert says not in on_screen(app)
            await pilot.press("o")
            await until(pilot, lambda: says in on_screen(app))
        rows = [line.rstrip() for line in on_screen(app).splitlines()]
        (row,) = (row for row in rows if says in row)
        assert row.count("%") >= 2  # in one line: a topic does not wrap
        assert "  29  " in row
        shown = on_screen(app)
        assert "Question 0" in shown  # the weakest
        assert ("below 90%" if language == "en" else "低于 90%") in shown


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_of_all_decks_the_days_have_their_dates_in_sight(home: Home, language: str) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f"interview: {in_days(20)}\nlanguage: {language}\ntour: done\n")
    app = QuizApp(home)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        assert screen.found is not None and len(screen.found.decks) > 10
        assert f"{in_days(0):%m-%d}  " in on_screen(app).splitlines()[-3], "the last row of the pane"


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_all_panels_are_in_sight_and_each_can_fill_the_screen(
    home: Home, deck: Path, size: tuple[int, int]
) -> None:
    interview(home, 30)
    app = QuizApp(home, [deck])
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await opened(app, pilot)
        heads = {"outlook": "Interview on", "plan": "Each day until then", "short": "Seen, below 90% if you stop now"}
        assert all(head in on_screen(app) for head in heads.values())
        (row,) = (row for row in on_screen(app).splitlines() if "All cards" in row)
        assert row.count("%") >= 2  # it does not wrap where it is narrow
        for name, head in heads.items():
            assert screen.focused is screen.query_one(f"#{name}")
            await pilot.press("f11")
            await until(pilot, lambda: sum(one in on_screen(app) for one in heads.values()) == 1)
            assert [one for one in heads.values() if one in on_screen(app)] == [head]
            await pilot.press("f11", "tab")
            await pilot.pause()


async def test_that_nothing_falls_short_is_said(home: Home, deck: Path) -> None:
    home.settings.write_text(f"interview: {in_days(0)}\nretention: 0.7\n")
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        assert "No card that you have seen falls below 70% by then." in plain(app)


@pytest.mark.parametrize("days", [9, 16, 23, 30])
async def test_the_command_gives_the_same_figures(
    home: Home, deck: Path, quizapp: Callable[..., tuple[int, str, str]], days: int
) -> None:
    interview(home, days)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(app, pilot)
        shown = on_screen(app)
    printed = quizapp("plan", str(deck))[1]
    for topic in ("First deck", "All cards"):
        cards, stop, plan = figures(shown, topic)
        assert figures(printed, topic)[:1] + figures(printed, topic)[3:] == [cards, stop, plan]


def figures(text: str, topic: str) -> list[str]:
    """Cards, where it is printed unseen ones and those left out, and both recalls of the line that begins so."""
    lines = [line.strip("│ ").partition("│")[0] for line in text.splitlines()]
    line = next(line for line in lines if line.startswith(topic))
    return re.findall(r"\d+%?", line.removeprefix(topic))[:5]


async def test_topics_are_decks_or_tags(home: Home, deck: Path) -> None:
    interview(home, 9)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(app, pilot)
        assert "tag-1" not in on_screen(app)
        await pilot.press("o")
        await pilot.pause()
        assert "tag-1" in on_screen(app) and "First deck" not in on_screen(app)
        assert "o by deck" in on_screen(app) and "o by topic" not in on_screen(app)
        await pilot.press("o")
        await until(pilot, lambda: "o by topic" in on_screen(app) and "First deck" in on_screen(app))


async def test_enter_opens_a_card_that_falls_short_and_esc_leads_back_to_it(home: Home, deck: Path) -> None:
    interview(home, 30)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        assert screen.found is not None and "Enter open" not in on_screen(app)
        screen.query_one("#short").focus()
        await pilot.press("down")
        await until(pilot, lambda: "Enter open" in on_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen))
        assert isinstance(app.screen, BrowseScreen) and app.screen.card == screen.found.short[1].card


async def test_cram_the_weakest_without_touching_the_schedule(home: Home, deck: Path) -> None:
    interview(home, 30)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        before = dict(app.context.desk.standings.all)
        await pilot.press("z")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        assert screen.card is not None and screen.card.key == "one/c0"
        assert len(screen.session.cards) == 6
        await pilot.press("space", "3")
        await pilot.pause()
        assert dict(app.context.desk.standings.all) == before


@pytest.mark.parametrize(("days", "says"), [(-1, "was yesterday"), (-40, "40 days ago"), (3000, "at most")])
async def test_a_date_that_makes_no_plan_is_asked_again(home: Home, deck: Path, days: int, says: str) -> None:
    interview(home, days)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        assert says in on_screen(app)
        await pilot.press(*str(in_days(3)), "enter")
        await reckoned(app, pilot)
        assert "in 3 days" in on_screen(app)


@pytest.mark.parametrize("days", [0, 400])
async def test_on_the_day_and_a_year_before(home: Home, deck: Path, days: int) -> None:
    interview(home, days)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(app, pilot)
        assert ("nothing more is planned" if days == 0 else f"in {days} days") in on_screen(app)
        await pilot.press("l", "l")
        await pilot.resize_terminal(80, 24)
        await pilot.press("o")
        await until(pilot, lambda: "First deck / 第一" in on_screen(app))


async def test_a_setting_that_cannot_be_written_holds_until_the_end(home: Home, deck: Path) -> None:
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(app, pilot)
        home.settings.write_text("[nonsense\n")
        await pilot.press(*str(in_days(3)), "enter")
        await reckoned(app, pilot)
        assert "in 3 days" in on_screen(app)
        assert [note.message for note in app._notifications if "until you quit" in note.message]
        assert home.settings.read_text() == "[nonsense\n"


async def test_no_cards_at_all(home: Home, tmp_path: Path) -> None:
    interview(home, 5)
    app = QuizApp(home, [tmp_path])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(app, pilot)
        assert "in 5 days" in on_screen(app)
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, ReadinessScreen)
