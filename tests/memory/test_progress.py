"""Grading, undoing, changing and coming back: one device, several, and homes in bad shape."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from memory_world import KEY, NOW, RULES, from_journals, give, opened, written
from msgspec.structs import replace

from quizapp.memory.events import FORMAT, Opened, Optimized, Predicted, Reviewed, rules_name, rules_record, seal, write
from quizapp.memory.ledger import Ledger
from quizapp.memory.progress import CannotSave, CannotUndo, Progress, Stale, open_progress
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import GRADES, Memory, Rules, preview

pytestmark = pytest.mark.usefixtures("no_waiting")
DAY = timedelta(days=1)


def journal_of(folder: Path) -> Path:
    (path,) = (folder / "journal").glob("*.jsonl")
    return path


def lived_in(folder: Path, cards: int = 5) -> dict[str, Standing]:
    """A home after a few sittings with grades, changes and undone grades; how its cards stand."""
    for sitting in range(3):
        progress = opened(folder)
        for n in range(cards):
            event = give(progress, GRADES[(n + sitting) % 4], NOW + sitting * 5 * DAY, f"deck/{n}")
            if n == 2:
                progress.undo(event.id, NOW + sitting * 5 * DAY)
        progress.change("deck/1", ("flagged", "suspended", "buried")[sitting], NOW + sitting * 5 * DAY)  # type: ignore[arg-type]
        progress.close()
    return dict(progress.standings)


def test_an_empty_home_is_new_and_stays_untouched(folder: Path) -> None:
    progress = opened(folder)
    assert progress.of(KEY) == Standing()
    assert progress.preview(KEY, NOW) == preview(Memory(), KEY, NOW, RULES)
    progress.close()
    assert (progress.notices, progress.read_only, folder.exists()) == ((), None, False)


def test_what_the_button_showed_is_what_is_saved_and_comes_back(folder: Path) -> None:
    progress = opened(folder)
    shown = progress.preview(KEY, NOW)["good"]
    event = progress.review(
        KEY,
        shown,
        NOW + timedelta(seconds=40),
        took_s=7.12345,
        ticks=(0, 2),
        chosen=(1,),
        typed="a\x1b[2Jb",
        confidence=70,
    )
    assert progress.of(KEY).memory == shown.memory == event.state
    assert (event.took_s, event.ticks, event.chosen, event.typed, event.confidence) == (7.123, (0, 2), (1,), "ab", 70)
    assert written(folder)[-1] == event  # before it is closed
    progress.close()
    assert opened(folder).of(KEY) == progress.of(KEY)


def test_the_journal_spells_out_each_set_of_rules_once(folder: Path) -> None:
    for retention in (0.9, 0.9, 0.8, 0.9):
        progress = open_progress(folder, now=NOW, rules=Rules(retention=retention))
        give(progress, "good")
        progress.close()
    kinds = [json.loads(line)["type"] for line in journal_of(folder).read_text().splitlines()]
    assert kinds == ["journal", "rules", "reviewed", "reviewed", "rules", "reviewed", "reviewed"]
    seqs = [json.loads(line)["seq"] for line in journal_of(folder).read_text().splitlines()]
    assert seqs == list(range(1, 8))


def test_the_snapshot_is_what_the_journals_say(folder: Path) -> None:
    standings = lived_in(folder)
    assert dict(opened(folder).standings) == standings == from_journals(folder)
    (folder / "progress.json").unlink()
    progress = opened(folder)
    assert (dict(progress.standings), progress.notices) == (standings, ())


def test_a_start_reads_only_what_the_snapshot_lacks(folder: Path) -> None:
    lived_in(folder)
    progress = opened(folder)
    give(progress, "easy", NOW + 30 * DAY)  # and is killed: no close
    ledger = Ledger(folder, {})
    ledger.load()
    assert ledger.unsaved == 1
    assert ledger.cards == from_journals(folder)


def test_the_snapshot_is_written_while_one_studies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.memory.progress._SNAPSHOT_EVERY", 5)
    progress = opened(folder)
    for n in range(7):
        give(progress, "good", key=f"deck/{n}")
    saved = json.loads((folder / "progress.json").read_text())
    assert len(saved["cards"]) == 3  # the fifth line: the journal's first, the rules, three grades


def test_undo_brings_back_what_was(folder: Path) -> None:
    progress = opened(folder)
    stood, events = [], []
    for n, grade in enumerate(GRADES):
        stood.append(progress.of(KEY))
        events.append(give(progress, grade, NOW + n * DAY))
        give(progress, grade, NOW + n * DAY, "deck/other")
    for before, event in zip(reversed(stood), reversed(events), strict=True):
        progress.undo(event.id, NOW + 9 * DAY)
        assert replace(progress.of(KEY), tip=None, events=0) == replace(before, tip=None, events=0)
        with pytest.raises(CannotUndo, match="already"):
            progress.undo(event.id, NOW + 9 * DAY)
    assert dict(progress.standings) == from_journals(folder)


def test_undo_after_a_grade_after_an_undo(folder: Path) -> None:
    progress = opened(folder)
    first = give(progress, "good")
    stood = progress.of(KEY)
    for grade in ("again", "easy"):
        second = give(progress, grade, NOW + DAY)  # type: ignore[arg-type]
        progress.undo(second.id, NOW + DAY)
        assert progress.of(KEY).memory == stood.memory
    progress.undo(first.id, NOW + DAY)
    assert progress.of(KEY).memory == Memory()
    assert dict(progress.standings) == from_journals(folder)


def test_undo_across_sittings(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "good")
    last = give(progress, "good", NOW, "deck/other")
    progress.predicted(KEY, NOW, demo="d", measure="m")
    progress.close()
    progress = opened(folder)
    assert progress.last() == last
    progress.undo(last.id, NOW)
    first = progress.last()
    assert first is not None
    assert first.card == KEY
    progress.undo(first.id, NOW)
    assert progress.last() is None
    assert dict(progress.standings) == from_journals(folder)


def test_what_came_after_must_be_undone_first(folder: Path) -> None:
    progress = opened(folder)
    first, flag = give(progress, "good"), progress.change(KEY, "flagged", NOW)
    second = give(progress, "good", NOW + DAY)
    with pytest.raises(CannotUndo, match="again since"):
        progress.undo(first.id, NOW)
    progress.undo(flag.id, NOW)  # a flag is no review: nothing depends on it
    assert not progress.of(KEY).flagged
    progress.undo(second.id, NOW)
    progress.undo(first.id, NOW)
    assert progress.of(KEY).memory == Memory()
    assert dict(progress.standings) == from_journals(folder)


def test_a_reset_under_a_later_grade_is_not_undone(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy")
    reset = progress.change(KEY, "reset", NOW + DAY)
    give(progress, "good", NOW + DAY)
    with pytest.raises(CannotUndo, match="again since"):
        progress.undo(reset.id, NOW + DAY)


def test_what_this_device_did_not_do_it_cannot_undo(folder: Path) -> None:
    progress = opened(folder)
    event = give(progress, "good")
    undone = progress.undo(event.id, NOW)
    for name in ("nonsense", undone.id):
        with pytest.raises(CannotUndo, match="nothing to undo"):
            progress.undo(name, NOW)


def test_todays_figures(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy", key="a/1")
    event = give(progress, "easy", key="a/2")
    give(progress, "good", key="b/1")
    later = NOW + 30 * DAY
    assert (progress.new_today("a", NOW.date()), progress.new_today("b", NOW.date())) == (2, 1)
    progress.undo(event.id, NOW)
    assert progress.new_today("a", NOW.date()) == 1
    give(progress, "good", later, "a/1")
    give(progress, "good", later, "b/1")  # still in learning: counts as no review
    for known in (progress, opened(folder, later)):
        assert [known.reviews_today(deck, later.date()) for deck in "ab"] == [1, 0]
        assert [known.new_today(deck, later.date()) for deck in "ab"] == [0, 0]
        assert known.new_today("a", NOW.date()) == 1
        assert (known.new_today("c", NOW.date()), known.reviews_today("c", NOW.date())) == (0, 0)


def test_a_prediction_changes_nothing_of_the_card(folder: Path) -> None:
    progress = opened(folder)
    before = give(progress, "good")
    event = progress.predicted(
        KEY,
        NOW,
        demo="quantize",
        measure="sqnr_db",
        script="ab12",
        knobs={"bits": 4},
        choice=1,
        measured=14.5,
        right=True,
    )
    assert isinstance(event, Predicted)
    assert written(folder)[-1] == event
    assert progress.of(KEY).tip == before.id
    progress.undo(before.id, NOW)


def test_two_processes_share_a_journal(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    shown = two.preview(KEY, NOW)["good"]
    give(one, "easy")
    with pytest.raises(Stale, match=KEY):
        two.review(KEY, shown, NOW)
    assert two.of(KEY) == one.of(KEY)
    give(two, "good", NOW + DAY)
    give(two, "good", NOW, "deck/other")
    assert one.refresh()
    assert not one.refresh()
    assert dict(one.standings) == dict(two.standings) == from_journals(folder)
    seqs = [event.seq for event in written(folder)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_change_that_left_the_memory_alone_spoils_no_grade(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    shown = two.preview(KEY, NOW)["good"]
    one.change(KEY, "flagged", NOW)
    two.review(KEY, shown, NOW)
    assert two.of(KEY).flagged
    assert dict(two.standings) == from_journals(folder)


def test_weights_fitted_to_the_user_replace_the_published_ones(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "good")
    weights = tuple(weight * 1.01 for weight in RULES.weights)
    event = Optimized(9, "fit", NOW, None, weights, 500, 0.4, 0.35)
    strange = Optimized(9, "fit7", NOW + DAY, "fit", (*weights, 0.5), 600, 0.4, 0.3)
    other = folder / "journal" / "other.jsonl"
    other.write_bytes(write(event))
    assert progress.refresh()
    assert progress.rules == replace(RULES, weights=weights)
    progress.close()
    assert opened(folder).rules.weights == weights
    with other.open("ab") as file:
        file.write(write(strange))
    assert opened(folder).rules.weights == weights  # those are of another scheduler: ours goes on with what it has


def test_weights_that_another_process_adopted_hold_at_once(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    give(one, "good")
    weights = tuple(weight * 1.01 for weight in RULES.weights)
    one.adopt(weights, NOW, reviews=500, before=0.4, after=0.35)
    two.change(KEY, "flagged", NOW)
    assert two.rules.weights == one.rules.weights == weights


@pytest.mark.parametrize("wrong", [0.0, -1.0, 1e9])
def test_weights_that_py_fsrs_does_not_take_change_nothing(folder: Path, wrong: float) -> None:
    progress = opened(folder)
    other = folder / "journal" / "other.jsonl"
    other.parent.mkdir(parents=True)
    other.write_bytes(write(Optimized(1, "fit", NOW, None, (wrong,) * 21, 500, 0.4, 0.35)))
    assert progress.refresh()
    assert progress.rules == RULES
    give(progress, "good")


# Devices


def test_a_newer_format_of_another_device_leaves_out_that_file_alone(folder: Path) -> None:
    standings = lived_in(folder)
    newer = folder / "journal" / "newer.jsonl"
    newer.write_bytes(write(Opened(1, "n", NOW, FORMAT + 1, "newer")) + b"what only a newer one reads\n")
    progress = opened(folder)
    assert (dict(progress.standings), progress.read_only) == (standings, None)
    assert [str(newer) in notice and "Update quizapp" in notice for notice in progress.notices] == [True]
    give(progress, "good", NOW + 90 * DAY)
    progress.close()
    assert dict(opened(folder).standings) == dict(progress.standings) == from_journals(folder)


def test_what_is_no_journal_is_named_and_left_out(folder: Path, tmp_path: Path) -> None:
    standings = lived_in(folder)
    (folder / "journal" / "evil.jsonl").symlink_to(tmp_path / "key")
    progress = opened(folder)
    assert ["evil.jsonl is left out" in notice for notice in progress.notices] == [True]
    assert (dict(progress.standings), progress.read_only) == (standings, None)


@pytest.mark.parametrize("first", ["0", "zz"])
def test_an_id_of_the_users_own_cannot_be_taken(folder: Path, first: str) -> None:
    """By a line of another device with the id of the user's review, or with the name of their rules."""
    progress = opened(folder)
    mine = give(progress, "good")
    give(progress, "easy", NOW + 30 * DAY)
    progress.close()
    standings = dict(progress.standings)
    forged = replace(mine, grade="again", at=NOW - DAY, state=Memory(), on=None)
    rules = rules_record(replace(RULES, learning_steps=(5.0,)), 2, "r", NOW)
    lines = [replace(rules, name=mine.rules), forged, replace(forged, id="x", at=NOW + DAY)]
    other = folder / "journal" / f"{first}.jsonl"
    other.write_bytes(b"".join(map(write, lines)))
    meanwhile = opened(folder)
    other.write_bytes(b"".join(map(write, lines[:2])))
    (folder / "progress.json").unlink()
    assert opened(folder).of(KEY) == standings[KEY]
    assert opened(folder).history(KEY)[0] == mine
    ledger = Ledger(folder, {})
    ledger.load()
    assert ledger.rules[mine.rules] == RULES
    assert meanwhile.of(KEY).events == 3


