"""The palette's commands: what the app can do anywhere, and what every key of the screen does."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from textual.app import App, SystemCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from quizapp.texts import text
from quizapp.ui import preferences, sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.keymap import remapped
from quizapp.ui.routes import open_screen
from quizapp.ui.wording import action_name, key_phrase

_MOST_LETTERS = 200  # of a name that are looked at: decks have titles of any length


class Palette(CommandPalette):
    """Textual's, as a panel in the middle of what is wider."""

    DEFAULT_CSS = """
    Palette {
        & > Vertical {
            margin-top: 2;
            max-width: 88;
            background: $background;
        }
        #--input, #--input.--list-visible {
            border: round $border;
            background: $background;
        }
        #palette-keys {
            dock: bottom;
            height: 1;
            background: $panel;
        }
        SearchIcon {
            display: none;
        }
        CommandInput, CommandInput:focus {
            border: none;
            height: 1;
            padding: 0 1;
        }
        CommandList {
            border: round $border-blurred;
            background: $background;
            max-height: 70vh;
            scrollbar-size-vertical: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            & > .option-list--option {
                padding: 0 1;
                text-style: none;
            }
            & > .option-list--option-highlighted {
                color: $block-cursor-foreground;
                background: $block-cursor-background;
            }
        }
    }
    """

    def on_mount(self) -> None:
        """What it is; and its keys, over those of the screen below it."""
        language = context(self).language
        self.query_one("#--input").border_title = Content(text("keys.palette", language))
        moves, opens, back = (text(id, language).lower() for id in ("keys.move", "keys.open", "keys.back"))
        keys = Content(" ")
        for key, does in (("↑↓", moves), ("Enter", opens), ("Esc", back)):
            keys += Content.assemble((f"{key} ", "bold"), (f"{does}  ", "dim"))
        self.mount(Static(keys, id="palette-keys", markup=False))

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Textual's, but for what it says: that is in English alone."""
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._say_nothing_found, search_value)
        )

    def _say_nothing_found(self, query: str) -> None:
        if query:
            said = Content(text("ui.palette.nothing", context(self).language))
            self.query_one(CommandList).add_option(Option(said, disabled=True, id=self._NO_MATCHES))
        self._list_visible = bool(query)


class Command(NamedTuple):
    """What it is called, in the reader's language and in English, which is easier to type; what it does, in a line; the
    key that does it too; whether it shows before one types."""

    names: tuple[str, ...]
    about: str
    key: str
    run: Callable[[], Any]
    discover: bool = True

    @property
    def title(self) -> str:
        return "  ".join(self.names)


class Commands(Provider):
    """Titles are plain text, never markup: decks have titles too."""

    async def discover(self) -> Hits:
        for command in sorted(self._commands(), key=lambda command: command.title):
            if command.discover:
                yield DiscoveryHit(_shown(command, Content(command.title)), command.run, text=command.title)

    async def search(self, query: str) -> Hits:
        for command in self._commands():
            score, places = rank(query, command.names)
            score = score or about(query, command.about)
            if score > 0:
                title = Content(command.title)
                for place in places:
                    title = title.stylize(self.match_style or "bold underline", place, place + 1)
                yield Hit(score, _shown(command, title), command.run, text=command.title)

    def _commands(self) -> Iterator[Command]:
        app, language = self.app, context(self.app).language
        keys = self._keys()
        taken: set[str] = set()  # in the reader's language: a screen may have translated its own
        titles: list[str] = []  # in English
        for found in app.get_system_commands(self.screen):
            own, english = action_name(found.title, language), action_name(found.title, "en")
            titles.append(english)
            if own not in taken:
                taken.add(own)
                about, key = action_name(found.help, language), _key_of(found.title, keys)
                yield Command(_names(own, english), about, key, found.callback, found.discover)
        for namespace, binding, enabled, _ in self.screen.active_bindings.values():
            own, english = action_name(binding.description, language), action_name(binding.description, "en")
            longer = any(title.startswith(f"{english} ") for title in titles)  # Edit: Edit this card
            ours = enabled and binding.id and binding.id != "app.palette"  # which is open
            if ours and own and own not in taken and not longer:
                taken.add(own)
                about, key = key_phrase(binding, language), app.get_key_display(binding)
                run = partial(app.run_action, binding.action, namespace)
                yield Command(_names(own, english), "" if about == own else about, key, run, binding.show)

    def _keys(self) -> dict[str, str]:
        """The key of each binding of the screen and of the app by its description, and where else one works at home."""
        here, language = context(self.app), context(self.app).language
        keys: dict[str, str] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if enabled and node in (self.screen, self.app):
                keys.setdefault(binding.description, self.app.get_key_display(binding))
        for _, binding in remapped(self.app.screen_stack[0]._bindings, here.keys):
            key = self.app.get_key_display(binding)
            keys.setdefault(binding.description, text("ui.palette.at_home", language, key=key))
        return keys


