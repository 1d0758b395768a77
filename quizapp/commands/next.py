"""`quizapp next`: the card to answer now, and when it would come back after each grade."""

import argparse
from typing import Any

from quizapp.cards.card import Code
from quizapp.cards.library import deck_titles
from quizapp.cards.sheet import front, markdown
from quizapp.commands import as_printed, said, say, say_json, user_language
from quizapp.commands.exercises import readable_exercise, with_exercise
from quizapp.commands.selection import chosen_desk
from quizapp.memory.schedule import GRADES
from quizapp.study.code import outcomes_for
from quizapp.study.plan import comes_back
from quizapp.study.queue import next_card, to_grade, waiting
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    desk, now = chosen_desk(args)
    waits = to_grade(waiting(desk.library.decks, desk.standings, now, desk.settings), desk.standings)
    card = next_card(waits, now, desk.settings)
    if card is None:
        if args.json:
            say_json({"key": None})
        else:
            say(tell("commands.next.nothing"))
        return 0
    outcomes = outcomes_for(card, desk.standings, now, desk.settings)
    if args.json:
        found: dict[str, Any] = {
            "key": card.key,
            "deck": card.deck,
            "id": card.id,
            "type": type(card).__name__.lower(),
            "q": {"en": markdown(front(card, "en"), "en"), "zh": markdown(front(card, "zh"), "zh")},
            "outcomes": {
                grade: {"due": outcome.memory.due, "interval_s": outcome.interval_s}
                for grade, outcome in outcomes.items()
            },
        }
        if isinstance(card, Code):
            exercise = readable_exercise(card)
            found |= {"code": card.code, "stub": exercise.starter.en if exercise else None}
        say_json(found)
        return 0
    shown = desk.settings.shown
    title = deck_titles(desk.library.decks, user_language())[card.deck]
    say(f"{title} · {card.key}\n\n{as_printed(markdown(front(with_exercise(card, shown), shown), shown))}\n")
    grades = (
        f"{said(tell(f'commands.grade.{grade}'))} {said(comes_back(card, outcomes[grade], desk.settings, now))}"
        for grade in GRADES
    )
    say("  ".join(grades))
    return 0
