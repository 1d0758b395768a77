from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizapp.cards.card import Card, Deck
from quizapp.cards.load import load
from quizapp.memory.all_cards import ANSWER_S, usual
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Memory, Rules, retrievability
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.plan import KEPT, NEW_TAKES, STRETCH, SURE, SWEEP
from quizapp.study.queue import Counts, counts, next_card, waiting

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = Settings(minutes_per_day=600)  # so that the numbers of cards are what bounds a day


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


def test_one_deck_after_the_other_up_to_the_limit_of_all_together(tmp_path: Path, recorder: Recorder) -> None:
    decks = [deck(tmp_path, "one", 3), deck(tmp_path, "two", 2)]
    four = msgspec.structs.replace(SETTINGS, new_per_day=4)
    asked = []
    assert len(waiting(decks, recorder.standings, NOW, four).new) == 4
    while waits := waiting(decks, recorder.standings, NOW, four).new:
        asked.append(waits[0].key)
        grade(recorder, waits[0].key, "easy")
    assert asked == ["one/c0", "one/c1", "one/c2", "two/c0"]


@pytest.mark.parametrize("mine", [1, 30])
def test_cards_of_ones_own_keep_their_place_whatever_else_is_begun(
    tmp_path: Path, recorder: Recorder, mine: int
) -> None:
    """As many as `KEPT`, also on a day that is full of what came with it; each takes one of these places."""
    own, came = deck(tmp_path, "own", mine), msgspec.structs.replace(deck(tmp_path, "came", 40), bundled=True)
    day = Settings(minutes_per_day=25)

    def begun(decks: list[Deck]) -> list[str]:
        return [card.key for card in waiting(decks, recorder.standings, NOW, day).new]

    first = begun([own, came])
    assert first[:mine] == [card.key for card in own.cards[: len(first)]]
    while others := begun([came]):
        grade(recorder, others[0], "easy")
    left = begun([own, came])
    assert left == [card.key for card in own.cards[:KEPT]]
    while left:
        grade(recorder, left[0], "easy")
        assert begun([own, came]) == left[1:]
        left = left[1:]
    full = msgspec.structs.replace(day, new_per_day=0)
    assert waiting([own, came], recorder.standings, NOW + timedelta(days=9), full).new == ()


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
    grade(recorder, "one/c0", "again")
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    assert ids(waits.learning) == [] and len(waits.later) == 1
    card = next_card(waits, NOW, SETTINGS)
    assert card is not None and card.id == "c1"
    grade(recorder, "one/c1", "easy")
    card = next_card(waiting([one], recorder.standings, NOW, SETTINGS), NOW, SETTINGS, last="one/c1")
    assert card is not None and card.id == "c0"
    waits = waiting([one], recorder.standings, NOW, SETTINGS)
    card = next_card(waits, NOW, SETTINGS, last="one/c0")  # also where it is the one just asked: its button said so
    assert card is not None and card.id == "c0"
    due = NOW + timedelta(minutes=15)
    card = next_card(waiting([one], recorder.standings, due, SETTINGS), due, SETTINGS, last="one/c0")
    assert card is not None and card.id == "c0"
    impatient = msgspec.structs.replace(SETTINGS, learn_ahead_minutes=0)
    assert next_card(waiting([one], recorder.standings, NOW, impatient), NOW, impatient) is None


def test_ten_minutes_are_ten_minutes(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 5)
    for i in range(5):
        grade(recorder, f"one/c{i}", "good")
    soon = NOW + timedelta(minutes=1)
    assert next_card(waiting([one], recorder.standings, soon, SETTINGS), soon, SETTINGS, last="one/c4") is None
    later = NOW + timedelta(minutes=10)
    card = next_card(waiting([one], recorder.standings, later, SETTINGS), later, SETTINGS, last="one/c4")
    assert card is not None and card.id == "c0"


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


