"""A question to answer with yes or no before something happens."""

from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.texts import text
from quizapp.ui import base_screen
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ScrollPanel


class AskScreen(BaseScreen, ModalScreen[bool]):
    """True for yes. `said` is a question, or a statement of what yes does."""

    DEFAULT_CSS = """
    AskScreen {
        align: center middle;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "keys.yes", id="ask.yes"),
        Binding("n", "answer(False)", "keys.no", id="ask.no"),
    ]

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said, self._since = said, monotonic()

    def compose(self) -> ComposeResult:
        key, language = self.context.key, self.context.language
        yes = f"{key('ask.yes', 'y')} {text('keys.yes', language).lower()}"
        no = f"{key('ask.no', 'n')} {text('keys.no', language).lower()}"
        panel = ScrollPanel(Static(self._said, markup=False), id="ask")
        panel.frame(text("screens.ask.title", language), key=f"{yes}  {no}")
        yield panel
        yield KeyBar()

    def on_key(self, event: events.Key) -> None:
        """The next letter of a word that was typed answers nothing: so soon nobody has read what is asked."""
        if event.time < self._since + base_screen.PACE_S / 2:
            event.stop()

    def action_back(self) -> None:
        self.dismiss(False)

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
