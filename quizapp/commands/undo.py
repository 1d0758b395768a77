"""`quizapp undo`: take back the last thing that this device did to a card."""

import argparse

from quizapp.commands import complain, desk_for, say, say_json
from quizapp.memory.events import Reviewed
from quizapp.memory.recorder import CannotUndo
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    last = desk.recorder.last_undoable()
    if last is None:
        complain(tell("commands.undo.nothing"))
        return 1
    try:
        desk.recorder.undo(last.id, now)
    except CannotUndo as error:
        complain(error.sentence)
        return 1
    what = last.grade if isinstance(last, Reviewed) else type(last).__name__.lower()
    if args.json:
        say_json({"undone": last.id, "key": last.card, "what": what})
    else:
        deed = tell(f"commands.grade.{what}") if isinstance(last, Reviewed) else tell(f"commands.undo.what.{what}")
        say(tell("commands.undo.done", key=last.card, what=deed, at=f"{last.at:%Y-%m-%d %H:%M}"))
    desk.recorder.close()
    return 0
