"""What was asked and said is kept: privately, bounded, and read again whatever lies there."""

import json
import stat
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from asking import SAID, TASK

from quizapp.examiner import record
from quizapp.examiner.place import Place
from quizapp.examiner.record import Record, Spent
from quizapp.examiner.task import FollowUp, Task
from quizapp.examiner.verdict import Cost, PointVerdict, Verdict

NOW = datetime(2026, 11, 29, 23, 30, tzinfo=timezone(timedelta(hours=8)))
PLACE = Place("http://localhost:1/v1", "m", "env:EXAMINER_KEY")
COST = Cost(321, 45, 2.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "examiner.jsonl"


def test_what_was_judged_is_found_again_by_all_that_it_depends_on(path: Path) -> None:
    kept = Record(path)
    assert kept.found(PLACE, TASK) is None and not path.exists()
    kept.keep(PLACE, TASK, SAID, COST, NOW)
    for again in (kept, Record(path)):
        assert again.found(PLACE, TASK) == SAID
        assert again.found(Place(PLACE.address, "m", "keyring:other"), TASK) == SAID  # the same model
        assert again.found(Place(PLACE.address, "n"), TASK) is None
        assert again.found(Place("http://localhost:2/v1", "m"), TASK) is None
        assert again.found(PLACE, Task(TASK.question, TASK.points, f"{TASK.answer} ", "en")) is None
        follow_ups = (FollowUp("Why?", "So."),)
        assert again.found(PLACE, Task(TASK.question, TASK.points, TASK.answer, "en", "", follow_ups)) is None
    prompts = path.parent / "prompts"
    prompts.mkdir()
    (prompts / "judge.txt").write_text("{language} {form} Be kind.")
    assert Record(path).found(PLACE, TASK) is None
    (prompts / "judge.txt").write_text("nothing to fill in")
    assert Record(path).found(PLACE, TASK) is None


def test_the_last_verdict_counts(path: Path) -> None:
    other = Verdict((PointVerdict(),) * 3)
    for verdict in (SAID, other):
        Record(path).keep(PLACE, TASK, verdict, COST, NOW)
    assert Record(path).found(PLACE, TASK) == other


def test_it_is_private_and_holds_neither_answer_nor_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMINER_KEY", "sk-0123456789abcdef")
    kept = Record(path)
    kept.agree(PLACE.address, NOW)
    kept.keep(PLACE, TASK, SAID, COST, NOW)
    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert TASK.answer not in text and TASK.question not in text and "sk-" not in text and "EXAMINER_KEY" not in text
    assert [json.loads(line)["type"] for line in text.splitlines()] == ["agreed", "judged"]


def test_one_agrees_once_an_address(path: Path) -> None:
    kept = Record(path)
    assert not kept.agreed("http://a")
    kept.agree("http://a", NOW)
    kept.agree("http://a", NOW)
    assert kept.agreed("http://a") and not kept.agreed("insecure:http://a")
    assert Record(path).agreed("http://a") and len(path.read_text().splitlines()) == 1


def test_what_it_cost_by_day_and_model(path: Path) -> None:
    kept = Record(path)
    kept.keep(PLACE, TASK, SAID, COST, NOW)
    kept.keep(PLACE, TASK, None, Cost(None, 5, 1.5), NOW)
    kept.keep(Place("http://b", "other"), TASK, SAID, Cost(None, None, 1), NOW)
    kept.keep(PLACE, TASK, SAID, COST, NOW + timedelta(hours=1))
    assert kept.spent() == Record(path).spent() == (
        Spent(date(2026, 11, 30), "m", 1, 321, 45, 2.5),
        Spent(date(2026, 11, 29), "m", 2, 321, 50, 4),
        Spent(date(2026, 11, 29), "other", 1, 0, 0, 1),
    )  # fmt: skip


BAD = [
    b"",
    b"\x00\xff",
    b"[]",
    b'{"type":"other","at":1}',
    b'{"type":"judged","at":"yesterday","model":"m"}',
    b'{"type":"judged","at":"2026-11-29T00:00:00Z","model":7,"cost":{}}',
    b'{"type":"judged","at":"2026-11-29T00:00:00Z","model":"m","cost":{"tokens_in":1,"tokens_out":1,"seconds":1e308}}',
    b'{"type":"judged","at":"2026-11-29T00:00:00Z","model":"m","cost":{"tokens_in":-1,"tokens_out":1,"seconds":1}}',
    b'{"type":"agreed","address":',
    b"[" * 100_000,
]


def test_damaged_lines_are_left_out_and_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\n".join(BAD) + b"\n" + b'{"type":"agreed","address":"http://a","at":"2026-11-29T00:00:00Z"}')
    kept = Record(path)
    assert kept.agreed("http://a") and kept.spent() == ()
    kept.keep(PLACE, TASK, SAID, COST, NOW)  # after a last line without its end
    assert Record(path).found(PLACE, TASK) == SAID and Record(path).agreed("http://a")
    assert path.read_bytes().startswith(b"\n".join(BAD))


def test_what_a_stranger_wrote_there_is_shown_clean_and_bounded(path: Path) -> None:
    odd = Verdict(tuple(PointVerdict("made", "\x1b[31mred\u202e" * 200) for _ in range(3)), ("x\n",) * 99, "y" * 999)
    Record(path).keep(PLACE, TASK, odd, COST, NOW)
    found = Record(path).found(PLACE, TASK)
    assert found is not None and len(found.wrong) == 8 and len(found.better) == 300
    assert all("\x1b" not in point.words and len(point.words) <= 300 for point in found.points)
    Record(path).keep(PLACE, TASK, Verdict(()), COST, NOW)
    assert Record(path).found(PLACE, TASK) is None  # as many points as the card has


@pytest.mark.parametrize("there", ["folder", "link"])
def test_a_file_that_cannot_be_written_loses_nothing_of_this_sitting(path: Path, tmp_path: Path, there: str) -> None:
    path.parent.mkdir()
    path.mkdir() if there == "folder" else path.symlink_to(tmp_path / "elsewhere")
    kept = Record(path)
    kept.keep(PLACE, TASK, SAID, COST, NOW)
    kept.agree("http://a", NOW)
    assert kept.found(PLACE, TASK) == SAID and kept.agreed("http://a")
    assert not (tmp_path / "elsewhere").exists() and Record(path).found(PLACE, TASK) is None


def test_only_the_newest_are_kept_and_every_consent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MOST_BYTES", 20_000)
    monkeypatch.setattr(record, "KEPT_LINES", 10)
    kept = Record(path)
    kept.agree("http://a", NOW)
    for i in range(60):
        kept.keep(PLACE, Task("q", ("p",), f"answer {i}", "en"), Verdict((PointVerdict(),), (), "x" * 290), COST, NOW)
    again = Record(path)
    assert path.stat().st_size < 22_000 and again.agreed("http://a")
    assert again.found(PLACE, Task("q", ("p",), "answer 59", "en")) and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert again.found(PLACE, Task("q", ("p",), "answer 0", "en")) is None
    monkeypatch.setattr(record, "MOST_BYTES", 500)  # of a larger file the end is read
    assert Record(path).found(PLACE, Task("q", ("p",), "answer 59", "en")) and not Record(path).agreed("http://a")


def test_two_at_once_lose_nothing_of_each_other(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Record(path), Record(path)
    one.agree("http://a", NOW)
    other.agree("http://b", NOW)
    one.keep(PLACE, TASK, SAID, COST, datetime(2026, 1, 1, tzinfo=UTC))
    again = Record(path)
    assert again.agreed("http://a") and again.agreed("http://b") and again.found(PLACE, TASK) == SAID
