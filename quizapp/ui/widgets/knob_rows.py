"""A demo's knobs as rows: up and down choose one, left and right turn it, a click beside its value does too."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from quizapp.draw.names import NO_LABELS, Labels, axis_name
from quizapp.draw.paper import fitted, shortened
from quizapp.lab.knob import Knob, KnobValue

_MARK = 2  # cells before a name: the mark of the row that is chosen
_WIDEST_NAME = 30


class KnobRows(Widget, can_focus=True):
    """Steppers for ranges, choices for literals, switches for booleans: every row turns the same way."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KnobRows {
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .knobs--chosen {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .knobs--chosen-blurred {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"knobs--chosen", "knobs--chosen-blurred"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "keys.less", show=False, id="knobs.less"),
        Binding("right", "turn(1)", "keys.more", show=False, id="knobs.more"),
        Binding("up", "choose(-1)", "keys.up", show=False, id="knobs.up"),
        Binding("down", "choose(1)", "keys.down", show=False, id="knobs.down"),
    ]

    class Turned(Message):
        """A knob has another value."""

        def __init__(self, name: str, value: KnobValue) -> None:
            self.name, self.value = name, value
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self.knobs: Sequence[Knob] = ()
        self._names: Sequence[str] = ()  # in words
        self.values: dict[str, KnobValue] = {}
        self.chosen = 0

    def show(self, knobs: Sequence[Knob], values: Mapping[str, KnobValue], labels: Labels = NO_LABELS) -> None:
        """Draw a row for each of `knobs` with its value of `values`."""
        self.chosen = min(self.chosen, max(0, len(knobs) - 1)) if knobs == self.knobs else 0
        self.knobs, self.values = knobs, dict(values)
        self._names = [shortened(axis_name(knob.name, labels), _WIDEST_NAME, "…") for knob in knobs]
        self.styles.height = len(knobs)
        self.refresh()

    @property
    def knob(self) -> Knob:
        """The one that is chosen; there must be one."""
        return self.knobs[self.chosen]

    def render(self) -> Text:
        text = Text(no_wrap=True, overflow="ellipsis")
        chosen = self.get_component_rich_style("knobs--chosen" if self.has_focus else "knobs--chosen-blurred")
        for i, knob in enumerate(self.knobs):
            row, value = self._row(i), self.values[knob.name]
            row.append(" " * (self._value_width - cell_len(knob.show(value))) + f"   {allowed(knob)}", "dim")
            if i == self.chosen:
                row.pad_right(max(0, self.size.width - row.cell_len))
                row.stylize_before(chosen)
            text.append_text(row).append("\n")
        text.right_crop(1)
        return text

    def _row(self, place: int) -> Text:
        """The name, and the value between the arrows that turn it."""
        knob = self.knobs[place]
        value = self.values[knob.name]
        text = Text(f"{'▸' if place == self.chosen else ' '} {fitted(self._names[place], self._name_width)}   ")
        text.append("‹ " if neighbour(knob, value, -1) is not None else "  ")
        text.append(knob.show(value), "bold")
        return text.append(" ›" if neighbour(knob, value, 1) is not None else "  ")

    @property
    def _name_width(self) -> int:
        return max(map(cell_len, self._names), default=0)

    @property
    def _value_width(self) -> int:
        return max((cell_len(knob.show(self.values[knob.name])) for knob in self.knobs), default=0)

    def action_choose(self, step: int) -> None:
        self.chosen = (self.chosen + step) % max(1, len(self.knobs))
        self.refresh()

    def action_turn(self, step: int) -> None:
        knob = self.knob
        value = neighbour(knob, self.values[knob.name], step)
        if value is not None:
            self.values[knob.name] = value
            self.refresh()
            self.post_message(self.Turned(knob.name, value))

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self.knobs):
            self.chosen = int(event.y)
            knob = self.knobs[self.chosen]
            left = _MARK + self._name_width + 3
            right = left + 2 + cell_len(knob.show(self.values[knob.name]))
            if left <= event.x <= right + 1:
                self.action_turn(-1 if event.x < left + 2 else 1)
            self.refresh()


def neighbour(knob: Knob, value: KnobValue, step: int) -> KnobValue | None:
    """The value one `step` (1 or -1) from `value`, or None at the end of what the knob takes."""
    if knob.high is None and isinstance(value, int):
        return value + step if value + step >= (knob.low or 0) else None
    values = knob.values()
    place = values.index(value) + step if value in values else 0
    return values[place] if 0 <= place < len(values) else None


def allowed(knob: Knob) -> str:
    """What the knob takes, in a few cells: 2–8, tensor · channel."""
    if knob.kind in ("choice", "bool"):
        return " · ".join(knob.show(choice) for choice in knob.values())
    if knob.high is None or knob.low is None:
        return ""
    return f"{'–' if knob.low >= 0 else ' – '}".join(map(knob.show, (knob.low, knob.high)))
