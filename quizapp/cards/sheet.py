"""A card as blocks of Markdown, the side that asks and the side that answers: shell and screen draw the same."""

import math
from collections.abc import Callable, Collection, Sequence
from typing import Literal

import msgspec

from quizapp.cards.card import Card, Choice, Cloze, Fix, Free, Numeric, Order, Source, core_point
from quizapp.texts import Sentence, tell, text
from quizapp.words import Language, Shown, Words, read

LETTERS = "abcdefghij"
_CHINESE_UNITS = {"x": "倍", "bits": "bit", "tokens": "个 token", "million": "M", "USD": "美元"}


class Block(msgspec.Struct, frozen=True):
    """A piece of a card's side. `index` numbers choices, items and points as the deck does, from 0; `letter` is the key
    that picks one; `right` is said of choices, items and verdicts once the answer is shown; `place` is that of an item
    that was laid, from 1; `beside` stands behind a point in passing. "because" says why a choice is right or wrong.
    What is "said" by its letter is yes (1) or no (0). What an examiner is "heard" to say of a point, and each "remark"
    of it, has a `sign`, and is no Markdown."""

    text: str
    kind: Literal[
        "question",
        "text",
        "label",
        "quote",
        "choice",
        "because",
        "item",
        "point",
        "small",
        "verdict",
        "said",
        "heard",
        "remark",
    ] = "text"
    index: int = 0
    letter: str = ""
    right: bool | None = None
    beside: str = ""
    place: int = 0
    sign: str = ""


def shuffled(count: int, seed: str) -> tuple[int, ...]:
    """The numbers 0..count-1 in an order that `seed` decides; never the sorted one, if there is another."""
    from hashlib import blake2b

    order = sorted(range(count), key=lambda i: blake2b(f"{seed}:{i}".encode()).digest())
    return tuple(order[1:] + order[:1] if order == sorted(order) else order)


def order_asked(card: Card, seed: str = "0") -> tuple[int, ...]:
    """In which order its choices or items stand when it is asked; that of the first time, unless `seed` is another."""
    count = len(card.choices) if isinstance(card, Choice) else len(card.items) if isinstance(card, Order) else 0
    return shuffled(count, f"{card.key}:{seed}")


def front(
    card: Card,
    shown: Shown,
    order: Sequence[int] = (),
    places: Sequence[int] = (),
    *,
    marked: bool = False,
    laid: int = 0,
) -> tuple[Block, ...]:
    """What is asked. `order` says in which order choices and items stood at first, which gives them their letters: that
    of the first time it is asked, unless it is given; `places` where the items stand by now, `laid` how many of them
    were laid there, and `marked` whether it is said which of them are right there."""
    order = order or order_asked(card)
    blocks: list[Block] = []
    match card:
        case Fix():
            find = _asked(card.q, tell("cards.find_error"), shown)
            blocks = [Block(find, "question"), Block(read(card.source.says, shown), "quote")]
            if where := _where(card.source):
                blocks.append(Block(told(where, shown), "small"))
        case Cloze():
            blocks = _gapped(card, shown)
        case Choice():
            blocks = _chosen_from(card, shown, order)
        case Order():
            blocks = [Block(_asked(card.q, tell("cards.put_in_order"), shown), "question")]
            letters = dict(zip(order, LETTERS, strict=False))
            blocks += [
                Block(
                    read(card.items[i], shown, " / "),
                    "item",
                    i,
                    letters.get(i, ""),
                    i == at if marked else None,
                    place=at + 1 if at < laid else 0,
                )
                for at, i in enumerate(places or order)
            ]
        case _:
            blocks = [Block(read(card.q, shown), "question")]
    return tuple(blocks)


def _gapped(card: Cloze, shown: Shown) -> list[Block]:
    from quizapp.cards.gaps import gap, gap_answers, to_fill

    gapped = Words(*(gap(side, card.number) for side in (card.text.en, card.text.zh)))
    blocks = [Block(_asked(card.q, tell("cards.fill_gap"), shown), "question"), Block(read(gapped, shown))]
    number = max(len(to_fill(gap_answers(side, card.number))) for side in (card.text.en, card.text.zh))
    if number > 1:
        blocks.append(Block(told(tell("cards.several_gaps", n=number), shown), "small"))
    return blocks


def _chosen_from(card: Choice, shown: Shown, order: Sequence[int]) -> list[Block]:
    blocks = [Block(read(card.q, shown), "question")]
    if sum(choice.ok for choice in card.choices) > 1:
        blocks.append(Block(told(tell("cards.several_right"), shown), "small"))
    return blocks + [
        Block(read(card.choices[i].text, shown, " / "), "choice", i, letter)
        for i, letter in zip(order, LETTERS, strict=False)
    ]


def back(card: Card, shown: Shown, order: Sequence[int] = (), mentioned: Collection[int] = ()) -> tuple[Block, ...]:
    """What is answered: in its shortest form, then the points to tick (with a word beside the core and beside those
    `mentioned`), the rest of the answer, why, and where it is written."""
    blocks = _right_answer(card, shown, order)
    short, rest = _halves(card.a, shown) if card.points else (read(card.a, shown), "")
    if short:
        blocks.append(Block(short))
    if card.points:
        blocks.append(Block(told(tell("cards.points"), shown), "label"))
        decides = len(card.points) > 1 and isinstance(card, Free | Fix)  # else the verdict does
        said = {"core": [core_point(card)] if decides else [], "mentioned": mentioned}
        for i, point in enumerate(card.points):
            beside = " · ".join(told(tell(f"cards.{word}"), shown) for word, points in said.items() if i in points)
            letter = LETTERS[i % len(LETTERS)]
            blocks.append(Block(read(point.text, shown, " / "), "point", i, letter, beside=beside))
    if rest:
        blocks.append(Block(rest))
    if card.why:
        blocks += [Block(told(tell("cards.why"), shown), "label"), Block(read(card.why, shown))]
    if card.refs:
        blocks += [Block(told(tell("cards.references"), shown), "label"), Block("  \n".join(card.refs), "small")]
    return tuple(blocks)


