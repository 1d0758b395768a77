"""All journals of a home: which there are, and what was added to any of them since one looked last."""

import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from quizapp.memory.device import DEVICE, this_device
from quizapp.memory.events import AnyEvent, Opened
from quizapp.memory.journal import Journal, set_aside
from quizapp.memory.line import JOURNAL_FORMAT, LONGEST_LINE, Damaged, from_line
from quizapp.memory.reader import Position, Reader, Rewritten
from quizapp.texts import Sentence, os_reason, tell
from quizapp.words import clean

OnRead = Callable[[int, int], None]
"""What is called while journals are read: with the bytes that are done, and all of them."""


def journals(home: Path) -> dict[str, Path]:
    """The journals in `home`, by device, this one's first; none if the folder is not there. Never a link or a FIFO.

    Raises OSError if it cannot be listed.
    """
    found = {path.stem: path for path in _files(home) if _stray(path) is None}
    own = this_device(home)
    return {own: found.pop(own), **found} if own in found else found


def strays(home: Path) -> list[Sentence]:
    """What has the name of a journal in `home` and is none, so that it is not read; a sentence each. Raises OSError."""
    found = ((path, _stray(path)) for path in _files(home))
    return [tell("memory.left_out", file=path, why=why) for path, why in found if why is not None]


def foreign_fault(data: bytes, device: str) -> Sentence | None:
    """Why `data`, which came from elsewhere, is no journal of `device`, as the end of a sentence; None if it is one."""
    if not DEVICE.fullmatch(device):
        return tell("memory.stray.misnamed")
    try:
        first = from_line(data[: data.find(b"\n", 0, LONGEST_LINE) + 1])
    except Damaged as damage:
        return tell("memory.stray.damaged_start", why=damage.sentence)
    if not isinstance(first, Opened):
        return tell("memory.stray.start")
    if first.device != device:
        return tell("memory.stray.other_device", device=clean(first.device[:64]))
    if first.format > JOURNAL_FORMAT:
        return tell("memory.stray.newer", format=first.format, known=JOURNAL_FORMAT)
    return None


def _files(home: Path) -> list[Path]:
    try:
        there = sorted((home / "journal").iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in there if path.suffix == ".jsonl" and not path.name.startswith(".")]


def _stray(path: Path) -> Sentence | None:
    if not DEVICE.fullmatch(path.stem):
        return tell("memory.stray.misnamed")
    try:
        return None if stat.S_ISREG(path.lstat().st_mode) else tell("memory.stray.no_file")
    except OSError as error:
        return tell("memory.stray.hidden", why=os_reason(error))


