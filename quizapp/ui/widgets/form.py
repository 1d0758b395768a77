"""What every form is made of: rows of a label, one of Textual's controls and a dim line about it, all in one look."""

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Select, Switch
from textual.widgets._input import InputType

from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.widgets.line import Line
from quizapp.ui.widgets.panels import ScrollPanel

_CONTROL = 28  # cells, as in the style below
_MARK = 2  # cells before a label, where the row in hand has its mark
_GAP = 2

Choices = Mapping[str, str]  # what is shown, by value; plain text, whoever wrote it


class OneOf(Select[str], inherit_bindings=False):
    """One of several values: Enter shows them all, left and right take the next one."""

    DEFAULT_CSS = """
    OneOf {
        height: 1;
        & > SelectCurrent {
            background: $panel;
            & Static#label {
                height: 1;
                text-wrap: nowrap;
                text-overflow: ellipsis;
            }
        }
        &.-textual-compact > SelectCurrent {
            padding: 0 1;
        }
        &:focus > SelectCurrent, &:focus > SelectCurrent Static#label, &:focus .arrow {
            color: $accent;
        }
        & > SelectOverlay.-textual-compact, & > SelectOverlay.-textual-compact:focus {
            border: round $border !important;
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

    def __init__(self, choices: Choices, value: str) -> None:
        super().__init__(_prompts(choices), value=value, allow_blank=False, compact=True)
        self.choices = dict(choices)

    def offer(self, choices: Choices, value: str) -> None:
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


def _prompts(choices: Choices) -> list[tuple[Text, str]]:
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

    def __init__(self, value: bool) -> None:
        super().__init__(value, animate=False)

    def render(self) -> Text:
        word = text("screens.settings.on" if self.value else "screens.settings.off", context(self).language)
        return Text().append("──● " if self.value else "●── ", "green" if self.value else "dim").append(word)

    def turn(self, step: int) -> None:
        """Right is on, left is off."""
        self.value = step > 0


class NumberLine(Line):
    """A number, or several, or a date: no letter belongs there, so each does what its key does. `held` is what stood
    there before one typed."""

    def __init__(self, held: str, type: InputType = "text") -> None:
        super().__init__(compact=True, type=type, validate_on=())
        self.held = held
        self.begin(held)

    def hold(self, held: str) -> None:
        """Let `held` stand there, unless it does already and something else is being typed."""
        if held != self.held:
            self.held = held
            self.begin(held)

    def _takes_letter(self, letter: str) -> bool:
        return False


class FormRow(Widget):
    """A control with its label before it. It draws the label, a mark if the keys go there, and what is about it or
    wrong with it, all by itself: a form is made of few widgets."""

    DEFAULT_CSS = """
    FormRow {
        height: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > OneOf, & > OnOff, & > NumberLine {
            width: 28;
        }
        & > Line.-textual-compact, & > TextArea {
            padding: 0 1;
            background: $panel;
        }
        & > Button.-textual-compact {
            width: auto;
            min-width: 0;
            height: 1;
            background: $panel;
            color: $foreground;
            text-style: bold;
            &:focus {
                color: $accent;
                text-style: bold reverse;
            }
        }
    }
    """

    def __init__(self, name: str, *controls: Widget) -> None:
        super().__init__(*controls, name=name)
        self.label = self.about = self.wrong = ""
        self.indent = 0  # cells before the control

    def show(self, label: str, about: str, indent: int) -> None:
        """Draw it with the control `indent` cells from the left."""
        if indent != self.indent:
            self.indent = indent
            for control in self.children:
                control.styles.margin = (0, 0, 0, indent)
        self.label, self.about = label, about
        self.refresh()
        for control in self.children:
            control.refresh()  # a word in it may be another

    def say(self, wrong: str) -> None:
        """What is wrong with it, in the place of what is about it; or ""."""
        if wrong != self.wrong:
            self.wrong = wrong
            self.refresh()

    def render(self) -> Text:
        row = self.draw_label(max(0, self.indent - _MARK - _GAP))
        row.append(" " * (self.indent + _CONTROL + _GAP - row.cell_len))
        return row.append(f"✗ {self.wrong}", "red") if self.wrong else row.append(self.about, "dim")

    def draw_label(self, cells: int) -> Text:
        """The mark and the label, in so many cells."""
        here = self.has_focus_within
        form = next((node for node in self.ancestors if isinstance(node, Form)), self)
        style = form.get_component_rich_style("form--here", partial=True) if here else ""
        row = Text(no_wrap=True, overflow="ellipsis")
        return row.append("▸ " if here else "  ", style).append(set_cell_size(self.label, cells), style)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark(self) -> None:
        self.refresh()


class Form(ScrollPanel, can_focus=False):
    """The rows. Up and down go from one to the next, as Tab does; what turns, turns the same way in every row."""

    DEFAULT_CLASSES = "panel"  # set later it would have every row styled anew
    COMPONENT_CLASSES: ClassVar[set[str]] = {"form--here"}
    DEFAULT_CSS = """
    Form {
        height: auto;
        & > .form--here {
            color: $accent;
            text-style: bold;
        }
        & > FormRow {
            padding: 0 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "change", "keys.change", key_display="enter", id="settings.change"),
        Binding("left", "turn(-1)", "keys.less", key_display="←", show=False, id="settings.less"),
        Binding("right", "turn(1)", "keys.more", key_display="→", show=False, id="settings.more"),
        Binding("up", "app.focus_previous", "keys.previous_field", show=False, id="settings.previous"),
        Binding("down", "app.focus_next", "keys.next_field", show=False, id="settings.next"),
    ]

    class Chosen(Message):
        """The control of the row `name` has another value."""

        def __init__(self, name: str, chosen: OneOf | OnOff) -> None:
            self.name, self._chosen = name, chosen
            super().__init__()

        @property
        def value(self) -> str | bool:
            """What it stands at by now: it may have been set meanwhile."""
            value = self._chosen.value
            return value if isinstance(value, bool) else str(value)

    def show_rows(self, said: Mapping[str, tuple[str, str]]) -> None:
        """Draw each row with its label and the line about it, by its name; the controls begin in one column."""
        widest = max((cell_len(label) for label, _ in said.values()), default=0)
        for name, (label, about) in said.items():
            self.row(name).show(label, about, _MARK + widest + _GAP)

    def row(self, name: str) -> FormRow:
        """The row of that name."""
        return next(row for row in self.query(FormRow) if row.name == name)

    @on(Select.Changed)
    @on(Switch.Changed)
    def _chosen(self, event: Select.Changed | Switch.Changed) -> None:
        event.stop()
        row, control = event.control.parent, event.control
        if isinstance(row, FormRow) and isinstance(control, OneOf | OnOff):
            self.post_message(self.Chosen(row.name or "", control))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        in_hand = self.screen.focused
        match action:
            case "turn":
                return isinstance(in_hand, OneOf | OnOff)
            case "change":
                return isinstance(in_hand, OneOf | OnOff | Button)
        return True

    def action_turn(self, step: int) -> None:
        in_hand = self.screen.focused
        if isinstance(in_hand, OneOf | OnOff):
            in_hand.turn(step)

    def action_change(self) -> None:
        match self.screen.focused:
            case OneOf() as one:
                one.action_show_overlay()
            case OnOff() as switch:
                switch.toggle()
            case Button() as button:
                button.press()
