"""Files that survive: whole appends, whole replacements, locks; and a stranger's file read without harm. Every function
raises OSError if the system refuses.

"Durable" means: handed to the disk, with the folder entry that names it. What a disk does that lies about fsync is
beyond us. Nothing here writes through a link or into a file that somebody else has put in place: a folder of decks may
come from a stranger.
"""

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK, EFBIG, EINVAL, EISDIR, ELOOP, ENOENT, ENOLCK, ENOSYS, ENOTSUP
from pathlib import Path

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PLAIN = _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | _PLAIN  # opening a FIFO must not wait for a writer
_PATIENCE_S = 5.0

if sys.platform == "win32":
    import msvcrt

    def _try_lock(fd: int) -> None:
        os.lseek(fd, 0x7FFFFFFE, os.SEEK_SET)  # past the end: on Windows nobody can read what is locked
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0x7FFFFFFE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


def sync(fd: int) -> None:
    """Make what was written to `fd` durable."""
    if sys.platform == "darwin":
        with suppress(OSError):  # some file systems do not know it; they get the plain fsync
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
    os.fsync(fd)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable; Windows does that by itself."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        sync(fd)
    finally:
        os.close(fd)


def make_folder(path: Path) -> None:
    """The folder and those above it, durable."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def open_append(path: Path, *, create: bool, private: bool = False) -> int:
    """A descriptor that appends to `path`; created, durable and empty, if `create` and it is not there, for its owner
    alone if `private`.

    A link, a device or a FIFO in its place is refused.
    """
    try:
        return _regular(os.open(path, _FLAGS), path)
    except FileNotFoundError:
        if not create:
            raise
    make_folder(path.parent)
    fd = _regular(os.open(path, _FLAGS | os.O_CREAT, 0o600 if private else 0o644), path)
    try:
        sync_folder(path.parent)
    except BaseException:
        os.close(fd)
        raise
    return fd


def plain(path: str | Path, flags: int) -> int:
    """An opener, as `open` takes one: a link, a device or a FIFO at `path` is refused."""
    return _regular(os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | _PLAIN), Path(path))


class TooLarge(OSError):
    """A file holds more than is read of one."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(EFBIG, os.strerror(EFBIG), str(path))


def read_plain(path: str | Path, most: int, *, follow: bool = False) -> bytes:
    """All of a plain file of at most `most` bytes.

    A device, a FIFO or a folder is refused and not opened, and so is a link unless `follow`. Raises TooLarge, OSError.
    """
    mode = os.stat(path, follow_symlinks=follow).st_mode  # noqa: PTH116
    if not stat.S_ISREG(mode):
        why = EISDIR if stat.S_ISDIR(mode) else ELOOP if stat.S_ISLNK(mode) else EINVAL
        raise OSError(why, "it is no regular file" if why == EINVAL else os.strerror(why), str(path))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (_PLAIN & ~_NO_LINK if follow else _PLAIN)
    with open(_regular(os.open(path, flags), Path(path)), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, most) + 1)  # it may be growing
    if len(data) > most:
        raise TooLarge(path)
    return data


def append(fd: int, data: bytes) -> None:
    """All of `data`, durable. On an error a part of it may stand there: cut it off."""
    _write_all(fd, data)
    sync(fd)


def cut(fd: int, size: int) -> None:
    """The file as it was when it had `size` bytes, durable."""
    os.ftruncate(fd, size)
    sync(fd)


def replace(path: Path, data: bytes, *, private: bool = False) -> None:
    """`data` as the content of `path`, durable: a crash leaves the old content or the new, never a mixture.

    A link at `path` gives way to a file; what it leads to is not touched. The permissions of a file that was there
    stay; a new one is for its owner alone if `private`.
    """
    with replacing(path, private=private) as fd:
        _write_all(fd, data)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[int]:
    """As `replace`, for what is too much to be held at once: a descriptor to write to. An exception leaves the old."""
    make_folder(path.parent)
    beside = path.with_name(f".{os.urandom(8).hex()}.tmp")  # nobody can have put a link there: O_EXCL, and no guessing
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, 0o600 if private else 0o644)
    try:
        try:
            yield fd
            _keep_mode(fd, path)
            sync(fd)
        finally:
            os.close(fd)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def lock(fd: int) -> None:
    """Hold the file for this process alone, until `unlock`. Raises TimeoutError if another holds it for 5 seconds."""
    until = None
    while True:
        try:
            return _try_lock(fd)
        except OSError as error:
            if error.errno in (ENOLCK, ENOSYS, ENOTSUP):
                return None  # a network file system without locks: better to go on than to keep nothing
            if error.errno not in (EACCES, EAGAIN, EDEADLK):
                raise
        now = time.monotonic()
        until = until or now + _PATIENCE_S
        if now > until:
            raise TimeoutError("another quizapp has held it for five seconds")
        time.sleep(0.0005)


def unlock(fd: int) -> None:
    """Let others hold it."""
    with suppress(OSError):
        _unlock(fd)


def same_file(fd: int, path: Path) -> bool:
    """Is `path` still the file that `fd` has open?"""
    try:
        there = os.stat(path)  # noqa: PTH116  (twice as fast, at every grade)
    except OSError as error:
        if error.errno == ENOENT:
            return False
        raise
    here = os.fstat(fd)
    return (there.st_ino, there.st_dev) == (here.st_ino, here.st_dev)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _regular(fd: int, path: Path) -> int:
    if stat.S_ISREG(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    raise OSError(EINVAL, "it is no regular file", str(path))


def _keep_mode(fd: int, path: Path) -> None:
    """Give the new file the permissions of the one that it takes the place of."""
    with suppress(OSError):
        there = path.lstat()
        if stat.S_ISREG(there.st_mode) and hasattr(os, "fchmod"):
            os.fchmod(fd, there.st_mode & 0o777)
