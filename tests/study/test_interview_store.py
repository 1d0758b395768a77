"""Interviews on the disk: whole at every moment, strict to read, never overwritten by what does not know them."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizapp import disk
from quizapp.cards.library import Library, read_library
from quizapp.memory.events import Given, Reviewed
from quizapp.memory.journal import CannotSave
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Outcome, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.interview import Asked, Interview, Terms, cards_by_key, start_interview
from quizapp.study.interview_due import interview_days
from quizapp.study.interview_store import (
    CannotKeep,
    KeptInterview,
    UnreadableInterview,
    count_as_reviews,
    interview_files,
    keep_in,
    open_kept,
    take_back,
    write_report,
)
from quizapp.texts import tell

NOW = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)


def talk(*keys: str) -> Interview:
    return start_interview([Asked(key, 60) for key in keys or ("d/a", "d/b")], Terms(minutes=2, seed=3), NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "interviews"


def typed(kept: KeptInterview, text: str) -> None:
    first = msgspec.structs.replace(kept.interview.questions[0], typed=text)
    kept.interview = msgspec.structs.replace(kept.interview, questions=(first, *kept.interview.questions[1:]))


def test_it_is_named_after_its_start_and_read_back(folder: Path) -> None:
    assert interview_files(folder) == []
    kept = keep_in(folder, talk())
    kept.save()
    assert kept.path == folder / "2026-11-24-120005.json"
    typed(kept, "一个答案")
    kept.save()
    assert open_kept(kept.path).interview == kept.interview
    other = keep_in(folder, talk())
    other.save()
    assert other.path.name == "2026-11-24-120005-2.json"
    assert [one.path for one in interview_files(folder)] == [kept.path, other.path]
    assert sorted(path.name for path in folder.iterdir()) == [other.path.name, kept.path.name]


def test_what_did_not_change_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keep_in(folder, talk())
    kept.save()
    again = open_kept(kept.path)
    monkeypatch.setattr(disk, "replace", lambda *_: pytest.fail("written"))
    kept.save()
    again.save()


def test_a_full_disk_leaves_what_was_there_and_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keep_in(folder, talk())
    kept.save()
    before = kept.path.read_bytes()
    typed(kept, "more")
    with monkeypatch.context() as patched:
        patched.setattr(disk, "sync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(CannotKeep, match="No space left"):
            kept.save()
    assert kept.path.read_bytes() == before and len(list(folder.iterdir())) == 1
    kept.save()
    assert open_kept(kept.path).interview.questions[0].typed == "more"


def test_two_programs_do_not_write_over_each_other(folder: Path) -> None:
    mine = keep_in(folder, talk())
    mine.save()
    theirs = open_kept(mine.path)
    typed(theirs, "theirs")
    theirs.save()
    typed(mine, "mine")
    with pytest.raises(CannotKeep, match="another program"):
        mine.save()
    assert open_kept(mine.path).interview.questions[0].typed == "theirs"


def test_a_deleted_file_is_written_anew(folder: Path) -> None:
    kept = keep_in(folder, talk())
    kept.save()
    kept.path.unlink()
    typed(kept, "still here")
    kept.save()
    assert open_kept(kept.path).interview == kept.interview


GOOD = json.loads(msgspec.json.encode(talk()))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged"),
        (b"{}", "damaged"),
        (b"[" * 100_000, "damaged"),
        (msgspec.json.encode(talk())[:-20], "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (json.dumps({**GOOD, "format": 5, "new": 1}).encode(), "newer quizapp"),
        (json.dumps({**GOOD, "format": "1"}).encode(), "damaged"),
        (json.dumps({**GOOD, "extra": 1}).encode(), "damaged"),
        (json.dumps({**GOOD, "questions": []}).encode(), "damaged"),
        (json.dumps({**GOOD, "stage": "over"}).encode(), "damaged"),
        (json.dumps({**GOOD, "at": 2}).encode(), "it has no question 3"),
        (json.dumps({**GOOD, "at": -1}).encode(), "damaged"),
        (json.dumps({**GOOD, "stage": "reviewing"}).encode(), "it has no question"),
        (json.dumps({**GOOD, "stage": "reviewing", "again": [0, 2]}).encode(), "it has no question 3"),
        (json.dumps({**GOOD, "again": [-1]}).encode(), "damaged"),
        (json.dumps({**GOOD, "started": "2026-11-24T12:00:05"}).encode(), "damaged"),
        (json.dumps({**GOOD, "questions": [{"key": "d/a", "budget_s": 0}]}).encode(), "damaged"),
        (json.dumps({**GOOD, "questions": [{"key": "d/a", "budget_s": 1, "took_s": -1}]}).encode(), "damaged"),
        (json.dumps({**GOOD, "questions": [{"key": "d/a", "budget_s": 1, "confidence": 101}]}).encode(), "damaged"),
    ],
)
def test_a_file_that_is_none_says_why_and_stays(folder: Path, content: bytes, said: str) -> None:
    folder.mkdir(parents=True)
    path = folder / "2026-11-24-120005.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInterview, match=said):
        open_kept(path)
    (found,) = interview_files(folder)
    assert found.interview is None and said in str(found.why) and "\n" not in str(found.why)
    keep_in(folder, talk()).save()
    assert path.read_bytes() == content and len(interview_files(folder)) == 2


@pytest.mark.parametrize("field", ["budget_s", "minutes"])
def test_numbers_that_nobody_can_figure_with_are_damage(folder: Path, field: str) -> None:
    kept = keep_in(folder, talk())
    kept.save()
    was = {"budget_s": '"budget_s": 60', "minutes": '"minutes": 2'}[field]
    kept.path.write_text(kept.path.read_text().replace(was, f'"{field}": 1{"0" * 400}'))
    with pytest.raises(UnreadableInterview, match="is damaged"):
        open_kept(kept.path)


def test_why_an_interview_cannot_be_opened_or_kept_is_told_in_chinese(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "x.json").write_text("{}")
    with pytest.raises(UnreadableInterview) as raised:
        open_kept(folder / "x.json")
    assert raised.value.sentence.says("zh").startswith(f"{folder / 'x.json'} 已损坏")
    monkeypatch.setattr(disk, "sync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CannotKeep) as refused:
        keep_in(folder, talk()).save()
    assert "（磁盘已满），稍后会重试。" in refused.value.sentence.says("zh")


def test_what_is_no_plain_file_is_not_waited_for(folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / "2026-11-24-120005.json")
    (folder / "2026-11-24-120006.json").symlink_to("/dev/zero")
    with (folder / "2026-11-24-120007.json").open("wb") as file:
        file.truncate(10**9)
    assert ["larger than" in str(one.why) or "not a plain file" in str(one.why) for one in interview_files(folder)] == [
        True
    ] * 3


def test_a_file_that_is_not_there(folder: Path) -> None:
    with pytest.raises(UnreadableInterview, match="cannot be read"):
        open_kept(folder / "none.json")


def test_what_a_terminal_would_obey_is_taken_out(folder: Path) -> None:
    kept = keep_in(folder, talk("d/a"))
    typed(kept, "so\x1b]0;title\x07 be it\u202e")
    kept.save()
    assert open_kept(kept.path).interview.questions[0].typed == "so be it"


def test_a_report_lies_beside_its_interview(folder: Path) -> None:
    kept = keep_in(folder, talk())
    kept.save()
    path = write_report(kept, "# 面试\n")
    assert path == folder / "2026-11-24-120005.md" and path.read_text(encoding="utf-8") == "# 面试\n"
    assert len(interview_files(folder)) == 1


def test_one_of_a_former_program_is_read_and_kept_as_ours(folder: Path) -> None:
    folder.mkdir(parents=True)
    path = folder / "2026-11-24-120005.json"
    former = {name: value for name, value in GOOD.items() if name not in ("friend", "levels", "again")}
    path.write_text(json.dumps({**former, "format": 1, "stage": "marking", "at": 0}))
    kept = open_kept(path)
    assert [one.given for one in kept.interview.questions] == [True, True]
    assert json.loads(path.read_text())["format"] == 1
    kept.save()
    assert json.loads(path.read_text())["format"] == 2 and open_kept(path).interview == kept.interview


def test_the_days_of_interviews_are_known_by_their_names(folder: Path) -> None:
    assert interview_days(folder, 4) == []
    keep_in(folder, talk()).save()
    (folder / "mine.json").write_text("{}")
    assert interview_days(folder, 4) == [NOW.date()]
    assert interview_days(folder, NOW.hour + 1) == [NOW.date() - timedelta(days=1)]  # until then the day goes on


# Counting


@pytest.fixture
def library(tmp_path: Path) -> Library:
    path = tmp_path / "d.yaml"
    path.write_text(
        "cards:\n" + "".join(f"  - {{id: {i}, was: [old-{i}], q: Q, a: A, points: [p, q]}}\n" for i in "abc")
    )
    return read_library([path], user=None, bundled=path)


def marked(*keys: str) -> Interview:
    questions = [
        Asked(key, 60, typed="x", took_s=7, confidence=75, ticks=(1,), grade=None if key == "d/c" else "hard")
        for key in keys
    ]
    return start_interview(questions, Terms(minutes=2, seed=3), NOW)


def test_counting_makes_each_marked_question_a_review_once(library: Library, folder: Path) -> None:
    recorder = Recorder(open_standings(folder.parent, rules=Rules()))
    kept = keep_in(folder, marked("d/old-a", "d/gone", "d/b", "d/c"))
    assert count_as_reviews(kept, cards_by_key(library), recorder, Settings(), NOW) == 2
    assert count_as_reviews(open_kept(kept.path), cards_by_key(library), recorder, Settings(), NOW) == 0
    assert {key: standing.memory.reps for key, standing in recorder.standings.all.items()} == {"d/a": 1, "d/b": 1}
    event = recorder.standings.history("d/a")[-1]
    assert isinstance(event, Reviewed)
    assert (event.grade, event.typed, event.confidence, event.ticks, event.took_s) == ("hard", "x", 75, (1,), 7)
    assert open_kept(kept.path).interview.counted == 2


def test_counting_goes_on_where_it_was_stopped(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(open_standings(folder.parent, rules=Rules()))
    kept = keep_in(folder, marked("d/a", "d/b"))
    review = recorder.review

    def refuses(key: str, outcome: Outcome, now: datetime, given: Given) -> Reviewed:
        if key == "d/b":
            raise CannotSave(tell("common.one", it="The disk is full."))
        return review(key, outcome, now, given)

    with monkeypatch.context() as patched:
        patched.setattr(recorder, "review", refuses)
        with pytest.raises(CannotSave):
            count_as_reviews(kept, cards_by_key(library), recorder, Settings(), NOW)
    assert count_as_reviews(open_kept(kept.path), cards_by_key(library), recorder, Settings(), NOW) == 1
    assert [recorder.standings.of(key).memory.reps for key in ("d/a", "d/b")] == [1, 1]


def test_a_pass_that_was_led_to_is_no_review_and_a_miss_is_cued(library: Library, folder: Path) -> None:
    recorder = Recorder(open_standings(folder.parent, rules=Rules()))
    questions = (
        Asked("d/a", 60, grade="good"),
        Asked("d/b", 60, follows=True, grade="good"),
        Asked("d/c", 60, follows=True, grade="again", confidence=95),
    )
    kept = keep_in(folder, start_interview(questions, Terms(), NOW))
    assert count_as_reviews(kept, cards_by_key(library), recorder, Settings(), NOW) == 2
    assert set(recorder.standings.all) == {"d/a", "d/c"}
    missed, known = (recorder.standings.history(key)[-1] for key in ("d/c", "d/a"))
    assert isinstance(missed, Reviewed) and isinstance(known, Reviewed) and (missed.cued, known.cued) == (True, False)
    assert recorder.standings.of("d/c").erred == NOW.date()


def test_what_was_counted_is_taken_back_unless_it_was_graded_since(library: Library, folder: Path) -> None:
    recorder = Recorder(open_standings(folder.parent, rules=Rules()))
    kept = keep_in(folder, marked("d/a", "d/b"))
    count_as_reviews(kept, cards_by_key(library), recorder, Settings(), NOW)
    recorder.review("d/b", recorder.standings.preview("d/b", NOW)["good"], NOW)
    again = open_kept(kept.path)
    assert take_back(again, recorder, NOW) == 1 and take_back(again, recorder, NOW) == 0
    assert [recorder.standings.of(key).memory.reps for key in ("d/a", "d/b")] == [0, 2]
    assert [one.counted for one in open_kept(kept.path).interview.questions] == [False, True]
    assert count_as_reviews(again, cards_by_key(library), recorder, Settings(), NOW) == 1
