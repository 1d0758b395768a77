"""The log: every message of this run, readable after it went away."""

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ScrollPanel

_SIGNS = {"information": " ", "warning": "!", "error": "✗"}
_STYLES = {"information": "", "warning": "bold yellow", "error": "bold red"}


class LogScreen(BaseScreen):
    """Newest first, each with its time and how serious it is."""

    once = True

    def __init__(self) -> None:
        super().__init__()
        self._page = Static(classes="prose", markup=False)
        self._panel = ScrollPanel(self._page, id="messages")

    def compose(self) -> ComposeResult:
        yield self._panel
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.clear_notifications()  # which would lie over them
        self.language_changed()

    def on_screen_resume(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        count = len(self.context.notices)
        self._panel.frame(text("screens.log.title", self.context.language), f"{count:,}" if count else "")
        self._page.update(self._text())

    def _text(self) -> Text:
        language = self.context.language
        if not self.context.notices:
            return Text(text("screens.log.nothing", language))
        page = Text()
        for said in reversed(self.context.notices):
            page.append(f"{said.at:%H:%M:%S}  ", "dim")
            sign, what = _SIGNS[said.severity], text(f"screens.log.{said.severity}", language)
            page.append(f"{sign} {what}", _STYLES[said.severity]).append(f"\n{said.text}\n\n")
        page.rstrip()
        return page
