"""Whole appends and replacements, whatever the system does half."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizapp.memory import disk


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, sizes = os.write, []

    def a_little(fd: int, data: memoryview) -> int:
        sizes.append(len(data))
        return real(fd, data[:3])

    fd = disk.open_append(tmp_path / "file", create=True)
    monkeypatch.setattr(os, "write", a_little)
    disk.append(fd, b"0123456789")
    monkeypatch.undo()
    os.close(fd)
    assert (tmp_path / "file").read_bytes() == b"0123456789"
    assert sizes == [10, 7, 4, 1]


def test_a_new_file_is_durable_with_the_folders_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    monkeypatch.setattr(disk, "sync_folder", synced.append)
    os.close(disk.open_append(tmp_path / "a" / "b" / "file", create=True))
    assert synced == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]


def test_a_file_is_opened_without_being_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        disk.open_append(tmp_path / "file", create=False)


def test_replacing_leaves_nothing_beside(tmp_path: Path) -> None:
    disk.replace(tmp_path / "file", b"old")
    disk.replace(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]


def test_a_replacement_that_fails_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.replace(tmp_path / "file", b"old")

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(OSError, match="No space"):
        disk.replace(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


HOLD = """
import sys, time
from pathlib import Path
from quizapp.memory import disk
fd = disk.open_append(Path(sys.argv[1]), create=True)
disk.lock(fd)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_held_file_is_waited_for_and_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        fd = disk.open_append(path, create=True)
        monkeypatch.setattr(disk, "_PATIENCE_S", 0.05)
        with pytest.raises(TimeoutError, match="another quizapp"):
            disk.lock(fd)
        monkeypatch.undo()
        child.stdin.close()
        begin = time.monotonic()
        disk.lock(fd)
        assert time.monotonic() - begin < 5
    disk.unlock(fd)
    os.close(fd)


def test_a_file_system_without_locks_is_used_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(fd: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(disk, "_try_lock", no_locks)
    fd = disk.open_append(tmp_path / "file", create=True)
    disk.lock(fd)
    os.close(fd)
