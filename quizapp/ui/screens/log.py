"""The log: every message of this run, readable after it went away."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.texts import tell
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar

_SIGNS = {"information": " ", "warning": "!", "error": "✗"}
_STYLES = {"information": "", "warning": "bold yellow", "error": "bold red"}


class LogScreen(BaseScreen):
    """Newest first, each with its time and how serious it is."""

    once = True

    def __init__(self) -> None:
        super().__init__()
        self._page = Static(id="page", markup=False)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield self._page
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.clear_notifications()  # which would lie over them
        self.language_changed()

    def on_screen_resume(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        self._page.update(self._text())

    def _text(self) -> Text:
        language = self.context.language
        text = Text().append(f"{tell('screens.log.title').says(language)}\n", "bold")
        if not self.context.notices:
            text.append(f"\n{tell('screens.log.nothing').says(language)}\n")
        for said in reversed(self.context.notices):
            text.append(f"\n{said.at:%H:%M:%S}  ")
            text.append(
                f"{_SIGNS[said.severity]} {tell(f'screens.log.{said.severity}').says(language)}", _STYLES[said.severity]
            )
            text.append(f"\n{said.text}\n")
        return text
