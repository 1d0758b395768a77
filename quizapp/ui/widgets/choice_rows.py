"""Rows that turn, each through values that have a name in either language, or through numbers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import on
from textual.message import Message

from quizapp.cards.card import Level
from quizapp.lab.knob import Knob, KnobValue
from quizapp.texts import text
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.words import Language

CARD_LEVELS: tuple[Level, ...] = ("basic", "intermediate", "advanced")


class ChoiceRow(NamedTuple):
    """A row that turns: what it is called, its values and how they are shown; or the numbers from low to high."""

    name: str
    values: Sequence[str] = ()
    shown: Sequence[str] = ()
    low: int = 0
    high: int = 0
    step: int = 1

    def show(self, value: str | int) -> KnobValue:
        """`value` as the row shows it."""
        return self.shown[self.values.index(str(value))] if self.values else value

    def read(self, shown: KnobValue) -> str | int:
        """The value that is shown so."""
        return self.values[list(self.shown).index(str(shown))] if self.values else int(shown)

    def knob(self, name: str, shown: KnobValue) -> Knob:
        if self.values:
            return Knob(name, "choice", shown, choices=tuple(self.shown))
        return Knob(name, "int", shown, low=self.low, high=self.high, step=self.step)


def level_row(every: str, language: Language) -> ChoiceRow:
    """The row that chooses a level; `every` stands for none."""
    return ChoiceRow(
        "level", ("", *CARD_LEVELS), (every, *(text(f"ui.level.{level}", language) for level in CARD_LEVELS))
    )


class ChoiceRows(KnobRows):
    """The rows, one of them chosen."""

    class Set(Message):
        """The row `name` was turned to `value`."""

        def __init__(self, name: str, value: str | int) -> None:
            self.name, self.value = name, value
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, ChoiceRow] = {}  # by the name that is shown

    def show_rows(self, rows: Sequence[ChoiceRow], set_to: Mapping[str, str | int], language: Language) -> None:
        """Draw `rows`, each at what it is `set_to` by its name; the one that is chosen stays so."""
        chosen = self.chosen
        self._rows = {text(f"screens.row.{row.name}", language): row for row in rows}
        shown = {name: row.show(set_to[row.name]) for name, row in self._rows.items()}
        self.show([row.knob(name, shown[name]) for name, row in self._rows.items()], shown)
        self.chosen = chosen

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        event.stop()
        row = self._rows[event.name]
        self.post_message(self.Set(row.name, row.read(event.value)))
