"""What an examiner asks in an interview: when it may, whose time that is, and what of it is kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from interview_world import interview_decks
from msgspec.structs import replace

from quizapp.cards.library import Library
from quizapp.examiner.task import FollowUp
from quizapp.examiner.verdict import MOST_WORDS, Cost
from quizapp.study.asked_back import ask_back, may_ask_back, reply, to_asked_back
from quizapp.study.interview import Asked, Interview, Terms, spend_time, start_interview, to_points
from quizapp.study.interview_answer import answer_to, suggested
from quizapp.study.interview_lost import without_lost
from quizapp.study.interview_marks import end_here
from quizapp.study.interview_store import UnreadableInterview, keep_in, open_kept

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
COST = Cost(300, 40, 2.5)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return interview_decks(tmp_path_factory.mktemp("decks"))


def talk(*asked: Asked, typed: bool = True) -> Interview:
    return start_interview(asked, Terms(len(asked), minutes=2, seed=3, way="typed" if typed else "spoken"), NOW)


def given(typed: str = "It stays.", took_s: float = 20) -> Interview:
    """Its first answer is given, and an examiner asks."""
    return to_asked_back(talk(Asked("one/top", 50, typed=typed, took_s=took_s), Asked("two/w0", 50)))


@pytest.mark.parametrize(
    ("interview", "key", "may"),
    [
        (given(), "one/top", True),
        (given(typed="  \n"), "one/top", False),
        (given(), "one/pick", False),
        (given(), "one/gaps:c1", False),
        (given(took_s=50), "one/top", False),
        (talk(Asked("one/top", 50, typed="It stays."), typed=False), "one/top", False),
        (ask_back(given(), "Why?", COST), "one/top", False),  # which is not answered
        (reply(ask_back(given(), "Why?", COST), "So."), "one/top", True),
        (reply(ask_back(reply(ask_back(given(), "Why?", COST), "So."), "And?", COST), "So."), "one/top", False),
    ],
)
def test_it_asks_at_most_twice_of_what_was_typed_in_words_and_in_time(
    library: Library, interview: Interview, key: str, may: bool
) -> None:
    assert may_ask_back(interview, library.keys[key]) is may


def test_its_time_is_the_interviews_and_not_the_answers(library: Library) -> None:
    now = reply(ask_back(given(took_s=45), "Why?", COST), "So.")
    for second in range(0, 40, 10):
        now = spend_time(now, NOW + timedelta(seconds=second), NOW + timedelta(seconds=second + 10))
    asked = now.question
    assert (asked.took_s, asked.back_s, asked.spent_s, now.took_s) == (45, 40, 85, 85)
    assert not may_ask_back(now, library.keys["one/top"]) and asked.over_s == 0
    answer = answer_to(replace(asked, ticks=(0, 1, 2)), library.keys["one/top"], 3)
    assert suggested(answer, asked) == "good"  # the answer was in time
    ended = end_here(now, {})
    assert to_points(now).stage == "marking" and ended is not None and ended.stage == "marking"
    assert without_lost(now, {}).questions == now.questions[:1]


def test_what_it_says_is_one_bounded_line_and_what_it_took_is_summed_up() -> None:
    now = ask_back(given(), "\x1b[31mWhy\n\n so\u202e?" + " x" * 500, COST)
    (one,) = now.question.asked_back
    assert one.question.startswith("Why so? x x") and len(one.question) == MOST_WORDS and one.answer == ""
    assert (now.question.tokens, now.question.waited_s) == (340, 2.5)
    now = ask_back(now, " \n", Cost(None, 7, 1))
    assert len(now.question.asked_back) == 1 and (now.question.tokens, now.question.waited_s) == (347, 3.5)
    now = ask_back(given(), "Why?", Cost(None, None, 1e300))
    assert now.question.tokens is None and msgspec.json.decode(msgspec.json.encode(now), type=Interview) == now


def test_a_draft_is_kept_in_a_file_of_its_own_format_and_a_strangers_is_cleaned(tmp_path: Path) -> None:
    plain = keep_in(tmp_path, talk(Asked("one/top", 50)))
    plain.save()
    assert '"format": 2' in plain.path.read_text() and "asked_back" not in plain.path.read_text()
    kept = keep_in(tmp_path, reply(ask_back(given(), "Why?", COST), "half of the ans"))
    kept.save()
    assert '"format": 3' in kept.path.read_text()
    assert open_kept(kept.path).interview == kept.interview
    kept.path.write_text(kept.path.read_text().replace("Why?", "W\\u001b[2Jhy\\nso?").replace("half", "\\u202ehalf"))
    assert open_kept(kept.path).interview.question.asked_back == (FollowUp("Why so?", "half of the ans"),)
    whole = kept.path.read_text()
    kept.path.write_text(whole.replace('"tokens": 340', '"tokens": -1'))
    with pytest.raises(UnreadableInterview, match="damaged"):
        open_kept(kept.path)
    many = msgspec.json.decode(whole)
    many["questions"][0]["asked_back"] *= 3
    kept.path.write_bytes(msgspec.json.encode(many))
    with pytest.raises(UnreadableInterview, match="damaged"):
        open_kept(kept.path)
