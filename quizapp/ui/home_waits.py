"""What home says there is to go on with: what was left halfway, a changed deck's errors."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from textual.dom import DOMNode

from quizapp.memory.schedule import local_now, study_day
from quizapp.study.interrupted import Interrupted
from quizapp.texts import text
from quizapp.ui import sittings
from quizapp.ui.context import Context, context
from quizapp.ui.home_pictures import Waits
from quizapp.words import clean

MOST_FAULTY = 4  # of which the faults are listed
MOST_LEFT = 3  # interviews: what is older is found where all are listed


def to_go_on_with(node: DOMNode, interviews: Sequence[Interrupted]) -> list[Waits]:
    """The rows, the `interviews` that were left first: each with what leads there from `node`."""
    here = context(node)
    language, library = here.language, here.desk.library
    rows: list[Waits] = []
    for left in interviews[:MOST_LEFT]:
        name = "screens.home.to_look_at" if left.again else "screens.home.interrupted"
        said = text(name, language, at=left.number, of=left.of)
        if len(interviews) > 1:  # which of them
            said += f" · {left.started:%m-%d %H:%M}"
        rows.append(Waits(said, partial(sittings.resume_interview, node, left.path)))
    if at := _first_session(here):
        rows.append(Waits(text("first.go_on", language, at=at), partial(sittings.take_first, node)))
    files = dict.fromkeys(fault.file for fault in library.faults)
    for file in [*files][:MOST_FAULTY]:
        first, *more = (fault for fault in library.faults if fault.file == file)
        said = text("common.at", language, place=f"{clean(file.name)}{first.at}", what=first.message)
        if more:
            said = text("screens.home.and_more", language, said=said, n=len(more))
        rows.append(Waits(said, partial(_edit, node, file, first.line), wrong=True))
    if len(files) > MOST_FAULTY:
        rows.append(Waits(text("ui.more_faults", language, n=len(files) - MOST_FAULTY), wrong=True))
    return rows


def _edit(node: DOMNode, file: Path, line: int) -> None:
    from quizapp.ui.editor import edit_file  # not before the first paint

    edit_file(node, file, line)


def _first_session(here: Context) -> int:
    """Which card of the first session is next that was left or broken off; 0 where none was."""
    desk, left = here.desk, here.left_first
    waits = left is not None and left.stands(desk)
    names = next((deck.start for deck in desk.library.decks if deck.start), ())
    if not waits and not 0 < len([*islice(desk.standings.begun, len(names) + 1)]) <= len(names):  # of most who are here
        return 0
    from quizapp.study.first_session import first_stage, next_place

    if not waits and first_stage(desk.library.decks, desk.standings, desk.settings) != "begun":
        return 0
    return next_place(desk.library.decks, desk.standings, study_day(local_now(), desk.settings.rollover))
