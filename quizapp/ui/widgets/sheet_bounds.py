"""How much of a card is laid out, so that the keys need not wait for it, whatever it holds."""

from collections.abc import Iterator, Sequence

import msgspec

from quizapp.cards.sheet import Block
from quizapp.ui.wrap import layout_work

MOST_LAYOUT_WORK = 2_500  # of a side's Markdown; what comes after it stands there as it is written
MOST_SIDE_LINES = 1_000  # of a side, as they are written


def bounded(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """The blocks of a side, cut to so many lines, each with whether it is too much work to be more than plain text."""
    left, room = MOST_LAYOUT_WORK, MOST_SIDE_LINES
    for block in blocks:
        left -= layout_work(block.text)
        over = block.text.count("\n") - room
        if over > 0:
            kept = block.text.split("\n", room + 1)[: room + 1]
            block = msgspec.structs.replace(block, text="\n".join([*kept, f"… +{over:,}"]))
        room = max(0, min(room, -over))
        yield block, left < 0
