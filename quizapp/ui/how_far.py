"""How far one is with the day or a session, in the same words on every screen."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.text import Text

from quizapp.study.queue import Counts, Times
from quizapp.texts import text
from quizapp.ui.look import INKS
from quizapp.ui.wording import marked
from quizapp.words import Language


def how_far_said(counts: Counts, times: Times, language: Language) -> Text:
    """What is to go, new and due, how many of the day's cards are done, and how many of these come once more."""
    far = Text()
    for number, word, at in ((counts.new, "new", None), (counts.due_today, "due", times[0])):
        if number:
            said = text(f"screens.study.{word}", language, n=number) + _from(at, number, language)
            far.append_text(marked(said, number, f"bold {INKS[word]}")).append("   ")
    far.append(text("screens.study.done", language, done=counts.done, of=counts.of))
    if again := counts.once_more:
        said = text("screens.study.once_more_here", language, n=again)
        far.append_text(marked(said, again, f"bold {INKS['learning']}")).append(_from(times[1], again, language))
    return far


def to_go_said(counts: Counts, times: Times, language: Language, code: int = 0) -> list[str]:
    """What is left of the day, in parts of which all but the first may be left out, the last first: the cards to go,
    `code` of which ask for code; those that are done and come once more, alone where there is nothing else; when."""
    n, again = counts.to_go, counts.once_more
    later = _from(times[1], again, language)
    if not n:
        return [text("screens.home.all_again", language, n=again), later]
    to_go = text("screens.home.to_go", language, n=n)
    to_go += text("screens.home.code", language, n=code) if code else ""
    to_go += "" if counts.new else _from(times[0], n, language)
    return [to_go, text("screens.home.once_more", language, n=again), later] if again else [to_go]


def _from(at: datetime | None, n: int, language: Language) -> str:
    name = "screens.home.from_one" if n == 1 else "screens.home.from_several"
    return text(name, language, at=f"{at:%H:%M}") if at is not None else ""


def with_said(far: Text, said: Sequence[str], width: int) -> Text:
    """In front of it the first of `said` that `width` cells have room for."""
    fits = (one for one in said if one and far.cell_len + cell_len(one) + 3 <= width)
    first = next(fits, "")
    return Text(f"{first}   ", "dim").append_text(far) if first else far
