"""Cards in one line each, where a card is mentioned and not asked."""

from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from quizapp.cards.card import Card, Cloze
from quizapp.cards.formula_text import plain_line
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block, front
from quizapp.study.related import Related
from quizapp.texts import text
from quizapp.words import Language, Shown, read

_GAP, _BEFORE_GAP = 8, 24  # cells: so much of a gap is in sight; so much before it, at most


def card_title(card: Card, shown: Shown) -> str:
    """The first line of what the card asks, as plain text; of a gap the sentence with the gap, of a mistake what is
    said, and that it is one. With both languages shown, the English one."""
    language: Language = "en" if shown == "both" else shown
    blocks = front(card, language)
    kinds = {block.kind: block for block in reversed(blocks)}
    block = kinds.get("quote") or (kinds.get("text") if not read(card.q, shown) else None) or blocks[0]
    lines = block.text.strip().splitlines()
    title = plain_line(lines[0]) if lines else card.id
    return text("cards.to_correct", language, claim=title) if block.kind == "quote" else title


def to_gap(card: Card, title: str, cells: int) -> str:
    """The title of a card for a line of so many cells. Of a gap it begins where that is in sight: all cards made of one
    text begin alike."""
    gap = title.find("[…]")
    at = gap if gap >= 0 else title.find("[")
    if not isinstance(card, Cloze) or at < 0 or cell_len(title[: at + _GAP]) < cells:
        return title
    start, before = at, max(_GAP, min(_BEFORE_GAP, cells // 3))
    while start and cell_len(title[start - 1 : at]) <= before:
        start -= 1
    if title[start - 1] != " ":
        start = title.find(" ", start, at - 1) + 1 or start  # where a word begins
    return f"… {title[start:].lstrip()}"


def deck_title(card: Card, library: Library, shown: Shown) -> str:
    """The title of the card's deck; its name, if that deck is not open."""
    deck = next((deck for deck in library.decks if deck.name == card.deck), None)
    return read(deck.title, shown, " / ") if deck is not None else card.deck


def related_blocks(related: Related, shown: Shown, language: Language) -> tuple[Block, ...]:
    """The titles of the cards that belong to a card, for the end of its answer."""
    blocks = []
    for word, cards in (("ui.related.know", related.before), ("ui.related.next", related.after)):
        if cards:
            blocks.append(
                Block(text(word, language, titles=" · ".join(card_title(card, shown) for card in cards)), "small")
            )
    return (Block(text("ui.related", language), "label"), *blocks) if blocks else ()


def title_line(word: str, card: Card, shown: Shown) -> Text:
    """A row of a list: a word on what the card is to the one in hand, and its title."""
    return Text(f"{word}  ", "dim", no_wrap=True, overflow="ellipsis").append(card_title(card, shown), "not dim")


def to_read(block: Block) -> Block:
    """The block to read only: nothing in it is picked or ticked."""
    return replace(block, kind="item" if block.kind == "point" else block.kind, letter="")
