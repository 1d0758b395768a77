"""progress.json: what the journals say, made again whenever it is not."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from memory_world import DAY, KEY, NOW, RULES, from_journals, give, journal_of, lived_in, opened

from quizapp.memory.all_cards import ANSWER_S, PACE
from quizapp.memory.events import Given, Opened
from quizapp.memory.journal import CannotSave
from quizapp.memory.line import JOURNAL_FORMAT, seal, to_line
from quizapp.memory.recorder import Recorder
from quizapp.memory.snapshot import _LAW
from quizapp.memory.standings import open_standings

pytestmark = pytest.mark.usefixtures("no_waiting")


BAD_SNAPSHOTS = {
    "empty": b"",
    "zeros": b"\0" * 400,
    "a list": b"[]",
    "cut": b'{"format":1,"cards":{',
    "no checksum": b'{"format":1,"cards":{}}',
    "no text": b"\xff\xfe\0",
    "wrong checksum": b'{"format":1,"cards":{},"crc":"00000000"}\n',
    "wrong type": seal(b'{"format":1,"law":%d,"cards":[]}' % _LAW),
}


def test_the_snapshot_is_what_the_journals_say(folder: Path) -> None:
    standings = lived_in(folder)
    assert dict(opened(folder).standings.all) == standings == from_journals(folder)
    (folder / "progress.json").unlink()
    recorder = opened(folder)
    assert (dict(recorder.standings.all), recorder.standings.notices) == (standings, ())


def test_a_start_reads_only_what_the_snapshot_lacks(folder: Path) -> None:
    lived_in(folder)
    recorder = opened(folder)
    give(recorder, "easy", NOW + 30 * DAY)  # and is killed: no close
    standings = open_standings(folder, rules=RULES)
    assert standings.unsaved == 1
    assert dict(standings.all) == from_journals(folder)


def test_the_snapshot_is_written_while_one_studies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.memory.recorder._SNAPSHOT_EVERY", 5)
    recorder = opened(folder)
    for n in range(7):
        give(recorder, "good", key=f"deck/{n}")
    saved = json.loads((folder / "progress.json").read_text())
    assert len(saved["cards"]) == 3  # the fifth line: the journal's first, the rules, three grades


@pytest.mark.parametrize("content", BAD_SNAPSHOTS.values(), ids=BAD_SNAPSHOTS)
def test_a_damaged_snapshot_is_made_again_and_kept(folder: Path, content: bytes) -> None:
    standings = lived_in(folder)
    (folder / "progress.json").write_bytes(content)
    recorder = opened(folder)
    assert dict(recorder.standings.all) == standings
    assert ["was damaged" in notice for notice in map(str, recorder.standings.notices)] == [True]
    assert (folder / "progress.damaged.json").read_bytes() == content
    give(recorder, "good", NOW + 90 * DAY)
    recorder.close()
    assert opened(folder).standings.notices == ()


def test_a_snapshot_with_one_digit_changed_is_not_believed(folder: Path) -> None:
    standings = lived_in(folder)
    raw = (folder / "progress.json").read_bytes()
    (folder / "progress.json").write_bytes(raw.replace(b'"reps":3', b'"reps":4', 1))
    assert dict(opened(folder).standings.all) == standings


@pytest.mark.parametrize("where", ["snapshot", "journal", "journal meanwhile"])
def test_a_newer_format_is_shown_and_not_touched(folder: Path, where: str) -> None:
    standings = lived_in(folder)
    early = opened(folder) if where == "journal meanwhile" else None
    if where == "snapshot":
        (folder / "progress.json").write_text('{"format":2,"all":"different"}')
    else:
        with journal_of(folder).open("ab") as file:
            file.write(to_line(Opened(99, "x", NOW, JOURNAL_FORMAT + 1, "y")) + b"what only a newer one reads\n")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    recorder = early or opened(folder)
    with pytest.raises(CannotSave, match="newer quizapp"):
        give(recorder, "good")
    assert dict(recorder.standings.all) == standings
    assert "newer quizapp" in str(recorder.standings.read_only)
    recorder.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert len(recorder.standings.notices) == 1


def test_a_journal_that_is_missing_is_said_and_the_snapshot_kept(folder: Path) -> None:
    standings = lived_in(folder)
    snapshot = (folder / "progress.json").read_bytes()
    other = folder / "journal" / "other.jsonl"
    journal_of(folder).rename(other)  # the same events, by another name: nothing is lost
    recorder = opened(folder)
    assert dict(recorder.standings.all) == standings
    assert ["is not what it was" in notice for notice in map(str, recorder.standings.notices)] == [True]
    assert (folder / "progress.old.json").read_bytes() == snapshot
    recorder.close()
    other.unlink()
    recorder = opened(folder)
    assert dict(recorder.standings.all) == {}
    assert len(recorder.standings.notices) == 1


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"format":1,"cards":' + b"[" * 100_000], ids=["all", "within"])
def test_a_snapshot_of_brackets_is_made_again(folder: Path, content: bytes) -> None:
    standings = lived_in(folder)
    (folder / "progress.json").write_bytes(content)
    assert dict(opened(folder).standings.all) == standings


def test_the_days_of_study_and_the_pace_are_kept(folder: Path) -> None:
    recorder = opened(folder)
    for later in (0, 1, 5):
        now = NOW + timedelta(days=later)
        recorder.review(KEY, recorder.standings.preview(KEY, now)["good"], now, Given(took_s=10 + later))
    for when in (now, now + timedelta(days=1)):  # what was undone is neither
        undone = recorder.review(KEY, recorder.standings.preview(KEY, when)["again"], when, Given(took_s=40))
        recorder.undo(undone.id, when)
    days = {NOW.date() + timedelta(days=later) for later in (0, 1, 5)}

    def agrees(recorder: Recorder) -> bool:
        return set(recorder.standings.studied) == days and list(recorder.standings.pace) == [10, 11, 15]

    assert agrees(recorder) and agrees(opened(folder))
    recorder.close()
    assert agrees(opened(folder))
    snapshot = json.loads((folder / "progress.json").read_text())
    del snapshot["crc"], snapshot["days"]  # as an earlier version wrote it
    snapshot |= {"law": _LAW - 1, "answers": [10.5, 11]}
    (folder / "progress.json").write_bytes(seal(json.dumps(snapshot, separators=(",", ":")).encode()))
    earlier = opened(folder)
    assert agrees(earlier) and not earlier.standings.notices and earlier.standings.of(KEY) == recorder.standings.of(KEY)
    (folder / "progress.json").unlink()
    assert agrees(opened(folder))


def test_the_pace_that_a_day_is_planned_by_outlives_the_process(folder: Path) -> None:
    recorder = Recorder(open_standings(folder, rules=RULES))
    for n in range(PACE):
        recorder.review(f"d/c{n}", recorder.standings.preview(f"d/c{n}", NOW)["good"], NOW, Given(took_s=9))
    day = recorder.standings.of("d/c0").first
    assert day is not None and recorder.standings.usual_s(day) == ANSWER_S
    recorder.close()
    again = open_standings(folder, rules=RULES)
    assert again.usual_s(day) == ANSWER_S and again.usual_s(day + timedelta(days=1)) == 9
