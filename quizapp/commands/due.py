"""`quizapp due`: how many cards wait in each deck, after today's limits."""

import argparse

import msgspec

from quizapp.commands import desk_for
from quizapp.study.queue import Counts, waiting


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    counts = {deck.name: waiting([deck], desk.progress, now, desk.settings).counts() for deck in desk.library.decks}
    total = sum(counts.values(), Counts())
    if args.json:
        decks = [{"deck": deck.name, "title": deck.title, **_waiting(counts[deck.name])} for deck in desk.library.decks]
        print(msgspec.json.encode({"decks": decks, "total": _waiting(total)}).decode())
        return 0
    width = max((len(name) for name in counts), default=0)
    for name, count in (*counts.items(), ("total", total)):
        print(f"{name:{max(width, 5)}}  {count.new:4} new  {count.learning:4} learning  {count.due:4} due")
    return 0


def _waiting(counts: Counts) -> dict[str, int]:
    return {"new": counts.new, "learning": counts.learning, "due": counts.due}
