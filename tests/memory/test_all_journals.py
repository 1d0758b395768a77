"""The journals of several devices in one home: which are read, which left out, what is mended."""

import os
import shutil
from pathlib import Path

import pytest
from memory_world import DAY, KEY, NOW, RULES, event, filled, from_journals, give, journal_of, lived_in, opened
from msgspec.structs import replace

from quizapp.memory.all_journals import foreign_fault, journals, strays
from quizapp.memory.events import Opened
from quizapp.memory.line import JOURNAL_FORMAT, to_line
from quizapp.memory.recorder import CannotUndo
from quizapp.memory.rules_named import rules_name, rules_record
from quizapp.memory.schedule import Memory
from quizapp.memory.standings import open_standings

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_a_newer_format_of_another_device_leaves_out_that_file_alone(folder: Path) -> None:
    standings = lived_in(folder)
    newer = folder / "journal" / "newer.jsonl"
    newer.write_bytes(to_line(Opened(1, "n", NOW, JOURNAL_FORMAT + 1, "newer")) + b"what only a newer one reads\n")
    recorder = opened(folder)
    assert (dict(recorder.standings.all), recorder.standings.read_only) == (standings, None)
    assert [str(newer) in notice and "Update quizapp" in notice for notice in map(str, recorder.standings.notices)] == [
        True
    ]
    give(recorder, "good", NOW + 90 * DAY)
    recorder.close()
    assert dict(opened(folder).standings.all) == dict(recorder.standings.all) == from_journals(folder)


def test_what_is_no_journal_is_named_and_left_out(folder: Path, tmp_path: Path) -> None:
    standings = lived_in(folder)
    (folder / "journal" / "evil.jsonl").symlink_to(tmp_path / "key")
    recorder = opened(folder)
    assert ["evil.jsonl is left out" in notice for notice in map(str, recorder.standings.notices)] == [True]
    assert (dict(recorder.standings.all), recorder.standings.read_only) == (standings, None)


@pytest.mark.parametrize("first", ["0", "zz"])
def test_an_id_of_the_users_own_cannot_be_taken(folder: Path, first: str) -> None:
    """By a line of another device with the id of the user's review, or with the name of their rules."""
    recorder = opened(folder)
    mine = give(recorder, "good")
    give(recorder, "easy", NOW + 30 * DAY)
    recorder.close()
    standings = dict(recorder.standings.all)
    forged = replace(mine, grade="again", at=NOW - DAY, state=Memory(), on=None)
    rules = rules_record(replace(RULES, learning_steps=(5.0,)), 2, "r", NOW)
    lines = [replace(rules, name=mine.rules), forged, replace(forged, id="x", at=NOW + DAY)]
    other = folder / "journal" / f"{first}.jsonl"
    other.write_bytes(b"".join(map(to_line, lines)))
    meanwhile = opened(folder)
    other.write_bytes(b"".join(map(to_line, lines[:2])))
    (folder / "progress.json").unlink()
    assert opened(folder).standings.of(KEY) == standings[KEY]
    assert opened(folder).standings.history(KEY)[0] == mine
    known = open_standings(folder, rules=RULES).known
    assert known.rules[mine.rules] == RULES
    assert meanwhile.standings.of(KEY).events == 3


def test_rules_that_the_user_names_later_are_theirs(folder: Path) -> None:
    (folder / "journal").mkdir(parents=True)
    forged = replace(rules_record(replace(RULES, learning_steps=(5.0,)), 1, "r", NOW), name=rules_name(RULES))
    (folder / "journal" / "0.jsonl").write_bytes(to_line(forged))
    recorder = opened(folder)
    give(recorder, "good")
    recorder.close()
    assert open_standings(folder, rules=RULES).known.rules == {rules_name(RULES): RULES}


def test_what_others_name_is_kept_within_bounds(folder: Path) -> None:
    (folder / "journal").mkdir(parents=True)
    made = [rules_record(replace(RULES, maximum_interval=n + 1), n + 1, f"r{n}", NOW) for n in range(3_000)]
    (folder / "journal" / "0.jsonl").write_bytes(b"".join(map(to_line, made)))
    recorder = opened(folder)
    give(recorder, "good")
    recorder.close()
    assert (folder / "progress.json").stat().st_size < 500_000
    assert open_standings(folder, rules=RULES).known.rules[rules_name(RULES)] == RULES


