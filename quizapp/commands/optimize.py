"""`quizapp optimize`: fit FSRS to the user's reviews; adopted only when it foretells unseen reviews better."""

import argparse
import sys

import msgspec

from quizapp.commands import complain, desk_for, say, say_json
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    from quizapp.memory.fit import CannotFit, fit

    try:
        found = fit(desk.standings, verbose=sys.stderr.isatty())
    except CannotFit as error:
        complain(error.sentence)
        return 1
    if found.better:
        desk.recorder.adopt(found, now)
        desk.recorder.close()
    if args.json:
        say_json({**msgspec.structs.asdict(found), "adopted": found.better})
    else:
        losses = {"reviews": found.reviews, "before": found.before, "after": found.after}
        say(tell("commands.optimize.losses", **losses))
        say(tell("commands.optimize.adopted") if found.better else tell("commands.optimize.kept"))
    return 0
