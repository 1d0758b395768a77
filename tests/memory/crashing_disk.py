"""A disk that remembers: what a program did to its files, and every state that a crash in the middle may leave.

After ALICE (OSDI 2014) and SQLite's crash tests. What the rules of POSIX leave open is left open here: of the writes
to a file since its last fsync any may be missing, the last of them cut at any byte, and blocks may have arrived in any
order, with zeros between; of the names made in a folder since its last fsync any may be missing.
"""

import os
from collections.abc import Callable, Iterator
from itertools import chain, combinations, product
from pathlib import Path
from typing import NamedTuple

import pytest

from quizapp import disk


class Did(NamedTuple):
    """One thing done: `mkdir`, `create`, `write`, `cut`, `sync`, `sync folder`, `rename`, `unlink`, or `said`.

    `where` is a path, or the number of a file for what is done to its content; `what` the bytes, the size, the new
    path, or what was said to the user.
    """

    kind: str
    where: object
    what: object = None


class DiskLog:
    """Records what is done below `root` while it is patched in; fsync itself is not waited for."""

    def __init__(self, root: Path) -> None:
        self.root, self.above = str(root), str(root.parent)
        self.trace: list[Did] = []
        there = [root, *root.rglob("*")] if root.exists() else []
        self.before = {path: path.read_bytes() if path.is_file() else None for path in there}
        self._fds: dict[int, object] = {}
        self._numbers = {str(path): str(path) for path in self.before}
        self._made = 0

    def say(self, what: object) -> None:
        """The user is told that this is saved."""
        self.trace.append(Did("said", None, what))

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        for name in ("open", "write", "ftruncate", "close", "mkdir", "replace", "unlink"):
            patch.setattr(os, name, getattr(self, f"_{name}")(getattr(os, name)))
        patch.setattr(disk, "sync", self._sync)

    def _ours(self, path: object) -> bool:
        return str(path) == self.above or str(path).startswith(self.root)

    def _open(self, real: Callable[..., int]) -> Callable[..., int]:
        def recorded(path: object, flags: int, *rest: int, **more: object) -> int:
            new = self._ours(path) and not os.path.lexists(str(path))
            fd = real(path, flags, *rest, **more)
            if self._ours(path):
                name = str(path)
                if new:
                    self._made += 1
                    self._numbers[name] = f"#{self._made}"
                    self.trace.append(Did("create", name, self._numbers[name]))
                elif flags & os.O_TRUNC:
                    self.trace.append(Did("cut", self._numbers[name], 0))
                self._fds[fd] = name if Path(name).is_dir() else self._numbers[name]
            return fd

        return recorded

    def _write(self, real: Callable[..., int]) -> Callable[..., int]:
        def recorded(fd: int, data: bytes) -> int:
            count = real(fd, data)
            if fd in self._fds:
                self.trace.append(Did("write", self._fds[fd], bytes(data[:count])))
            return count

        return recorded

    def _ftruncate(self, real: Callable[..., None]) -> Callable[..., None]:
        def recorded(fd: int, size: int) -> None:
            real(fd, size)
            if fd in self._fds:
                self.trace.append(Did("cut", self._fds[fd], size))

        return recorded

    def _close(self, real: Callable[..., None]) -> Callable[..., None]:
        def recorded(fd: int) -> None:
            self._fds.pop(fd, None)
            real(fd)

        return recorded

    def _mkdir(self, real: Callable[..., None]) -> Callable[..., None]:
        def recorded(path: object, *rest: int) -> None:
            real(path, *rest)
            if self._ours(path):
                self.trace.append(Did("mkdir", str(path)))

        return recorded

    def _replace(self, real: Callable[..., None]) -> Callable[..., None]:
        def recorded(path: object, target: object) -> None:
            real(path, target)
            if self._ours(path):
                self._numbers[str(target)] = self._numbers.pop(str(path))
                self.trace.append(Did("rename", str(path), str(target)))

        return recorded

    def _unlink(self, real: Callable[..., None]) -> Callable[..., None]:
        def recorded(path: object) -> None:
            real(path)
            if self._ours(path):
                self._numbers.pop(str(path), None)
                self.trace.append(Did("unlink", str(path)))

        return recorded

    def _sync(self, fd: int) -> None:
        where = self._fds[fd]
        self.trace.append(Did("sync folder" if Path(str(where)).is_dir() else "sync", where))


State = dict[str, bytes | None]
"""Paths with their contents; None for a folder."""