def test_the_limits_are_of_the_day_and_each_deck_has_its_share(tmp_path: Path, recorder: Recorder) -> None:
    decks = [deck(tmp_path, "one", 3), deck(tmp_path, "two", 3)]
    few = msgspec.structs.replace(SETTINGS, new_per_day=4, reviews_per_day=1)

    def shares(now: datetime) -> tuple[Counts, Counts]:
        each, total = counts(decks, recorder.standings, now, few)
        assert each["one"] + each["two"] == total == waiting(decks, recorder.standings, now, few).counts()
        return each["one"], each["two"]

    assert shares(NOW) == (Counts(new=3), Counts(new=1))
    grade(recorder, "two/c0", "easy")
    assert shares(NOW) == (Counts(new=3), Counts(done=1))
    assert ids(waiting(decks[1:], recorder.standings, NOW, few).new) == ["c1", "c2"]  # studied by itself
    grade(recorder, "one/c0", "easy")
    later = NOW + timedelta(days=60)
    assert sorted(share.due for share in shares(later)) == [0, 1]
    grade(recorder, waiting(decks, recorder.standings, later, few).due[0].key, "good", later)  # the day's only review
    assert [share.due for share in shares(later)] == [0, 0]


def test_of_a_deck_the_basic_cards_come_first(tmp_path: Path, recorder: Recorder) -> None:
    path = tmp_path / "d.yaml"
    levels = ("advanced", "intermediate", "basic", "basic")
    path.write_text(
        "cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A, level: {level}}}\n" for i, level in enumerate(levels))
    )
    one, _ = load(path)
    assert one is not None
    assert ids(waiting([one], recorder.standings, NOW, SETTINGS).new) == ["c2", "c3", "c1", "c0"]


