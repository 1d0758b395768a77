"""`quizapp due`: how many cards wait in each deck, after today's limits."""

import argparse

from quizapp.commands import desk_for, say, say_json
from quizapp.study.queue import Counts, counts


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    each, total = counts(desk.library.decks, desk.standings, now, desk.settings)
    if args.json:
        decks = [{"deck": deck.name, "title": deck.title, **_waiting(each[deck.name])} for deck in desk.library.decks]
        say_json({"decks": decks, "total": _waiting(total)})
        return 0
    width = max((len(name) for name in each), default=0)
    for name, count in (*each.items(), ("total", total)):
        say(f"{name:{max(width, 5)}}  {count.new:4} new  {count.learning:4} learning  {count.due:4} due")
    return 0


def _waiting(waits: Counts) -> dict[str, int]:
    return {"new": waits.new, "learning": waits.learning, "due": waits.due}
