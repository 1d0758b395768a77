"""The disk is full, or fails: the user hears of it, the card stays, nothing is lost, and it works again afterwards."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from memory_world import KEY, NOW, from_journals, give, opened, written

from quizapp import disk
from quizapp.memory import recorder as recorder_module
from quizapp.memory.events import Event, Prediction
from quizapp.memory.journal import CannotSave
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES


class Failing:
    """System calls that write fail from the `first` on, for `times`; half of what was to be written stands there."""

    def __init__(self, patch: pytest.MonkeyPatch, code: int) -> None:
        self.code, self.left, self.times, self.hit = code, -1, 0, 0
        for module, name in ((os, "write"), (disk, "sync"), (os, "ftruncate"), (os, "mkdir"), (os, "replace")):
            patch.setattr(module, name, self._failing(name, getattr(module, name)))
        patch.setattr(disk, "open_append", self._failing("open", disk.open_append))

    def begin(self, first: int, times: int) -> None:
        self.left, self.times, self.hit = first, times, 0

    def end(self) -> None:
        self.left = -1

    def _failing(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*words: object, **more: object) -> object:
            if self.left < 0:
                return real(*words, **more)
            self.left = max(0, self.left - 1)
            if self.left or self.hit >= self.times:
                return real(*words, **more)
            self.hit += 1
            if name == "write":
                fd, data = words
                assert isinstance(data, bytes | memoryview)
                real(fd, data[: len(data) // 2])
            raise OSError(self.code, os.strerror(self.code))

        return call


def doings(recorder: Recorder) -> Iterator[Callable[[], Event]]:
    """A short sitting, one thing after the other."""
    for n in range(6):
        now, key = NOW + n * timedelta(days=2), f"deck/{n % 3}"
        yield partial(give, recorder, GRADES[n % 4], now, key)
    yield lambda: recorder.undo(recorder.standings.of("deck/2").tip or "", NOW)
    yield lambda: recorder.change("deck/0", "flagged", NOW)
    yield lambda: recorder.predict(Prediction(card="deck/0", demo="d", measure="m"), NOW)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "failing"])
@pytest.mark.parametrize("times", [1, 2, 99], ids=["once", "twice", "for a while"])
def test_a_fault_at_every_single_write(
    quick: Path, monkeypatch: pytest.MonkeyPatch, no_waiting: None, code: int, times: int
) -> None:
    monkeypatch.setattr(recorder_module, "_SNAPSHOT_EVERY", 4)
    failing = Failing(monkeypatch, code)
    for first in range(1, 999):
        home = quick / str(first)
        recorder = opened(home)
        failing.begin(first, times)
        saved: list[str] = []
        faults = 0
        for doing in doings(recorder):
            before = dict(recorder.standings.all)
            try:
                event = doing()
            except CannotSave as error:
                faults += 1
                assert os.strerror(code) in str(error)
                assert "Nothing was saved" in str(error)
                assert dict(recorder.standings.all) == before
                failing.end()  # there is room again, and the same thing works
                assert set(saved) <= {e.id for e in written(home)} if home.exists() else not saved
                event = doing()
            saved.append(event.id)
        recorder.close()
        told = [notice for notice in map(str, recorder.standings.notices) if "progress.json" in notice]
        ids = [event.id for event in written(home)]
        assert set(saved) <= set(ids)
        assert len(ids) == len(set(ids)) == len(saved) + 2
        assert dict(opened(home).standings.all) == dict(recorder.standings.all) == from_journals(home)
        assert not list(home.rglob("*.damaged"))
        if not failing.hit:
            break
        assert faults == 1 or told
        failing.end()
    assert first > 40


def test_a_full_disk(tmp_path: Path) -> None:
    """A real one, where this system lets us make one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=32k", "none", place], capture_output=True)
    if not made or made.returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        recorder = opened(place / "home")
        saved = []
        with pytest.raises(CannotSave, match="No space left"):
            for n in range(1000):
                saved.append(give(recorder, "good", NOW, f"deck/{n}").id)
        stood = dict(recorder.standings.all)
        assert len(stood) == len(saved) > 10
        recorder.close()
        assert any("progress.json" in notice for notice in map(str, recorder.standings.notices))
        again = opened(place / "home")
        assert dict(again.standings.all) == stood
        subprocess.run([str(mount), "-o", "remount,size=256k", place], check=True)
        saved.append(give(again, "good", NOW, "deck/later").id)
        again.close()
        assert set(saved) <= {event.id for event in written(place / "home")}
        assert opened(place / "home").standings.notices == ()
    finally:
        subprocess.run(["umount", place], check=False)


def test_a_home_that_may_only_be_read(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    recorder = opened(place / "home")
    give(recorder, "good")
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "--bind", place, place], capture_output=True).returncode:
        pytest.skip("nothing can be mounted read-only here")
    try:
        subprocess.run([mount, "-o", "remount,ro,bind", place], check=True)
        known = opened(place / "home")
        assert known.standings.of(KEY) == recorder.standings.of(KEY)
        assert known.standings.read_only is not None
        assert known.standings.notices == (known.standings.read_only,)
        with pytest.raises(CannotSave, match="written to"):
            give(known, "good")
        known.close()
        fresh = opened(place / "nothing here")
        with pytest.raises(CannotSave, match="Read-only file system"):
            give(fresh, "good")
    finally:
        subprocess.run(["umount", place], check=False)


def test_a_journal_that_cannot_be_listed_costs_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, no_waiting: None
) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    recorder.close()

    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    known = opened(folder)
    assert known.standings.of(KEY) == recorder.standings.of(KEY)
    assert "Permission denied" in str(known.standings.read_only)
    assert not known.standings.refresh()


def test_a_journal_that_cannot_be_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, no_waiting: None
) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    other = folder / "journal" / "other.jsonl"
    other.write_bytes(b"something")
    real = disk.plain

    def refuse(path: str | Path, flags: int) -> int:
        if Path(path) == other:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, flags)

    monkeypatch.setattr(disk, "plain", refuse)
    known = opened(folder)
    assert known.standings.of(KEY) == recorder.standings.of(KEY)
    assert [str(other) in notice for notice in map(str, known.standings.notices)] == [True]
    give(known, "good", NOW + timedelta(days=1))
