"""The keys that work now, in one line at the bottom; a click on one presses it."""

from collections.abc import Iterator
from dataclasses import replace

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, key_to_character
from textual.screen import Screen
from textual.widget import Widget

from quizapp.cards.sheet import LETTERS
from quizapp.ui.context import context
from quizapp.ui.wording import action_name

_KEPT = ("help", "back", "close_source")  # what never goes: the one lists all keys, the other leads out
_MATTER, _ROOMY = 5, 100  # so many others, unless the screen has that many columns


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
        text = Text(" ", no_wrap=True, overflow="ellipsis")
        self._regions = []
        for action, key in self._fitting(self._keys()).items():
            self._regions.append((text.cell_len, text.cell_len + key.cell_len, action))
            text.append_text(key).append("  ")
        text.right_crop(2)
        return text

    def _fitting(self, keys: dict[str, Text]) -> dict[str, Text]:
        """Those that matter most and fit whole: the last go first."""
        others = [action for action in keys if action not in _KEPT]
        if self.size.width < _ROOMY:
            del others[_MATTER:]
        kept = {*others, *_KEPT}
        while others and sum(key.cell_len + 2 for action, key in keys.items() if action in kept) > self.size.width + 1:
            kept.remove(others.pop())
        return {action: key for action, key in keys.items() if action in kept}

    def _keys(self) -> dict[str, Text]:
        """What works now, by action, the most important first; the way out and what works everywhere at the end."""
        language = context(self).language
        keys: dict[str, Text] = {}
        everywhere: dict[str, Text] = {}
        for node, binding in working(self.screen):
            if not binding.show:
                continue
            binding = of_letters(node, binding)
            called = "keys.more_keys" if binding.action == "help" else binding.description
            name = action_name(getattr(node, "called", {}).get(binding.action, called), language)
            key = Text.assemble((f"{self.app.get_key_display(binding)} ", "bold"))
            key.append(f"{name[:1].lower()}{name[1:]}", "dim")
            known = everywhere if node is self.app or binding.description == "keys.back" else keys
            known.setdefault(binding.action, key)
        return {**keys, **{action: key for action, key in everywhere.items() if action not in keys}}

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._regions:
            if start <= event.x < end:
                for namespace, binding, _, _ in self.screen.active_bindings.values():
                    if binding.action == action:
                        await self.app.run_action(action, namespace)
                        return


def of_letters(node: DOMNode, binding: Binding) -> Binding:
    """What is shown as a-f is shown as those letters that can be picked on `node`: a-c."""
    if binding.key_display != "a-f" or not (letters := getattr(node, "letters", LETTERS[:6])):
        return binding
    return replace(binding, key_display=f"{letters[0]}-{letters[-1]}" if letters[1:] else letters)


def working(screen: Screen[object]) -> Iterator[tuple[DOMNode, Binding]]:
    """What works now, each with the node that does it: not what is typed into the field that has the focus."""
    focused = screen.focused
    field = focused if focused is not None and focused.check_consume_key("0", "0") else None
    written = getattr(screen, "is_written", False)  # a form: its keys are shown alike in every row
    for node, binding, enabled, _ in screen.active_bindings.values():
        if not enabled or (binding.id == "demo.full" and getattr(screen, "one_by_one", False)):
            continue
        if written and node is screen.app and len(key_to_character(binding.key) or "") == 1:
            continue
        if written and node is screen.app:
            binding = replace(binding, key_display=None)
        if field is not None and node is not field:
            if not binding.priority and _is_typed(field, binding.key):
                continue
            if binding.key_display == "space" or len(binding.key_display or "") == 1:
                binding = replace(binding, key_display=None)  # which is typed too: another key does it
        yield node, binding


def _is_typed(field: Widget, key: str) -> bool:
    """Whether a key goes into the field, which Textual does not say of all that have a name of their own. A field in
    which Enter does something else has it for a binding of its own."""
    return key == "enter" or field.check_consume_key(key, key_to_character(REPLACED_KEYS.get(key, key)))
