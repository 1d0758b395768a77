"""What to be asked: kind, deck, level, tag and number as rows that turn, and how many cards that leaves."""

import time
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quizapp.cards.card import Card, Level
from quizapp.cards.judge import JUDGED
from quizapp.cards.library import Library
from quizapp.lab.knob import Knob, Value
from quizapp.study.quiz import Selection, drawn
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.labels import label
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.words import read

LEVELS: tuple[Level, ...] = ("basic", "intermediate", "advanced")


class Row(NamedTuple):
    """A row that turns: what it is called, its values and how they are shown; or the numbers from low to high."""

    name: str
    values: Sequence[str] = ()
    shown: Sequence[str] = ()
    low: int = 0
    high: int = 0
    step: int = 1

    def knob(self, name: str, value: Value) -> Knob:
        if self.values:
            return Knob(name, "choice", value, choices=tuple(self.shown))
        return Knob(name, "int", value, low=self.low, high=self.high, step=self.step)


class PractiseScreen(BaseScreen):
    """Enter begins with what the rows say."""

    AUTO_FOCUS = "KnobRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "begin", "Begin", key_display="enter", id="practise.begin"),
        Binding("plus", "more", "And another", key_display="+", id="practise.more"),
    ]
    heading = "Quiz"

    def __init__(self) -> None:
        super().__init__()
        self.head = Static(id="home-title", markup=False)
        self.turning = KnobRows()
        self.also = Static(id="also", markup=False)
        self.bar = GradeBar()
        self.promised = ""
        self.kept: dict[str, list[str]] = {"Deck": [], "Level": [], "Tag": []}  # chosen besides what the rows show
        self.set_to: dict[str, str | int] = {"Kind": "quiz", "Deck": "", "Level": "", "Tag": "", "Cards": 10}

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.turning
        yield self.also
        yield self.bar
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    def rows(self) -> list[Row]:
        kinds = [label(word, self.context.language) for word in ("Quick quiz", "Cram")]
        return [Row("Kind", ("quiz", "cram"), kinds), *self.which(), Row("Cards", low=1, high=100)]

    def which(self) -> list[Row]:
        """The rows that choose cards."""
        decks, language = self.context.desk.library.decks, self.context.language
        titles = [read(deck.title, self.context.shown, " / ") for deck in decks]
        if len(set(titles)) < len(titles):
            titles = [deck.name for deck in decks]
        every = label("Everything", language)
        tags = sorted({tag for deck in decks for card in deck.cards for tag in card.tags})
        return [
            Row("Deck", ("", *(deck.name for deck in decks)), (every, *titles)),
            Row("Level", ("", *LEVELS), (every, *(label(level, language) for level in LEVELS))),
            Row("Tag", ("", *tags), (every, *tags)),
        ]

    def library_changed(self, was: Library) -> None:
        for row in self.rows():
            if row.values and str(self.set_to[row.name]) not in row.values:  # a deck that is gone
                self.set_to[row.name] = row.values[0]
            if row.name in self.kept:
                self.kept[row.name] = [value for value in self.kept[row.name] if value in row.values]
        self.language_changed()

    def chosen(self, name: str) -> tuple[str, ...]:
        """What a row stands at, after what was chosen in it before; nothing means everything."""
        return tuple(dict.fromkeys(filter(None, (*self.kept[name], str(self.set_to[name])))))

    def selection(self) -> Selection:
        levels = tuple(level for level in LEVELS if level in self.chosen("Level"))
        return Selection(self.chosen("Deck"), levels, self.chosen("Tag"))

    def cards(self) -> list[Card]:
        """What the rows leave."""
        cards = self.selection().of(self.context.desk.library.decks)
        return cards if self.set_to.get("Kind") != "quiz" else [card for card in cards if isinstance(card, JUDGED)]

    def promise(self) -> str:
        """What would be asked, in a few words."""
        count, asked = len({(card.path, card.line) for card in self.cards()}), int(self.set_to["Cards"])
        return f"{min(count, asked)} / {count} {label('cards', self.context.language)}"

    def begin(self) -> None:
        """Ask it."""
        cards, seed = self.cards(), int(time.time())
        if cards:
            sittings.begin_quiz(self, drawn(cards, seed)[: int(self.set_to["Cards"])], seed, replace=True)
        else:
            self.say_none()

    def say_none(self) -> None:
        self.notify(label("No card is like that.", self.context.language), markup=False)

    def language_changed(self) -> None:
        self.draw()

    def draw(self) -> None:
        """The rows, and what they would ask."""
        language, rows = self.context.language, self.rows()
        self.head.update(Text(label(self.heading, language), "bold"))
        named = {label(row.name, language): row for row in rows}
        shown: dict[str, Value] = {}
        for name, row in named.items():
            value = self.set_to[row.name]
            shown[name] = row.shown[row.values.index(str(value))] if row.values else value
        chosen = self.turning.chosen
        self.turning.show([row.knob(name, shown[name]) for name, row in named.items()], shown)
        self.turning.chosen = chosen
        several = [(row, self.chosen(row.name)) for row in rows if self.kept.get(row.name)]
        self.also.update("\n".join(" + ".join(row.shown[row.values.index(v)] for v in found) for row, found in several))
        self.also.display = bool(several)
        self.promised = self.promise()
        self.draw_bar()

    def draw_bar(self) -> None:
        """The one thing to do, and what it would ask; with its key where that does it."""
        begin = label("{} ({})", self.context.language).format(label("Begin", self.context.language), self.promised)
        key = self.context.key("practise.begin", "Enter") if self.check_action("begin", ()) else ""
        self.bar.show(f"{key}  {begin}".strip())

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        row = next(row for row in self.rows() if label(row.name, self.context.language) == event.name)
        self.set_to[row.name] = row.values[row.shown.index(str(event.value))] if row.values else int(event.value)
        if self.set_to[row.name] == "" and row.name in self.kept:  # everything, and so nothing besides
            self.kept[row.name] = []
        self.draw()

    def action_more(self) -> None:
        """Keep what the row shows: another is added to it when the row is turned."""
        row = self.rows()[self.turning.chosen]
        if row.name in self.kept:
            self.kept[row.name] = list(self.chosen(row.name))
            self.draw()

    @on(GradeBar.Chosen)
    def _begin_clicked(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        self.begin()
