"""A demo's knobs in a row or two: up and down choose one, left, right and a click on its arrows turn it, with Shift by
ten, Home and End to its ends."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from quizapp.draw.names import NO_LABELS, Labels, axis_name
from quizapp.draw.paper import shortened
from quizapp.lab.knob import MAX_STEPS, Knob, KnobValue

_APART = 3  # cells between two knobs
_NAMES = (30, 16, 12, 9, 6)  # cells of a name, from the widest to the shortest
_BESIDE = (40, 20)  # cells that are kept free, where there is room, for what the knob in hand takes
_LEAST = 6  # cells of its name there, without which that reads as what the knob beside it takes
_FAR = 10  # steps with Shift
_MANY = 200  # values of a knob of which every one is measured


class KnobRows(Widget, can_focus=True):
    """Steppers for ranges, choices for literals, switches for booleans: all turn the same way. Each has its place,
    whatever its value; behind the row of the one in hand stands, with its name, what that takes."""

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
        Binding("right", "turn(1)", "keys.turn", key_display="←→", id="knobs.more"),
        Binding("left", "turn(-1)", "keys.less", show=False, id="knobs.less"),
        Binding("shift+left", f"turn(-{_FAR})", "keys.turn_far", show=False, id="knobs.far-less"),
        Binding("shift+right", f"turn({_FAR})", "keys.turn_far", show=False, id="knobs.far-more"),
        Binding("home", "turn_to_end(-1)", "keys.turn_to_end", show=False, id="knobs.least"),
        Binding("end", "turn_to_end(1)", "keys.turn_to_end", show=False, id="knobs.most"),
        Binding("up", "choose(-1)", "keys.other_knob", key_display="↑↓", show=False, id="knobs.up"),
        Binding("down", "choose(1)", "keys.other_knob", show=False, id="knobs.down"),
    ]

    class Turned(Message):
        """A knob has another value."""

        def __init__(self, name: str, value: KnobValue) -> None:
            self.name, self.value = name, value
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self.knobs: Sequence[Knob] = ()
        self.values: dict[str, KnobValue] = {}
        self.chosen = 0
        self.held = False  # none can be turned
        self.height = 0  # rows, of at most
        self._room = (76, 2)  # as many cells and rows
        self._labels = NO_LABELS
        self._words: Sequence[str] = ()  # the names
        self._names: Sequence[str] = ()  # as much of them as there is room for
        self._widths: Sequence[int] = ()  # of their values, whichever they have
        self._rows: list[list[int]] = []  # which knobs stand in which row
        self._first = 0  # the row that is the first in sight

    def show(
        self,
        knobs: Sequence[Knob],
        values: Mapping[str, KnobValue],
        labels: Labels = NO_LABELS,
        *,
        within: tuple[int, int] = (76, 2),
        held: bool = False,
    ) -> None:
        """Draw `knobs`, each with its value of `values`, `within` so many cells and rows; `held`: none is turned."""
        self.held = held
        words = [axis_name(knob.name, labels) for knob in knobs]
        self.values = dict(values)
        if (knobs, words, within, labels) != (self.knobs, self._words, self._room, self._labels):
            self.chosen = min(self.chosen, max(0, len(knobs) - 1)) if knobs == self.knobs else 0
            self.knobs, self._words, self._room, self._labels = knobs, words, within, labels
            self._widths = [_widest_value(knob, labels) for knob in knobs]
            self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        """Give each knob its place: in as few rows as there is room for with what each takes behind them, or some of
        that, else without, else with shorter names; of more rows than there may be, those around the one in hand are
        seen."""
        width, most = self._room
        for longest, beside in (*((_NAMES[0], cells) for cells in _BESIDE), *((cells, 0) for cells in _NAMES)):
            self._names = [shortened(word, longest, "…") for word in self._words]
            self._rows = self._filled(beside)
            if len(self._rows) <= (min(2, most) if beside else most) and all(
                self._width(row) <= width for row in self._rows
            ):
                break
        self.styles.height = self.height = min(len(self._rows), most)

    def _filled(self, beside: int) -> list[list[int]]:
        """Which knobs stand in which row, with so many cells free at its end for what each of them takes."""
        takes = [min(beside, _APART + cell_len(self._takes(place, beside))) for place in range(len(self.knobs))]
        rows: list[list[int]] = []
        for place in range(len(self.knobs)):
            row = [*rows[-1], place] if rows else [place]
            if rows and self._width(row) + max(takes[one] for one in row) <= self._room[0]:
                rows[-1] = row
            else:
                rows.append([place])
        return rows

    def _width(self, row: Sequence[int]) -> int:
        return sum(self._cells(place) for place in row) + _APART * (len(row) - 1)

    def _cells(self, place: int) -> int:
        """The mark, the name, and the arrows around a value."""
        return 2 + cell_len(self._names[place]) + 5 + self._widths[place]

    @property
    def knob(self) -> Knob:
        """The one that is chosen; there must be one."""
        return self.knobs[self.chosen]

    def render(self) -> Text:
        shown = next((n for n, row in enumerate(self._rows) if self.chosen in row), 0)
        self._first = min(max(self._first, shown - self.height + 1), shown, len(self._rows) - self.height)
        rows = self._rows[self._first : self._first + self.height]
        return Text("\n", no_wrap=True, overflow="ellipsis").join(self._row(row) for row in rows)

    def _row(self, row: Sequence[int]) -> Text:
        text = Text(no_wrap=True)
        for place in row:
            text.append(" " * _APART if text else "").append_text(self._knob(place))
        if self.chosen in row:
            left = self._room[0] - text.cell_len - _APART
            said = self._takes(self.chosen, left)
            text.append(" " * (left + _APART - cell_len(said))).append(said, "dim")
        return text

    def _takes(self, place: int, within: int) -> str:
        """A knob's name, which is shortened first, and what it takes; "" where there is no room for both."""
        takes, name = allowed(self.knobs[place], self._labels), self._names[place]
        between = ": " if self._words[place].isascii() else "："
        name = shortened(name, max(_LEAST, within - cell_len(between + takes)), "…")
        return shortened(f"{name}{between}{takes}", within, "…") if takes and within > 2 * _LEAST else ""

    def _knob(self, place: int) -> Text:
        """The name, and the value between the arrows that turn it."""
        knob = self.knobs[place]
        value, in_hand = self.values[knob.name], place == self.chosen
        text = Text(f"{'▸' if in_hand else ' '} {self._names[place]} ")
        text.append("‹ " if neighbour(knob, value, -1) is not None else "  ")
        text.append(value_in_words(knob, value, self._labels), "bold")
        text.append(" ›" if neighbour(knob, value, 1) is not None else "  ")
        text.pad_right(max(0, self._cells(place) - text.cell_len))
        if in_hand:
            style = "knobs--chosen" if self.has_focus else "knobs--chosen-blurred"
            text.stylize_before(self.get_component_rich_style(style))
        return text

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self.held and action in ("turn", "turn_to_end"))

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

    def action_turn_to_end(self, step: int) -> None:
        """To the lowest value or the highest, if there is one."""
        if step < 0 or self.knob.kind != "int" or self.knob.high is not None:
            self.action_turn(step * MAX_STEPS)

    def on_click(self, event: events.Click) -> None:
        row, left = self._first + int(event.y), 0
        for place in self._rows[row] if row < len(self._rows) else ():
            if left <= event.x < left + self._cells(place):
                self.chosen = place
                arrow = left + 2 + cell_len(self._names[place]) + 1
                end = arrow + 2 + cell_len(value_in_words(self.knob, self.values[self.knob.name], self._labels))
                if arrow <= event.x <= end + 1 and not self.held:
                    self.action_turn(-1 if event.x < arrow + 2 else 1)
                self.refresh()
            left += self._cells(place) + _APART


