"""The keys that work now, in one line at the bottom; a click on one presses it."""

from dataclasses import replace

from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from quizapp.ui.context import context
from quizapp.ui.wording import action_name

_KEPT = ("help", "back")  # what never goes: the one lists all keys, the other leads out


class KeyBar(Widget):
    """One widget for all keys: Textual's Footer makes one per key, and anew at every change."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        dock: bottom;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._regions: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        keys = self._keys()
        width = sum(key.cell_len for key in keys.values()) + 1
        for action in [action for action in reversed(keys) if action not in _KEPT]:
            if width <= self.size.width:
                break
            width -= keys.pop(action).cell_len
        text = Text(" ", no_wrap=True, overflow="ellipsis")
        self._regions = []
        for action, key in keys.items():
            self._regions.append((text.cell_len, text.cell_len + key.cell_len, action))
            text.append_text(key)
        return text

    def _keys(self) -> dict[str, Text]:
        """What works now, by action, in the order in which it goes when there is no room: last first, but help and the
        way back never."""
        language = context(self).language
        keys: dict[str, Text] = {}
        everywhere: dict[str, Text] = {}
        focused = self.screen.focused
        typing = focused is not None and focused.check_consume_key("a", "a")
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            typed = binding.key == "slash" or (binding.key == "enter" and not isinstance(focused, Input))
            if typing and typed and node is not focused and not binding.priority:
                continue  # it goes into the field
            if typing and (binding.key_display == "space" or len(binding.key_display or "") == 1):
                binding = replace(binding, key_display=None)  # that one too: another key does it
            if binding.show and enabled:
                name = action_name(binding.description, language)
                key = Text.assemble((f"{self.app.get_key_display(binding)} ", "bold"))
                key.append(f"{name[:1].lower()}{name[1:]}  ", "dim")
                known = everywhere if node is self.app or binding.key == "escape" else keys
                known.setdefault(binding.action, key)
        return {**keys, **{action: key for action, key in everywhere.items() if action not in keys}}

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._regions:
            if start <= event.x < end:
                for namespace, binding, _, _ in self.screen.active_bindings.values():
                    if binding.action == action:
                        await self.app.run_action(action, namespace)
                        return
