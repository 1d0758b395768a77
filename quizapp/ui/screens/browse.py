"""Browse: every card in one list, found as one types, with all that is known of it beside."""

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from quizapp.cards.card import Card, Choice
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block, back, front
from quizapp.memory.progress import CannotUndo
from quizapp.memory.schedule import local_now
from quizapp.study.quiz import drawn
from quizapp.study.search import FIELDS, SORTS, Catalogue, SortBy, typing
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.demos import find_demo, record_prediction
from quizapp.ui.editor import edit_card
from quizapp.ui.facts import history_blocks, standing_block, value
from quizapp.ui.labels import label
from quizapp.ui.routes import open_screen
from quizapp.ui.titles import still, title
from quizapp.ui.widgets.demo_panel import DemoPanel
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.line_list import LineList
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.memory.events import Change

_QUIET = 0.08  # seconds without another key until the card under the cursor is laid out
_FOLDED = 250  # cards folded at a time while nothing else is to be done
_HINT = " ".join(f"{field}:" for field in FIELDS)
_DONE: dict[str, str] = {
    "suspended": "Suspended: not asked any more.",
    "unsuspended": "Asked again",
    "buried": "Buried: not asked until tomorrow.",
    "flagged": "Flagged",
    "unflagged": "Flag taken off",
    "reset": "Reset: as if never seen.",
}


