"""What of a deck is not in its export, counted."""

from quizapp.cards.card import Card, Choice, Cloze, Code, Deck, Fix, Numeric, Order
from quizapp.cards.formats.sides import media_of, notes_of
from quizapp.cards.media import embeddable
from quizapp.texts import Sentence, tell
from quizapp.words import Shown


def dropped(deck: Deck, ending: str, shown: Shown) -> list[tuple[int, Sentence]]:
    """What a file with this ending has no place for, each with how many there are of it."""
    cards, media = [card for card, _ in notes_of(deck)], media_of(deck)
    files = {name: file for name, file in media.items() if file is not None}
    if ending == ".md":
        counted = {"scripts": sum(card.demo is not None or isinstance(card, Code) for card in cards)}
    else:
        counted = {
            "judged": sum(isinstance(card, Choice | Numeric | Order) for card in cards),
            "code": sum(isinstance(card, Code) for card in cards),
            "points": sum(bool(card.points) for card in cards),
            "demos": sum(card.demo is not None for card in cards),
            "varied": sum(bool(card.drawn) for card in cards),
            "seconds": sum(card.seconds is not None for card in cards),
            "links": sum(bool(card.after or card.follow_ups) for card in cards),
            "was": sum(bool(card.was) for card in cards),
            "start": len(deck.start),
            "language": sum(shown != "both" and _in_two_languages(card) for card in cards),
        }
    if ending == ".html":  # which is to be read
        counted = {what: counted[what] for what in ("code", "demos", "varied", "links", "language")}
        counted["media_large"] = len(files) - len(embeddable(files))
    if ending in (".txt", ".csv"):
        counted["media"] = len(files)
    counted["media_missing"] = len(media) - len(files)
    return [(n, tell(f"formats.dropped.{what}")) for what, n in counted.items() if n]


def _in_two_languages(card: Card) -> bool:
    more = [card.text] if isinstance(card, Cloze) else [card.source.says] if isinstance(card, Fix) else []
    return any(text.en and text.zh and text.en != text.zh for text in (card.q, card.a, card.why, *more))
