"""The interview that waits is found by what the store writes, and by nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from quizapp.study.interrupted import Interrupted, interrupted
from quizapp.study.interview import Asked, Interview, Terms, start_interview
from quizapp.study.interview_store import keep_in

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def kept(folder: Path, hours: int, **changes: object) -> Path:
    """An interview of that many hours ago, as the app keeps it."""
    questions = [Asked(f"d/{i}", 60) for i in range(8)]
    begun = start_interview(questions, Terms(way="typed"), NOW - timedelta(hours=hours))
    kept = keep_in(folder, begun)
    kept.interview = msgspec.structs.replace(begun, **changes)
    kept.save()
    return kept.path


def test_those_that_are_not_done_the_newest_first(tmp_path: Path) -> None:
    assert interrupted(tmp_path) == []
    older = Interrupted(kept(tmp_path, 5, at=2), 3, 8, again=False, started=NOW - timedelta(hours=5))
    assert interrupted(tmp_path) == [older]
    path = kept(tmp_path, 2, stage="reviewing", at=1, again=(2, 5, 6))
    kept(tmp_path, 1, stage="done", at=8)
    newer = Interrupted(path, 2, 3, again=True, started=NOW - timedelta(hours=2))
    assert interrupted(tmp_path) == [newer, older]


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert interrupted(tmp_path / "none") == []
    path = kept(tmp_path, 5)
    whole = path.read_bytes()
    for damaged in (b"", b"{", b"[" * 5000, b"\xff\xfe", whole.replace(b'"asking"', b'"gone"'), b'{"stage":"asking"}'):
        path.write_bytes(damaged)
        assert interrupted(tmp_path) == [], damaged
    path.write_bytes(whole.replace(b'"at": 0', b'"at": 8'))
    assert interrupted(tmp_path) == []
    path.unlink()
    path.mkdir()
    assert interrupted(tmp_path) == []


def test_it_knows_all_stages_that_there_are() -> None:
    stages = msgspec.inspect.type_info(Interview).fields  # type: ignore[attr-defined]
    stage = next(field for field in stages if field.name == "stage")
    assert set(stage.type.values) == {"asking", "asked_back", "marking", "reviewing", "done"}
