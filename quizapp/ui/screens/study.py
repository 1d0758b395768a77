"""A session: the question, the answer, the points to tick, four grades, and the demo beside it."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.memory.progress import CannotUndo, Stale
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.answer import Answer
from quizapp.study.session import Session, Sitting
from quizapp.ui.labels import label
from quizapp.ui.screens.answering import AnsweringScreen
from quizapp.ui.widgets.demo_panel import DemoPanel
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.words import read, same


class SittingScreen(AnsweringScreen):
    """Space shows the answer, letters tick, 1 to 4 grade, r runs the demo, u takes a grade back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "demo", "Demo", id="study.demo"),
        Binding("u", "undo", "Undo", id="study.undo"),
        Binding("E", "edit", "Edit", id="study.edit"),
    ]

    def __init__(self, session: Sitting) -> None:
        super().__init__()
        self.session = session
        self.panel = DemoPanel()

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        with Container(id="panes"):
            yield self._view.sheet
            yield self.panel
        yield from self._view.fields
        yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        self.confides = self.quiz.desk.settings.confidence
        self.begin()

    # What each kind of sitting has of its own

    def top(self, card: Card) -> Text:
        """The line above the card."""
        raise NotImplementedError

    def begin(self) -> None:
        """The first card."""
        self.show_card()

    def finish(self) -> None:
        """Nothing is left, or the user goes."""
        raise NotImplementedError

    # What is on the screen

    @property
    def card(self) -> Card | None:
        return self.session.card

    @property
    def answer(self) -> Answer | None:
        return self.session.answer

    @property
    def revealed(self) -> bool:
        return self.session.revealed

    def language_changed(self) -> None:
        self.draw()
        if self.card is not None and self.card.demo is not None:
            self.panel.redraw()

    def library_changed(self, was: Library) -> None:
        """The card as it is written now, with its state."""
        sheet, scrolled = self._view.sheet, self._view.sheet.scroll_y
        self._view.keep()
        self.session.renew(self.quiz.desk.library, was, local_now())
        card, answer = self.card, self.answer
        if card is None or answer is None:
            return
        self._view.renew(answer)
        self.set_class(card.demo is not None, "-demo")
        if card.demo is not None:
            self.panel.renew(*self.quiz.find_demo(card))
        self.draw()
        sheet.scroll_to(y=scrolled, animate=False)

    def show_card(self) -> None:
        """Show the sitting's card, or its end."""
        card, answer = self.card, self.answer
        if card is None or answer is None:
            self.finish()
            return
        self._show_demo(card)
        self._view.begin(answer)
        self.draw()
        self.call_after_refresh(self._warm, answer)

    def _warm(self, answer: Answer) -> None:
        """Render the answer, and let the scheduler load, while the question is read."""
        if answer is self.answer:
            shown = self.quiz.shown
            self._view.sheet.warm(answer.front(shown), answer.back(shown))
            self.quiz.desk.progress.preview(answer.card.key, local_now())

    def draw(self) -> None:
        card, session = self.card, self.session
        if card is None:
            return
        self._view.draw(self.quiz.shown, self.quiz.spoken, revealed=session.revealed)
        waits = {grade: outcome.interval_s for grade, outcome in session.outcomes.items()}
        self.draw_bar("Show the answer", waits, session.default)
        self.query_one("#top", Static).update(self.top(card), layout=False)
        self.refresh_bindings()

    def deck_title(self, card: Card) -> str:
        """The card's level, if it has one, and its deck's title."""
        deck = next((deck for deck in self.quiz.desk.library.decks if deck.name == card.deck), None)
        title = deck.title if deck else same(card.deck)
        level = f"{label(card.level, self.quiz.spoken)} · " if card.level else ""
        return level + read(title, self.quiz.shown, " / ")

    # Bindings

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "demo":
            return self.card is not None and self.card.demo is not None
        return super().check_action(action, parameters)

    def action_reveal(self) -> None:
        self._view.keep()
        self.session.reveal(local_now())
        self.draw()

    def action_accept(self) -> None:
        self.action_grade(self.session.default)

    def action_grade(self, grade: Grade) -> None:
        try:
            self.session.grade(grade, local_now())
        except Stale:
            self.session.reveal(local_now())
            self.draw()
            self.notify("This card was graded elsewhere just now: the buttons show what holds since.", markup=False)
        except OSError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)
        else:
            self.show_card()

    def action_edit(self) -> None:
        """The card in the user's editor."""
        if self.card is not None:
            self.quiz.edit_card(self.card)

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

    # The demo

    def _show_demo(self, card: Card) -> None:
        self.set_class(card.demo is not None, "-demo")
        self.set_class(False, "-demo-open")
        if card.demo is not None:
            self.panel.show(*self.quiz.find_demo(card))

    def action_demo(self) -> None:
        """Open the demo, and begin: predict, else run."""
        self.set_class(True, "-demo-open")
        self.panel.begin()

    def leave(self) -> None:
        """Out of the demo, then out of the sitting."""
        focused = self.focused
        if focused is not None and any(node is self.panel for node in focused.ancestors_with_self):
            self.set_class(False, "-demo-open")
            self._view.sheet.focus()
        else:
            self.finish()

    @on(DemoPanel.Predicted)
    def _predicted(self, event: DemoPanel.Predicted) -> None:
        if self.card is None:
            return
        try:
            self.quiz.record_prediction(self.card.key, event)
        except OSError as error:
            self.notify(str(error), severity="error", timeout=10, markup=False)


class StudyScreen(SittingScreen):
    """What waits in some decks; every grade is saved at once. `undo`: begin by taking the last grade back."""

    session: Session

    def __init__(self, session: Session, *, undo: bool = False) -> None:
        super().__init__(session)
        self._undo_first = undo

    def begin(self) -> None:
        if self._undo_first:
            self.action_undo()
        else:
            super().begin()

    def top(self, card: Card) -> Text:
        spoken, counts = self.quiz.spoken, self.session.counts
        text = Text(no_wrap=True, overflow="ellipsis")
        for number, word, style in (
            (counts.new, "new", "cyan"),
            (counts.learning, "learning", "yellow"),
            (counts.due, "due", "green"),
        ):
            text.append(f"{number} ", f"bold {style}").append(f"{label(word, spoken)}  ", "dim")
        return text.append(self.deck_title(card), "dim")

    def finish(self) -> None:
        self.quiz.finish_session(self.session)
