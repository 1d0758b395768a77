"""The app: it holds what lies on the desk, and moves between screens."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.filter import LineFilter
from textual.markup import MarkupError
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer

from quizapp.cards.card import Card, Deck
from quizapp.cards.library import Library
from quizapp.cards.watch import Watch
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home
from quizapp.study.desk import open_desk, reread, with_library
from quizapp.ui import look, preferences
from quizapp.ui.breaks import break_at_characters
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.words import Language, Shown, clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from textual.command import Provider

    from quizapp.lab.trust import Trust
    from quizapp.lab.warm import ForkServer, Standby
    from quizapp.study.search import Index
    from quizapp.study.session import Session
    from quizapp.ui.watcher import Watcher

_NEXT_LANGUAGE: dict[Shown, Shown] = {"en": "zh", "zh": "both", "both": "en"}


class Said(NamedTuple):
    """A message that the user was shown."""

    at: datetime
    severity: SeverityLevel
    text: str


def _commands() -> "type[Provider]":
    from quizapp.ui.commands import Commands

    return Commands


def _cards() -> "type[Provider]":
    from quizapp.ui.find_cards import CardProvider

    return CardProvider


class QuizApp(App[None]):
    """`paths` are the decks named on the command line; `start` is called with the app once home is mounted."""

    TITLE = "quizapp"
    CSS_PATH = "app.tcss"
    COMMANDS: "ClassVar[set[type[Provider] | Callable[[], type[Provider]]]]" = {_commands, _cards}  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "language", "Language", id="app.language"),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="app.help"),
        Binding("f12", "log", "Messages", show=False, id="app.log"),
        Binding("ctrl+p", "command_palette", "Every command", show=False, priority=True, id="app.palette"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
    ]

    def __init__(
        self, home: Home, paths: Sequence[Path] = (), *, start: "Callable[[QuizApp], None] | None" = None
    ) -> None:
        super().__init__()
        break_at_characters()
        self._start = start
        self._paths = paths
        decks = paths or (home.decks, BUNDLED_DECKS)
        self._watch = Watch((*decks, home.demos, BUNDLED_DEMOS))  # before they are read
        self._watcher: Watcher | None = None
        self.desk = open_desk(home, paths, local_now())
        self.shown: Shown = self.desk.settings.shown
        self._tidying: Timer | None = None
        self.keys: Mapping[str, tuple[str, ...]] = {}  # the user's own, by the id of a binding
        self.messages: list[Said] = []
        self._trust: Trust | None = None
        self._index: tuple[Library, Index] | None = None
        self.warm: ForkServer | Standby | None = None  # has torch loaded, so that a run starts at once

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    def on_mount(self) -> None:
        self.usual_theme, self.usual_motion = self.theme, self.animation_level
        for theme in look.THEMES:
            self.register_theme(theme)
        preferences.dress(self, self.desk.settings)
        preferences.take_keys(self, self.desk.settings)
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        for notice in self.desk.notices:
            self.notify(notice, severity="warning", timeout=10, markup=False)
        if self._start is not None:
            self._start(self)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """After the first paint: collect garbage again, and import what the next screen needs."""
        gc.freeze()
        gc.set_threshold(10_000, 4, 200)  # screens leave much garbage: look for it neither all the time nor for long
        gc.enable()
        self.set_timer(0.3, self._import_ahead)
        from quizapp.ui.watcher import Watcher

        read = partial(reread, self.desk.home, self._paths, lambda: self.desk.library)
        fail = partial(self.call_later, partial(self.notify, severity="error", timeout=10, markup=False))
        self._watcher = Watcher(self._watch, read, partial(self.call_later, self.take_library), fail)
        self._watcher.start(self.desk.library)

    def _import_ahead(self) -> None:
        if not self.is_running:  # a timer may fire once more while the app closes
            return
        import quizapp.ui.screens.study  # noqa: F401

        if self.desk.settings.keys:
            preferences.examine_keys(self)
        if any(card.demo is not None for deck in self.desk.library.decks for card in deck.cards):
            from quizapp.lab.warm import warm

            self.warm = warm()
            self.warm.start()
        self._do_ahead(self._chores())

    def _chores(self) -> Iterator[None]:
        """What makes screens open at once, in pieces: their modules, the texts to search, the demos."""
        from importlib import import_module
        from pkgutil import iter_modules

        from quizapp.ui import screens

        for module in iter_modules(screens.__path__):
            import_module(f"quizapp.ui.screens.{module.name}")
            yield
        while self.index.warm(250):
            yield
        from quizapp.lab.script import ScriptError, read

        for demo in sorted(BUNDLED_DEMOS.glob("*.py")):
            with suppress(ScriptError):
                read(demo)
            yield
        gc.freeze()  # all this stays: looking through it for garbage would halt a screen that is being opened

    def _do_ahead(self, chores: Iterator[None]) -> None:
        """One piece at a time, while nothing else is to be done."""
        for _ in chores:
            self.set_timer(0.015, partial(self._do_ahead, chores))
            break

    def tidy(self) -> None:
        """Collect all that closed screens left once none has been closed for a while: amid an opening it would show."""
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self.set_timer(0.7, gc.collect)

    def on_unmount(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
        if self.warm is not None:
            self.warm.close()
        self.desk.progress.close()

    # Language

    @property
    def spoken(self) -> Language:
        """The language of the app's own words; with both shown, that of the locale."""
        if self.shown != "both":
            return self.shown
        from quizapp.settings import Settings

        return "zh" if Settings().shown == "zh" else "en"

    def action_language(self) -> None:
        preferences.change(self, "language", _NEXT_LANGUAGE[self.shown])

    def show_language(self, shown: Shown) -> None:
        self.shown = shown
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.language_changed()
        self.refresh(layout=True)

    def change_setting(self, name: str, value: object) -> None:
        """Set it, from now on, and write it."""
        preferences.change(self, name, value)

    # Looks, keys and messages

    def _theme_changed(self, theme: Theme) -> None:
        """The palette chose a theme."""
        if theme.name != (self.desk.settings.theme or self.usual_theme):
            preferences.change(self, "theme", theme.name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        before, after = look.filters(self.theme, self.desk.settings.ascii)
        return [*before, *super().get_line_filters(), *after]

    def get_key_display(self, binding: Binding) -> str:
        shown = super().get_key_display(binding).replace("⏎", "enter")  # an emoji to some terminals
        return look.KEYS_IN_ASCII.get(shown, shown) if self.desk.settings.ascii else shown

    def key(self, binding: str, usual: str) -> str:
        """The key of a binding, for texts that name it; `usual` unless the user changed it."""
        keys = self.keys.get(binding)
        return self.get_key_display(Binding(keys[0], "")) if keys else usual

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message for a while, and keep it for the log (F12). Only Textual's own messages are markup."""
        plain = message
        if markup:
            with suppress(MarkupError):
                plain = Content.from_markup(message).plain
        plain = clean(plain)
        self.messages.append(Said(local_now(), severity, plain))
        del self.messages[:-1000]
        super().notify(plain, title=title, severity=severity, timeout=timeout, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """What is pasted may go to a terminal."""
        super().copy_to_clipboard(clean(text))

    def action_log(self) -> None:
        from quizapp.ui.screens.log import LogScreen

        if not isinstance(self.screen, LogScreen):
            self.push_screen(LogScreen())

    def open_keys(self) -> None:
        from quizapp.ui.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen())

    def open_settings(self) -> None:
        from quizapp.ui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    # Screens

    def study(self, decks: Sequence[Deck]) -> None:
        """Begin a session over `decks`."""
        from quizapp.study.session import Session
        from quizapp.ui.screens.study import StudyScreen

        self.desk.progress.refresh()
        self.push_screen(StudyScreen(Session(decks, self.desk.progress, self.desk.settings, local_now())))

    def finish_session(self, session: "Session") -> None:
        """From the study screen to its summary; straight home when nothing was done but cards wait."""
        if not session.acts and session.counts.total:
            self.pop_screen()
            return
        from quizapp.ui.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(session))

    def resume_session(self, session: "Session") -> None:
        """Back from the summary, with the last act taken back."""
        from quizapp.ui.screens.study import StudyScreen

        self.push_screen(StudyScreen(session, undo=True))

    def browse(self, key: str | None = None) -> None:
        """Every card, to search; `key` opens one."""
        from quizapp.ui.screens.browse import BrowseScreen

        if isinstance(self.screen, BrowseScreen):
            self.screen.go_to(key)
        else:
            self.push_screen(BrowseScreen(key))

    def open_stats(self) -> None:
        """What was done, what was recalled, what is to come."""
        from quizapp.ui.screens.stats import StatsScreen

        self.push_screen(StatsScreen())

    @property
    def index(self) -> "Index":
        """The cards of the library as it is now, to be searched."""
        if self._index is None or self._index[0] is not self.desk.library:
            from quizapp.study.search import Index

            self._index = self.desk.library, Index(self.desk.library.decks)
        return self._index[1]

    @work(exclusive=True, group="tour")
    async def take_tour(self) -> None:
        """Five steps on a real card."""
        import asyncio

        from quizapp.study.session import Session
        from quizapp.ui.screens.tour import TourScreen, running_demos, tour_card

        card = tour_card(self, await asyncio.to_thread(running_demos, self.desk))
        if card is None:
            self.notify(label("There is no card to show.", self.spoken), markup=False)
            return
        desk = self.desk
        self.push_screen(TourScreen(Session(desk.library.decks, desk.progress, desk.settings, local_now(), first=card)))

    def choose_quiz(self) -> None:
        """Choose what to be asked in a quiz."""
        from quizapp.ui.screens.practise import PractiseScreen

        self.push_screen(PractiseScreen())

    def begin_quiz(self, cards: Sequence[Card], seed: int, *, replace: bool = False) -> None:
        """Ask `cards` in a quiz; `replace` the screen where they were chosen."""
        from quizapp.study.quiz import Quiz
        from quizapp.ui.screens.quiz import QuizScreen

        screen = QuizScreen(Quiz(cards, seed, local_now()))
        if replace:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def choose_interview(self) -> None:
        """Choose what to be asked in a mock interview, or go on with one."""
        from quizapp.ui.screens.interview_setup import InterviewSetupScreen

        self.push_screen(InterviewSetupScreen())

    def open_lab(self) -> None:
        """Every demo, to play with."""
        from quizapp.ui.screens.lab import LabScreen

        self.push_screen(LabScreen())

    def open_readiness(self) -> None:
        """The interview date, and the recall to expect on it."""
        from quizapp.ui.screens.readiness import ReadinessScreen

        self.push_screen(ReadinessScreen())

    def add_card(self) -> None:
        """A form for a new card."""
        from quizapp.ui.screens.add_card import AddCardScreen

        if not isinstance(self.screen, AddCardScreen):
            self.push_screen(AddCardScreen())

    def edit_card(self, card: Card) -> None:
        """Open `card` in the user's editor, at its line; what was saved shows at once."""
        from quizapp.ui.editor import edit_card

        edit_card(self, card)

    def reload(self) -> None:
        """Read the decks again, now."""
        if self._watcher is not None:
            self._watcher.wake()

    def take_library(self, library: Library) -> None:
        """Go on with `library`, on every screen."""
        if not self.is_running:  # it is closing, and its screens are being taken apart
            return
        if not all(screen.is_mounted for screen in self.screen_stack):  # one is just being opened
            self.call_later(self.take_library, library)
            return
        was, self.desk = self.desk.library, with_library(self.desk, library)
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.library_changed(was)
        faults = [fault for fault in library.faults if fault not in was.faults]
        if faults and not isinstance(self.screen, HomeScreen):  # which shows them
            said = f"{replace(faults[0], file=Path(faults[0].file.name))}"
            if len(faults) > 1:
                more = label("… {} more: 'quizapp check' lists them.", self.spoken)
                said += f"\n{more.format(len(faults) - 1)}"
            self.notify(said, severity="warning", timeout=10, markup=False)

    def action_help(self) -> None:
        from quizapp.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            placeholder = label("Search for commands and cards…", self.spoken)
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for command in super().get_system_commands(screen):
            if command.title != "Keys":  # which would open Textual's own help beside ours
                yield command
        from quizapp.ui.commands import everywhere

        yield from everywhere(self, screen)

    # The lab

    @property
    def trust(self) -> "Trust":
        if self._trust is None:
            from quizapp.lab.trust import Trust

            self._trust = Trust(self.desk.home.trust)
        return self._trust
