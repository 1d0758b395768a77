"""What a run sends, however it came to, is shown in little, in time and clean: QUIZAPP_FUZZ_S=60 tries for a minute."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from results import answers

from quizapp.draw.paper import Paper
from quizapp.lab.job import MAX_ANSWER, merged
from quizapp.lab.measured import Ran, charts, measures
from quizapp.lab.result import MAX_CHARTS, MAX_MEASURES
from quizapp.lab.run import Finished, Limits, RunEnd, _finished
from quizapp.ui.demo.outcome import draw_run, measures_text
from quizapp.words import LANGUAGES, clean, escaped

CASES = sorted((Path(__file__).parent / "cases" / "results").glob("*.json"))
MAX_ERROR = 500  # characters: a few lines on a screen
WAIT_S = 2  # of a busy machine; it takes half of that at most


def taken(answer: bytes) -> Finished:
    """How a run that gave this answer has finished, once it has been seen to be fit for a screen and a program."""
    start = time.process_time()
    finished = _finished(RunEnd(merged(answer[:MAX_ANSWER]), 1.0), Limits())
    result = finished.result or {}
    for error in (finished.error.says(language) for language in LANGUAGES if finished.error):
        assert error and len(error) <= MAX_ERROR and clean(error) == error and "\n" not in error
    assert len(measures(result)) <= MAX_MEASURES and len(charts(result)) <= MAX_CHARTS
    drawn = draw_run(Ran({}, result), "", False, Paper(80, 14))
    text = measures_text(measures(result), Paper(80, 14)).plain
    text += "\n".join(line.plain for line in (*drawn.lead, *drawn.others))
    assert clean(text) == text and len(text) < 60_000
    escaped(json.dumps(result, ensure_ascii=False, allow_nan=False)).encode()
    assert time.process_time() - start < WAIT_S
    return finished


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_that_once_broke_something(case: Path) -> None:
    taken(case.read_bytes())


@pytest.mark.parametrize(
    ("make", "kept", "says"),
    [
        (lambda: {"result": {f"c{n}": [1, 2] for n in range(8_000)}}, 12, "more than 50 numbers or 12 charts"),
        (lambda: {"result": {f"m{n}": n for n in range(8_000)}}, 50, "more than 50 numbers or 12 charts"),
        (lambda: {"error": {"code": "stopped", "why": "e" * 5_900_000}}, 0, "eeee"),
        (lambda: {"error": {"code": "stopped", "why": "\x1b" * 5_900_000}}, 0, "without a word"),
        (lambda: {"result": {f"s{n}": [n] * 19_000 for n in range(12)}}, 10, "more than 200,000 values"),
        (lambda: {"result": {"a": 1, "b": {str(n): n for n in range(9_000)}}}, 1, "has 9,000 labels; at most 300"),
        (lambda: {"result": {"a": 1, "b": {str(n): [n] for n in range(900)} | {"x": [1]}}}, 1, "901 lines; at most 9"),
        (lambda: {"result": {"a": 1, "b": {"x": ["l"] * 999, "y": [1] * 999}}}, 1, "has 999 labels; at most 300"),
    ],
)
def test_too_much_is_cut_and_said(make: Callable[[], object], kept: int, says: str) -> None:
    finished = taken(json.dumps(make()).encode())
    assert len(finished.result or {}) == kept
    assert says in str(finished.error)


@pytest.mark.parametrize("line", [b"{}\n", b"\n", b'{"error": "e"}\n', b"[[0, 1]]\n", b"[", b'{"result":', b"\xff"])
def test_a_file_full_of_anything_is_read_in_time(line: bytes) -> None:
    taken(line * (MAX_ANSWER // len(line)))


@pytest.mark.parametrize(
    "values",
    [
        b"[" + b"[]," * 1_990_000 + b"[]]",
        b"[" + b"1," * 2_990_000 + b"1]",
        b"[" + (b"9" * 4_299 + b",") * 1_390 + b"1]",
        b"{" + b",".join(b'"%x":1' % n for n in range(500_000)) + b"}",
    ],
    ids=["lists", "numbers", "long numbers", "names"],
)
def test_what_is_no_answer_is_not_parsed_for_long(values: bytes) -> None:
    """No key is answered meanwhile."""
    start = time.process_time()
    merged(b'\n{"result": {"a": ' + values + b"}}\n")
    assert time.process_time() - start < 0.1


def test_the_last_word_counts() -> None:
    flood = b'{"error": "mine"}\n' * 1_000
    assert merged(flood + b'{"exit": 3}\n') == {"error": "mine", "exit": 3}


def test_answers_made_up() -> None:
    """The same each time. One that fails goes to cases/results, by a name that says what it is."""
    end = time.monotonic() + int(os.environ.get("QUIZAPP_FUZZ_S", "0"))
    for count, answer in enumerate(answers(seed=14), 1):
        try:
            taken(answer)
        except Exception as error:
            error.add_note(f"answer {count}: {answer[:2_000]!r}")
            raise
        if count >= 60 and time.monotonic() > end:
            return
