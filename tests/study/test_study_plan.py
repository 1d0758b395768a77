from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.settings import Settings
from quizapp.study.plan import FREE_DAYS, FURTHEST, DayPlan, NoDay, day_plan, new_a_day, read_day
from quizapp.study.queue import Counts

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # before the rollover: study day 23
DAY = date(2026, 11, 23)
counts = st.integers(0, 20000)
days = st.integers(1, FURTHEST)


@given(counts, days)
def test_more_days_or_fewer_cards_never_need_more_new_cards_a_day(unseen: int, ahead: int) -> None:
    assert new_a_day(unseen, ahead + 1) <= new_a_day(unseen, ahead) <= new_a_day(unseen + 1, ahead)


@given(st.integers(0, 500), st.integers(1, 120))
def test_following_it_every_card_is_begun_and_the_last_days_are_free(unseen: int, ahead: int) -> None:
    for left in range(ahead, 0, -1):
        unseen -= new_a_day(unseen, left)
        assert unseen >= 0
        if left <= FREE_DAYS + 1:
            assert unseen == 0  # so that the plan asks for nothing new from here on
            assert new_a_day(unseen, left) == 0


def test_today_says_what_waits_and_how_far_the_interview_is() -> None:
    waits, settings = Counts(new=3, learning=1, due=5), Settings(interview=DAY + timedelta(days=27))
    assert day_plan(waits, settings, NOW) == DayPlan(3, 6, 27)
    assert day_plan(waits, replace(settings, interview=DAY), NOW) == DayPlan(3, 6, 0)
    assert day_plan(waits, replace(settings, interview=DAY - timedelta(days=1)), NOW) == DayPlan(3, 6)
    assert day_plan(waits, Settings(), NOW) == DayPlan(3, 6)


def test_the_last_two_days_are_free_of_new_cards() -> None:
    assert FREE_DAYS == 2
    assert [new_a_day(12, days) for days in (1, 2, 3, 4, 5, 14, 15, 99)] == [12, 12, 12, 6, 4, 1, 1, 1]
    assert new_a_day(0, 9) == 0


def test_a_plan_reaches_two_years_ahead() -> None:
    last = DAY + timedelta(days=FURTHEST)
    assert FURTHEST == 732 and read_day(str(last), DAY) == last
    with pytest.raises(NoDay, match="is 733 days away; a plan reaches 732 days ahead"):
        read_day(str(last + timedelta(days=1)), DAY)


def test_it_is_said_in_chinese_too() -> None:
    for text, says in (("x\x1b[31m", "“x”不是日期"), ("2026-11-21", "已过去 2 天"), ("2036-11-22", "还有 3652 天")):
        with pytest.raises(NoDay) as raised:
            read_day(text, DAY)
        assert says in raised.value.sentence.says("zh") and "\x1b" not in str(raised.value)


def test_a_date_is_read() -> None:
    assert read_day(" 2026-12-20 ", DAY) == date(2026, 12, 20)
    assert read_day("2026-11-23", DAY) == DAY
    assert read_day("2027-1-5", DAY) == read_day("2027/01/05", DAY) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "year-month-day"),
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
