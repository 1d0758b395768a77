"""The figures as lines of text: an interval beside each share that is judged, and no share of too few."""

from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from quizapp.study.statistics import STABILITIES, CardFigures, ReviewFigures, Share
from quizapp.study.teaching import OnTheDay, Teaching
from quizapp.ui.pictures import Pictures
from quizapp.words import Language

DAY = date(2026, 11, 29)
TAUGHT = Teaching(
    all=Share(143, 120), predicted_first=Share(7, 7), not_predicted=Share(44, 38), ticked=Share(19, 19),
    not_ticked=Share(20, 10), day=OnTheDay(DAY, Share(40, 34), 36.0),
)  # fmt: skip


def row(drawn: str, name: str) -> str:
    (found,) = [line for line in drawn.splitlines() if line.startswith(name)]
    return found


def test_a_share_stands_with_its_interval_and_of_few_only_how_many_are_missing() -> None:
    drawn = Pictures(76, "en", "en").teaching(TAUGHT).plain
    assert row(drawn, "all").endswith("84%   77-89%  143")
    assert row(drawn, "none ticked").endswith("50%   30-70%   20")
    assert row(drawn, "predicted first").split("  ")[-1].endswith("7 so far; a share is shown from 20 on")
    assert row(drawn, "points ticked").endswith("19 so far; a share is shown from 20 on") and "100%" not in drawn
    assert "readiness said 90%, recalled 85% (71-93%, 40 cards)" in drawn


def test_nothing_is_drawn_of_nothing() -> None:
    assert not Pictures(76, "en", "en").teaching(Teaching())
    few = Pictures(76, "en", "en").teaching(Teaching(all=Share(1, 1), day=OnTheDay(DAY, Share(3, 3), 2.9))).plain
    assert (
        "The 3 days up to the interview on 2026-11-29\n3 so far; a share is shown from 20 on" in few
        and "100%" not in few
    )
    assert "readiness said" not in few and "overlap" not in few
    assert row(few, "all").endswith("1 so far; a share is shown from 20 on") and "predicted" not in few
    assert "95%" not in few, "of what is not shown nothing is explained"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [54, 76, 110])
def test_no_line_is_wider_than_its_paper(language: Language, width: int) -> None:
    draw = Pictures(width, language, language)
    figures = ReviewFigures(DAY, {}, (), {25: Share(5, 1), 75: Share(3100, 2000)}, Share(40, 30), {})
    for drawn in (draw.teaching(TAUGHT), draw.confidence(figures), draw.predictions(figures)):
        assert drawn and max(map(cell_len, drawn.plain.splitlines())) <= width, drawn.plain


def test_the_grades_of_code_by_its_first_run_are_told_once_there_are_some() -> None:
    figures = ReviewFigures(DAY, {}, (), {}, Share(), {}, code=Share(8, 5))
    assert "code: 62% of 8 graded hard or better" in Pictures(76, "en", "en").overview(figures).plain
    none = Pictures(76, "en", "en").overview(ReviewFigures(DAY, {}, (), {}, Share(), {})).plain
    assert (
        "code" not in none and "True retention  known once cards come back on a later day" in none and "–" not in none
    )


def test_what_is_asked_before_an_interview_besides_what_is_due_is_said() -> None:
    draw, cards = Pictures(76, "en", "en"), CardFigures(DAY, {}, (1, 2, *[0] * 28), ())
    said = "The last 2 days before the interview on"
    assert said in draw.forecast(cards, DAY + timedelta(days=14)).plain
    eve = draw.forecast(cards, DAY + timedelta(days=1)).plain
    assert said not in eve and "The last day before the interview on" in eve
    for interview in (None, DAY, DAY - timedelta(days=3), DAY + timedelta(days=40)):
        assert said not in draw.forecast(cards, interview).plain


def test_what_mature_and_stability_mean_is_said_where_they_stand() -> None:
    draw = Pictures(76, "en", "en")
    states = dict.fromkeys(("new", "learning", "young", "mature", "suspended"), 0)
    assert (
        "21 days or more until recall falls to 90%"
        in draw.states(CardFigures(DAY, {**states, "mature": 1}, (), ())).plain
    )
    assert "young: fewer" in draw.states(CardFigures(DAY, {**states, "young": 1}, (), ())).plain
    assert "90%" not in draw.states(CardFigures(DAY, {**states, "new": 1}, (), ())).plain
    reviewed = ReviewFigures(DAY, {}, (Share(1, 1), *[Share()] * (len(STABILITIES) - 2)), {}, Share(), {})
    assert "days until recall falls to 90%" in draw.by_stability(reviewed).plain
