from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizapp.cards.card import Card, Deck
from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.queue import Counts, counts, next_card, waiting

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = Settings()


def deck(tmp_path: Path, name: str, cards: int) -> Deck:
    path = tmp_path / f"{name}.yaml"
    path.write_text("cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: Answer}}\n" for i in range(cards)))
    found, faults = load(path)
    assert found is not None and not faults
    return found


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def grade(recorder: Recorder, key: str, grade: Grade, now: datetime = NOW) -> None:
    recorder.review(key, recorder.standings.preview(key, now)[grade], now)


def ids(cards: Iterable[Card]) -> list[str]:
    return [card.id for card in cards]


def test_new_cards_come_in_the_decks_order_up_to_the_days_limit(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 30)
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    assert ids(waits.new) == [f"c{i}" for i in range(20)]
    assert waits.counts() == Counts(new=20)
    for i in range(5):
        grade(recorder, f"one/c{i}", "easy")
    assert ids(waiting([one], recorder.standings, NOW, SETTINGS).new) == [f"c{i}" for i in range(5, 20)]
    tomorrow = NOW + timedelta(days=1)
    assert len(waiting([one], recorder.standings, tomorrow, SETTINGS).new) == 20


def test_decks_take_turns_up_to_the_limit_of_all_together(tmp_path: Path, recorder: Recorder) -> None:
    waits = waiting(
        [deck(tmp_path, "one", 3), deck(tmp_path, "two", 2)],
        recorder.standings,
        NOW,
        msgspec.structs.replace(SETTINGS, new_per_day=4),
    )
    assert [card.key for card in waits.new] == ["one/c0", "two/c0", "one/c1", "two/c1"]


def test_decks_go_on_taking_turns_while_one_studies(tmp_path: Path, recorder: Recorder) -> None:
    decks = [deck(tmp_path, "one", 3), deck(tmp_path, "two", 2)]
    asked = []
    while waits := waiting(decks, recorder.standings, NOW, SETTINGS).new:
        asked.append(waits[0].key)
        grade(recorder, waits[0].key, "easy")
    assert asked == ["one/c0", "two/c0", "one/c1", "two/c1", "one/c2"]


def test_one_gap_of_a_text_a_day(tmp_path: Path, recorder: Recorder) -> None:
    (tmp_path / "d.yaml").write_text(
        'cards:\n  - {id: gaps, type: cloze, text: "{{c1::a}} {{c2::b}} {{c3::c}}"}\n  - {id: c, q: Q, a: A}\n'
    )
    found, _ = load(tmp_path / "d.yaml")
    assert found is not None

    def waits(now: datetime) -> list[str]:
        found_now = waiting([found], recorder.standings, now, SETTINGS)
        return [card.key for card in (*found_now.due, *found_now.new)]

    tomorrow, later = NOW + timedelta(days=1), NOW + timedelta(days=90)
    assert waits(NOW) == ["d/gaps:c1", "d/c"]
    grade(recorder, "d/gaps:c1", "easy")
    assert waits(NOW) == ["d/c"]
    assert waits(tomorrow) == ["d/gaps:c2", "d/c"]
    assert waits(later) == ["d/gaps:c1", "d/c"]  # the one that is due, before those that are new
    grade(recorder, "d/gaps:c2", "again", tomorrow)
    assert waits(tomorrow) == ["d/c"] == waits(tomorrow + timedelta(days=1))  # in learning, until it is known


def test_learning_before_due_before_new(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 4)
    grade(recorder, "one/c0", "easy", NOW - timedelta(days=60))
    grade(recorder, "one/c1", "again", NOW - timedelta(minutes=5))
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    assert (ids(waits.learning), ids(waits.due), ids(waits.new)) == (["c1"], ["c0"], ["c2", "c3"])
    card = next_card(waits, NOW, SETTINGS)
    assert card is not None and card.id == "c1"
    card = next_card(waits, NOW, SETTINGS, last="one/c1")
    assert card is not None and card.id == "c0"


def test_a_learning_card_waits_its_step_unless_nothing_else_is_left(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 2)
    grade(recorder, "one/c0", "hard")
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    assert ids(waits.learning) == [] and len(waits.later) == 1
    card = next_card(waits, NOW, SETTINGS)
    assert card is not None and card.id == "c1"
    grade(recorder, "one/c1", "easy")
    card = next_card(waiting([one], recorder.standings, NOW, SETTINGS), NOW, SETTINGS, last="one/c1")
    assert card is not None and card.id == "c0"
    impatient = msgspec.structs.replace(SETTINGS, learn_ahead_minutes=0)
    assert next_card(waiting([one], recorder.standings, NOW, impatient), NOW, impatient) is None


