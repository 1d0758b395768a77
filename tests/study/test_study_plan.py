from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.memory.schedule import Memory, Outcome, Rules
from quizapp.settings import Settings
from quizapp.study.plan import (
    FREE_DAYS,
    FURTHEST,
    NEAR_DAYS,
    NEAR_RETENTION,
    NoDay,
    comes_back,
    last_days,
    read_day,
    rules_near,
    too_late,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # before the rollover: study day 23
DAY = date(2026, 11, 23)
counts = st.integers(0, 20000)
days = st.integers(1, FURTHEST)


def test_an_interview_changes_the_days_before_it() -> None:
    settings = Settings(interview=DAY)
    before = {days: DAY - timedelta(days=days) for days in (-1, 0, 1, 2, 3, NEAR_DAYS, NEAR_DAYS + 1)}
    assert [days for days, day in before.items() if too_late(settings, day)] == [0, 1, 2]
    assert [days for days, day in before.items() if last_days(settings, day)] == [1, 2]
    near = [days for days, day in before.items() if rules_near(Rules(), settings, day) != Rules()]
    assert near == [1, 2, 3, NEAR_DAYS]
    assert rules_near(Rules(), settings, before[3]) == Rules(retention=NEAR_RETENTION)
    own = Rules(retention=0.88)
    assert rules_near(own, settings, before[3]) == own
    assert not too_late(Settings(), DAY) and not last_days(Settings(), DAY) and FREE_DAYS == 2


def test_a_grade_promises_no_day_beyond_the_interview_that_the_last_days_come_before(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("cards:\n  - {id: a, q: Q, a: A}\n  - {id: w, type: code, q: W, code: kd_loss}\n")
    found, _ = load(tmp_path / "d.yaml")
    assert found is not None
    text, code = found.cards

    def said(stability: float, days: int, interview: date | None, card: Card = text) -> str:
        due = NOW + timedelta(days=days)
        after = Memory("review", None, stability, 5, due=due, reviewed=NOW, day=DAY, reps=2)
        outcome = Outcome("easy", after, days * 86400.0, Memory(), Rules())
        return str(comes_back(card, outcome, Settings(interview=interview), NOW))

    in_two_weeks = DAY + timedelta(days=14)
    assert said(12, 19, None) == "19 d" and said(12, 19, in_two_weeks) == said(12, 15, in_two_weeks) == "12–13 d"
    assert said(9, 9, in_two_weeks) == "9 d"  # before it
    assert said(90, 60, in_two_weeks) == "after 7 Dec"  # sure enough by then: nothing asks it
    assert said(12, 19, in_two_weeks, code) == "after 7 Dec"  # nor code, which is not swept up
    assert said(3, 19, DAY + timedelta(days=3)) == "1–2 d" and said(3, 19, DAY + timedelta(days=2)) == "1 d"
    assert said(1, 2, DAY + timedelta(days=1)) == said(1, 2, DAY) == "2 d"  # after the eve nothing comes before it


def test_a_plan_reaches_two_years_ahead() -> None:
    last = DAY + timedelta(days=FURTHEST)
    assert FURTHEST == 732 and read_day(str(last), DAY) == last
    with pytest.raises(NoDay, match="is 733 days away; a plan reaches 732 days ahead"):
        read_day(str(last + timedelta(days=1)), DAY)


def test_it_is_said_in_chinese_too() -> None:
    for text, says in (("x\x1b[31m", "“x”不是日期"), ("2026-11-21", "已过去 2 天"), ("2036-11-22", "还有 3,652 天")):
        with pytest.raises(NoDay) as raised:
            read_day(text, DAY)
        assert says in raised.value.sentence.says("zh") and "\x1b" not in str(raised.value)


def test_a_date_is_read() -> None:
    assert read_day(" 2026-12-20 ", DAY) == date(2026, 12, 20)
    assert read_day("2026-11-23", DAY) == DAY
    assert read_day("2027-1-5", DAY) == read_day("2027/01/05", DAY) == date(2027, 1, 5)


@pytest.mark.parametrize("text", ["12-13", "12/13", "12月13日", "13 Dec", "13. december", "Dec 13", "Dec. 13", "+20"])
def test_a_date_needs_no_year(text: str) -> None:
    assert read_day(text, DAY) == date(2026, 12, 13)
    assert read_day("11-22", DAY) == date(2027, 11, 22)  # the next one


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("13 Dax", "is no date"),
        ("2-30", "is no date"),
        ("+9999", "days ahead at most"),
        ("", "Type a date, such as 2026-12-23"),
        ("20.12.2026", "20.12.2026 is no date. Write year-month-day, as in 2026-12-23"),
        ("2026-02-30", "is no date"),
        ("2026-11-22", "was yesterday"),
        ("2026-10-23", "was 31 days ago"),
        ("2036-11-22", "days ahead at most"),
    ],
)
def test_what_is_no_date_ahead_is_said(text: str, says: str) -> None:
    with pytest.raises(NoDay, match=says):
        read_day(text, DAY)
