"""Keys: everything that one can press, by the place where it holds; Enter gives it another key."""

from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quizapp.texts import text
from quizapp.ui import preferences
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.keymap import clashes, every_binding, shown_keys
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ListPanel, ScrollPanel
from quizapp.ui.wording import action_name

# What the first parts of ids are called.
PLACES = {"screen": "app", "source": "demo"}  # on every screen: everywhere; the source is the demo's


class KeyPanel(ListPanel):
    """What one can press; Enter gives it another key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "keys.another_key", id="keys.change"),
    ]


class KeysScreen(BaseScreen):
    """Enter, then the new key; backspace brings the usual one back."""

    once = True
    DEFAULT_CSS = """
    KeysScreen {
        align-horizontal: center;
        & > KeyPanel {
            height: 1fr;
            max-height: 1fr;
            max-width: 120;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "usual", "keys.usual_key", id="keys.usual"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._list = KeyPanel(markup=False)
        self._bindings_by_id = every_binding()

    def compose(self) -> ComposeResult:
        yield self._list
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def settings_changed(self) -> None:
        self._draw()

    def _draw(self) -> None:
        language, mine = self.context.language, self.context.keys
        own = (
            text("screens.keys.changed", language, n=len(mine))
            if mine
            else text("screens.settings.unchanged", language)
        )
        self._list.frame(text("screens.keys.title", language), own)
        groups: dict[str, list[str]] = {}
        for name in self._bindings_by_id:
            groups.setdefault(place_of(name), []).append(name)
        rows = {name: self._row(name) for name in self._bindings_by_id}
        wide = [max(cell_len(row[column]) for row in rows.values()) for column in (0, 1)]
        chosen = self._list.highlighted
        self._list.clear_options()
        for place, names in groups.items():
            self._list.add_option(Option(Text(text(place, language), "bold underline"), disabled=True))
            for name in names:
                words, keys = rows[name]
                line = Text(f"{'*' if name in mine else ' '} {set_cell_size(words, wide[0])}  ", no_wrap=True)
                line.append(set_cell_size(keys, wide[1]), "bold").append(f"  {name}", "dim")
                self._list.add_option(Option(line, id=name))
        self._list.highlighted = chosen if chosen is not None else 1

    def _row(self, name: str) -> tuple[str, str]:
        """What it does, and its keys."""
        binding = self._bindings_by_id[name]
        return action_name(binding.description or binding.action, self.context.language), shown_keys(
            self, replace(binding, key_display=None)
        )

    @property
    def _chosen(self) -> str | None:
        place = self._list.highlighted
        return None if place is None else self._list.get_option_at_index(place).id

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        name = self._chosen
        if name is not None:
            words, keys = self._row(name)
            self.app.push_screen(PressScreen(name, words, keys), lambda key: self._take(name, key))

    def _take(self, name: str, key: str | None) -> None:
        if key is not None:
            preferences.change(self, "keys", (key,), name)

    def action_usual(self) -> None:
        name = self._chosen
        if name is not None and name in self.context.desk.settings.keys:
            preferences.change(self, "keys", None, name)


class PressScreen(BaseScreen, ModalScreen[str]):
    """Waits for one key. None: left as it was. A key that does something else in that place is asked about."""

    DEFAULT_CSS = """
    PressScreen {
        align: center middle;
    }
    """

    def __init__(self, name: str, words: str, keys: str) -> None:
        super().__init__()
        self._binding, self._words, self._keys = name, words, keys
        self._pressed: str | None = None
        self._page = Static(markup=False)

    def compose(self) -> ComposeResult:
        panel = ScrollPanel(self._page, id="ask")
        panel.frame(self._words, self._keys, self._binding)
        yield panel

    def on_mount(self) -> None:
        self._draw([])

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """No key means anything here, not even those that do everywhere."""
        return []

    def _draw(self, also: list[str]) -> None:
        language = self.context.language
        if self._pressed is None:
            self._page.update(text("screens.keys.press", language))
            return
        key = self.app.get_key_display(Binding(self._pressed, ""))
        self._page.update("! " + text("screens.keys.taken", language, key=key, others=", ".join(also)))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter" and self._pressed is not None:
            self.dismiss(self._pressed)
        else:
            self._press(event.key)

    def _press(self, key: str) -> None:
        keys = {**self.context.keys, self._binding: (key,)}
        found = [clash for clash in clashes(keys) if self._binding in (clash.first, clash.second)]
        also = [clash.second if clash.first == self._binding else clash.first for clash in found]
        if not also:
            self.dismiss(key)
            return
        self._pressed = key
        bindings = every_binding()
        named = [name for name in dict.fromkeys(also) if name in bindings]
        self._draw(
            [
                text(
                    "screens.keys.other",
                    self.context.language,
                    action=action_name(bindings[name].description, self.context.language),
                    id=name,
                )
                for name in named
            ]
        )

    def on_click(self) -> None:
        self.dismiss(None)


def place_of(name: str) -> str:
    """What the place is called to which an id belongs."""
    first = name.partition(".")[0]
    return f"ui.place.{PLACES.get(first, first)}"
