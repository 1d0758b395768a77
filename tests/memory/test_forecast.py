"""The arithmetic against py-fsrs, and the forecast against cards that are really reviewed, by chance, day by day."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.memory.forecast import FIRST_AGAIN, Forecast, Formulas
from quizapp.memory.schedule import Grade, Memory, Rules, outcomes, plain_days, retrievability

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = Rules()
GOOD: list[Grade] = ["good"]
AGAIN: list[Grade] = ["again"]

stabilities = st.floats(0.05, 900)
difficulties = st.floats(1, 10)


def seen(stability: float, difficulty: float, ago: int = 0) -> Memory:
    day = DAY - timedelta(days=ago)
    moment = NOW - timedelta(days=ago)
    return Memory("review", None, stability, difficulty, due=moment, reviewed=moment, day=day, reps=3)


def pass_all(forecast: Forecast) -> None:
    for day in range(forecast.days):
        forecast.pass_day(day)
    forecast.conclude()


def really(memory: Memory, day: date, grades: list[Grade]) -> Memory:
    """What py-fsrs makes of these grades on one day."""
    for grade in grades:
        memory = outcomes(memory, "a/b", NOW, day, RULES)[grade].memory
    return memory


@given(stabilities, difficulties, st.integers(1, 400))
def test_a_review_does_what_py_fsrs_does(stability: float, difficulty: float, ago: int) -> None:
    memory = seen(stability, difficulty, ago)
    good, again = Formulas(RULES).review(memory, ago)
    assert good.share == pytest.approx(retrievability(memory, DAY, RULES))
    assert good.share + again.share == 1
    for branch, grades in ((good, GOOD), (again, AGAIN + GOOD)):
        after = really(memory, DAY, grades)
        assert after.state == "review"
        assert branch[1:3] == pytest.approx((after.stability, after.difficulty))
    days = plain_days(memory, DAY, RULES)["good"]
    assert 0 <= days - Formulas(RULES).interval(good.stability, good.least) <= 1  # one more where hard took that day


@given(difficulties, st.floats(0.05, 20), st.integers(0, 1), st.integers(0, 5), st.booleans())
def test_learning_goes_on_to_its_end_on_the_day(
    difficulty: float, stability: float, step: int, ago: int, relearning: bool
) -> None:
    state, step = ("relearning", 0) if relearning else ("learning", step)
    memory = replace(seen(stability, difficulty, ago), state=state, step=step)
    branches = Formulas(RULES).review(memory, ago)
    steps = 1 if relearning else 2
    after = really(memory, DAY, GOOD * (steps - step))
    assert branches[0][1:3] == pytest.approx((after.stability, after.difficulty))
    assert len(branches) == (2 if ago else 1)
    if ago:
        after = really(memory, DAY, AGAIN + GOOD * steps)
        assert branches[1][1:3] == pytest.approx((after.stability, after.difficulty))


@pytest.mark.parametrize("rules", [RULES, Rules(learning_steps=()), Rules(learning_steps=(60, 300, 600))])
def test_a_new_card_is_learned_on_its_first_day(rules: Rules) -> None:
    steps = len(rules.learning_steps)
    again, good = Formulas(rules).review(Memory(), 0)
    assert (again.share, good.share) == (FIRST_AGAIN, 1 - FIRST_AGAIN)
    for branch, grades in ((again, AGAIN + GOOD * steps), (good, GOOD * max(1, steps))):
        memory = Memory()
        for grade in grades:
            memory = outcomes(memory, "a/b", NOW, DAY, rules)[grade].memory
        assert memory.state == "review"
        assert branch[1:3] == pytest.approx((memory.stability, memory.difficulty))


@given(stabilities, difficulties, st.integers(0, 60), st.integers(1, 120), st.data())
@settings(max_examples=200)
def test_reviewing_never_leads_to_less_recall_than_not(
    stability: float, difficulty: float, ago: int, days: int, data: st.DataObject
) -> None:
    """As the plan does it: a card is reviewed on the day it is due, or today if that is past."""
    due = max(0, Formulas(RULES).interval(stability) - ago)
    if due >= days:
        return
    memory, forecast = seen(stability, difficulty, ago), Forecast(RULES, days)
    leaves = forecast.add(memory, ago + due, due)
    pass_all(forecast)
    assert forecast.recall(leaves, due) >= retrievability(memory, DAY + timedelta(days=days), RULES) - 1e-9
    assert sum(forecast.reviews[:due]) == 0 and forecast.reviews[due] == 1


def once(memory: Memory, due: int, days: int, chance: Random, key: str) -> tuple[float, int]:
    """A card's life until the last day, by `outcomes` as the app does it, fuzz too: its recall then, and its reviews.

    It is recalled by chance, as often as FSRS expects; then graded good, else again.
    """
    day, reviews = DAY + timedelta(days=due), 0
    end = DAY + timedelta(days=days)
    while day < end:
        now = datetime.combine(day, NOW.time(), UTC)
        reviews += memory.state != "new"
        while True:
            if memory.state == "new":
                recalled = chance.random() >= FIRST_AGAIN
            else:
                recalled = chance.random() < retrievability(memory, day, RULES)  # 1 on the day of the last review
            memory = outcomes(memory, key, now, day, RULES)["good" if recalled else "again"].memory
            if memory.state == "review":
                break
        assert memory.due is not None
        day = memory.due.date()
    return retrievability(memory, end, RULES), reviews


CARDS = {
    "new": (Memory(), 0),
    "new, begun in a week": (Memory(), 7),
    "fresh": (seen(2.3, 2.1, 1), 1),
    "hard": (seen(1.0, 9.5, 1), 0),
    "settled": (seen(20, 5, 12), 8),
    "long overdue": (seen(6, 6, 60), 0),
    "relearning": (replace(seen(1.5, 8, 0), state="relearning", step=0), 0),
}


@pytest.mark.parametrize("days", [10, 26])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_forecast_is_what_happens_to_single_cards_on_average(days: int, seed: int) -> None:
    """Each card's recall within 0.03, all together within 0.012, and the reviews within a tenth, of 150 lives each.

    The rest is chance (0.01 for one card) and the fuzz, which the forecast leaves out.
    """
    chance, lives = Random(seed), 150
    wholes, counted, forecast_reviews = [], 0.0, 0.0
    for name, (memory, due) in CARDS.items():
        forecast = Forecast(RULES, days)
        elapsed = 0 if memory.day is None else (DAY - memory.day).days + due
        leaves = forecast.add(memory, elapsed, due)
        pass_all(forecast)
        lived = [once(memory, due, days, chance, f"{name}/{n}") for n in range(lives)]
        recall = sum(recall for recall, _ in lived) / lives
        assert forecast.recall(leaves, due) == pytest.approx(recall, abs=0.03), name
        wholes.append(forecast.recall(leaves, due) - recall)
        counted += sum(reviews for _, reviews in lived) / lives
        forecast_reviews += sum(forecast.reviews)
    assert abs(sum(wholes) / len(wholes)) < 0.012
    assert forecast_reviews == pytest.approx(counted, rel=0.1)


def test_of_cards_never_seen_a_quarter_or_so_is_graded_again() -> None:
    """FSRS's own simulators say 24 of 100; a plan for a new deck hangs on it."""
    forecast = Forecast(RULES, 30)
    leaves = forecast.add(Memory(), 0, 0)
    pass_all(forecast)
    assert [round(share, 3) for _, share in leaves] == [0.24, 0.76]
    assert forecast.recall(leaves, 0) == pytest.approx(0.9513075, abs=1e-6)


def test_cards_that_stand_alike_are_added_up() -> None:
    one, three = Forecast(RULES, 20), Forecast(RULES, 20)
    alone, together = one.add(Memory(), 0, 0), three.add(Memory(), 0, 0, cards=3)
    for forecast in (one, three):
        pass_all(forecast)
    assert one.recall(alone, 0) == three.recall(together, 0)
    assert [3 * cards for cards in one.reviews] == pytest.approx(three.reviews)
