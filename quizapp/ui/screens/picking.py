"""What the screens share that choose what is asked: deck, level and tag as rows that turn, and what that leaves."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.study.quiz import Selection
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.choice_rows import CARD_LEVELS, ChoiceRow, ChoiceRows, level_row
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.words import read


class PickingScreen(BaseScreen):
    """Rows that choose cards; Enter begins with what they say, + chooses one more value of a row."""

    AUTO_FOCUS = "ChoiceRows"
    DEFAULT_CSS = """
    PickingScreen {
        #also {
            padding: 0 2;
            color: $text-muted;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "begin", "keys.begin", key_display="enter", id="practise.begin"),
        Binding("plus", "more", "keys.another", key_display="+", id="practise.more"),
    ]

    def __init__(self, heading: str, **set_to: str | int) -> None:
        super().__init__()
        self.heading = heading
        self.head = Static(id="home-title", markup=False)
        self.turning = ChoiceRows()
        self.also = Static(id="also", markup=False)
        self.bar = GradeBar()
        self.promised = ""
        self.kept: dict[str, list[str]] = {"deck": [], "level": [], "tag": []}  # chosen besides what the rows show
        self.set_to: dict[str, str | int] = {"deck": "", "level": "", "tag": "", **set_to}  # by the names of the rows

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.turning
        yield self.also
        yield self.bar
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    # What each such screen has of its own

    def rows(self) -> list[ChoiceRow]:
        raise NotImplementedError

    def promise(self) -> str:
        """What would be asked, in a few words."""
        raise NotImplementedError

    def begin(self) -> None:
        """Ask it."""
        raise NotImplementedError

    # What they share

    def which(self) -> list[ChoiceRow]:
        """The rows that choose cards."""
        decks, language = self.context.desk.library.decks, self.context.language
        titles = [read(deck.title, self.context.shown, " / ") for deck in decks]
        if len(set(titles)) < len(titles):
            titles = [deck.name for deck in decks]
        every = text("ui.everything", language)
        tags = sorted({tag for deck in decks for card in deck.cards for tag in card.tags})
        return [
            ChoiceRow("deck", ("", *(deck.name for deck in decks)), (every, *titles)),
            level_row(every, language),
            ChoiceRow("tag", ("", *tags), (every, *tags)),
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
        levels = tuple(level for level in CARD_LEVELS if level in self.chosen("level"))
        return Selection(self.chosen("deck"), levels, self.chosen("tag"))

    def cards(self) -> list[Card]:
        """What the rows on deck, level and tag leave."""
        return self.selection().of(self.context.desk.library.decks)

    def say_none(self) -> None:
        self.notify(text("ui.no_such_card", self.context.language), markup=False)

    def language_changed(self) -> None:
        self.draw()

    def draw(self) -> None:
        """The rows, and what they would ask."""
        language, rows = self.context.language, self.rows()
        self.head.update(Text(text(self.heading, language), "bold"))
        self.turning.show_rows(rows, self.set_to, language)
        several = [(row, self.chosen(row.name)) for row in rows if self.kept.get(row.name)]
        self.also.update("\n".join(" + ".join(str(row.show(value)) for value in values) for row, values in several))
        self.also.display = bool(several)
        self.promised = self.promise()
        self.draw_bar()

    def draw_bar(self) -> None:
        """The one thing to do, and what it would ask; with its key where that does it."""
        begin = text("screens.practise.begin", self.context.language, promise=self.promised)
        key = self.context.key("practise.begin", "Enter") if self.check_action("begin", ()) else ""
        self.bar.show(f"{key}  {begin}".strip())

    @on(ChoiceRows.Set)
    def _turned(self, event: ChoiceRows.Set) -> None:
        self.set_to[event.name] = event.value
        if event.value == "" and event.name in self.kept:  # everything, and so nothing besides
            self.kept[event.name] = []
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
