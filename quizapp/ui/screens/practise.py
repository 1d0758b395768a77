"""Before a quick quiz or cramming: kind, number, decks, levels and tags, and how many cards that leaves."""

import time
from collections.abc import Iterable

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.cards.library import Library
from quizapp.memory.events import Quizzed
from quizapp.study.queue import one_a_text
from quizapp.study.quiz import drawn
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.past_quizzes import past_quizzes, quiz_lines
from quizapp.ui.screens.picking import Amount, Ask, PickingScreen
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

    def on_mount(self) -> None:
        super().on_mount()
        self._read()

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
        count, asked = _texts(self.cards()), int(self.set_to["cards"])
        return (
            text("screens.practise.promise", self.context.language, asked=min(count, asked), n=count) if count else ""
        )

    def _about(self, name: str, ask: Ask) -> str:
        """Also how many cards of what is ticked it leaves out: with those of the row that begins they add up."""
        left = 0
        if name == "seen" and self.set_to["seen"]:
            left = self._count_of(self.context.desk.library) - self._count_of(self.library)
        if name == "kind":
            left = self._count_of(self.library) - len(self.cards())
        if left:
            said = "not_seen" if name == "seen" else f"not_{self.set_to['kind']}"
            return text(f"screens.practise.{said}", self.context.language, n=left)
        return super()._about(name, ask)

    def _count_of(self, library: Library) -> int:
        """How many cards of it are ticked."""
        return sum(len(deck.cards) for deck in self.selection().narrowed(library.decks))

    def left_out(self) -> str:
        """All gaps of a text but one."""
        cards = self.cards()
        gaps = len(cards) - _texts(cards)
        return text("screens.practise.gaps", self.context.language, n=gaps) if gaps else ""

    def begin(self) -> None:
        seed = int(time.time())
        cards = drawn(self.cards(), seed)[: int(self.set_to["cards"])]
        sittings.begin_quiz(self, cards, seed, cram=self.set_to["kind"] == "cram", replace=True)


def _texts(cards: Iterable[Card]) -> int:
    """How many of them a quiz has: all gaps of a text are one."""
    return len(one_a_text(cards, set()))
