"""A journal read back: on from where one was, and past what is damaged."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from memory_world import NOW, at_most, event, filled, read

from quizapp.memory.events import Opened
from quizapp.memory.line import JOURNAL_FORMAT, seal, to_line
from quizapp.memory.reader import Reader, Rewritten

pytestmark = pytest.mark.usefixtures("no_waiting")


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
def test_a_file_that_is_not_what_was_read_is_noticed(folder: Path, edit: Callable[[bytes], bytes]) -> None:
    journal = filled(folder)
    journal.path.write_bytes(edit(journal.path.read_bytes()))
    with pytest.raises(Rewritten):
        read(journal.path, journal.position)
    journal.close()


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
    at_most(monkeypatch, 4096)
    journal = filled(folder)
    whole = journal.path.read_bytes()
    long = (
        b"x" * 3_000 + whole.replace(b"\n", b"") + b"\0" * 10_000_000 + whole.splitlines()[0]
    )  # with a good line at its end
    journal.path.write_bytes(whole + long + b"\n" + to_line(event(5)))
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
    at_most(monkeypatch, 4096)
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
    at_most(monkeypatch, 100_000)
    with journal.path.open("ab") as file:
        file.write(b"x\n" * 1_000)
    reader = read(journal.path)[1]
    assert reader.damaged == 1000
    assert 50 < len(reader.bad) < 100
    journal.close()


def test_a_number_far_off_does_not_carry_the_others_with_it(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(to_line(event(2**53)))
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
        file.write(to_line(event(4))[:-2])
    ids, reader = read(journal.path)
    assert ids == ["id-1", "id-2", "id-3"]
    assert reader.torn == to_line(event(4))[:-2]
    assert reader.position == journal.position
    journal.close()


def test_a_newer_format_is_read_up_to_there(folder: Path) -> None:
    journal = filled(folder)
    newer = to_line(Opened(4, "id-4", NOW, JOURNAL_FORMAT + 1, "x"))
    with journal.path.open("ab") as file:
        file.write(newer + b"who knows what\n")
    ids, reader = read(journal.path)
    assert (ids, reader.newer, reader.bad) == (["id-1", "id-2", "id-3"], JOURNAL_FORMAT + 1, [])
    assert reader.position == journal.position
    journal.close()


def test_any_object_with_the_seal_can_be_a_newer_event(folder: Path) -> None:
    journal = filled(folder)
    with journal.path.open("ab") as file:
        file.write(seal(b'{"type":"sung","seq":4,"id":"id-4","at":"2026-01-01T00:00:00Z","song":"la"}'))
    assert read(journal.path)[0][-1] == "id-4"
    journal.close()
