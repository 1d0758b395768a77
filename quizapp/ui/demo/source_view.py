"""Sources to read, one after another: of any length, because only the rows in view are drawn."""

from collections.abc import Iterator, Sequence

import msgspec
from rich.cells import chop_cells
from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

MAX_COLOURED = 40_000  # characters; a larger source is shown plain, because colouring it would hold up the keys


class SourcePart(msgspec.Struct, frozen=True):
    """A heading, and a text in the language that `lexer` (Pygments' name) colours."""

    heading: str
    text: str
    lexer: str


class SourceView(Widget):
    """Every line of every part; a long line goes on in the next row."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "SourceView { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[SourcePart, ...] = ()
        self._theme = ""
        self._lines: list[Text | str] = []
        self._rows: list[tuple[int, int, int]] = []  # line, and from which character to which
        self._wrapped = 0  # to so many cells

    def show(self, parts: Sequence[SourcePart], theme: str) -> None:
        if (tuple(parts), theme) == (self._parts, self._theme):
            return
        self._parts, self._theme, self._wrapped = tuple(parts), theme, 0
        self._lines = [line for part in parts for line in _lines(part, theme)]
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._wrap(width)
        return len(self._rows)

    def _wrap(self, width: int) -> None:
        if width != self._wrapped and width > 0:
            self._wrapped = width
            self._rows = [(i, *ends) for i, line in enumerate(self._lines) for ends in _rows(str(line), width)]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        self._wrap(width)
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        number, start, end = self._rows[y]
        line = self._lines[number]
        text = Text(line[start:end], end="") if isinstance(line, str) else line[start:end]
        text.end = ""
        return (
            Strip(text.render(self.app.console)).extend_cell_length(width).crop(0, width).apply_style(self.rich_style)
        )


def _lines(part: SourcePart, theme: str) -> Iterator[Text | str]:
    yield Text(part.heading, "bold reverse")
    text = part.text.expandtabs(4).removesuffix("\n")
    if len(text) > MAX_COLOURED:
        yield from text.split("\n")
    else:
        from rich.syntax import Syntax

        coloured = Syntax("", part.lexer, theme=theme, background_color="default").highlight(text)
        yield from coloured.split("\n", allow_blank=True)[: text.count("\n") + 1]
    yield ""


def _rows(line: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each row of a line starts and ends: behind a blank, if there is one behind a word."""
    start = 0
    if line.isascii():
        while len(line) - start > width:
            blank = line.rfind(" ", start, start + width)
            end = blank + 1 if line[start : max(start, blank)].strip() else start + width
            yield start, end
            start = end
        yield start, len(line)
        return
    for piece in chop_cells(line, max(2, width)):
        yield start, start + len(piece)
        start += len(piece)