class _Model:
    """What is on the disk for certain, and what is on its way there."""

    def __init__(self, before: dict[Path, bytes | None]) -> None:
        self.names: dict[str, object] = {str(path): None if raw is None else str(path) for path, raw in before.items()}
        self.content = {str(path): raw for path, raw in before.items() if raw is not None}
        self.pending_names: list[Did] = []
        self.pending: dict[object, list[Did]] = {}

    def do(self, did: Did) -> None:
        if did.kind in ("mkdir", "create", "rename", "unlink"):
            self.pending_names.append(did)
        elif did.kind in ("write", "cut"):
            self.pending.setdefault(did.where, []).append(did)
        elif did.kind == "sync":
            for one in self.pending.pop(did.where, []):
                self.content[str(did.where)] = _done(self.content.get(str(did.where), b""), one)
        elif did.kind == "sync folder":
            for one in self.pending_names:
                if str(Path(str(one.where)).parent) == did.where:
                    _name(self.names, one)
            self.pending_names = [one for one in self.pending_names if str(Path(str(one.where)).parent) != did.where]

    def states(self, above: str, *, every_byte: bool) -> Iterator[State]:
        files = sorted(self.pending, key=str)
        contents = [
            list(dict.fromkeys(_torn(self.content.get(str(f), b""), self.pending[f], every_byte))) for f in files
        ]
        for chosen in _subsets(self.pending_names):
            names = dict(self.names)
            for did in chosen:
                _name(names, did)
            linked = set(names.values())
            options = [each if file in linked else each[:1] for file, each in zip(files, contents, strict=True)]
            for picked in product(*options):
                now = {**self.content, **{str(file): raw for file, raw in zip(files, picked, strict=True)}}
                state: State = {}
                for path, file in sorted(names.items()):
                    if str(Path(path).parent) in {above, *state}:
                        state[path] = None if file is None else now.get(str(file), b"")
                yield state


def crashes(log: DiskLog, every_byte: Callable[[Did], bool] = lambda did: False) -> Iterator[tuple[int, State]]:
    """Each state that a crash may leave, with how much of the trace was done by then.

    Looked at before each sync (where most is on its way) and after each thing said (where something must stand).
    `every_byte` says for which of the last writes every cut is tried; for others only telling ones are.
    """
    model = _Model(log.before)
    last = Did("nothing", None)
    for done, did in enumerate(log.trace):
        if did.kind.startswith("sync"):
            yield from ((done, state) for state in model.states(log.above, every_byte=every_byte(last)))
        model.do(did)
        last = did
        if did.kind == "said":
            yield from ((done + 1, state) for state in model.states(log.above, every_byte=False))


def lay_out(state: State, root: Path, new_root: Path) -> None:
    """Make the files of `state`, which were below `root`, below `new_root`."""
    for path, raw in state.items():
        place = new_root / Path(path).relative_to(root)
        if raw is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.write_bytes(raw)


def _subsets(items: list[Did]) -> Iterator[tuple[Did, ...]]:
    return chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))


def _name(names: dict[str, object], did: Did) -> None:
    if did.kind == "rename":
        if did.where in names:
            names[str(did.what)] = names.pop(str(did.where))
    elif did.kind == "unlink":
        names.pop(str(did.where), None)
    else:
        names[str(did.where)] = did.what


def _done(content: bytes, did: Did, upto: int | None = None) -> bytes:
    if did.kind == "write":
        assert isinstance(did.what, bytes)
        return content + did.what[:upto]
    assert isinstance(did.what, int)
    return content[: did.what]


def _torn(content: bytes, pending: list[Did], every_byte: bool) -> Iterator[bytes]:
    """The file with any of the pending writes missing, the last one cut anywhere or with a hole of zeros."""
    for chosen in _subsets(pending):
        base = content
        for did in chosen[:-1]:
            base = _done(base, did)
        if not chosen:
            yield content
            continue
        last = chosen[-1]
        yield _done(base, last)
        if last.kind == "write":
            assert isinstance(last.what, bytes)
            size = len(last.what)
            cuts = range(size) if every_byte else (1, size // 2, size - 2, size - 1)
            for cut in cuts:
                yield _done(base, last, cut)
            for hole in (slice(0, size), slice(0, size // 2), slice(size // 2, size)):
                holed = bytearray(last.what)
                holed[hole] = bytes(len(holed[hole]))
                yield base + bytes(holed)
