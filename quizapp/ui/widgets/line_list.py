"""A list of any length that draws only the lines in view: ten thousand cost what forty do."""

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizapp.ui.panel import Panel

Draw = Callable[[int, int], Text]


class LineList(ScrollView, Panel, can_focus=True):
    """`draw(line, cells)` gives one line of at most that many cells; it is asked for the lines in view."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        & > .lines--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .lines--cursor-blurred {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--cursor-blurred"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "keys.up", show=False, id="list.up"),
        Binding("down", "move(1)", "keys.down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "keys.page_up", show=False, id="list.page-up"),
        Binding("pagedown", "page(1)", "keys.page_down", show=False, id="list.page-down"),
        Binding("home", "go(0)", "keys.first", show=False, id="list.home"),
        Binding("end", "go(-1)", "keys.last", show=False, id="list.end"),
        Binding("enter", "open", "keys.open", id="list.open"),
    ]

    class Moved(Message):
        """The cursor stands on another line; None where there is none."""

        def __init__(self, line: int | None) -> None:
            self.line = line
            super().__init__()

    class Opened(Message):
        """Enter, or a click on the line under the cursor."""

    class Left(Message):
        """Up on the first line."""

    def __init__(self, draw: Draw, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw_line = draw
        self.count = 0
        self.cursor: int | None = None
        self._base = Style.null()  # of a line, while lines are painted
        self.none = ""  # what stands there where there is no line

    def show(self, count: int, cursor: int | None = 0) -> None:
        """Other lines: so many, with the cursor on one."""
        self.count = count
        self._grow()
        self.cursor = None if cursor is None or not count else max(0, min(cursor, count - 1))
        self._see()
        self.refresh()
        self._tell_moved()

    def go(self, line: int) -> None:
        """The cursor to a line."""
        line = max(0, min(line, self.count - 1))
        if self.count and line != self.cursor:
            self.cursor = line
            self._see()
            self.refresh()
            self._tell_moved()

    def _tell_moved(self) -> None:
        """Say where the cursor is, in our own name: what a parent of ours posts here would go no further than it."""
        self.post_message(self.Moved(self.cursor).set_sender(self))

    def _grow(self) -> None:
        """Set without a layout of the screen: the scroll bar always stands there, so nothing moves."""
        self.set_reactive(LineList.virtual_size, Size(self.scrollable_content_region.width, self.count))
        self.vertical_scrollbar.window_virtual_size = self.count
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _see(self) -> None:
        self.scroll_to_region(Region(0, self.cursor or 0, 1, 1), animate=False, force=True)

    def under_cursor(self, line: int) -> bool:
        """Whether a line is drawn as the one that the cursor is on."""
        return line == self.cursor

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # which Textual works out at each call
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self._base
        if line >= self.count and (line or self.count):
            return Strip.blank(self.size.width, base)
        if self.under_cursor(line):
            name = "lines--cursor" if self.has_focus else "lines--cursor-blurred"
            base = self.get_component_rich_style(name)
        text = self._draw_line(line, width - 2) if self.count else Text(end="").append(self.none, "dim")
        strip = Strip.join([Strip.blank(1), Strip(text.render(self.app.console))])
        return strip.extend_cell_length(width).crop(0, width).apply_style(base)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or self.cursor is not None

    def action_move(self, step: int) -> None:
        if step < 0 and not self.cursor:
            self.post_message(self.Left())
        else:
            self.go((self.cursor or 0) + step)

    def action_page(self, step: int) -> None:
        self.go((self.cursor or 0) + step * max(1, self.size.height - 1))

    def action_go(self, line: int) -> None:
        self.go(line if line >= 0 else self.count - 1)

    def action_open(self) -> None:
        if self.cursor is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        line = place.y + self.scroll_offset.y if place is not None else self.count
        if line < self.count:
            if line == self.cursor:
                self.action_open()
            self.go(line)

    def on_resize(self) -> None:
        self._grow()
        self._see()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
