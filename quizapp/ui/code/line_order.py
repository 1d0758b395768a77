"""The lines of a solution, to be put in order: taken up, moved, put down; those below the bar are not used."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType

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
        self.shifted: Callable[[Puzzle], object] = self.lay  # called at once: the next key is for what stands then

    def lay(self, puzzle: Puzzle) -> None:
        """Show the lines as they stand."""
        self._puzzle = puzzle
        self.show(len(puzzle.places), puzzle.cursor)

    def _line(self, place: int, cells: int) -> Text:
        puzzle = self._puzzle
        if puzzle is None or place >= len(puzzle.places):
            return Text(end="")
        number = puzzle.places[place]
        if number == BAR:
            said = f"── {text('code.not_used', context(self).language)} "
            return Text(said.ljust(cells, "─")[:cells], "dim", no_wrap=True, end="")
        right = puzzle.marks[place] if place < len(puzzle.marks) else None
        held = puzzle.held and place == puzzle.cursor
        return order_line(puzzle.lines.texts[number], cells, held=held, right=right)

    def _shift(self, puzzle: Puzzle | None) -> None:
        if puzzle is not None and puzzle is not self._puzzle:
            self.shifted(puzzle)

    def action_move(self, step: int) -> None:
        self._shift(self._puzzle and self._puzzle.move(step))

    def action_page(self, step: int) -> None:
        self.action_go((self.cursor or 0) + step * max(1, self.size.height - 1))

    def action_go(self, line: int) -> None:
        self._shift(self._puzzle and self._puzzle.go(line if line >= 0 else len(self._puzzle.places) - 1))

    def action_open(self) -> None:
        self._shift(self._puzzle and self._puzzle.take())

    def on_click(self, event: events.Click) -> None:
        """On a line: take it up; with one in hand: put that there."""
        event.prevent_default()
        place, puzzle = event.get_content_offset(self), self._puzzle
        line = place.y + self.scroll_offset.y if place is not None else self.count
        if puzzle is not None and line < self.count and (puzzle.held or puzzle.places[line] != BAR):
            self._shift(puzzle.go(line).take())
