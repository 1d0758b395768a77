"""What is said of an answer once the right one is shown: right or wrong, and why."""

from collections.abc import Sequence

from quizapp.cards.card import Card, Cloze, Numeric, Order
from quizapp.cards.judge import Judgement
from quizapp.cards.sheet import Block, told
from quizapp.texts import Sentence, tell
from quizapp.words import Shown, read

_AMISS = {"number": tell("cards.no_number"), "unit": tell("cards.other_unit")}


def verdict_blocks(
    card: Card, judgement: Judgement, typed: str, shown: Shown, chosen: Sequence[int] = ()
) -> tuple[Block, ...]:
    """The judgement in a sentence or two, then what was typed; nothing where nothing was answered."""
    blocks: list[Block] = []
    if judgement.right is not None:
        sentences = [_judged(judgement)]
        if isinstance(card, Order) and not judgement.right:
            in_place = sum(place == item for place, item in enumerate(chosen))
            sentences.append(tell("cards.in_place", n=in_place, of=len(card.items)))
        if judgement.note in _AMISS:
            sentences.append(_AMISS[judgement.note])
        texts = [told(sentence, shown) for sentence in sentences]
        if judgement.trap:
            texts.append(read(judgement.trap.why, shown, " / "))
        between = "" if shown == "zh" else " "  # nothing stands after a Chinese full stop
        right = None if judgement.note == "close" else judgement.right
        blocks.append(Block(between.join(texts), "verdict", right=right))
    if typed.strip():
        between = "\n" if not isinstance(card, Cloze | Numeric) else "" if shown == "zh" else " "
        blocks.append(Block(f"{told(tell('cards.your_answer'), shown)}{between}{typed.strip()}", "small"))
    return tuple(blocks)


def said_blocks(ids: Sequence[str], shown: Shown) -> tuple[Block, ...]:
    """What one may say with n, and with y if there are two of them; yes stands first."""
    found = [Block(told(tell(id), shown), "said", i, "ny"[i]) for i, id in enumerate(ids)]
    return tuple(reversed(found))


def _judged(judgement: Judgement) -> Sentence:
    if judgement.right:
        return tell("cards.right")
    return tell("cards.close") if judgement.note == "close" else tell("cards.wrong")
