"""Solutions beside each other: one's own, the reference, an earlier one, with the lines marked in which they differ."""

import difflib
import re
from collections.abc import Sequence

from msgspec import Struct
from rich.text import Text

from quizapp.texts import tell
from quizapp.ui.breaks import breaks
from quizapp.ui.code.page import Page
from quizapp.ui.code.task import starter_of
from quizapp.ui.look import coloured
from quizapp.words import Language, Shown, clean, read

_LEAST = 50  # cells of a solution that stands beside another; with fewer they stand one below the other
_GAP = 2
_HANGS = 4  # cells that what goes on in another row stands further in
_MARK = "▌ "


class Column(Struct, frozen=True):
    """A solution under its heading; `marks` are the numbers (from 0) of the lines that the other does not have."""

    heading: str
    text: str
    marks: frozenset[int] = frozenset()


def solutions(page: Page, shown: Shown, language: Language) -> list[Column]:
    """What is to be compared, the reference last: one's own if there is any, and the earlier one if that is wanted."""
    task = page.task
    if task is None or task.exercise is None:
        return []
    reference = clean(task.exercise.reference).rstrip()
    subgoals = [f"# {i}. {' '.join(read(one, shown, ' / ').split())}" for i, one in enumerate(task.card.subgoals, 1)]
    if page.lesson:
        reference = "\n".join([*subgoals, reference])
    found: list[Column] = []
    if page.compares and task.earlier is not None:
        found.append(
            _beside(
                tell("code.column.earlier", day=task.earlier.day).says(language),
                _below_imports(task.earlier.text.rstrip()),
                reference,
            )
        )
    own = _below_imports(clean(page.text).rstrip())
    if own and _bare(own) != _bare(_below_imports(starter_of(task.exercise)[0])):
        found.append(_beside(tell("code.column.own").says(language), own, reference))
    marks = _new_lines(reference, own) if found and found[-1].text == own else frozenset()
    return [*found, Column(tell("code.column.reference").says(language), reference, marks)]


def _below_imports(text: str) -> str:
    """A text without the imports at its top, which the reference is shown without."""
    lines = text.split("\n")
    of = next((i for i, line in enumerate(lines) if line.strip() and _said_in(line)), len(lines))
    return "\n".join(lines[of:])


def _beside(heading: str, text: str, reference: str) -> Column:
    return Column(heading, text, _new_lines(text, reference))


def _new_lines(text: str, other: str) -> frozenset[int]:
    """The lines of a text that another does not have in their place; comments, blanks and imports count for nothing."""
    mine, others = ([_said_in(line) for line in one.split("\n")] for one in (text, other))
    kept = [i for i, line in enumerate(mine) if line]
    matcher = difflib.SequenceMatcher(None, [mine[i] for i in kept], [line for line in others if line], autojunk=False)
    same = {kept[i] for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)}
    return frozenset(i for i in kept if i not in same)


def _said_in(line: str) -> str:
    line = re.sub(r"(^|\s)#.*", "", line).strip()
    return "" if line.startswith(("import ", "from ")) else line


def _bare(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip() not in ("", "...")]


def compared(written: Sequence[Column], width: int, theme: str) -> Text:
    """They in lines of `width` cells: beside each other where there is room, else one below the other."""
    beside = max(1, width // _LEAST)
    rows = [written[first : first + beside] for first in range(0, len(written), beside)]
    return Text("\n\n", no_wrap=True).join(_row(one, width, theme) for one in rows)


def _row(written: Sequence[Column], width: int, theme: str) -> Text:
    """So many that they stand beside each other."""
    cells = (width - _GAP * (len(written) - 1)) // len(written)
    columns = [_column(one, cells, theme) for one in written]
    rows = []
    for y in range(max(map(len, columns))):
        row = Text(no_wrap=True)
        for column in columns:
            piece = column[y].copy() if y < len(column) else Text()
            piece.pad_right(max(0, cells + _GAP - piece.cell_len))
            row.append_text(piece)
        row.rstrip()
        rows.append(row)
    return Text("\n", no_wrap=True).join(rows)


def _column(one: Column, cells: int, theme: str) -> list[Text]:
    """Its lines, each in as many rows as it takes."""
    heading = Text(no_wrap=True).append(one.heading, "bold underline")
    heading.truncate(cells, overflow="ellipsis")
    text = one.text.expandtabs(4)
    rows = [heading]
    for number, line in enumerate(
        coloured(text, "python", theme).split("\n", allow_blank=True)[: text.count("\n") + 1]
    ):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        room = max(8, cells - len(_MARK) - indent - _HANGS)
        cuts = [indent + cut for cut in breaks(line.plain[indent:], room)] if line.cell_len > cells - len(_MARK) else []
        for at, piece in enumerate(line.divide(cuts)):
            piece.rstrip()
            row = Text(no_wrap=True).append(_MARK if number in one.marks else "  ", "bold yellow")
            rows.append(row.append(" " * (indent + _HANGS) if at else "").append_text(piece))
    return rows
