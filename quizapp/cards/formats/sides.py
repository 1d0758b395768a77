"""What of a card goes to a program that knows only two sides and tags."""

from pathlib import Path
from typing import Any

from quizapp.cards.card import Cloze, Deck
from quizapp.cards.formats import SAID_BY_TAGS
from quizapp.cards.media import media_file, media_in
from quizapp.cards.sheet import back, front, markdown
from quizapp.words import Shown, read


def notes_of(deck: Deck) -> list[tuple[Any, bool]]:
    """The cards, of the several that a cloze is only the first, each with whether it is a cloze."""
    return [(card, isinstance(card, Cloze)) for card in {card.id: card for card in reversed(deck.cards)}.values()][::-1]


def media_of(deck: Deck) -> dict[str, Path | None]:
    """The pictures and sounds that the cards name, each with its file, if it has one."""
    cards = [card for card, _ in notes_of(deck)]
    blocks = (block for card in cards for side in (front(card, "both"), back(card, "both")) for block in side)
    return {name: media_file(deck.path, name) for name in media_in(block.text for block in blocks)}


def sides(card: Any, shown: Shown) -> tuple[str, str]:
    """What is asked (of a cloze its text) and what is answered, as Markdown."""
    if isinstance(card, Cloze):
        rest = back(card, shown)[1:]  # the first block is the text again
        if card.why and not (card.a or card.points):
            rest = rest[1:]  # the word above it: what stands behind a cloze is its why, on the way back in too
        return read(card.text, shown), markdown(rest, shown)
    return markdown(front(card, shown), shown), markdown(back(card, shown), shown)


def anki_tags(card: Any) -> list[str]:
    """Tags as Anki has them, without blanks; level and tier among them, which come back as what they are."""
    said = [tag for tag, (field, value) in SAID_BY_TAGS.items() if getattr(card, field) == value]
    return ["_".join(tag.split()) for tag in card.tags] + said
