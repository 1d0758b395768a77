"""Decks as they were read before: a start parses what changed since, and decodes the rest twenty times faster.

A cached deck is found by what its file holds and by the code that read it, so it cannot be stale. Nothing is lost with
the folder: whatever is wrong with it, the deck is read from its file. The parser is imported only when it is needed: at
most starts no deck has changed.
"""

import os
import stat
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.fault import Fault
from quizapp.cards.text_file import MOST_DECK_BYTES

WORTH_IT = 20_000  # bytes; a smaller deck is parsed as quickly
Loaded = tuple[Deck | None, tuple[Fault, ...]]


def load_cached(path: Path, folder: Path, *, bundled: bool = False) -> Loaded:
    """What `load` gives for the file, from `folder` if it was kept there; else it is kept there, if it can be."""
    data = _bytes(path)
    if data is None:
        return _parsed(path, bundled)
    place = blake2b(str(path.absolute()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    content = blake2b(data + f"{path}{bundled}{_code()}".encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    file = folder / f"{place}-{content}"
    with suppress(OSError, msgspec.DecodeError, ValueError, RecursionError):
        return _DECODER.decode(file.read_bytes())
    loaded = _parsed(path, bundled)
    with suppress(OSError, ValueError):  # a file whose name is no text cannot be kept
        for old in folder.glob(f"{place}-*"):
            old.unlink()
        disk.replace(file, msgspec.msgpack.encode(loaded, enc_hook=str))
    return loaded


def _bytes(path: Path) -> bytes | None:
    """What the file holds; None if it is no plain file of a size worth keeping, or cannot be read."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and WORTH_IT <= status.st_size <= MOST_DECK_BYTES:
            return path.read_bytes()
    except (OSError, ValueError):
        pass
    return None


def _parsed(path: Path, bundled: bool) -> Loaded:
    from quizapp.cards.load import load

    return load(path, bundled=bundled)


@cache
def _code() -> int:
    """When the code that reads decks was last changed: it is part of what a cached deck depends on."""
    with os.scandir(Path(__file__).parent) as entries:
        return max(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py"))


_DECODER: msgspec.msgpack.Decoder[Loaded] = msgspec.msgpack.Decoder(Loaded, dec_hook=lambda kind, value: kind(value))
