"""The card on which the tour is given."""

from collections.abc import Collection

from quizapp.cards.card import Card, Free
from quizapp.lab.run import lacks_torch
from quizapp.study.desk import Desk
from quizapp.ui.demo.find import find_demo


def running_demos(desk: Desk) -> set[str]:
    """The names of the cards' demos that run here. Reads them all: in a thread of its own."""
    runs = dict[str, bool]()
    for card in (card for deck in desk.library.decks for card in deck.cards):
        if card.demo is not None and card.demo.run not in runs:
            script = find_demo(desk, card).script
            runs[card.demo.run] = script is not None and not lacks_torch(script)
    return {name for name, can_run in runs.items() if can_run}


def tour_card(desk: Desk, running: Collection[str]) -> Card | None:
    """The card that shows most: one with a demo that runs here, a prediction to choose, a plain question and
    points to tick; rather new than seen, rather basic than not. None if there is no card."""

    def can_run(card: Card) -> bool:
        demo = card.demo
        return demo is not None and demo.predict is not None and bool(demo.predict.choices) and demo.run in running

    def lacks(card: Card) -> tuple[bool, ...]:
        return (
            not can_run(card),
            not isinstance(card, Free),
            not card.points,
            desk.standings.of(card.key).memory.reps > 0,
            card.level != "basic",
        )

    return min((card for deck in desk.library.decks for card in deck.cards), key=lacks, default=None)