def test_rules_that_the_user_names_later_are_theirs(folder: Path) -> None:
    (folder / "journal").mkdir(parents=True)
    forged = replace(rules_record(replace(RULES, learning_steps=(5.0,)), 1, "r", NOW), name=rules_name(RULES))
    (folder / "journal" / "0.jsonl").write_bytes(write(forged))
    progress = opened(folder)
    give(progress, "good")
    progress.close()
    ledger = Ledger(folder, {})
    ledger.load()
    assert ledger.rules == {rules_name(RULES): RULES}


def test_what_others_name_is_kept_within_bounds(folder: Path) -> None:
    (folder / "journal").mkdir(parents=True)
    made = [rules_record(replace(RULES, maximum_interval=n + 1), n + 1, f"r{n}", NOW) for n in range(3_000)]
    (folder / "journal" / "0.jsonl").write_bytes(b"".join(map(write, made)))
    progress = opened(folder)
    give(progress, "good")
    progress.close()
    assert (folder / "progress.json").stat().st_size < 500_000
    ledger = Ledger(folder, {})
    ledger.load()
    assert ledger.rules[rules_name(RULES)] == RULES


def test_settings_that_change_hold_from_the_next_grade_on(folder: Path) -> None:
    progress = opened(folder)
    first = progress.preview(KEY, NOW)["good"]
    progress.settle(replace(RULES, learning_steps=(60, 1800)))
    assert progress.preview(KEY, NOW)["good"].interval_s == 1800 != first.interval_s
    give(progress, "good", NOW)
    progress.close()
    assert from_journals(folder) == opened(folder).standings


