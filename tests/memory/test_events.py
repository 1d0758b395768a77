"""What is said of events: their place in a card's history, the seconds they took, the rules they name."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st
from memory_world import KEY, NOW, a_review
from msgspec.structs import replace

from quizapp.memory.events import Opened, Predicted, RulesNamed, link, took
from quizapp.memory.line import from_line, to_line
from quizapp.memory.rules_named import named_rules, rules_name, rules_record
from quizapp.memory.schedule import Rules

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))

times = st.datetimes(datetime(1980, 1, 1), datetime(9998, 12, 31), timezones=offsets)


def test_no_review_takes_longer_than_can_be() -> None:
    times = [None, 0.0, 3.5, -3.5, 1e7, 1.1e7, -1.1e7, 1e308, -1e308]
    assert [took(replace(a_review(), took_s=took_s)) for took_s in times] == [*times[:5], None, None, None, None]


def test_only_what_has_a_place_is_a_link() -> None:
    review = a_review()
    assert link(review) is review
    assert link(Predicted(3, "z", NOW, NOW.date(), KEY, "quantize", "sqnr_db")) is None
    assert link(Opened(1, "x", NOW, 1, "abc")) is None


def test_rules_are_named_by_what_they_are() -> None:
    assert rules_name(Rules()) == rules_name(Rules(learning_steps=(60.0, 600.0))) != rules_name(Rules(retention=0.91))
    record = from_line(to_line(rules_record(Rules(retention=0.8), 1, "x", NOW)))
    assert isinstance(record, RulesNamed)
    assert named_rules(record) == Rules(retention=0.8)
    assert named_rules(replace(record, scheduler="fsrs-7")) is None
    assert named_rules(replace(record, rules={"retention": 7})) is None
    assert named_rules(replace(record, rules={"weights": [0.0] * 21})) is None
    assert named_rules(replace(record, rules={"learning_steps": [1] * 100})) is None  # 101 with the relearning step
    assert named_rules(replace(record, rules={"learning_steps": [1] * 99})) is not None
