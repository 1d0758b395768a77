"""`quizapp due`: how many cards wait in each deck, after today's limits."""

import argparse

from quizapp.cards.library import deck_titles
from quizapp.commands import WIDEST_TITLE, said, say, say_json, user_language
from quizapp.commands.selection import chosen_desk
from quizapp.study.queue import Counts, counts
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    desk, now = chosen_desk(args)
    each, total = counts(desk.library.decks, desk.standings, now, desk.settings)
    if args.json:
        decks = [{"deck": deck.name, "title": deck.title, **_waiting(each[deck.name])} for deck in desk.library.decks]
        say_json({"decks": decks, "total": _waiting(total)})
        return 0
    from quizapp.commands.columns import cells, padded

    titles = deck_titles(desk.library.decks, user_language())
    rows = [*((titles[name], count) for name, count in each.items()), (said(tell("commands.due.total")), total)]
    width = max(cells(title) for title, _ in rows)
    for title, count in rows:
        say(tell("commands.due.row", name=padded(title, min(width, WIDEST_TITLE)), **_waiting(count)))
    return 0


def _waiting(waits: Counts) -> dict[str, int]:
    return {"new": waits.new, "learning": waits.learning, "due": waits.due}
