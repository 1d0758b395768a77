"""What the editor does by itself: indentation, comments, and nothing else."""

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.look import code_theme, coloured


class Editing(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("M", "note", "")]
    noted = 0

    def action_note(self) -> None:
        self.noted += 1

    def compose(self) -> ComposeResult:
        yield CodeEditor()


async def test_indentation_comments_and_undo() -> None:
    app = Editing()
    async with app.run_test() as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()
        await pilot.press(*"if", "space", *"x:  #", "enter", *"return", "space", "1", "enter", "y")
        assert editor.text == "if x:  #\n    return 1\ny"
        await pilot.press("enter", "tab", "z", "left", "backspace")
        assert editor.text == "if x:  #\n    return 1\ny\nz"
        await pilot.press("tab", "shift+tab")
        assert editor.text.endswith("\nz")
        editor.move_cursor((1, 6))
        editor.move_cursor((2, 1), select=True)
        await pilot.press("ctrl+underscore")
        assert editor.text == "if x:  #\n#     return 1\n# y\nz"
        editor.move_cursor((1, 6))
        editor.move_cursor((2, 1), select=True)
        await pilot.press("ctrl+underscore")
        assert editor.text == "if x:  #\n    return 1\ny\nz"
        await pilot.press("ctrl+z")
        assert "# y" in editor.text
        editor.select_all()
        app.post_message(events.Paste("if x:\r\treturn 1\r"))  # most terminals end lines so
        await pilot.pause()
        assert editor.text == "if x:\n    return 1\n"
        await pilot.press("ctrl+z")
        editor.take("other")
        await pilot.press("ctrl+z")
        assert "# y" in editor.text


async def test_lines_are_seen_from_their_beginnings_where_the_cursor_is_in_sight_there() -> None:
    app = Editing()
    async with app.run_test(size=(40, 10)) as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()
        await pilot.press(*"x" * 60)
        await pilot.pause()
        assert editor.scroll_x > 20
        await pilot.press("enter")
        await pilot.pause()
        assert editor.scroll_x == 0
        await pilot.press("up", "end")
        await pilot.pause()
        assert editor.scroll_x > 20
        editor.load_text("a\n" * 15)
        editor.move_cursor((7, 0))
        for rows, top in ((4, 4), (10, 0)):  # once there is room, from the first line
            await pilot.resize_terminal(40, rows)
            await pilot.pause()
            assert editor.scroll_y == top


async def test_what_is_typed_fast_keeps_its_order() -> None:
    app = Editing()
    async with app.run_test() as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()
        await pilot.press("a", "b")
        for key, character in (("backspace", "\x7f"), ("c", "c"), ("left", None), ("d", "d")):
            editor.post_message(events.Key(key, character))  # as they wait where the app was busy
        await pilot.pause()
        assert editor.text == "adc"
        for key, character in (("escape", None), ("M", "M")):
            editor.post_message(events.Key(key, character))
        await pilot.pause()
        assert (editor.text, app.noted) == ("adc", 1)


async def test_it_has_the_colours_of_the_reference() -> None:
    app = Editing()
    async with app.run_test() as pilot:
        editor = app.query_one(CodeEditor)
        editor.load_text("def f(x):\n    return 'é' + x  # so")
        line = editor.get_line(1)
        assert line.plain == "    return 'é' + x  # so" and not line.end
        known = coloured(line.plain, "python", code_theme(app.current_theme))
        assert line.spans == known.spans and {line.plain[one.start : one.end] for one in line.spans} >= {
            "return",
            "# so",
        }
        app.theme = "textual-light"
        await pilot.pause()
        assert editor.get_line(1).spans != known.spans
