"""Home: the decks, and what waits in each."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now
from quizapp.study.queue import Counts, waiting
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.words import read

_COLUMN = 10


class HomeScreen(BaseScreen):
    """The decks with their new, learning and due counts; Enter starts a session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study", "Study", key_display="enter", id="home.study"),
        Binding("d", "lab", "Demos", id="home.lab"),
        Binding("b", "browse", "Browse", id="home.browse"),
        Binding("z", "quiz", "Quiz", id="home.quiz"),
        Binding("r", "readiness", "Readiness", id="home.readiness"),
        Binding("q", "quit", "Quit", id="home.quit"),
        Binding("escape", "quit", show=False, id="home.escape"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, Counts] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="home-title", markup=False)
        yield Static(id="home-columns", markup=False)
        yield OptionList(id="decks", markup=False)
        yield Static(id="home-notes", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        self.count()

    def on_resize(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        if self.is_current:
            self.count()

    def count(self) -> None:
        """Count what waits now, and draw."""
        desk = self.quiz.desk
        desk.progress.refresh()
        now = local_now()
        self._counts = {
            deck.name: waiting([deck], desk.progress, now, desk.settings).counts() for deck in desk.library.decks
        }
        self._draw()

    def _draw(self) -> None:
        if not self._counts and self.quiz.desk.library.decks:
            return
        desk, spoken = self.quiz.desk, self.quiz.spoken
        width = max(30, self.size.width - 6)
        title = Text("quizapp", "bold").append(f"   {local_now():%Y-%m-%d %H:%M}", "dim")
        self.query_one("#home-title", Static).update(title)
        head = _row(label("Deck", spoken), *(label(word, spoken) for word in ("New", "Learning", "Due")), width=width)
        self.query_one("#home-columns", Static).update(Text(head, "dim"))
        rows: list[str] = []
        if len(desk.library.decks) > 1:
            total = sum(self._counts.values(), Counts())
            rows.append(_row(label("Everything", spoken), *_numbers(total), width=width))
        for deck in desk.library.decks:
            rows.append(
                _row(
                    read(deck.title, self.quiz.shown, " / "),
                    *_numbers(self._counts.get(deck.name, Counts())),
                    width=width,
                )
            )
        decks = self.query_one(OptionList)
        highlighted = decks.highlighted or 0
        decks.clear_options()
        decks.add_options(Text(row, no_wrap=True, overflow="ellipsis") for row in rows)
        decks.highlighted = min(highlighted, len(rows) - 1) if rows else None
        self.query_one("#home-notes", Static).update(self._notes())

    def _notes(self) -> Text:
        """What the user should know of the decks, a line each."""
        library = self.quiz.desk.library
        text = Text()
        if not library.decks:
            text.append(
                f"No deck was found. Put a YAML file into {self.quiz.desk.home.decks}, "
                "or name one: quizapp my-deck.yaml\n"
            )
        for note in library.notes:
            text.append(f"{note}\n", "dim")
        for fault in library.faults[:3]:
            text.append(f"{fault.file.name}:{fault.line}:{fault.column}: {fault.message}\n", "yellow")
        if len(library.faults) > 3:
            text.append(f"… {len(library.faults) - 3} more: 'quizapp check' lists them.\n", "yellow")
        return text

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_study()

    def action_study(self) -> None:
        place = self.query_one(OptionList).highlighted
        decks = self.quiz.desk.library.decks
        if place is None or not decks:
            return
        several = len(decks) > 1
        self.quiz.study(decks if several and place == 0 else [decks[place - several]])

    def action_lab(self) -> None:
        self.quiz.open_lab()

    def action_browse(self) -> None:
        self.quiz.browse()

    def action_quiz(self) -> None:
        self.quiz.choose_quiz()

    def action_readiness(self) -> None:
        self.quiz.open_readiness()

    def action_quit(self) -> None:
        self.app.exit()


def _numbers(counts: Counts) -> tuple[str, str, str]:
    return str(counts.new), str(counts.learning), str(counts.due)


def _row(name: str, *numbers: str, width: int) -> str:
    """A name and right-aligned columns, `width` cells in all."""
    left = max(10, width - _COLUMN * len(numbers))
    if cell_len(name) > left - 1:
        name = set_cell_size(name, left - 2) + "…"
    return set_cell_size(name, left) + "".join(" " * max(0, _COLUMN - cell_len(number)) + number for number in numbers)
