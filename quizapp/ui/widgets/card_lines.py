"""What browse lists: the cards that a query leaves, in an order, a line each."""

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from quizapp.cards.card import Card
from quizapp.draw.paper import at_right_of, fitted
from quizapp.memory.schedule import local_now
from quizapp.study.search import (
    FILTERS,
    SORTS,
    WRITTEN,
    Catalogue,
    SortBy,
    excerpt,
    hits,
    sought,
    terms,
    typing,
    unknown_filters,
)
from quizapp.texts import Sentence, tell, text
from quizapp.ui.card_titles import card_title, deck_title, to_gap
from quizapp.ui.context import Context
from quizapp.ui.standing_text import sort_value
from quizapp.words import clean

_STATE = 6  # cells of what stands at a line's end, unless it is longer
HINT = " ".join(f"{field}:" for field in FILTERS)  # what may be typed besides words


def no_filter(field: str) -> Sentence:
    """There is no filter of this name; which one was meant, or which there are."""
    from difflib import get_close_matches

    if near := get_close_matches(field, FILTERS, 1):
        return tell("screens.browse.no_filter_near", field=f"{field}:", near=f"{near[0]}:")
    return tell("screens.browse.no_filter", field=f"{field}:", filters=HINT)


class CardLines:
    """The cards of the library as they stood at `now`, which `take_stock` moves on."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.by: SortBy = "deck"
        self._places: Sequence[int] = ()  # of the cards in the index, a line each
        self.sought: Sequence[str] = ()  # the words that they were found by
        self.take_stock()

    def take_stock(self) -> None:
        """The cards as they stand now; what was found stays."""
        desk = self._context.desk
        self.now = local_now()
        self._catalogue = Catalogue(self._context.index, desk.standings.all, self.now, desk.settings)
        self.today = self._catalogue.today

    def prepare(self, most: int) -> bool:
        """Make `most` cards ready to be searched; whether some are left."""
        return self._catalogue.index.warm(most)

    def find(self, query: str) -> None:
        """List what `query` leaves."""
        self._places, self.sought = self._catalogue.find(query, self.by), sought(query)

    def sort_next(self) -> None:
        """Another order from the next `find` on."""
        self.by = SORTS[(SORTS.index(self.by) + 1) % len(SORTS)]

    def __len__(self) -> int:
        return len(self._places)

    def card(self, line: int) -> Card:
        return self._catalogue.index.cards[self._places[line]]

    def cards(self) -> list[Card]:
        """All that are listed, in order."""
        cards = self._catalogue.index.cards
        return [cards[place] for place in self._places]

    def line_of(self, key: str | None) -> int:
        """Where card `key` is listed; the first line if it is not."""
        return next((line for line in range(len(self)) if self.card(line).key == key), 0) if key is not None else 0

    def count(self) -> str:
        """How many there are, and in what order."""
        order = tell(f"screens.browse.by_{'match' if self.sought and self.by == 'deck' else self.by}")
        return tell("screens.browse.count", n=len(self), order=order).says(self._context.language)

    def far(self, card: Card) -> str:
        """How many of those listed were seen, and the deck of `card`."""
        here, seen = self._context, self._catalogue.seen(self._places)
        deck = deck_title(card, here.desk.library, here.shown)
        return text("screens.browse.seen", here.language, seen=seen, of=len(self), deck=deck)

    def known(self, query: str) -> str:
        """The values, as far as they are typed, that the filter can have at which `query` ends; or that it has a filter
        which there is not, unless the list has room to say so (`none`)."""
        if unknown := unknown_filters(query):
            return no_filter(unknown[-1]).says(self._context.language) if self._places else ""
        field, begun = typing(query), re.split("[:：]", query)[-1].casefold()
        known = self._catalogue.index.known(field, self._context.language) if field else ()
        return "  ".join(clean(value) for value in known if value.casefold().startswith(begun))

    def none(self, query: str) -> str:
        """What to say where `query` leaves no card: which values there are of a filter whose value is none, or how many
        its words alone would find."""
        language, known = self._context.language, self._catalogue.index.known
        if unknown := unknown_filters(query):
            return no_filter(unknown[-1]).says(language)
        for field, value, _ in terms(query):
            values = known(field, language) if field else ()
            taken = (*values, *WRITTEN)
            if values and not any(name.casefold().startswith(one) for name in taken for one in value.split(",")):
                named = "  ".join(clean(f'"{name}"' if " " in name else name) for name in values)
                return tell("screens.browse.values", field=f"{field}:", values=named).says(language)
        words = " ".join(f'"{word}"' for word in self.sought)
        if words and any(term.field for term in terms(query)) and (found := self._catalogue.find(words, self.by)):
            return tell("screens.browse.none_here", n=len(found)).says(language)
        return text("ui.no_such_card", language)

    def line(self, line: int, width: int, hit: Style | str = "") -> Text:
        """Marks, what the card asks, its deck where there is room, and what it is sorted by: `width` cells. What was
        searched for is in the style `hit`; where none of it would be seen, that is what follows on the question."""
        here, card = self._context, self.card(line)
        standing = here.desk.standings.of(card.key)
        said = sort_value(card, standing, self.by, self.today, here.desk.standings.rules, here.language)
        marks = ("*" if standing.flagged else " ") + ("!" if standing.leech else " ")
        deck = f" {fitted(deck_title(card, here.desk.library, here.shown), 18, '…')} " if width >= 90 else ""
        state = max(_STATE, cell_len(said) + 1)
        left = max(10, width - len(marks) - state - cell_len(deck))
        title = card_title(card, here.shown)
        asks = _cut(to_gap(card, title, left), left)
        found = hits(asks, self.sought)
        if self.sought and not found and (told := excerpt(card, self.sought, here.language)):
            question = min(cell_len(title) + 2, left * 2 // 5)
            asks = _cut(to_gap(card, title, question), question) + _cut(f"· {told}", left - question)
            found = hits(asks, self.sought)
        away = standing.suspended or standing.buried == self.today.day
        row = Text(no_wrap=True, end="").append(marks, "bold yellow")
        row.append(asks, "dim" if away else "").append(deck, "dim")
        for start, end in found:
            row.stylize(hit, len(marks) + start, len(marks) + end)
        return row.append(at_right_of(said, state), "dim" if away or not standing.memory.reps else "")


def _cut(text: str, cells: int) -> str:
    """`text` in exactly so many cells, a blank at its end."""
    return set_cell_size(text, cells - 2) + "… " if cell_len(text) > cells - 1 else set_cell_size(text, cells)
