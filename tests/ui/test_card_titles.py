"""A card in one line."""

from pathlib import Path

from quizapp.cards.load import load_text
from quizapp.study.readiness_words import question_line
from quizapp.study.related import Related
from quizapp.ui.card_titles import card_title, related_blocks, to_gap

DECK = """cards:
  - {id: claim, type: fix, source: {says: {en: "It deletes **weights**.", zh: 它会删除权重。}}, a: It does not.}
  - {id: asked, type: fix, q: What is wrong?, source: {says: It deletes weights.}, a: It does not.}
  - {id: plain, q: What does it delete?, a: Nothing.}
"""


def test_what_is_wrong_is_never_said_as_if_it_were_so() -> None:
    deck, faults = load_text(DECK, Path("d.yaml"))
    assert deck is not None and not faults
    claim, asked, plain = deck.cards
    assert card_title(claim, "en") == card_title(asked, "en") == "Correct this: It deletes weights."
    assert card_title(claim, "both") == "Correct this: It deletes weights." and card_title(claim, "zh").startswith(
        "改错："
    )
    assert question_line(claim, "en") == "Correct this: It deletes weights."
    assert question_line(asked, "en") == "What is wrong?"
    assert card_title(plain, "en") == "What does it delete?"
    (_, before) = related_blocks(Related((claim, plain), ()), "en", "en")
    assert before.text.endswith("Correct this: It deletes weights. · What does it delete?")


TEXT = (
    "Of the three losses that the student learns from, {{c1::soft targets}} weigh most, then {{c2::labels}} at the end."
)


def test_cards_of_one_text_are_told_apart_by_their_gap_in_however_few_cells() -> None:
    deck, _ = load_text(f"cards:\n  - {{id: gap, type: cloze, text: '{TEXT}'}}\n", Path("d.yaml"))
    assert deck is not None
    first, second = deck.cards
    assert to_gap(first, card_title(first, "en"), 200) == card_title(first, "en")
    for cells in (16, 30, 60):
        shown = [to_gap(card, card_title(card, "en"), cells)[:cells] for card in (first, second)]
        assert all("[…]" in one for one in shown) and shown[0] != shown[1], shown
    assert to_gap(second, card_title(second, "en"), 30) == "… then […] at the end."  # from a word on
    plain, _ = load_text(DECK, Path("d.yaml"))
    assert plain is not None and to_gap(plain.cards[0], "a [b] long one", 6) == "a [b] long one"
