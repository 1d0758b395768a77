"""Every card, to search: a field to type in, what it found, and a line a card."""

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Input, Static

from quizapp.cards.card import Card
from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.widgets.card_lines import CardLines
from quizapp.ui.widgets.line_list import LineList

_FOLDED = 250  # cards folded at a time while nothing else is to be done


class SearchField(Input):
    """What is typed moves nothing on the screen, so it costs no layout: Textual does one for every letter."""

    virtual_size = reactive(Size(0, 0))


class CardList(Vertical):
    """Finds as one types; the list says what is opened or moved to (LineList's messages)."""

    DEFAULT_CSS = """
    CardList {
        width: 1fr;
        height: 1fr;
        #browse-search {
            height: 1;
            border: none;
            padding: 0 1;
            background: $panel;
        }
        #browse-status {
            height: 1;
            padding: 0 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="browse-list")
        self.search = SearchField(id="browse-search", compact=True, select_on_focus=False)
        self._status = Static(id="browse-status", markup=False)
        self.rows = LineList(self._line, id="browse-cards")

    def compose(self) -> ComposeResult:
        yield self.search
        yield self._status
        yield self.rows

    def begin(self) -> None:
        """The cards as they stand now; the search is prepared piece by piece, so that no key waits for all of it."""
        self.lines = CardLines(context(self))
        self._fold()

    def _fold(self) -> None:
        if self.is_running and self.lines.prepare(_FOLDED):
            self.set_timer(0.005, self._fold)

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        place = self.rows.cursor
        return None if place is None else self.lines.card(place)

    def _line(self, place: int, width: int) -> Text:
        return self.lines.line(place, width)

    def take_stock(self) -> None:
        """The cards as they stand now, in the lines that there are."""
        self.lines.take_stock()
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

    def find_every(self) -> None:
        """Forget the query."""
        with self.prevent(Input.Changed):
            self.search.value = ""

    def sort(self) -> None:
        """The next order, the cursor on the card that it was on."""
        card = self.card
        self.lines.sort_next()
        self.find(card.key if card else None)

    def redraw(self) -> None:
        """The language changed."""
        self.rows.refresh()
        self.tell()

    def tell(self) -> None:
        """Above the list: how many there are and in what order, or what can be typed."""
        self.search.placeholder = text("ui.type_to_search", context(self).language)
        self._status.update(self.lines.head(self.search.value), layout=False)

    @on(Input.Changed, "#browse-search")
    def _searched(self) -> None:
        self.find()
