"""What home says there is to go on with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.study.interrupted import Interrupted
from quizapp.ui.context import Context
from quizapp.ui.home_waits import MOST_LEFT, to_go_on_with

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_each_interview_that_was_left_has_a_row_and_of_several_when_it_was_begun(home: Home) -> None:
    desk = open_desk(home, [], NOW)
    node = cast(Any, SimpleNamespace(app=SimpleNamespace(context=Context(desk, str))))
    left = [
        Interrupted(Path(f"{n}.json"), n, 8, again=False, started=NOW - timedelta(hours=n))
        for n in range(1, MOST_LEFT + 3)
    ]
    assert [row.said for row in to_go_on_with(node, left[:1])] == ["mock interview, question 1 of 8"]
    assert [row.said for row in to_go_on_with(node, left)] == [
        "mock interview, question 1 of 8 · 11-23 11:00",
        "mock interview, question 2 of 8 · 11-23 10:00",
        "mock interview, question 3 of 8 · 11-23 09:00",
    ]
    desk.recorder.close()