class AllJournals:
    """The journals of `home`. `own` is this device's, the only one that is written to.

    `notices` are what the user should know of damage found and mended, a sentence each; `read_only` says why nothing
    may be written, if that is so. How far each journal was read is known here: what is added later is news.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.own = Journal(home)
        self.notices: list[Sentence] = []
        self.read_only: Sentence | None = None
        self._positions: dict[str, Position] = {}

    def begin(self, positions: Mapping[str, Position]) -> None:
        """Go on from where each journal was read to; from its beginning, if nothing is said of it."""
        self._positions = dict(positions)
        self.own.position = self._positions.get(self.own.device or "", Position())

    @property
    def positions(self) -> dict[str, Position]:
        """How far each journal was read, by device."""
        own = self.own
        return {**self._positions, own.device: own.position} if own.device and own.position.bytes else self._positions

    def check(self) -> None:
        """See that every journal that was read is still there. Raises Rewritten, OSError."""
        for device in self._positions.keys() - journals(self.home).keys():
            raise Rewritten(self.home / "journal" / f"{device}.jsonl")

    def news(self, on_read: OnRead | None = None) -> Iterator[tuple[AnyEvent, bool]]:
        """What was added to any journal since the last time: each event, and whether this device's own says it.

        A torn end of this device's journal is mended. Raises Rewritten if a journal is no longer what was read of it,
        OSError if the journals cannot be listed.
        """
        for sentence in strays(self.home):
            self.notice(sentence)
        sizes = {device: (path, _size(path)) for device, path in journals(self.home).items()}
        total, done, torn = sum(size for _, size in sizes.values()), 0, False
        for device, (path, size) in sizes.items():
            if size != self._position(device).bytes:
                reader, mine = Reader(path, self._position(device)), device == self.own.device
                try:
                    for count, event in enumerate(reader):
                        if on_read is not None and count % 2000 == 0:
                            on_read(done + reader.position.bytes, total)
                        yield event, mine
                except OSError as error:
                    self._unreadable(path, error)
                    continue
                if on_read is not None:
                    on_read(done + reader.position.bytes, total)
                self._finish(device, reader)
                torn |= bool(reader.torn) and mine
            done += size
        if torn and self.read_only is None:
            with suppress(OSError), self.own.locked():
                yield from ((event, True) for event in self.own_news())

    def own_news(self) -> Iterator[AnyEvent]:
        """What other processes added to this device's journal, under its lock; a torn end of it is mended.

        Raises Rewritten, or OSError.
        """
        device, torn = self.own.device or "", b"?"
        while torn:
            reader = Reader(self.own.path, self.own.position)
            yield from reader
            self._finish(device, reader)
            torn = b"" if self.read_only else reader.torn
            if torn:
                self.own.mend(torn)
                self.notice(tell("memory.torn", file=reader.path, kept=reader.path.with_suffix(".damaged").name))

    def known(self) -> Iterator[AnyEvent]:
        """The events of all journals as far as they were read, again."""
        for device, path in journals(self.home).items():
            stop = self._position(device).bytes
            try:
                yield from Reader(path, stop=stop) if stop else ()
            except OSError as error:
                self._unreadable(path, error)

    def own_known(self) -> Iterator[AnyEvent]:
        """The events of this device, in order, as far as they were read."""
        stop = self.own.position.bytes
        yield from Reader(self.own.path, stop=stop) if stop else ()

    def notice(self, sentence: Sentence) -> None:
        """What the user should know, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)

    def refuse(self, sentence: Sentence) -> None:
        """Nothing is written from now on; `sentence` says why."""
        self.read_only = sentence
        self.notice(sentence)

    def _unreadable(self, path: Path, error: OSError) -> None:
        self.notice(tell("memory.unreadable", file=path, why=os_reason(error)))

    def _position(self, device: str) -> Position:
        if device == self.own.device:
            return self.own.position
        return self._positions.get(device, Position())

    def _finish(self, device: str, reader: Reader) -> None:
        """Take in how far `reader` came, and say what it met on the way."""
        mine = device == self.own.device
        if mine:
            self.own.position = reader.position
        else:
            self._positions[device] = replace(reader.position, rules=())
        if reader.newer is not None:
            newer = {"file": reader.path, "format": reader.newer, "known": JOURNAL_FORMAT}
            if mine:
                self.refuse(tell("memory.newer", **newer))
            else:
                self.notice(tell("memory.newer_from_there", **newer))
        if reader.missing:
            self.notice(tell("memory.missing_lines", file=reader.path, n=reader.missing))
        if reader.bad:
            self._set_aside(reader)

    def _set_aside(self, reader: Reader) -> None:
        """Copy damaged lines to the file beside the journal; say so of those that were not there yet."""
        kept, count, first = reader.path.with_suffix(".damaged").name, reader.damaged, len(reader.bad)
        try:
            fresh = set_aside(reader.path, [bad.raw for bad in reader.bad])
        except OSError as error:
            fresh, where = first, tell("memory.damaged.not_copied", why=os_reason(error))
        else:
            where = tell("memory.damaged.copied", kept=kept)
        if not fresh:
            return
        if count > first:
            fresh, where = count, tell("memory.damaged.some_copied", kept=kept, n=first)
        bad = reader.bad[0]
        self.notice(tell("memory.damaged", n=fresh, file=reader.path, at=bad.offset, why=bad.why, where=where))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