def rank(query: str, names: Sequence[str]) -> tuple[float, Sequence[int]]:
    """How well what was typed names a command, and the characters of its title that it is: a name, the beginning of
    one, a part, words of one; or, worth less than a card that has it (`find_cards`), letters that begin its words."""
    query = " ".join(query.lower().split())
    best: tuple[float, Sequence[int]] = (0.0, ())
    start = 0
    for name in names:
        score, places = _rank_one(query, name.lower()) if query else (0.0, ())
        if score > 0:
            score -= min(len(name), 99) / 1000  # the shorter one is nearer
            best = max(best, (score, [start + place for place in places]), key=itemgetter(0))
        start += len(name) + 2
    return best


def about(query: str, said: str) -> float:
    """What a command is worth of whose description what was typed are words, more than a card that has them; or begins
    some, less than one."""
    known, words = set(re.findall(r"\w+", said.lower())), query.lower().split()
    if len(query.strip()) < 2:
        return 0.0
    if known.issuperset(words):
        return 0.5
    begun = all(any(one.startswith(word) for one in known) for word in words)
    return 0.15 if begun else 0.0


def _rank_one(query: str, name: str) -> tuple[float, Sequence[int]]:
    place, words = name.find(query), query.split()
    if place >= 0:
        return 1.0 if name == query else 0.8 if place == 0 else 0.65, range(place, place + len(query))
    if all(word in name for word in words):
        return 0.55, [place for word in words for place in range(name.index(word), name.index(word) + len(word))]
    places = _initials(query.replace(" ", ""), name[:_MOST_LETTERS])
    return (0.2 if places else 0.0), places


def _initials(query: str, name: str) -> list[int]:
    """Where the letters of `query` stand in `name`, each at the beginning of a word or right behind the last."""
    begins = [i for i, char in enumerate(name) if char.isalnum() and (not name[i - 1 : i].isalnum() or char > "\u2e80")]
    ways: dict[int, list[int]] = {i: [i] for i in begins if name[i] == query[0]}
    for letter in query[1:]:
        further: dict[int, list[int]] = {}
        for last, way in ways.items():
            for i in (last + 1, *(i for i in begins if i > last + 1)):
                if name[i : i + 1] == letter:
                    further.setdefault(i, [*way, i])
        ways = further
    return min(ways.values(), default=[])


def everywhere(app: App[Any], screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers on every screen, and what `screen` adds."""
    here = context(app)

    def opening(name: str, *arguments: object) -> Callable[[], None]:
        return lambda: open_screen(app, name, *arguments)

    yield SystemCommand("keys.language", "ui.palette.language", partial(preferences.turn_language, app))
    yield SystemCommand("keys.settings", "ui.palette.settings", opening("settings"))
    yield SystemCommand("keys.keys", "ui.palette.keys", opening("keys"))
    yield SystemCommand("keys.messages", "ui.palette.messages", opening("log"))
    yield SystemCommand("keys.help", "ui.palette.help", opening("help", screen))
    yield SystemCommand("keys.browse", "ui.palette.browse", opening("browse"))
    yield SystemCommand("keys.statistics", "ui.palette.statistics", opening("stats"))
    if isinstance(screen, BaseScreen):
        yield from screen.commands()
    yield SystemCommand("keys.quiz", "ui.palette.quiz", opening("practise"))
    yield SystemCommand("keys.new_card", "ui.palette.add", opening("add-card"))
    yield SystemCommand("keys.interview", "ui.palette.interview", opening("interview-setup"))
    yield SystemCommand("keys.demos", "ui.palette.demos", opening("lab"))
    yield SystemCommand("keys.readiness", "ui.palette.readiness", opening("readiness"))
    yield SystemCommand("keys.tour", "ui.palette.tour", partial(sittings.take_first, app))
    for deck in here.desk.library.decks:
        yield SystemCommand(
            text("ui.palette.study", here.language, deck=deck.title),
            text("common.cards", here.language, n=len(deck.cards)),
            partial(sittings.study, app, [deck]),
        )


def _names(own: str, english: str) -> tuple[str, ...]:
    return (own,) if own == english else (own, english)


def _key_of(title: str, keys: Mapping[str, str]) -> str:
    """The key of a command: that of the binding called so, or called shortly so, or that does the opposite too."""
    for name in (title, title.replace(".un", "."), title.replace(".new_card", ".add"), f"keys.{title.lower()}"):
        if key := keys.get(name) or keys.get(name.removesuffix("_card")):
            return key
    return ""


def _shown(command: Command, title: Content) -> Content:
    """The title with its key behind it, and in a second line what it does."""
    line = Content.assemble(title, "   ", (command.key, "$text-accent")) if command.key else title
    return line if not command.about else line + Content(f"\n  {command.about}").stylize("dim")
