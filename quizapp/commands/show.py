"""`quizapp show KEY`: a card with its answer, its points, why, and references."""

import argparse
from typing import Any

from quizapp.cards.card import Card, Cloze, Code, written_fields
from quizapp.cards.sheet import back, front, markdown
from quizapp.commands import as_printed, complain, desk_for, say, say_json, unknown_card
from quizapp.commands.exercises import readable_exercise, with_exercise


def run(args: argparse.Namespace) -> int:
    desk, _ = desk_for(args)
    card = desk.library.keys.get(args.key)
    if card is None:
        complain(unknown_card(desk, args.key))
        return 2
    if args.json:
        say_json(_whole(card))
    else:
        shown = desk.settings.shown
        card = with_exercise(card, shown)
        say(as_printed(markdown((*front(card, shown), *back(card, shown)), shown)))
    return 0


def _whole(card: Card) -> dict[str, Any]:
    """All that the deck says of a card, by the deck's own names, and of one that asks for code what its file holds."""
    found: dict[str, Any] = {"key": card.key, "deck": card.deck, "type": type(card).__name__.lower()}
    found |= {written: getattr(card, field) for written, field in written_fields(type(card)).items()}
    if isinstance(card, Cloze):
        found["number"] = card.number
    if isinstance(card, Code):
        exercise = readable_exercise(card)
        found["stub"], found["reference"] = (exercise.starter.en, exercise.reference) if exercise else (None, None)
    return found
