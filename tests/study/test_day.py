from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.memory.all_cards import ANSWER_S, PACE
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.study.day import minutes, streak
from quizapp.study.plan import CODE_SECONDS, NEW_TAKES
from quizapp.study.queue import Waiting

TODAY = date(2026, 11, 24)


def days(*ago: int) -> set[date]:
    return {TODAY - timedelta(days=days) for days in ago}


@pytest.mark.parametrize(
    ("studied", "running"),
    [((), 0), ((0,), 1), ((0, 1, 2, 4), 3), ((1, 2), 2), ((2, 3), 0), ((-1, 0), 1), (range(400), 400)],
)
def test_days_running(studied: tuple[int, ...], running: int) -> None:
    assert streak(days(*studied), TODAY) == running


def cards(tmp_path: Path) -> tuple[Card, ...]:
    path = tmp_path / "deck.yaml"
    path.write_text(
        "cards:\n  - {id: a, q: A, a: A}\n  - {id: b, q: B, a: B}\n  - {id: c, type: code, code: gcd, q: C, a: C}\n"
    )
    deck, faults = load(path)
    assert deck is not None and not faults
    return deck.cards


def test_minutes_are_those_by_which_the_day_was_planned(tmp_path: Path) -> None:
    first, second, code = cards(tmp_path)
    standings = open_standings(tmp_path / "home", rules=Rules())
    assert minutes(Waiting(TODAY), standings) == 0
    assert minutes(Waiting(TODAY, due=(first,)), standings) == 1  # less than one, and not nothing
    new = Waiting(TODAY, new=(first, second))
    assert minutes(new, standings) == round(2 * NEW_TAKES * ANSWER_S / 60)
    later = ((datetime(2026, 11, 24, 18, tzinfo=UTC), second),)
    assert minutes(Waiting(TODAY, learning=(first,), later=later, due=(code,)), standings) == round(
        (2 * ANSWER_S + CODE_SECONDS) / 60
    )


def test_minutes_go_by_ones_own_pace_once_it_is_known(tmp_path: Path) -> None:
    first, *_ = cards(tmp_path)
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        for _ in range(PACE):
            recorder.review(first.key, recorder.standings.preview(first.key, now)["again"], now, Given(took_s=200))
        assert minutes(Waiting(TODAY, due=(first,) * 6), recorder.standings) == 20
