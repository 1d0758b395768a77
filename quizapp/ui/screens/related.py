"""The cards that belong to a card: their titles, and the one that is chosen; its answer if it was ever asked."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.cards.sheet import Block, back, front
from quizapp.study.related import Related
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.card_titles import deck_title, title_line, to_read
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ListPanel
from quizapp.ui.widgets.sheet_view import SheetView


class RelatedScreen(BaseScreen):
    """To read in, without leaving the session: the arrow keys choose a card, Tab goes to it to scroll."""

    DEFAULT_CSS = """
    RelatedScreen {
        #related {
            height: auto;
            max-height: 8;
        }
    }
    """

    def __init__(self, found: Related) -> None:
        super().__init__()
        self._found = found
        self._cards = (*found.before, *found.after)
        self._list = ListPanel(id="related", markup=False)
        self._sheet = SheetView()

    def compose(self) -> ComposeResult:
        yield self._list
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        chosen, language = self._list.highlighted or 0, self.context.language
        self._list.frame(text("ui.related", language), f"{len(self._cards)}")
        self._list.clear_options()
        for i, card in enumerate(self._cards):
            word = "ui.related.before" if i < len(self._found.before) else "ui.related.after"
            self._list.add_option(Option(title_line(text(word, language), card, self.context.shown)))
        self._list.highlighted = chosen
        self._show(chosen)

    def _show(self, place: int) -> None:
        """Its question; its answer too, unless that would tell it before it was ever asked. Nothing in it to pick."""
        card, shown = self._cards[place], self.context.shown
        known = self.context.desk.standings.of(card.key).memory.reps > 0
        answer = back(card, shown) if known else (Block(text("ui.related.unseen", self.context.language), "small"),)
        self._sheet.frame(deck_title(card, self.context.desk.library, shown))
        self._sheet.show([to_read(block) for block in front(card, shown)], [to_read(block) for block in answer])

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show(event.option_index)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._sheet.focus()
