"""One device, one file: appended to, read on from where one was, mended at its end and nowhere else."""

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from memory_world import NOW

from quizapp import disk
from quizapp.memory import journal as journal_module
from quizapp.memory.events import FORMAT, Event, Flagged, Opened, seal, write
from quizapp.memory.journal import (
    CannotSave,
    Changed,
    Journal,
    Position,
    Reader,
    foreign_fault,
    journals,
    set_aside,
    strays,
    this_device,
)

pytestmark = pytest.mark.usefixtures("no_waiting")


def event(seq: int, card: str = "deck/card") -> Event:
    return Flagged(seq, f"id-{seq}", NOW, NOW.date(), card, None, 0)


def filled(folder: Path, count: int = 3) -> Journal:
    journal = Journal(folder)
    with journal.locked() as more:
        assert not more
        journal.append([event(n) for n in range(1, count + 1)])
    return journal


def read(path: Path, position: Position | None = None) -> tuple[list[str], Reader]:
    reader = Reader(path, position)
    return [event.id for event in reader], reader


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


def test_reading_goes_on_where_it_was(folder: Path) -> None:
    journal = filled(folder)
    before = journal.position
    with journal.locked():
        journal.append([event(4)])
    ids, reader = read(journal.path, before)
    assert ids == ["id-4"]
    assert reader.position == journal.position
    assert [e.id for e in Reader(journal.path, stop=before.bytes)] == ["id-1", "id-2", "id-3"]
    journal.close()


@pytest.mark.parametrize("edit", [lambda raw: raw[:-1], lambda raw: b"x" + raw, lambda raw: b"", lambda raw: raw[60:]])
def test_a_file_that_is_not_what_was_read_is_noticed(folder: Path, edit) -> None:  # type: ignore[no-untyped-def]
    journal = filled(folder)
    journal.path.write_bytes(edit(journal.path.read_bytes()))
    with pytest.raises(Changed):
        read(journal.path, journal.position)
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


def test_a_damaged_line_costs_only_itself(folder: Path) -> None:
    journal = filled(folder)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"flagged", b"flogged")
    journal.path.write_bytes(b"".join(lines))
    ids, reader = read(journal.path)
    assert ids == ["id-1", "id-3"]
    assert [(bad.offset, bad.raw) for bad in reader.bad] == [(len(lines[0]), lines[1])]
    assert (reader.missing, reader.position.seq) == (0, 3)
    journal.close()


def test_a_line_that_is_too_long_is_passed_over_in_pieces(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "LONGEST", 4096)
    journal = filled(folder)
    whole = journal.path.read_bytes()
    long = (
        b"x" * 3_000 + whole.replace(b"\n", b"") + b"\0" * 10_000_000 + whole.splitlines()[0]
    )  # with a good line at its end
    journal.path.write_bytes(whole + long + b"\n" + write(event(5)))
    tracemalloc.start()
    ids, reader = read(journal.path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert ids == ["id-1", "id-2", "id-3", "id-5"]
    (bad,) = reader.bad
    assert (bad.offset, bad.raw, reader.damaged, reader.missing) == (len(whole), long[:1000], 1, 0)
    assert reader.position.bytes == journal.path.stat().st_size
    assert read(journal.path, reader.position)[0] == []
    journal.close()


def test_what_never_ends_is_a_damaged_line_and_no_torn_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "LONGEST", 4096)
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(b"\0" * 5000)
    reader = read(journal.path)[1]
    assert (reader.torn, reader.damaged, reader.position.ended) == (b"", 1, False)
    journal.position = reader.position
    with journal.locked() as more:
        assert not more
        journal.append([event(5)])
    assert read(journal.path)[0] == ["id-1", "id-2", "id-3", "id-5"]
    journal.close()


def test_of_much_damage_the_first_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = filled(folder)
    monkeypatch.setattr(journal_module, "LONGEST", 100_000)
    with journal.path.open("ab") as file:
        file.write(b"x\n" * 1_000)
    reader = read(journal.path)[1]
    assert reader.damaged == 1000
    assert 50 < len(reader.bad) < 100
    journal.close()


def test_what_is_longer_than_a_line_may_be_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "LONGEST", 4096)
    journal = filled(folder)
    before = journal.path.read_bytes()
    with journal.locked(), pytest.raises(CannotSave, match="Nothing was saved"):
        journal.append([event(4), event(5, "x" * 4096)])
    assert journal.path.read_bytes() == before
    room = 4096 - len(write(event(4, "")))
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


