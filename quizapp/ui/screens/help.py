"""Help: every key of the screen one came from, read from its bindings, the user's own keys included."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from quizapp.paths import BUNDLED_DECKS
from quizapp.texts import tell
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.keymap import remapped
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.wording import action_name

_SIDEWAYS = ("scroll_left", "scroll_right", "page_left", "page_right")  # nothing is that wide
_MOST_KEYS = 26  # cells for the keys; longer ones push what they do to the right


def _readme() -> str:
    """Where the README lies in a checkout; its name elsewhere."""
    path = BUNDLED_DECKS.parent / "README.md"
    return str(path) if path.is_file() else path.name


class KeyRow(NamedTuple):
    """Keys, what they do, whether they do it now, and the action on a node that it is."""

    keys: str
    words: str
    works: bool
    action: str
    node: DOMNode


class HelpScreen(BaseScreen):
    """The keys of `of`: those of the screen, of its panes, and those that hold everywhere. A click on a line goes back
    and does what its key does."""

    once = True

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._of = of
        self._page = Static(id="page", markup=False)
        self._shown: list[KeyRow] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield self._page
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    def on_screen_resume(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        self._page.update(self._text())

    def settings_changed(self) -> None:
        self.language_changed()

    def _text(self) -> Text:
        language = self.context.language
        text = Text("", "none")
        seen: set[str] = set()
        groups = [
            (title, rows)
            for title, nodes in self._places()
            if (rows := [row for node, ours in nodes for row in self._rows(node, ours, seen)])
        ]
        self._shown = [row for _, rows in groups for row in rows]
        width = max((min(cell_len(row.keys), _MOST_KEYS) for row in self._shown), default=0)
        number = 0
        for title, rows in groups:
            text.append(tell(title).says(language) + "\n", "bold underline")
            for row in rows:
                click = Style(dim=not row.works, meta={"@click": f"screen.do({number})"})
                text.append(f"  {row.keys}{' ' * (width - cell_len(row.keys))}  ", click + Style(bold=row.works))
                text.append(row.words, click).append("\n")
                number += 1
            text.append("\n")
        key = self.context.key
        for line in (
            tell("screens.help.dim").says(language),
            tell("screens.help.keys", key=key("home.settings", ",")).says(language),
            tell("screens.help.palette", key=key("app.palette", "Ctrl+P")).says(language),
            tell("screens.help.tour", key=key("home.tour", "T")).says(language),
            tell("screens.help.more", readme=_readme()).says(language),
        ):
            text.append(f"{line}\n", "none")
        return text

    def _places(self) -> "Iterable[tuple[str, list[tuple[DOMNode, bool | None]]]]":
        """What has keys, under its title: the pane one is in before the others. With each, whether to take its own keys
        (True), those that Textual gives it (False), or both."""
        screen = self._of
        focused = [node for node in screen.focused.ancestors_with_self if node is not screen] if screen.focused else []
        here = [node for node in focused if isinstance(node, Widget) and not isinstance(node, Screen)]
        ours = [node for node in screen.query("*") if type(node).__module__.startswith("quizapp.")]
        yield "screens.help.on_screen", [(screen, True)]
        yield "screens.help.in_pane", [(node, None) for node in here]
        yield "screens.help.in_others", [(node, True) for node in ours if node not in here]
        yield "screens.help.everywhere", [(self.app, True), (screen, False)]

    def action_do(self, number: int) -> None:
        """What a line says, where one came from."""
        row = self._shown[number]
        self.dismiss()
        self.app.call_later(self.app.run_action, row.action, row.node)

    def _rows(self, node: DOMNode, ours: bool | None, seen: set[str]) -> list[KeyRow]:
        """A node's rows. What says the same is one."""
        found: dict[str, tuple[list[str], list[Binding]]] = {}
        for binding in self._bindings_of(node):
            told = f"{binding.key} {binding.description}"
            if not binding.description or binding.system or told in seen or ours not in (None, binding.id is not None):
                continue
            seen.add(told)
            keys, bindings = found.setdefault(action_name(binding.description, self.context.language), ([], []))
            key = self.app.get_key_display(binding)
            if key not in keys:
                keys.append(key)
            bindings.append(binding)
        rows = []
        for words, (keys, bindings) in found.items():
            works = [binding for binding in bindings if self.app._check_action_state(binding.action, node)]
            rows.append(KeyRow(", ".join(keys), words, bool(works), (works or bindings)[0].action, node))
        return rows

    def _bindings_of(self, node: DOMNode) -> Iterable[Binding]:
        """Not the thirty ways to move in a text field: everybody knows those that they use."""
        if isinstance(node, Input | TextArea):
            return []
        bindings = remapped(BindingsMap.merge([node._bindings]), self.context.keys)
        return [binding for _, binding in bindings if binding.action not in _SIDEWAYS]
