"""One device, one file: appended to, mended at its end and nowhere else."""

import os
from pathlib import Path

import pytest
from memory_world import at_most, event, filled, read

from quizapp import disk
from quizapp.memory.all_journals import journals
from quizapp.memory.journal import CannotSave, Journal, set_aside
from quizapp.memory.line import to_line
from quizapp.memory.reader import Reader

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_nothing_is_made_before_the_first_event(folder: Path) -> None:
    Journal(folder)
    assert not folder.exists()


def test_what_is_appended_is_read(folder: Path) -> None:
    journal = filled(folder)
    ids, reader = read(journal.path)
    assert ids == ["id-1", "id-2", "id-3"]
    assert reader.position == journal.position
    assert journals(folder) == {journal.device: journal.path}
    journal.close()


def test_two_processes_see_each_others_events(folder: Path) -> None:
    one = filled(folder)
    other = Journal(folder)
    with other.locked() as more:
        assert more
        reader = Reader(other.path, other.position)
        assert [e.id for e in reader] == ["id-1", "id-2", "id-3"]
        other.position = reader.position
        other.append([event(4)])
    with one.locked() as more:
        assert more
    one.close()
    other.close()


def test_what_is_longer_than_a_line_may_be_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_most(monkeypatch, 4096)
    journal = filled(folder)
    before = journal.path.read_bytes()
    with journal.locked(), pytest.raises(CannotSave, match="Nothing was saved"):
        journal.append([event(4), event(5, "x" * 4096)])
    assert journal.path.read_bytes() == before
    room = 4096 - len(to_line(event(4, "")))
    with journal.locked(), pytest.raises(CannotSave, match="Nothing was saved"):
        journal.append([event(4, "x" * room)])
    with journal.locked() as more:
        assert not more
        journal.append([event(4, "x" * (room - 1))])
    ids, reader = read(journal.path)
    assert (ids[-1], reader.damaged) == ("id-4", 0)
    journal.close()


def test_what_could_not_be_taken_back_is_left_once_another_process_has_mended_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = filled(folder)

    def full(fd: int, data: bytes | int) -> None:
        if isinstance(data, bytes):
            os.write(fd, data[:9])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, journal.locked():
        broken.setattr(disk, "append", full)
        broken.setattr(disk, "cut", full)
        with pytest.raises(CannotSave, match="No space"):
            journal.append([event(4)])
    other = Journal(folder)
    reader = read(journal.path)[1]
    other.position = reader.position
    with other.locked():
        other.mend(reader.torn)
        other.append([event(4, "theirs")])
    other.close()
    before = journal.path.read_bytes()
    with journal.locked() as more:
        assert more
    assert journal.path.read_bytes() == before
    journal.close()


def test_a_torn_end_is_set_aside_and_cut_off(folder: Path) -> None:
    journal = filled(folder)
    whole = journal.path.read_bytes()
    with journal.path.open("ab") as file:
        file.write(b'{"type":"fla')
    with journal.locked() as more:
        assert more
        journal.mend(b'{"type":"fla')
    assert journal.path.read_bytes() == whole
    assert journal.path.with_suffix(".damaged").read_bytes() == b'{"type":"fla\n'
    journal.close()


def test_an_event_that_lacks_only_its_newline_counts_and_gets_it(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(to_line(event(4))[:-1])
    ids, reader = read(journal.path, journal.position)
    assert (ids, reader.position.ended) == (["id-4"], False)
    journal.position = reader.position
    with journal.locked() as more:
        assert not more
        journal.append([event(5)])
    ids, after = read(journal.path, reader.position)
    assert (ids, after.bad, after.position) == (["id-5"], [], journal.position)
    assert read(journal.path)[0] == ["id-1", "id-2", "id-3", "id-4", "id-5"]
    journal.close()


def test_lines_are_set_aside_once(folder: Path) -> None:
    path = folder / "x.jsonl"
    assert set_aside(path, [b"one\n", b"two\n", b"one\n"]) == 2
    assert set_aside(path, [b"two\n", b"three"]) == 1
    assert path.with_suffix(".damaged").read_bytes() == b"one\ntwo\nthree\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_nothing_is_set_aside_through_a_link_or_into_a_fifo(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine\n")
    (tmp_path / "x.damaged").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / "y.damaged")
    for name in "xy":
        with pytest.raises(OSError, match=r"no regular file|symbolic link"):
            set_aside(tmp_path / f"{name}.jsonl", [b"one\n"])
    assert (tmp_path / "precious").read_bytes() == b"mine\n"


def test_a_journal_that_is_gone_is_not_begun_anew_unsaid(folder: Path) -> None:
    journal = filled(folder)
    kept = journal.path.read_bytes()
    journal.path.unlink()
    with pytest.raises(CannotSave, match="is gone"), journal.locked():
        pass
    journal.path.write_bytes(kept)
    with journal.locked() as more:
        assert not more
        journal.append([event(4)])
    assert read(journal.path)[0] == ["id-1", "id-2", "id-3", "id-4"]
    journal.close()
