"""Before a quick quiz or cramming: kind, number, decks, levels and tags, and how many cards that leaves."""

import time
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.memory.events import Quizzed
from quizapp.study.interview import cards_by_key
from quizapp.study.queue import one_a_text
from quizapp.study.quiz import drawn
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.past_quizzes import past_quizzes, quiz_lines
from quizapp.ui.screens.picking import Amount, PickingScreen
from quizapp.ui.widgets.panels import ListPanel


class PastQuizzes(ListPanel):
    """The quizzes there were, the last one first; Enter asks again what was missed in one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "keys.retry", id="practise.retry")]


class PractiseScreen(PickingScreen):
    """A quiz asks what can be judged, cramming any card. Below them the quizzes there were; of one that left nothing to
    ask again nothing can be chosen."""

    DEFAULT_CSS = """
    PractiseScreen {
        #past {
            height: auto;
            min-height: 3;
            max-height: 25%;
            & > .option-list--option-disabled {
                color: $foreground;  /* it is to be read all the same */
            }
        }
    }
    """

    def __init__(self) -> None:
        kinds = {"quiz": "screens.practise.quiz", "cram": "screens.practise.cram"}
        super().__init__("screens.practise.title", {"kind": kinds, "cards": Amount(10, 1, 100)})
        self._past: list[Quizzed] = []
        self._missed: list[list[Card]] = []  # in each of them
        self._list = PastQuizzes(id="past", markup=False)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._list

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
        language, chosen = self.context.language, self._list.highlighted
        cards = cards_by_key(self.context.desk.library)
        each = ({cards[key].key: cards[key] for key in one.missed if key in cards} for one in self._past)
        self._missed = [drawn(missed.values(), 0) for missed in each]
        some = self._list.can_focus = any(self._missed)
        again = text("screens.practise.again", language, key=self.context.key("practise.retry", "Enter"))
        self._list.frame(text("screens.practise.past", language), key=again if some else "")
        lines = zip(quiz_lines(self, self._past), self._missed, strict=True)
        nothing = Option(text("screens.practise.no_past", language), disabled=True)
        self._list.clear_options()
        self._list.add_options([Option(line, disabled=not missed) for line, missed in lines] or [nothing])
        if some:
            self._list.highlighted = chosen or next(place for place, missed in enumerate(self._missed) if missed)

    @on(OptionList.OptionSelected, "#past")
    def _again(self, event: OptionList.OptionSelected) -> None:
        """Ask once more what was missed in it."""
        place, seed = event.option_index, int(time.time())
        cards, cram = drawn(self._missed[place], seed), self._past[place].cram
        sittings.begin_quiz(self, cards, seed, cram=cram, again=True, replace=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "begin" or not self._list.has_focus  # there Enter asks again

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
