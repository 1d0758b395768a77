"""The settings as rows: left and right, or a click on an arrow, turn one."""

from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class SettingRow(NamedTuple):
    """A setting as it is shown; `about` where there is room for it."""

    name: str
    title: str
    about: str
    value: str
    less: bool
    more: bool


class SettingRows(OptionList):
    """The rows; left and right, or a click on an arrow, turn one."""

    DEFAULT_CSS = """
    SettingRows {
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
        &:focus {
            border: none;
            background-tint: transparent;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "keys.less", key_display="←", id="settings.less"),
        Binding("right", "turn(1)", "keys.more", key_display="→", id="settings.more"),
    ]

    class Turned(Message):
        """A row is to have its next (1) or previous (-1) value."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: list[SettingRow] = []
        self._title_width = 0

    def show(self, rows: list[SettingRow]) -> None:
        """Draw the rows."""
        chosen = self.highlighted or 0
        self._shown, self._title_width = rows, max((cell_len(row.title) for row in rows), default=0)
        widest = max((cell_len(row.value) for row in rows), default=0)
        options = []
        for row in rows:
            line = Text(f"{set_cell_size(row.title, self._title_width)}  ", no_wrap=True, overflow="ellipsis")
            line.append("< " if row.less else "  ").append(row.value, "bold").append(" >" if row.more else "  ")
            if row.about:
                line.append(" " * (widest - cell_len(row.value) + 3) + row.about, "dim")
            if room := self.content_size.width:
                line.truncate(room, overflow="ellipsis")
            options.append(Option(line, id=row.name))
        if [option.id for option in options] == [option.id for option in self.options]:
            for option in options:
                self.replace_option_prompt(str(option.id), option.prompt)
            return
        self.clear_options()
        self.add_options(options)
        self.highlighted = min(chosen, len(rows) - 1) if rows else None

    @property
    def chosen(self) -> str:
        """The name of the setting that is highlighted."""
        return self._shown[self.highlighted or 0].name if self._shown else ""

    def action_turn(self, step: int) -> None:
        self.post_message(self.Turned(step))

    async def _on_click(self, event: events.Click) -> None:
        """A click on an arrow turns; elsewhere it chooses the row, and on the chosen one does what Enter does."""
        event.prevent_default()
        place = event.style.meta.get("option")
        if place is None:
            return
        was, self.highlighted = self.highlighted, place
        row, x = self._shown[place], event.x - self.gutter.left - self._title_width - 2
        end = 2 + cell_len(row.value)
        if row.less and 0 <= x < 2:
            self.action_turn(-1)
        elif row.more and end <= x < end + 2:
            self.action_turn(1)
        elif was == place:
            self.action_select()