def test_two_devices_meet_through_a_folder(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    a = opened(one)
    give(a, "easy")
    a.close()
    shutil.copytree(one / "journal", two / "journal")
    b = opened(two)
    assert b.of(KEY) == a.of(KEY)
    event = give(a, "good", NOW + 10 * DAY)
    give(b, "again", NOW + 11 * DAY)
    for source, target in ((one, two), (two, one)):
        for path in (source / "journal").iterdir():
            shutil.copy(path, target / "journal")
    assert a.refresh()
    assert b.refresh()
    assert a.of(KEY) == b.of(KEY)
    assert (a.of(KEY).memory.reps, a.of(KEY).memory.lapses) == (3, 1)
    with pytest.raises(CannotUndo, match="again since"):
        a.undo(event.id, NOW + 12 * DAY)
    with pytest.raises(CannotUndo, match="this device"):
        b.undo(event.id, NOW + 12 * DAY)


def test_a_copy_of_a_journal_adds_nothing(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    shutil.copy(path, path.with_name(f"{path.stem}.sync-conflict-20260301.jsonl"))
    assert dict(opened(folder).standings) == standings


# Renames


def test_a_rename_carries_the_history_over_and_back(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy", key="deck/old")
    stood = progress.of("deck/old")
    progress.close()
    for _ in range(2):
        renamed = opened(folder, new="deck/old")
        assert renamed.of("deck/new") == stood
        assert renamed.of("deck/old") == Standing()
        renamed.close()
    give(renamed, "good", NOW + 9 * DAY, "deck/new")
    renamed.close()
    again = opened(folder, newest="deck/old")
    assert (again.of("deck/newest"), again.of("deck/new").memory.reps) == (stood, 2)
    again.close()
    assert dict(opened(folder).standings) == from_journals(folder)


def test_two_cards_made_one_have_both_histories(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy", NOW, "deck/a")
    give(progress, "good", NOW + 9 * DAY, "deck/b")
    progress.close()
    progress = opened(folder, b="deck/a")
    assert progress.of("deck/b").memory.reps == 2
    assert not progress.refresh()


def test_a_key_in_use_is_no_former_key(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy", NOW, "deck/a")
    progress.close()
    swapped = open_progress(
        folder, now=NOW, rules=RULES, renames={"deck/a": "deck/b", "deck/b": "deck/a", "deck/c": "deck/c"}
    )
    assert swapped.of("deck/a").memory.reps == 1
    assert not swapped.refresh()


# Bad shape


BAD_SNAPSHOTS = {
    "empty": b"",
    "zeros": b"\0" * 400,
    "a list": b"[]",
    "cut": b'{"format":1,"cards":{',
    "no checksum": b'{"format":1,"cards":{}}',
    "no text": b"\xff\xfe\0",
    "wrong checksum": b'{"format":1,"cards":{},"crc":"00000000"}\n',
    "wrong type": seal(b'{"format":1,"cards":[]}'),
}


@pytest.mark.parametrize("content", BAD_SNAPSHOTS.values(), ids=BAD_SNAPSHOTS)
def test_a_damaged_snapshot_is_made_again_and_kept(folder: Path, content: bytes) -> None:
    standings = lived_in(folder)
    (folder / "progress.json").write_bytes(content)
    progress = opened(folder)
    assert dict(progress.standings) == standings
    assert ["was damaged" in notice for notice in progress.notices] == [True]
    assert (folder / "progress.damaged.json").read_bytes() == content
    give(progress, "good", NOW + 90 * DAY)
    progress.close()
    assert opened(folder).notices == ()


def test_a_snapshot_with_one_digit_changed_is_not_believed(folder: Path) -> None:
    standings = lived_in(folder)
    raw = (folder / "progress.json").read_bytes()
    (folder / "progress.json").write_bytes(raw.replace(b'"reps":3', b'"reps":4', 1))
    assert dict(opened(folder).standings) == standings


@pytest.mark.parametrize("where", ["snapshot", "journal", "journal meanwhile"])
def test_a_newer_format_is_shown_and_not_touched(folder: Path, where: str) -> None:
    standings = lived_in(folder)
    early = opened(folder) if where == "journal meanwhile" else None
    if where == "snapshot":
        (folder / "progress.json").write_text('{"format":2,"all":"different"}')
    else:
        with journal_of(folder).open("ab") as file:
            file.write(write(Opened(99, "x", NOW, FORMAT + 1, "y")) + b"what only a newer one reads\n")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    progress = early or opened(folder)
    with pytest.raises(CannotSave, match="newer quizapp"):
        give(progress, "good")
    assert dict(progress.standings) == standings
    assert "newer quizapp" in (progress.read_only or "")
    progress.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert len(progress.notices) == 1


def test_an_edited_line_is_reported_once_and_the_rest_stands(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"again"', b'"easy"')  # the first review of deck/0
    path.write_bytes(b"".join(lines))
    progress = opened(folder)
    assert [word for word in ("is not what it was", "1 damaged line(s)") for n in progress.notices if word in n] == [
        "is not what it was",
        "1 damaged line(s)",
    ]
    assert path.with_suffix(".damaged").read_bytes() == lines[2]
    known = dict(progress.standings)
    assert known["deck/0"].memory == standings["deck/0"].memory  # a later grade recorded what it led to
    assert {key: known[key] for key in known if key != "deck/0"} == {
        key: standings[key] for key in standings if key != "deck/0"
    }
    give(progress, "good", NOW + 90 * DAY)
    progress.close()
    assert opened(folder).notices == ()
    (folder / "progress.json").unlink()
    assert opened(folder).notices == ()


def test_a_torn_last_line_is_reported_once_and_the_next_grade_is_fine(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"type":"reviewed","seq":99,"id":"')
    progress = opened(folder)
    assert dict(progress.standings) == standings
    assert ["cut short" in notice for notice in progress.notices] == [True]
    assert path.read_bytes() == whole
    give(progress, "good", NOW + 90 * DAY)
    progress.close()
    assert opened(folder).notices == ()
    assert dict(opened(folder).standings) == from_journals(folder)


def test_an_editor_that_drops_the_last_newline_does_no_harm(folder: Path) -> None:
    standings = lived_in(folder)
    path = journal_of(folder)
    path.write_bytes(path.read_bytes()[:-1])
    progress = opened(folder)
    assert dict(progress.standings) == standings
    give(progress, "good", NOW + 90 * DAY)
    progress.close()
    assert dict(opened(folder).standings) == dict(progress.standings) == from_journals(folder)
    assert not list(folder.rglob("*.damaged"))


def test_a_journal_that_is_missing_is_said_and_the_snapshot_kept(folder: Path) -> None:
    standings = lived_in(folder)
    snapshot = (folder / "progress.json").read_bytes()
    other = folder / "journal" / "other.jsonl"
    journal_of(folder).rename(other)  # the same events, by another name: nothing is lost
    progress = opened(folder)
    assert dict(progress.standings) == standings
    assert ["is not what it was" in notice for notice in progress.notices] == [True]
    assert (folder / "progress.old.json").read_bytes() == snapshot
    progress.close()
    other.unlink()
    progress = opened(folder)
    assert dict(progress.standings) == {}
    assert len(progress.notices) == 1


def test_a_journal_that_was_replaced_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    give(opened(tmp_path / "another"), "easy")
    strange = journal_of(tmp_path / "another").read_bytes()
    lived_in(folder)
    path, early = journal_of(folder), opened(folder)
    early.adopt(tuple(weight * 1.01 for weight in RULES.weights), NOW, reviews=500, before=0.4, after=0.35)
    path.write_bytes(strange)
    with pytest.raises(CannotSave, match="was replaced"):
        give(early, "good")
    assert early.rules == RULES  # what was fitted stands nowhere any more
    give(early, "good", NOW + 90 * DAY)
    give(opened(folder), "good", NOW + 91 * DAY)
    assert path.read_bytes() == strange
    assert len(list((folder / "journal").glob("*.jsonl"))) == 2
    assert dict(opened(folder).standings) == from_journals(folder)


def test_a_home_that_vanishes_loses_no_grade_unsaid(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "good")
    stood = progress.of(KEY)
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(CannotSave, match="is gone"):
        give(progress, "good", NOW + DAY)
    assert progress.of(KEY) == stood
    assert not progress.refresh()
    away.rename(folder)
    give(progress, "good", NOW + DAY)
    shutil.rmtree(folder)
    progress.close()
    assert not folder.exists()


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    folder.write_text("not a folder")
    progress = opened(folder)
    with pytest.raises(CannotSave, match="no folder"):
        give(progress, "good")
    progress.close()


def test_progress_is_told_while_journals_are_read(folder: Path) -> None:
    lived_in(folder)
    (folder / "progress.json").unlink()
    told: list[tuple[int, int]] = []
    open_progress(folder, now=NOW, rules=RULES, tell=lambda done, total: told.append((done, total)))
    size = journal_of(folder).stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"format":1,"cards":' + b"[" * 100_000], ids=["all", "within"])
def test_a_snapshot_of_brackets_is_made_again(folder: Path, content: bytes) -> None:
    standings = lived_in(folder)
    (folder / "progress.json").write_bytes(content)
    assert dict(opened(folder).standings) == standings


def test_reviews_say_what_led_to_them(folder: Path) -> None:
    progress = opened(folder)
    first, second = give(progress, "again"), give(progress, "good", NOW + DAY)
    assert progress.history(KEY) == [first, second]
    assert isinstance(first, Reviewed)
    assert (first.on, first.nth, second.on, second.nth) == (None, 0, first.id, 1)
    assert isinstance(progress, Progress)


def test_the_days_of_study_and_the_pace_are_kept(folder: Path) -> None:
    progress = opened(folder)
    for days in (0, 1, 5):
        now = NOW + timedelta(days=days)
        progress.review(KEY, progress.preview(KEY, now)["good"], now, took_s=10 + days)
    progress.undo(progress.review(KEY, progress.preview(KEY, now)["again"], now).id, now)
    days = {NOW.date() + timedelta(days=days) for days in (0, 1, 5)}

    def agrees(progress: Progress) -> bool:
        return set(progress.studied) == days and list(progress.pace) == [10, 11, 15]

    assert agrees(progress) and agrees(opened(folder))
    progress.close()
    assert agrees(opened(folder))
    snapshot = json.loads((folder / "progress.json").read_text())
    del snapshot["crc"], snapshot["law"], snapshot["days"], snapshot["pace"]  # as an earlier version wrote it
    (folder / "progress.json").write_bytes(seal(json.dumps(snapshot, separators=(",", ":")).encode()))
    earlier = opened(folder)
    assert agrees(earlier) and not earlier.notices and earlier.of(KEY) == progress.of(KEY)
    (folder / "progress.json").unlink()
    assert agrees(opened(folder))
