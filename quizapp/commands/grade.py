"""`quizapp grade KEY GRADE`: grade a card. What is printed is on the disk."""

import argparse
from contextlib import closing

from quizapp.commands import complain, desk_for, say, say_json, unknown_card
from quizapp.study.code import outcomes_for
from quizapp.study.plan import when_back
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    card = desk.library.keys.get(args.key)
    if card is None:
        complain(unknown_card(desk, args.key))
        return 2
    with closing(desk.recorder) as recorder:
        outcome = outcomes_for(card, desk.standings, now, desk.settings)[args.grade]
        event = recorder.review(args.key, outcome, now)
    memory = outcome.memory
    saved = {
        "event": event.id,
        "key": args.key,
        "grade": args.grade,
        "due": memory.due,
        "state": memory.state,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
    }
    if args.json:
        say_json(saved)
    else:
        grade = tell(f"commands.grade.{args.grade}")
        say(tell("commands.grade.done", key=args.key, grade=grade, span=when_back(card, outcome, desk.settings, now)))
    return 0
