"""The pictures and sounds in an Anki package. Files are called 0, 1, 2, … there; `media` has their names: as JSON, or
in new packages as protobuf, where it and the files are packed by zstd. What comes out is bounded."""

import json
import zipfile
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from quizapp import disk
from quizapp.cards.formats import Lost, needed
from quizapp.cards.formats.anki_package import DATABASES
from quizapp.cards.formats.carried import UNREADABLE, Carrier, Shelf
from quizapp.cards.formats.protobuf import message, varint
from quizapp.cards.media import MOST_FILE_BYTES
from quizapp.texts import tell

MOST_MAP_BYTES = 4 * 1024 * 1024
_PACKED = b"\x28\xb5\x2f\xfd"


class Package:
    """An .apkg or .colpkg whose database was read, open. Raises OSError or zipfile.BadZipFile."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self.files = {*self._archive.namelist()} - {*DATABASES, "media", "meta"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._archive.close()

    @cached_property
    def names(self) -> dict[str, str]:
        """What the files are called in the package, by their names; none where that cannot be read."""
        try:
            written = self.read("media", MOST_MAP_BYTES)
            found = _named_json(written) if written[:1] in (b"{", b"") else _named(written)
        except (*UNREADABLE, IndexError, RecursionError):
            return {}
        return {name: member for name, member in found.items() if member in self.files}

    def read(self, member: str, most: int = 0) -> bytes:
        """What a file of the package holds, at most so many bytes. Raises disk.TooLarge, KeyError, ValueError and what
        zipfile raises."""
        most = most or MOST_FILE_BYTES
        about = self._archive.getinfo(member)
        if about.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(member)
        with self._archive.open(about) as packed:
            begins = packed.read(len(_PACKED))
            packed.seek(0)
            data = packed.read(most + 1) if begins != _PACKED else _unpacked(packed, most)
        if len(data) > most:
            raise disk.TooLarge(member)
        return data


def _unpacked(packed: object, most: int) -> bytes:
    zstandard = needed("zstandard")
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed) as reader:
            parts, left = [], most + 1
            while left > 0 and (part := reader.read(min(left, 1 << 18))):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None


def _named_json(written: bytes) -> dict[str, str]:
    found = json.loads(written)
    return {name: member for member, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}


def _named(written: bytes) -> dict[str, str]:
    """The names in a list of messages, the first field of each of which is one."""
    names: dict[str, str] = {}
    at = number = 0
    while at < len(written):
        tag, at = varint(written, at)
        length, at = varint(written, at)
        if tag != 1 << 3 | 2:
            raise ValueError(tag)
        name = message(written[at : at + length]).get(1)
        if isinstance(name, bytes):
            names[name.decode(errors="replace")] = str(number)
        at, number = at + length, number + 1
    return names


def carrier_of(package: Package, path: Path, shelf: Shelf, lost: Lost) -> Carrier:
    """Takes what the cards of a package name."""
    return Carrier(shelf, path, package.names.get, package.read, lost)


def count_unnamed(package: Package, carrier: Carrier) -> None:
    """Count the files that no card names."""
    if left := len(package.files - carrier.seen()):
        carrier.lost[tell("formats.lost.media_unnamed")] += left
