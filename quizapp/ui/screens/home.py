"""Home: the decks, and what waits in each."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import OptionList, Static

from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.day import minutes, streak
from quizapp.study.plan import day_plan
from quizapp.study.queue import Counts, counts
from quizapp.texts import tell, text
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.look import INKS
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import AROUND, ListPanel, TextPanel
from quizapp.words import read

_COLUMN = 10
_WIDEST = 120  # cells; a number further away from its deck is hard to follow


class HomeScreen(BaseScreen):
    """The decks with their new, learning and due counts; Enter starts a session."""

    shows_faults = True
    DEFAULT_CSS = """
    HomeScreen {
        align-horizontal: center;
        #today, #deck-room, #home-notes {
            max-width: 120;
        }
        #deck-room {
            height: 1fr;
        }
        #decks {
            height: auto;
            max-height: 100%;
        }
        #home-notes {
            height: auto;
            max-height: 8;
            padding: 0 2;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study", "keys.study", key_display="enter", id="home.study"),
        Binding("z", "quiz", "keys.quiz", id="home.quiz"),
        Binding("i", "interview", "keys.interview", id="home.interview"),
        Binding("b", "browse", "keys.browse", id="home.browse"),
        Binding("h", "stats", "keys.statistics", id="home.stats"),
        Binding("r", "readiness", "keys.readiness", id="home.readiness"),
        Binding("d", "lab", "keys.demos", id="home.lab"),
        Binding("a", "add", "keys.add", id="home.add"),
        Binding("comma", "settings", "keys.settings", id="home.settings"),
        Binding("q", "quit", "keys.quit", id="home.quit"),
        Binding("T", "tour", "keys.tour", show=False, id="home.tour"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, Counts] = {}
        self._total = Counts()
        self._today, self._decks = TextPanel(id="today", markup=False), ListPanel(id="decks", markup=False)
        self._width = 0  # for which it was drawn

    def compose(self) -> ComposeResult:
        yield self._today
        with Container(id="deck-room"):
            yield self._decks
        yield Static(id="home-notes", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._decks.focus()
        self.set_interval(60, self._minute)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"  # Esc once too often does not quit

    def on_screen_resume(self) -> None:
        self.count()

    def on_resize(self) -> None:
        if self.size.width != self._width:  # a start resizes four times
            self._draw()

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        if self.is_current:
            self.count()

    def _minute(self) -> None:
        """A minute has gone by: cards may have come due, or another day may have begun."""
        if self.is_current:
            self.count()

    def count(self) -> None:
        """Count what waits now, and draw."""
        desk = self.context.desk
        desk.standings.refresh()
        now = local_now()
        self._counts, self._total = counts(desk.library.decks, desk.standings, now, desk.settings)
        self._draw()

    def _draw(self) -> None:
        if not self._counts and self.context.desk.library.decks:
            return
        desk, language = self.context.desk, self.context.language
        self._width = self.size.width
        width = max(30, min(_WIDEST, self.size.width) - AROUND)
        total = self._total
        self._today.frame(text("screens.home.today", language), f"{local_now():%Y-%m-%d %H:%M}")
        self._today.update(self._plan(total))
        words = [text(word, language) for word in ("screens.home.new", "screens.home.learning", "screens.home.due")]
        heads = "".join(" " * (_COLUMN - cell_len(word)) + word for word in words)
        self._decks.frame(text("screens.home.decks", language), f"{heads} ", self.context.key("home.study", "Enter"))
        rows: list[Text] = []
        if len(desk.library.decks) > 1:
            rows.append(_row(text("ui.everything", language), *_numbers(total), width=width))
        for deck in desk.library.decks:
            waits = self._counts.get(deck.name, Counts())
            rows.append(_row(read(deck.title, self.context.shown, " / "), *_numbers(waits), width=width))
        decks = self._decks
        highlighted = decks.highlighted or 0
        decks.clear_options()
        decks.add_options(rows)
        decks.highlighted = min(highlighted, len(rows) - 1) if rows else None
        self.query_one("#home-notes", Static).update(self._notes())

    def _plan(self, total: Counts) -> Text:
        """What is left of the day, how long it will take, and the days to the interview."""
        desk, language, now = self.context.desk, self.context.language, local_now()
        plan = day_plan(total, desk.settings, now)
        if total.total:
            new, reviews = tell("ui.new_cards", n=plan.new), tell("ui.reviews", n=plan.reviews)
            both = tell("screens.home.waits", new=new, reviews=reviews)
            parts = [(both if plan.new and plan.reviews else new if plan.new else reviews).says(language)]
            if time := minutes(total.total, desk.standings.pace):
                parts.append(tell("screens.home.about", n=time).says(language))
        else:
            parts = [tell("ui.nothing_waits").says(language)] if desk.library.decks else []
        if total.done:
            parts.append(tell("screens.home.done", n=total.done).says(language))
        if plan.days is not None:
            word = (
                "screens.home.interview_today"
                if plan.days == 0
                else "screens.home.interview_in"
                if plan.days > 1
                else "screens.home.interview_tomorrow"
            )
            parts.append(tell(word, n=plan.days).says(language))
        text = Text(" · ".join(parts))
        if desk.settings.tour == "offer" and desk.library.decks and not desk.standings.all:
            key = self.context.key("home.tour", "T")
            text.append(f"\n{tell('screens.home.first_time', key=key).says(language)}", "bold")
        return text

    def _notes(self) -> Text:
        """What the user should know of the decks, a line each; and last, where it belongs, the days running."""
        library, language = self.context.desk.library, self.context.language
        text = Text()
        if not library.decks:
            none = tell(
                "screens.home.no_deck", folder=self.context.desk.home.decks, key=self.context.key("home.add", "a")
            ).says(language)
            text.append(f"{none}\n")
        for note in library.notes:
            text.append(f"{_in_one(note.says(language))}\n", "dim")
        for fault in library.faults[:3]:
            text.append(f"{_in_one(f'{fault.file.name}{fault.at}: {fault.message.says(language)}')}\n", "yellow")
        if len(library.faults) > 3:
            more = tell("ui.more_faults", n=len(library.faults) - 3).says(language)
            text.append(f"{more}\n", "yellow")
        running = streak(
            self.context.desk.standings.studied, study_day(local_now(), self.context.desk.settings.rollover)
        )
        if running > 1:
            text.append(tell("screens.home.days_running", n=running).says(language), "dim")
        return text

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_study()

    def action_study(self) -> None:
        place = self._decks.highlighted
        decks = self.context.desk.library.decks
        if place is None or not decks:
            return
        several = len(decks) > 1
        sittings.study(self, decks if several and place == 0 else [decks[place - several]])

    def action_lab(self) -> None:
        open_screen(self, "lab")

    def action_browse(self) -> None:
        open_screen(self, "browse")

    def action_stats(self) -> None:
        open_screen(self, "stats")

    def action_add(self) -> None:
        open_screen(self, "add-card")

    def action_quiz(self) -> None:
        open_screen(self, "practise")

    def action_readiness(self) -> None:
        open_screen(self, "readiness")

    def action_interview(self) -> None:
        open_screen(self, "interview-setup")

    def action_settings(self) -> None:
        open_screen(self, "settings")

    def action_tour(self) -> None:
        sittings.take_tour(self)

    def action_quit(self) -> None:
        self.app.exit()


def _numbers(counts: Counts) -> tuple[str, str, str]:
    return str(counts.new), str(counts.learning), str(counts.due)


def _in_one(said: str) -> str:
    """A line of its own, whatever the file that it names is called."""
    return " ".join(said.split())


def _row(name: str, *numbers: str, width: int) -> Text:
    """A name and right-aligned columns, `width` cells in all; a nought steps back."""
    left = max(10, width - _COLUMN * len(numbers))
    if cell_len(name) > left - 1:
        name = set_cell_size(name, left - 2) + "…"
    row = Text(set_cell_size(name, left), no_wrap=True, overflow="ellipsis")
    for number, what in zip(numbers, ("new", "learning", "due"), strict=True):
        row.append(" " * max(0, _COLUMN - cell_len(number)) + number, "dim" if number == "0" else INKS[what])
    return row