def test_reviews_keep_to_the_days_limit_and_their_order(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 8)
    for i in range(8):
        grade(recorder, f"one/c{i}", "easy", NOW - timedelta(days=60))
    few = msgspec.structs.replace(SETTINGS, reviews_per_day=3)
    first = ids(waiting([one], recorder.standings, NOW, few).due)
    assert len(first) == 3
    assert ids(waiting([one], recorder.standings, NOW, SETTINGS).due) != [f"c{i}" for i in range(8)]
    grade(recorder, f"one/{first[0]}", "good")
    assert ids(waiting([one], recorder.standings, NOW, few).due) == first[1:]


def test_suspended_and_buried_cards_do_not_wait(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 3)
    recorder.change("one/c0", "suspended", NOW)
    recorder.change("one/c1", "buried", NOW)
    assert ids(waiting([one], recorder.standings, NOW, SETTINGS).new) == ["c2"]
    assert ids(waiting([one], recorder.standings, NOW + timedelta(days=1), SETTINGS).new) == ["c1", "c2"]


def test_a_review_by_a_clock_a_year_ahead_does_not_hide_a_card_for_a_year(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 1)
    grade(recorder, "one/c0", "good", NOW + timedelta(days=365))
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    assert ids(waits.learning) == ["c0"]


def test_the_limits_hold_for_all_decks_together_as_for_each(tmp_path: Path, recorder: Recorder) -> None:
    one, two = deck(tmp_path, "one", 3), deck(tmp_path, "two", 3)
    few = msgspec.structs.replace(SETTINGS, new_per_day=3, reviews_per_day=1)
    assert ids(waiting([one, two], recorder.standings, NOW, few).new) == ["c0", "c0", "c1"]
    grade(recorder, "one/c0", "easy")
    each, total = counts([one, two], recorder.standings, NOW, few)
    assert (each["one"].new, each["two"].new, total.new, total.done) == (2, 3, 2, 1)
    assert total == waiting([one, two], recorder.standings, NOW, few).counts()
    grade(recorder, "two/c0", "easy")
    later = NOW + timedelta(days=60)
    each, total = counts([one, two], recorder.standings, later, few)
    assert (each["one"].due, each["two"].due, total.due) == (1, 1, 1)
    assert total == waiting([one, two], recorder.standings, later, few).counts()
    grade(recorder, "one/c0", "good", later)  # the day's only review
    each, total = counts([one, two], recorder.standings, later, few)
    assert (each["one"].due, each["two"].due, total.due) == (0, 1, 0)
    assert total == waiting([one, two], recorder.standings, later, few).counts()


def test_of_a_deck_the_basic_cards_come_first(tmp_path: Path, recorder: Recorder) -> None:
    path = tmp_path / "d.yaml"
    levels = ("advanced", "intermediate", "basic", "basic")
    path.write_text(
        "cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A, level: {level}}}\n" for i, level in enumerate(levels))
    )
    one, _ = load(path)
    assert one is not None
    assert ids(waiting([one], recorder.standings, NOW, SETTINGS).new) == ["c2", "c3", "c1", "c0"]


def test_the_plan_says_how_many_new_cards_while_the_interview_lies_ahead(tmp_path: Path, recorder: Recorder) -> None:
    one, two = deck(tmp_path, "one", 30), deck(tmp_path, "two", 3)
    ready = msgspec.structs.replace(SETTINGS, follow_plan=True, interview=(NOW + timedelta(days=12)).date())
    assert waiting([one, two], recorder.standings, NOW, ready).counts() == Counts(new=3 + 1)  # over 12 - 2 days
    grade(recorder, "one/c0", "easy")
    assert waiting([one], recorder.standings, NOW, ready).counts() == Counts(
        new=2, done=1
    )  # the day's plan stays while one follows it
    tomorrow = NOW + timedelta(days=1)
    assert waiting([one], recorder.standings, tomorrow, ready).counts().new == 4  # 29 over 9 days
    on_the_day = NOW + timedelta(days=12)
    assert waiting([one], recorder.standings, on_the_day, ready).counts().new == SETTINGS.new_per_day
    for settings in (
        msgspec.structs.replace(ready, follow_plan=False),
        msgspec.structs.replace(ready, interview=None),
    ):
        assert waiting([one], recorder.standings, tomorrow, settings).counts().new == SETTINGS.new_per_day


def test_following_the_plan_every_card_is_begun_before_the_last_two_days(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 23)
    interview = NOW + timedelta(days=9)
    ready = msgspec.structs.replace(SETTINGS, follow_plan=True, interview=interview.date())
    begun = []
    for day in range(9):
        now = NOW + timedelta(days=day)
        new = waiting([one], recorder.standings, now, ready).new
        for card in new:
            grade(recorder, card.key, "easy", now)
        begun.append(len(new))
    assert begun == [4, 4, 3, 3, 3, 3, 3, 0, 0]
