"""Home: the day, the interview, the decks and how far each is, the days studied, and what was left halfway."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widgets import OptionList

from quizapp.cards.card import Deck
from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.interrupted import Interrupted, interrupted
from quizapp.study.path import Progress, decks_in_order, progress
from quizapp.study.queue import Counts, Waiting, by_deck
from quizapp.texts import text
from quizapp.ui import home_pictures as pictures
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.home_rooms import BORDER, MOST_WAITING, Rooms, rooms
from quizapp.ui.home_waits import MOST_FAULTY, MOST_LEFT, to_go_on_with
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.home_panels import AIR, DaysPanel, DecksPanel, InterviewPanel, TodayPanel, WaitsPanel
from quizapp.ui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from quizapp.study.readiness import Readiness
    from quizapp.study.statistics import ReviewFigures

_WIDEST = 120  # cells; a number further away from its deck is hard to follow
_SOON = 0.1  # seconds after a paint until what takes reading is begun


class HomeScreen(BaseScreen):
    """Enter studies the deck under the cursor; a click on a panel leads to what it is about."""

    shows_faults = True
    words = ("essentials",)
    DEFAULT_CSS = """
    HomeScreen {
        layout: grid;
        grid-size: 1;
        align-horizontal: center;
        & > TextPanel, & > #decks {
            height: 1fr;
        }
        &.-wide {
            grid-size: 2;
            & > #decks, & > .-alone {
                column-span: 2;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study", "keys.study", key_display="enter", id="home.study"),
        Binding("z", "quiz", "keys.quiz", id="home.quiz"),
        Binding("i", "interview", "keys.interview", id="home.interview"),
        Binding("b", "browse", "keys.browse", id="home.browse"),
        Binding("q", "quit", "keys.quit", id="home.quit"),
        Binding("h", "stats", "keys.statistics", id="home.stats"),
        Binding("r", "readiness", "keys.readiness", id="home.readiness"),
        Binding("d", "lab", "keys.demos", id="home.lab"),
        Binding("a", "add", "keys.add", id="home.add"),
        Binding("comma", "settings", "keys.settings", id="home.settings"),
        Binding("T", "tour", "keys.tour", show=False, id="home.tour"),
        *(
            Binding(f"{number}", f"go_on({number})", "keys.go_on_with", show=False, id=f"home.go-on-{number}")
            for number in range(1, MOST_LEFT + MOST_FAULTY + 2)
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, Counts] = {}
        self._waiting, self._unseen = Waiting(date.min), False
        self._far: dict[str, Progress] = {}
        self._stand: tuple[int, date] | None = None  # of which that is
        self._left: list[Interrupted] = []
        self._ready: Readiness | None = None
        self._figures: ReviewFigures | None = None
        self._filled: tuple[object, ...] = ()  # of what the two above are
        self._today = TodayPanel(id="today", markup=False)
        self._interview = InterviewPanel(id="interview", markup=False)
        self._decks = DecksPanel(id="decks", markup=False)
        self._days, self._waits = DaysPanel(id="days", markup=False), WaitsPanel(id="waits")
        self._going: list[pictures.Waits] = []
        self._size = Size()  # for which it was drawn

    def compose(self) -> ComposeResult:
        yield self._today
        yield self._interview
        yield self._decks
        yield KeyBar()

    def on_mount(self) -> None:
        self._decks.focus()
        self.set_interval(60, self._minute)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go_on":
            return parameters[0] in range(1, len(self._leading) + 1)
        return action != "back"  # Esc once too often does not quit

    def on_screen_resume(self) -> None:
        self.count()

    def on_resize(self) -> None:
        if self.size != self._size:  # a start resizes four times
            self._draw()

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        self._filled, self._stand = (), None
        if self.is_current:
            self.count()

    def _minute(self) -> None:
        """A minute has gone by: cards may have come due, or another day may have begun."""
        if self.is_current:
            self.count()

    # What is counted at once, and what takes reading

    @property
    def _day(self) -> date:
        return study_day(local_now(), self.context.desk.settings.rollover)

    def count(self) -> None:
        """Count what waits now, and draw; what takes longer fills in."""
        desk = self.context.desk
        desk.standings.refresh()
        self._counts, found = by_deck(desk.library.decks, desk.standings, local_now(), desk.settings)
        self._waiting, self._unseen = found.waits, bool(found.unseen)
        waits, stand = found.waits, (desk.standings.changes, found.waits.day)
        if stand != self._stand:  # of many cards it takes as long as all else
            self._stand = stand
            self._far = {deck.name: progress(deck.cards, desk.standings, waits.day) for deck in desk.library.decks}
        self._left = interrupted(desk.home.interviews)
        self._draw()
        self.set_timer(_SOON, self._fill)

    def _fill(self) -> None:
        desk = self.context.desk
        of = (desk.standings.changes, self._day, desk.settings)
        if self.app.is_running and self.app.screen is self and of != self._filled:
            self._read(of)

    def on_screen_suspend(self) -> None:
        self.workers.cancel_group(self, "home")

    @work(exclusive=True, group="home")
    async def _read(self, of: tuple[object, ...]) -> None:
        """What to expect on the day of the interview, then what the journals tell of the days."""
        import asyncio

        from quizapp.study.course import outset
        from quizapp.study.readiness import readiness
        from quizapp.study.statistics import review_figures
        from quizapp.ui.gradual import gradually

        desk, day, now = self.context.desk, self._day, local_now()
        interview = desk.settings.interview
        if interview is not None and interview >= day:
            start, rules = outset(desk.library.decks, desk.standings, desk.settings, now), desk.standings.rules
            work_out = partial(readiness, start, interview, now, rules, desk.settings)
            self._ready = await asyncio.to_thread(work_out)
            self._draw_upper()
        self._figures = await gradually(review_figures(desk.standings.reading(), day))
        self._filled = of
        self._draw_upper()
        self._draw_lower()

    # How it is drawn

    def _draw(self) -> None:
        desk = self.context.desk
        if not self._counts and desk.library.decks:
            return
        self._size = self.size
        total = self._waiting.counts()
        due = total.due_today
        self.app.title = text("ui.tab", self.context.language, n=due) if due else "quizapp"
        lines = len(desk.library.decks) + (len(desk.library.decks) > 1)
        self._going = to_go_on_with(self, self._left)
        waiting_lines = len(pictures.waits(self._going, self._whole - AIR, MOST_WAITING))
        self._rooms = self._furnish(rooms(*self.size, lines, waiting_lines))
        self._draw_upper()
        self._decks.show(self._counts, total, self._far, self._whole)
        self._draw_lower()
        self.refresh_bindings()

    def _furnish(self, found: Rooms) -> Rooms:
        """Give each panel its room."""
        panels = (self._today, self._interview, self._decks, self._days, self._waits)
        for panel, rows in zip(
            panels, (found.today, found.interview, found.decks, found.days, found.waits), strict=True
        ):
            panel.display = bool(rows)
        self._waits.set_class(not found.days, "-alone")
        self.styles.grid_rows = " ".join(map(str, found.rows))
        half = min(_WIDEST, self.size.width) // 2
        self.styles.grid_columns = f"{half} {half}" if found.wide else "1fr"
        if (found.days or found.waits) and not self._waits.is_attached:
            self.call_after_refresh(self._bring_lower)
        return found

    async def _bring_lower(self) -> None:
        """The panels below the decks come after the first paint, which they would hold up; their room is kept."""
        if not self._waits.is_attached:
            await self.mount_all([self._days, self._waits], after=self._decks)
        self._draw_lower()

    @property
    def _whole(self) -> int:
        """The cells across all of home."""
        return min(_WIDEST, self.size.width)

    @property
    def _half(self) -> int:
        """The cells of a line in a panel that may stand beside another."""
        return max(20, (self._whole // 2 if self._rooms.wide else self._whole) - AIR)

    def _draw_upper(self) -> None:
        seen = sum(far.seen for far in self._far.values())
        rows = self._rooms.today - BORDER
        self._today.show(self._waiting, self._figures, self._half, rows, unseen=self._unseen)
        self._interview.show(self._ready, seen, self._half, self._rooms.interview - BORDER)

    def _draw_lower(self) -> None:
        if self._waits.is_attached:
            self._days.show(self._figures, self._half)
            alone = self._waits.has_class("-alone")
            self._waits.show(self._going, self._whole - AIR if alone else self._half, self._rooms.waits - BORDER)

    # What to go on with

    @property
    def _leading(self) -> list[Callable[[], None]]:
        """What the rows lead to, in the order of their numbers."""
        return [row.leads for row in self._going if row.leads is not None]

    def action_go_on(self, number: int) -> None:
        self._leading[number - 1]()

    # What keys and clicks do

    @on(events.Click, "#today")
    def _today_clicked(self) -> None:
        sittings.study(self, self.context.desk.library.decks) if self.context.desk.library.decks else self.action_add()

    @on(events.Click, "#interview")
    def action_readiness(self) -> None:
        open_screen(self, "readiness")

    @on(events.Click, "#days")
    def action_stats(self) -> None:
        open_screen(self, "stats")

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_study()

    @property
    def _chosen(self) -> Sequence[Deck]:
        """The deck that the cursor is on; or all of them."""
        place = self._decks.highlighted
        decks = decks_in_order(self.context.desk.library.decks)
        several = len(decks) > 1
        return decks if not place and several else decks[(place or 0) - several :][:1]

    def action_study(self) -> None:
        if self._chosen:
            sittings.study(self, self._chosen)

    def action_lab(self) -> None:
        open_screen(self, "lab")

    def action_browse(self) -> None:
        """Its cards, where one deck is chosen; else all."""
        chosen = self._chosen
        one = len(chosen) == 1 < len(self.context.desk.library.decks)
        open_screen(self, "browse", query=f'deck:"{chosen[0].name}" ' if one else "")

    def action_add(self) -> None:
        open_screen(self, "add-card")

    def action_quiz(self) -> None:
        open_screen(self, "practise")

    def action_interview(self) -> None:
        open_screen(self, "interview-setup")

    def action_settings(self) -> None:
        open_screen(self, "settings")

    def action_tour(self) -> None:
        sittings.take_first(self)

    def action_quit(self) -> None:
        self.app.exit()
