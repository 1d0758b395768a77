"""The pictures and sounds that come along with imported cards: found where the cards are, looked at, and named; once
the deck is written, copied into the folder beside it.

They may be a stranger's. Nothing is told by their names but what they are called, and their sizes are bounded by what
was read of them.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePath, PurePosixPath
from typing import Any
from urllib.parse import unquote

from quizapp import disk
from quizapp.cards.formats import Foreign, Lost, MediaFile
from quizapp.cards.media import MOST_FILE_BYTES, is_sound, kind_found, kind_named, media_folder, media_in, name_for
from quizapp.cards.write import Entry
from quizapp.texts import Sentence, raised, tell

MOST_MEDIA_BYTES = 512 * 1024 * 1024  # of all that come along, and of all that is read to see what it is
MOST_MEDIA = 10_000
# As so many one counts that cannot be read to its end: how far it was unpacked is not known.
_UNREAD_BYTES = 4 * 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)  # what a package says
UNREADABLE = (OSError, *_DAMAGED)
_LONGEST_STEM = 50  # characters before a hash, of up to four bytes each
_MOST_SEEN = 20_000  # names in a folder in which a file is looked for


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value of a deck."""
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


class Shelf:
    """All that comes along in one import; `root` is the folder in which files that stand by themselves are found,
    `folder` that of the deck it is for, if there is one: what lies in it keeps its name."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root, self.folder = root, folder
        self.files: dict[str, MediaFile] = {}  # by name, without regard to case
        self._digests: dict[str, bytes] = {}
        self._read = 0
        self._there: dict[str, str] | None = None

    def room(self) -> bool:
        return len(self.files) < MOST_MEDIA and self._read <= MOST_MEDIA_BYTES

    def put(self, written: str, data: bytes, kind: str, source: Path, member: str) -> str:
        """The name that a file gets here. Of two of one name the later has the hash of what it holds in its own."""
        digest = blake2b(data, digest_size=6).digest()
        name = name_for(written, kind)
        if self._digests.setdefault(name.casefold(), digest) != digest or self._is_another(name, data):
            name = f"{PurePath(name).stem[:_LONGEST_STEM]}-{digest.hex()}{PurePath(name).suffix}"
            self._digests[name.casefold()] = digest
        return self.files.setdefault(name.casefold(), MediaFile(name, source, member)).name

    def _is_another(self, name: str, data: bytes) -> bool:
        """Whether a file of this name is in the folder already and holds something else."""
        with suppress(OSError):
            return self.folder is not None and disk.read_plain(self.folder / name, MOST_FILE_BYTES) != data
        return False

    def named_by(self, entries: Iterable[Entry]) -> tuple[MediaFile, ...]:
        """What of it is for these entries."""
        return tuple(
            self.files[name.casefold()] for name in media_in(_texts([*entries])) if name.casefold() in self.files
        )

    def beside(self, written: str, folder: Path) -> str | None:
        """Where a file is, from the root, that a text in `folder` names by its path or, as Obsidian does, by its name
        alone; None if it is nowhere."""
        place = PurePosixPath(written.replace("\\", "/"))
        if not place.name or place.is_absolute() or ":" in written or "\0" in written:  # a drive, or an address
            return None
        path = os.path.relpath(os.path.normpath(folder / place), self.root)
        with suppress(OSError):  # a name that is too long for any file
            if (self.root / path).is_file():
                return path
        if self._there is None:
            self._there = self._names()
        return self._there.get(place.name.casefold()) if len(place.parts) == 1 else None

    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        seen = 0
        for inside, folders, files in os.walk(self.root):  # which follows no links
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            seen += len(files) + len(folders)
            for file in filter(kind_named, sorted(files)):
                names.setdefault(file.casefold(), os.path.relpath(Path(inside, file), self.root))
            if seen > _MOST_SEEN:
                break
        return names

    def bytes_beside(self, member: str) -> bytes:
        """Raises OSError, also for a link and for what lies behind one outside of the root."""
        path = self.root / member
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root)):
            raise PermissionError(path)
        return disk.read_plain(path, MOST_FILE_BYTES)

    def read(self, read: Callable[[str], bytes], member: str) -> bytes | Sentence:
        """What a file holds, or why it does not come along."""
        try:
            data = read(member)
        except disk.TooLarge:
            self._read += MOST_FILE_BYTES
            return tell("formats.lost.media_large", mb=MOST_FILE_BYTES >> 20)
        except UNREADABLE:
            self._read += _UNREAD_BYTES
            return tell("formats.lost.media_unread")
        self._read += len(data)
        return data


class Carrier:
    """Takes pictures and sounds of one source to the shelf. `find` gives what one is called in there, by what stands in
    a text; `read` what it holds."""

    def __init__(
        self,
        shelf: Shelf,
        source: Path,
        find: Callable[[str], str | None],
        read: Callable[[str], bytes],
        lost: Lost,
    ) -> None:
        self.lost = lost
        self._shelf, self._source, self._find, self._read = shelf, source, find, read
        self._taken: dict[str, str] = {}  # by what they are called there; "" for what was refused

    def take(self, written: str, words: str = "") -> str | None:
        """The mark that stands in a deck for a file that a text names; "" if it does not come along, which is counted,
        and None if it is not there."""
        member = self._find(written)
        if member is None and (plain := unquote(written)) != written:
            written, member = plain, self._find(plain)
        if member is None:
            return None
        if member not in self._taken:
            name = self._put(written, member)
            if isinstance(name, Sentence):
                self.lost.one(name, written)
            self._taken[member] = name if isinstance(name, str) else ""
        words = " ".join(words.translate(dict.fromkeys(map(ord, "[]\\"))).split())[:500]
        return f"![{words}]({name})" if (name := self._taken[member]) else ""

    def _put(self, written: str, member: str) -> str | Sentence:
        named = kind_named(written)
        if not named:
            return tell("formats.lost.media_kind")
        if not self._shelf.room():
            return tell("formats.lost.media_many", mb=MOST_MEDIA_BYTES >> 20, most=MOST_MEDIA)
        data = self._shelf.read(self._read, member)
        if isinstance(data, Sentence):
            return data
        kind = kind_found(data)
        if not kind or is_sound(kind) != is_sound(named):
            return tell("formats.lost.media_false")
        return self._shelf.put(written, data, kind, self._source, member)

    def seen(self) -> set[str]:
        """What of the source was asked for, by what it is called there."""
        return {*self._taken}


def carrier_beside(shelf: Shelf, text: Path, lost: Lost) -> Carrier:
    """Takes what the text in a file names, from where that lies."""
    return Carrier(shelf, shelf.root, lambda written: shelf.beside(written, text.parent), shelf.bytes_beside, lost)


def bring(files: Sequence[MediaFile], deck: Path) -> int:
    """Copy the files into the folder of the deck; how many were not there yet, or were others. They can be read, and
    not be run. Raises Foreign or OSError."""
    from quizapp.cards.formats.anki_media import Package

    folder = media_folder(deck)
    if folder.is_symlink():
        raise Foreign(tell("formats.media_link", folder=folder))
    done = 0
    for source, some in groupby(sorted(files, key=attrgetter("source")), key=attrgetter("source")):
        if source.is_dir():
            shelf = Shelf(source)
            done += sum(_write(folder / file.name, shelf.bytes_beside(file.member)) for file in some)
        else:
            try:
                with Package(source) as package:
                    done += sum(_write(folder / file.name, package.read(file.member)) for file in some)
            except _DAMAGED as bad:  # it is another by now
                raise Foreign(tell("formats.no_package", file=source, why=raised(bad))) from None
    return done


def _write(path: Path, data: bytes) -> bool:
    if kind_found(data) != kind_named(path.name):  # it was another when it was looked at
        return False
    with suppress(OSError):
        if disk.read_plain(path, MOST_FILE_BYTES) == data:
            return False
    disk.replace(path, data)
    return True