def test_two_devices_meet_through_a_folder(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    a = opened(one)
    give(a, "easy")
    a.close()
    shutil.copytree(one / "journal", two / "journal")
    b = opened(two)
    assert b.standings.of(KEY) == a.standings.of(KEY)
    event = give(a, "good", NOW + 10 * DAY)
    give(b, "again", NOW + 11 * DAY)
    for source, target in ((one, two), (two, one)):
        for path in (source / "journal").iterdir():
            shutil.copy(path, target / "journal")
    assert a.standings.refresh()
    assert b.standings.refresh()
    assert a.standings.of(KEY) == b.standings.of(KEY)
    assert (a.standings.of(KEY).memory.reps, a.standings.of(KEY).memory.lapses) == (3, 1)
    with pytest.raises(CannotUndo, match="again since"):
        a.undo(event.id, NOW + 12 * DAY)
    with pytest.raises(CannotUndo, match="this device"):
        b.undo(event.id, NOW + 12 * DAY)


def test_a_copy_of_a_journal_adds_nothing(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    shutil.copy(path, path.with_name(f"{path.stem}.sync-conflict-20260301.jsonl"))
    assert dict(opened(folder).standings.all) == standings


def test_an_edited_line_is_reported_once_and_the_rest_stands(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"again"', b'"easy"')  # the first review of deck/0
    path.write_bytes(b"".join(lines))
    recorder = opened(folder)
    assert [
        word
        for word in ("is not what it was", "1 damaged line(s)")
        for n in map(str, recorder.standings.notices)
        if word in n
    ] == [
        "is not what it was",
        "1 damaged line(s)",
    ]
    assert path.with_suffix(".damaged").read_bytes() == lines[2]
    known = dict(recorder.standings.all)
    assert known["deck/0"].memory == standings["deck/0"].memory  # a later grade recorded what it led to
    assert {key: known[key] for key in known if key != "deck/0"} == {
        key: standings[key] for key in standings if key != "deck/0"
    }
    give(recorder, "good", NOW + 90 * DAY)
    recorder.close()
    assert opened(folder).standings.notices == ()
    (folder / "progress.json").unlink()
    assert opened(folder).standings.notices == ()


def test_a_torn_last_line_is_reported_once_and_the_next_grade_is_fine(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"type":"reviewed","seq":99,"id":"')
    recorder = opened(folder)
    assert dict(recorder.standings.all) == standings
    assert ["cut short" in notice for notice in map(str, recorder.standings.notices)] == [True]
    assert path.read_bytes() == whole
    give(recorder, "good", NOW + 90 * DAY)
    recorder.close()
    assert opened(folder).standings.notices == ()
    assert dict(opened(folder).standings.all) == from_journals(folder)


def test_an_editor_that_drops_the_last_newline_does_no_harm(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    path.write_bytes(path.read_bytes()[:-1])
    recorder = opened(folder)
    assert dict(recorder.standings.all) == standings
    give(recorder, "good", NOW + 90 * DAY)
    recorder.close()
    assert dict(opened(folder).standings.all) == dict(recorder.standings.all) == from_journals(folder)
    assert not list(folder.rglob("*.damaged"))


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    journal = filled(folder)
    for name in (".hidden.jsonl", "notes.txt", "x.damaged", "x.jsonl.tmp"):
        (folder / "journal" / name).write_text("?")
    (folder / "journal" / "folder.jsonl").mkdir()
    assert list(journals(folder)) == [journal.device]
    journal.close()


@pytest.mark.parametrize("name", ["a.b", "A", "ä", "-rf", ":(bad)", "a b", "x" * 65])
def test_a_journal_is_named_as_a_device(folder: Path, name: str) -> None:
    (folder / "journal").mkdir(parents=True)
    (folder / "journal" / f"{name}.jsonl").write_bytes(b"")
    (folder / "journal" / "0az.jsonl").write_bytes(b"")
    assert list(journals(folder)) == ["0az"]
    assert ["is left out: the name of a journal is" in str(sentence) for sentence in strays(folder)] == [True]
    assert foreign_fault(to_line(Opened(1, "id", NOW, JOURNAL_FORMAT, name)), name) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_no_link_and_no_fifo_is_a_journal(folder: Path, tmp_path: Path) -> None:
    journal = filled(folder)
    (tmp_path / "key").write_bytes(b"secret")
    (folder / "journal" / "evil.jsonl").symlink_to(tmp_path / "key")
    os.mkfifo(folder / "journal" / "pipe.jsonl")
    (folder / "journal" / "folder.jsonl").mkdir()
    assert list(journals(folder)) == [journal.device]
    for name, sentence in zip(["evil", "folder", "pipe"], strays(folder), strict=True):
        assert f"{name}.jsonl is left out: it is no regular file." in str(sentence)
    journal.close()


def test_ones_own_journal_is_read_first(folder: Path) -> None:
    journal = filled(folder)
    for name in ("0", "zz"):
        (folder / "journal" / f"{name}.jsonl").write_bytes(b"")
    assert list(journals(folder)) == [journal.device, "0", "zz"]
    journal.close()


def test_what_comes_from_elsewhere_says_whose_journal_it_is() -> None:
    first, event_2 = to_line(Opened(1, "id", NOW, JOURNAL_FORMAT, "abc")), to_line(event(2))
    assert foreign_fault(first, "abc") is None
    assert foreign_fault(first + event_2 + b"damage", "abc") is None
    assert "another device, abc" in str(foreign_fault(first, "abd"))
    assert "newer quizapp (format 2" in str(foreign_fault(to_line(Opened(1, "id", NOW, 2, "abc")), "abc"))
    for data in (b"", b"\n" + first, first[:-1], b"-----BEGIN KEY\n" + first, event_2, first.replace(b"abc", b"abd")):
        assert "does not begin as a journal" in str(foreign_fault(data, "abc"))
