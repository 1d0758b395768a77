"""What the processes of a run hold between them: files, also those without a name, and memory that they share. Linux.

Where a run has a folder in memory of its own (see `kernel.own_memory`) the system bounds that, too, and exactly.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress


def too_much(scratch: str, pids: Iterable[int], files: int, files_mb: int, memory_mb: int) -> str:
    """ "files" or "memory", whichever there is too much of; "" if there is not."""
    pids = tuple(pids)
    size, seen = 0, set()
    try:
        named = tuple(_below(scratch, files))
    except _TooDeepError:
        return "files"
    for found in (*named, *_unnamed(pids)):
        if (found.st_dev, found.st_ino) not in seen:
            seen.add((found.st_dev, found.st_ino))
            size += found.st_blocks * 512
        if len(seen) > files or size > files_mb * 2**20:
            return "files"
    limit = memory_mb * 2**20
    memory = [_memory(pid) for pid in pids]
    if any(shared > limit for _, shared in memory):
        return "memory"
    most = limit + limit // 2
    if sum(map(sum, memory)) <= most:
        return ""  # a page that several processes have is counted once only below, which takes longer
    return "memory" if sum(map(_own_part, pids)) > most else ""


def remove(folder: str) -> None:
    """Remove a folder with all that is in it, however deep that is: what lies deeper is moved up first."""
    import secrets

    token, folders, count = secrets.token_hex(8), [folder], 0
    while folders:
        place = folders.pop()
        with suppress(OSError):
            for entry in list(os.scandir(place)):
                with suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)  # noqa: PTH108
                        continue
                    count += 1
                    moved = os.path.join(folder, f"{token}{count}")  # noqa: PTH118
                    os.rename(entry.path, moved)  # noqa: PTH104
                    folders.append(moved)
            if place != folder:
                os.rmdir(place)  # noqa: PTH106
    with suppress(OSError):
        os.rmdir(folder)  # noqa: PTH106


class _TooDeepError(Exception):
    """A path is longer than the system takes."""


def _below(folder: str, most: int) -> Iterator[os.stat_result]:
    """Of everything below `folder`; stops a little after `most`."""
    folders, count = [folder], 0
    while folders and count <= most:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    if count > most + 1:
                        break
                    with suppress(FileNotFoundError):  # gone meanwhile
                        yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise _TooDeepError from None
            continue  # gone meanwhile


def _unnamed(pids: Iterable[int]) -> Iterator[os.stat_result]:
    """Files that are open and have no name any more, or never had."""
    for pid in pids:
        try:
            opened = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208
        except OSError:
            continue
        for descriptor in opened:
            try:
                found = os.stat(f"/proc/{pid}/fd/{descriptor}")  # noqa: PTH116
            except OSError:
                continue
            if found.st_nlink == 0 and stat.S_ISREG(found.st_mode):
                yield found


def _memory(pid: int) -> tuple[int, int]:
    """Bytes of memory of its own, and of memory shared with others, which the limit of the process does not count."""
    return _figure(pid, "status", "RssAnon"), _figure(pid, "status", "RssShmem")


def _own_part(pid: int) -> int:
    """Bytes of memory; of a page that several processes have, a share."""
    return _figure(pid, "smaps_rollup", "Pss_Anon") + _figure(pid, "smaps_rollup", "Pss_Shmem")


def _figure(pid: int, file: str, name: str) -> int:
    try:
        with open(f"/proc/{pid}/{file}") as lines:  # noqa: PTH123
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
    except OSError:
        return 0