def _halves(answer: Words, shown: Shown) -> tuple[str, str]:
    """The short answer and the rest, in the language shown."""
    if shown != "both":
        return _short(read(answer, shown))
    (en, more_en), (zh, more_zh) = _short(answer.en), _short(answer.zh)
    return read(Words(en, zh), shown), read(Words(more_en, more_zh), shown)


def _short(answer: str) -> tuple[str, str]:
    """An answer's first paragraph and the rest: a fence that it opens it also closes."""
    lines = answer.strip().split("\n")
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if not line.strip() and not fenced:
            return "\n".join(lines[:at]), "\n".join(lines[at + 1 :])
    return answer, ""


def _right_answer(card: Card, shown: Shown, order: Sequence[int]) -> list[Block]:
    """What answers a card of this type, besides its `a`."""
    blocks: list[Block] = []
    one: Language = "zh" if shown == "zh" else "en"
    match card:
        case Choice():
            for i, letter in zip(order or order_asked(card), LETTERS, strict=False):
                choice = card.choices[i]
                blocks.append(Block(read(choice.text, shown, " / "), "choice", i, letter, choice.ok))
                blocks += [Block(read(choice.why, shown, " / "), "because", i)] if choice.why else []
        case Cloze():
            from quizapp.cards.gaps import also, gap, gap_answers

            filled = Words(*(gap(side, card.number, fill=True) for side in (card.text.en, card.text.zh)))
            blocks.append(Block(read(filled, shown)))
            hidden = gap_answers(read(card.text, shown), card.number)
            if others := " / ".join(dict.fromkeys(filter(None, (also(word)[1] for word in hidden)))):
                blocks.append(Block(told(tell("cards.also_right", others=others), shown), "small"))
        case Numeric():
            low, high = card.answer.range
            exact = f"**{_measured(card.answer.value, card.answer.unit, one)}**"
            ends = _end(low, math.ceil), _end(high, math.floor)
            within = text("cards.within", one, exact=exact, low=ends[0], high=ends[1])
            right = told(tell("cards.right_answer"), shown)
            between = "" if shown == "zh" else " "  # as behind what was typed
            blocks.append(Block(f"{right}{between}{within if ends[0] != ends[1] else exact}"))
            if card.traps:
                blocks.append(Block(told(tell("cards.mistakes"), shown), "label"))
            for trap in card.traps:
                wrong = _measured(trap.value, card.answer.unit, one)
                blocks.append(Block(text("cards.says", one, what=wrong, it=read(trap.why, shown)), "quote"))
        case Order():
            blocks.append(Block("\n".join(f"{i}. {read(item, shown, ' / ')}" for i, item in enumerate(card.items, 1))))
        case _:
            pass
    return blocks


def _where(source: Source) -> Sentence | None:
    """Where the wrong statement stands, if the deck says it; a bare number is that of a question."""
    at: Sentence | str = tell("cards.question", n=source.question) if source.question.isdigit() else source.question
    if not source.book:
        return tell("cards.claimed_at", at=at) if at else None
    return tell("cards.claimed_in_at", book=source.book, at=at) if at else tell("cards.claimed_in", book=source.book)


def told(sentence: Sentence, shown: Shown) -> str:
    """A sentence of the app's own in the language shown; for "both" in both, on one line."""
    return read(_words(sentence), shown, " / ")


def _asked(question: Words, else_: Sentence, shown: Shown) -> str:
    return read(question or _words(else_), shown)


def _words(sentence: Sentence) -> Words:
    return Words(sentence.says("en"), sentence.says("zh"))


def figure(value: float) -> str:
    """A number as one reads it: 165,888, not 1.65888e+05."""
    return f"{value:,.10g}"


def _measured(value: float, unit: str, language: Language) -> str:
    """A number with its unit; Chinese has no space before a percent sign, and words of its own for some units."""
    if language == "zh":
        unit = _CHINESE_UNITS.get(unit, unit)
    return f"{figure(value)}{'' if unit == '%' and language == 'zh' else ' '}{unit}".rstrip()


def _end(value: float, inward: Callable[[float], int]) -> str:
    """The end of a range in four digits, or all of a whole number, rounded so that it lies within: 29.04 of 29.037."""
    if not value or abs(value) >= 1e15:
        return figure(value)
    shift = 10.0 ** max(0, 3 - math.floor(math.log10(abs(value))))
    return figure(inward(round(value * shift, 6)) / shift)


def markdown(blocks: Sequence[Block], shown: Shown) -> str:
    """The blocks as one Markdown text, for a shell."""
    shape = {
        "question": "{}",
        "text": "{}",
        "label": "**{}**",
        "quote": "> {}",
        "choice": "- {} {}",
        "because": "  {}",
        "item": "- {}",
        "point": "- [ ] {}",
        "small": "{}",
        "verdict": "{}",
        "said": "{}",
    }
    lines = []
    for block in blocks:
        if block.kind == "choice":
            judged = told(tell("cards.right_choice" if block.right else "cards.wrong_choice"), shown)
            judged = text("cards.says", "zh" if shown == "zh" else "en", what=judged, it=block.text)
            lines.append(f"- {block.text}" if block.right is None else f"- {judged}")
        else:
            lines.append(
                shape[block.kind].format(block.text.replace("\n", "\n> ") if block.kind == "quote" else block.text)
                + (f"  *({block.beside})*" if block.beside else "")
            )
    return "\n\n".join(lines)
