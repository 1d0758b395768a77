"""How a card stands, in a word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Memory
from quizapp.study.search import today
from quizapp.ui.standing_text import sort_value

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = Memory("review", None, 9.0, 5.0, NOW + timedelta(days=3), NOW - timedelta(days=6), reps=2)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "3d"),
        ({"buried": NOW.date()}, "buried"),
        ({"buried": NOW.date() - timedelta(days=1)}, "3d"),
        ({"suspended": True, "buried": NOW.date()}, "suspended"),
    ],
)
def test_a_card_that_is_put_away_says_so_and_not_when_it_is_due(how: dict[str, Any], said: str) -> None:
    assert sort_value(Standing(LATER, **how), "deck", today(NOW, 4), "en") == said
