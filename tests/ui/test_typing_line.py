"""A line to type in: Ctrl+Z takes typing back, a letter is a key where no letter goes, pasting is clean."""

from collections.abc import Callable
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot

from quizapp.ui.widgets.line import Line


class Desk(App[None]):
    """A line, and an undo of its own for Ctrl+Z and u."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u,ctrl+z", "undo", "Undo"), Binding("e", "edit", "Edit")]

    def __init__(self, make: Callable[[], Line]) -> None:
        super().__init__()
        self.make = make
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.make()

    @property
    def line(self) -> Line:
        return self.query_one(Line)

    def action_undo(self) -> None:
        self.done.append("undo")

    def action_edit(self) -> None:
        self.done.append("edit")


async def test_ctrl_z_takes_typing_back_step_by_step_and_nothing_else() -> None:
    app = Desk(lambda: Line(value="old"))
    async with app.run_test() as pilot:
        line = app.line
        line.cursor_position = 3
        await pilot.press("e", "r", "backspace")
        line.post_message(events.Paste(" and more"))
        await pilot.pause()
        assert line.value == "olde and more"
        for before in ("olde", "older", "olde", "old", "old", "old"):
            await pilot.press("ctrl+z")
            assert line.value == before
        assert line.cursor_position == 3 and app.done == []
        await pilot.press("ctrl+u", "ctrl+z")
        assert line.value == "old" and line.cursor_position == 3


async def test_what_a_line_begins_with_is_not_taken_back() -> None:
    app = Desk(Line)
    async with app.run_test() as pilot:
        await pilot.press("x")
        app.line.begin("2026-12-10")
        await pilot.press("ctrl+z")
        assert app.line.value == "2026-12-10"
        await pilot.press("backspace", "1", "ctrl+z", "ctrl+z")
        assert app.line.value == "2026-12-10"


async def test_a_line_keeps_a_bounded_past() -> None:
    app = Desk(Line)
    async with app.run_test() as pilot:
        for number in range(500):
            app.line.value = str(number)
        assert len(app.line._steps) <= 201
        await pilot.press("ctrl+z")
        assert app.line.value == "498"


@pytest.mark.parametrize(
    ("make", "keys", "value", "done"),
    [
        (lambda: Line(), "u e u", "ueu", []),
        (lambda: Line(type="number"), "u 1 u", "1", ["undo", "undo"]),
        (lambda: Line(type="number"), "e minus 1 e 3", "-1e3", ["edit"]),
        (lambda: Line(type="integer"), "4 2 u", "42", ["undo"]),
    ],
)
async def test_a_letter_that_no_number_has_is_a_key(
    make: Callable[[], Line], keys: str, value: str, done: list[str]
) -> None:
    app = Desk(make)
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert (app.line.value, app.done) == (value, done)


async def test_keys_typed_at_once_are_done_in_their_order() -> None:
    app = Desk(lambda: Line(value="--", select_on_focus=False))
    async with app.run_test() as pilot:
        for key in ("end", "backspace", "backspace", "7", "6", "left", "8", "ctrl+z"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert app.line.value == "76"


async def test_keys_that_move_and_delete_are_the_lines_own() -> None:
    app = Desk(Line)
    async with app.run_test() as pilot:
        await pilot.press("1", "2", "left", "3", "home", "delete", "end", "4", "backspace", "5")
        assert app.line.value == "325"


async def test_what_is_pasted_is_clean() -> None:
    app = Desk(Line)

    async def paste(pilot: Pilot[None], said: str) -> str:
        app.line.post_message(events.Paste(said))
        await pilot.pause()
        return app.line.value

    async with app.run_test() as pilot:
        assert await paste(pilot, "a\x1b[31mb\u202e") == "ab"
