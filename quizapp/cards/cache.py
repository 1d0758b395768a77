"""Decks as they were read before: a start parses what changed since, and decodes the rest twenty times faster.

A cached deck is found by when its file was last changed, in any way, and by the code that read it. A file that was
changed a moment ago is not kept: it might change again at what its clock calls the same time. Nothing is lost with the
folder: whatever is wrong with it, the deck is read from its file. The parser is imported only when it is needed: most
starts find no deck changed.
"""

import os
import stat
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from zlib import crc32

import msgspec

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.fault import Fault
from quizapp.cards.text_file import MOST_DECK_BYTES

WORTH_IT = 20_000  # bytes; a smaller deck is parsed as quickly
SETTLED = 2.0  # seconds after its last change; no file system's clock is coarser
Loaded = tuple[Deck | None, tuple[Fault, ...]]


def load_cached(path: Path, folder: Path, *, bundled: bool = False) -> Loaded:
    """What `load` gives for the file, from `folder` if it was kept there; else it is kept there, if it can be."""
    status = _status(path)
    if status is None:
        return _parsed(path, bundled)
    place = f"{crc32(os.fsencode(path.absolute())):08x}{crc32(os.fsencode(path)):08x}{bundled:d}"
    change = f"{status.st_size:x}-{status.st_mtime_ns:x}-{status.st_ctime_ns:x}-{status.st_ino:x}-{_code():x}"
    file = folder / f"{place}-{change}"
    with suppress(OSError, msgspec.DecodeError, ValueError, RecursionError):
        return _DECODER.decode(file.read_bytes())
    now = time.time()
    loaded = _parsed(path, bundled)
    if max(status.st_mtime, status.st_ctime) > now - SETTLED:
        return loaded
    with suppress(OSError, ValueError):  # a file whose name is no text cannot be kept
        for old in folder.glob(f"{place}-*"):
            old.unlink()
        disk.replace(file, msgspec.msgpack.encode(loaded, enc_hook=str))
    return loaded


def _status(path: Path) -> os.stat_result | None:
    """That of the file; None if it is no plain file of a size worth keeping, or cannot be reached."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) and WORTH_IT <= status.st_size <= MOST_DECK_BYTES else None


def _parsed(path: Path, bundled: bool) -> Loaded:
    from quizapp.cards.load import load

    return load(path, bundled=bundled)


@cache
def _code() -> int:
    """When the code that reads decks was last changed: it is part of what a cached deck depends on."""
    with os.scandir(Path(__file__).parent) as entries:
        return max(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py"))


_path = cache(Path)  # of a card: the same for all of its deck
_DECODER: msgspec.msgpack.Decoder[Loaded] = msgspec.msgpack.Decoder(Loaded, dec_hook=lambda _, value: _path(value))
