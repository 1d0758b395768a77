"""The end of a session: what was done, what was hard, and when the next card comes back."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.cards.sheet import front
from quizapp.memory.schedule import GRADES, local_now
from quizapp.study.queue import waiting
from quizapp.study.session import Session
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.words import span


class SummaryScreen(BaseScreen):
    """Shown once a session ends. Enter goes home; u goes back and takes back the last grade."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "back", "Home", key_display="enter", id="summary.home"),
        Binding("u", "undo", "Undo", id="summary.undo"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(id="summary", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._session.done) if action == "undo" else True

    def action_undo(self) -> None:
        session = self._session
        self.dismiss()
        self.quiz.resume_session(session)

    def _draw(self) -> None:
        self.query_one("#summary", Static).update(self._text())

    def _text(self) -> Text:
        session, spoken = self._session, self.quiz.spoken
        now = local_now()
        text = Text()
        text.append(f"{label('In this sitting', spoken)}\n\n", "bold")
        if not session.done:
            text.append(f"{label('Nothing was graded.' if session.counts.total else 'Nothing waits today.', spoken)}\n")
        else:
            cards = len({done.card.key for done in session.done})
            minutes = (now - session.started).total_seconds() / 60
            text.append(f"{cards} {label('cards', spoken)}, {minutes:.0f} {label('minutes', spoken)}\n\n")
            widest = max(1, *(sum(done.grade == grade for done in session.done) for grade in GRADES))
            for grade in GRADES:
                count = sum(done.grade == grade for done in session.done)
                text.append(f"{label(grade.capitalize(), spoken):8}").append(f"{count:4}  ").append(
                    "█" * round(24 * count / widest), "dim"
                )
                text.append("\n")
            hard = dict.fromkeys(done.card for done in session.done if done.grade in ("again", "hard"))
            if hard:
                text.append(f"\n{label('This was hard', spoken)}\n", "bold")
            for card in hard:
                text.append(f"  {front(card, self.quiz.shown)[0].text.splitlines()[0]}\n")
        waits = waiting(session.decks, session.progress, now, session.settings)
        if waits.later:
            text.append(
                f"\n{label('The next card comes back in', spoken)} {span((waits.later[0][0] - now).total_seconds())}.\n"
            )
        return text
