"""Grading, undoing, changing and predicting: what is written, and what is refused."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from memory_world import DAY, KEY, NOW, RULES, from_journals, give, journal_of, lived_in, opened, written
from msgspec.structs import replace

from quizapp import disk
from quizapp.memory.events import Fit, Given, Overruling, Predicted, Prediction, Reviewed
from quizapp.memory.journal import CannotSave
from quizapp.memory.recorder import CannotUndo, Recorder, Stale
from quizapp.memory.schedule import GRADES, Memory, Rules
from quizapp.memory.standings import open_standings
from quizapp.texts import UserError, tell

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_what_the_button_showed_is_what_is_saved_and_comes_back(folder: Path) -> None:
    recorder = opened(folder)
    shown = recorder.standings.preview(KEY, NOW)["good"]
    event = recorder.review(
        KEY,
        shown,
        NOW + timedelta(seconds=40),
        Given(took_s=7.12345, ticks=(0, 2), chosen=(1,), typed="a\x1b[2Jb", confidence=70),
    )
    assert recorder.standings.of(KEY).memory == shown.memory == event.state
    assert (event.took_s, event.ticks, event.chosen, event.typed, event.confidence) == (7.123, (0, 2), (1,), "ab", 70)
    assert written(folder)[-1] == event  # before it is closed
    recorder.close()
    assert opened(folder).standings.of(KEY) == recorder.standings.of(KEY)


def test_the_journal_spells_out_each_set_of_rules_once(folder: Path) -> None:
    for retention in (0.9, 0.9, 0.8, 0.9):
        recorder = Recorder(open_standings(folder, rules=Rules(retention=retention)))
        give(recorder, "good")
        recorder.close()
    kinds = [json.loads(line)["type"] for line in journal_of(folder).read_text().splitlines()]
    assert kinds == ["journal", "rules", "reviewed", "reviewed", "rules", "reviewed", "reviewed"]
    seqs = [json.loads(line)["seq"] for line in journal_of(folder).read_text().splitlines()]
    assert seqs == list(range(1, 8))


def test_undo_brings_back_what_was(folder: Path) -> None:
    recorder = opened(folder)
    stood, events = [], []
    for n, grade in enumerate(GRADES):
        stood.append(recorder.standings.of(KEY))
        events.append(give(recorder, grade, NOW + n * DAY))
        give(recorder, grade, NOW + n * DAY, "deck/other")
    for before, event in zip(reversed(stood), reversed(events), strict=True):
        recorder.undo(event.id, NOW + 9 * DAY)
        assert replace(recorder.standings.of(KEY), tip=None, events=0) == replace(before, tip=None, events=0)
        with pytest.raises(CannotUndo, match="already"):
            recorder.undo(event.id, NOW + 9 * DAY)
    assert dict(recorder.standings.all) == from_journals(folder)


def test_undo_after_a_grade_after_an_undo(folder: Path) -> None:
    recorder = opened(folder)
    first = give(recorder, "good")
    stood = recorder.standings.of(KEY)
    for grade in ("again", "easy"):
        second = give(recorder, grade, NOW + DAY)
        recorder.undo(second.id, NOW + DAY)
        assert recorder.standings.of(KEY).memory == stood.memory
    recorder.undo(first.id, NOW + DAY)
    assert recorder.standings.of(KEY).memory == Memory()
    assert dict(recorder.standings.all) == from_journals(folder)


def test_undo_across_sittings(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    last = give(recorder, "good", NOW, "deck/other")
    recorder.predict(Prediction(card=KEY, demo="d", measure="m"), NOW)
    recorder.close()
    recorder = opened(folder)
    assert recorder.last_undoable() == last
    recorder.undo(last.id, NOW)
    first = recorder.last_undoable()
    assert first is not None
    assert first.card == KEY
    recorder.undo(first.id, NOW)
    assert recorder.last_undoable() is None
    assert dict(recorder.standings.all) == from_journals(folder)


def test_what_came_after_must_be_undone_first(folder: Path) -> None:
    recorder = opened(folder)
    first, flag = give(recorder, "good"), recorder.change(KEY, "flagged", NOW)
    second = give(recorder, "good", NOW + DAY)
    with pytest.raises(CannotUndo, match="again since"):
        recorder.undo(first.id, NOW)
    recorder.undo(flag.id, NOW)  # a flag is no review: nothing depends on it
    assert not recorder.standings.of(KEY).flagged
    recorder.undo(second.id, NOW)
    recorder.undo(first.id, NOW)
    assert recorder.standings.of(KEY).memory == Memory()
    assert dict(recorder.standings.all) == from_journals(folder)


def test_a_reset_under_a_later_grade_is_not_undone(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy")
    reset = recorder.change(KEY, "reset", NOW + DAY)
    give(recorder, "good", NOW + DAY)
    with pytest.raises(CannotUndo, match="again since"):
        recorder.undo(reset.id, NOW + DAY)


def test_what_this_device_did_not_do_it_cannot_undo(folder: Path) -> None:
    recorder = opened(folder)
    event = give(recorder, "good")
    undone = recorder.undo(event.id, NOW)
    for name in ("nonsense", undone.id):
        with pytest.raises(CannotUndo, match="nothing to undo"):
            recorder.undo(name, NOW)


def test_a_prediction_changes_nothing_of_the_card(folder: Path) -> None:
    recorder = opened(folder)
    before = give(recorder, "good")
    prediction = Prediction(
        card=KEY,
        demo="quantize",
        measure="sqnr_db",
        script="ab12",
        knobs={"bits": 4},
        choice=1,
        measured=14.5,
        right=True,
    )
    event = recorder.predict(prediction, NOW)
    assert isinstance(event, Predicted)
    assert written(folder)[-1] == event
    assert recorder.standings.of(KEY).tip == before.id
    recorder.undo(before.id, NOW)


def test_an_examiner_overruled_changes_nothing_of_the_card(folder: Path) -> None:
    recorder = opened(folder)
    before = give(recorder, "good")
    said = Overruling(card=KEY, model="small\x1b[31m:8b", ticked=(2,), unticked=(0, 1))
    event = recorder.overrule(said, NOW)
    assert written(folder)[-1] == event
    assert (event.card, event.model, event.ticked, event.unticked) == (KEY, "small:8b", (2,), (0, 1))
    assert recorder.standings.of(KEY).tip == before.id
    recorder.undo(before.id, NOW)


def test_two_processes_share_a_journal(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    shown = two.standings.preview(KEY, NOW)["good"]
    give(one, "easy")
    with pytest.raises(Stale, match=KEY):
        two.review(KEY, shown, NOW)
    assert two.standings.of(KEY) == one.standings.of(KEY)
    give(two, "good", NOW + DAY)
    give(two, "good", NOW, "deck/other")
    assert one.standings.refresh()
    assert not one.standings.refresh()
    assert dict(one.standings.all) == dict(two.standings.all) == from_journals(folder)
    seqs = [event.seq for event in written(folder)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_change_that_left_the_memory_alone_spoils_no_grade(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    shown = two.standings.preview(KEY, NOW)["good"]
    one.change(KEY, "flagged", NOW)
    two.review(KEY, shown, NOW)
    assert two.standings.of(KEY).flagged
    assert dict(two.standings.all) == from_journals(folder)


def test_weights_that_another_process_adopted_hold_at_once(folder: Path) -> None:
    one, two = opened(folder), opened(folder)
    give(one, "good")
    weights = tuple(weight * 1.01 for weight in RULES.weights)
    one.adopt(Fit(weights, reviews=500, before=0.4, after=0.35), NOW)
    two.change(KEY, "flagged", NOW)
    assert two.standings.rules.weights == one.standings.rules.weights == weights


def test_settings_that_change_hold_from_the_next_grade_on(folder: Path) -> None:
    recorder = opened(folder)
    first = recorder.standings.preview(KEY, NOW)["good"]
    recorder.standings.use_rules(replace(RULES, learning_steps=(60, 1800)))
    assert recorder.standings.preview(KEY, NOW)["good"].interval_s == 1800 != first.interval_s
    give(recorder, "good", NOW)
    recorder.close()
    assert from_journals(folder) == opened(folder).standings.all


def test_a_journal_that_was_replaced_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    give(opened(tmp_path / "another"), "easy")
    strange = journal_of(tmp_path / "another").read_bytes()
    lived_in(folder)
    path, early = journal_of(folder), opened(folder)
    early.adopt(Fit(tuple(weight * 1.01 for weight in RULES.weights), reviews=500, before=0.4, after=0.35), NOW)
    path.write_bytes(strange)
    with pytest.raises(CannotSave, match="was replaced"):
        give(early, "good")
    assert early.standings.rules == RULES  # what was fitted stands nowhere any more
    give(early, "good", NOW + 90 * DAY)
    give(opened(folder), "good", NOW + 91 * DAY)
    assert path.read_bytes() == strange
    assert len(list((folder / "journal").glob("*.jsonl"))) == 2
    assert dict(opened(folder).standings.all) == from_journals(folder)


def test_a_home_that_vanishes_loses_no_grade_unsaid(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    stood = recorder.standings.of(KEY)
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(CannotSave, match="is gone"):
        give(recorder, "good", NOW + DAY)
    assert recorder.standings.of(KEY) == stood
    assert not recorder.standings.refresh()
    away.rename(folder)
    give(recorder, "good", NOW + DAY)
    shutil.rmtree(folder)
    recorder.close()
    assert not folder.exists()


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    folder.write_text("not a folder")
    recorder = opened(folder)
    with pytest.raises(CannotSave, match="no folder"):
        give(recorder, "good")
    recorder.close()


def test_reviews_say_what_led_to_them(folder: Path) -> None:
    recorder = opened(folder)
    first, second = give(recorder, "again"), give(recorder, "good", NOW + DAY)
    assert recorder.standings.history(KEY) == [first, second]
    assert isinstance(first, Reviewed)
    assert (first.on, first.nth, second.on, second.nth) == (None, 0, first.id, 1)
    assert isinstance(recorder, Recorder)


def test_a_prediction_is_written_to_the_card_that_it_names(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    event = recorder.predict(Prediction(card="deck/demo", demo="quantize", measure="error", number=0.5), NOW)
    assert (event.card, event.number, event.day) == ("deck/demo", 0.5, NOW.date())
    recorder.close()
    *_, history = recorder.standings.reading().history("deck/demo")
    assert history == [event]
    assert "deck/demo" not in recorder.standings.all


def test_what_cannot_be_done_is_said_in_either_language(folder: Path) -> None:
    recorder = opened(folder)
    shown = recorder.standings.preview(KEY, NOW)["good"]
    event = give(recorder, "good")
    with pytest.raises(Stale) as stale:
        recorder.review(KEY, shown, NOW)
    assert stale.value.sentence == tell("memory.stale", card=KEY)
    recorder.undo(event.id, NOW)
    with pytest.raises(CannotUndo) as undone:
        recorder.undo(event.id, NOW)
    assert (str(undone.value), undone.value.sentence.says("zh")) == ("That was undone already.", "这一步已经撤销过了。")


def test_who_handles_what_the_system_refuses_handles_what_cannot_be_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = opened(folder)

    def full(fd: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "append", full)
    for handled in (OSError, UserError):
        with pytest.raises(handled, match="No space left on device") as refused:
            give(recorder, "good")
        assert isinstance(refused.value, CannotSave) and "磁盘已满。没有保存" in refused.value.sentence.says("zh")
