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
from quizapp.texts import Sentence, span, tell
from quizapp.ui import sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import card_title
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
        Binding("enter,space", "back", "keys.home", key_display="enter", id="summary.home"),
        Binding("u", "undo", "keys.undo", id="summary.undo"),
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
        text = Text(f"{tell('screens.summary.title').says(language)}\n\n", "bold")
        if session.done:
            self._figures(text, sitting_summary(session.done))
        else:
            nothing = "screens.summary.nothing" if session.counts.total else "ui.nothing_waits"
            text.append(f"{tell(nothing).says(language)}\n", "not bold")
        self._coming(text, now)
        return text

    def _figures(self, text: Text, done: SittingSummary) -> None:
        language = self.context.language
        took = tell("screens.summary.took", whole=length(done.took_s), typical=length(done.typical_s))
        rows: list[tuple[str, object]] = [("cards", done.cards), ("time", took)]
        if done.asked:
            share = f"{done.recalled / done.asked:.0%}"
            recalled = tell("screens.summary.recalled", share=share, recalled=done.recalled, asked=done.asked)
            rows.append(("retention", recalled))
        if predictions := self._session.predictions:
            right = tell("screens.summary.right", right=sum(predictions), asked=len(predictions))
            rows.append(("predictions", right))
        for word, said in rows:
            said = said.says(language) if isinstance(said, Sentence) else said
            text.append(f"{_padded(tell(f'screens.summary.{word}').says(language))}{said}\n", "not bold")
        text.append("\n")
        most = max(done.grades.values())
        for grade, count in done.grades.items():
            text.append(f"{_padded(tell(f'common.grade.{grade}').says(language))}{count:4}  ", "not bold")
            text.append("━" * round(24 * count / most), "green not bold").append("\n")
        if done.hardest:
            text.append(f"\n{tell('screens.summary.hard').says(language)}\n")
        for hard in done.hardest[:_HARDEST]:
            often = [
                f"{tell(f'common.grade.{grade}').says(language)} {count}"
                for grade, count in (("again", hard.again), ("hard", hard.hard))
                if count
            ]
            said = (
                tell("screens.summary.both", again=often[0], hard=often[1]).says(language)
                if often[1:]
                else "".join(often)
            )
            asked = card_title(hard.card, self.context.shown)
            for piece in Text(asked).divide(breaks(asked, max(10, self.size.width - 10))):
                text.append(f"  {piece.plain.rstrip()}\n", "not bold")
            text.append(f"    {said} · {length(hard.took_s).says(language)}\n", "dim not bold")
        if len(done.hardest) > _HARDEST:
            text.append(f"  … {len(done.hardest) - _HARDEST}\n", "dim not bold")

    def _coming(self, text: Text, now: datetime) -> None:
        """When the next card comes back, and what tomorrow brings."""
        session, language = self._session, self.context.language
        waits = waiting(session.decks, session.standings, now, session.settings)
        text.append("\n")
        if waits.later:
            wait = span((waits.later[0][0] - now).total_seconds())
            text.append(f"{tell('screens.summary.next', wait=wait).says(language)}\n", "not bold")
        tomorrow = waiting(session.decks, session.standings, now + timedelta(days=1), session.settings).counts()
        count = tomorrow.learning + tomorrow.due
        reviews, new = tell("ui.reviews", n=count), tell("ui.new_cards", n=tomorrow.new)
        said = tell("screens.summary.tomorrow", reviews=reviews, new=new).says(language)
        text.append(f"{said}\n", "not bold")


def length(seconds: float) -> Sentence:
    """A length of time as one says it of a sitting: 45 s, 2 min 10 s, 38 min."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 10:
        return tell("ui.minutes", minutes=round(seconds / 60))
    return tell("ui.minutes_seconds", minutes=minutes, seconds=rest) if minutes else tell("ui.seconds", seconds=rest)


def _padded(word: str) -> str:
    return set_cell_size(word, _COLUMN)
