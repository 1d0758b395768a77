"""The outcomes a grade can have: against py-fsrs as the oracle, across changes to and from summer time."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.memory import intervals, schedule
from quizapp.memory.rules_named import holding, named_rules, rules_name, rules_record
from quizapp.memory.schedule import (
    GRADES,
    LEAST,
    MOST,
    WEIGHTS,
    Grade,
    Memory,
    Rules,
    day_start,
    due_at,
    local_now,
    outcomes,
    plain_days,
    preview,
    retrievability,
    sound,
    study_day,
)

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Shanghai"]
RULES = Rules()
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))

zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1))
grades = st.sampled_from(GRADES)
rules_of_users = st.builds(
    Rules,
    retention=st.sampled_from([0.8, 0.9, 0.95]),
    learning_steps=st.sampled_from([(), (60.0,), (60.0, 600.0), (30.0, 300.0, 3600.0)]),
    relearning_steps=st.sampled_from([(), (600.0,), (60.0, 600.0)]),
    maximum_interval=st.sampled_from([1, 7, 36500]),
    rollover=st.sampled_from([0, 2, 4, 23]),
)


def oracle(rules: Rules) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=rules.retention,
        learning_steps=[timedelta(seconds=s) for s in rules.learning_steps],
        relearning_steps=[timedelta(seconds=s) for s in rules.relearning_steps],
        maximum_interval=rules.maximum_interval,
        enable_fuzzing=False,
    )


@given(zones, moments, st.lists(st.tuples(st.integers(0, 400), grades), max_size=12), rules_of_users)
@settings(max_examples=150, deadline=None)
def test_on_whole_study_days_it_is_py_fsrs(
    zone: ZoneInfo, start: datetime, history: list[tuple[int, Grade]], rules: Rules
) -> None:
    """Stability and difficulty to 1e-9, and the days before fuzz but for hard < good < easy."""
    scheduler, card, memory = oracle(rules), fsrs.Card(card_id=1), Memory()
    moment = start.replace(hour=12, tzinfo=zone)
    for days, grade in history:
        moment = (moment.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
        day = study_day(moment, rules.rollover)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        theirs = {g: scheduler.review_card(card, fsrs.Rating(i), midnight)[0] for i, g in enumerate(GRADES, 1)}
        ours = preview(memory, "deck/card", moment, rules)
        least = 1
        for name in GRADES:
            mine, other = ours[name].memory, theirs[name]
            assert mine.stability == pytest.approx(other.stability, rel=1e-9)
            assert mine.difficulty == pytest.approx(other.difficulty, rel=1e-9)
            assert (mine.state, mine.step) == (other.state.name.lower(), other.step)
            if mine.state == "review":
                plain, raw = plain_days(memory, day, rules)[name], (other.due - midnight).days
                assert plain == (raw if name == "again" else min(max(raw, least), rules.maximum_interval))
                least = plain + (name != "again")
            else:
                assert ours[name].interval_s == (other.due - midnight).total_seconds()
        memory, card = ours[grade].memory, theirs[grade]


@given(zones, moments, st.lists(st.tuples(st.floats(0, 90 * 86400), grades), max_size=8), rules_of_users)
@example(
    ZoneInfo("Europe/Berlin"), datetime(2001, 8, 4, 18, 57), [(7282980.0, "again")], Rules()
)  # an hour that comes twice
@settings(max_examples=150, deadline=None)
def test_laws_of_a_preview(zone: ZoneInfo, start: datetime, history: list[tuple[float, Grade]], rules: Rules) -> None:
    memory, now = Memory(), start.replace(tzinfo=zone)
    for seconds, grade in history:
        now = (now.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)
        shown = preview(memory, "deck/card", now, rules)
        assert shown == preview(memory, "deck/card", now, rules)
        today, last = study_day(now, rules.rollover), -inf
        for name, outcome in shown.items():
            after = outcome.memory
            assert after.due is not None and after.due.tzinfo is UTC
            assert outcome.interval_s == (after.due - now.astimezone(UTC)).total_seconds()
            assert (after.reviewed, after.day, after.reps) == (now.astimezone(UTC), today, memory.reps + 1)
            assert after.lapses - memory.lapses == (name == "again" and memory.state == "review")
            if after.state == "review":
                due_day = study_day(after.due.astimezone(zone), rules.rollover)
                days = (due_day - today).days
                assert after.due == day_start(due_day, rules.rollover, zone)
                assert 1 <= days <= rules.maximum_interval
                if name != "again":
                    assert days > last or days == rules.maximum_interval
                    last = days
        memory = shown[grade].memory


@given(zones, moments, st.lists(st.tuples(st.floats(0, 90 * 86400), grades), max_size=8), rules_of_users)
@settings(max_examples=100, deadline=None)
def test_a_hard_that_holds_makes_no_interval_longer(
    zone: ZoneInfo, start: datetime, history: list[tuple[float, Grade]], rules: Rules
) -> None:
    """And nothing but hard, and nothing of the memory but when it is due, is other than without it."""
    memory, now = Memory(), start.replace(tzinfo=zone)
    for seconds, grade in history:
        now = (now.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)
        plain = preview(memory, "deck/card", now, rules)
        held = preview(memory, "deck/card", now, holding(rules))
        hard, was = held["hard"].memory, plain["hard"].memory
        assert hard.due is not None and was.due is not None and hard.due <= was.due
        assert replace(hard, due=None) == replace(was, due=None)
        assert all(held[name].memory == plain[name].memory for name in GRADES if name != "hard")
        if memory.state == "review":
            assert memory.due is not None and memory.day is not None
            last = (study_day(memory.due.astimezone(zone), rules.rollover) - memory.day).days
            days = (study_day(hard.due.astimezone(zone), rules.rollover) - study_day(now, rules.rollover)).days
            assert 1 <= days <= last
        else:
            assert hard.due == was.due
        memory = held[grade].memory


@given(zones, moments, st.sampled_from([0, 2, 4, 23]))
@settings(max_examples=300, deadline=None)
def test_a_study_day_begins_at_its_start(zone: ZoneInfo, naive: datetime, rollover: int) -> None:
    moment = naive.replace(tzinfo=UTC).astimezone(zone)
    today = study_day(moment, rollover)
    assert day_start(today, rollover, zone) <= moment < day_start(today + timedelta(days=1), rollover, zone)


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])  # Berlin's clocks change on these days of 2026
def test_a_day_is_a_day_when_the_clocks_change(month: int, day: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    eve = datetime(2026, month, day - 1, 23, 30, tzinfo=berlin)
    learned = preview(Memory(), "deck/card", eve, RULES)["easy"].memory
    results = []
    for start in (eve, eve - timedelta(days=10)):  # the same two days, with and without a change of the clocks
        first = preview(learned, "deck/card", start, RULES)["good"].memory
        again = preview(first, "deck/card", start + timedelta(days=3), RULES)["good"]
        results.append((again.memory.stability, again.memory.difficulty))
        assert first.due is not None and first.due.astimezone(berlin).hour == 4
    assert results[0] == results[1]


def test_rules_without_holding_are_named_and_written_as_ever() -> None:
    record = rules_record(RULES, 1, "id", NOW)
    assert (record.name, "hard_holds" in record.rules) == ("fee973ea", False)
    held = rules_record(holding(RULES), 1, "id", NOW)
    assert held.name == rules_name(holding(RULES)) != record.name
    assert named_rules(held) == holding(RULES) and named_rules(record) == RULES
    unknown = replace(held, rules={**held.rules, "of_a_newer_program": 1})  # as one before this reads `hard_holds`
    assert named_rules(unknown) == holding(RULES)


def test_the_fuzz_stays_in_ankis_bounds_and_uses_them() -> None:
    """For 30 days: a day, 15 % of 4.5, 10 % of 13 and 5 % of 10 make 3.475; so 27 to 33."""
    memory = Memory("review", None, 30.0, 5.0, NOW.astimezone(UTC), NOW.astimezone(UTC), NOW.date(), 4, 0)
    seen = {intervals._spread(30, 1, 36500, intervals._share(f"deck/card-{n}/{memory.reps}")) for n in range(500)}
    assert seen == set(range(27, 34))
    assert intervals._spread(2, 1, 36500, 0.99) == 2
    shown = {preview(memory, f"deck/card-{n}", NOW + timedelta(days=30), RULES)["good"].interval_s for n in range(40)}
    assert len(shown) > 5


def test_a_new_card_takes_the_learning_steps() -> None:
    shown = preview(Memory(), "deck/card", NOW, RULES)
    assert [shown[g].interval_s for g in GRADES[:3]] == [60, 330, 600]
    assert [shown[g].memory.state for g in GRADES] == ["learning", "learning", "learning", "review"]


def test_a_clock_set_back_counts_as_the_same_day() -> None:
    learned = preview(Memory(), "deck/card", NOW, RULES)["easy"].memory
    back = preview(learned, "deck/card", NOW - timedelta(days=365), RULES)["good"].memory
    same = preview(learned, "deck/card", NOW, RULES)["good"].memory
    assert back.stability == same.stability


def test_a_review_in_the_future_does_not_hide_a_card() -> None:
    ahead = preview(Memory(), "deck/card", NOW + timedelta(days=365), RULES)["easy"].memory
    assert due_at(ahead, NOW) == NOW
    assert due_at(ahead, NOW + timedelta(days=365)) == ahead.due
    assert due_at(Memory(), NOW) is None
    soon = preview(Memory(), "deck/card", NOW + timedelta(days=1), RULES)["again"].memory  # two clocks never agree
    assert due_at(soon, NOW) == soon.due != NOW


def test_an_absurd_clock_overflows_nothing() -> None:
    late = datetime(9989, 12, 31, 12, tzinfo=UTC)
    memory = Memory("review", None, 36500.0, 5.0, late, late, late.date(), 9, 0)
    assert preview(memory, "deck/card", late, RULES)["easy"].memory.due is not None


@given(st.floats(0.01, 5000), st.integers(-5, 4000))
@settings(deadline=None)
def test_retrievability_is_py_fsrs(stability: float, days: int) -> None:
    today = date(2026, 3, 1)
    memory = Memory("review", stability=stability, difficulty=5.0, day=today)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    card = fsrs.Card(1, fsrs.State.Review, None, stability, 5.0, start, start)
    theirs = fsrs.Scheduler().get_card_retrievability(card, start + timedelta(days=days))
    assert retrievability(memory, today + timedelta(days=days), RULES) == pytest.approx(theirs, rel=1e-9)
    assert retrievability(Memory(), today, RULES) == 0


def test_the_weights_are_the_published_ones() -> None:
    assert tuple(DEFAULT_PARAMETERS) == WEIGHTS
    assert (tuple(LOWER_BOUNDS_PARAMETERS), tuple(UPPER_BOUNDS_PARAMETERS)) == (LEAST, MOST)


@pytest.mark.parametrize("at", range(21))
@pytest.mark.parametrize("bound", [LEAST, MOST])
def test_weights_are_taken_up_to_their_bounds_and_work_there(at: int, bound: tuple[float, ...]) -> None:
    rules = replace(RULES, weights=(*WEIGHTS[:at], bound[at], *WEIGHTS[at + 1 :]))
    day = NOW.date()
    for memory in (Memory(), *(Memory("review", None, s, d, NOW, NOW, day, 1) for s in (0.001, 1e9) for d in (1, 10))):
        for later in (0, 1, 10**6):
            for outcome in outcomes(memory, "k", NOW, day + timedelta(days=later), rules).values():
                assert sound(outcome.memory)
                assert 0 <= retrievability(outcome.memory, day, rules) <= 1
    beyond = bound[at] + (1e-9 if bound is MOST else -1e-9)
    with pytest.raises(ValueError, match="weights"):
        replace(RULES, weights=(*WEIGHTS[:at], beyond, *WEIGHTS[at + 1 :]))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("retention", 1.5),
        ("learning_steps", (0.0,)),
        ("relearning_steps", (1e9,)),
        ("maximum_interval", 0),
        ("rollover", 24),
        ("weights", (1.0,)),
    ],
)
def test_rules_that_make_no_sense_are_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        Rules(**{field: value})  # type: ignore[arg-type]  # any of the fields


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot be told its zone")
    monkeypatch.setitem(os.environ, "TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(moments)
@settings(max_examples=200, deadline=None)
def _follows_the_zone(naive: datetime) -> None:
    ours = naive.replace(tzinfo=UTC).astimezone(schedule._LOCAL)
    theirs = naive.replace(tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))
    assert (ours.replace(tzinfo=None), ours.utcoffset()) == (theirs.replace(tzinfo=None), theirs.utcoffset())
    assert ours.astimezone(UTC) == theirs.astimezone(UTC)


@pytest.mark.usefixtures("in_new_york")
def test_local_now_follows_the_systems_zone_and_its_summer_time() -> None:
    assert abs(local_now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert {datetime(2026, month, 1, tzinfo=local_now().tzinfo).utcoffset() for month in (1, 7)} == {
        timedelta(hours=-5),
        timedelta(hours=-4),
    }
    _follows_the_zone()


def test_nothing_heavy_is_imported_before_the_first_preview() -> None:
    code = (
        "import sys; from quizapp.memory import recorder, schedule; schedule.retrievability(schedule.Memory(), "
        "schedule.date(2026, 1, 1), schedule.Rules()); print([m for m in ('fsrs', 'textual', 'torch', 'zoneinfo', "
        "'dataclasses', 'asyncio', 'importlib.metadata') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
