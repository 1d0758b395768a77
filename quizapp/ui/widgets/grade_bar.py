"""Four buttons, such as the grades with when the card would come back; or the one thing to do; or a word in passing."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

_WIDEST = 100  # cells; buttons further apart are hard to compare


class GradeBar(Widget):
    """Four buttons, numbered, drawn as one widget; the one that space presses is in reverse, an arrow before it. Or one
    that needs no number; or none. The bar has its place all the same, so that nothing moves."""

    ALLOW_SELECT = False
    SCOPED_CSS = False  # as its screen's classes say
    DEFAULT_CSS = """
    GradeBar {
        height: 1;
    }
    .-wide GradeBar {
        height: 3;
    }
    """

    class Chosen(Message):
        """A button was clicked, 0 to 3; None: the only one."""

        def __init__(self, number: int | None) -> None:
            self.number = number
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._heading = ""
        self._buttons: Sequence[Text] = ()
        self._keys: Sequence[str] = "1234"
        self._marked: int | None = None

    def show(
        self,
        *buttons: str | Text,
        heading: str = "",
        marked: int | None = None,
        keys: Sequence[str] = "1234",
    ) -> None:
        """Draw the `buttons`, four or one, each with its key, under or behind the `heading`; or that alone. A Text's
        style is its button's colour."""
        self._buttons = [Text(button) if isinstance(button, str) else button for button in buttons]
        self._heading, self._marked, self._keys = heading, marked, keys
        self.refresh()

    def render(self) -> Text:
        width, height = self.size
        heading, above, row = Text(self._heading, "dim"), Text(no_wrap=True), Text()
        if len(self._buttons) < 2:
            alone = Text(self._buttons[0].plain, "bold") if self._buttons else heading
            _put(row, alone, 0, width)
            return Text.assemble(above, "\n" * (height // 2), row, no_wrap=True)
        columns = self._columns()
        if height > 1:
            _put(above, heading, 0, width)
        elif columns[0][0] > heading.cell_len:
            _put(row, heading, 0, columns[0][0])
        for number, (start, end) in enumerate(columns):
            button = self._button(number)
            button.truncate(max(0, end - start))
            _put(row, button, start, end)
        return Text.assemble(above, "\n" * (height // 2), row, no_wrap=True)

    def _button(self, number: int) -> Text:
        marked, words = number == self._marked, self._buttons[number]
        button = Text.assemble(("▸" if marked else " ") + self._keys[number], " ", words, " ")
        button.stylize_before(f"bold reverse {words.style}" if marked else "bold")
        return button

    def _columns(self) -> list[tuple[int, int]]:
        """From where to where each button goes: all as wide as each other, if there is room for that."""
        width, height = self.size
        widths = [self._button(number).cell_len for number in range(len(self._buttons))]
        head = cell_len(self._heading) + 2 if self._heading and height == 1 else 0
        if sum(widths) + head > width:
            head = 0
        room, count = min(width - head, _WIDEST), len(widths)
        if max(widths) > room // count:
            widths = [cells + (room - sum(widths)) // count for cells in widths]
        else:
            widths = [room // count] * count
        start, columns = head + (width - head - sum(widths)) // 2, []
        for cells in widths:
            columns.append((start, start + cells))
            start += cells
        return columns

    def on_click(self, event: events.Click) -> None:
        if len(self._buttons) > 1:
            ends = [end for _, end in self._columns()[:-1]]
            self.post_message(self.Chosen(next((i for i, end in enumerate(ends) if event.x < end), len(ends))))
        elif self._buttons:
            self.post_message(self.Chosen(None))


def _put(line: Text, words: Text, start: int, end: int) -> None:
    """`words` onto the line, in the middle between two columns."""
    before = start + max(0, end - start - words.cell_len) // 2
    line.append(" " * (before - line.cell_len)).append_text(words)
