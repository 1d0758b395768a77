"""What is said of an answer once the right one is shown: right or wrong, and why."""

from collections.abc import Sequence

from quizapp.cards.card import Card, Cloze, Numeric, Order
from quizapp.cards.judge import Judgement
from quizapp.cards.sheet import Block
from quizapp.words import Shown, Words, read

_RIGHT = Words(en="Right.", zh="正确。")
_WRONG = Words(en="Wrong.", zh="错误。")
_CLOSE = Words(en="Close: only the spelling differs?", zh="接近：只是拼写不同？")
_NO_NUMBER = Words(en="That is not one number.", zh="这不是一个数。")
_UNIT = Words(en="That unit measures something else.", zh="这个单位量的是别的东西。")
_YOU = Words(en="Your answer:", zh="你的回答：")


def verdict(
    card: Card, judgement: Judgement, typed: str, shown: Shown, chosen: Sequence[int] = ()
) -> tuple[Block, ...]:
    """The judgement in a sentence or two, then what was typed; nothing where nothing was answered."""
    blocks: list[Block] = []
    if judgement.right is not None:
        said: list[Words | None] = [_RIGHT if judgement.right else _CLOSE if judgement.note == "close" else _WRONG]
        if isinstance(card, Order) and not judgement.right:
            kept, of = sum(place == item for place, item in enumerate(chosen)), len(card.items)
            said.append(Words(f"{kept} of {of} stand in their place.", f"{of} 项中有 {kept} 项位置正确。"))
        said.append({"number": _NO_NUMBER, "unit": _UNIT}.get(judgement.note))
        said.append(judgement.trap.why if judgement.trap else None)
        between = "" if shown == "zh" else " "  # nothing stands after a Chinese full stop
        text = between.join(read(words, shown, " / ") for words in said if words)
        blocks.append(Block(text, "verdict", right=judgement.right))
    if typed.strip():
        between = " " if isinstance(card, Cloze | Numeric) else "\n"
        blocks.append(Block(f"{read(_YOU, shown, ' / ')}{between}{typed.strip()}", "small"))
    return tuple(blocks)
