from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp import disk
from quizapp.memory.events import Flagged
from quizapp.memory.line import to_line
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.memory.union import United, unite

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def recorder(home: Path) -> Recorder:
    return Recorder(open_standings(home, rules=Rules()))


def grade(home: Path, key: str, grade: Grade, minutes: int = 0) -> None:
    now = NOW + timedelta(minutes=minutes)
    opened = recorder(home)
    opened.review(key, opened.standings.preview(key, now)[grade], now)
    opened.close()


def standings(home: Path) -> dict[str, object]:
    return dict(recorder(home).standings.all)


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path, Path]:
    folder = tmp_path / "shared"
    folder.mkdir()
    return tmp_path / "one", tmp_path / "two", folder


def test_two_homes_that_sync_through_a_folder_end_equal(homes: tuple[Path, Path, Path]) -> None:
    one, two, folder = homes
    grade(one, "d/a", "good")
    grade(two, "d/a", "again", 5)
    grade(two, "d/b", "easy", 6)
    for home in (one, two, one):
        assert unite(home, folder).problems == ()
    assert standings(one) == standings(two)
    assert len(recorder(one).standings.history("d/a")) == 2
    grade(one, "d/b", "good", 60 * 24 * 30)
    for home in (one, two):
        unite(home, folder)
    assert standings(one) == standings(two)
    again = unite(one, folder), unite(two, folder)
    assert all(not united.came and not united.went for united in again)


def test_a_copy_under_way_is_taken_as_far_as_it_goes(homes: tuple[Path, Path, Path]) -> None:
    one, two, folder = homes
    grade(one, "d/a", "good")
    grade(one, "d/b", "good", 1)
    unite(one, folder)
    copy = next(folder.glob("*.jsonl"))
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-20])
    unite(two, folder)
    assert (two / "journal" / copy.name).read_bytes() == whole[: whole.rstrip().rindex(b"\n") + 1]
    assert set(standings(two)) == {"d/a"}
    copy.write_bytes(whole)
    unite(two, folder)
    assert standings(two) == standings(one)


def test_of_what_others_know_more_of_another_journal_goes_on(homes: tuple[Path, Path, Path]) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    journal = next((one / "journal").glob("*.jsonl"))
    old = journal.read_bytes()
    grade(one, "d/b", "good", 1)
    unite(one, folder)
    whole = journal.read_bytes()
    journal.write_bytes(old)
    (one / "progress.json").unlink()
    united = unite(one, folder)
    assert united.came == (journal.stem,) and "begins a new one" in str(united.problems[0])
    assert set(standings(one)) == {"d/a", "d/b"}
    grade(one, "d/c", "good", 2)
    assert set(standings(one)) == {"d/a", "d/b", "d/c"}
    assert journal.read_bytes() == whole and len(list((one / "journal").glob("*.jsonl"))) == 2
    assert unite(one, folder).problems == ()


def test_who_forges_the_next_line_of_ones_journal_reaches_no_line_of_it(homes: tuple[Path, Path, Path]) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    unite(one, folder)
    copy = next(folder.glob("*.jsonl"))
    with copy.open("ab") as file:
        file.write(to_line(Flagged(4, "f" * 16, NOW, NOW.date(), "d/a", None, 0)))
    unite(one, folder)
    grade(one, "d/b", "good", 1)
    own = next(path for path in (one / "journal").glob("*.jsonl") if path.name != copy.name)
    assert b"flagged" not in own.read_bytes() and b'"d/b"' in own.read_bytes()


def test_copies_that_differ_before_their_end_are_left_alone(homes: tuple[Path, Path, Path]) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    unite(one, folder)
    copy = next(folder.glob("*.jsonl"))
    damaged = b"X" + copy.read_bytes()[1:]
    copy.write_bytes(damaged)
    united = unite(one, folder)
    assert len(united.problems) == 1 and copy.name in str(united.problems[0])
    assert copy.read_bytes() == damaged
    assert set(standings(one)) == {"d/a"}


def test_what_was_written_meanwhile_is_not_mixed_with_what_comes(
    homes: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    journal = next((one / "journal").glob("*.jsonl"))
    old = journal.read_bytes()
    grade(one, "d/b", "good", 1)
    more = journal.read_bytes()
    unite(one, folder)
    journal.write_bytes(old)
    real = disk.open_append

    def meanwhile(path: Path, *, create: bool) -> int:
        path.write_bytes(more)  # another quizapp has graded
        return real(path, create=create)

    monkeypatch.setattr(disk, "open_append", meanwhile)
    assert unite(one, folder).problems == ()
    assert journal.read_bytes() == more
    assert unite(one, folder) == United()


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_ones_own_journal_may_begin_in_a_backup(homes: tuple[Path, Path, Path], lines: int) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    journal = next((one / "journal").glob("*.jsonl"))
    whole = journal.read_bytes()
    unite(one, folder)
    journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:lines]))
    united = unite(one, folder)
    assert united.came == (journal.stem,) and "goes on where" in str(united.problems[0]) and len(united.problems) == 1
    assert journal.read_bytes() == whole


def test_a_journal_of_another_device_only_grows(homes: tuple[Path, Path, Path]) -> None:
    one, two, folder = homes
    grade(two, "d/a", "good")
    unite(two, folder)
    unite(one, folder)
    copy = next(folder.glob("*.jsonl"))
    whole = copy.read_bytes()
    copy.write_bytes(whole[: whole.index(b"\n") + 1])
    assert unite(one, folder) == United(went=(copy.stem,))
    assert copy.read_bytes() == whole
    copy.write_bytes(whole.replace(b'"good"', b'"easy"'))
    assert "differ" in str(unite(one, folder).problems[0])
    assert (one / "journal" / copy.name).read_bytes() == whole


def test_a_journal_that_is_too_large_is_left_out(
    homes: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, folder = homes
    grade(one, "d/a", "good")
    unite(one, folder)
    size = next(folder.glob("*.jsonl")).stat().st_size
    monkeypatch.setattr("quizapp.memory.union.MOST_JOURNAL_BYTES", size - 1)
    assert "it is larger than" in str(unite(two, folder).problems[0])
    monkeypatch.setattr("quizapp.memory.union.MOST_JOURNAL_BYTES", size)
    assert unite(two, folder).problems == ()


def test_what_is_damaged_at_the_end_of_ones_own_journal_does_not_keep_the_rest_away(
    homes: tuple[Path, Path, Path],
) -> None:
    one, _, folder = homes
    grade(one, "d/a", "good")
    journal = next((one / "journal").glob("*.jsonl"))
    old = journal.read_bytes()
    grade(one, "d/b", "good", 1)
    whole = old + b"damage\n" + journal.read_bytes()[len(old) :]
    journal.write_bytes(old + b"damage\n")
    folder.joinpath(journal.name).write_bytes(whole)
    folder.joinpath(".hidden.jsonl").write_bytes(b"what a program that copies has not done yet")
    united = unite(one, folder)
    assert united.came == (journal.stem,) and "goes on where" in str(united.problems[0]) and len(united.problems) == 1
    assert journal.read_bytes() == whole
