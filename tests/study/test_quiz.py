"""A quick quiz: which cards, in which order, what counts as missed, and what becomes a review."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.cards.card import Choice, Deck, Level
from quizapp.cards.load import load
from quizapp.memory.events import Given, Reviewed
from quizapp.memory.journal import CannotSave
from quizapp.memory.recorder import CannotUndo, Recorder
from quizapp.memory.schedule import Grade, Outcome, Rules
from quizapp.memory.standings import open_standings
from quizapp.study.quiz import Quiz, drawn, explained, went_by_deck
from quizapp.study.selection import Selection
from quizapp.texts import tell

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ONE = """
cards:
  - {id: yes-or-no, type: choice, level: basic, tags: [a, b], q: Q, choices: [{en: y, ok: true}, {en: n, why: No.}]}
  - {id: number, type: numeric, level: advanced, tags: [b], q: Q, answer: {value: 2, range: [2, 2]}}
  - {id: gaps, type: cloze, text: "{{c1::one}} {{c2::two}} {{c3::three}}", tags: [c]}
"""
TWO = "cards:\n" + "".join(f"  - {{id: w{i}, level: basic, q: Q{i}, a: A, points: [p, q]}}\n" for i in range(6))


@pytest.fixture
def decks(tmp_path: Path) -> list[Deck]:
    found = []
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.yaml").write_text(text)
        deck, faults = load(tmp_path / f"{name}.yaml")
        assert deck is not None and not faults
        found.append(deck)
    return found


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def ids(
    among: list[Deck], /, decks: tuple[str, ...] = (), levels: tuple[Level, ...] = (), tags: tuple[str, ...] = ()
) -> set[str]:
    return {card.id for card in Selection(decks, levels, tags).practised(among)}


def test_a_selection_leaves_what_fits_all_of_it(decks: list[Deck]) -> None:
    assert len(Selection().practised(decks)) == 11
    assert ids(decks, decks=("two",)) == {f"w{i}" for i in range(6)}
    assert ids(decks, levels=("basic",), decks=("one",)) == {"yes-or-no"}
    assert ids(decks, levels=("basic", "advanced"), tags=("b",)) == {"yes-or-no", "number"}
    assert ids(decks, tags=("a", "c")) == {"yes-or-no", "gaps"}
    assert ids(decks, decks=("none",)) == set()


def test_the_seed_decides_the_order_and_a_text_comes_once(decks: list[Deck]) -> None:
    cards = Selection().practised(decks)
    assert drawn(cards, 7) == drawn(reversed(cards), 7)
    assert len({tuple(card.key for card in drawn(cards, seed)) for seed in range(20)}) > 10
    first: Counter[str] = Counter()
    for seed in range(200):
        order = drawn(cards, seed)
        assert len(order) == 9 and sum(card.id == "gaps" for card in order) == 1
        first[order[0].key] += 1
    # Any card may come first, the gaps of one text three times as often as another.
    assert set(first) == {card.key for card in cards}
    assert sum(first[f"one/gaps:c{i}"] for i in (1, 2, 3)) > max(first[f"two/w{i}"] for i in range(6))


def quiz_of(decks: list[Deck], *wanted: str) -> Quiz:
    cards = {card.key: card for deck in decks for card in deck.cards}
    return Quiz([cards[key] for key in wanted], 3, NOW)


def test_what_could_be_judged_and_was_left_out_is_missed(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/number", "two/w0")
    quiz.reveal(NOW)
    missed = quiz.default
    assert missed == "again"
    quiz.grade(missed, at(1))
    quiz.reveal(at(1))
    unmarked = quiz.default
    assert unmarked is None  # only the reader can say
    assert quiz.answer is not None
    found = []
    for point in (0, 1):
        quiz.answer.tick(point)
        found.append(quiz.default)
    assert found == ["hard", "good"]  # the core of two, all of it
    quiz.grade("hard", at(5))
    assert quiz.card is None and [done.card.id for done in quiz.missed] == ["number"]
    assert [done.took_s for done in quiz.done] == [1, 4]


def test_a_right_answer_is_not_missed(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/yes-or-no", "one/number")
    assert quiz.answer is not None
    quiz.answer.pick(quiz.answer.order.index(0))
    quiz.reveal(NOW)
    quiz.grade(quiz.default or "easy", NOW)
    quiz.answer.typed = "3"
    quiz.reveal(NOW)
    quiz.grade(quiz.default or "easy", NOW)
    assert [done.grade for done in quiz.done] == ["good", "again"]


def test_how_each_deck_went_the_weakest_first(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/number", "two/w0", "two/w1")
    for grade in ("good", "again", "good"):
        quiz.reveal(NOW)
        quiz.grade(grade, NOW)
    assert [(card.deck, right, asked) for card, right, asked in went_by_deck(quiz.done)] == [
        ("two", 1, 2),
        ("one", 1, 1),
    ]


def test_no_grade_before_the_answer(decks: list[Deck]) -> None:
    with pytest.raises(ValueError, match="Reveal"):
        quiz_of(decks, "two/w0").grade("good", NOW)


def test_undo_asks_the_same_card_again(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/yes-or-no", "two/w1")
    assert quiz.undo(NOW) is None and quiz.answer is not None
    order = quiz.answer.order
    for _ in range(2):
        quiz.reveal(NOW)
        quiz.grade("again", NOW)
    assert quiz.card is None
    assert quiz.undo(NOW) is not None and quiz.undo(NOW) is not None
    assert quiz.card is not None and quiz.card.id == "yes-or-no" and not quiz.revealed and not quiz.done
    assert quiz.answer.order == order and not quiz.answer.chosen


def test_what_is_taken_back_is_asked_again_as_it_was_answered(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/number", "one/gaps:c1")
    for typed in ("3", "onee"):
        assert quiz.answer is not None
        quiz.answer.typed = typed
        quiz.reveal(NOW)
        if quiz.card is quiz.cards[0]:
            quiz.grade("again", NOW)
    answer = quiz.answer
    assert answer is not None
    answer.say(yes=True)
    quiz.conceal()  # the verdict that shows is what was done last
    assert quiz.card is quiz.cards[1] and not quiz.revealed
    assert (answer.typed, answer.counts, len(quiz.done)) == ("onee", None, 1)
    assert quiz.undo(NOW) is not None
    before = quiz.answer
    assert quiz.card is quiz.cards[0] and not quiz.revealed and before is not None and before.typed == "3"


def test_who_crams_judges_what_was_left_out(decks: list[Deck]) -> None:
    cards = {card.key: card for deck in decks for card in deck.cards}
    quiz = Quiz([cards["one/number"]], 3, NOW, cram=True)
    quiz.reveal(NOW)
    assert quiz.answer is not None and quiz.answer.left_out
    assert not quiz.judges and quiz.default is None
    quiz.answer.typed = "3"
    assert quiz.judges and quiz.default == "again"


def test_why_it_is_suggested_that_one_was_missed(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "two/w0")
    quiz.reveal(NOW)
    assert quiz.answer is not None and quiz.reason() is None
    quiz.answer.tick(1)
    found = [(quiz.default, str(quiz.reason()))]
    quiz.answer.tick(0)
    found.append((quiz.default, str(quiz.reason())))
    assert found == [("again", "Missed: the core point, a, is not ticked"), ("good", "None")]


def test_a_miss_is_explained_with_ones_own_places_and_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(
        "cards:\n"
        "  - {id: o, type: order, q: Q, items: [one, two, three]}\n"
        "  - {id: n, type: numeric, q: Q, answer: {value: 4, range: [4, 4]}, traps: [{value: 22, why: Joined.}]}\n"
        "  - {id: f, q: Q, a: A, points: [p, q, r]}\n"
    )
    deck, _ = load(tmp_path / "d.yaml")
    assert deck is not None
    order, number, free = (quiz.answer for quiz in (Quiz([card], 1, NOW) for card in deck.cards))
    assert order is not None and number is not None and free is not None
    for item in (1, 0, 2):
        order.pick(order.order.index(item))
    items = [block for block in explained(order, "en") if block.kind == "item"]
    assert [(one.place, one.text, one.right) for one in items] == [
        (1, "two", False),
        (2, "one", False),
        (3, "three", True),
    ]
    number.typed = "22"
    said = [block.text for block in explained(number, "en")]
    assert sum("Joined." in text for text in said) == 1 and "Usual mistakes" not in said
    free.tick(1)
    assert [block.right for block in explained(free, "en") if block.kind == "item"] == [False, True, False]


def test_what_counts_with_points_missed_comes_back_no_later(decks: list[Deck], recorder: Recorder) -> None:
    before = NOW - timedelta(days=30)
    first = recorder.review("two/w0", recorder.standings.preview("two/w0", before)["easy"], before)
    quiz = quiz_of(decks, "two/w0")
    assert quiz.answer is not None
    quiz.answer.tick(0)
    quiz.reveal(NOW)
    quiz.grade("hard", NOW)
    quiz.count(recorder, NOW)
    standing = recorder.standings.of("two/w0")
    assert standing.missed == NOW.date() and standing.memory.due is not None and first.state.due is not None
    assert standing.memory.due - NOW <= first.state.due - before


def test_counting_makes_every_card_a_review_once(decks: list[Deck], recorder: Recorder) -> None:
    quiz = quiz_of(decks, "one/number", "two/w1", "two/w2")
    given: tuple[tuple[Grade, str], ...] = (("again", "3"), ("good", ""), ("easy", ""))
    for grade, typed in given:
        assert quiz.answer is not None
        quiz.answer.typed = typed
        quiz.reveal(at(4))
        quiz.grade(grade, at(9))
    assert recorder.standings.all == {}
    quiz.count(recorder, at(10))
    quiz.count(recorder, at(11))
    assert {key: found.memory.reps for key, found in recorder.standings.all.items()} == {
        "one/number": 1,
        "two/w1": 1,
        "two/w2": 1,
    }
    last = recorder.standings.history("one/number")[-1]
    assert isinstance(last, Reviewed)
    assert (last.grade, last.typed, last.took_s) == ("again", "3", 9)


def test_what_was_missed_and_asked_again_counts_with_the_quiz_before_it(decks: list[Deck], recorder: Recorder) -> None:
    quiz = quiz_of(decks, "two/w0", "two/w1")
    for grade in ("again", "good"):
        quiz.reveal(NOW)
        quiz.grade(grade, NOW)
    again = quiz.retry(NOW)
    again.reveal(NOW)
    again.grade("good", NOW)
    assert [(one.right, one.asked) for one in again.scores] == [(1, 2), (1, 1)] and again.uncounted == 3
    again.count(recorder, NOW)
    grades = [
        [event.grade for event in recorder.standings.history(f"two/{id}") if isinstance(event, Reviewed)]
        for id in ("w0", "w1")
    ]
    assert grades == [["again", "good"], ["good"]] and again.uncounted == 0 == quiz.uncounted
    assert (again.counted, quiz.counted) == (3, 2)
    again.take_back(recorder, NOW)
    assert all(standing.memory.reps == 0 for standing in recorder.standings.all.values())
    assert (again.counted, again.uncounted) == (0, 3)
    again.count(recorder, NOW)
    assert [recorder.standings.of(f"two/{id}").memory.reps for id in ("w0", "w1")] == [2, 1] and again.counted == 3


def test_what_was_graded_again_since_it_was_counted_stays_a_review(decks: list[Deck], recorder: Recorder) -> None:
    quiz = quiz_of(decks, "two/w0", "two/w1")
    for _ in range(2):
        quiz.reveal(NOW)
        quiz.grade("good", NOW)
    quiz.count(recorder, NOW)
    recorder.review("two/w1", recorder.standings.preview("two/w1", NOW)["good"], NOW)
    with pytest.raises(CannotUndo):
        quiz.take_back(recorder, NOW)
    assert [recorder.standings.of(f"two/{id}").memory.reps for id in ("w0", "w1")] == [0, 2]
    assert (quiz.counted, quiz.uncounted) == (1, 1)
    quiz.count(recorder, NOW)
    assert recorder.standings.of("two/w0").memory.reps == 1 and quiz.uncounted == 0


def test_counting_goes_on_where_the_disk_refused(
    decks: list[Deck], recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = quiz_of(decks, "two/w0", "two/w1")
    for _ in range(2):
        quiz.reveal(NOW)
        quiz.grade("good", NOW)
    review, calls = recorder.review, list[str]()

    def refuses_once(key: str, outcome: Outcome, now: datetime, given: Given) -> Reviewed:
        calls.append(key)
        if len(calls) == 2:
            raise CannotSave(tell("common.one", it="The disk is full."))
        return review(key, outcome, now, given)

    monkeypatch.setattr(recorder, "review", refuses_once)
    with pytest.raises(CannotSave):
        quiz.count(recorder, NOW)
    assert quiz.counted == 1
    quiz.count(recorder, NOW)
    assert calls == ["two/w0", "two/w1", "two/w1"] and quiz.counted == 2
    assert [recorder.standings.of(key).memory.reps for key in ("two/w0", "two/w1")] == [1, 1]


def test_an_explanation_can_be_read_but_not_picked(decks: list[Deck]) -> None:
    quiz = quiz_of(decks, "one/yes-or-no")
    assert quiz.answer is not None and isinstance(quiz.card, Choice)
    quiz.answer.pick(quiz.answer.order.index(1))
    blocks = explained(quiz.answer, "en")
    assert not any(block.letter for block in blocks)
    wrong = next(block for block in blocks if block.kind == "choice" and block.index == 1)
    assert wrong.right is False and "your answer" in wrong.text
    assert "No." in blocks[blocks.index(wrong) + 1].text
    assert sum(block.kind == "choice" for block in blocks) == 2
    left = next(block for block in blocks if block.kind == "choice" and block.index == 0)
    assert left.right and "not picked" in left.text and "not picked" not in wrong.text
    quiz.answer.pick(quiz.answer.order.index(1))
    assert all(block.right is not False for block in explained(quiz.answer, "en"))  # left alone it is no mistake
    free = quiz_of(decks, "two/w0")
    assert free.answer is not None
    assert all(block.kind != "point" for block in explained(free.answer, "en"))


def test_what_is_asked_again_has_other_numbers(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(
        "cards: [{id: n, type: numeric, vary: {b: [3, 4]}, q: '{=b}?', answer: {value: 2**b}}]\n"
    )
    deck, _ = load(tmp_path / "d.yaml")
    assert deck is not None
    quiz = Quiz(deck.cards, 1, NOW)
    shown = quiz.card and quiz.card.drawn
    quiz.reveal(NOW)
    quiz.grade("again", NOW)
    again = quiz.retry(NOW).card
    assert shown and again is not None and again.drawn != shown
    later = Quiz(deck.cards, 1, NOW, turns=quiz.turns).card  # whatever its seed
    assert later is not None and later.drawn != again.drawn
