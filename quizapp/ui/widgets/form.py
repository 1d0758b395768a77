"""What every form is made of: rows of a label, one of Textual's controls and a dim line about it, all in one look."""

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Switch

from quizapp.ui.widgets.controls import OneOf, OnOff
from quizapp.ui.widgets.panels import ScrollPanel

_CONTROL = 28  # cells, as in the style of the rows
_MARK = 2  # cells before a label, where the row in hand has its mark
_GAP = 2


class FormRows(Widget):
    """Controls below each other. It draws the label before each, a mark where the keys go, and what is about it or
    wrong with it: a widget of their own for these would make a form slow to open."""

    DEFAULT_CSS = """
    FormRows {
        height: auto;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > OneOf, & > OnOff, & > ValueLine {
            width: 28;
        }
        & > ValueLine, & > ValueLine:focus {
            height: 1;
            border: none;
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

    def __init__(self, *controls: Widget) -> None:
        super().__init__(*controls)
        self._said: Mapping[str, tuple[str, str]] = {}
        self.wrong: dict[str, str] = {}  # by the name of the control
        self._saved = "", ""  # the control that was saved last, and what is said of it
        self._indent = 0  # cells before a control

    def show(self, said: Mapping[str, tuple[str, str]]) -> None:
        """Draw the label and the line about each, by its name; the controls begin in one column."""
        self._said = said
        indent = _MARK + max((cell_len(label) for label, _ in said.values()), default=0) + _GAP
        for control in self.children:
            if control.styles.margin.left != indent:
                control.styles.margin = (0, 0, 0, indent)
            control.refresh(layout=isinstance(control, Button))  # a word in it may be another, a button be wider
        self._indent = indent
        self.refresh()

    def say(self, name: str, wrong: str) -> None:
        """What is wrong with it, in the place of what is about it; or ""."""
        if wrong != self.wrong.get(name, ""):
            self.wrong[name] = wrong
            self.refresh()

    def saved(self, name: str, said: str) -> None:
        """That what was chosen last holds, in the place of what is about it; or ""."""
        self._saved = name, said
        self.refresh()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        """What was wrong may be right by now."""
        self.say(event.input.name or "", "")

    def render(self) -> Text:
        rows = []
        for control in self.children:
            label, about = self._said.get(control.name or "", ("", ""))
            row = labelled(self, label, here=control.has_focus or control.has_focus_within)
            row.append(" " * (self._indent + _CONTROL + _GAP - row.cell_len))
            wrong = self.wrong.get(control.name or "")
            if wrong:
                rows.append(row.append(f"✗ {wrong}", "red"))
            elif control.name == self._saved[0] and self._saved[1]:
                rows.append(row.append(f"✓ {self._saved[1]}", "green"))
            else:
                rows.append(row.append(about, "dim"))
        return Text("\n").join(rows)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark(self) -> None:
        self.refresh()


def labelled(node: Widget, label: str, *, here: bool) -> Text:
    """A label of a form in which `node` is, with a mark if the keys go `here`."""
    form = next((one for one in node.ancestors if isinstance(one, Form)), node)
    style = form.get_component_rich_style("form--here", partial=True) if here else ""
    return Text(no_wrap=True, overflow="ellipsis").append(f"{'▸' if here else ' '} {label}", style)


class Form(ScrollPanel, can_focus=False):
    """The rows. Up and down go from one to the next, as Tab does, past the ends only where it `wraps`; what turns,
    turns the same way in every row."""

    wraps = True

    is_read = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"form--here"}
    DEFAULT_CSS = """
    Form {
        height: auto;
        & > .form--here {
            color: $accent;
            text-style: bold;
        }
        & > FormRows {
            padding: 0 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "change", "keys.change", key_display="enter", id="settings.change"),
        Binding("left", "turn(-1)", "keys.less", key_display="←", show=False, id="settings.less"),
        Binding("right", "turn(1)", "keys.more", key_display="→", show=False, id="settings.more"),
        Binding("up", "step(-1)", "keys.previous_field", show=False, id="settings.previous"),
        Binding("down", "step(1)", "keys.next_field", show=False, id="settings.next"),
    ]

    class Chosen(Message):
        """The control called `name` has another value."""

        def __init__(self, chosen: OneOf | OnOff) -> None:
            self.name, self._chosen = chosen.name or "", chosen
            super().__init__()

        @property
        def value(self) -> str | bool:
            """What it stands at by now: it may have been set meanwhile."""
            value = self._chosen.value
            return value if isinstance(value, bool) else str(value)

    def on_resize(self) -> None:
        """What stands below may have taken lines from the rows: the one in hand stays in sight."""
        in_hand = self.screen.focused
        if in_hand is not None and self in in_hand.ancestors:
            in_hand.scroll_visible(animate=False)

    @on(Select.Changed)
    @on(Switch.Changed)
    def _chosen(self, event: Select.Changed | Switch.Changed) -> None:
        event.stop()
        if isinstance(event.control, OneOf | OnOff):
            self.post_message(self.Chosen(event.control))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        in_hand = self.screen.focused
        match action:
            case "turn":
                return isinstance(in_hand, OneOf | OnOff)
            case "change":
                return isinstance(in_hand, OneOf | OnOff)
        return True

    def action_step(self, step: int) -> None:
        """To the row before or behind."""
        chain = self.screen.focus_chain
        at = (chain.index(self.screen.focused) if self.screen.focused in chain else 0) + step
        if chain and (self.wraps or 0 <= at < len(chain)):
            self.screen.set_focus(chain[at % len(chain)])

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
