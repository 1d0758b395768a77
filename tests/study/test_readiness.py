"""Expected recall on a day to come: its laws, over decks and memories of every kind."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Card, Deck
from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Memory, Rules, retrievability
from quizapp.memory.standings import open_standings
from quizapp.study.plan import FREE_DAYS, NoDay
from quizapp.study.readiness import Readiness, Subject, readiness, subjects
from quizapp.study.readiness_words import daily_work, percent, question_line
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


def of(cards: tuple[Card, ...], memories: list[Memory], begun: int = 0) -> list[Subject]:
    pairs = tuple(zip(cards, memories, strict=False))
    return [Subject("one", same("One"), pairs, begun)]


def ready(subjects: list[Subject], ahead: int) -> Readiness:
    return readiness(subjects, DAY + timedelta(days=ahead), NOW, RULES)


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


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(1, 60))
def test_every_card_is_begun_before_the_last_days_and_more_days_need_no_more_a_day(
    cards: tuple[Card, ...], unseen: int, ahead: int
) -> None:
    new = of(cards, [Memory()] * unseen)
    found, later = ready(new, ahead), ready(new, ahead + 1)
    assert sum(load.new for load in found.load) == unseen
    assert all(load.new == 0 for load in found.load[max(1, ahead - FREE_DAYS) :])
    assert later.new_a_day <= found.new_a_day
    assert [load.new for load in found.load] == sorted((load.new for load in found.load), reverse=True)


@settings(max_examples=30, deadline=None)
@given(standing, st.integers(1, 40))
def test_recall_if_one_stops_falls_with_every_day(cards: tuple[Card, ...], memories: list[Memory], ahead: int) -> None:
    found, later = ready(of(cards, memories), ahead), ready(of(cards, memories), ahead + 1)
    assert later.all.stop <= found.all.stop


def test_more_study_today_shows_as_fewer_new_cards_to_come_but_the_same_day(cards: tuple[Card, ...]) -> None:
    before = ready(of(cards, [Memory()] * 30), 12)
    after = ready(of(cards, [seen(2.3, 2.1, 0)] * 2 + [Memory()] * 28, begun=2), 12)
    assert before.load[0].new == 3 and after.load[0].new == 1
    assert [load.new for load in before.load[1:]] == [load.new for load in after.load[1:]]


def test_overdue_cards_are_reviewed_today_and_those_due_on_the_day_are_not(cards: tuple[Card, ...]) -> None:
    overdue, on_the_day = seen(5, 5, 30), seen(12, 5, 2)
    found = ready(of(cards, [overdue, on_the_day]), 10)
    assert found.load[0].reviews == 1
    assert [short.card.id for short in found.short] == ["c0"]
    assert found.short[0].plan > 0.9 > found.short[0].stop
    again = ready(of(cards, [on_the_day]), 10)
    assert again.all.plan == again.all.stop and sum(load.reviews for load in again.load) == 0


def test_topics_are_decks_and_tags_that_have_some_cards(cards: tuple[Card, ...]) -> None:
    pairs = tuple((card, Memory()) for card in cards[:11])
    two = replace(of(cards, [seen(9, 5, 3)])[0], name="two", title=same("Two"))
    found = ready([Subject("one", same("One"), pairs), two], 20)
    assert [(topic.name, topic.cards, topic.unseen) for topic in found.decks] == [("one", 11, 11), ("two", 1, 0)]
    assert [(topic.name, topic.cards) for topic in found.tags] == [("t0", 7), ("t1", 5)]
    assert found.all.cards == 12


@pytest.mark.parametrize(("ahead", "says"), [(-1, "yesterday"), (-30, "30 days ago"), (5000, "at most")])
def test_a_date_that_is_past_or_far_away_is_said(cards: tuple[Card, ...], ahead: int, says: str) -> None:
    with pytest.raises(NoDay, match=says):
        ready(of(cards, [Memory()]), ahead)


def test_it_is_said_in_both_languages_what_the_plan_asks(cards: tuple[Card, ...]) -> None:
    def said(memories: list[Memory], ahead: int) -> str:
        found = daily_work(ready(of(cards, memories), ahead))
        assert all(said.words.en and said.words.zh and said.words.en != said.words.zh for said in found)
        return " ".join(map(str, found))

    assert said([Memory()] * 30, 12).startswith(f"New cards: 3 today, 3 a day until {DAY + timedelta(days=9)}, none")
    assert said([Memory()] * 7, 1).startswith("New cards: 7, all of them today. Reviews: none fall due")
    assert said([seen(5, 5, 30)], 9).startswith("New cards: none are left. Reviews: 1 today")
    assert said([seen(0.2, 9, 0)], 1).endswith("Still below 90% on the day with the plan: 1 card.")
    assert said([Memory()], 0) == "The interview is today: nothing more is planned."


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
    found = readiness([], DAY + timedelta(days=9), NOW, RULES)
    assert found.all.cards == 0 and found.short == () and found.reviews_a_day == 0


def test_subjects_leave_out_suspended_cards_and_count_them(tmp_path: Path) -> None:
    one = deck(tmp_path, "one", 4)
    recorder = Recorder(open_standings(tmp_path / "home", rules=RULES))
    recorder.review("one/c0", recorder.standings.preview("one/c0", NOW)["good"], NOW)
    recorder.change("one/c1", "suspended", NOW)
    (found,) = subjects([one], recorder.standings, DAY)
    assert [card.id for card, _ in found.cards] == ["c0", "c2", "c3"]
    assert (found.begun, found.suspended) == (1, 1)
    assert found.cards[0][1].state == "learning"
    assert readiness([found], DAY + timedelta(days=5), NOW, RULES).suspended == 1
