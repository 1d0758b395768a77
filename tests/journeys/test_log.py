"""Messages stay readable after they went away."""

from errno import ENOSPC
from pathlib import Path

import pytest
from seen import on_screen, until
from textual.containers import VerticalScroll
from textual.events import DeliveryFailed

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.log import LogScreen


async def test_every_message_of_the_run_is_in_the_log_newest_first(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("f12")
        await pilot.pause()
        assert "Nothing was said in this run." in on_screen(app)
        await pilot.press("escape")
        app.notify("The first.", markup=False)
        app.screen.notify("The second.", severity="warning", markup=False)
        app.screen.query_one("OptionList").notify("The third.", severity="error", timeout=0.01, markup=False)
        await until(pilot, lambda: len(app.context.notices) == 3)
        app.clear_notifications()
        await pilot.press("f12")
        await pilot.pause()
        shown = on_screen(app)
        assert shown.index("The third.") < shown.index("The second.") < shown.index("The first.")
        assert "✗ error" in shown and "! warning" in shown and "information" in shown
        await pilot.press("l")
        await pilot.pause()
        assert "消息" in on_screen(app) and "警告" in on_screen(app)
        await pilot.press("f12")  # already there
        await pilot.pause()
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_what_textual_would_say_is_said_in_the_users_language(home: Home, tmp_path: Path) -> None:
    home.root.mkdir()
    home.settings.write_text("language: zh\n", encoding="utf-8")
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        app.deliver_screenshot("home.svg", str(tmp_path))
        await until(pilot, lambda: len(app.context.notices) == 2)
        quits, saved = (notice.text for notice in app.context.notices)
        assert quits == "要退出，请按 Ctrl+Q。" and saved == f"截图已保存：{tmp_path / 'home.svg'}"
        assert (tmp_path / "home.svg").exists()
        app.post_message(DeliveryFailed("", OSError(ENOSPC, ""), "screenshot"))
        await until(pilot, lambda: len(app.context.notices) == 3)
        assert app.context.notices[-1].text == "截图没有保存：磁盘已满"


async def test_what_was_said_of_an_act_stays_behind_on_its_screen(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        app.notify("Added.", timeout=6, markup=False)
        app.notify("Sure?", severity="warning", markup=False)
        app.notify("A deck is amiss.", severity="warning", timeout=10, markup=False)
        app.notify("The disk is full.", severity="error", markup=False)
        await until(pilot, lambda: len(app._notifications) == 4)
        await pilot.press("z")
        await until(pilot, lambda: len(app._notifications) < 4)
        assert [said.message for said in app._notifications] == ["A deck is amiss.", "The disk is full."]
        app.notify("Said here.", severity="warning", markup=False)
        await until(pilot, lambda: len(app._notifications) == 3)
        await pilot.press("tab")  # which leads to no other screen
        await pilot.pause()
        assert len(app._notifications) == 3


async def test_what_is_said_by_keys_in_a_row_is_said_once(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for _ in range(3):
            app.action_language()
        await pilot.pause()
        assert len(app._notifications) == 1


@pytest.mark.parametrize("markup", [True, False])
async def test_what_strangers_wrote_is_shown_as_it_stands(home: Home, markup: bool) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for _ in range(2):
            app.notify("deck [/foo] [x] \x1b]0;owned\x07a\x9bb 卡片", markup=markup)
            await pilot.pause()
        assert "\x1b" not in on_screen(app) and on_screen(app).count("[/foo]") == 1  # it stands there once
        await pilot.press("f12")
        await pilot.pause()
        assert "deck [/foo] [x] ab 卡片" in on_screen(app)


async def test_the_log_scrolls_and_keeps_a_thousand(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(40, 10), notifications=True) as pilot:
        for number in range(1100):
            app.context.notices.append(
                app.context.notices[-1]._replace(text=f"message {number}")
            ) if app.context.notices else app.notify("0")
        app.notify("last", markup=False)
        assert len(app.context.notices) == 1000
        app.clear_notifications()
        app.action_log()
        await pilot.pause()
        assert isinstance(app.screen, LogScreen)
        await pilot.press("end")
        scroll = app.screen.query_one(VerticalScroll)
        await until(pilot, lambda: scroll.scroll_y > 1000)
        assert scroll.scroll_y > 1000
