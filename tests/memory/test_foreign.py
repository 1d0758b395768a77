"""Reviews from elsewhere: in order, once, durable in batches, and never before or over what happened here."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_world import KEY, NOW, RULES, from_journals, give, opened, written
from msgspec.structs import replace

from quizapp import disk
from quizapp.cards.progress import CardProgress
from quizapp.memory.events import Change, Reset, Reviewed
from quizapp.memory.foreign import ForeignEvent, Imported
from quizapp.memory.schedule import GRADES, Grade, Memory, day_start, outcomes, study_day

pytestmark = pytest.mark.usefixtures("no_waiting")
DAY = timedelta(days=1)
BEFORE = NOW - 30 * DAY
THREE = [
    ForeignEvent(KEY, BEFORE, "good", 2.5),
    ForeignEvent(KEY, BEFORE + DAY, "again"),
    ForeignEvent(KEY, BEFORE + 4 * DAY, "easy"),
]


def test_the_states_are_what_our_scheduler_makes_of_these_grades_at_these_times(folder: Path) -> None:
    recorder = opened(folder)
    assert recorder.import_foreign(reversed(THREE), "anki", NOW) == Imported(added=3)
    memory = Memory()
    for one in THREE:
        assert one.what in GRADES
        memory = outcomes(memory, KEY, one.at, study_day(one.at, RULES.rollover), RULES)[one.what].memory
    assert recorder.standings.of(KEY).memory == memory and recorder.standings.of(KEY).first == BEFORE.date()
    recorder.close()
    events = [event for event in written(folder) if isinstance(event, Reviewed)]
    assert [(event.grade, event.at, event.took_s, event.imported) for event in events] == [
        ("good", BEFORE, 2.5, "anki"), ("again", BEFORE + DAY, None, "anki"), ("easy", BEFORE + 4 * DAY, None, "anki")
    ]  # fmt: skip
    assert [event.on for event in events] == [None, events[0].id, events[1].id]
    assert from_journals(folder) == dict(opened(folder).standings.all) == dict(recorder.standings.all)


def test_what_is_there_is_not_added_again_and_what_is_new_is(folder: Path) -> None:
    recorder = opened(folder)
    recorder.import_foreign(THREE[:2], "anki", NOW)
    assert recorder.import_foreign(THREE, "anki", NOW) == Imported(added=1, there=2)
    assert recorder.import_foreign(THREE, "anki", NOW) == Imported(there=3)
    recorder.close()
    again = opened(folder, renamed=KEY)  # also under a new key
    moved = [
        ForeignEvent("deck/renamed", one.at.astimezone(timezone(5 * timedelta(hours=1))), one.what) for one in THREE
    ]
    assert again.import_foreign(moved, "anki", NOW) == Imported(there=3)


def test_a_card_reviewed_here_since_keeps_its_own_tip(folder: Path) -> None:
    recorder = opened(folder)
    recorder.import_foreign(THREE[:1], "anki", NOW)
    mine = give(recorder, "hard", NOW - 10 * DAY)
    later = ForeignEvent(KEY, NOW - DAY, "good")
    assert recorder.import_foreign([*THREE, later], "anki", NOW) == Imported(added=1, there=1, older=2)
    assert [event.id for event in recorder.standings.history(KEY)][1] == mine.id
    assert recorder.standings.of(KEY).memory.day == study_day(NOW - DAY, RULES.rollover)


def test_a_reset_and_marks_come_along_but_never_over_the_users_own(folder: Path) -> None:
    recorder = opened(folder)
    line = [
        *THREE,
        ForeignEvent(KEY, BEFORE + 9 * DAY, "reset"),
        ForeignEvent(KEY, NOW, "suspended"),
        ForeignEvent(KEY, NOW, "flagged"),
    ]
    assert recorder.import_foreign(line, "anki", NOW) == Imported(added=4, marked=2)
    assert (
        recorder.standings.of(KEY).memory == Memory()
        and recorder.standings.of(KEY).suspended
        and recorder.standings.of(KEY).flagged
    )
    assert any(isinstance(event, Reset) and event.imported == "anki" for event in recorder.standings.history(KEY))
    recorder.change(KEY, "unsuspended", NOW)
    assert recorder.import_foreign(line, "anki", NOW) == Imported(there=4)
    assert not recorder.standings.of(KEY).suspended


def test_an_undo_means_what_the_user_did(folder: Path) -> None:
    recorder = opened(folder)
    mine = give(recorder, "good", key="deck/other")
    recorder.import_foreign([*THREE, ForeignEvent(KEY, BEFORE + 5 * DAY, "reset")], "anki", NOW)
    assert recorder.last_undoable() == mine


def test_two_devices_that_import_the_same_count_it_once(folder: Path, tmp_path: Path) -> None:
    from quizapp.memory.union import unite

    other = tmp_path / "other"
    for home in (folder, other):
        recorder = opened(home)
        recorder.import_foreign(THREE, "anki", NOW)
        give(recorder, "good", NOW if home == folder else NOW + DAY)
        recorder.close()
    unite(folder, other / "journal")
    recorder = opened(folder)
    assert len(recorder.standings.history(KEY)) == 5
    assert recorder.standings.of(KEY).memory.reps == 5


def test_a_batch_is_one_flush_and_a_crash_between_batches_costs_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.memory.foreign.BATCH", 10)
    appended: list[int] = []
    append = disk.append

    def counted(fd: int, data: bytes) -> None:
        if len(appended) == 2:
            raise OSError(28, "No space left on device")
        appended.append(data.count(b"\n"))
        append(fd, data)

    line = [ForeignEvent(f"deck/{n % 7}", BEFORE + n * timedelta(hours=7), GRADES[n % 4]) for n in range(45)]
    recorder = opened(folder)
    with monkeypatch.context() as patched:
        patched.setattr(disk, "append", counted)
        with pytest.raises(OSError, match="No space"):
            recorder.import_foreign(line, "anki", NOW)
    assert appended == [12, 10]  # with the line that opens the journal, and the rules
    recorder.close()
    recorder = opened(folder)
    assert recorder.import_foreign(line, "anki", NOW) == Imported(added=25, there=20)
    whole = opened(folder.with_name("whole"))
    whole.import_foreign(line, "anki", NOW)
    assert {key: one.memory for key, one in recorder.standings.all.items()} == {
        key: one.memory for key, one in whole.standings.all.items()
    }


LINES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 60 * 24 * 40), st.sampled_from([*GRADES, "reset"])), max_size=25
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=LINES, parts=st.integers(1, 4))
def test_an_import_in_parts_is_the_import_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, line: list[tuple[int, int, Grade | Change]], parts: int
) -> None:
    everything = sorted({(minute, card): what for card, minute, what in line}.items())
    made = [
        ForeignEvent(f"deck/{card}", datetime(2025, 3, 1, tzinfo=UTC) + timedelta(minutes=minute), what)
        for (minute, card), what in everything
    ]
    whole, piecemeal = (opened(tmp_path_factory.mktemp("home")) for _ in range(2))
    whole.import_foreign(made, "anki", NOW)
    for part in range(1, parts + 1):
        piecemeal.import_foreign(made[: len(made) * part // parts], "anki", NOW)
    assert dict(whole.standings.all) == dict(piecemeal.standings.all)


STANDS = CardProgress("review", 12.5, 6.25, (NOW + 3 * DAY).date(), lapses=1)


def test_the_last_review_leads_to_where_the_card_stood(folder: Path) -> None:
    recorder = opened(folder)
    recorder.import_foreign([*THREE[:2], replace(THREE[2], stands=STANDS)], "anki", NOW)
    memory = recorder.standings.of(KEY).memory
    assert (memory.stability, memory.difficulty, memory.reps, memory.lapses) == (12.5, 6.25, 3, 1)
    assert memory.due == day_start((NOW + 3 * DAY).date(), RULES.rollover, UTC) and memory.state == "review"
    recorder.close()
    assert from_journals(folder) == dict(recorder.standings.all)
    later = recorder.standings.preview(KEY, NOW + 3 * DAY)["good"].memory
    assert later.stability is not None and later.stability > 12.5


def test_a_step_of_learning_is_the_one_that_it_was(folder: Path) -> None:
    recorder = opened(folder)
    due = BEFORE + timedelta(minutes=7)
    stands = CardProgress("learning", 2, 5, int(due.timestamp()), steps=2)
    recorder.import_foreign([replace(THREE[0], stands=stands)], "anki", NOW)
    memory = recorder.standings.of(KEY).memory
    assert (memory.state, memory.step, memory.due) == ("learning", 0, due)


@pytest.mark.parametrize(
    "odd",
    [
        replace(STANDS, stability=0.0),
        replace(STANDS, stability=float("nan")),
        replace(STANDS, difficulty=10.5),
        replace(STANDS, difficulty=float("nan")),
        replace(STANDS, due=(BEFORE - 9 * DAY).date()),
        replace(STANDS, due=(BEFORE + 40_000 * DAY).date()),
    ],
)
def test_where_a_card_cannot_stand_it_does_not(folder: Path, odd: CardProgress) -> None:
    recorder = opened(folder)
    recorder.import_foreign(THREE, "anki", NOW)
    made = recorder.standings.of(KEY).memory
    other = opened(folder / "other")
    other.import_foreign([*THREE[:2], replace(THREE[2], stands=odd)], "anki", NOW)
    assert other.standings.of(KEY).memory == made


def test_a_review_made_here_is_known_when_it_comes_back(folder: Path) -> None:
    recorder = opened(folder)
    at = NOW - DAY + timedelta(microseconds=1_234)
    give(recorder, "hard", at)
    home_again = [ForeignEvent(KEY, NOW - DAY + timedelta(milliseconds=1), "hard"), ForeignEvent(KEY, NOW, "good")]
    marks = [ForeignEvent(KEY, NOW, "flagged")]  # not over what the user did to the card here
    assert recorder.import_foreign([*home_again, *marks], "anki", NOW) == Imported(added=1, there=1)