def test_new_cards_are_as_many_as_the_minutes_leave_after_the_reviews(tmp_path: Path, recorder: Recorder) -> None:
    decks = [deck(tmp_path, "one", 30), deck(tmp_path, "two", 30)]
    quarter = Settings(minutes_per_day=15)
    fits = 15 * 60 // (NEW_TAKES * ANSWER_S)
    assert fits == 6
    assert waiting(decks, recorder.standings, NOW, quarter).counts().new == fits
    for i in range(7):
        grade(recorder, f"two/c{i}", "easy", NOW - timedelta(days=60))
    waits = waiting(decks, recorder.standings, NOW, quarter).counts()
    assert (waits.due, waits.new) == (7, (15 * 60 - 7 * ANSWER_S) // (NEW_TAKES * ANSWER_S)) == (7, 4)
    for key in ("two/c0", "two/c1", "one/c0", "one/c1"):
        grade(recorder, key, "again" if key == "two/c1" else "good")
        done = waiting(decks, recorder.standings, NOW, quarter)
        assert len(done.new) == 4 - sum(key in recorder.standings.all for key in ("one/c0", "one/c1"))
    assert len(waiting(decks[:1], recorder.standings, NOW, quarter).new) == 4  # its own reviews are none
    tomorrow = NOW + timedelta(days=1)
    for i in range(2, 25):
        grade(recorder, f"one/c{i}", "easy", NOW - timedelta(days=40))
    waits = waiting(decks, recorder.standings, tomorrow, quarter).counts()
    assert waits.due > 20 and waits.new == 1  # never none, else the path would stand still
    grade(recorder, "one/c29", "easy", tomorrow)
    assert waiting(decks, recorder.standings, tomorrow, quarter).counts().new == 0


def test_the_pace_of_the_days_before_says_how_long_an_answer_takes(tmp_path: Path, recorder: Recorder) -> None:
    one, quarter = deck(tmp_path, "one", 60), Settings(minutes_per_day=15, new_per_day=99)
    for i in range(30):
        recorder.review(
            f"one/c{i}",
            recorder.standings.preview(f"one/c{i}", NOW)["easy"],
            NOW,
            Given(took_s=10),
        )
        assert waiting([one], recorder.standings, NOW, quarter).counts().new == max(0, 6 - i - 1)  # as the day began
    tomorrow = NOW + timedelta(days=1)
    assert (
        waiting([one], recorder.standings, tomorrow, quarter).counts().new
        == 15 * 60 // (NEW_TAKES * round(usual([10] * 30)))
        == 7
    )


@pytest.mark.parametrize("left", [2, 1, 0])
def test_nothing_is_begun_that_could_not_come_back_before_the_interview(
    tmp_path: Path, recorder: Recorder, left: int
) -> None:
    one, day = deck(tmp_path, "one", 30), NOW.date()
    near = Settings(interview=day + timedelta(days=left))
    begun = len(waiting([one], recorder.standings, NOW, near).new)
    assert begun > 1  # where nothing was ever seen, late is better than never
    grade(recorder, "one/c0", "easy")
    assert len(waiting([one], recorder.standings, NOW, near).new) == begun - 1
    grade(recorder, "one/c20", "easy", NOW - timedelta(days=40))
    assert waiting([one], recorder.standings, NOW, near).new == ()
    for interview in (day + timedelta(days=3), day - timedelta(days=1)):
        assert waiting([one], recorder.standings, NOW, Settings(interview=interview)).new


def test_what_one_was_sure_of_and_wrong_comes_first_a_day_and_a_week_later(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 6)
    for key in ("one/c0", "one/c1", "one/c2"):
        for _ in range(3):  # far away by now
            grade(recorder, key, "easy")
    for key, sure in (("one/c0", 95), ("one/c1", 50)):
        recorder.review(key, recorder.standings.preview(key, NOW)["again"], NOW, Given(confidence=sure))
        grade(recorder, key, "easy", NOW + timedelta(minutes=11))

    def due(days: int) -> list[str]:
        found = waiting([one], recorder.standings, NOW + timedelta(days=days), SETTINGS)
        assert counts([one], recorder.standings, NOW + timedelta(days=days), SETTINGS)[1].due == len(found.due)
        return ids(found.due)

    assert due(0) == []
    assert due(1)[0] == "c0" and due(3)[0] == "c0"  # until it is asked
    was = due(1)
    grade(recorder, "one/c0", "easy", NOW + timedelta(days=1))
    assert due(1) == was[1:] and "c0" not in due(6)
    assert due(7)[0] == "c0"
    grade(recorder, "one/c0", "easy", NOW + timedelta(days=7))
    assert "c0" not in due(8)


@pytest.mark.parametrize("minutes", [90, 10])
def test_the_last_two_days_ask_the_weakest_first_and_each_once(
    tmp_path: Path, recorder: Recorder, minutes: int
) -> None:
    """As many as a day has, but no day takes more than `STRETCH` times its minutes for what is not due."""
    most = min(SWEEP, int(minutes * 60 * STRETCH) // ANSWER_S)
    one, day = deck(tmp_path, "one", 90), NOW.date()
    for i, card in enumerate(one.cards):
        then = NOW - timedelta(days=3)
        memory = Memory("review", None, 8 + i / 5, 5.0, NOW + timedelta(days=30), then, then.date(), 2)
        standing = recorder.standings.of(card.key)
        recorder.standings.known.put(card.key, msgspec.structs.replace(standing, memory=memory, first=then.date()))

    def recall(card: Card) -> float:
        return retrievability(recorder.standings.of(card.key).memory, day + timedelta(days=2), Rules())

    ahead = Settings(interview=day + timedelta(days=2), minutes_per_day=minutes)
    due = waiting([one], recorder.standings, NOW, Settings()).due
    waits = waiting([one], recorder.standings, NOW, ahead)
    assert not due and 0 < len(waits.due) <= most
    assert [recall(card) for card in waits.due] == sorted(recall(card) for card in waits.due)
    weakest = sorted(recall(card) for card in one.cards if recall(card) < SURE)[:most]
    assert [recall(card) for card in waits.due] == weakest
    for place, card in enumerate(waits.due):
        assert waiting([one], recorder.standings, NOW, ahead).due == waits.due[place:]
        grade(recorder, card.key, "good")
    assert waiting([one], recorder.standings, NOW, ahead).due == ()
    again = waiting([one], recorder.standings, NOW + timedelta(days=1), ahead).due
    assert not {card.key for card in again} & {card.key for card in waits.due}
