"""Settings on their screen: turned, typed, refused, held at once and written; a broken file left alone."""

from datetime import date, timedelta

import pytest
from seen import on_screen
from textual.widgets import Input, Static

from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.settings import FIELDS, Settings
from quizapp.settings_file import SettingsError, read_settings
from quizapp.ui import preferences
from quizapp.ui.app import QuizApp
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.settings import SettingsScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.setting_rows import SettingRows

FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"


def put(home: Home, text: str) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(text)


def choose(app: QuizApp, name: str) -> None:
    rows = app.screen.query_one(SettingRows)
    rows.highlighted = rows.get_option_index(name)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_setting_has_a_row_and_a_line_about_it(home: Home, size: tuple[int, int], language: str) -> None:
    put(home, f"language: {language}\n")
    app = QuizApp(home)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        for name, field in FIELDS.items():
            choose(app, name)
            await pilot.pause()
            shown = on_screen(app).replace("\n", "").replace(" ", "")
            title, about = field.title.says(app.context.language), field.about.says(app.context.language)
            assert title.replace(" ", "") in shown
            assert about.replace(" ", "")[:20] in shown
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
    assert home.settings.read_text() == f"language: {language}\n"


async def test_arrows_turn_and_the_file_follows(home: Home) -> None:
    put(home, "# mine\nnew_per_day: 10  # few\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert " 10 " in on_screen(app)
        await pilot.press("comma")
        await pilot.pause()
        choose(app, "new_per_day")
        await pilot.press("left", "left", "left")  # 0 is as low as it goes
        await pilot.pause()
        assert app.context.desk.settings.new_per_day == 0
        await pilot.press("right")
        choose(app, "retention")
        await pilot.press("right", "right")
        choose(app, "ascii")
        await pilot.press("right")
        choose(app, "language")
        await pilot.press("left", "enter", "enter")
        await pilot.pause()
        assert app.context.shown == "zh" and "每天新卡" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert " 5 " in on_screen(app)
    assert home.settings.read_text() == "# mine\nnew_per_day: 5  # few\nretention: 0.92\nascii: true\nlanguage: zh\n"


async def test_what_is_typed_is_refused_with_the_sentence_of_the_file(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
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
            await pilot.press("enter")
            field = app.screen.query_one(Input)
            assert field.has_focus
            field.value = wrong
            await pilot.press("enter")
            await pilot.pause()
            assert getattr(app.context.desk.settings, name) == getattr(Settings(), name)
            put(home, f"{name}: {wrong if 'steps' not in name else f'[{wrong}]'}\n")
            with pytest.raises(SettingsError) as error:
                read_settings(home.settings)
            home.settings.unlink()
            said = str(error.value).partition(":1: ")[2]
            assert f"{name} should be" in said and said in on_screen(app)
            field.value = right
            await pilot.press("enter")
            await pilot.pause()
            assert getattr(app.context.desk.settings, name) == value == getattr(read_settings(home.settings), name)
            await pilot.press("backspace")
            await pilot.pause()
            assert getattr(app.context.desk.settings, name) == getattr(Settings(), name)
            assert name not in home.settings.read_text()
        choose(app, "rollover")
        await pilot.press("enter", "9", "escape")  # typed, and thought better of
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen) and app.context.desk.settings.rollover == 4


async def test_the_mouse_turns_chooses_and_types(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        lines = on_screen(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "Reviews a day" in line)
        for _ in range(2):
            await pilot.click(offset=(lines[y].index(">"), y))
            await pilot.pause()
        assert app.context.desk.settings.reviews_per_day == 220
        await pilot.click(offset=(lines[y].index("<"), y))
        await pilot.pause()
        assert app.context.desk.settings.reviews_per_day == 210
        await pilot.click(offset=(3, y))
        await pilot.pause()
        assert app.screen.query_one(Input).has_focus
        await pilot.press("escape")
        await pilot.click(offset=(3, y + 1))
        await pilot.pause()
        assert (
            not app.screen.query_one(Input).display
            and app.screen.query_one(SettingRows).chosen == "learn_ahead_minutes"
        )


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
        assert "settings.yaml:" not in str(app.screen.query_one("#settings-head", Static).render())


async def test_settings_hold_in_the_sitting_under_way(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen) and screen.card is not None
        open_screen(app, "settings")
        await pilot.pause()
        choose(app, "learning_steps")
        await pilot.press("enter")
        app.screen.query_one(Input).value = "30"
        await pilot.press("enter")
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
