"""An answer while it is given: moving items, what is kept, and the grade that it suggests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Card, Point
from quizapp.cards.load import load
from quizapp.memory.events import Given
from quizapp.study.answer import Answer, blank
from quizapp.study.code import Try
from quizapp.words import Words

EVERY_TYPE = Path(__file__).parents[1] / "cards" / "data" / "every-type.yaml"


def card(kind: str) -> Card:
    deck, _ = load(EVERY_TYPE)
    assert deck is not None
    return next(card for card in deck.cards if type(card).__name__ == kind)


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["up", "down"])), max_size=30))
def test_moving_never_loses_an_item(steps: list[int | str]) -> None:
    answer = blank(ORDER, "0")
    for step in steps:
        match step:
            case "up" | "down":
                answer.move(-1 if step == "up" else 1)
            case int(place):
                answer.pick(place)
        assert sorted(answer.places) == [0, 1, 2, 3]
        assert answer.order == blank(ORDER, "0").order
        assert 0 <= answer.laid <= 4


ORDER = card("Order")
FREE = card("Free")


@given(st.permutations(range(4)), st.text("ud", max_size=6))
def test_letters_typed_in_a_row_are_the_order(wanted: list[int], before: str) -> None:
    answer = blank(ORDER, "0")
    for key in before:
        answer.move(-1 if key == "u" else 1)  # nothing is in hand: nothing happens
    for item in wanted:
        answer.pick(answer.order.index(item))
    assert answer.places == tuple(wanted)
    answer.pick(answer.order.index(wanted[2]))  # it lies there: taken up, and moved
    assert answer.places == tuple(wanted)
    answer.move(-1)
    assert answer.places == (wanted[0], wanted[2], wanted[1], wanted[3])


def test_what_was_laid_is_taken_back_the_last_first() -> None:
    answer = Answer(ORDER, (2, 0, 3, 1), (2, 0, 3, 1))
    answer.take_back()
    for letter in (2, 1):
        answer.pick(letter)
    assert [block.place for block in answer.front("en") if block.kind == "item"] == [1, 2, 0, 0]
    answer.take_back()
    assert (answer.laid, answer.held, answer.places[0]) == (1, 3, 3)
    answer.pick(3)
    assert answer.places[:2] == (3, 1) and answer.laid == 2
    answer.take_back()
    answer.take_back()
    assert (answer.laid, answer.held, answer.picked) == (0, None, ())


def test_the_last_item_that_is_left_lays_itself() -> None:
    answer = Answer(ORDER, (2, 0, 3, 1), (2, 0, 3, 1))
    for letter in (1, 0, 3):
        answer.pick(letter)
    assert (answer.laid, answer.places, answer.begun) == (4, (0, 2, 1, 3), False)
    answer.take_back()  # with it the one that was typed last
    assert (answer.laid, answer.held, answer.begun) == (2, 2, True)
    answer.pick(2)
    assert (answer.laid, answer.places) == (4, (0, 2, 3, 1))


def test_once_its_answer_shows_the_choices_come_once() -> None:
    answer = blank(card("Choice"), "0")
    assert [block.kind for block in answer.front("en", revealed=True)] == ["question"]
    assert {block.kind for block in answer.front("en")} >= {"question", "choice"}


def test_an_item_moved_stays_among_those_laid() -> None:
    answer = Answer(ORDER, (2, 0, 3, 1), (2, 0, 3, 1))
    answer.pick(2)
    answer.pick(1)
    assert (answer.places, answer.laid) == ((3, 0, 2, 1), 2)
    answer.move(1)
    assert (answer.places, answer.laid) == ((3, 0, 2, 1), 2)
    answer.move(-1)
    answer.move(1)
    assert (answer.places, answer.laid) == ((3, 0, 2, 1), 2)


@pytest.mark.parametrize(
    ("kind", "typed", "suggested"),
    [
        ("Free", "anything", None),
        ("Numeric", "", None),
        ("Numeric", "3.64", "good"),
        ("Numeric", "3.5", "again"),
        ("Cloze", "scale", "good"),
        ("Cloze", "shift", "again"),
        ("Cloze", "scalee", None),
    ],
)
def test_what_is_judged_suggests(kind: str, typed: str, suggested: str | None) -> None:
    answer = blank(card(kind), "0")
    answer.typed = typed
    assert answer.suggested() == suggested and answer.undecided is (suggested is None)


@pytest.mark.parametrize(
    ("points", "core", "ticks", "suggested"),
    [
        (1, 0, {0}, "good"),
        (2, 0, {0, 1}, "good"),
        (2, 0, {0}, "Hard: 1 of 2 points"),
        (2, 0, {1}, "Again: the core point, a, is missing"),
        (2, 1, {1}, "Hard: 1 of 2 points"),
        (3, 0, {0, 1, 2}, "good"),
        (3, 0, {0, 2}, "Hard: 2 of 3 points"),
        (3, 0, {1, 2}, "Again: the core point, a, is missing"),
        (3, 2, {1, 2}, "Hard: 2 of 3 points"),
        (3, 0, {0}, "Again: 1 of 3 points; hard takes two thirds"),
        (4, 0, {0, 1}, "Again: 2 of 4 points; hard takes two thirds"),
        (4, 0, {0, 1, 3}, "Hard: 3 of 4 points"),
        (4, 1, {0, 2, 3}, "Again: the core point, b, is missing"),
        (5, 0, {0, 1, 2}, "Again: 3 of 5 points; hard takes two thirds"),
        (5, 0, {0, 1, 2, 3}, "Hard: 4 of 5 points"),
        (6, 0, {0, 1, 2, 3}, "Hard: 4 of 6 points"),
    ],
)
def test_what_ticks_suggest(points: int, core: int, ticks: set[int], suggested: str) -> None:
    """All: good. The core and two thirds, or the core of two: hard. Else again. What is no better has a reason."""
    card = replace(FREE, points=tuple(Point(Words(f"{i}"), core=0 < core == i) for i in range(points)))
    answer = blank(card, "0")
    assert answer.suggested() is None and answer.undecided
    for point in ticks:
        answer.tick(point)
    why = answer.reason()
    assert answer.suggested() == suggested.partition(":")[0].lower() and not answer.undecided
    assert (why.says("en") if why else "good") == suggested
    assert answer.missed == tuple(i for i in range(points) if i not in ticks)


@pytest.mark.parametrize(
    ("tried", "why"),
    [
        (Try(1, passed=True), None),
        (Try(), "Again: nothing was run"),
        (Try(2, passed=False), "Again: the first run grades, and failed"),
        (Try(1, passed=True, told=True), "Again: something was told before it passed"),
        (Try(2, slips=1, passed=True), "Hard: a slip of syntax or of a name came first"),
        (Try(1, passed=True, seconds=1e6), "Hard: it took longer than its time"),
    ],
)
def test_code_says_why_it_is_not_good(tried: Try, why: str | None) -> None:
    answer = blank(card("Code"), "0")
    answer.tried = tried
    found = answer.reason()
    assert (found and found.says("en")) == why
    assert answer.suggested() == (why.partition(":")[0].lower() if why else "good")


def test_none_is_said_and_a_tick_unsays_it() -> None:
    answer = blank(FREE, "0")
    assert answer.may_say(yes=False) and not answer.may_say(yes=True)
    answer.tick(0)
    answer.say(yes=False)
    assert (answer.none, answer.ticks, answer.suggested()) == (True, frozenset(), "again")
    answer.tick(1)
    assert (answer.none, answer.ticks, answer.suggested()) == (False, frozenset({1}), "again")
    answer.say(yes=False)
    answer.say(yes=False)
    assert answer.suggested() is None and answer.undecided


def test_words_mentioned_tick_nothing() -> None:
    answer = blank(FREE, "0")
    answer.typed = "max and qmax"
    assert answer.mentioned and not answer.ticks and answer.suggested() is None


@pytest.mark.parametrize("typed", ["in brief", "at length " * 40, "in\nmany\nlines\nthat\nare\nshort"])
def test_what_was_typed_stands_by_the_points(typed: str) -> None:
    answer = blank(FREE, "0")
    answer.typed = typed
    blocks = answer.back("en")
    kinds = [block.kind for block in blocks]
    own = next(i for i, block in enumerate(blocks) if typed.strip() in block.text)
    if typed == "in brief":
        assert kinds[own + 1 : own + 3] == ["label", "point"] and "point" not in kinds[:own]
    else:
        assert "point" not in kinds[own:] and kinds[own - 1] == "said"


def test_what_is_close_counts_if_the_user_says_so() -> None:
    answer = blank(card("Cloze"), "0")
    answer.typed = "scalee"
    assert answer.close and answer.judgement.note == "close" and answer.may_say(yes=True)
    answer.say(yes=True)
    assert answer.suggested() == "good" and answer.judgement.right is True
    answer.say(yes=False)
    assert answer.suggested() == "again" and answer.judgement.right is False


def test_a_card_without_points_has_nothing_to_tick() -> None:
    answer = blank(replace(FREE, points=(), a=Words("A")), "0")
    assert answer.suggested() is None and not answer.undecided and not answer.may_say(yes=False)


def test_the_core_is_kept_where_one_said_how_sure_one_was() -> None:
    answer = blank(FREE, "0")
    answer.tick(answer.core)
    assert not answer.given(None).core
    answer.confidence = 95
    assert answer.given(None).core
    answer.tick(answer.core)
    assert not answer.given(None).core


def test_what_is_kept_of_it() -> None:
    answer = blank(card("Choice"), "0")
    assert answer.given(None) == Given()
    answer.pick(0)
    answer.pick(1)
    answer.pick(1)
    answer.pick(7)
    answer.confidence = 75
    assert answer.given(2.5) == Given(took_s=2.5, chosen=(answer.order[0],), confidence=75, core=True)
