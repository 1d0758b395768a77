"""Values to tick in a border; where none is ticked, all are meant."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import SelectionList

from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.panel import Panel
from quizapp.ui.widgets.controls import Offered


class TickPanel(SelectionList[str], Panel):
    """Space, or a click, ticks. Enter is left to the screen."""

    DEFAULT_CSS = """
    TickPanel {
        scrollbar-gutter: stable;
        & > .option-list--option {
            padding: 0 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "keys.tick", key_display="space", id="practise.more"),
    ]

    class Left(Message):
        """Up on the first line."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._bindings.key_to_bindings.pop("enter", None)  # of Textual's list
        self._offered: Offered = {}

    def action_cursor_up(self) -> None:
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.post_message(self.Left().set_sender(self))  # a parent that ran this would not hear it else

    def offer(self, choices: Offered) -> None:
        """Show these values; what is ticked stays ticked, if it is among them."""
        if choices != self._offered:
            place, ticked = self.highlighted or 0, [value for value in self.selected if value in choices]
            self._offered = dict(choices)
            with self.prevent(SelectionList.SelectedChanged):
                self.clear_options()
                self.add_options(
                    [
                        (Content(" ".join(words.split()) or "–"), value, value in ticked)
                        for value, words in choices.items()
                    ]
                )
            self.highlighted = min(place, len(choices) - 1) if choices else None
        self.count()

    def count(self) -> None:
        """Say in the border how many are ticked; none: all."""
        language, ticked = context(self).language, len(self.selected)
        said = text("screens.pick.ticked", language, n=ticked, of=self.option_count)
        self.show_state(said if ticked else text("screens.pick.all", language))

    def render_line(self, y: int) -> Strip:
        """A line with its tick: Textual's own differs from none in its colour only."""
        line = super(SelectionList, self).render_line(y)
        place = self.scroll_offset.y + y
        if place >= self.option_count:
            return line
        ticked = self.get_option_at_index(place).value in self._selected
        style = next(iter(line)).style or Style()
        mark = Segment(" [x]" if ticked else " [ ]", style + Style(bold=ticked, meta={"option": place}))
        return Strip([mark, *line])
