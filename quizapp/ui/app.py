"""The app: it starts, holds the context, and closes."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.constants import DEFAULT_THEME
from textual.content import Content
from textual.filter import LineFilter
from textual.markup import MarkupError
from textual.notifications import Notification, Notify, SeverityLevel
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from quizapp.cards.watch import Watch
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home
from quizapp.study.desk import open_desk
from quizapp.texts import os_reason, text
from quizapp.ui import look, preferences, sittings
from quizapp.ui.ahead import Ahead
from quizapp.ui.base_screen import BaseScreen, ScreenClosed, ScreenShown
from quizapp.ui.breaks import break_at_characters
from quizapp.ui.context import Context, Notice, Served
from quizapp.ui.half_width import half_width_key
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.wording import worded
from quizapp.words import clean

if TYPE_CHECKING:
    from textual.command import Provider

_NOT_OFFERED = ("Keys", "Maximize", "Minimize")  # Textual's; ours are the help and F11
_MOST_NOTICES = 1000  # of a run that are kept
_BRIEF_S, _LONG_S = 3.0, 6.0


def _commands() -> "type[Provider]":
    from quizapp.ui.palette import Commands

    return Commands


def _cards() -> "type[Provider]":
    from quizapp.ui.find_cards import CardProvider

    return CardProvider


def _of_an_act(said: Notification) -> bool:
    """Does it say what was done, or will be? What went wrong, and what is amiss elsewhere, is read on any screen."""
    return said.severity != "error" and said.timeout <= _LONG_S


class QuizApp(App[None]):
    """`paths` are the decks named on the command line; `start` is called with the app once home is mounted;
    `served`: it is in a browser."""

    TITLE = "quizapp"
    CSS_PATH = "app.tcss"
    COMMANDS: "ClassVar[set[type[Provider] | Callable[[], type[Provider]]]]" = {_commands, _cards}  # noqa: RUF012
    # What it begins with: set later, each would have every style parsed once more before the first paint.
    theme: Reactive[str] = Reactive(DEFAULT_THEME if DEFAULT_THEME != "textual-dark" else look.DARK)
    ansi_theme_dark = Reactive(look.INKS_ON_DARK)
    ansi_theme_light = Reactive(look.INKS_ON_LIGHT)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "language", "keys.language", show=False, id="app.language"),
        Binding("question_mark,f1", "help", "keys.help", key_display="?", id="app.help"),
        Binding("f12", "log", "keys.messages", show=False, id="app.log"),
        Binding("ctrl+p", "command_palette", "keys.palette", show=False, priority=True, id="app.palette"),
        Binding("ctrl+q", "quit", "keys.quit", show=False, priority=True, id="app.quit"),
    ]

    def __init__(
        self,
        home: Home,
        paths: Sequence[Path] = (),
        *,
        start: "Callable[[QuizApp], None] | None" = None,
        served: Served | None = None,
    ) -> None:
        super().__init__()
        break_at_characters()
        self._start = start
        decks = paths or (home.decks, BUNDLED_DECKS)
        self._watch = Watch((*decks, home.demos, BUNDLED_DEMOS))  # before they are read
        self.context = Context(open_desk(home, paths, local_now()), self.get_key_display, served)
        self._ahead = Ahead(self, self.context)
        self._outdated: list[Notification] = []  # what was said of an act before the last key

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's and ours. Registered, ours would be too late for the colours that a start works out."""
        return super().available_themes | look.THEMES

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    def on_mount(self) -> None:
        here = self.context
        here.usual_theme, here.usual_motion = self.theme, self.animation_level
        preferences.dress(self, here.desk.settings)
        preferences.take_keys(self, here.desk.settings)
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        for notice in here.desk.notices:
            self.notify(worded(notice, self.context.language), severity="warning", timeout=10, markup=False)
        if self._start is not None:
            self._start(self)
        else:
            sittings.offer_first(self)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """After the first paint."""
        self._ahead.painted()
        from quizapp.ui.reload import watch_decks

        self.context.watcher = watch_decks(self, self._watch)

    @on(ScreenClosed)
    def _screen_closed(self) -> None:
        self._ahead.tidy()

    def on_unmount(self) -> None:
        if self.context.watcher is not None:
            self.context.watcher.stop()
        if self.context.warm is not None:
            self.context.warm.close()
        self.context.desk.recorder.close()

    # Looks, keys and messages

    def _theme_changed(self, theme: Theme) -> None:
        """The palette chose a theme."""
        if theme.name != (self.context.desk.settings.theme or self.context.usual_theme):
            preferences.change(self, "theme", theme.name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        before, after = look.filters(self.theme, self.context.desk.settings.ascii)
        return [*before, *super().get_line_filters(), *after]

    def get_key_display(self, binding: Binding) -> str:
        return look.key_shown(binding.key_display or binding.key, ascii=self.context.desk.settings.ascii)

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
        self.context.notices.append(Notice(local_now(), severity, plain))
        del self.context.notices[:-_MOST_NOTICES]
        timeout = timeout or (_BRIEF_S if severity == "information" else _LONG_S)
        if isinstance(screen := self.screen, BaseScreen):
            screen.query_children("ToastRack").set_class(screen.says_above, "-above")
        super().notify(plain, title=title, severity=severity, timeout=timeout, markup=False)

    def on_notify(self, event: Notify) -> None:
        """Said once, and from now on for as long: of keys pressed in a row the last one's."""
        self._drop(one for one in self._notifications if one.message == event.notification.message)

    def _drop(self, said: Iterable[Notification]) -> None:
        """Away with these. Textual takes the toast away and leaves what held it, a row high, above the next one."""
        dropped = [one for one in said if one in self._notifications]
        for one in dropped:
            self._unnotify(one, refresh=False)
        if dropped:
            held = {f"--textual-toast-{one.identity}" for one in dropped}
            self._refresh_notifications()
            for holder in self.screen.query("ToastHolder"):
                if holder.id in held:
                    holder.remove()

    @on(ScreenShown)
    def _screen_shown(self) -> None:
        """What was said on another screen is not about this one; what the key that led here said is."""
        self._drop(self._outdated)

    def copy_to_clipboard(self, text: str) -> None:
        """What is pasted may go to a terminal."""
        super().copy_to_clipboard(clean(text))

    # What its keys do

    async def on_event(self, event: events.Event) -> None:
        """A full-width sign does what its twin does, unless it is typed into a field. What was said of the last act is
        away with the next, before it lies over that one's screen."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self._ahead.pressed()
            self._drop([one for one in self._notifications if one.timeout <= _BRIEF_S])
            self._outdated = [one for one in self._notifications if _of_an_act(one)]
        if isinstance(event, events.Key) and not event.is_forwarded:
            focused = self.focused
            if focused is None or not focused.check_consume_key(event.key, event.character):
                event = half_width_key(event)
        await super().on_event(event)

    def action_help_quit(self) -> None:
        """Ctrl+C does not quit: say what does."""
        key = self.context.key("app.quit", "Ctrl+Q")
        self.notify(text("ui.quit_by", self.context.language, key=key), markup=False)

    @on(events.DeliveryComplete)
    def _screenshot_saved(self, event: events.DeliveryComplete) -> None:
        event.prevent_default()  # Textual says it in English
        said = text("ui.screenshot.saved", self.context.language, file=event.path or "SVG")
        self.notify(said, markup=False)

    @on(events.DeliveryFailed)
    def _screenshot_not_saved(self, event: events.DeliveryFailed) -> None:
        event.prevent_default()
        why = os_reason(event.exception) if isinstance(event.exception, OSError) else f"{event.exception}"
        said = text("ui.screenshot.not_saved", self.context.language, why=why)
        self.notify(said, severity="error", markup=False)

    def action_language(self) -> None:
        preferences.turn_language(self)

    def action_log(self) -> None:
        open_screen(self, "log")

    def action_help(self) -> None:
        open_screen(self, "help", self.screen)

    def action_command_palette(self) -> None:
        from quizapp.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            placeholder = text("ui.palette.search", self.context.language)
            self.push_screen(Palette(placeholder=placeholder, id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for command in super().get_system_commands(screen):
            if command.title not in _NOT_OFFERED:
                yield command
        from quizapp.ui.palette import everywhere

        yield from everywhere(self, screen)
