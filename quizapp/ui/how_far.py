"""How far a session is, in one line."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.text import Text

from quizapp.study.queue import Counts
from quizapp.texts import text
from quizapp.ui.look import INKS
from quizapp.ui.wording import marked
from quizapp.words import Language


def how_far_said(counts: Counts, later: Sequence[datetime], language: Language) -> Text:
    """What waits, by kind, how many of the day's cards are done, and of those in learning how many come once more in
    this session, and from when on the others, which come back `later` (in the user's zone, the first first)."""
    far = Text()
    for number, word in ((counts.new, "new"), (counts.due, "due")):
        if number:
            said = text(f"screens.study.{word}", language, n=number)
            far.append_text(marked(said, number, f"bold {INKS[word]}")).append("   ")
    far.append(text("screens.study.done", language, done=counts.done, of=counts.of))
    if again := counts.learning - len(later):
        said = text("screens.study.once_more_here", language, n=again)
        far.append_text(marked(said, again, f"bold {INKS['learning']}"))
    if later:
        far.append(text("screens.study.later", language, n=len(later), at=f"{later[0]:%H:%M}"))
    return far


def with_said(far: Text, said: Sequence[str], width: int) -> Text:
    """In front of it the first of `said` that `width` cells have room for."""
    fits = (one for one in said if one and far.cell_len + cell_len(one) + 3 <= width)
    first = next(fits, "")
    return Text(f"{first}   ", "dim").append_text(far) if first else far
