"""The cards drawn for the examiner's reference, and the sheet that its judges read: `python docs/issue-26/sheet.py`.

The sheet holds no hits and no kinds. Run from the root of the repository.
"""

import random
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from quizapp.cards.card import Card, Fix, Free
from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS

HERE = Path(__file__).parent
FIRST_SEED = 20261220
ASKED_OF_A_FIX = {"en": "What is wrong with this statement?", "zh": "下面这句话错在哪里？"}


def drawn(cards: dict[str, Card]) -> tuple[int, list[str]]:
    """The first seed whose 40 cards hold 12 of the core, and their keys: those in even places are answered in English,
    the others in Chinese."""
    pool = sorted(
        key for key, card in cards.items() if isinstance(card, Free | Fix) and card.points and card.deck != "write-it"
    )
    for seed in count(FIRST_SEED):
        keys = random.Random(seed).sample(pool, 40)
        if sum(cards[key].tier == "core" for key in keys) >= 12:
            break
    return seed, keys


def entry(answer: dict[str, str], card: Card) -> dict[str, Any]:
    """What a judge sees of one answer, in the language that it was written in."""
    language: Any = answer["language"]
    seen: dict[str, Any] = {"id": answer["id"], "card": answer["card"], "language": language}
    seen["question"] = card.q.says(language) or ASKED_OF_A_FIX[language]
    if isinstance(card, Fix):
        seen["statement"] = card.source.says.says(language)
    seen["points"] = {number: point.text.says(language) for number, point in enumerate(card.points, 1)}
    return seen | {"answer": answer["text"]}


if __name__ == "__main__":
    library = read_library([], user=None, bundled=BUNDLED_DECKS).keys
    answers = yaml.safe_load((HERE / "answers.yaml").read_text(encoding="utf-8"))
    assert {answer["card"] for answer in answers} == set(drawn(library)[1])
    sheet = [entry(answer, library[answer["card"]]) for answer in answers]
    text = yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, width=110)
    (HERE / "sheet.yaml").write_text(text, encoding="utf-8")
