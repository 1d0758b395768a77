"""What every screen shares: the context, the user's keys, the reader's language, and Esc to go back."""

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.await_remove import AwaitRemove
from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from quizapp.ui.context import Context, context
from quizapp.ui.panel import Panel
from quizapp.ui.workers import FaultsAreSaid

if TYPE_CHECKING:
    from quizapp.cards.library import Library


PACE_S = 0.7
"""After the last card the keys of so long were pressed for another, before one saw that there is none."""

_ONE_LINE = 3  # rows of a panel, its border among them


class ScreenClosed(Message):
    """A screen went away, and left its garbage."""


class ScreenShown(Message):
    """A screen is on top now."""


class BaseScreen(Screen[Any], FaultsAreSaid):
    """A screen of the app."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    ALLOW_IN_MAXIMIZED_VIEW = "KeyBar"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "keys.back", id="screen.back"),
        Binding("f11", "full", "keys.full_screen", show=False, id="screen.full"),
    ]

    words: ClassVar[tuple[str, ...]] = ()  # that stand on it and that its help explains
    is_written = False  # it is all fields: its keys are named as a field has them
    once = False  # not opened over itself: `opened_again` is called instead
    shows_faults = False  # of the decks, so that none need be said when it is on top

    @property
    def context(self) -> Context:
        return context(self)

    @property
    def says_above(self) -> bool:
        """Does what is said of an act stand at the top, since what one reads is below?"""
        return False

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """Textual's, with the user's keys instead of its own keymap, under which a key loses its other bindings."""
        keys = self.context.keys
        if not keys:
            return super()._binding_chain
        from textual.keys import key_to_character

        from quizapp.ui.keymap import remapped

        focused = self.focused
        nodes = [self, self.app] if focused is None or focused.loading else focused.ancestors_with_self
        chain = [(node, remapped(node._bindings, keys)) for node in nodes]
        for i, (_, bindings) in enumerate(chain):
            for key in list(bindings.key_to_bindings):  # what one types goes into the field
                if any(node.check_consume_key(key, key_to_character(key)) for node, _ in chain[:i]):
                    del bindings.key_to_bindings[key]
        return chain

    def _post_register(self, app: App[object]) -> None:
        """How wide it is, before anything in it is styled: else all would be styled twice."""
        super()._post_register(app)
        wide = max(place for place, (width, _) in enumerate(self.HORIZONTAL_BREAKPOINTS) if app.size.width >= width)
        self.add_class(self.HORIZONTAL_BREAKPOINTS[wide][1], update=False)

    @on(events.ScreenResume)
    def _just_styled(self, event: events.ScreenResume) -> None:
        """What is shown for the first time need not be styled anew."""
        event.refresh_styles = self.stack_updates > 0
        self.app.post_message(ScreenShown())

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """The panels that the focus came to, and those that it left: no style of what is in them asks for it, and
        Textual would style all of that anew."""
        around = [
            {node for node in one.ancestors_with_self if node._has_focus_within} if one is not None else set()
            for one in (focused, blurred)
        ]
        self.app.stylesheet.update_nodes(around[0] ^ around[1], animate=True)

    @property
    def one_by_one(self) -> bool:
        """Whether there is room for one pane at a time: the one in hand has nearly all of the screen already."""
        return self.maximized is None and self.size.width < self.HORIZONTAL_BREAKPOINTS[-1][0]

    def _cells_to_gain(self, panel: Panel | None) -> int:
        """How many more a panel would have with the whole screen; none for a line to type in."""
        if panel is None or panel.outer_size.height <= _ONE_LINE:
            return 0
        return self.size.width * (self.size.height - 1) - panel.outer_size.area  # below is the foot

    def action_full(self) -> None:
        """The panel that the keys go to fills the screen, or takes its place again."""
        panel = self._panel_in_hand
        if self.maximized is None and not self._cells_to_gain(panel):
            return
        self.maximized = None if panel is self.maximized else panel
        if self.maximized is not None and panel is not None and panel.is_read:
            panel.scroll_home(animate=False, immediate=True)

    @property
    def _panel_in_hand(self) -> Panel | None:
        """The panel in which the focus is."""
        focused = self.focused
        around = focused.ancestors_with_self if focused is not None else ()
        return next((node for node in around if isinstance(node, Panel)), None)

    @on(events.DescendantFocus)
    def _panel_left(self) -> None:
        """The focus is set elsewhere: what it went to is shown."""
        if self.maximized is not None and self._panel_in_hand is not self.maximized:
            self.maximized = None

    @on(events.DescendantFocus)
    def _still_cursor(self, event: events.DescendantFocus) -> None:
        """With less motion, not even a cursor blinks."""
        if self.app.animation_level == "none" and getattr(event.widget, "cursor_blink", False):
            event.widget.cursor_blink = False  # type: ignore[attr-defined]

    def action_back(self) -> None:
        self.dismiss()

    def action_home(self) -> None:
        """Home, whatever it was opened from."""
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def remove(self) -> AwaitRemove:
        """Away with it, and with what its widgets painted: a method of Textual 8 that is cached by widget keeps it."""
        for widget in (self, *self.query("*")):
            widget._styles_cache.clear()
        self.app.post_message(ScreenClosed())
        return super().remove()

    def language_changed(self) -> None:
        """Draw anew what depends on the language shown."""

    def library_changed(self, was: "Library") -> None:
        """The decks or demos were read again, since a file changed: show what they say now. `was` is what they said."""

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers on this screen besides what it offers everywhere."""
        return ()

    def settings_changed(self) -> None:
        """Go by the settings that hold now."""

    def opened_again(self, *arguments: Any) -> None:
        """It is to be opened while it is on top, with `arguments`."""


class EndScreen(BaseScreen):
    """What shows once the last card is answered. Keys that were pressed at pace for a card do nothing there."""

    def __init__(self) -> None:
        super().__init__()
        self._since = monotonic()

    @property
    def ended(self) -> bool:
        """Did the last card lead here, or was it left before?"""
        raise NotImplementedError

    def on_mount(self) -> None:
        self._since = monotonic()

    def on_key(self, event: events.Key) -> None:
        if self.ended and event.time < self._since + PACE_S:
            event.stop()
