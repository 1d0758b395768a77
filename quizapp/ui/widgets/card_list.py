"""Every card, to search: a field to type in, what it found, and a line a card."""

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from quizapp.cards.card import Card
from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.widgets.card_lines import HINT, CardLines
from quizapp.ui.widgets.line_list import LineList
from quizapp.ui.widgets.search_field import SearchField

_FOLDED = 250  # cards folded at a time while nothing else is to be done


class CardList(Vertical):
    """Finds as one types; the list says what is opened or moved to (LineList's messages)."""

    DEFAULT_CSS = """
    CardList {
        width: 1fr;
        height: 1fr;
        & > .cards--hit {
            color: $text-accent;
            text-style: bold underline;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cards--hit"}

    def __init__(self) -> None:
        super().__init__(id="browse-list")
        self.search = SearchField("browse-search")
        self.rows = LineList(self._line, id="browse-cards")
        self._far = ""

    def compose(self) -> ComposeResult:
        yield self.search
        yield self.rows

    def begin(self) -> None:
        """The cards as they stand now; the search is prepared piece by piece, so that no key waits for all of it."""
        self.lines = CardLines(context(self))
        self._entitle()
        self._fold()
        # At once, not by a message: so what was typed and what it leaves are painted together.
        self.watch(self.search, "value", self._searched, init=False)

    def _fold(self) -> None:
        if self.is_running and self.lines.prepare(_FOLDED):
            self.set_timer(0.005, self._fold)

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        place = self.rows.cursor
        return None if place is None else self.lines.card(place)

    def _line(self, place: int, width: int) -> Text:
        return self.lines.line(place, width, self.get_component_rich_style("cards--hit", partial=True))

    def take_stock(self) -> None:
        """The cards as they stand now, in the lines that there are."""
        self.lines.take_stock()
        self._tell_far()
        self.rows.refresh()

    def take_library(self) -> None:
        """The decks were read again: find anew, the cursor on the card that it was on."""
        card = self.card
        self.lines.take_stock()
        self.find(card.key if card else None)
        self._fold()

    def find(self, key: str | None = None) -> None:
        """List what the query leaves, the cursor on card `key` if it is there."""
        self.lines.find(self.search.value)
        self.rows.show(len(self.lines), self.lines.line_of(key))
        self.tell()

    def ask(self, query: str = "") -> None:
        """What is typed from now on; without a query every card is found."""
        self.search.begin(query)

    def sort(self) -> None:
        """The next order, the cursor on the card that it was on; on the first line it stays there: what comes first in
        the new order is what one asked for."""
        card = self.card if self.rows.cursor else None
        self.lines.sort_next()
        self.find(card.key if card else None)

    def redraw(self) -> None:
        """The language changed."""
        self.lines.take_stock()
        self._entitle()
        self.rows.refresh()
        self.tell()

    def _entitle(self) -> None:
        language = context(self).language
        self.search.entitle(language, HINT)
        self.rows.frame(text("ui.place.browse", language))

    def tell(self) -> None:
        """In the borders: how many there are and in what order, and what may be typed behind a filter."""
        self._tell_far()
        self.rows.show_state(self.lines.count())
        self.search.show_state(self.lines.known(self.search.value))
        self.rows.none = "" if len(self.lines) else self.lines.none(self.search.value)

    @on(LineList.Moved)
    def _tell_far(self) -> None:
        """In the lower border: how many of them were seen, and in which deck the cursor is."""
        card = self.card
        far = self.lines.far(card) if card is not None else ""
        if far != self._far:
            self._far, self.rows.border_subtitle = far, Content(far)

    @on(events.Click, "#browse-cards")
    def _clicked(self, event: events.Click) -> None:
        if event.y == 0:  # on the border, where the order stands
            self.sort()

    def _searched(self) -> None:
        self.find()
