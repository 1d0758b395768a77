"""Before a quick quiz or cramming: kind, deck, level, tag and number as rows, and how many cards that leaves."""

import time

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.study.quiz import drawn
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.screens.picking import PickingScreen
from quizapp.ui.widgets.choice_rows import ChoiceRow


class PractiseScreen(PickingScreen):
    """A quiz asks what can be judged, cramming any card."""

    def __init__(self) -> None:
        super().__init__("screens.practise.title", kind="quiz", cards=10)

    def rows(self) -> list[ChoiceRow]:
        kinds = [text(word, self.context.language) for word in ("screens.practise.quiz", "screens.practise.cram")]
        return [ChoiceRow("kind", ("quiz", "cram"), kinds), *self.which(), ChoiceRow("cards", low=1, high=100)]

    def cards(self) -> list[Card]:
        cards = super().cards()
        return [card for card in cards if isinstance(card, JUDGED)] if self.set_to["kind"] == "quiz" else cards

    def promise(self) -> str:
        count, asked = len({(card.path, card.line) for card in self.cards()}), int(self.set_to["cards"])
        return text("screens.practise.promise", self.context.language, asked=min(count, asked), n=count)

    def begin(self) -> None:
        cards, seed = self.cards(), int(time.time())
        if cards:
            sittings.begin_quiz(self, drawn(cards, seed)[: int(self.set_to["cards"])], seed, replace=True)
        else:
            self.say_none()
