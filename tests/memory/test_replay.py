"""The law by which events add up: the same for everyone, whatever order they arrived in."""

import itertools
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from memory_world import KEY, NAMED, NOW, RULES, Device
from msgspec.structs import replace

from quizapp.memory.events import CHANGES, Change, Link, Mended, Reset, Reviewed, Undone, Unknown, link
from quizapp.memory.replay import (
    CONFIDENT,
    Standing,
    asked_again,
    fold,
    follows,
    marks_leech,
    ordered,
    step,
    undone_by,
)
from quizapp.memory.rules_named import holding, rules_name
from quizapp.memory.schedule import GRADES, Grade, Memory, outcomes, preview

DAY = timedelta(days=1)

# An action of one of three devices: what it does, with which grade or how far back, and how its clock moves before.
actions = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["review", "review", "review", "hear", "hear", "undo", "change"]),
        st.integers(0, 5),
        st.sampled_from([0.0, 0.01, 0.5, 1.0, 12.0, 365.0, -1.0, -365.0]),
    ),
    max_size=24,
)


def lived(history: Sequence[tuple[int, str, int, float]]) -> list[Link]:
    """What three devices write that do these things, each with a clock of its own, and hear of each other."""
    devices, clocks = [Device(name) for name in "abc"], [NOW, NOW, NOW]
    for who, what, which, days in history:
        device = devices[who]
        clocks[who] = max(NOW - 900 * DAY, min(NOW + 9000 * DAY, clocks[who] + days * DAY))
        if what == "review":
            device.review(GRADES[which % 4], clocks[who])
        elif what == "hear":
            device.hear(devices[(who + 1 + which % 2) % 3].known.values())
        elif what == "undo":
            device.undo(clocks[who], which % 2)
        else:
            device.change(list(CHANGES)[which], clocks[who])
    return [event for device in devices for event in device.known.values()]