def neighbour(knob: Knob, value: KnobValue, step: int) -> KnobValue | None:
    """The value `step` places from `value`, the last one there is if that is nearer; None where `value` is that."""
    if knob.kind == "int" and knob.high is None:  # not by the value's type: a switch's is an int too
        number = max(int(knob.low or 0), int(value) + step)
        return number if number != value else None
    values = knob.values()
    place = values.index(value)
    there = min(max(0, place + step), len(values) - 1)
    return values[there] if there != place else None


def value_in_words(knob: Knob, value: KnobValue, labels: Labels = NO_LABELS) -> str:
    """The value as it stands beside its knob: a choice or switch by its word, where it has one."""
    shown = knob.show(value)
    return labels[shown].words if knob.kind in ("choice", "bool") and shown in labels else shown


def allowed(knob: Knob, labels: Labels = NO_LABELS) -> str:
    """What the knob takes, in a few cells: 2–8, tensor · channel."""
    if knob.kind in ("choice", "bool"):
        return " · ".join(value_in_words(knob, choice, labels) for choice in knob.values())
    if knob.high is None or knob.low is None:
        return ""
    return f"{'–' if knob.low >= 0 else ' – '}".join(map(knob.show, (knob.low, knob.high)))


def _widest_value(knob: Knob, labels: Labels) -> int:
    """The cells of the widest value that the knob may have."""
    if knob.kind == "int" and knob.high is None:
        return 3
    values = knob.values()
    return max(cell_len(value_in_words(knob, value, labels)) for value in [*values[:_MANY], values[-1]])
