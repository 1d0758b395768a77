"""A home as format 1 has it: this version writes it byte for byte as it was, and every later one reads it as it was."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.memory.recorder import Recorder
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.settings_file import read_settings
from quizapp.study.interview_store import interview_files

GOLDEN = Path(__file__).with_name("golden")
sys.path.insert(0, str(GOLDEN))
import make  # noqa: E402  (the script beside the home that it wrote)

pytestmark = pytest.mark.usefixtures("no_waiting")


def files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.relative_to(home).parts[0] != "allowed"
    }


def seen(recorder: Recorder) -> dict[str, Any]:
    """All that is to be known of a home's journals, as JSON has it."""
    reading = recorder.standings.reading()
    for _ in reading.read():
        pass
    last = recorder.last_undoable()
    found = {
        "standings": dict(sorted(recorder.standings.all.items())),
        "leeches": sorted(key for key, standing in recorder.standings.all.items() if standing.leech),
        "histories": {
            key: [[event.id, type(event).__name__] for event in events]
            for key, events in sorted(recorder.standings.histories().items())
        },
        "weights": recorder.standings.rules.weights,
        "studied": sorted(recorder.standings.studied),
        "pace": sorted(recorder.standings.pace),
        "last": last and last.id,
        "reviews": sorted(reading.reviews, key=lambda review: (review.at, review.card)),
        "predictions": sorted(reading.predictions, key=lambda event: event.seq),
    }
    told: dict[str, Any] = json.loads(msgspec.json.encode(found))
    return told


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOLDEN / "home", tmp_path / "home"))


def test_a_home_is_written_as_it_was(tmp_path: Path) -> None:
    make.make(tmp_path / "made")
    made, golden = files(tmp_path / "made"), files(GOLDEN / "home")
    assert made.keys() == golden.keys()
    for name, content in golden.items():
        assert made[name].splitlines() == content.splitlines(), name
        assert made[name] == content, name


def test_it_has_every_kind_of_event_with_every_member() -> None:
    lines = [
        json.loads(line)
        for path in sorted((GOLDEN / "home" / "journal").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("{")
    ]
    members: dict[str, set[str]] = {}
    for line in lines:
        members.setdefault(line["type"], set()).update(line)
    for kind in make.KINDS:
        assert members[str(kind.__struct_config__.tag)] == {*kind.__struct_fields__, "type", "crc"}, kind
    assert "rescheduled" in members


@pytest.mark.parametrize("how", ["by its snapshot", "by its journals", "on another machine"])
def test_it_is_read_as_it_was(home: Path, how: str) -> None:
    expected = json.loads((GOLDEN / "expected.json").read_text("utf-8"))
    if how == "by its journals":
        (home / "progress.json").unlink()
    with make.machine("cccc" if how == "on another machine" else "aaaa", 3):
        recorder = make.opened(home)
        found = seen(recorder)
        if how == "on another machine":
            expected["last"] = None  # that can be undone here
        assert found == expected
        assert recorder.standings.read_only is None
        assert ["newer quizapp" in notice for notice in map(str, recorder.standings.notices)] == [True]
        recorder.close()
    names = {name for name in files(home) if name.startswith("journal")}
    assert {name: files(home)[name] for name in names} == {
        name: content for name, content in files(GOLDEN / "home").items() if name.startswith("journal")
    }


def test_its_snapshot_is_taken_as_it_is(home: Path) -> None:
    with make.machine("aaaa", 3):
        standings = Standings(home, make.RULES, {"llm/kv": "llm/kv-cache"})
        standings.load()
    assert standings.unsaved == 0
    assert not (home / "progress.damaged.json").exists()


def test_its_settings_are_read(home: Path) -> None:
    kept = {name: value for name, value in {**make.SETTINGS, **make.LATER}.items() if name not in make.GONE}
    assert read_settings(home / "settings.yaml") == replace(Settings(), **kept)
    assert kept.keys() == set(Settings.__struct_fields__)


def test_its_interviews_are_read(home: Path) -> None:
    done, asking, marking, reviewing = [one.interview for one in interview_files(home / "interviews")]
    assert reviewing is not None and reviewing.question.key == "llm/1" and reviewing.stage == "reviewing"
    assert (reviewing.friend, reviewing.levels, reviewing.again) == (True, ("basic", "advanced"), (1,))
    assert asking is not None and marking is not None and done is not None
    assert [one.stage for one in (asking, marking, done)] == ["asking", "marking", "done"]
    assert [one.at for one in (asking, marking, done)] == [2, 1, 3]
    assert [one.aloud for one in (asking, marking, done)] == [False, True, False]
    assert msgspec.to_builtins(asking)["questions"] == (
        {
            "key": "llm/0", "budget_s": 120, "took_s": 130.5, "typed": "因为 softmax", "confidence": 75,
            "ticks": (0, 2), "grade": "good", "counted": True, "given": True, "event": "an-event",
        },
        {
            "key": "llm/1", "budget_s": 45, "follows": True, "took_s": 20.0, "chosen": (2, 0), "grade": "again",
            "given": True,
        },
        {"key": "llm/2", "budget_s": 60},
    )  # fmt: skip
    assert (asking.seed, asking.minutes, asking.started.isoformat()) == (7, 20, "2026-03-04T09:00:00+02:00")


def test_what_it_trusts_is_trusted(home: Path) -> None:
    trust = Trust(home / "trust.json")
    script = replace(
        read_script(Path(make.DEMO), b"def main(seed: int = 0):\n    return seed\n"), sha256=make.DEMO_SHA256
    )
    assert trust.trusted(script, Path("/nowhere"))
    assert not trust.trusted(replace(script, sha256="00" * 32), Path("/nowhere"))
    assert not trust.trusted(replace(script, path=Path("/home/reader/other.py")), Path("/nowhere"))
