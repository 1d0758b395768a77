"""The controls of a form, which are Textual's, in one look: one of several, on or off, a number."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Select, Static, Switch
from textual.widgets._input import InputType
from textual.widgets._select import SelectCurrent, SelectOverlay

from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.widgets.line import Line

Offered = Mapping[str, str]  # what is shown, by value; plain text, whoever wrote it


class _Shown(SelectCurrent):
    """The value, and an arrow that says that there are others: Textual has a widget for each of two arrows."""

    def compose(self) -> ComposeResult:
        yield Static(self.placeholder, id="label")

    def render(self) -> Text:
        return Text("▼", "dim")


class _Offers(SelectOverlay):
    """The values, one a line: the foot says how one is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "keys.pick", id="settings.pick"),
        Binding("escape", "dismiss", "keys.back", id="settings.leave"),
    ]


class OneOf(Select[str], inherit_bindings=False):
    """One of several values: Enter shows them all, left and right take the next one."""

    DEFAULT_CSS = """
    OneOf {
        height: 1;
        & > SelectCurrent {
            border: none;
            padding: 0 1;
            text-align: right;  /* the arrow */
            background: $panel;
            & Static#label {
                height: 1;
                margin: 0 2 0 0;
                text-wrap: nowrap;
                text-overflow: ellipsis;
            }
        }
        &:focus > SelectCurrent {
            border: none;
        }
        &:focus > SelectCurrent, &:focus > SelectCurrent Static#label {
            color: $accent;
        }
        & > SelectOverlay, & > SelectOverlay:focus {
            border: round $border;
            padding: 0;
            background: $panel;
            background-tint: transparent;
            scrollbar-size: 0 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            & > .option-list--option {
                padding: 0 1;
            }
        }
    }
    """

    def __init__(self, name: str, choices: Offered, value: str) -> None:
        super().__init__(_prompts(choices), value=value, allow_blank=False, name=name)
        self.choices = dict(choices)

    def compose(self) -> ComposeResult:
        yield _Shown(self.prompt)
        yield _Offers()

    def offer(self, choices: Offered, value: str) -> None:
        """Show other choices, or the same in other words, and `value`. Nobody is told: who says it knows it."""
        with self.prevent(Select.Changed):
            if choices != self.choices:
                self.choices = dict(choices)
                self.set_options(_prompts(choices))
            self.value = value
            # The same value may be called otherwise now.
            self.mutate_reactive(OneOf.value)  # type: ignore[misc]

    def turn(self, step: int) -> None:
        """Take the next value (1), or the one before (-1)."""
        values = list(self.choices)
        place = values.index(str(self.value)) + step
        if 0 <= place < len(values):
            self.value = values[place]


def _prompts(choices: Offered) -> list[tuple[Text, str]]:
    return [
        (Text(" ".join(words.split()), no_wrap=True, overflow="ellipsis"), value) for value, words in choices.items()
    ]


class OnOff(Switch, inherit_bindings=False):
    """On or off: a slider and a word, so that colour does not say it alone."""

    DEFAULT_CSS = """
    OnOff, OnOff:focus {
        height: 1;
        border: none;
        padding: 0 1;
        background: $background;
        background-tint: transparent;
    }
    OnOff:focus {
        color: $accent;
    }
    """

    def __init__(self, name: str, value: bool) -> None:
        super().__init__(value, animate=False, name=name)

    def render(self) -> Text:
        word = text("screens.settings.on" if self.value else "screens.settings.off", context(self).language)
        return Text().append("──● " if self.value else "●── ", "green" if self.value else "dim").append(word)

    def turn(self, step: int) -> None:
        """Right is on, left is off."""
        self.value = step > 0


class ValueLine(Line):
    """A number, a date, or a few words, as its `type` is. `held` is what stood there before one typed."""

    def __init__(self, name: str, held: str, type: InputType = "text") -> None:
        super().__init__(type=type, validate_on=(), name=name)
        self.held = held
        self.begin(held)

    def hold(self, held: str) -> None:
        """Let `held` stand there, unless it does already and something else is being typed."""
        if held != self.held:
            self.held = held
            self.begin(held)
