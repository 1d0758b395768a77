"""The keys that work now, in one line at the bottom; a click on one presses it."""

from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widget import Widget

from quizapp.ui.labels import label
from quizapp.words import Language


class KeyBar(Widget):
    """One widget for all keys: Textual's Footer makes one per key, and anew at every change."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._regions: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        language: Language = getattr(self.app, "spoken", "en")
        text = Text(no_wrap=True, overflow="ellipsis")
        self._regions = []
        shown: set[str] = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or not enabled or binding.action in shown:
                continue
            shown.add(binding.action)
            start = text.cell_len
            text.append(f" {self.app.get_key_display(binding)} ", "bold")
            text.append(f"{label(binding.description, language)} ", "dim")
            self._regions.append((start, text.cell_len, binding.action))
        return text

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._regions:
            if start <= event.x < end:
                for namespace, binding, _, _ in self.screen.active_bindings.values():
                    if binding.action == action:
                        await self.app.run_action(action, namespace)
                        return
