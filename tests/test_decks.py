"""What every bundled card owes its reader."""

import re
from collections import Counter

import pytest

from quizapp.cards.card import Card, Choice, Cloze, Fix, Free, Numeric, Order
from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS
from quizapp.words import Words

LIBRARY = read_library([], user=None, bundled=BUNDLED_DECKS)
CARDS = [card for deck in LIBRARY.decks for card in deck.cards]


def texts(card: Card) -> list[Words]:
    found = [card.q, card.a, card.why, *(point.text for point in card.points)]
    match card:
        case Choice():
            found += [text for item in card.choices for text in (item.text, item.why)]
        case Cloze():
            found.append(card.text)
        case Numeric():
            found += [trap.why for trap in card.traps]
        case Order():
            found += card.items
        case Fix():
            found.append(card.source.says)
    if card.demo is not None and card.demo.predict is not None:
        found += [card.demo.predict.ask, *(choice.text for choice in card.demo.predict.choices)]
    return [text for text in found if text]


def test_the_decks_load_without_a_fault() -> None:
    assert LIBRARY.faults == ()
    assert len(CARDS) >= 60


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_card_is_whole(card: Card) -> None:
    assert card.pinned, "an id is given once, in the file"
    assert card.level and card.tags and card.refs and card.why
    assert card.seconds is not None
    assert all(text.en.strip() and text.zh.strip() for text in texts(card)), "a text lacks a language"
    if isinstance(card, Free | Fix):
        assert 2 <= len(card.points) <= 4
    if isinstance(card, Choice):
        assert all(item.ok or item.why for item in card.choices), "a wrong choice says why"
    for name in (*card.after, *card.follow_ups):
        assert LIBRARY.named(name, card.deck), f"{name} leads nowhere"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_folded_line_leaves_no_space_between_chinese_characters(card: Card) -> None:
    chinese, stop = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", "[，。；：、（！？]"
    assert not [text.zh for text in texts(card) if re.search(f"{chinese} {chinese}|{stop} [^|]", text.zh)]


def test_the_five_questions_have_a_prediction_each() -> None:
    first = next(deck for deck in LIBRARY.decks if deck.name == "five-questions").cards[:5]
    demos = ["offline_distillation", "temperature", "quantize_layer", "compress_layer", "fitnets"]
    assert [card.demo.run for card in first if card.demo is not None] == demos
    assert all(card.demo is not None and card.demo.predict and card.demo.expect for card in first)


def test_at_least_ten_cards_correct_the_source() -> None:
    assert sum(isinstance(card, Fix) and bool(card.source.question) for card in CARDS) >= 10


def test_no_two_cards_ask_the_same() -> None:
    for language in ("en", "zh"):
        asked = Counter(card.q.says(language).casefold() for card in CARDS if not isinstance(card, Cloze | Fix))
        assert [question for question, count in asked.items() if count > 1] == []
