"""Help: every key of the screen one came from, read from its bindings."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar


class HelpScreen(BaseScreen):
    """The keys of `screen`."""

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._of = screen

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._text(), markup=False)
        yield KeyBar()

    def _text(self) -> Text:
        spoken = self.quiz.spoken
        text = Text(f"{label('Keys', spoken)}\n\n", "bold")
        rows: dict[str, list[str]] = {}
        for node in (self._of, *self._of.query("*"), self.app):
            for _, binding in node._bindings:
                if binding.description:
                    keys = rows.setdefault(binding.description, [])
                    key = self.app.get_key_display(binding)
                    if key not in keys:
                        keys.append(key)
        for description, keys in rows.items():
            text.append(f"  {', '.join(keys):24}", "bold").append(f"{label(description, spoken)}\n")
        return text
