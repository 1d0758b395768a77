"""`quizapp undo`: take back the last thing that this device did to a card."""

import argparse

from quizapp.commands import complain, desk_for, say, say_json
from quizapp.memory.events import Reviewed
from quizapp.memory.recorder import CannotUndo


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    last = desk.recorder.last_undoable()
    if last is None:
        complain("There is nothing of this device to undo.")
        return 1
    try:
        desk.recorder.undo(last.id, now)
    except CannotUndo as error:
        complain(str(error))
        return 1
    what = last.grade if isinstance(last, Reviewed) else type(last).__name__.lower()
    if args.json:
        say_json({"undone": last.id, "key": last.card, "what": what})
    else:
        say(f"{last.card}: {what} of {last.at:%Y-%m-%d %H:%M} is undone")
    desk.recorder.close()
    return 0
