"""The lines of a solution, to be put in order: taken up, moved, put down; those below the bar are not used."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from quizapp.texts import text
from quizapp.ui.code.puzzle import BAR, Puzzle
from quizapp.ui.code.said import order_line
from quizapp.ui.context import context
from quizapp.ui.widgets.line_list import LineList


class LineOrder(LineList):
    """Draws a puzzle; what one does to it is told as another puzzle."""

    DEFAULT_CLASSES = ""  # the border is that of the page
    DEFAULT_CSS = """
    LineOrder {
        border: none;
        padding: 0;
        scrollbar-size: 0 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        &:focus {
            border: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "open", "keys.take_up", key_display="space", id="code.take"),
        Binding("up", "move(-1)", "keys.move", key_display="↑↓", id="code.line-up"),
        Binding("down", "move(1)", "keys.move", show=False, id="code.line-down"),
    ]

    def __init__(self) -> None:
        super().__init__(self._line)
        self._puzzle: Puzzle | None = None
        self._rows: list[tuple[int, Text]] = []  # each with the place of the line that it is of
        self.shifted: Callable[[Puzzle], object] = self.lay  # called at once: the next key is for what stands then

    def lay(self, puzzle: Puzzle) -> None:
        """Show the lines as they stand."""
        self._puzzle = puzzle
        cells = self.scrollable_content_region.width - 2
        self._rows = [(place, row) for place in range(len(puzzle.places)) for row in self._drawn(puzzle, place, cells)]
        self.show(len(self._rows), self._rows_of(puzzle.cursor)[0])

    def _drawn(self, puzzle: Puzzle, place: int, cells: int) -> list[Text]:
        """What stands at a place, in rows."""
        number = puzzle.places[place]
        if number == BAR:
            said = f"── {text('code.not_used', context(self).language)} "
            return [Text(said + "─" * max(0, cells - cell_len(said)), "bold", no_wrap=True, end="")]
        right = puzzle.marks[place] if place < len(puzzle.marks) else None
        held = puzzle.held and place == puzzle.cursor
        return order_line(puzzle.lines.texts[number], cells, held=held, right=right)

    def _rows_of(self, place: int) -> list[int]:
        return [row for row, (at, _) in enumerate(self._rows) if at == place]

    def _line(self, row: int, cells: int) -> Text:
        return self._rows[row][1].copy() if row < len(self._rows) else Text(end="")

    def under_cursor(self, line: int) -> bool:
        """All rows of the line that it is on."""
        at = self._rows[line][0] if line < len(self._rows) else None
        return self._puzzle is not None and at == self._puzzle.cursor

    def _see(self) -> None:
        if self._puzzle is not None and (rows := self._rows_of(self._puzzle.cursor)):
            self.scroll_to_region(Region(0, rows[0], 1, len(rows)), animate=False, force=True)

    @property
    def bar_in_sight(self) -> bool:
        """Whether one sees where the lines end that are used."""
        rows = self._rows_of(self._puzzle.places.index(BAR)) if self._puzzle is not None else []
        return not rows or rows[0] < self.scroll_offset.y + self.size.height

    def on_resize(self) -> None:
        """Lines break elsewhere."""
        if self._puzzle is not None:
            self.lay(self._puzzle)

    def _shift(self, puzzle: Puzzle | None) -> None:
        if puzzle is not None and puzzle is not self._puzzle:
            self.shifted(puzzle)

    def action_move(self, step: int) -> None:
        self._shift(self._puzzle and self._puzzle.move(step))

    def action_page(self, step: int) -> None:
        if self._puzzle is not None:
            self.action_go(max(0, self._puzzle.cursor + step * max(1, self.size.height - 1)))

    def action_go(self, line: int) -> None:
        self._shift(self._puzzle and self._puzzle.go(line if line >= 0 else len(self._puzzle.places) - 1))

    def action_open(self) -> None:
        self._shift(self._puzzle and self._puzzle.take())

    def on_click(self, event: events.Click) -> None:
        """On a line: take it up; with one in hand: put that there."""
        event.prevent_default()
        place, puzzle = event.get_content_offset(self), self._puzzle
        row = place.y + self.scroll_offset.y if place is not None else self.count
        if puzzle is None or row >= self.count:
            return
        line, _ = self._rows[row]
        if puzzle.held or puzzle.places[line] != BAR:
            self._shift(puzzle.go(line).take())
