"""Browse: every card in one list, found as one types, with all that is known of it beside."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.widgets import Input

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.memory.events import Change
from quizapp.memory.replay import Standing
from quizapp.study.queue import one_a_text
from quizapp.study.quiz import drawn
from quizapp.study.search import SortBy
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.card_actions import Changes, card_commands, flag_change, suspend_change
from quizapp.ui.card_titles import card_title
from quizapp.ui.demo.find import find_demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.demo.record import record_prediction
from quizapp.ui.editor import edit_card
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.card_list import CardList
from quizapp.ui.widgets.full_card import FullCard
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.line_list import LineList
from quizapp.ui.widgets.panels import Panes

_MANY = 100  # cards: nobody asks for so many at once without meaning to


class BrowseScreen(BaseScreen):
    """Type to search; Enter opens the card; its keys suspend, flag, bury, reset and edit it, and x runs its demo.

    `key` opens one card at once; `query` is asked at first, and Esc leads away from it; they stand in the order `by`.
    """

    AUTO_FOCUS = "#browse-search"
    once = True
    DEFAULT_CSS = """
    BrowseScreen {
        &.-narrow #browse-sheet {
            display: none;
        }
        &.-narrow.-open #browse-sheet {
            display: block;
        }
        &.-narrow.-open CardList {
            display: none;
        }
        &.-demo-open CardList, &.-narrow.-demo-open #browse-sheet {
            display: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "keys.open", priority=True, id="browse.open"),
        Binding("down", "list", "keys.list", priority=True, id="browse.list"),
        Binding("space", "reveal", "keys.show_answer", key_display="space", id="browse.reveal"),
        Binding("s", "study", "keys.study", id="browse.study"),
        Binding("slash", "search", "keys.search", id="browse.search"),
        Binding("u,ctrl+z", "undo", "keys.undo", key_display="u", id="browse.undo"),
        Binding("u", "no_undo", "keys.undo", show=False, id="browse.no-undo"),
        Binding("asterisk", "flag", "keys.flag", key_display="*", id="browse.flag"),
        Binding("at", "suspend", "keys.suspend", key_display="@", id="browse.suspend"),
        Binding("E", "edit", "keys.edit", id="browse.edit"),
        Binding("o", "sort", "keys.sort", id="browse.sort"),
        Binding("z", "cram", "keys.cram", id="browse.cram"),
        Binding("right", "next(1)", "keys.next", id="browse.next"),
        Binding("left", "next(-1)", "keys.previous", show=False, id="browse.previous"),
        Binding("x", "demo", "keys.experiment", id="browse.demo"),
        Binding("O", "open_media", "keys.open_media", id="browse.open-media"),
        Binding("L", "formulas", "keys.formulas", id="browse.formulas"),
        Binding("minus", "bury", "keys.bury", key_display="-", id="browse.bury"),
        Binding("0", "reset", "keys.reset", id="browse.reset"),
        Binding("tab", "app.focus_next", "keys.switch_pane", show=False, id="browse.next-pane"),
    ]

    opened = var(False, toggle_class="-open")  # one is in the card, not in the list

    def __init__(self, key: str | None = None, query: str = "", by: SortBy = "deck") -> None:
        super().__init__()
        self._first, self._query, self._by = key, query, by
        self.list = CardList()
        self._sheet = FullCard(id="browse-sheet")
        self._panel: DemoPanel | None = None
        self._changes = Changes(self)
        self._stand = -1  # what the list shows, of `standings.changes`

    def compose(self) -> ComposeResult:
        with Panes():
            yield self.list
            yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.list.begin()
        self.list.lines.by = self._by
        self.list.ask(self._query)
        self.go_to(self._first)

    def opened_again(self, *arguments: Any) -> None:
        self.go_to(*arguments)

    def go_to(self, key: str | None = None) -> None:
        """List every card, and open one of them."""
        if key is not None:
            self.list.ask()
        self.list.find(key)
        if key is not None:
            self._close_demo()
            self.action_open()

    def on_screen_resume(self) -> None:
        """What was studied from here, or on another device, stands as it is now."""
        standings = self.context.desk.standings
        standings.refresh()
        if standings.changes != self._stand:
            self._stand = standings.changes
            self.list.take_stock()
            if self.opened and self.card is not None:
                self._sheet.open_card(self.card, self.list.lines)

    def language_changed(self) -> None:
        self.list.redraw()
        self._describe()
        if self._panel is not None:
            self._panel.redraw()

    def library_changed(self, was: Library) -> None:
        self.list.take_library()
        if self.opened and self.card is None:  # it is gone
            self._close()
            self.list.rows.focus()
        self.call_after_refresh(self._describe)
        if self._panel is not None and self._panel.display and (card := self.card) and card.demo is not None:
            self._panel.look_up(partial(find_demo, self.context.desk, card), renew=True)

    def settings_changed(self) -> None:
        self.list.take_stock()
        self.language_changed()

    # The list

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        return self.list.card

    @on(LineList.Left)
    def action_search(self) -> None:
        self._close()
        self.list.search.focus()

    def action_list(self) -> None:
        self.set_focus(self.list.rows)  # at once: the next key may be there already

    def action_sort(self) -> None:
        self.list.sort()

    def action_study(self) -> None:
        """Ask the card that is open, or all that is listed and not suspended, whether it waits or not; say of how many
        it takes but one gap of each text."""
        standing = self.context.desk.standings.of
        listed = [card for card in self.list.lines.cards() if not standing(card.key).suspended]
        listed = [self.card] if self.opened and self.card is not None else listed
        cards = one_a_text(listed, set())

        def begin() -> None:
            sittings.study_these(self, cards)
            if len(cards) < len(listed):
                numbers = {"n": len(cards), "of": len(listed)}
                self.notify(text("screens.browse.one_gap", self.context.language, **numbers), markup=False)

        if cards:
            self._if_meant(cards, begin)

    def action_cram(self) -> None:
        """Ask what is listed, in any order; the schedule stays as it is. Say what of it is not asked."""
        seed, listed = int(time.time()), self.list.lines.cards()
        cards = drawn(listed, seed)

        def begin() -> None:
            if cards:
                sittings.begin_quiz(self, cards, seed, cram=True)
            said = "screens.browse.not_crammed" if cards else "ui.code_is_studied"
            if len(cards) < len(listed):
                key, numbers = self.context.key("browse.study", "s"), {"n": len(cards), "of": len(listed)}
                self.notify(text(said, self.context.language, key=key, **numbers), markup=False)

        self._if_meant(cards, begin)

    def _if_meant(self, cards: Sequence[Card], begin: Callable[[], None]) -> None:
        """Begin; with very many cards only after a yes: a letter may have been meant for the search."""
        if len(cards) <= _MANY:
            begin()
            return
        key = self.context.key("browse.search", "/")
        said = text("screens.browse.ask_many", self.context.language, n=len(cards), key=key)
        open_screen(self, "ask", said, then=lambda yes: begin() if yes else None)

    def action_next(self, step: int) -> None:
        self.list.rows.action_move(step) if self.list.rows.cursor or step > 0 else None
        if self.opened:
            self.action_open()

    # The card beside it

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._sheet.once_quiet(self._describe)
        self.refresh_bindings()

    def _describe(self) -> None:
        """Show the card under the cursor with how it stands, and its history if it was opened."""
        self._sheet.show_card(self.card, self.list.lines)
        self._sheet.show_state(self._place)

    def on_resize(self) -> None:
        self._sheet.show_state(self._place)

    @property
    def _place(self) -> str:
        """Which card it is of those listed, where the list cannot be seen."""
        seen = self.has_class("-wide") and not self.has_class("-demo-open")
        return "" if seen or self.card is None else f"{(self.list.rows.cursor or 0) + 1:,} / {len(self.list.lines):,}"

    @on(LineList.Opened)
    @on(Input.Submitted, "#browse-search")
    def action_open(self) -> None:
        """Into the card; its history is read from the journals."""
        if (card := self.card) is None:
            return
        self.opened = True
        self._sheet.focus()
        self._sheet.open_card(card, self.list.lines)
        self._sheet.show_state(self._place)

    def action_reveal(self) -> None:
        """The answer of a card that was never asked."""
        if self.card is not None:
            self._sheet.tell(self.card, self.list.lines)
            self.refresh_bindings()

    def _close(self) -> None:
        self.opened = False
        self._close_demo()

    # What may be done to the card

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing, opened, card = self.focused is self.list.search, self.opened, self.card
        match action:
            case "list":
                return typing
            case "open":
                return typing and card is not None
            case "next":
                return opened and not self.has_class("-demo-open")
            case "reveal":
                return not typing and card is not None and self._sheet.display and self._sheet.hides
            case "search" | "sort":
                return not typing and not opened
            case "formulas":
                return not typing and (opened or self.has_class("-wide")) and self._sheet.has_formula
            case "study":
                return not typing and card is not None and not self.has_class("-demo-open")
            case "cram":
                return not typing and not opened and card is not None
            case "flag" | "suspend" | "bury" | "reset" | "edit":
                return not typing and card is not None and not self.has_class("-demo-open")
            case "open_media":
                return not typing and card is not None and bool(self._sheet.media)
            case "undo":
                return not typing and bool(self._changes) and not self.has_class("-demo-open")
            case "no_undo":
                return not typing and not self._changes and not self.has_class("-demo-open")
            case "demo":
                inside = self._panel is not None and self._panel.has_focus_within
                return not typing and not inside and card is not None and card.demo is not None
        return True

    def action_change(self, what: Change) -> None:
        """A change that the palette offers."""
        self.action_reset() if what == "reset" else self._change(lambda _: what)

    def action_flag(self) -> None:
        self._change(flag_change)

    def action_suspend(self) -> None:
        self._change(suspend_change)

    def action_bury(self) -> None:
        self._change(lambda _: "buried")

    def action_reset(self) -> None:
        card = self.card
        if card is None:
            return
        language, standing = self.context.language, self.context.desk.standings.of(card.key)
        if standing == Standing():
            self.notify(text("screens.browse.not_seen", language), markup=False)
            return
        ask = f"{card_title(card, self.context.shown)}\n\n{text('screens.browse.ask_reset', language)}"
        open_screen(self, "ask", ask, then=lambda yes: self._make(card, "reset") if yes else None)

    def _change(self, what: Callable[[Standing], Change]) -> None:
        """Do what suits how the card stands. The list stays as it is, so that it can be taken back."""
        if self.card is not None:
            standing = self.context.desk.standings.of(self.card.key)
            self._make(self.card, what(standing))

    def _make(self, card: Card, what: Change) -> None:
        """Change the card, and say so and how it is taken back."""
        if said := self._changes.make(card, what):
            key = self.context.key("browse.undo", "u")
            self._changed(text("screens.browse.changed", self.context.language, said=said, key=key))

    def action_undo(self) -> None:
        """Take back what was done last on this screen. What is listed is found anew: the last word on it is said."""
        if not (said := self._changes.undo()):
            return
        self.list.take_stock()
        self.list.find(self.card.key if self.card is not None else None)
        if self.card is None:
            self._close()
        self._changed(said)

    def action_no_undo(self) -> None:
        self.notify(text("screens.browse.no_undo", self.context.language), markup=False)

    def _changed(self, said: str) -> None:
        """A card stands otherwise now: show it, and say so. "": none does, which was said."""
        if not said:
            return
        self.list.take_stock()
        self.notify(said, markup=False)
        self.refresh_bindings()
        if self.opened:
            self.action_open()
        else:
            self._describe()

    def action_open_media(self) -> None:
        """The first picture or sound of the card, then the next."""
        if self.card is not None:
            self._sheet.open_next(self.card)

    def commands(self) -> Iterable[SystemCommand]:
        if self.card is not None:
            standing = self.context.desk.standings.of(self.card.key)
            yield from card_commands(standing, self.action_change, self.action_edit)

    def action_formulas(self) -> None:
        self._sheet.turn_formulas()

    def action_edit(self) -> None:
        if self.card is not None:
            edit_card(self, self.card)

    # Its demo

    async def action_demo(self) -> None:
        """Open the demo beside the card, and begin: predict, else run."""
        if (card := self.card) is None or card.demo is None:
            return
        if self._panel is None:
            self._panel = DemoPanel()
            await self.query_one(Panes).mount(self._panel)
        self.opened = True
        self.add_class("-demo", "-demo-open")
        self._describe()
        self._panel.look_up(partial(find_demo, self.context.desk, card))
        self._panel.begin()

    @on(DemoPanel.Predicted)
    def _predicted(self, event: DemoPanel.Predicted) -> None:
        record_prediction(self, event.prediction)

    def _close_demo(self) -> None:
        self.remove_class("-demo", "-demo-open")
        if self._panel is not None:
            self._panel.stop()

    def action_back(self) -> None:
        """Out of the demo, out of the card, out of what was searched for, away."""
        if self.has_class("-demo-open"):
            self._close_demo()
            self._sheet.focus()
        elif self.opened:
            self._close()
            self.list.rows.focus()
        elif self.list.search.value not in ("", self._query):
            key = self.card.key if self.card is not None else None
            self.list.ask()
            self.list.find(key)
        else:
            self.dismiss()
