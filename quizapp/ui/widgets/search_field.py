"""Where one types what to look for."""

from textual import events
from textual.geometry import Size
from textual.reactive import reactive

from quizapp.texts import text
from quizapp.ui.panel import Panel
from quizapp.ui.widgets.line import Line
from quizapp.words import Language


class SearchField(Line, Panel):
    """What is typed moves nothing on the screen, so it costs no layout: Textual does one for every letter."""

    DEFAULT_CSS = """
    SearchField {
        height: 3;
    }
    """

    virtual_size = reactive(Size(0, 0))

    def __init__(self, id: str) -> None:
        super().__init__(id=id, select_on_focus=False)

    async def _on_key(self, event: events.Key) -> None:  # Textual calls Line's after it
        """The key that leads here is pressed out of habit, too: at the beginning it looks for nothing."""
        if event.character == "/" and not self.value:
            event.stop()
            event.prevent_default()

    def entitle(self, language: Language, hint: str = "") -> None:
        """Say what it is for, and while nothing is typed what may be: in any case words, and `hint`."""
        self.frame(text("keys.search", language))
        self.placeholder = f"{text('ui.type_to_search', language)}   {hint}".rstrip()
