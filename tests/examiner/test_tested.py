"""How a test went is kept for the examiner that it was of: this model, at this address, told just this."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp.examiner.measure import Agreement, Rate
from quizapp.examiner.place import Place
from quizapp.examiner.record import Record
from quizapp.examiner.reference import REFERENCE
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost
from quizapp.paths import Home

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
TASK = Task("?", ("point",), "answer", "en")
PLACE = Place("http://localhost:1/v1", "a")


def agreed_at(found: int, answers: int = 120) -> Agreement:
    return Agreement(answers, 315, 0, 0, Rate(found, 315, 0.1, 0.9))


def test_it_is_of_this_examiner_and_no_other(home: Home) -> None:
    Record(home.examiner).keep_test(PLACE, agreed_at(200), NOW)
    record = Record(home.examiner)
    assert record.tested(PLACE) == agreed_at(200)
    assert record.tested(Place(PLACE.address, PLACE.model, "env:OTHER")) == agreed_at(200)
    assert record.tested(Place(PLACE.address, "b")) is None
    assert record.tested(Place("http://localhost:2/v1", "a")) is None
    home.prompts.mkdir()
    (home.prompts / "judge.txt").write_text("Be kind. {language} {form}")
    assert record.tested(PLACE) is None  # told otherwise it is another
    (home.prompts / "judge.txt").write_text("It is told nothing.")
    assert record.tested(PLACE) is None


def test_it_is_of_this_reference(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Record(home.examiner)
    record.keep_test(PLACE, agreed_at(200), NOW)
    other = tmp_path / "reference.json"
    other.write_bytes(REFERENCE.read_bytes().replace(b'"made"', b'"missed"', 1))
    monkeypatch.setattr("quizapp.examiner.record.REFERENCE", other)
    assert record.tested(PLACE) is None  # a reading was mended


def test_the_last_of_those_with_the_most_answers_counts(home: Home) -> None:
    record = Record(home.examiner)
    for found in (agreed_at(100), agreed_at(200), agreed_at(300, answers=20)):
        record.keep_test(PLACE, found, NOW)
    assert Record(home.examiner).tested(PLACE) == agreed_at(200)


def test_it_outlives_many_verdicts(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.examiner.record.MOST_BYTES", 2_000)
    record = Record(home.examiner)
    record.keep_test(PLACE, agreed_at(200), NOW)
    for _ in range(50):
        record.keep(PLACE, TASK, None, Cost(None, None, 1.0), NOW)
    record = Record(home.examiner)
    assert record.tested(PLACE) == agreed_at(200) and record.spent()[0].times < 30


def test_what_cannot_be_is_left_out(home: Home) -> None:
    record = Record(home.examiner)
    record.keep_test(PLACE, agreed_at(200), NOW)
    line = home.examiner.read_text()
    home.examiner.write_text(line + line.replace('"of":315', '"of":0').replace('"found":200', '"found":0'))
    assert len(home.examiner.read_text().splitlines()) == 2 and Record(home.examiner).tested(PLACE) == agreed_at(200)