@given(actions, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_any_order_of_merging_ends_in_the_same(
    history: list[tuple[int, str, int, float]], chance: random.Random
) -> None:
    events = lived(history)
    result = fold(events, NAMED)
    shuffled = events + events[: len(events) // 3]  # some arrive twice
    chance.shuffle(shuffled)
    assert fold(shuffled, NAMED) == result
    assert ordered(shuffled) == ordered(events)


@given(actions)
@settings(max_examples=200, deadline=None)
def test_events_follow_what_they_were_made_on_and_else_the_time(history: list[tuple[int, str, int, float]]) -> None:
    line = ordered(lived(history))
    place = {event.id: n for n, event in enumerate(line)}
    ancestors: dict[str, set[str]] = {}
    for event in line:
        on = getattr(event, "on", None)
        ancestors[event.id] = set() if on is None else ancestors[on] | {on}
        assert all(place[earlier] < place[event.id] for earlier in ancestors[event.id])
    for first, second in itertools.pairwise(line):
        if getattr(second, "on", None) != first.id:
            assert (first.at, first.id) < (second.at, second.id)


@given(actions)
@settings(max_examples=300, deadline=None)
def test_what_is_adopted_is_what_reviewing_again_would_give(history: list[tuple[int, str, int, float]]) -> None:
    """The oracle knows no recorded states: it does every review again, in order, leaving out those undone."""
    line = ordered(lived(history))
    undone, memory = undone_by(line), Memory()
    for event in line:
        if isinstance(event, Reviewed) and event.id not in undone:
            moment = event.state.reviewed or event.at
            memory = outcomes(memory, KEY, moment, event.day, NAMED[event.rules])[event.grade].memory
        elif isinstance(event, Reset) and event.id not in undone:
            memory = Memory()
    assert fold(line, NAMED).memory == memory


@given(actions)
@settings(max_examples=100, deadline=None)
def test_one_by_one_is_all_at_once(history: list[tuple[int, str, int, float]]) -> None:
    """An event that follows the last one can be added without looking at the rest, if it undoes nothing."""
    line = ordered(lived(history))
    for n, event in enumerate(line):
        before, after = fold(line[:n], NAMED), fold(line[: n + 1], NAMED)
        if follows(before, event) and not hasattr(event, "undoes"):
            assert step(before, event, NAMED) == after


def test_a_card_reviewed_on_two_devices_gets_the_history_of_both() -> None:
    a, b = Device("a"), Device("b")
    a.review("good", NOW)
    b.hear(a.known.values())
    a.review("good", NOW + DAY)
    b.review("again", NOW + 2 * DAY)
    a.hear(b.known.values())
    b.hear(a.known.values())
    assert a.standing == b.standing
    assert a.standing.memory.reps == 3
    assert a.standing.memory.lapses == 1  # b saw a card still in learning; after a's review it was a lapse


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_jumped_does_no_lasting_harm(days: int) -> None:
    """After two more reviews by a good clock the card comes back within what a card without the jump would."""
    good, jumped = Device("a"), Device("b")
    for device, jump in ((good, 0), (jumped, days)):
        device.review("easy", NOW)
        device.review("good", NOW + 9 * DAY + jump * DAY)
        device.review("again", NOW + 30 * DAY)
        device.review("good", NOW + 31 * DAY)
    for device in (good, jumped):
        memory = device.standing.memory
        assert memory.reps == 4
        assert memory.due is not None
        assert NOW + 31 * DAY < memory.due < NOW + 100 * DAY


def test_a_lost_line_costs_only_itself() -> None:
    device = Device("a")
    events = [device.review(grade, NOW + n * 5 * DAY) for n, grade in enumerate(GRADES * 2)]
    whole = fold(events, NAMED)
    for lost in range(len(events) - 1):
        rest = events[:lost] + events[lost + 1 :]
        assert fold(rest, NAMED).memory == whole.memory
        assert (fold(rest, NAMED).tip, fold(rest, NAMED).events) == (whole.tip, whole.events)


def test_events_of_a_newer_program_keep_their_place() -> None:
    device = Device("a")
    device.review("good", NOW)
    strange = link(Unknown("rescheduled", 7, "z-1", NOW + DAY, (NOW + DAY).date(), KEY, device.standing.tip, 1))
    assert strange is not None
    device.hear([strange])
    assert device.standing.tip == "z-1"
    device.review("good", NOW + 2 * DAY)
    events = list(device.known.values())
    last = events[-1]
    assert isinstance(last, Reviewed)
    marked = replace(last, state=replace(last.state, stability=77.0))  # as the newer program had it
    assert fold([*events[:-1], marked], NAMED).memory.stability == 77.0


@example(["good"], 0)
@given(st.lists(st.sampled_from(GRADES), min_size=1, max_size=6), st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_undoing_brings_back_what_was(grades: list[Grade], taken_back: int) -> None:
    device, stood = Device("a"), [Standing()]
    for n, grade in enumerate(grades):
        device.review(grade, NOW + n * 3 * DAY)
        stood.append(device.standing)
    for n in range(min(taken_back, len(grades))):
        device.undo(NOW + 99 * DAY)
        now, then = device.standing, stood[-2 - n]
        assert replace(now, tip=None, events=0) == replace(then, tip=None, events=0)


def test_undoing_under_a_later_review_does_that_one_again() -> None:
    a, b = Device("a"), Device("b")
    a.review("easy", NOW)
    wrong = a.review("again", NOW + 9 * DAY)
    b.hear(a.known.values())
    b.review("good", NOW + 10 * DAY)
    a.undo(NOW + 11 * DAY)
    a.hear(b.known.values())
    c = Device("a")
    c.review("easy", NOW)
    c.review("good", NOW + 10 * DAY)
    assert wrong.id in undone_by(a.known.values())
    assert a.standing.memory.stability == c.standing.memory.stability
    assert a.standing.memory.lapses == 0


@pytest.mark.parametrize(
    ("what", "member", "value"),
    [("suspended", "suspended", True), ("flagged", "flagged", True), ("buried", "buried", NOW.date())],
)
def test_changes_show_and_can_be_undone(what: Change, member: str, value: object) -> None:
    device = Device("a")
    device.change(what, NOW)
    assert getattr(device.standing, member) == value
    device.undo(NOW)
    assert getattr(device.standing, member) == getattr(Standing(), member)


def test_a_hard_with_points_missed_is_asked_again_that_day_and_done_again_by_its_own_rules() -> None:
    held = holding(RULES)
    named = {**NAMED, rules_name(held): held}
    one = Device("a")
    first = one.review("easy", NOW)
    then = NOW + 30 * DAY
    outcome = preview(fold(one.known.values(), named).memory, KEY, then, held)["hard"]
    assert outcome.memory.day is not None
    hard = Reviewed(
        2, "hard", then, outcome.memory.day, KEY, first.id, 1,
        grade="hard", state=outcome.memory, rules=rules_name(held),
    )  # fmt: skip
    after = fold([first, hard], named)
    assert (after.missed, after.memory) == (then.date(), outcome.memory)
    assert fold([first, replace(hard, state=replace(hard.state, reps=9))], named) == after  # made again, and held
    assert fold([first, replace(hard, rules=rules_name(RULES))], named).missed is None
    looked = Mended(3, "looked", then, then.date(), KEY, "hard", 2)
    assert fold([first, hard, looked], named) == replace(after, missed=None, tip="looked", events=3)
    undone = Undone(3, "undone", then, then.date(), KEY, "hard", 2, "hard")
    assert fold([first, hard, undone], named).missed is None


def test_the_opposite_takes_a_change_back() -> None:
    device = Device("a")
    for what in ("suspended", "flagged", "unsuspended", "unflagged"):
        device.change(what, NOW)
    assert not device.standing.suspended
    assert not device.standing.flagged


def test_a_reset_forgets_the_memory_and_keeps_the_flag() -> None:
    device = Device("a")
    device.review("good", NOW)
    device.change("flagged", NOW)
    device.change("reset", NOW)
    assert device.standing.memory == Memory()
    assert device.standing.first is None
    assert device.standing.flagged


def test_eight_lapses_make_a_leech_and_a_reset_ends_it() -> None:
    device, marks = Device("a"), []
    device.review("easy", NOW)
    for n in range(1, 14):
        before = device.standing.memory
        device.review("again", NOW + n * 20 * DAY)
        marks.append(marks_leech(before, device.standing.memory))
        assert device.standing.leech == (n >= 8)
        device.review("good", NOW + n * 20 * DAY)
    assert [n for n, marked in enumerate(marks, 1) if marked] == [8, 12]
    device.change("reset", NOW + 999 * DAY)
    assert not device.standing.leech


def test_todays_figures_count_reviews_of_cards_in_review() -> None:
    device = Device("a")
    device.review("easy", NOW)
    assert (device.standing.first, device.standing.asked) == (NOW.date(), None)
    later = NOW + 9 * DAY
    device.review("again", later)
    device.review("good", later + timedelta(minutes=10))
    assert (device.standing.asked, device.standing.times) == (later.date(), 1)
    device.undo(later)
    device.undo(later)
    assert device.standing.asked is None


def test_events_that_wait_for_each_other_still_count_once() -> None:
    a = Device("a")
    first, second = a.review("good", NOW), a.review("good", NOW + DAY)
    knot = [replace(first, on=second.id), second]
    assert ordered(knot) == ordered(reversed(knot))
    assert fold(knot, NAMED).memory.reps == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "new"},
        {"stability": None},
        {"difficulty": None},
        {"stability": 1e-4},
        {"stability": 1e10},
        {"step": -5},
        {"step": None},
        {"step": 10**9},
        {"state": "review"},
        {"due": None},
        {"due": datetime.max.replace(tzinfo=UTC)},
        {"reviewed": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))},
        {"day": None},
        {"day": date.min},
        {"reps": 10**30},
        {"lapses": -1},
        {"lapses": 2},
    ],
)
@pytest.mark.parametrize("lost", [True, False])
def test_a_state_that_no_review_leads_to_is_made_again(wrong: dict[str, object], lost: bool) -> None:
    event = Device("a").review("good", NOW)
    told = replace(event, at=NOW, state=replace(event.state, **wrong), **({"on": "gone", "nth": 1} if lost else {}))
    after = fold([told], NAMED).memory
    assert preview(after, KEY, NOW + DAY, RULES)
    assert after == event.state