class BrowseScreen(BaseScreen):
    """Type to search; Enter opens the card; its keys suspend, flag, bury, reset and edit it, and r runs its demo.

    `key` opens one card at once.
    """

    AUTO_FOCUS = "#browse-search"
    once = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", priority=True, id="browse.open"),
        Binding("down", "list", "List", priority=True, id="browse.list"),
        Binding("slash", "search", "Search", id="browse.search"),
        Binding("o", "sort", "Sort", id="browse.sort"),
        Binding("c", "cram", "Cram", id="browse.cram"),
        Binding("n", "next(1)", "Next", id="browse.next"),
        Binding("p", "next(-1)", "Previous", show=False, id="browse.previous"),
        Binding("r", "demo", "Demo", id="browse.demo"),
        Binding("asterisk", "flag", "Flag", key_display="*", id="browse.flag"),
        Binding("at", "suspend", "Suspend", key_display="@", id="browse.suspend"),
        Binding("minus", "bury", "Bury", key_display="-", id="browse.bury"),
        Binding("x", "reset", "Reset", id="browse.reset"),
        Binding("u,ctrl+z", "undo", "Undo", key_display="u", id="browse.undo"),
        Binding("E", "edit", "Edit", id="browse.edit"),
        Binding("tab", "app.focus_next", "Switch pane", show=False, id="browse.next-pane"),
    ]

    def __init__(self, key: str | None = None) -> None:
        super().__init__()
        self._first = key
        self._search = Input(id="browse-search", compact=True, select_on_focus=False)
        self._status = Static(id="browse-status", markup=False)
        self._cards = LineList(self._line, id="browse-cards")
        self._sheet = SheetView(id="browse-sheet")
        self._panel: DemoPanel | None = None
        self._by: SortBy = "deck"
        self._rows: Sequence[int] = ()
        self._quiet: Timer | None = None
        self._opened: tuple[str, list[Block]] | None = None  # the card that was opened, and its history
        self._acts: list[tuple[Change, str]] = []  # what was done here, and its event, by which it is undone

    def compose(self) -> ComposeResult:
        with Container(id="panes"):
            with Vertical(id="browse-list"):
                yield self._search
                yield self._status
                yield self._cards
            yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self._take_stock()
        self._fold()
        self.go_to(self._first)

    def opened_again(self, key: str | None = None) -> None:
        self.go_to(key)

    def go_to(self, key: str | None) -> None:
        """List every card, and open one of them."""
        if key is not None:
            with self.prevent(Input.Changed):
                self._search.value = ""
        self._find(key)
        if key is not None:
            self._close_demo()
            self.action_open()

    def on_screen_resume(self) -> None:
        if self.context.desk.progress.refresh():
            self._take_stock()
            self._cards.refresh()

    def language_changed(self) -> None:
        self._cards.refresh()
        self._tell()
        self._describe()
        if self._panel is not None:
            self._panel.redraw()

    def library_changed(self, was: Library) -> None:
        card = self.card
        self._take_stock()
        self._find(card.key if card else None)
        self._fold()
        if self._panel is not None and self._panel.display and (card := self.card) and card.demo is not None:
            self._panel.look_up(partial(find_demo, self.context.desk, card), renew=True)

    def settings_changed(self) -> None:
        self._take_stock()
        self.language_changed()

    # The list

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        place = self._cards.cursor
        return None if place is None else self._catalogue.index.cards[self._rows[place]]

    def _take_stock(self) -> None:
        """The cards as they stand now."""
        desk = self.context.desk
        self._now = local_now()
        self._catalogue = Catalogue(self.context.index, desk.progress.standings, self._now, desk.settings.rollover)

    def _fold(self) -> None:
        """Prepare the search piece by piece, so that the first key need not wait for all of it."""
        if self.is_running and self._catalogue.index.warm(_FOLDED):
            self.set_timer(0.005, self._fold)

    def _find(self, key: str | None = None) -> None:
        """List what the query leaves, the cursor on card `key` if it is there."""
        self._rows = self._catalogue.find(self._search.value, self._by)
        place = 0
        if key is not None:
            cards = self._catalogue.index.cards
            place = next((place for place, i in enumerate(self._rows) if cards[i].key == key), 0)
        self._cards.show(len(self._rows), place)
        self._tell()

    def _tell(self) -> None:
        """Above the list: how many there are and in what order, or what can be typed."""
        spoken, field = self.context.language, typing(self._search.value)
        self._search.placeholder = label("Type to search", spoken)
        text = Text(f"{len(self._rows):,}", "bold", no_wrap=True, overflow="ellipsis")
        if field:
            known = "  ".join(clean(value) for value in self._catalogue.index.known(field))
            text.append(f"  {field}: ", "bold").append(known, "dim not bold")
        else:
            cards = label("card" if len(self._rows) == 1 else "cards", spoken)
            words = f" {cards}{label(', ', spoken)}{label(f'by {self._by}', spoken)}"
            text.append(words if self._search.value else f"{words}   {_HINT}", "dim not bold")
        self._status.update(text, layout=False)

    def _line(self, place: int, width: int) -> Text:
        card = self._catalogue.index.cards[self._rows[place]]
        standing = self.context.desk.progress.of(card.key)
        said = value(standing, self._by, self._catalogue.today, self.context.language)
        marks = ("*" if standing.flagged else " ") + ("!" if standing.leech else " ")
        deck = set_cell_size(card.deck, 16) if width >= 90 else ""
        left = max(10, width - 13 - cell_len(deck))
        asks = title(card, self.context.shown)
        asks = set_cell_size(asks, left - 2) + "… " if cell_len(asks) > left - 1 else set_cell_size(asks, left)
        away = standing.suspended or standing.buried == self._catalogue.today.day
        text = Text(no_wrap=True, end="").append(marks, "bold yellow")
        text.append(asks, "dim" if away else "").append(deck, "dim")
        return text.append(" " * (10 - cell_len(said)) + said + " ", "dim" if away or not standing.memory.reps else "")

    @on(Input.Changed, "#browse-search")
    def _searched(self) -> None:
        self._find()

    @on(Input.Submitted, "#browse-search")
    def _submitted(self) -> None:
        self.action_open()

    @on(LineList.Left)
    def action_search(self) -> None:
        self._close()
        self._search.focus()

    def action_list(self) -> None:
        self._cards.focus()

    @on(events.Click, "#browse-status")
    def action_sort(self) -> None:
        card = self.card
        self._by = SORTS[(SORTS.index(self._by) + 1) % len(SORTS)]
        self._find(card.key if card else None)

    def action_cram(self) -> None:
        """Ask what is listed, in any order; the schedule stays as it is."""
        seed, cards = int(time.time()), self._catalogue.index.cards
        sittings.begin_quiz(self, drawn((cards[i] for i in self._rows), seed), seed)

    def action_next(self, step: int) -> None:
        self._cards.action_move(step) if self._cards.cursor or step > 0 else None
        if self.has_class("-open"):
            self.action_open()

    # The card beside it

    @on(LineList.Moved)
    def _moved(self) -> None:
        """The card is laid out once no further key follows."""
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(_QUIET, self._describe)
        self.refresh_bindings()

    def _describe(self) -> None:
        """Show the card under the cursor with how it stands, and its history if it was opened."""
        card, here = self.card, self.context
        if card is None:
            self._sheet.show([Block(label("No card is like that.", here.language), "small")])
            return
        standing, today = here.desk.progress.of(card.key), self._catalogue.today
        facts = standing_block(card, standing, today, self._now, here.desk.progress.rules, here.language)
        history = self._opened[1] if self._opened is not None and self._opened[0] == card.key else []
        asks, says = ([still(block) for block in side(card, here.shown)] for side in (front, back))
        if isinstance(card, Choice):
            asks = asks[:1]  # the choices come once, with what is said of them
        self._sheet.show([*asks, facts], (*says, *history))
        self._sheet.scroll_home(animate=False)

    @on(LineList.Opened)
    def action_open(self) -> None:
        """Into the card; its history is read from the journals."""
        card = self.card
        if card is None:
            return
        self.add_class("-open")
        self._sheet.focus()
        if self._quiet is not None:
            self._quiet.stop()
        self._opened = card.key, []
        self._describe()
        self.run_worker(self._read_history(card), exclusive=True, group="history")

    async def _read_history(self, card: Card) -> None:
        from quizapp.ui.slices import last

        events = await last(self.context.desk.progress.chronicle().history(card.key))
        if events is not None and self._opened is not None and self._opened[0] == card.key:
            self._opened = card.key, history_blocks(events, self._now, self.context.language)
            scrolled = self._sheet.scroll_y
            self._describe()
            self._sheet.scroll_to(y=scrolled, animate=False)

    def _close(self) -> None:
        self.remove_class("-open")
        self._close_demo()

    # What may be done to the card

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing, opened, card = self.focused is self._search, self.has_class("-open"), self.card
        match action:
            case "list":
                return typing
            case "open":
                return typing and card is not None
            case "next":
                return opened and not self.has_class("-demo-open")
            case "search" | "sort":
                return not typing and not opened
            case "cram":
                return not typing and not opened and card is not None
            case "flag" | "suspend" | "bury" | "reset" | "edit":
                return not typing and card is not None and not self.has_class("-demo-open")
            case "undo":
                return not typing and bool(self._acts) and not self.has_class("-demo-open")
            case "demo":
                return not typing and card is not None and card.demo is not None
        return True

    def action_flag(self) -> None:
        self._change("unflagged" if self._standing_is("flagged") else "flagged")

    def action_suspend(self) -> None:
        self._change("unsuspended" if self._standing_is("suspended") else "suspended")

    def action_bury(self) -> None:
        self._change("buried")

    def action_reset(self) -> None:
        card = self.card
        if card is not None:
            ask = label("Reset this card, as if it had never been seen? Its history is kept.", self.context.language)
            open_screen(
                self, "ask", f"{card.key}\n\n{ask}", then=lambda yes: self._change("reset", card) if yes else None
            )

    def _standing_is(self, what: str) -> bool:
        card = self.card
        return card is not None and bool(getattr(self.context.desk.progress.of(card.key), what))

    def _change(self, what: "Change", card: Card | None = None) -> None:
        """Do it, durably. The list stays as it is, so that it can be taken back."""
        card = card or self.card
        if card is None:
            return
        try:
            event = self.context.desk.progress.change(card.key, what, local_now())
        except OSError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        self._acts.append((what, event.id))
        self._changed(label(_DONE[what], self.context.language))

    def action_undo(self) -> None:
        """Take back what was done last on this screen."""
        (what, event), spoken = self._acts[-1], self.context.language
        try:
            self.context.desk.progress.undo(event, local_now())
        except (OSError, CannotUndo) as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        self._acts.pop()
        self._changed(f"{label(what.capitalize(), spoken)}{label(': ', spoken)}{label('undone', spoken)}")

    def _changed(self, said: str) -> None:
        """A card stands otherwise now: show it, and say so."""
        self._take_stock()
        self._cards.refresh()
        self.notify(said, markup=False)
        self.refresh_bindings()
        if self.has_class("-open"):
            self.action_open()
        else:
            self._describe()

    def commands(self) -> Iterable[SystemCommand]:
        card = self.card
        if card is None:
            return
        flagged, suspended = self._standing_is("flagged"), self._standing_is("suspended")
        for name, about, action in (
            ("Bury this card", "It is not asked until tomorrow", self.action_bury),
            ("Ask this card again", "It is suspended", self.action_suspend)
            if suspended
            else ("Suspend this card", "It is not asked any more", self.action_suspend),
            ("Take the flag off" if flagged else "Flag this card", "A mark for whatever you like", self.action_flag),
            ("Edit this card", "In your editor, at its line", self.action_edit),
            ("Reset this card", "As if never seen; its history is kept", self.action_reset),
        ):
            yield SystemCommand(name, about, action)

    def action_edit(self) -> None:
        if self.card is not None:
            edit_card(self, self.card)

    # Its demo

    async def action_demo(self) -> None:
        """Open the demo beside the card, and begin: predict, else run."""
        card = self.card
        if card is None or card.demo is None:
            return
        self._describe()
        if self._panel is None:
            self._panel = DemoPanel()
            await self.query_one("#panes").mount(self._panel)
        self.add_class("-demo", "-demo-open", "-open")
        self._panel.look_up(partial(find_demo, self.context.desk, card))
        self._panel.begin()

    @on(DemoPanel.Predicted)
    def _predicted(self, event: DemoPanel.Predicted) -> None:
        if self.card is not None:
            record_prediction(self, self.card.key, event)

    def _close_demo(self) -> None:
        self.remove_class("-demo", "-demo-open")
        if self._panel is not None:
            self._panel.stop()

    def action_back(self) -> None:
        """Out of the demo, out of the card, away."""
        if self.has_class("-demo-open"):
            self._close_demo()
            self._sheet.focus()
        elif self.has_class("-open"):
            self._close()
            self._cards.focus()
        else:
            self.dismiss()
