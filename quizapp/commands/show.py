"""`quizapp show KEY`: a card with its answer, its points, why, and references."""

import argparse
from typing import Any

from quizapp.cards.card import Code
from quizapp.cards.formula_text import drawn_text
from quizapp.cards.sheet import back, front, markdown
from quizapp.commands import complain, desk_for, say, say_json, unknown_card
from quizapp.commands.exercises import readable_exercise, with_exercise


def run(args: argparse.Namespace) -> int:
    desk, _ = desk_for(args)
    card = desk.library.keys.get(args.key)
    if card is None:
        complain(unknown_card(desk, args.key))
        return 2
    if args.json:
        found: dict[str, Any] = {
            "key": card.key,
            "type": type(card).__name__.lower(),
            "q": card.q,
            "a": card.a,
            "why": card.why,
            "refs": card.refs,
        }
        if isinstance(card, Code):
            exercise = readable_exercise(card)
            found |= {name: getattr(card, name) for name in ("code", "hints", "cases", "traps", "subgoals")}
            found["stub"], found["reference"] = (exercise.starter, exercise.reference) if exercise else (None, None)
        found["points"] = [point.text for point in card.points]
        found["demo"] = card.demo.run if card.demo else None
        say_json(found)
    else:
        shown = desk.settings.shown
        card = with_exercise(card, shown)
        say(drawn_text(markdown((*front(card, shown), *back(card, shown)), shown)))
    return 0
