"""The end of a session: what was done, what was hard, and when the next card comes back."""

from datetime import datetime, timedelta
from typing import ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.memory.schedule import local_now
from quizapp.study.queue import waiting
from quizapp.study.session import Session
from quizapp.study.sitting_summary import SittingSummary, sitting_summary
from quizapp.texts import span
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import card_title
from quizapp.ui.labels import label
from quizapp.ui.widgets.key_bar import KeyBar

_COLUMN = 14
_HARDEST = 10


class SummaryScreen(BaseScreen):
    """Shown once a session ends. Enter goes home; u goes back and takes back what was done last."""

    DEFAULT_CSS = """
    SummaryScreen {
        #summary {
            padding: 1 3;
        }
    }
    """
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

    def on_resize(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._session.acts) if action == "undo" else True

    def action_undo(self) -> None:
        session = self._session
        self.dismiss()
        sittings.resume_session(self, session)

    def _draw(self) -> None:
        self.query_one("#summary", Static).update(self._text())

    def _text(self) -> Text:
        session, language, now = self._session, self.context.language, local_now()
        text = Text(f"{label('In this sitting', language)}\n\n", "bold")
        if session.done:
            self._figures(text, sitting_summary(session.done))
        else:
            nothing = "Nothing was graded." if session.counts.total else "Nothing waits today."
            text.append(f"{label(nothing, language)}\n", "not bold")
        self._coming(text, now)
        return text

    def _figures(self, text: Text, done: SittingSummary) -> None:
        language = self.context.language
        comma = label(", ", language)
        rows = [
            ("Cards graded", f"{done.cards}"),
            ("Time", f"{length(done.took_s)}{comma}{label('a card', language)} {length(done.typical_s)}"),
        ]
        if done.asked:
            rows.append(("Retention", f"{done.recalled / done.asked:.0%} ({done.recalled}/{done.asked})"))
        if predictions := self._session.predictions:
            right = f"{sum(predictions)}/{len(predictions)} {label('right', language)}"
            rows.append(("Predictions", right))
        for word, said in rows:
            text.append(f"{_padded(label(word, language))}{said}\n", "not bold")
        text.append("\n")
        most = max(done.grades.values())
        for grade, count in done.grades.items():
            text.append(f"{_padded(label(grade.capitalize(), language))}{count:4}  ", "not bold")
            text.append("━" * round(24 * count / most), "green not bold").append("\n")
        if done.hardest:
            text.append(f"\n{label('This was hard', language)}\n")
        for hard in done.hardest[:_HARDEST]:
            often = [
                f"{label(grade.capitalize(), language)} {count}"
                for grade, count in (("again", hard.again), ("hard", hard.hard))
                if count
            ]
            asked = card_title(hard.card, self.context.shown)
            for piece in Text(asked).divide(breaks(asked, max(10, self.size.width - 10))):
                text.append(f"  {piece.plain.rstrip()}\n", "not bold")
            text.append(f"    {comma.join(often)} · {length(hard.took_s)}\n", "dim not bold")
        if len(done.hardest) > _HARDEST:
            text.append(f"  … {len(done.hardest) - _HARDEST}\n", "dim not bold")

    def _coming(self, text: Text, now: datetime) -> None:
        """When the next card comes back, and what tomorrow brings."""
        session, language = self._session, self.context.language
        waits = waiting(session.decks, session.standings, now, session.settings)
        text.append("\n")
        if waits.later:
            wait = span((waits.later[0][0] - now).total_seconds())
            text.append(f"{label('The next card comes back in {}.', language).format(wait)}\n", "not bold")
        tomorrow = waiting(session.decks, session.standings, now + timedelta(days=1), session.settings).counts()
        count = tomorrow.learning + tomorrow.due
        reviews = label("{} review" if count == 1 else "{} reviews", language).format(count)
        new = label("{} new", language).format(tomorrow.new)
        colon, comma = label(": ", language), label(", ", language)
        text.append(f"{label('Tomorrow', language)}{colon}{reviews}{comma}{new}\n", "not bold")


def length(seconds: float) -> str:
    """A length of time as one says it of a sitting: 45 s, 2 min 10 s, 38 min."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 10:
        return f"{round(seconds / 60)} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _padded(word: str) -> str:
    return set_cell_size(word, _COLUMN)
