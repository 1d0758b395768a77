"""Where code is written: Textual's text area as a code editor, with what a Python programmer's fingers expect."""

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

from rich.text import Span, Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import TextArea

from quizapp.ui.look import code_theme, coloured
from quizapp.words import pasted

STEP = 4
_LONG = 60  # characters of a line
_LEAVES = ("return", "pass", "raise", "break", "continue")  # what ends a block


@lru_cache(maxsize=1 << 12)
def _spans(line: str, theme: str) -> list[Span]:
    """The colours of a line; each is looked at once."""
    return coloured(line, "python", theme).spans


class CodeEditor(TextArea):
    """Enter keeps the indentation, one step more after a colon, one less after what ends a block; Backspace takes a
    step back at the beginning of a line. No completion: one is to remember. Escape leaves."""

    DEFAULT_CSS = """
    CodeEditor {
        height: 1fr;
        border: none;
        padding: 0;
        scrollbar-size: 0 1;
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
        &:focus {
            border: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+underscore,ctrl+slash", "comment", "keys.comment", key_display="ctrl+/", id="code.comment"),
        Binding("shift+tab", "dedent", "keys.dedent", show=False, id="code.dedent"),
    ]

    def __init__(self) -> None:
        super().__init__(soft_wrap=False, show_line_numbers=True, tab_behavior="indent")
        self.left: Callable[[], object] = self.blur  # Escape; called at once: the next key is for what has them then
        self._bindings.key_to_bindings.pop("ctrl+e", None)  # a line's end has a key of its own

    def on_resize(self) -> None:
        """What was scrolled where there was less room, or none yet, is seen from its beginning."""
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.scroll_cursor_visible()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.notify_style_update())

    def get_line(self, line_index: int) -> Text:
        """In the colours of the reference: a line by itself, so that a key costs one line."""
        line = super().get_line(line_index)
        line.spans = [*_spans(line.plain, code_theme(self.app.current_theme))]
        return line

    async def _on_key(self, event: events.Key) -> None:
        if self.screen.focused is not self:  # it was typed behind Escape, and is for what has the keys now
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key == "escape":
            event.stop()
            event.prevent_default()
            self.left()
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self._break_line()
        elif await self._obeyed(event.key):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    async def _obeyed(self, key: str) -> bool:
        """Whether it is a key of the editor's own, which is done at once: the app does it after letters that were typed
        behind it."""
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        return False

    async def _on_paste(self, event: events.Paste) -> None:
        """What is pasted holds nothing that a terminal would obey."""
        event.text = pasted(event.text).expandtabs(STEP)

    def _break_line(self) -> None:
        start, end = sorted(self.selection)
        before = self.document.get_line(start[0])[: start[1]]
        said = before.partition("#")[0].strip()
        indent = len(before) - len(before.lstrip(" "))
        if said.endswith(":"):
            indent += STEP
        elif said.split(" ")[0] in _LEAVES:
            indent = max(0, indent - STEP)
        self._replace_via_keyboard("\n" + " " * indent, start, end)

    def action_delete_left(self) -> None:
        """A step of indentation at once."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.selection.is_empty and before and not before.strip(" "):
            self._delete_via_keyboard((row, (column - 1) // STEP * STEP), (row, column))
        else:
            super().action_delete_left()

    def action_dedent(self) -> None:
        """The lines chosen a step to the left."""
        self._rewrite([line[min(STEP, len(line) - len(line.lstrip(" "))) :] for line in self._chosen()])

    def action_comment(self) -> None:
        """Make comments of the lines chosen, or lines of the comments."""
        lines = self._chosen()
        written = [line for line in lines if line.strip()]
        if written and all(line.lstrip().startswith("#") for line in written):
            self._rewrite([_uncommented(line) for line in lines])
        elif written:
            at = min(len(line) - len(line.lstrip(" ")) for line in written)
            self._rewrite([f"{line[:at]}# {line[at:]}" if line.strip() else line for line in lines])

    def _chosen(self) -> list[str]:
        (first, _), (last, _) = sorted(self.selection)
        return [self.document.get_line(row) for row in range(first, last + 1)]

    def _rewrite(self, lines: list[str]) -> None:
        """Other text for the lines chosen, in one step that can be undone; the cursor stays by its character."""
        (first, _), (last, _) = sorted(self.selection)
        row, column = self.cursor_location
        old = self.document.get_line(row)
        self.replace("\n".join(lines), (first, 0), (last, len(self.document.get_line(last))))
        new = self.document.get_line(row)
        self.move_cursor((row, max(0, min(len(new), column + len(new) - len(old)))))

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Show the cursor, with as much above it as there is room for; and the lines from their beginnings, wherever
        it is in sight there."""
        scrolled = super().scroll_cursor_visible(animate=animate)
        room = self.scrollable_content_region.width - self.gutter_width
        if self.scroll_target_x and self.wrapped_document.location_to_offset(self.cursor_location).x < room:
            self.scroll_to(x=0, animate=False, force=True, immediate=True)
        return scrolled

    @property
    def end_in_sight(self) -> tuple[int, int]:
        """Where one goes on with the text: behind what was written last."""
        written = self.text.rstrip().split("\n")
        return _in_sight(len(written) - 1, len(written[-1]))

    def go_to(self, line: int, column: int) -> None:
        """The cursor to a place that is counted from 1; nowhere if there is no such line."""
        if 0 < line <= self.document.line_count:
            self.move_cursor((line - 1, max(0, min(column - 1, len(self.document.get_line(line - 1))))))

    def take(self, text: str) -> None:
        """Another text in place of all of this one, which can be undone."""
        if text != self.text:
            at = self.cursor_location
            self.replace(text, (0, 0), self.document.end)
            row = min(at[0], self.document.line_count - 1)
            self.move_cursor(_in_sight(row, min(at[1], len(self.document.get_line(row)))))


def _in_sight(row: int, column: int) -> tuple[int, int]:
    """A place for the cursor: the beginning of a line, where the beginnings of all would be out of sight else."""
    return row, column if column <= _LONG else 0


def _uncommented(line: str) -> str:
    before, _, after = line.partition("#")
    return before + after.removeprefix(" ")
