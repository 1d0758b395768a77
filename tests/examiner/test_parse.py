"""What models write, to verdicts and questions: as it streams, in whatever form, with nothing in it that harms."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.examiner.parse import question_in, tidied, verdict_in
from quizapp.examiner.task import FollowUp, Task
from quizapp.examiner.verdict import MOST_WORDS, MOST_WRONG, PointVerdict, Verdict
from quizapp.words import clean

ANSWER = "Decoding reads all weights for each token; “the” memory is the limit, 解码受 显存带宽限制。"
TASK = Task("Why?", ("One.", "Two.", "Three."), ANSWER, "en")
SAID = st.text(st.characters(exclude_characters="<>", exclude_categories=["Cs"]), max_size=40)
POINT = st.fixed_dictionaries(
    {"point": st.integers(1, 3), "words": st.sampled_from(["reads all weights", "memory", "no such words", ""])},
    optional={"verdict": st.sampled_from(["made", "partly", "missed", "abstain"])},
)
GOOD = st.fixed_dictionaries(
    {
        "points": st.lists(POINT, max_size=4),
        "wrong": st.lists(SAID, max_size=3),
        "better": SAID.filter(lambda text: text != "null"),  # which is nothing, and only at its end
    }
)
A = PointVerdict("made", "reads all weights")
NOT_YET = PointVerdict()


def whole(text: str) -> Verdict:
    return verdict_in(text, TASK, ended=True).verdict


def confirmed(part: Verdict, verdict: Verdict) -> bool:
    """Whether a verdict that is still coming is borne out by the whole."""
    points = all(said in (NOT_YET, end) for said, end in zip(part.points, verdict.points, strict=True))
    better = verdict.better.removesuffix("…").startswith(part.better.removesuffix("…"))
    return points and part.wrong == verdict.wrong[: len(part.wrong)] and better


@given(GOOD, st.booleans(), st.sampled_from([None, 2]))
def test_the_whole_confirms_what_was_shown_of_it(said: dict[str, Any], ascii: bool, indent: int | None) -> None:
    text = json.dumps(said, ensure_ascii=ascii, indent=indent)
    end = verdict_in(text, TASK, ended=True)
    assert end.closed
    for at in range(len(text)):
        part = verdict_in(text[:at], TASK)
        assert confirmed(part.verdict, end.verdict) and not part.closed


TEXT = st.lists(st.sampled_from([*"{}[]\"':,\n0123 ", "points", "made", "1: made\n", "better", "\x1b[31m", "\u202e"]))


@given(TEXT.map("".join) | st.text(), st.booleans())
def test_whatever_it_reads_is_clean_and_bounded(text: str, ended: bool) -> None:
    verdict = verdict_in(text, TASK, ended=ended).verdict
    question, _ = question_in(text, ended=ended)
    said = [*(point.words for point in verdict.points), *verdict.wrong, verdict.better, question or ""]
    assert len(verdict.points) == len(TASK.points) and len(verdict.wrong) <= MOST_WRONG
    assert all(len(one) <= MOST_WORDS and clean(one) == one and "\n" not in one for one in said)


OBJECT = '{"points": [{"point": 1, "words": "reads all weights", "verdict": "made"}], "wrong": [], "better": "Say."}'
WRITTEN = [
    OBJECT,
    f"Sure {{here}} it is:\n```json\n{OBJECT}\n```\nI hope {{it}} helps.",
    f"<think>1: missed\n{OBJECT.replace('made', 'missed')}</think>\n{OBJECT}",
    f"I think first… 1: missed\n</think>{OBJECT}",
    "{points: [{point: 1, words: 'reads all weights', verdict: 'made',},], better: 'Say.',}",
    '[{"point": "1", "words": "reads all weights", "verdict": "MADE."}] {"better": "Say."}',
    '{"number": 1, "verdict": "yes", "quote": "reads all weights"}\n{"better": "Say."}',
    '{"points": {"1": {"verdict": "made", "words": "reads all weights"}}, "better": "Say."}',
    '{"points": [{"verdict": "made", "words": "reads all weights"}], "better": "Say."}',
    '1: made - "reads all weights"\nBetter: Say.',
    "**Point 1**: made (“reads all weights”)\n\n**Better answer:** Say.",
    "| 1 | made | reads all weights |\nbetter: Say.",
    "第1点：已答到（“reads all weights”）\n更好：Say.",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_the_forms_in_which_models_write(text: str) -> None:
    found = verdict_in(text, TASK, ended=True)
    assert found.verdict == Verdict((A, NOT_YET, NOT_YET), (), "Say.") and found.said == 1 and found.closed


@pytest.mark.parametrize("text", ['{"point": 1, "verdict": "made"}\n{"point": 2, "ver', "1: made\n2: ma"])
def test_what_has_no_end_of_its_own_ends_when_the_model_does(text: str) -> None:
    going, gone = verdict_in(text, TASK), verdict_in(text, TASK, ended=True)
    assert (going.said, going.closed, gone.said, gone.closed) == (1, False, 1, True)


def test_points_that_do_not_exist_and_verdicts_that_do_not_are_left_out() -> None:
    odd = [0, -1, 4, 10**40, "two", None, 1.5, [1], {"x": 2}]
    points = [{"point": number, "verdict": "made"} for number in odd] + [{"point": 2, "verdict": "splendid"}, 3, "made"]
    found = verdict_in(json.dumps({"points": points}), TASK, ended=True)
    assert found.verdict == Verdict((NOT_YET,) * 3) and found.said == 0


def test_what_is_said_first_of_a_point_counts() -> None:
    points = [{"point": 1, "verdict": verdict} for verdict in ("missed", "made")]
    assert whole(json.dumps({"points": points})).points[0].made == "missed"


def test_it_may_abstain_which_is_something_said() -> None:
    found = verdict_in(
        '{"points": [{"point": 1, "verdict": "abstain"}, {"point": 2, "verdict": null}]}', TASK, ended=True
    )
    assert found.verdict == Verdict((NOT_YET,) * 3) and found.said == 2


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ("READS  all\nweights", True),
        ('"the memory"', False),  # as it stands it is “the” memory
        ("the memory", False),
        ('"the" memory is', True),
        ("`reads` … token.", True),
        ("受显存带宽", True),
        ("nobody said this", False),
        ("reads … nobody", False),
        ("…", False),
        ("it is all of them", True),  # said in a follow-up
    ],
)
def test_words_that_the_answer_does_not_have_are_left_out(words: str, stand: bool) -> None:
    task = Task("Why?", ("One.",), ANSWER, "en", follow_ups=(FollowUp("Which?", "It is all of them."),))
    said = json.dumps({"points": [{"point": 1, "words": words, "verdict": "partly"}]})
    point = verdict_in(said, task, ended=True).verdict.points[0]
    assert point.made == "partly" and bool(point.words) == stand


def test_texts_are_bounded_and_so_is_their_number() -> None:
    found = whole(json.dumps({"points": [], "wrong": [f"{i} {'x' * 5000}" for i in range(50)], "better": "好" * 5000}))
    assert len(found.wrong) == MOST_WRONG and {len(one) for one in (*found.wrong, found.better)} == {MOST_WORDS}
    assert tidied(Verdict((), ("\x1b[31mx\n" * 400,) * 50, "a\u202eb")) == Verdict(
        (), (f"{'x ' * 149}x…",) * MOST_WRONG, "ab"
    )


def test_what_nobody_may_see_is_hidden_in_every_text() -> None:
    said = json.dumps({"points": [], "wrong": ["it is s\u200becret"], "better": "secret"})
    found = verdict_in(said, TASK, lambda text: text.replace("secret", "•"), ended=True).verdict
    assert (found.wrong, found.better) == (("it is •",), "•")
    assert question_in('{"question": "secret?"}', lambda text: text.replace("secret", "•")) == ("•?", True)


def test_a_long_text_is_read_in_time() -> None:
    began = time.process_time()
    for text in (
        " " * 64_000,
        "1" + " " * 63_000,
        "|" * 64_000,
        "1: " * 21_000,
        "{ " * 32_000,
        "<think>" * 9_000,
        "a?" * 32_000,
    ):
        verdict_in(text, TASK, ended=True)
        question_in(text, ended=True)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ('{"question": "Why so?"}', "Why so?"),
        ('Sure:\n```json\n{"question": "Why so?"}\n```', "Why so?"),
        ("<think>Why not?</think>Why does 3.5 do?\nI hope it helps.", "Why does 3.5 do?"),
        (f"{'I talk. ' * 50}Why so? Yes.", "Why so?"),
        ("为什么？因为。", "为什么？"),
        ('{"question": ""}', ""),
        ('{"question": null}', ""),
        ("None.", ""),
        ("The weather is fine.", None),
        ('{"question": ["Why?"]}', None),
    ],
)
def test_a_question_is_found_or_none_is_asked(text: str, question: str | None) -> None:
    assert question_in(text, ended=True)[0] == question


@given(SAID)
def test_a_question_streams(question: str) -> None:
    text = json.dumps({"question": question})
    end, closed = question_in(text, ended=True)
    assert closed and end is not None
    for at in range(len(text)):
        part, closed = question_in(text[:at])
        assert (not closed and end.startswith((part or "").removesuffix("…"))) or end == ""
