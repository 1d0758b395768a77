"""`quizapp grade KEY GRADE`: grade a card. What is printed is on the disk."""

import argparse

import msgspec

from quizapp.commands import complain, desk_for, unknown_card
from quizapp.words import span


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    if args.key not in desk.library.keys:
        complain(unknown_card(desk, args.key))
        return 2
    outcome = desk.progress.preview(args.key, now)[args.grade]
    event = desk.progress.review(args.key, outcome, now)
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
        print(msgspec.json.encode(saved).decode(), flush=True)
    else:
        print(f"{args.key}: {args.grade}, back in {span(outcome.interval_s)}", flush=True)
    desk.progress.close()
    return 0
