"""The quizzes there were: read from the journals, and drawn a line each, so that one sees where it goes."""

from collections.abc import Sequence

from rich.text import Text
from textual.dom import DOMNode

from quizapp.draw.share import share_bar
from quizapp.memory.events import Quizzed
from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.gradual import gradually

_BAR = 10  # cells
_RIGHT = len("100 / 100 right")


async def past_quizzes(node: DOMNode) -> list[Quizzed]:
    """Those of all devices, the last one first."""
    found = await gradually(context(node).desk.standings.reading().quizzes())
    return [one for one in reversed(found or []) if one.asked]


def quiz_lines(node: DOMNode, quizzes: Sequence[Quizzed]) -> list[Text]:
    """Of each quiz its day, its kind, and how much of it was right."""
    here = context(node)
    lines = []
    for one in quizzes:
        kind = text("screens.practise.cram" if one.cram else "screens.practise.quiz", here.language)
        share = min(1.0, one.right / one.asked)
        line = Text(f"{one.at:%m-%d %H:%M}  ", no_wrap=True, overflow="ellipsis")
        line.append_text(share_bar(share, _BAR, ascii=here.desk.settings.ascii))
        right = text("screens.quiz.right", here.language, score=f"{one.right:>3} / {one.asked}")
        line.append(f"  {100 * share:3.0f}%  ").append(f"{right:<{_RIGHT}}  {kind}", "dim")
        lines.append(line)
    return lines
