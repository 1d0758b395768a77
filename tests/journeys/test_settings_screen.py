"""Settings on their screen: turned, typed, refused, held at once and written; a broken file left alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from seen import on_screen, plain, resize, until
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Select

from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.settings import ASKED, FIELDS, Settings
from quizapp.settings_file import SettingsError, read_settings
from quizapp.ui import preferences
from quizapp.ui.app import QuizApp
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.keys import KeysScreen
from quizapp.ui.screens.settings import SettingsScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.controls import OneOf, OnOff, ValueLine
from quizapp.ui.widgets.form import Form, FormRows

FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"


def put(home: Home, text: str) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(text)


def control(app: QuizApp, name: str) -> Widget:
    return next(one for one in app.screen.query_one(FormRows).children if one.name == name)


def choose(app: QuizApp, name: str) -> None:
    control(app, name).focus()


def line(app: QuizApp, name: str) -> ValueLine:
    found = control(app, name)
    assert isinstance(found, ValueLine)
    return found


async def test_who_leaves_before_all_rows_are_there_just_leaves(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            open_screen(app, "settings")
            opened = app.screen
            opened.dismiss()
            await pilot.pause()
            assert len(app.screen_stack) == 1
        await pilot.press("comma")
        await pilot.pause()
        rows = app.screen.query_one(FormRows)
        assert [one.name for one in rows.children] == list(ASKED)
        assert all(str(one.value) in one.choices for one in rows.query(OneOf)) and "Select" not in on_screen(app)
        await pilot.press("end", "up")  # what was not there with the first picture, too
        await until(pilot, lambda: "▸ Keys" in on_screen(app))
        assert "Select" not in on_screen(app)


@pytest.mark.parametrize("size", [(80, 24), (110, 30), (120, 40)])
async def test_that_a_letter_is_no_number_stands_whole_beside_it(home: Home, size: tuple[int, int]) -> None:
    app = QuizApp(home)
    async with app.run_test(size=size) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        choose(app, "minutes_per_day")
        await pilot.press("a")
        await until(pilot, lambda: "✗ Numbers only." in on_screen(app))


async def test_what_the_focus_comes_to_is_not_styled_anew_with_all_that_is_in_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24)) as pilot:
        styled: list[object] = []
        apply = app.stylesheet.apply

        def counted(node: DOMNode, **how: Any) -> None:
            styled.append(node)
            apply(node, **how)

        monkeypatch.setattr(app.stylesheet, "apply", counted)
        await pilot.press("comma")
        await pilot.pause()
        lines = list(app.screen.query(ValueLine))
        assert len(lines) > 10 and [styled.count(line) for line in lines] == [1] * len(lines)
        border = app.screen.query_one(Form).styles.border_top
        app.screen.set_focus(None)
        await pilot.pause()
        assert app.screen.query_one(Form).styles.border_top != border  # which says whether the keys go there


@pytest.mark.parametrize(("language", "size"), [("en", (60, 20)), ("zh", (80, 24)), ("en", (120, 40))])
async def test_every_setting_has_a_row_and_a_line_about_it(home: Home, size: tuple[int, int], language: str) -> None:
    put(home, f"language: {language}\n")
    app = QuizApp(home)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        for name in ASKED:
            field = FIELDS[name]
            choose(app, name)
            title, about = field.title.says(app.context.language), field.about.says(app.context.language)
            here = f"▸{title}".replace(" ", "")  # once what is said of it has taken its lines from the rows
            await until(pilot, lambda: here in on_screen(app).replace("\n", "").replace(" ", ""))  # noqa: B023
            shown = on_screen(app).replace("\n", "").replace(" ", "")
            assert title.replace(" ", "") in shown
            assert about.replace(" ", "")[:20] in shown
            assert here in shown and shown.count("▸") == 1
        assert size < (120, 40) or app.screen.query_one(Form).max_scroll_y == 0
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
    assert home.settings.read_text() == f"language: {language}\n"


async def test_what_is_chosen_holds_at_once_and_the_file_follows(home: Home) -> None:
    put(home, "# mine\nnew_per_day: 10  # few\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert " 10 " in on_screen(app)
        await pilot.press("comma")
        await pilot.pause()
        choose(app, "new_per_day")
        await pilot.press("0", "enter")
        await pilot.pause()
        assert app.context.desk.settings.new_per_day == 0
        await pilot.press("5", "enter")
        choose(app, "retention")
        await pilot.press(*"0.92", "down")  # leaving it is enough
        choose(app, "ascii")
        await pilot.press("right", "right")
        choose(app, "language")
        await pilot.press("left", "right", "right")  # before the first there is none
        await pilot.pause()
        assert app.context.shown == "zh" and "每天新卡" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert " 5 " in on_screen(app)
    assert home.settings.read_text() == "# mine\nnew_per_day: 5  # few\nretention: 0.92\nascii: true\nlanguage: zh\n"


async def test_what_is_typed_is_refused_with_the_sentence_of_the_file(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        for name, wrong, right, value in (
            ("new_per_day", "many", "7", 7),
            ("retention", "1.5", "0.85", 0.85),
            ("learning_steps", "1, x", "1, 5 20", (1, 5, 20)),
            ("relearning_steps", "0", "15", (15,)),
            ("interview", "soon", "2027-01-31", date(2027, 1, 31)),
        ):
            choose(app, name)
            field = line(app, name)
            field.value = wrong
            await pilot.press("enter")
            await pilot.pause()
            assert field.has_focus and "✗ not taken" in on_screen(app)
            assert getattr(app.context.desk.settings, name) == getattr(Settings(), name)
            put(home, f"{name}: {wrong if 'steps' not in name else f'[{wrong}]'}\n")
            with pytest.raises(SettingsError) as error:
                read_settings(home.settings)
            home.settings.unlink()
            named, _, said = str(error.value).partition(":1: ")[2].partition(" should be")
            assert named == name and f"“{FIELDS[name].title}” should be{said}" in plain(app)
            field.value = right
            await pilot.press("enter")
            await pilot.pause()
            assert "not taken" not in on_screen(app)
            assert getattr(app.context.desk.settings, name) == value == getattr(read_settings(home.settings), name)
            await pilot.press("backspace", "enter")  # nothing is the usual value
            await pilot.pause()
            assert getattr(app.context.desk.settings, name) == getattr(Settings(), name)
            assert name not in home.settings.read_text()
        choose(app, "rollover")
        await pilot.press("9", "escape")  # typed, and thought better of
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen) and app.context.desk.settings.rollover == 4
        assert line(app, "rollover").value == "4"


async def test_what_is_left_wrong_stays_to_be_mended_and_a_letter_is_a_key(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        choose(app, "rollover")
        await pilot.press("2", "5", "down", "k")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)  # a number has no k
        await pilot.press("escape")
        await pilot.pause()
        assert "✗ not taken" in on_screen(app) and "should be a whole number" not in on_screen(app)
        await pilot.press("up")
        await pilot.pause()
        assert "“Day begins at, h” should be a whole number from 0 to 23, but is 25" in on_screen(app)
        await pilot.press("2", "down")
        await pilot.pause()
        assert app.context.desk.settings.rollover == 2 and "not taken" not in on_screen(app)
        choose(app, "timer")
        await pilot.press("space")
        await pilot.pause()
        assert not app.context.desk.settings.timer
        await pilot.press("backspace")
        await pilot.pause()
        assert app.context.desk.settings.timer
    assert home.settings.read_text() == "rollover: 2\n"


async def click_on(pilot: Pilot[None], words: str, *, last: bool = False) -> None:
    lines = on_screen(pilot.app).splitlines()
    places = [(text.index(words), y) for y, text in enumerate(lines) if words in text]
    await pilot.click(offset=places[-1 if last else 0])
    await pilot.pause()


async def test_the_mouse_switches_chooses_and_types(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        await pilot.click(control(app, "ascii"))
        await pilot.pause()
        assert app.context.desk.settings.ascii and isinstance(app.focused, OnOff)
        await pilot.click(app.focused)
        await pilot.pause()
        assert not app.context.desk.settings.ascii
        await pilot.click(control(app, "language"))
        await pilot.pause()
        await click_on(pilot, "English and Chinese")
        assert app.context.desk.settings.language == "both" and isinstance(app.focused, OneOf)
        assert not app.screen.query(Select).first().expanded
        await pilot.click(line(app, "reviews_per_day"))
        await pilot.press("end", "0")
        await pilot.click(line(app, "rollover"))
        await pilot.pause()
        assert line(app, "rollover").has_focus and app.context.desk.settings.reviews_per_day == 2000
        control(app, "keys").focus()
        await pilot.pause()
        await pilot.click(control(app, "keys"))
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)


@pytest.mark.parametrize("text", ["language: zh\nrollover: 25\n", "[", "rollover: 4\nrollover: 5\n"])
async def test_a_broken_file_is_shown_and_left_alone(home: Home, text: str) -> None:
    put(home, text)
    app = QuizApp(home)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert "settings.yaml:" in on_screen(app)
        choose(app, "ascii")
        await pilot.press("right")
        await pilot.pause()
        assert app.context.desk.settings.ascii
        assert any("settings.yaml" in said.text and said.severity == "warning" for said in app.context.notices)
        await pilot.press("escape")
        await pilot.press("l")
        await pilot.pause()
        assert home.settings.read_text() == text
        put(home, "motion: false\n")  # mended meanwhile
        await pilot.press("comma")
        await pilot.pause()
        assert app.animation_level == "none"
        assert not app.screen.query_one("#settings-fault").display and "✗" not in on_screen(app)


async def test_settings_hold_in_the_sitting_under_way(home: Home) -> None:
    home.root.mkdir()
    home.settings.write_text("minutes_per_day: 600\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen) and screen.card is not None
        open_screen(app, "settings")
        await pilot.pause()
        choose(app, "learning_steps")
        await pilot.press(*"30", "enter")
        choose(app, "confidence")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert app.screen is screen
        due = app.context.desk.standings.preview(screen.card.key, local_now())["again"].memory.due
        assert due is not None and timedelta(minutes=29) < due - local_now() < timedelta(minutes=31)
        await pilot.press("3")
        await pilot.pause()
        assert "Fairly sure" in on_screen(app) and screen.session.counts.new == 19
        preferences.change(app, "new_per_day", 1)  # which was asked already
        await pilot.press("space", "3")
        await pilot.pause()
        assert screen.session.counts.new == 0


async def test_a_disk_that_is_full_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QuizApp(home)
    async with app.run_test(notifications=True) as pilot:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("quizapp.disk.replace", full)
        await pilot.press("comma")
        await pilot.pause()
        choose(app, "motion")
        await pilot.press("left")
        await pilot.pause()
        assert not app.context.desk.settings.motion
        assert "settings.yaml cannot be written: No space left on device." in on_screen(app)
        assert "until you quit" in on_screen(app)
        await pilot.press("escape", "l")
        await pilot.pause()
        assert "磁盘已满" in app.context.notices[-1].text and "退出前" in app.context.notices[-1].text
        monkeypatch.undo()


async def test_a_theme_chosen_in_the_palette_is_kept_and_a_wrong_one_is_said(home: Home) -> None:
    put(home, "theme: nrod\n")
    app = QuizApp(home)
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert "Did you mean nord?" in app.context.notices[0].text
        app.theme = "high-contrast"
        await pilot.pause()
        await pilot.pause()
    assert home.settings.read_text() == "theme: high-contrast\n"
    assert QuizApp(home).context.desk.settings.theme == "high-contrast"


async def test_in_ascii_what_is_typed_is_seen(home: Home) -> None:
    put(home, "ascii: true\nnew_per_day: 37\n")
    app = QuizApp(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert " 37 " in on_screen(app) and on_screen(app).isascii()


async def test_the_accent_goes_along_with_the_focus_and_the_panel_is_wide_or_narrow_at_once(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("comma")
        assert app.screen.has_class("-wide") and not app.screen.has_class("-narrow")
        await pilot.pause()

        def inks() -> list[bool]:
            accent = app.screen.query_one(Form).styles.border_top[1]
            return [control(app, name).query_one("#label").styles.color == accent for name in ("language", "theme")]

        assert inks() == [True, False]
        await pilot.press("down")
        await pilot.pause()
        assert inks() == [False, True]
        await pilot.press("shift+tab")
        await pilot.pause()
        assert inks() == [True, False]
        await resize(pilot, 80, 24)
        assert app.screen.has_class("-narrow") and not app.screen.has_class("-wide")


async def test_an_examiners_address_is_looked_at_and_a_key_itself_is_taken_nowhere(home: Home) -> None:
    app, key = QuizApp(home), "sk-" + "5eCre7" * 40
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        for name, wrong, why, right in (
            ("examiner_address", "localhost:11434", "is no address of an examiner", "http://localhost:11434/v1"),
            ("examiner_address", "http://gpu.example/v1", "can be read on the way", "https://gpu.example/v1"),
            ("examiner_key", key, "names what holds the key, and is not the key", "env:A_KEY"),
        ):
            choose(app, name)
            line(app, name).value = wrong
            await pilot.press("enter")
            await pilot.pause()
            assert why in plain(app) and getattr(app.context.desk.settings, name) != wrong
            assert not home.settings.exists() or wrong not in home.settings.read_text()
            line(app, name).value = right
            await pilot.press("enter")
            await pilot.pause()
            assert getattr(read_settings(home.settings), name) == right and "not taken" not in on_screen(app)
    assert key[:20] not in "".join(notice.text for notice in app.context.notices)
