"""Before a quick quiz or cramming: kind, number, decks, levels and tags, and how many cards that leaves."""

import time

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.memory.events import Quizzed
from quizapp.study.queue import one_a_text
from quizapp.study.quiz import drawn
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.past_quizzes import past_quizzes, quiz_lines
from quizapp.ui.screens.picking import Amount, PickingScreen
from quizapp.ui.widgets.panels import ScrollPanel


class PractiseScreen(PickingScreen):
    """A quiz asks what can be judged, cramming any card. Below them the quizzes there were, the last one first."""

    DEFAULT_CSS = """
    PractiseScreen {
        #past {
            height: auto;
            min-height: 3;
            max-height: 25%;
        }
    }
    """

    def __init__(self) -> None:
        kinds = {"quiz": "screens.practise.quiz", "cram": "screens.practise.cram"}
        super().__init__("screens.practise.title", {"kind": kinds, "cards": Amount(10, 1, 100)})
        self._past: list[Quizzed] = []
        self._lines = Static(markup=False)
        self._panel = ScrollPanel(self._lines, id="past")
        self._panel.can_focus = False  # there is nothing to do in it

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._panel

    def on_mount(self) -> None:  # beside that of the class above, which Textual calls too
        self.call_after_refresh(self._read)

    @work(exclusive=True, description="read the quizzes there were")
    async def _read(self) -> None:
        self._past = await past_quizzes(self)
        self._draw_past()

    def language_changed(self) -> None:
        super().language_changed()
        self.form.show_state(text("screens.practise.schedule", self.context.language))
        self._draw_past()

    def _draw_past(self) -> None:
        self._panel.frame(text("screens.practise.past", self.context.language))
        self._lines.update(quiz_lines(self, self._past) if self._past else self._will_be())

    def _will_be(self) -> str:
        return text("screens.practise.no_past", self.context.language)

    def cards(self) -> list[Card]:
        cards = super().cards()
        return [card for card in cards if isinstance(card, JUDGED)] if self.set_to["kind"] == "quiz" else cards

    def why_none(self) -> str:
        key = self.context.key("browse.study", "s")
        return text("screens.practise.code", self.context.language, key=key) if self.only_code else super().why_none()

    def promise(self) -> str:
        count, asked = len(one_a_text(self.left, set())), int(self.set_to["cards"])  # all gaps of a text are one
        return (
            text("screens.practise.promise", self.context.language, asked=min(count, asked), n=count) if count else ""
        )

    def begin(self) -> None:
        seed = int(time.time())
        cards = drawn(self.left, seed)[: int(self.set_to["cards"])]
        sittings.begin_quiz(self, cards, seed, cram=self.set_to["kind"] == "cram", replace=True)
