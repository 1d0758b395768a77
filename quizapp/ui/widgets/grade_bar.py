"""Four buttons, such as the grades with when the card would come back; or the one thing to do."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget


class GradeBar(Widget):
    """Four buttons, numbered, drawn as one widget; the one that space presses is marked. Or one that space presses."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A button was clicked, 0 to 3; None: the only one."""

        def __init__(self, number: int | None) -> None:
            self.number = number
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._buttons: Sequence[str] = ()
        self._keys: Sequence[str] = "1234"
        self._marked: int | None = None

    def show(self, *buttons: str, marked: int | None = None, keys: Sequence[str] = "1234") -> None:
        """Draw the `buttons`, four or one, each with its key."""
        self._buttons, self._marked, self._keys = buttons, marked, keys
        self.refresh()

    def render(self) -> Text:
        text = Text("\n" * (self.size.height // 2), no_wrap=True)
        if len(self._buttons) < 2:
            return text.append(_centred("".join(self._buttons), self.size.width), "bold")
        for number, words in enumerate(self._buttons):
            marked = number == self._marked
            start, end = self._columns(number)
            button = _centred(f"{'*' if marked else ' '}{self._keys[number]} {words} ", end - start - 1)
            text.append(button, "bold reverse" if marked else "bold").append(" ")
        return text

    def _columns(self, number: int) -> tuple[int, int]:
        count = len(self._buttons)
        return number * self.size.width // count, (number + 1) * self.size.width // count

    def on_click(self, event: events.Click) -> None:
        if len(self._buttons) < 2:
            self.post_message(self.Chosen(None))
        else:
            last = len(self._buttons) - 1
            self.post_message(self.Chosen(next((i for i in range(last) if event.x < self._columns(i)[1]), last)))


def _centred(text: str, width: int) -> str:
    left = max(0, width - cell_len(text)) // 2
    return " " * left + text + " " * max(0, width - cell_len(text) - left)