def test_nobody_can_have_known_of_more_events_than_there_can_be() -> None:
    event = Device("a").review("good", NOW)
    assert fold([replace(event, on="gone", nth=2**53)], NAMED).events == 10**9 + 1


def test_who_names_the_event_before_knew_of_no_more_than_stand_there() -> None:
    device = Device("a")
    events = [device.review("good", NOW), device.review("good", NOW + DAY)]
    events[1] = replace(events[1], nth=7)
    assert fold(events, NAMED).events == 2


def test_of_two_events_with_one_id_the_first_counts() -> None:
    a, b = Device("a"), Device("b")
    mine, forged = a.review("good", NOW), b.review("again", NOW)
    forged = replace(forged, id=mine.id)
    assert fold([mine, forged], NAMED) == a.standing
    assert fold([forged, mine], NAMED) == replace(b.standing, tip=mine.id)


def test_what_undoes_cannot_be_undone() -> None:
    a = Device("a")
    a.review("good", NOW)
    a.undo(NOW)
    undone = a.standing
    a.happen(Undone, NOW, undoes=undone.tip)
    assert replace(a.standing, tip=None, events=0) == replace(undone, tip=None, events=0) == Standing()


def test_events_that_undo_each_other_do_nothing() -> None:
    a = Device("a")
    a.review("good", NOW)
    one = a.happen(Undone, NOW, undoes="a-3")
    a.happen(Undone, NOW, undoes=one.id)
    assert undone_by(a.known.values()) == set()
    assert a.standing.memory.reps == 1


