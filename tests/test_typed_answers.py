"""Typed answers that a person judged, written before their writer had seen a hit: docs/issue-20/typed2.md."""

import pytest
import yaml

from quizapp.cards.judge import hits_in, mentioned
from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS

CARDS = read_library([], user=None, bundled=BUNDLED_DECKS).keys
SETS = [
    yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((BUNDLED_DECKS.parent / "docs" / "issue-20").glob("typed?.yaml"))
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_person_ticks_is_marked_and_what_nobody_said_is_not(language: str) -> None:
    said = missed = unsaid = wrong = 0
    for answer in (one for typed in SETS for one in typed["answers"] if language in one):
        points = CARDS[answer["key"]].points
        marked, ticked = mentioned(points, answer[language]), frozenset(answer["said"])
        assert all(i < len(points) for i in ticked)
        said, missed = said + len(ticked), missed + len(ticked - marked)
        unsaid, wrong = unsaid + len(points) - len(ticked), wrong + len(marked - ticked)
    assert said > 90
    assert missed <= 0.05 * said
    assert unsaid > 15
    assert wrong <= 0.1 * unsaid


@pytest.mark.parametrize("language", ["en", "zh"])
def test_general_talk_marks_fewer_than_one_point_in_a_hundred(language: str) -> None:
    keys = {answer["key"] for typed in SETS for answer in typed["answers"]}
    hits = [point.hit for key in keys for point in CARDS[key].points]
    talk = [filler for typed in SETS for filler in typed["fillers"][language]]
    assert len(talk) > 20
    met = [hit for of_point in hits for hit in hits_in(" | ".join(talk), of_point)]
    assert len(met) < 0.01 * len(hits) * len(talk), met
