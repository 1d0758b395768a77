"""Expected recall on a day to come: its laws, over decks and memories of every kind."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Card, Deck
from quizapp.cards.load import load
from quizapp.memory.all_cards import ANSWER_S, PACE, AllCards, usual
from quizapp.memory.events import Given, Reviewed
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Grade, Memory, Rules, retrievability
from quizapp.memory.standings import Standings, open_standings
from quizapp.settings import Settings
from quizapp.study.code import outcomes_for
from quizapp.study.course import Load, Outset, outset, tomorrow
from quizapp.study.plan import FREE_DAYS, NEAR_RETENTION, STRETCH, SURE, NoDay, last_days
from quizapp.study.queue import waiting
from quizapp.study.readiness import Readiness, readiness
from quizapp.study.readiness_words import daily_work, left_out, pace, percent, question_line, remedy
from quizapp.words import same

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2026, 11, 24)
RULES = Rules()


def deck(folder: Path, name: str, cards: int) -> Deck:
    path = folder / f"{name}.yaml"
    path.write_text(
        "cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: A, tags: [t{i % 2}]}}\n" for i in range(cards))
    )
    found, faults = load(path)
    assert found is not None and not faults
    return found


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Card, ...]:
    return deck(tmp_path_factory.mktemp("decks"), "one", 40).cards


def seen(stability: float, difficulty: float, ago: int) -> Memory:
    """A card as it stands `ago` days after its last review, due when its recall is down to what is aimed at."""
    reviewed = NOW - timedelta(days=ago)
    due = reviewed.replace(hour=4) + timedelta(days=max(1, round(stability)))
    return Memory("review", None, stability, difficulty, due=due, reviewed=reviewed, day=reviewed.date(), reps=2)


memories = st.one_of(
    st.just(Memory()), st.builds(seen, st.floats(0.1, 200), st.floats(1, 10), st.integers(0, 60))
)  # fmt: skip
standing = st.lists(memories, min_size=1, max_size=12)
days = st.integers(0, 80)


WIDE = Settings(minutes_per_day=600)


def of(cards: tuple[Card, ...], memories: list[Memory], settings: Settings = WIDE) -> Outset:
    standings, pairs = Standings(Path("nowhere"), RULES), list(zip(cards, memories, strict=False))
    for card, memory in pairs:
        if memory != Memory():
            standings.known.put(card.key, Standing(memory))
    one = Deck("one", same("One"), Path("one.yaml"), tuple(card for card, _ in pairs), bundled=True)
    return outset([one], standings, settings, NOW)


def ready(start: Outset, ahead: int, settings: Settings = WIDE) -> Readiness:
    return readiness(start, DAY + timedelta(days=ahead), NOW, RULES, settings)


@settings(max_examples=60, deadline=None)
@given(standing, days)
def test_the_plan_never_leads_to_less_recall_than_stopping(
    cards: tuple[Card, ...], memories: list[Memory], ahead: int
) -> None:
    found = ready(of(cards, memories), ahead)
    for topic in (found.all, *found.decks, *found.tags):
        assert 0 <= topic.stop <= topic.plan + 1e-9 <= 1 + 1e-6
    for short in found.short:
        assert short.stop <= short.plan + 1e-9
        assert short.stop < RULES.retention
    assert [short.stop for short in found.short] == sorted(short.stop for short in found.short)


@settings(max_examples=40, deadline=None)
@given(standing, days)
def test_if_one_stops_it_is_the_recall_of_that_day_and_unseen_cards_count_as_none(
    cards: tuple[Card, ...], memories: list[Memory], ahead: int
) -> None:
    found = ready(of(cards, memories), ahead)
    expected = [retrievability(memory, found.interview, RULES) for memory in memories]
    assert found.all.stop == pytest.approx(sum(expected) / len(expected))
    assert found.all.unseen == memories.count(Memory())
    assert found.all.cards == len(memories)
    assert len(found.short) == sum(0 < recall < RULES.retention for recall in expected)


@given(standing)
def test_on_the_day_itself_nothing_more_is_planned(cards: tuple[Card, ...], memories: list[Memory]) -> None:
    found = ready(of(cards, memories), 0)
    assert found.all.plan == found.all.stop
    assert found.load == () and found.busiest is None and found.new_until is None
    assert found.new_a_day == 0 == found.reviews_a_day


@settings(max_examples=60, deadline=None)
@given(standing, st.integers(0, 25), st.integers(1, 60), st.integers(5, 60))
def test_it_begins_no_card_that_the_days_cannot_carry(
    cards: tuple[Card, ...], memories: list[Memory], unseen: int, ahead: int, minutes: int
) -> None:
    few = Settings(minutes_per_day=minutes)
    start = of(cards, [*memories, *[Memory()] * unseen], few)
    found = ready(start, ahead, few)
    for n, day in enumerate(found.load):
        assert day.new <= few.new_per_day
        if day.new > 1:
            assert day.minutes <= minutes + 1 / 60  # a second's rounding
        if day.new and n:
            assert n < ahead - FREE_DAYS
    assert found.load[0].new == 0 or ahead > FREE_DAYS or not start.seen
    begun = sum(day.new for day in found.load)
    assert begun + len(found.left) == found.all.unseen and found.all.left == len(found.left)
    assert found.left == start.path[begun:]
    more = ready(start, ahead, Settings(minutes_per_day=minutes + 5))
    assert ahead > 1 or len(more.left) <= len(found.left)


@settings(max_examples=30, deadline=None)
@given(standing, st.integers(1, 40))
def test_recall_if_one_stops_falls_with_every_day(cards: tuple[Card, ...], memories: list[Memory], ahead: int) -> None:
    found, later = ready(of(cards, memories), ahead), ready(of(cards, memories), ahead + 1)
    assert later.all.stop <= found.all.stop


def test_what_is_left_out_counts_as_nothing_and_is_said(cards: tuple[Card, ...]) -> None:
    few = Settings(minutes_per_day=5)
    found = ready(of(cards, [seen(9, 5, 3), *[Memory()] * 39], few), 9, few)
    assert found.all.left == len(found.left) == found.core.left > 20 and found.rest.cards == 0
    assert found.all.plan < 0.5 and found.below <= 40 - len(found.left)
    assert found.enough is not None
    assert str(remedy(found)) == f"Essentials need {found.enough} min a day; you have 5."
    blank = replace(found, decks=tuple(replace(one, left=one.cards) for one in found.decks))
    assert "By that day nothing is begun of: One." in map(str, left_out(blank))
    assert not any("nothing is begun" in str(one) for one in left_out(found))
    for minutes, left in ((found.enough, 0), (found.enough - 5, 1)):
        other = Settings(minutes_per_day=minutes)
        assert min(1, len(ready(of(cards, [seen(9, 5, 3), *[Memory()] * 39], other), 9, other).left)) == left
    assert ready(of(cards, [Memory()] * 40), 30).left == ()
    assert remedy(ready(of(cards, [Memory()] * 40), 30)) is None


def test_where_no_minutes_hold_all_of_the_core_those_are_said_that_leave_out_the_fewest(
    cards: tuple[Card, ...],
) -> None:
    memories, few = [seen(9, 5, 3), *[Memory()] * 39], Settings(minutes_per_day=5, new_per_day=5)
    found = ready(of(cards, memories, few), 9, few)
    assert found.enough is not None and 0 < found.never < found.core.left
    fewest = f"Not all essentials fit: {found.enough} min a day leave out the fewest, {found.never}; you have 5."
    assert str(remedy(found)) == fewest
    taken = Settings(minutes_per_day=found.enough, new_per_day=5)
    most = ready(of(cards, memories, taken), 9, taken)
    assert most.enough is None and most.never == most.core.left == found.never
    assert str(remedy(most)) == "Not all essentials fit, however many minutes a day you take."
    wider = Settings(minutes_per_day=600, new_per_day=5)
    assert ready(of(cards, memories, wider), 9, wider).core.left == found.never
    for late in (0, 1, 2):  # which is said already
        assert remedy(ready(of(cards, memories, few), late, few)) is None


def test_it_goes_by_what_the_queue_goes_by_while_the_interview_is_near(cards: tuple[Card, ...]) -> None:
    start = of(cards, [seen(9, 5, 0)] * 30)
    usual, near = ready(start, 31), ready(start, 30)
    assert near.retention == usual.retention == RULES.retention > NEAR_RETENTION  # that is what is wanted on the day
    assert sum(load.reviews for load in near.load[:-FREE_DAYS]) < sum(load.reviews for load in usual.load[:-FREE_DAYS])
    own = readiness(start, near.interview, NOW, Rules(retention=0.93), WIDE)
    assert sum(load.reviews for load in own.load) > sum(load.reviews for load in usual.load)


def test_the_last_days_sweep_up_the_weakest(cards: tuple[Card, ...]) -> None:
    resting = [replace(seen(12 + i, 5, 4), due=NOW + timedelta(days=40)) for i in range(40)]
    found = ready(of(cards, resting), 6)
    assert [round(load.reviews) for load in found.load[:4]] == [0] * 4
    weak = sum(retrievability(memory, found.interview, RULES) < SURE for memory in resting)
    assert 0 < weak < 40 and found.load[4].reviews == pytest.approx(weak)
    assert found.all.plan - found.all.stop > 0.03 * weak / 40
    brief = readiness(of(cards, resting), found.interview, NOW, RULES, replace(WIDE, minutes_per_day=5))
    swept = [load.reviews for load in brief.load[4:]]  # the second of these days has what the first had no room for
    assert max(load.minutes for load in brief.load) <= 5 * STRETCH
    assert swept[0] == 5 * STRETCH * 60 // ANSWER_S < weak <= sum(swept)


def test_overdue_cards_are_reviewed_today_and_those_due_on_the_day_on_the_eve_of_it(
    cards: tuple[Card, ...],
) -> None:
    overdue, on_the_day = seen(5, 5, 30), seen(12, 5, 2)
    found = ready(of(cards, [overdue, on_the_day]), 10)
    assert found.load[0].reviews == 1
    assert [short.card.id for short in found.short] == ["c0"]
    assert found.short[0].plan > 0.9 > found.short[0].stop
    again = ready(of(cards, [on_the_day]), 10)
    assert again.all.stop == pytest.approx(0.9)  # not due before, but swept up, once
    assert again.all.plan > 0.98 and [round(load.reviews) for load in again.load] == [0] * 8 + [1, 0]
    sure = ready(of(cards, [seen(90, 5, 2)]), 10)
    assert sure.all.plan == sure.all.stop > SURE and sum(load.reviews for load in sure.load) == 0


def test_topics_are_decks_and_tags_that_have_some_cards(cards: tuple[Card, ...]) -> None:
    two = replace(of(cards, [seen(9, 5, 3)]).decks[0], name="two", title=same("Two"))
    start = of(cards, [Memory()] * 11)
    found = ready(replace(start, decks=(*start.decks, two)), 20)
    assert [(topic.name, topic.cards, topic.unseen) for topic in found.decks] == [("one", 11, 11), ("two", 1, 0)]
    assert [(topic.name, topic.cards) for topic in found.tags] == [("t0", 7), ("t1", 5)]
    assert found.all.cards == 12


@pytest.mark.parametrize(("ahead", "says"), [(-1, "yesterday"), (-30, "30 days ago"), (5000, "at most")])
def test_a_date_that_is_past_or_far_away_is_said(cards: tuple[Card, ...], ahead: int, says: str) -> None:
    with pytest.raises(NoDay, match=says):
        ready(of(cards, [Memory()]), ahead)


def test_what_it_is_reckoned_by_is_said_and_comes_to_ones_own_pace_by_steps_that_frighten_nobody(
    tmp_path: Path,
) -> None:
    decks, recorder = [deck(tmp_path, "one", 40)], Recorder(open_standings(tmp_path / "home", rules=RULES))

    def after(answers: int) -> tuple[str, float]:
        while len(recorder.standings.pace) < answers:
            outcome = recorder.standings.preview("one/c0", NOW)["again"]
            recorder.review("one/c0", outcome, NOW, Given(took_s=4))
        found = readiness(outset(decks, recorder.standings, WIDE, NOW), DAY + timedelta(days=9), NOW, RULES, WIDE)
        return str(pace(found)), found.all.plan

    few, more, most = after(29), after(31), after(PACE)
    assert few[1] == pytest.approx(more[1], abs=0.03)
    assert more[0] == "Reckoned at 39 s an answer; the more you answer, the more it is your pace."
    assert most[0] == f"Reckoned at 4 s an answer, your pace in the last {PACE}."


def test_a_plan_moves_to_ones_own_pace_evenly_and_what_was_not_read_is_none() -> None:
    assert usual([]) == ANSWER_S and usual([9.0] * PACE) == 9
    by_steps = [usual([9.0] * n) for n in range(PACE + 1)]
    assert max(one - other for one, other in pairwise(by_steps)) < 0.5
    known = AllCards({})
    for took_s in (1.5, 9.0):
        known.count(Reviewed(1, "e", NOW, DAY, "d/c", None, 0, "good", Memory(), "fsrs6", took_s))
    assert list(known.pace) == [9.0]


def test_it_is_said_in_both_languages_what_the_plan_asks(cards: tuple[Card, ...]) -> None:
    def said(memories: list[Memory], ahead: int) -> str:
        found = daily_work(ready(of(cards, memories), ahead))
        assert all(said.words.en and said.words.zh and said.words.en != said.words.zh for said in found)
        return " ".join(map(str, found))

    assert said([Memory()] * 30, 12).startswith(
        f"New cards: 20 today, about 10 tomorrow, the last on {DAY + timedelta(days=1)}. All 30"
    )
    assert said([Memory()] * 7, 1).startswith("New cards: 7, all of them today. All 7 cards are begun in time. Rev")
    assert "Minutes: 16 a day on average" in said([Memory()] * 7, 1)
    assert said([seen(9, 5, 1), Memory()], 1).startswith("New cards: none, it is too late to begin one.")
    assert said([seen(5, 5, 30)], 9).startswith("New cards: none are left. Reviews: about 0 a day, at most 1 (")
    assert said([seen(0.2, 9, 0)], 1).endswith("Still below 90% on the day with the plan: 1 card.")
    assert said([Memory()], 0) == "The interview is today: nothing more is planned."


@pytest.mark.parametrize("left", [None, -3, 0, 1, 2, 3, 4, 9, 40])
def test_tomorrow_is_told_as_it_comes_once_today_is_done(tmp_path: Path, left: int | None) -> None:
    """Halfway through the day too; and by the plan as by the end of a sitting."""
    one, interview = deck(tmp_path, "one", 60), None if left is None else DAY + timedelta(days=left)
    own = Settings(interview=interview)
    recorder = Recorder(open_standings(tmp_path / "home", rules=RULES))

    def study(now: datetime, most: int = 99) -> None:
        waits = waiting([one], recorder.standings, now, own)
        for card in [*waits.learning, *(card for _, card in waits.later), *waits.due, *waits.new][:most]:
            for _ in range(1 + (recorder.standings.of(card.key).memory.state == "new")):
                recorder.review(card.key, outcomes_for(card, recorder.standings, now, own)["good"], now)

    def told(now: datetime) -> Load:
        return tomorrow(outset([one], recorder.standings, own, now), own, recorder.standings.rules, now)

    for n in range(6):
        now = NOW + timedelta(days=n)
        study(now, 3)
        halfway = told(now)
        start = outset([one], recorder.standings, own, now)
        if left is not None and left - n > 1:
            plan = readiness(start, DAY + timedelta(days=left), now, recorder.standings.rules, own)
            assert plan.load[1] == halfway
        study(now)
        waits = waiting([one], recorder.standings, now, own)
        assert not waits.counts().total
        comes = waiting([one], recorder.standings, now + timedelta(days=1), own)
        assert told(now).new == len(comes.new)
        if not last_days(own, comes.day):  # whose sweep also asks, a day early, what falls due on the last of them
            assert round(told(now).reviews) == len(comes.due)
        assert abs(halfway.new - len(comes.new)) <= 2 and told(now).day == comes.day
    recorder.close()


def test_what_keeps_cards_out_is_named_the_minutes_or_the_limit_of_new_cards(cards: tuple[Card, ...]) -> None:
    memories = [seen(9, 5, 3), *[Memory()] * 39]
    for own, limit in ((Settings(minutes_per_day=5), None), (Settings(minutes_per_day=600, new_per_day=2), 2)):
        found = ready(of(cards, memories, own), 9, own)
        assert found.left and found.limit == limit
        (said,) = [line for line in map(str, daily_work(found)) if line.startswith("Left out")]
        assert ("no day has room" in said) is (limit is None)
        assert ("2 new cards a day at most" in said) is (limit == 2)


def test_it_is_not_too_late_to_begin_a_card_where_a_limit_keeps_it_out(cards: tuple[Card, ...]) -> None:
    memories, own = [seen(9, 5, 3), *[Memory()] * 39], Settings(new_per_day=0)
    for ahead, late in ((2, True), (3, False), (30, False)):
        said = " ".join(map(str, daily_work(ready(of(cards, memories, own), ahead, own))))
        assert ("it is too late to begin one" in said) is late
        assert ("39 of them essential: you take 0 new cards a day at most" in said) is not late


def test_reviews_that_today_has_no_room_for_come_on_the_next_days(cards: tuple[Card, ...]) -> None:
    own = replace(WIDE, reviews_per_day=6)
    found = ready(of(cards, [seen(60, 5, 60)] * 20, own), 9, own)
    assert [round(load.reviews) for load in found.load[:4]] == [6, 6, 6, 2]


def test_where_no_code_is_asked_the_plan_has_none(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("cards:\n  - {id: a, q: Q, a: A}\n  - {id: b, type: code, q: W, code: kd_loss}\n")
    one, own = load(path)[0], Settings(code_cards=False)
    assert one is not None
    standings = Standings(Path("nowhere"), RULES)
    for card in one.cards:
        standings.known.put(card.key, Standing(seen(5, 5, 9)))
    found = ready(outset([one], standings, own, NOW), 9, own)
    assert found.load[0].reviews == 1 == found.all.cards and found.suspended == 0
    assert ready(outset([one], standings, Settings(), NOW), 9, Settings()).load[0].reviews == 2


def test_no_more_minutes_are_advised_where_all_of_the_core_is_begun(cards: tuple[Card, ...]) -> None:
    """Also where one was slower today than one is reckoned to be on the days to come."""
    own = Settings(minutes_per_day=60)
    start = of(cards, [seen(9, 5, 3), *[Memory()] * 39], own)
    slow = replace(start, room=replace(start.room, answer_s=4 * ANSWER_S))
    found = ready(slow, 9, own)
    assert not found.core.left and found.enough is None and not found.never


def test_the_minutes_that_would_do_are_the_same_all_day(tmp_path: Path) -> None:
    """However slow one is today: the advice that one took an hour ago holds."""
    path = tmp_path / "one.yaml"
    path.write_text("cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A, tier: core}}\n" for i in range(160)))
    one = load(path)[0]
    assert one is not None
    recorder, own = (
        Recorder(open_standings(tmp_path / "home", rules=RULES)),
        Settings(interview=DAY + timedelta(days=12)),
    )

    def enough() -> int | None:
        start = outset([one], recorder.standings, own, NOW)
        return readiness(start, DAY + timedelta(days=12), NOW, recorder.standings.rules, own).enough

    advised = enough()
    for card in waiting([one], recorder.standings, NOW, own).new:
        recorder.review(card.key, recorder.standings.preview(card.key, NOW)["good"], NOW, Given(took_s=400))
    assert advised is not None and enough() == advised
    assert outset([one], recorder.standings, own, NOW).later_s > ANSWER_S + 10
    recorder.close()


def test_what_is_expected_by_a_few_cards_is_called_a_guess(cards: tuple[Card, ...]) -> None:
    def said(seen_cards: int) -> str:
        found = ready(of(cards, [seen(5, 5, 1)] * seen_cards + [Memory()] * 20), 9)
        assert found.seen == seen_cards
        return " ".join(map(str, left_out(found)))

    assert "2 cards were asked so far: what you will recall is a guess." in said(2) and "guess" not in said(10)


def test_a_question_in_one_line_says_what_it_is_about(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(
        "cards:\n"
        "  - {id: a, q: 'What is **this** `x`,\n\n    and why?', a: A}\n"
        "  - {id: b, type: cloze, text: 'It is {{c1::max}} over'}\n"
    )
    found, _ = load(path)
    assert found is not None
    assert [question_line(card, "en") for card in found.cards] == ["What is this x, and why?", "It is […] over"]


def test_a_share_is_rounded_down() -> None:
    assert [percent(recall) for recall in (0, 0.8999, 0.9, 0.29, 1.0)] == ["0%", "89%", "90%", "29%", "100%"]


def test_no_cards_at_all() -> None:
    found = ready(of((), []), 9)
    assert found.all.cards == 0 and found.short == () and found.reviews_a_day == 0


def test_subjects_leave_out_suspended_cards_and_count_them(tmp_path: Path) -> None:
    one = deck(tmp_path, "one", 4)
    recorder = Recorder(open_standings(tmp_path / "home", rules=RULES))
    recorder.review("one/c0", recorder.standings.preview("one/c0", NOW)["good"], NOW)
    recorder.change("one/c1", "suspended", NOW)
    start = outset([one], recorder.standings, WIDE, NOW)
    (found,) = start.decks
    assert [card.id for card, _ in found.cards] == ["c0", "c2", "c3"] and found.suspended == 1
    assert [card.id for card in start.path] == ["c2", "c3"] and not start.seen and start.room.begun == 1
    assert found.cards[0][1].state == "learning"
    assert ready(start, 5).suspended == 1


def test_the_queue_gives_what_the_plan_says(tmp_path: Path) -> None:
    """Each morning the plan, made anew, says of the day what the queue gives: by chance it goes as it goes."""
    decks, few = [deck(tmp_path, "one", 25), deck(tmp_path, "two", 9)], Settings(minutes_per_day=15)
    recorder = Recorder(open_standings(tmp_path / "home", rules=RULES))
    interview, ahead = DAY + timedelta(days=8), replace(few, interview=DAY + timedelta(days=8))
    for n in range(8):
        now = NOW + timedelta(days=n)
        start = outset(decks, recorder.standings, ahead, now)
        today = readiness(start, interview, now, RULES, ahead).load[0]
        waits = waiting(decks, recorder.standings, now, ahead)
        assert (today.new, round(today.reviews)) == (len(waits.new), len(waits.due))
        for i, card in enumerate((*waits.due, *waits.new)):
            grades: list[Grade] = ["good", "easy", "good", "hard"] if card in waits.due else ["easy"]
            outcome = outcomes_for(card, recorder.standings, now, ahead)[grades[i % len(grades)]]
            recorder.review(card.key, outcome, now)
    assert len(recorder.standings.all) > 20


def test_of_tomorrow_it_says_what_the_end_of_a_sitting_says(tmp_path: Path) -> None:
    decks, settings = [deck(tmp_path, "one", 60)], Settings(minutes_per_day=25, interview=DAY + timedelta(days=9))
    recorder = Recorder(open_standings(tmp_path / "home", rules=RULES))
    for card in waiting(decks, recorder.standings, NOW, replace(settings, minutes_per_day=90, new_per_day=30)).new:
        recorder.review(card.key, recorder.standings.preview(card.key, NOW)["easy"], NOW, Given(took_s=20))
    tomorrow = waiting(decks, recorder.standings, NOW + timedelta(days=1), settings)
    interview = DAY + timedelta(days=9)
    plan = readiness(outset(decks, recorder.standings, settings, NOW), interview, NOW, RULES, settings).load
    assert plan[1].new == len(tomorrow.new) > 5