def test_an_event_made_on_itself_counts_once() -> None:
    event = Device("a").review("good", NOW)
    knot = replace(event, on=event.id)
    assert ordered([knot, knot]) == [knot]
    assert fold([knot], NAMED).memory.reps == 1


def test_what_one_was_sure_of_and_wrong_is_known_until_a_reset_or_undone() -> None:
    device = Device("a")
    device.review("good", NOW)

    def erred() -> date | None:
        return fold(device.known.values(), NAMED).erred

    assert erred() is None
    device.review("again", NOW + DAY, confidence=CONFIDENT - 1)
    device.review("good", NOW + DAY, confidence=100)
    device.review("again", NOW + DAY, confidence=100, core=True)  # its core was said: incomplete is not wrong
    assert erred() is None
    device.review("again", NOW + 2 * DAY, confidence=CONFIDENT)
    assert erred() == (NOW + 2 * DAY).date()
    device.undo(NOW + 2 * DAY, 0)
    assert erred() is None
    device.review("again", NOW + 3 * DAY, confidence=100)
    device.change("reset", NOW + 4 * DAY)
    assert erred() is None


def test_it_is_asked_again_from_a_day_and_from_a_week_after_once_each() -> None:
    day = NOW.date()
    for last, on in (
        (0, [0, 1, 1, 1, 1, 1, 1, 1, 1]),
        (1, [0, 0, 0, 0, 0, 0, 0, 1, 1]),
        (6, [0, 0, 0, 0, 0, 0, 0, 1, 1]),
        (7, [0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ):
        standing = Standing(Memory("review", day=day + last * DAY), erred=day)
        assert [asked_again(standing, day + n * DAY) for n in range(9)] == [bool(one) for one in on]
    assert not asked_again(Standing(Memory("relearning", day=day), erred=day), day + DAY)
    assert not asked_again(Standing(Memory("review", day=day)), day + DAY)
