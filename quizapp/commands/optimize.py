"""`quizapp optimize`: fit FSRS to the user's reviews; adopted only when it foretells unseen reviews better."""

import argparse
import sys

import msgspec

from quizapp.commands import complain, desk_for, say, say_json


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    from quizapp.memory.fit import CannotFit, fit

    try:
        found = fit(desk.standings, verbose=sys.stderr.isatty())
    except CannotFit as error:
        complain(str(error))
        return 1
    if found.better:
        desk.recorder.adopt(found, now)
        desk.recorder.close()
    if args.json:
        say_json({**msgspec.structs.asdict(found), "adopted": found.better})
    else:
        verdict = "adopted" if found.better else "no better than what you have: kept as it is"
        say(
            f"log-loss on the last fifth of {found.reviews} reviews: {found.before:.4f} before, {found.after:.4f} after"
        )
        say(f"The weights are {verdict}.")
    return 0
