"""Verdicts against the reference: worked by hand, and what holds of all."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Point
from quizapp.examiner.measure import (
    LEAST_JUDGED,
    Agreement,
    Rate,
    agreement,
    agreement_of,
    by_hit_words,
    by_second_reading,
)
from quizapp.examiner.reference import ReferenceAnswer, reference_answers
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Heard
from quizapp.wilson import wilson_interval
from quizapp.words import same

MADE: tuple[Heard, ...] = ("made", "partly", "missed")
Pairs = list[tuple[Heard, Heard | None]]  # what the reference and what the verdict says of a point


def of(id: str, card: str, *true: Heard) -> ReferenceAnswer:
    """An answer of which the first reading says `true`."""
    points = tuple(Point(same(f"point {i}"), (f"word{i}",)) for i in range(len(true)))
    return ReferenceAnswer(id, card, Task("?", tuple(map(str, points)), "word0", "en"), points, (true, true))


def times(n: int, true: Heard, said: Heard | None) -> Pairs:
    return [(true, said)] * n


def many(of_card: dict[str, Pairs]) -> Agreement:
    """The agreement on pairs, an answer for each card."""
    answers = [of(card, card, *(true for true, _ in pairs)) for card, pairs in of_card.items()]
    return agreement_of(answers, {card: [said for _, said in pairs] for card, pairs in of_card.items()})


def counts(rate: Rate | None) -> tuple[int, int] | None:
    return (rate.found, rate.of) if rate else None


def test_by_hand() -> None:
    """Of 100 missed 7 are called made and 3 partly; of 90 made 20 missed and 5 partly; 30 are partly."""
    pairs = [
        *times(7, "missed", "made"),
        *times(3, "missed", "partly"),
        *times(90, "missed", "missed"),
        *times(20, "made", "missed"),
        *times(5, "made", "partly"),
        *times(65, "made", "made"),
        *times(9, "partly", "made"),
        *times(11, "partly", "missed"),
        *times(10, "partly", "partly"),
    ]
    found = many({str(i): [pair] for i, pair in enumerate(pairs)})
    assert (found.points, found.abstained, found.unread) == (220, 0, 0)
    assert counts(found.falsely_made) == (7, 100)  # what is partly is false in neither
    assert counts(found.falsely_missed) == (20, 90)
    assert counts(found.alike) == (90 + 65 + 10, 220)
    assert found.falsely_made is not None and found.falsely_missed is not None
    # (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96, n = 99: one fewer than cards, as their mean is taken
    assert (found.falsely_made.low, found.falsely_made.high) == pytest.approx((0.0342, 0.1379), abs=5e-5)


def test_where_it_abstains_the_point_is_in_no_share() -> None:
    pairs = [*times(30, "missed", None), *times(10, "missed", "made"), *times(190, "made", "made")]
    found = many({str(i): [pair] for i, pair in enumerate(pairs)})
    assert (found.points, found.abstained, counts(found.falsely_made)) == (200, 30, (10, 10))
    silent = many({"a": [("made", None)] * 300})
    assert (silent.alike, silent.falsely_made, silent.abstained) == (None, None, 300)


def test_what_nothing_is_said_of_is_counted_and_in_no_share() -> None:
    answers = [of("a", "a", "made"), of("b", "b", "made", "missed")]
    found = agreement_of(answers, {"b": ["made", "made"]})
    assert (found.answers, found.unread, found.points, counts(found.alike)) == (1, 1, 2, (1, 2))


def test_fewer_than_200_are_not_broken_down() -> None:
    pairs: Pairs = [("missed", "made"), ("made", "made")] * (LEAST_JUDGED // 2)
    assert many({"a": pairs}).falsely_made is not None
    few = many({"a": pairs[1:]})
    assert (few.falsely_made, few.falsely_missed, counts(few.alike)) == (None, None, (100, 199))


def test_points_of_a_card_that_err_together_weigh_as_fewer() -> None:
    """40 cards of 6 points: where all six of a card are called so or so at once, there are 40 judgements, not 240."""
    together: dict[str, Pairs] = {str(i): [("missed", "made" if i < 10 else "missed")] * 6 for i in range(40)}
    found = many(together).falsely_made
    assert found is not None and counts(found) == (60, 240)
    worth = 240 / (6 * 40 / 39)  # the design effect: the size of a card, k/(k-1) for the k cards whose mean is taken
    assert (found.low, found.high) == wilson_interval(0.25 * worth, worth)
    apart = many({str(i): [("missed", "made" if j % 4 == 0 else "missed") for j in range(4)] for i in range(60)})
    assert apart.falsely_made is not None  # more alike than by chance: no narrower than by chance either
    assert (apart.falsely_made.low, apart.falsely_made.high) == wilson_interval(60, 240)


def test_where_none_errs_a_card_is_one_judgement() -> None:
    """How alike the points of a card are is not to be known there, nor where there is one card."""
    none = many({str(i): [("missed", "missed")] * 6 for i in range(40)}).falsely_made
    assert none is not None and (none.low, none.high) == wilson_interval(0, 40)
    one = many({"a": [("missed", "made"), ("missed", "missed")] * 100}).falsely_made
    assert one is not None and (one.low, one.high) == wilson_interval(0.5, 1)


@given(st.lists(st.lists(st.tuples(st.sampled_from(MADE), st.sampled_from((*MADE, None))), min_size=1), min_size=1))
def test_of_any_verdicts(cards: list[Pairs]) -> None:
    found = many({str(i): pairs for i, pairs in enumerate(cards)})
    assert found.points + found.abstained == sum(map(len, cards))
    assert found.alike is None or found.alike.of == found.points
    for rate in (found.alike, found.falsely_made, found.falsely_missed):
        if rate is not None:
            low, high = wilson_interval(rate.found, rate.of)
            assert 0 <= rate.low <= low <= rate.found / rate.of <= high <= rate.high <= 1


@pytest.mark.parametrize(
    ("name", "made", "missed", "alike"),
    [
        ("all made", (141, 141), (0, 149), (149, 315)),
        ("all missed", (0, 141), (149, 149), (141, 315)),
        ("all partly", (0, 141), (0, 149), (25, 315)),
    ],
)
def test_what_says_one_thing_of_all(
    name: str, made: tuple[int, int], missed: tuple[int, int], alike: tuple[int, int]
) -> None:
    answers = reference_answers()
    says: dict[str, Heard] = {"all made": "made", "all missed": "missed", "all partly": "partly"}
    found = agreement_of(answers, {answer.id: [says[name]] * len(answer.points) for answer in answers})
    assert (counts(found.falsely_made), counts(found.falsely_missed), counts(found.alike)) == (made, missed, alike)


def test_the_words_to_look_for_and_the_second_reading() -> None:
    answers = reference_answers()
    words = agreement_of(answers, by_hit_words(answers))
    assert (counts(words.falsely_made), counts(words.falsely_missed)) == ((26, 141), (26, 149))
    assert counts(words.alike) == (238, 315)
    second = agreement_of(answers, by_second_reading(answers))
    assert (counts(second.falsely_made), counts(second.falsely_missed)) == ((0, 141), (0, 149))
    assert counts(second.alike) == (315, 315)


def test_words_that_are_found_are_made() -> None:
    assert by_hit_words([of("a", "a", "missed", "made")]) == {"a": ["made", "missed"]}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("not tested", "on 199 points, too few", "falsely made 3% (1-6), falsely missed 8% (4-13)", "no point")),
        ("zh", ("没有测试", "199 个要点", "误判为说到了 3%（1-6），误判为没说到 8%（4-13）", "没有判断")),
    ],
)
def test_the_line_beside_a_verdict(language: Literal["en", "zh"], says: tuple[str, ...]) -> None:
    alike = Rate(180, 200, 0.868, 0.931)
    few, enough = (
        Agreement(120, 199, 0, 0, alike),
        Agreement(120, 315, 0, 0, alike, Rate(4, 141, 0.011, 0.06), Rate(12, 149, 0.044, 0.131)),
    )
    nothing = Agreement(1, 0, 2, 119)
    untested, of_few, of_all, of_none = (agreement(one).says(language) for one in (None, few, enough, nothing))
    assert says[0] in untested and "quizapp examiner --test" in untested
    assert says[1] in of_few and "90%" in of_few
    assert says[2] in of_all and "315" in of_all
    assert says[3] in of_none and "120" in of_none
