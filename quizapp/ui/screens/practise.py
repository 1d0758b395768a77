"""Before a quick quiz or cramming: kind, number, decks, levels and tags, and how many cards that leaves."""

import time

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.study.quiz import drawn
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.screens.picking import Amount, PickingScreen


class PractiseScreen(PickingScreen):
    """A quiz asks what can be judged, cramming any card."""

    def __init__(self) -> None:
        kinds = {"quiz": "screens.practise.quiz", "cram": "screens.practise.cram"}
        super().__init__("screens.practise.title", {"kind": kinds, "cards": Amount(10, 1, 100)})

    def cards(self) -> list[Card]:
        cards = super().cards()
        return [card for card in cards if isinstance(card, JUDGED)] if self.set_to["kind"] == "quiz" else cards

    def promise(self) -> str:
        count, asked = len({(card.path, card.line) for card in self.cards()}), int(self.set_to["cards"])
        return (
            text("screens.practise.promise", self.context.language, asked=min(count, asked), n=count) if count else ""
        )

    def begin(self) -> None:
        seed = int(time.time())
        sittings.begin_quiz(self, drawn(self.cards(), seed)[: int(self.set_to["cards"])], seed, replace=True)
