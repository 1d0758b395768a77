"""Help: what works where one came from; a key further what letters mean, and the rest. From the bindings, the user's
included."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from quizapp.examiner.place import examiner_place
from quizapp.paths import readme
from quizapp.texts import tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.breaks import breaks
from quizapp.ui.keymap import MEANINGS, remapped
from quizapp.ui.widgets.key_bar import KeyBar, of_letters, working
from quizapp.ui.widgets.panels import AROUND, PROSE, ScrollPanel
from quizapp.ui.wording import key_phrase

_BESIDE = 6  # cells before the columns of letters and between them
_MOST_KEYS = 16  # cells for the keys; longer ones push what they do to the right
_SIDEWAYS = ("scroll_left", "scroll_right", "page_left", "page_right")  # nothing is that wide
_SEVERAL = re.compile(".-.|↑↓|←→")  # what is shown for several keys: each by itself says no more
_PAIRS = ("↑↓", "←→")
_OF_THE_SCREEN = ("screens.help.now", "screens.help.at_other_times")
_LEADING_AWAY = ("keys.switch_pane", "keys.back")

# The phrases of bindings that are not called by an id, and of those that do nearly the same.
_PHRASES = {
    **dict.fromkeys(
        ("keys.up", "keys.down", "keys.scroll", "keys.page_up", "keys.page_down", "keys.first", "keys.last"),
        "help.move",
    ),
    **dict.fromkeys(("Up", "Down", "Page Up", "Page Down", "First", "Last"), "help.move"),
    **dict.fromkeys(("Scroll Up", "Scroll Down", "Scroll Home", "Scroll End"), "help.move"),
    "Focus Next": "help.switch_pane",
    "Focus Previous": "help.pane_before",
    "Select": "help.select",
    "Undo": "help.undo_typing",
}


class KeyRow(NamedTuple):
    """Keys, what they do, whether they do it now, and the action on a node that it is."""

    keys: list[str]
    words: str
    works: bool
    action: str
    node: DOMNode


class HelpScreen(BaseScreen):
    """The keys of `of`: those that work and those of other times; with the `rest` those of other panes, and those that
    hold everywhere. A click on a line goes back and does what its key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "rest", "keys.all_keys", id="help.rest"),
        Binding("question_mark,f1", "back", "keys.back", show=False, id="help.close"),  # as it came it goes
    ]

    rest = var(False, init=False)

    once = True
    DEFAULT_CSS = """
    HelpScreen {
        #help {
            height: 1fr;
            align-horizontal: center;
        }
        #help-page {
            max-width: 86;
            link-style: none;
            link-style-hover: reverse;
        }
    }
    """

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._of = of
        self._page = Static(id="help-page", markup=False)
        self._panel = ScrollPanel(self._page, id="help")
        self._shown: list[KeyRow] = []

    def compose(self) -> ComposeResult:
        yield self._panel
        yield KeyBar()

    def on_resize(self) -> None:
        self.language_changed()

    def on_screen_resume(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        self._panel.frame(text("keys.help", self.context.language))
        self._page.update(self._text())

    def settings_changed(self) -> None:
        self.language_changed()

    def watch_rest(self) -> None:
        self.language_changed()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "rest" or not self.rest

    def action_rest(self) -> None:
        """Show the rest, from its beginning on."""
        above = self._text().plain.count("\n")
        self.rest = True
        self.call_after_refresh(self._panel.scroll_to, y=above, animate=False)

    # The page

    def _text(self) -> Text:
        language, room = self.context.language, min(PROSE, self.size.width - AROUND)
        groups = [(title, rows) for title, rows in self._groups() if rows and (self.rest or title in _OF_THE_SCREEN)]
        self._shown = [row for _, rows in groups for row in rows]
        keys = max((cell_len(_listed(row.keys)) for row in self._shown), default=0)
        page, number = Text("", "none"), 0
        said = self._words_here(room)
        for title, rows in groups:
            if title not in _OF_THE_SCREEN:
                page, said = page.append_text(said), Text()
            page.append(f"{text(title, language)}\n", "bold")
            for row in rows:
                page.append_text(_line(row, number, min(keys, _MOST_KEYS), room)).append("\n")
                number += 1
            page.append("\n")
        page.append_text(said)
        key, examiner = self.context.key, examiner_place(self.context.desk.settings)
        if not self.rest:
            return page.append(text("screens.help.rest", language, key=key("help.rest", "Space")), "dim")
        page.append_text(self._letters(room)).append("\n")
        for note in (
            tell("screens.help.dim"),
            tell("screens.help.undo", key=key("line.undo", "Ctrl+Z")),
            tell("screens.help.keys", key=key("home.settings", ","), then=key("settings.keys", "k")),
            *([tell("screens.help.examiner", key=key("home.settings", ","))] if not examiner else []),
            *([tell("screens.help.input_method")] if language == "zh" else []),
            tell("screens.help.more", readme=readme(language)),
        ):
            page.append(f"{note.says(language)}\n", "dim")
        return page

    def _words_here(self, room: int) -> Text:
        """What the words mean that stand on the screen one came from."""
        language, names = self.context.language, getattr(self._of, "words", ())
        page = Text().append(f"{text('screens.help.words', language)}\n" if names else "", "bold")
        for name in names:
            said = text(f"screens.help.word.{name}", language)
            for start, end in pairwise((0, *breaks(said, room - 2), len(said))):
                page.append(f"  {said[start:end].rstrip()}\n")
        return page.append("\n" if names else "")

    def _letters(self, room: int) -> Text:
        """What each letter means throughout, in one column or two."""
        language = self.context.language
        told = [f"{letter}  {text(f'letters.{letter}', language)}" for letter in MEANINGS]
        half = -(-len(told) // 2)
        wide = [max(map(cell_len, some)) for some in (told[:half], told[half:])]
        if sum(wide) + _BESIDE > room:
            half, wide = len(told), [0]
        page = Text().append(f"{text('screens.help.letters', language)}\n", "bold")
        for left, right in zip_longest(told[:half], told[half:], fillvalue=""):
            page.append(f"  {left[:1]}", "bold").append(set_cell_size(left[1:], wide[0] - 1) if right else left[1:])
            page.append(f"    {right[:1]}", "bold").append(f"{right[1:]}\n")
        return page.append(f"  {text('screens.help.a_to_f', language)}\n", "dim")

    def _groups(self) -> "Iterator[tuple[str, list[KeyRow]]]":
        """The rows below each title; what was said once is not said again."""
        screen = self._of
        around = screen.focused.ancestors_with_self if screen.focused is not None else [screen]
        here = [node for node in around if isinstance(node, Widget)]
        seen: set[str] = set()
        now = [(node, binding) for node, binding in working(screen) if not self._everywhere(node, binding)]
        now.sort(key=lambda found: (found[1].description in _LEADING_AWAY, found[1].id is None))
        yield "screens.help.now", self._rows(now, seen)
        everywhere = [(node, one) for node in (screen, self.app) for one in self._bindings_of(node)]
        everywhere = [(node, one) for node, one in everywhere if self._everywhere(node, one)]
        everywhere.sort(key=lambda found: found[1].id is None)
        local = [(node, one) for node in here for one in self._bindings_of(node) if not self._everywhere(node, one)]
        never = {"screen.back"}  # on home
        if not self.context.desk.settings.confidence:
            never |= {f"answer.sure-{sure}" for sure in range(1, 5)}
        if examiner_place(self.context.desk.settings) is None:
            never.add("answer.examine")
        local = [(node, one) for node, one in local if one.id not in never]
        yield "screens.help.at_other_times", _by_keys(self._rows(local, seen))
        others = [node for node in screen.query("*") if type(node).__module__.startswith("quizapp.")]
        theirs = [(node, one) for node in others if node not in here for one in self._bindings_of(node) if one.id]
        theirs = [(node, one) for node, one in theirs if not self._everywhere(node, one)]
        yield "screens.help.in_others", self._rows(theirs, seen)
        yield "screens.help.everywhere", self._rows(everywhere, seen)

    def _everywhere(self, node: DOMNode, binding: Binding) -> bool:
        """Whether it is a key of every screen."""
        of_all = node is self.app or binding.description == "keys.full_screen"
        return of_all or (node is self._of and binding.id is None)

    def _rows(self, found: "Iterable[tuple[DOMNode, Binding]]", seen: set[str]) -> list[KeyRow]:
        """The rows of bindings, without those in `seen`. What says the same is one."""
        rows: dict[str, KeyRow] = {}
        taken: set[str] = set()
        both: set[str] = set()  # keys that were told as one of a pair
        for node, binding in found:
            words = self._words(node, binding)
            if not words or not _is_told(node, binding) or words in seen:
                continue
            keys = [
                key for key in self._keys(node, binding) if binding.id or key not in taken
            ]  # Textual's give way to ours
            keys = [key for key in keys if key not in both]
            taken.update(keys)
            both.update(*[key for key in keys if key in _PAIRS])
            works = bool(self.app._check_action_state(binding.action, node))
            row = rows.get(words)
            if row is None or (works and not row.works):
                row = KeyRow(row.keys if row else [], words, works, binding.action, node)
                rows[words] = row
            row.keys.extend(key for key in keys if key not in row.keys)
        seen.update(rows)
        return [row for row in rows.values() if row.keys]

    def _words(self, node: DOMNode, binding: Binding) -> str:
        """What it does; "" where `node` has no use for it."""
        called = getattr(node, "called", {}).get(binding.action, "keys.")
        if not called.startswith("keys."):
            return text(called, self.context.language) if called else ""
        language, id = self.context.language, _PHRASES.get(binding.description)
        return text(id, language) if id else key_phrase(binding, language)

    def _keys(self, node: DOMNode, binding: Binding) -> list[str]:
        """What the bar shows for it, and its own key."""
        binding = of_letters(node, binding)
        shown = binding.key_display or ""
        own = Binding(binding.key, "")
        if _SEVERAL.fullmatch(shown):
            return [self.app.get_key_display(binding)]
        return list(dict.fromkeys(self.app.get_key_display(one) for one in (binding, own)))

    def _bindings_of(self, node: DOMNode) -> Iterable[Binding]:
        """A node's bindings, the user's keys among them."""
        return [binding for _, binding in remapped(BindingsMap.merge([node._bindings]), self.context.keys)]

    def action_do(self, number: int) -> None:
        """What a line says, where one came from."""
        row = self._shown[number]
        self.dismiss()
        self.app.call_later(self.app.run_action, row.action, row.node)


def _by_keys(rows: Iterable[KeyRow]) -> list[KeyRow]:
    """A row for all that the same keys do at one time or another."""
    found: dict[frozenset[str], KeyRow] = {}
    for row in rows:
        keys = frozenset(row.keys)
        known = found.get(keys)
        found[keys] = row if known is None else known._replace(words=f"{known.words} · {row.words}")
    return list(found.values())


def _is_told(node: DOMNode, binding: Binding) -> bool:
    """Not the thirty ways to move in a field: everybody knows those that they use."""
    moves = isinstance(node, Input | TextArea) and binding.id is None and binding.key != "ctrl+z"
    ends = binding.key in ("home", "end") and binding.description != "keys.turn_to_end"  # else the keys say it
    of_no_use = moves or ends or binding.system or binding.action in _SIDEWAYS or binding.key.startswith("super+")
    return bool(binding.description) and not of_no_use


def _listed(keys: list[str]) -> str:
    """Keys in a row; of digits that follow one another the first and the last."""
    if len(keys) > 2 and "".join(keys) in "123456789":
        return f"{keys[0]}-{keys[-1]}"
    return ", ".join(keys)


def _line(row: KeyRow, number: int, width: int, room: int) -> Text:
    """A row, `width` cells for its keys; words that find no room go on below themselves."""
    keys = _listed(row.keys)
    click = Style(dim=not row.works, meta={"@click": f"screen.do({number})"})
    start = max(width, cell_len(keys)) + 4
    line = Text().append(f"  {keys}{' ' * (start - 2 - cell_len(keys))}", click + Style(bold=row.works))
    words = Text(row.words, click).divide(breaks(row.words, max(10, room - start)))
    return line.append_text(Text("\n" + " " * start).join(words))
