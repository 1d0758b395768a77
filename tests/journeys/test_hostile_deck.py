"""A deck that would be markup, links or escapes is shown as it was written, on every screen that shows cards."""

from pathlib import Path

import pytest
from seen import on_screen

from quizapp.paths import Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp

EVIL = "[bold red]x[/] [@click=app.quit]y[/] [/nothing] [link=file:///etc/passwd]z[/link] \\e]0;owned\\a\\e[31mw\\u202e"
DECK = f"""title: "{EVIL}"
cards:
  - {{id: a, tags: ["{EVIL}"], q: "{EVIL}", a: "{EVIL}", points: ["{EVIL}"], why: "{EVIL}", refs: ["{EVIL}"]}}
  - {{id: b, type: choice, q: "1 {EVIL}", choices: [{{text: "{EVIL}", ok: true}}, {{text: b, why: "{EVIL}"}}]}}
  - {{id: c, type: fix, source: {{book: "{EVIL}", says: "2 {EVIL}"}}, a: "{EVIL}"}}
  - {{id: d, type: order, q: "3 {EVIL}", items: [a, "{EVIL}"]}}
  - {{id: e, type: cloze, text: "{{{{c1::{EVIL}::{EVIL}}}}}"}}
  - {{id: f, type: numeric, q: "4 {EVIL}", answer: {{value: 1, unit: "[/]"}}, traps: [{{value: 2, why: "{EVIL}"}}]}}
"""


def harmless(app: QuizApp) -> bool:
    seen = on_screen(app)
    return app.is_running and not any(sign in seen for sign in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("key", ["b", "h", "z", "i", "d", "enter"])
async def test_every_screen_shows_it_as_text(home: Home, tmp_path: Path, key: str) -> None:
    (tmp_path / "evil.yaml").write_text(DECK, encoding="utf-8")
    app = QuizApp(home, [tmp_path / "evil.yaml"])
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("escape", key)
        await pilot.pause()
        assert harmless(app)
        for pressed in ("down", "space", "4", "enter", "space", "3") if key != "i" else ("down", "up"):
            await pilot.press(pressed)
            await pilot.pause()
            assert harmless(app)


async def test_a_question_in_markup_is_read_as_it_stands(home: Home, tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_text(DECK, encoding="utf-8")
    app = QuizApp(home, [tmp_path / "evil.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "[bold red]x[/] [@click=app.quit]y[/] [/nothing]" in on_screen(app)
        for _ in range(6):
            await pilot.press("space", "space", "4")
            await pilot.pause()
            assert harmless(app)
