"""Sources to read, one after another: of any length, because only the rows in view are drawn."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizapp.ui.look import coloured

MAX_COLOURED = 40_000  # characters; a larger source is shown plain, because colouring it would hold up the keys
_STEP = 8  # cells that a key goes sideways
_MARK = 2  # cells at the right: the mark, and air


class SourcePart(msgspec.Struct, frozen=True):
    """A heading, and a text in the language that `lexer` (Pygments' name) colours."""

    heading: str
    text: str
    lexer: str


class SourceView(ScrollView, can_focus=True):
    """Every line of every part, unbroken: what is wider than the view scrolls, and a mark says that there is more."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "sideways(1)", "keys.sideways", key_display="←→", id="source.right"),
        Binding("left", "sideways(-1)", "keys.sideways", show=False, id="source.left"),
    ]
    DEFAULT_CSS = """
    SourceView {
        height: 1fr;
        padding: 0 0 0 1;
        background: $background;
        scrollbar-size: 1 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-corner-color: $background;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[SourcePart, ...] = ()
        self._theme = ""
        self._lines: list[Text | str] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "sideways" or self.max_scroll_x > 0

    def action_sideways(self, step: int) -> None:
        self.scroll_relative(x=step * _STEP, animate=False)

    def show(self, parts: Sequence[SourcePart], theme: str) -> None:
        if (tuple(parts), theme) == (self._parts, self._theme):
            return
        if [part.text for part in parts] != [part.text for part in self._parts]:
            self.scroll_to(0, 0, animate=False)
        self._parts, self._theme = tuple(parts), theme
        self._lines = [line for part in parts for line in _lines(part, theme)]
        widest = max((cell_len(str(line)) for line in self._lines), default=0)
        self.virtual_size = Size(widest + _MARK, len(self._lines))
        self.refresh_bindings()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, (x, above) = self.scrollable_content_region.width, self.scroll_offset
        if not 0 <= y + above < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[y + above]
        text = Text(line, end="") if isinstance(line, str) else line
        text.end = ""
        strip = Strip(text.render(self.app.console))
        goes_on = strip.cell_length - x > width - _MARK
        strip = strip.crop(x, x + width - _MARK).extend_cell_length(width - _MARK)
        mark = Strip(Text("› " if goes_on else "  ", "bold", end="").render(self.app.console))
        return Strip.join([strip, mark]).apply_style(self.rich_style)


def _lines(part: SourcePart, theme: str) -> Iterator[Text | str]:
    yield Text(part.heading, "bold reverse")
    text = part.text.expandtabs(4).removesuffix("\n")
    if len(text) > MAX_COLOURED:
        yield from text.split("\n")
    else:
        yield from coloured(text, part.lexer, theme).split("\n", allow_blank=True)[: text.count("\n") + 1]
    yield ""
