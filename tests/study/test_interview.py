"""A mock interview as it goes: the clock, answers, marks, what is looked at again, ending, going back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_world import interview_decks
from msgspec.structs import replace

from quizapp.cards.card import Code
from quizapp.cards.library import Library, read_library
from quizapp.memory.schedule import Grade
from quizapp.paths import BUNDLED_DECKS
from quizapp.study.interview import (
    LOOKED_S,
    Asked,
    Interview,
    Terms,
    Way,
    answered,
    cards_by_key,
    give,
    spend_time,
    start_interview,
    to_points,
)
from quizapp.study.interview_answer import answer_to, suggested
from quizapp.study.interview_lost import without_lost
from quizapp.study.interview_marks import end_here, mark, mark_again, unanswered, unsure_again
from quizapp.study.interview_report import report, result_of
from quizapp.study.interview_store import of_this_format

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return interview_decks(tmp_path_factory.mktemp("decks"))


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def interview(library: Library, *openings: str, way: Way = "spoken") -> Interview:
    questions = tuple(Asked(key, 60) for key in openings)
    return start_interview(questions, Terms(len(questions), minutes=2, seed=3, way=way), NOW)


def marked(talk: Interview, *grades: Grade) -> Interview:
    """One question after the other answered and graded."""
    for grade in grades:
        talk = mark(to_points(talk), None, grade, {})
    return talk


def test_only_time_in_front_of_the_question_counts(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0")
    talk = spend_time(talk, at(0), at(4))
    talk = spend_time(talk, at(4), at(3600))  # the machine slept
    talk = spend_time(talk, at(3600), at(3590))  # the clock was set back
    talk = spend_time(talk, at(3600), at(3603))
    given = give(talk)
    assert spend_time(given, at(0), at(2)) is given  # it is said how sure one is
    assert spend_time(give(given, given=False), at(0), at(2)).took_s == 9
    points = to_points(given)
    assert points.stage == "marking" and spend_time(points, at(0), at(2)) is points
    talk = spend_time(mark(points, None, "good", {}), at(3603), at(3605))
    assert [one.took_s for one in talk.questions] == [7, 2] and talk.took_s == 9


def test_an_overrun_is_counted_not_cut_off(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0")
    for second in range(0, 130, 10):
        talk = spend_time(talk, at(second), at(second + 10))
    assert talk.question.over_s == 70 and talk.over_s == 10 and talk.stage == "asking"


def test_answers_of_every_kind_come_back(library: Library) -> None:
    for key, keep in (
        ("one/top", {"typed": "One\x1b[31m two", "confidence": 75}),
        ("one/pick", {"chosen": frozenset({1})}),
        ("one/sort", {"places": (2, 0, 1)}),
        ("one/number", {"typed": "2"}),
        ("one/gaps:c2", {"typed": "two"}),
    ):
        talk = interview(library, key)
        answer = answer_to(talk.question, library.keys[key], talk.seed)
        for name, value in keep.items():
            setattr(answer, name, value)
        again = answer_to(answered(talk, answer).question, library.keys[key], talk.seed)
        for name, value in keep.items():
            assert getattr(again, name) == ("One two" if name == "typed" and key == "one/top" else value)
        assert again.order == answer.order


def test_an_order_laid_as_it_stood_at_first_is_an_answer(library: Library) -> None:
    talk, card = interview(library, "one/sort"), library.keys["one/sort"]
    answer = answer_to(talk.question, card, talk.seed)
    assert answer.picked == ()
    for place in range(2):
        answer.pick(place)
    again = answer_to(answered(talk, answer).question, card, talk.seed)
    assert again.picked == answer.order == again.places and again.judgement.right is False
    assert again.laid == 3 and answered(talk, again).question.chosen == answer.order


def test_what_a_card_no_longer_has_is_left_out(library: Library) -> None:
    asked = Asked("one/top", 60, chosen=(0, 2, 9), ticks=(1, 3, 7))
    assert answer_to(asked, library.keys["one/top"], 0).ticks == {1}
    assert answer_to(asked, library.keys["one/pick"], 0).chosen == {0}
    assert sorted(answer_to(asked, library.keys["one/sort"], 0).places) == [0, 1, 2]


def ended(talk: Interview) -> Interview:
    """It, ended here, where something of it was answered."""
    left = end_here(talk, {})
    assert left is not None
    return left


def test_ending_early_keeps_what_was_answered(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0", "two/w1", "two/w2")
    assert end_here(talk, {}) is None
    first = ended(give(talk))
    assert (first.stage, first.at, len(first.questions)) == ("marking", 0, 1)
    talk = marked(talk, "again")
    silent = ended(talk)
    assert (silent.stage, len(silent.questions), silent.again) == ("reviewing", 1, (0,))
    answer = answer_to(talk.question, library.keys["two/w0"], 0)
    answer.typed = "begun"
    written = ended(answered(talk, answer))
    assert (written.stage, written.at, len(written.questions)) == ("marking", 1, 2)
    assert ended(give(talk)).stage == "marking"
    looked = spend_time(talk, at(0), at(LOOKED_S))
    assert ended(looked).stage == "reviewing" and len(ended(looked).questions) == 1
    said = ended(spend_time(looked, at(0), at(2)))  # aloud: nothing is written of it
    assert (said.stage, len(said.questions), said.took_s) == ("marking", 2, LOOKED_S + 2)


def test_each_is_marked_before_the_next_is_asked_and_what_lacked_something_comes_again(library: Library) -> None:
    talk = to_points(interview(library, "one/top", "two/w0", "two/w1"))
    answer = answer_to(talk.question, library.keys["one/top"], talk.seed)
    answer.tick(0)
    talk = mark(talk, answer, "hard", {})
    assert (talk.stage, talk.at, talk.questions[0].ticks) == ("asking", 1, (0,))
    talk = marked(talk, "good", "again")
    assert (talk.stage, talk.at, talk.again) == ("reviewing", 0, (2, 0)) and talk.question.key == "two/w1"
    talk = mark(talk, None, "again", {})
    assert talk.question.key == "one/top"
    talk = mark(talk, None, "hard", {})
    assert talk.stage == "done" and [one.grade for one in talk.questions] == ["hard", "good", "again"]
    back = mark_again(talk)
    assert (back.stage, back.question.key) == ("reviewing", "one/top")
    back = mark_again(mark_again(back))
    assert (back.stage, back.at, back.again) == ("marking", 2, ())
    assert mark_again(mark_again(mark_again(back))).at == 0


def test_nothing_comes_again_where_all_was_known(library: Library) -> None:
    talk = marked(interview(library, "one/top", "two/w0"), "good", "easy")
    assert (talk.stage, talk.at, talk.again) == ("done", 2, ()) and talk.question.key == "two/w0"
    assert (mark_again(talk).stage, mark_again(talk).at) == ("marking", 1)


def test_what_one_was_sure_of_and_wrong_comes_first(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0", "two/w1", "two/w2")
    for grade, sure in (("hard", 95), ("again", 50), ("again", 75), ("again", None)):
        answer = answer_to(talk.question, library.keys[talk.question.key], talk.seed)
        answer.confidence = sure
        talk = mark(to_points(answered(talk, answer)), answer, cast(Grade, grade), {})
    assert talk.again == (2, 1, 3, 0)
    assert [result_of(one, None, 3).sure_and_wrong for one in talk.questions] == [False, False, True, False]


def test_what_is_looked_at_again_is_what_the_report_says_was_lacking(library: Library) -> None:
    """Also what was graded good with a point open, and code that failed last."""
    cards = cards_by_key(library)
    talk = interview(library, "one/top", "two/w0", "one/pick", "two/w1")
    for grade, ticks in (("good", {0, 1}), ("good", ()), ("again", ()), ("easy", ())):
        answer = answer_to(talk.question, cards[talk.question.key], talk.seed)
        answer.ticks = frozenset(ticks)
        talk = mark(to_points(talk), answer, cast(Grade, grade), cards)
    lacking = report(talk, cards, library.decks).lacking
    assert [talk.questions[i].key for i in talk.again] == [card.key for card in lacking] == ["one/pick", "one/top"]


def test_a_grade_without_a_tick_says_again_that_none_was_made(library: Library) -> None:
    asked = Asked("one/top", 60, grade="again")
    assert answer_to(asked, library.keys["one/top"], 0).none
    assert not answer_to(replace(asked, grade=None), library.keys["one/top"], 0).none
    assert not answer_to(Asked("two/w0", 60, grade="good"), library.keys["two/w0"], 0).none  # which has no points


def test_how_sure_one_is_can_be_said_anew_before_it_is_marked(library: Library) -> None:
    back = unsure_again(to_points(interview(library, "one/top", "two/w0")))
    assert (back.stage, back.at, back.question.given) == ("asking", 0, True)


def test_what_was_not_answered_is_counted_with_the_question_that_was_only_looked_at(library: Library) -> None:
    talk = marked(interview(library, "one/top", "two/w0", "two/w1", "two/w2"), "good")
    assert unanswered(talk, {}) == 3 and ended(talk).left == 3
    said = spend_time(spend_time(talk, at(0), at(9)), at(9), at(18))
    assert unanswered(said, {}) == 2 and ended(said).left == 2
    written = replace(said, aloud=False)  # and nothing was
    assert unanswered(written, {}) == 3 and ended(written).left == 3
    code = next(card for card in read_library([], user=None, bundled=BUNDLED_DECKS).keys.values() if type(card) is Code)
    assert unanswered(written, {"two/w0": code}) == 2  # of it the page has what was written
    assert unanswered(interview(library, "one/top", "two/w0"), {}) == 2


def test_to_a_friend_a_question_is_marked_while_it_is_answered(library: Library) -> None:
    talk = mark(interview(library, "one/top", "two/w0", way="friend"), None, "good", {})
    assert (talk.stage, talk.at, talk.question.given) == ("asking", 1, False)
    assert (mark_again(talk).stage, mark_again(talk).at) == ("asking", 0)


def test_a_miss_counts_and_a_pass_where_nothing_led_to_it() -> None:
    for follows, grade, counts in (
        (False, None, False),
        (False, "again", True),
        (False, "hard", True),
        (False, "easy", True),
        (True, "again", True),
        (True, "hard", False),
        (True, "good", False),
    ):
        assert Asked("d/a", 60, follows=follows, grade=grade).counts is counts  # type: ignore[arg-type]


def test_over_time_is_hard_and_left_out_is_not_known(library: Library) -> None:
    in_time, late = Asked("one/top", 60, took_s=60), Asked("one/top", 60, took_s=61)
    answer = answer_to(in_time, library.keys["one/top"], 0)
    assert suggested(answer, in_time) is None
    answer.ticks = frozenset({0, 1, 2})
    assert (suggested(answer, in_time), suggested(answer, late)) == ("good", "hard")
    answer.ticks = frozenset({1})
    assert suggested(answer, late) == "again"
    plain = answer_to(Asked("two/w0", 60), library.keys["two/w0"], 0)
    assert (suggested(plain, in_time), suggested(plain, late)) == ("good", "hard")
    number = answer_to(Asked("one/number", 60), library.keys["one/number"], 0)
    assert suggested(number, in_time) == "again"
    number.typed = "2"
    assert (suggested(number, in_time), suggested(number, late)) == ("good", "hard")


@pytest.mark.parametrize(("way", "kept"), [("typed", "again"), ("spoken", "easy")])
def test_what_was_left_out_is_not_known_where_answers_are_written(library: Library, way: Way, kept: Grade) -> None:
    """Aloud a number may have been said; nothing written is no answer, whatever grade is given."""
    talk = to_points(interview(library, "one/number", "two/w0", way=way))
    answer = answer_to(talk.question, library.keys["one/number"], talk.seed)
    assert mark(talk, answer, "easy", {}).questions[0].grade == kept
    said = answer_to(mark(talk, answer, "easy", {}).questions[0], library.keys["one/number"], talk.seed)
    assert said.none == (way == "typed")  # "Left out, so missed."
    assert mark(talk, said, "easy", {}).questions[0].grade == kept
    answer.typed = "7"  # the last word on what was judged is the user's
    assert mark(talk, answer, "easy", {}).questions[0].grade == "easy"


def test_a_former_programs_interview_is_marked_first_and_goes_on(library: Library) -> None:
    asking = of_this_format(replace(interview(library, "one/top", "two/w0", "two/w1"), at=1))
    assert [one.given for one in asking.questions] == [True, False, False] and asking.stage == "asking"
    marking = of_this_format(replace(interview(library, "one/top", "two/w0"), stage="marking"))
    marking = mark(marking, None, "good", {})
    assert (marking.stage, marking.at) == ("marking", 1)


def test_questions_whose_cards_are_gone_are_not_asked(library: Library) -> None:
    cards = cards_by_key(library)
    assert cards["one/summit"] is cards["one/top"]
    talk = interview(library, "one/lost", "one/top", "one/gone", "two/w0")
    assert [one.key for one in without_lost(talk, cards).questions] == ["one/top", "two/w0"]
    later = without_lost(marked(talk, "good"), cards)
    assert [one.key for one in later.questions] == ["one/lost", "one/top", "two/w0"] and later.question.key == "one/top"
    last = without_lost(marked(interview(library, "one/top", "two/w0", "one/gone"), "good", "again"), cards)
    assert (last.stage, last.again, len(last.questions)) == ("reviewing", (1, 0), 2)
    nothing = interview(library, "one/lost")
    assert without_lost(nothing, cards) is nothing


STEPS = st.lists(st.sampled_from(["spend", "give", "points", "end", "again", "good", "back"]), max_size=25)


@given(STEPS, st.integers(1, 4), st.sampled_from(["spoken", "typed", "friend"]))
def test_no_step_loses_a_question_or_its_time(steps: list[str], count: int, way: Way) -> None:
    """And whatever was done, it is written and read back as it was."""
    folder = Path(__file__).parents[1] / "cards" / "data"
    cards = list(read_library([folder / "every-type.yaml"], user=None, bundled=folder).keys.values())[:count]
    talk = start_interview([Asked(card.key, 60) for card in cards], Terms(minutes=5, seed=1, way=way), NOW)
    spent = 0.0
    for step in steps:
        card = next(card for card in cards if card.key == talk.question.key)
        answer = answer_to(talk.question, card, talk.seed)
        asks = talk.stage == "asking"
        match step:
            case "spend":
                spent += asks and not talk.question.given
                talk = spend_time(talk, at(0), at(1))
            case "give" if asks and way != "friend":
                talk = give(answered(talk, answer))
            case "points" if asks and way != "friend":
                talk = to_points(answered(talk, answer))
            case "end" if asks:
                left = end_here(talk, {})
                if left is None:
                    assert not talk.at and not talk.question.touched
                    return
                spent -= talk.took_s - left.took_s
                talk = left
            case "again" | "good" if talk.stage in ("marking", "reviewing") or (way == "friend" and asks):
                talk = mark(talk, answer, cast(Grade, step), {})
            case "back" if not asks or talk.at:
                talk = mark_again(talk)
        assert talk.took_s == spent
        of = len(talk.again) if talk.stage == "reviewing" else len(talk.questions)
        assert 0 <= talk.at <= of - (talk.stage != "done")
        assert msgspec.json.decode(msgspec.json.encode(talk), type=Interview) == talk
    assert talk.stage != "done" or way == "friend" or all(one.grade for one in talk.questions)
