"""A card in one line."""

from pathlib import Path

from quizapp.cards.load import load_text
from quizapp.study.readiness_words import question_line
from quizapp.study.related import Related
from quizapp.ui.card_titles import card_title, related_blocks

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
