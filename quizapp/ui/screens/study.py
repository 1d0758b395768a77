"""A session: the question, the answer, the points to tick, four grades, and the demo beside it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from quizapp.cards.card import Card, Choice, Deck, Order
from quizapp.cards.sheet import LETTERS, Block, back, front, shuffled
from quizapp.memory.progress import CannotUndo, Stale
from quizapp.memory.schedule import GRADES, Grade, local_now
from quizapp.study.session import Session
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen
from quizapp.ui.widgets.demo_panel import DemoPanel
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import read


class StudyScreen(BaseScreen):
    """Space shows the answer, letters tick, 1 to 4 grade, r runs the demo, u takes a grade back."""

    AUTO_FOCUS = "SheetView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", "Show the answer", key_display="space", id="study.reveal"),
        Binding("space,enter", "accept", "Grade", key_display="space", id="study.accept"),
        *(
            Binding(str(i), f"grade('{grade}')", grade.capitalize(), show=False, id=f"study.{grade}")
            for i, grade in enumerate(GRADES, 1)
        ),
        *(
            Binding(key, f"pick({i})", "Tick", key_display="a-f", show=key == "a", id=f"study.pick-{key}")
            for i, key in enumerate(LETTERS[:6])
        ),
        Binding("r", "demo", "Demo", id="study.demo"),
        Binding("u", "undo", "Undo", id="study.undo"),
        Binding("tab", "app.focus_next", "Switch pane", show=False, id="study.next-pane"),
    ]

    def __init__(self, decks: Sequence[Deck], session: Session | None = None) -> None:
        """A session over `decks`; or `session` taken up again, with its last grade taken back."""
        super().__init__()
        self._decks = decks
        self._resumed = session
        self._sheet = SheetView()
        self._panel = DemoPanel()
        self._grades = GradeBar()
        self._chosen: set[int] = set()
        self._order: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        with Container(id="panes"):
            yield self._sheet
            yield self._panel
        yield self._grades
        yield KeyBar()

    def on_mount(self) -> None:
        desk = self.quiz.desk
        desk.progress.refresh()
        if self._resumed is not None:
            self.session = self._resumed
            self.action_undo()
        else:
            self.session = Session(self._decks, desk.progress, desk.settings, local_now())
            self.show_card()

    # What is on the screen

    @property
    def card(self) -> Card | None:
        return self.session.card

    def language_changed(self) -> None:
        self._draw()
        if self.card is not None and self.card.demo is not None:
            self._panel.redraw()

    def show_card(self) -> None:
        """Show the session's card, or its end."""
        card = self.card
        if card is None:
            self.quiz.finish_session(self.session)
            return
        self._chosen = set()
        count = len(card.choices) if isinstance(card, Choice) else len(card.items) if isinstance(card, Order) else 0
        reviews = self.quiz.desk.progress.of(card.key).memory.reps
        self._order = shuffled(count, f"{card.key}:{reviews}") if count else ()
        self._show_demo(card)
        self._draw()
        self._sheet.focus()
        self.call_after_refresh(self._warm, card)

    def _warm(self, card: Card) -> None:
        """Render the answer, and let the scheduler load, while the question is read."""
        if card is self.card:
            shown, order = self.quiz.shown, self._order
            self._sheet.warm(front(card, shown, order), back(card, shown, order))
            self.session.progress.preview(card.key, local_now())

    def _draw(self) -> None:
        card = self.card
        if card is None:
            return
        shown, session = self.quiz.shown, self.session
        answer = back(card, shown, self._order) if session.revealed else ()
        marked = self._chosen if isinstance(card, Choice) else session.ticks
        self._sheet.show(front(card, shown, self._order), answer, frozenset(marked))
        self._grades.show(session.outcomes, session.suggested or "good")
        self.query_one("#top", Static).update(self._top(card))
        self.refresh_bindings()

    def _top(self, card: Card) -> Text:
        spoken, counts = self.quiz.spoken, self.session.counts
        deck = next(deck for deck in self._decks if deck.name == card.deck)
        text = Text(no_wrap=True, overflow="ellipsis")
        for number, word, style in (
            (counts.new, "new", "cyan"),
            (counts.learning, "learning", "yellow"),
            (counts.due, "due", "green"),
        ):
            text.append(f"{number} ", f"bold {style}").append(f"{label(word, spoken)}  ", "dim")
        text.append(f"{label(card.level, spoken)} · " if card.level else "", "dim")
        text.append(read(deck.title, self.quiz.shown, " / "), "dim")
        return text

    # Bindings

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        card = self.card if hasattr(self, "session") else None
        if action in ("reveal", "accept", "grade", "pick", "demo"):
            if card is None:
                return False
            revealed = self.session.revealed
            match action:
                case "reveal":
                    return not revealed
                case "accept" | "grade":
                    return revealed
                case "pick":
                    return bool(card.points) if revealed else isinstance(card, Choice)
                case "demo":
                    return card.demo is not None
        return True

    def action_reveal(self) -> None:
        self.session.reveal(local_now())
        self._draw()

    def action_accept(self) -> None:
        """Space on an answer: the grade that the ticks suggest, else good."""
        self.action_grade(self.session.suggested or "good")

    def action_grade(self, grade: Grade) -> None:
        try:
            self.session.grade(grade, local_now())
        except Stale:
            self.session.reveal(local_now())
            self._draw()
            self.notify("This card was graded elsewhere just now: the buttons show what holds since.", markup=False)
        except OSError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
        else:
            self.show_card()

    def action_pick(self, place: int) -> None:
        card = self.card
        if card is None:
            return
        if self.session.revealed:
            self.session.tick(place)
        elif isinstance(card, Choice) and place < len(self._order):
            self._chosen ^= {self._order[place]}
        self._draw()

    def action_undo(self) -> None:
        try:
            undone = self.session.undo(local_now())
        except (OSError, CannotUndo) as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
            return
        if undone is None:
            self.notify(label("Nothing to undo in this sitting.", self.quiz.spoken), markup=False)
            return
        self.show_card()
        self.notify(
            f"{label(undone.grade.capitalize(), self.quiz.spoken)}: {label('undone', self.quiz.spoken)}", markup=False
        )

    @on(GradeBar.Chosen)
    def _grade_clicked(self, event: GradeBar.Chosen) -> None:
        if event.grade is None:
            self.action_reveal()
        else:
            self.action_grade(event.grade)

    @on(SheetView.Picked)
    def _block_clicked(self, event: SheetView.Picked) -> None:
        block: Block = event.block
        if (
            block.letter
            and self.check_action("pick", ())
            and block.kind == ("point" if self.session.revealed else "choice")
        ):
            self.action_pick(LETTERS.index(block.letter))

    # The demo

    def _show_demo(self, card: Card) -> None:
        self.set_class(card.demo is not None, "-demo")
        self.set_class(False, "-demo-open")
        if card.demo is not None:
            self._panel.show(*self.quiz.find_demo(card))

    def action_demo(self) -> None:
        """Open the demo, and begin: predict, else run."""
        self.set_class(True, "-demo-open")
        self._panel.begin()

    def action_back(self) -> None:
        """Out of the demo, then out of the session."""
        focused = self.focused
        if focused is not None and any(isinstance(node, DemoPanel) for node in focused.ancestors_with_self):
            self.set_class(False, "-demo-open")
            self._sheet.focus()
        else:
            self.quiz.finish_session(self.session)

    @on(DemoPanel.Predicted)
    def _predicted(self, event: DemoPanel.Predicted) -> None:
        if self.card is None:
            return
        try:
            self.quiz.record_prediction(self.card.key, event)
        except OSError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