def test_a_number_far_off_does_not_carry_the_others_with_it(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(write(event(2**53)))
    reader = read(journal.path)[1]
    assert (reader.position.seq, reader.missing) == (3, 0)
    journal.close()


def test_a_journal_of_many_rules_is_read_in_time(folder: Path) -> None:
    journal = filled(folder)
    line = b'{"type":"rules","seq":4,"id":"r","at":"2026-01-01T00:00:00Z","name":"%d","scheduler":"s","rules":{}}'
    with journal.path.open("ab") as file:
        file.write(b"".join(seal(line % n) for n in range(30_000)))
    start = time.process_time()
    assert len(read(journal.path)[1].position.rules) == 30_000
    assert time.process_time() - start < 4  # each looked for among all before it: ten seconds and more
    journal.close()


def test_a_missing_line_is_counted(folder: Path) -> None:
    journal = filled(folder, 5)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(lines[0] + lines[4])
    ids, reader = read(journal.path)
    assert (ids, reader.missing) == (["id-1", "id-5"], 3)
    journal.close()


def test_what_is_not_whole_yet_is_not_read_yet(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(write(event(4))[:-2])
    ids, reader = read(journal.path)
    assert ids == ["id-1", "id-2", "id-3"]
    assert reader.torn == write(event(4))[:-2]
    assert reader.position == journal.position
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
        file.write(write(event(4))[:-1])
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


def test_a_newer_format_is_read_up_to_there(folder: Path) -> None:
    journal = filled(folder)
    newer = write(Opened(4, "id-4", NOW, FORMAT + 1, "x"))
    with journal.path.open("ab") as file:
        file.write(newer + b"who knows what\n")
    ids, reader = read(journal.path)
    assert (ids, reader.newer, reader.bad) == (["id-1", "id-2", "id-3"], FORMAT + 1, [])
    assert reader.position == journal.position
    journal.close()


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
    assert ["is left out: the name of a journal is" in sentence for sentence in strays(folder)] == [True]
    assert foreign_fault(write(Opened(1, "id", NOW, FORMAT, name)), name) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_no_link_and_no_fifo_is_a_journal(folder: Path, tmp_path: Path) -> None:
    journal = filled(folder)
    (tmp_path / "key").write_bytes(b"secret")
    (folder / "journal" / "evil.jsonl").symlink_to(tmp_path / "key")
    os.mkfifo(folder / "journal" / "pipe.jsonl")
    (folder / "journal" / "folder.jsonl").mkdir()
    assert list(journals(folder)) == [journal.device]
    for name, sentence in zip(["evil", "folder", "pipe"], strays(folder), strict=True):
        assert f"{name}.jsonl is left out: it is no regular file." in sentence
    journal.close()


def test_ones_own_journal_is_read_first(folder: Path) -> None:
    journal = filled(folder)
    for name in ("0", "zz"):
        (folder / "journal" / f"{name}.jsonl").write_bytes(b"")
    assert list(journals(folder)) == [journal.device, "0", "zz"]
    journal.close()


def test_what_comes_from_elsewhere_says_whose_journal_it_is() -> None:
    first, event_2 = write(Opened(1, "id", NOW, FORMAT, "abc")), write(event(2))
    assert foreign_fault(first, "abc") is None
    assert foreign_fault(first + event_2 + b"damage", "abc") is None
    assert "another device, abc" in (foreign_fault(first, "abd") or "")
    assert "newer quizapp (format 2" in (foreign_fault(write(Opened(1, "id", NOW, 2, "abc")), "abc") or "")
    for data in (b"", b"\n" + first, first[:-1], b"-----BEGIN KEY\n" + first, event_2, first.replace(b"abc", b"abd")):
        assert "does not begin as a journal" in (foreign_fault(data, "abc") or "")


def test_a_copied_home_gets_a_name_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder).close()
    name = this_device(folder)
    assert name is not None
    monkeypatch.setattr(journal_module, "_machine", lambda: "another")
    assert this_device(folder) is None
    journal = filled(folder)
    assert journal.device != name
    assert set(journals(folder)) == {name, journal.device}
    journal.close()


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"../../etc HERE", b"a.b HERE", b"\xff\xfe"])
def test_a_damaged_device_file_means_a_new_name(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "device").write_bytes(content.replace(b"HERE", journal_module._machine().encode()))
    journal = filled(folder)
    assert journal.path.parent == folder / "journal"
    assert this_device(folder) == journal.device
    journal.close()


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


def test_any_object_with_the_seal_can_be_a_newer_event(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(seal(b'{"type":"sung","seq":4,"id":"id-4","at":"2026-01-01T00:00:00Z","song":"la"}'))
    assert read(journal.path)[0][-1] == "id-4"
    journal.close()
