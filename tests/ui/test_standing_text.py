"""How a card stands, in a word."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.memory.events import Attempted, Mended, Overruled
from quizapp.memory.replay import Standing
from quizapp.memory.reviews import Happening
from quizapp.memory.schedule import Memory, Rules
from quizapp.study.search import today
from quizapp.ui.standing_text import history_blocks, sort_value, standing_block

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = Memory("review", None, 9.0, 5.0, NOW + timedelta(days=3), NOW - timedelta(days=6), reps=2)


def card(folder: Path) -> Card:
    (folder / "d.yaml").write_text("cards:\n  - {id: a, q: Q, a: A}\n")
    found, _ = load(folder / "d.yaml")
    assert found is not None
    return found.cards[0]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "3 d"),
        ({"buried": NOW.date()}, "buried"),
        ({"buried": NOW.date() - timedelta(days=1)}, "3 d"),
        ({"suspended": True, "buried": NOW.date()}, "suspended"),
    ],
)
def test_a_card_that_is_put_away_says_so_and_not_when_it_is_due(how: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert sort_value(card(tmp_path), Standing(LATER, **how), "deck", today(NOW, 4), Rules(), "en") == said


def test_what_the_last_days_before_the_interview_bring_is_said_as_its_grade_said_it(tmp_path: Path) -> None:
    asked, day = card(tmp_path), NOW.date()
    at, late = today(NOW, 4, day + timedelta(days=14)), Standing(replace(LATER, due=NOW + timedelta(days=17), day=day))
    assert sort_value(asked, late, "deck", at, Rules(), "en") == "by 6 Dec"
    assert sort_value(asked, late, "deck", at, Rules(), "zh") == "12 月 6 日前"
    assert " · by 6 Dec\n" in standing_block(asked, late, at, Rules(), "en").text


def test_a_history_says_what_came_of_code_that_it_was_mended_and_who_was_overruled() -> None:
    day = NOW.date()
    events: list[Happening] = [
        Attempted(1, "a", NOW, day, "d/x", "ab", "print('its text')", False, "zero\x1b[31m_row"),
        Attempted(2, "b", NOW + timedelta(minutes=1), day, "d/x", "ab", "", True),
        Mended(3, "c", NOW + timedelta(minutes=9), day, "d/x", None, 0),
        Overruled(4, "d", NOW + timedelta(minutes=10), day, "d/x", "a\x1b[31m-model", (2,), (0,)),
    ]
    _, block = history_blocks(events, NOW, "en")
    assert block.text.splitlines() == [
        "2026-11-23 12:10  Overruled   a-model  a c",
        "2026-11-23 12:09  Mended",
        "2026-11-23 12:01  Attempt     right",
        "2026-11-23 12:00  Attempt     wrong  zero_row",
    ]


@pytest.mark.parametrize(
    ("lapses", "end"), [(0, "repetitions 2"), (1, " · forgotten once when due"), (3, "3 times when due")]
)
def test_how_often_a_card_was_forgotten_is_said_where_it_was(lapses: int, end: str, tmp_path: Path) -> None:
    standing = Standing(replace(LATER, day=NOW.date(), lapses=lapses))
    block = standing_block(card(tmp_path), standing, today(NOW, 4), Rules(), "en")
    assert block.text.endswith(end) and ("forgotten" in block.text) == bool(lapses)
