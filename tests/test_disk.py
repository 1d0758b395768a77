"""Whole appends and replacements, whatever the system does half."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizapp import disk


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
    synced: list[Path] = []
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


def test_nothing_is_written_through_a_link_that_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    monkeypatch.setattr(os, "urandom", lambda count: b"\0" * count)  # even if the name were guessed
    (tmp_path / f".{'00' * 8}.tmp").symlink_to(victim)
    with pytest.raises(FileExistsError):
        disk.replace(tmp_path / "deck.yaml", b"theirs")
    assert victim.read_bytes() == b"mine"


def test_a_link_in_the_place_of_a_file_gives_way_to_it(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "file").symlink_to(tmp_path / "victim")
    disk.replace(tmp_path / "file", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert (tmp_path / "file").read_bytes() == b"new"
    assert not (tmp_path / "file").is_symlink()


def test_nothing_is_appended_to_a_link_or_a_fifo(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    os.mkfifo(tmp_path / "fifo")
    for name in ("link", "fifo"):
        with pytest.raises(OSError, match=r"symbolic|regular"):
            disk.open_append(tmp_path / name, create=True)
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "fifo")
    for name in ("link", "fifo", "."):
        with pytest.raises(OSError, match=r"symbolic|regular"):
            open(tmp_path / name, "rb", opener=disk.plain)  # noqa: SIM115
    with open(tmp_path / "file", "rb", opener=disk.plain) as file:
        assert file.read() == b"1"


def test_a_file_of_a_stranger_is_read_within_bounds_and_nothing_else_is_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "away").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo")
    assert disk.read_plain(tmp_path / "file", 3) == disk.read_plain(tmp_path / "link", 3, follow=True) == b"123"
    with pytest.raises(disk.TooLarge) as error:
        disk.read_plain(tmp_path / "file", 2)
    assert (error.value.errno, error.value.filename) == (errno.EFBIG, str(tmp_path / "file"))
    for name, follow, why in (
        ("link", False, errno.ELOOP),
        ("away", False, errno.ELOOP),
        ("away", True, errno.EINVAL),
        ("fifo", False, errno.EINVAL),
        ("fifo", True, errno.EINVAL),
        (".", False, errno.EISDIR),
        ("none", True, errno.ENOENT),
    ):
        with pytest.raises(OSError, match="Errno") as refused:
            disk.read_plain(tmp_path / name, 3, follow=follow)
        assert refused.value.errno == why, name


def test_a_file_that_becomes_a_fifo_once_it_was_looked_at_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"123")
    os.mkfifo(tmp_path / "fifo")
    looked = os.stat(tmp_path / "file")  # noqa: PTH116
    monkeypatch.setattr(os, "stat", lambda *_, **__: looked)
    with pytest.raises(OSError, match="no regular file"):
        disk.read_plain(tmp_path / "fifo", 3)


def test_what_is_written_piece_by_piece_is_there_when_all_of_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="on the way"), disk.replacing(path) as fd:
        os.write(fd, b"half")
        raise ValueError("on the way")
    with disk.replacing(path) as fd:
        os.write(fd, b"ne")
        assert path.read_bytes() == b"old"
        os.write(fd, b"w")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]


def test_permissions_stay_and_private_files_are_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    disk.replace(path, b"1", private=True)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    disk.replace(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640
    (tmp_path / "link").symlink_to(path)
    disk.replace(tmp_path / "link", b"3", private=True)  # those of what a link leads to are not taken over
    assert (tmp_path / "link").lstat().st_mode & 0o777 == 0o600


def test_durable_means_fsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, synced = os.fsync, list[int]()

    def sync(fd: int) -> None:
        synced.append(os.fstat(fd).st_ino)
        real(fd)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(sys, "platform", "linux")
    disk.replace(tmp_path / "file", b"new")
    assert synced == [(tmp_path / "file").stat().st_ino, tmp_path.stat().st_ino]
    fd = disk.open_append(tmp_path / "file", create=False)
    disk.append(fd, b"more")
    disk.cut(fd, 3)
    os.close(fd)
    assert synced[2:] == [(tmp_path / "file").stat().st_ino] * 2


def test_whether_a_file_is_still_there_is_known_or_raised(tmp_path: Path) -> None:
    path = tmp_path / "file"
    fd = disk.open_append(path, create=True)
    assert disk.same_file(fd, path)
    with pytest.raises(NotADirectoryError):
        disk.same_file(fd, path / "below")
    path.rename(tmp_path / "moved")
    assert not disk.same_file(fd, path)
    disk.replace(path, b"")
    assert not disk.same_file(fd, path)
    os.close(fd)


HOLD = """
import sys, time
from pathlib import Path
from quizapp import disk
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
