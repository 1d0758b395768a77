"""Typed answers that a person judged, written before their writer had seen a hit: docs/issue-20/typed2.md and
docs/issue-23/typed.md."""

from statistics import median

import pytest
import yaml

from quizapp.cards.judge import hits_in, mentioned
from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS

CARDS = read_library([], user=None, bundled=BUNDLED_DECKS).keys
FILES = sorted((BUNDLED_DECKS.parent / "docs").glob("issue-2[03]/typed?.yaml"))
SETS = {f"{file.parent.name}/{file.stem}": yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES}
# Their general talk has a few words that are a point's own: throughput, code, latency.
NEAR = ("issue-23/typed2", "issue-23/typed3", "issue-23/typed5")
POINTS = {f"{key} {i}": point.hit for key, card in CARDS.items() for i, point in enumerate(card.points)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_person_ticks_is_marked_and_what_nobody_said_is_not(language: str) -> None:
    said = missed = unsaid = wrong = 0
    for answer in (one for typed in SETS.values() for one in typed["answers"] if language in one):
        points = CARDS[answer["key"]].points
        marked, ticked = mentioned(points, answer[language]), frozenset(answer["said"])
        assert all(i < len(points) for i in ticked)
        said, missed = said + len(ticked), missed + len(ticked - marked)
        unsaid, wrong = unsaid + len(points) - len(ticked), wrong + len(marked - ticked)
    assert said > 190
    assert missed <= 0.03 * said
    assert unsaid > 40
    assert wrong <= 0.05 * unsaid


def general_talk(names: list[str]) -> list[str]:
    return [talk for name in names for part in SETS[name].get("fillers", {}).values() for talk in part]


def test_general_talk_marks_no_point_of_any_card() -> None:
    talk = general_talk([name for name in SETS if name not in NEAR])
    assert len(talk) >= 80
    met = {point: found for point, hits in POINTS.items() if (found := hits_in(" | ".join(talk), hits))}
    assert met == {}


def test_talk_that_has_a_points_own_word_marks_hardly_a_point() -> None:
    talk = general_talk(list(NEAR))
    met = [hit for hits in POINTS.values() for hit in hits_in(" | ".join(talk), hits)]
    assert len(met) < 0.002 * len(POINTS) * len(talk), met


def test_the_lists_are_short_and_say_nothing_twice() -> None:
    lengths = [len(hits) for hits in POINTS.values()]
    assert median(lengths) < 20 and max(lengths) < 40
    twice = {point: [hit for hit in hits if len(hits_in(hit, hits)) > 1] for point, hits in POINTS.items()}
    assert {point: found for point, found in twice.items() if found} == {}
