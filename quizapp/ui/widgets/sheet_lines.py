"""The lines of a card's side: what stands before them and between them, and which come into view with the answer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from quizapp.cards.sheet import Block

SIGNS = {True: "✓", False: "✗", None: " "}
HEARD = ("heard", "remark")  # kinds of blocks that an examiner wrote
_SIGN_STYLES = {"✓": "right", "✗": "wrong", "~": "partly"}
_LOW = 10  # lines of a pane in which the answer needs them all
PICKED = ("choice", "item", "point", "said")  # kinds of blocks that can be clicked
Rendered = list[list[Segment]]  # the segments of each line


class SheetLine(NamedTuple):
    """A line, and the block that it is of."""

    strip: Strip
    text: str
    block: Block | None


def follows_close(block: Block, above: Sequence[SheetLine]) -> bool:
    """Whether no blank line stands before the block, which belongs to the one above."""
    before = above[-1].block.kind if above and above[-1].block else ""
    points = ("point", "heard", "said")
    if block.kind == "choice" and before == "because":
        return True
    listed = before in points if block.kind in points else before == block.kind and block.kind in (*PICKED, *HEARD)
    return listed or before == "label" or (before, block.kind) in (("verdict", "said"), ("choice", "because"))


def with_mark(block: Block, rendered: Rendered, marked: bool, width: int, style: Callable[[str], Style]) -> Rendered:
    """The rendered block with what stands before its first line: a letter, a tick box, a quotation bar; and what stands
    beside it, in `width` cells. `style` gives the styles of the sheet's component classes."""
    right = style("sheet--wrong" if block.right is False else "sheet--right")
    bullet = "•" if block.right is None and not block.place else " "  # one mark is enough
    match block.kind:
        case "point" | "said":
            mark = Segment(f"{'[x]' if marked else '[ ]'} {block.letter}  ", style("sheet--label"))
        case "item":
            moved = f"{block.place or ' '}{'>' if marked else ' '}"
            mark = Segment(f"{moved}{block.letter or bullet} {SIGNS[block.right]} ", right)
        case "choice":
            left = block.right is False and bool(block.letter) and not marked  # a wrong one left alone is no mistake
            sign, ink = (" ", style("sheet--small")) if left else (SIGNS[block.right], right)
            mark = Segment(f"{'>' if marked else ' '}{block.letter or bullet} {sign} ", ink)
        case "heard" | "remark":
            rendered = rendered or [[]]  # while nothing is said yet
            indent = " " * (7 if block.kind == "heard" else 0)
            mark = Segment(f"{indent}{block.sign} ", style(f"sheet--{_SIGN_STYLES.get(block.sign, 'small')}"))
        case "because":
            mark = Segment(" " * 5)
        case "quote":
            bar = Segment("▌ ", style("sheet--wrong"))
            return [[bar, *line] for line in rendered]
        case _:
            return rendered
    rest = Segment(" " * len(mark.text))
    lines = [[rest if y else mark, *line] for y, line in enumerate(rendered)]
    if block.beside:
        heard = block.kind == "heard"
        beside = Segment(f"  {block.beside}", style("sheet--label" if heard else "sheet--small"))
        if sum(segment.cell_length for segment in (*lines[-1], beside)) > width:
            lines.append([rest])
            beside = Segment(block.beside, beside.style)
        lines[-1].append(beside)
    return lines


def answer_top(lines: Sequence[SheetLine], height: int) -> int:
    """How far to scroll so that the answer is in view: as far as its points need; where it has none, as far as it needs
    itself, and not at all when half of the pane is left for it. The last line of the question stays, unless the pane is
    low. No heading comes to stand last. With what an examiner says as far as that needs, but no point further up."""
    rule = next((y for y, line in enumerate(lines) if line.block is None and line.text.startswith("─")), 0)
    below = [(y, line.block.kind) for y, line in enumerate(lines) if line.block and y > rule]
    if heard := [y for y, kind in below if kind in HEARD]:
        first = next(y for y, kind in below if kind in ("point", *HEARD)) - 1  # their heading
        return max(0, min(first, heard[-1] + 1 - height))
    last = max((y for y, kind in below if kind in ("point", "said")), default=0)
    if not last and rule > height // 2:
        last = next((y for y, kind in below if kind == "label"), len(lines)) - 1
    asked = [y for y, line in enumerate(lines[:rule]) if line.block and line.block.kind not in PICKED]
    furthest = asked[-1] if asked and height >= _LOW else rule + 1
    top = max(0, min(last + 1 - height, furthest))
    air = (y for y in range(top, furthest) if not lines[y].text.strip())
    top = next(air, top) if top else 0
    return top - 1 if top and _is_label(lines[top : top + height]) else top


def _is_label(lines: Sequence[SheetLine]) -> bool:
    """Is the last one in sight a heading, with nothing of what it heads?"""
    return bool(lines) and lines[-1].block is not None and lines[-1].block.kind == "label"


def highlighted(strip: Strip, span: tuple[int, int], style: Style) -> Strip:
    """The strip with the characters from the first of `span` to the second (-1: to the last) in that style."""
    start, end = span
    end = len(strip.text) if end == -1 else end
    segments: list[Segment] = []
    place = 0
    for text, own, control in strip:
        cuts = [max(0, min(len(text), at - place)) for at in (start, end)]
        place += len(text)
        segments += [Segment(text[: cuts[0]], own, control)]
        segments += [Segment(text[cuts[0] : cuts[1]], own + style if own else style, control)]
        segments += [Segment(text[max(cuts) :], own, control)]
    return Strip([segment for segment in segments if segment.text], strip.cell_length)
