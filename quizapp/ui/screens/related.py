"""The cards that belong to a card: their titles, and the question of the one that is chosen; its answer on a key."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.cards.card import Card
from quizapp.cards.sheet import Block, back, front
from quizapp.study.related import Related
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.card_titles import deck_title, title_line, to_read
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ListPanel
from quizapp.ui.widgets.sheet_view import SheetView


class RelatedScreen(BaseScreen):
    """To read in, without leaving the session: the arrow keys choose a card, Space shows its answer, Tab goes to it to
    scroll."""

    DEFAULT_CSS = """
    RelatedScreen {
        #related {
            height: auto;
            max-height: 8;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", "keys.show_answer", key_display="space", priority=True, id="related.reveal"),
    ]

    def __init__(self, found: Related) -> None:
        super().__init__()
        self._found = found
        self._cards = (*found.before, *found.after)
        self._list = ListPanel(id="related", markup=False)
        self._sheet = SheetView()
        self._place, self._revealed = 0, False  # which card is chosen, and whether its answer shows

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
        self._show()

    @property
    def _card(self) -> Card:
        """The one that is chosen."""
        return self._cards[self._place]

    @property
    def _known(self) -> bool:
        """Was it ever asked? Else its answer would be told before, which is said."""
        return self.context.desk.standings.of(self._card.key).memory.reps > 0

    def _show(self) -> None:
        """Its question, and its answer once that is asked for. Nothing in it to pick."""
        shown = self.context.shown
        key = self.context.key("related.reveal", "Space")
        unseen = (Block(text("ui.unseen", self.context.language, key=key), "small"),)
        answer = back(self._card, shown) if self._revealed else () if self._known else unseen
        self._sheet.frame(deck_title(self._card, self.context.desk.library, shown))
        self._sheet.show([to_read(block) for block in front(self._card, shown)], [to_read(block) for block in answer])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self._revealed if action == "reveal" else True

    def action_reveal(self) -> None:
        self._revealed = True
        self._show()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._revealed = self._revealed and event.option_index == self._place
        self._place = event.option_index
        self._show()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._sheet.focus()
