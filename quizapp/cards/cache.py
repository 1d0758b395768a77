"""Decks as they were read before: a start parses what changed since, and decodes the rest twenty times faster.

A cached deck is found by what its file holds and by the code that read it, so it cannot be stale. Nothing is lost with
the folder: whatever is wrong with it, the deck is read from its file.
"""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from quizapp.cards.card import Deck, Fault
from quizapp.cards.load import load
from quizapp.cards.yaml_reader import Unreadable, read_bytes

WORTH_IT = 20_000  # bytes; a smaller deck is parsed as quickly
Loaded = tuple[Deck | None, tuple[Fault, ...]]


def load_cached(path: Path, folder: Path, *, bundled: bool = False) -> Loaded:
    """What `load` gives for the file, from `folder` if it was kept there; else it is kept there, if it can be."""
    try:
        data = read_bytes(path)
    except Unreadable:
        return load(path, bundled=bundled)
    if len(data) < WORTH_IT:
        return load(path, bundled=bundled)
    place = blake2b(str(path.absolute()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    content = blake2b(data + f"{path}{bundled}{_code()}".encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    file = folder / f"{place}-{content}"
    with suppress(OSError, msgspec.DecodeError, ValueError):
        return _DECODER.decode(file.read_bytes())
    loaded = load(path, bundled=bundled)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{place}.{os.getpid()}"
        temporary.write_bytes(msgspec.msgpack.encode(loaded, enc_hook=str))
        for old in folder.glob(f"{place}-*"):
            old.unlink()
        temporary.replace(file)
    return loaded


def _code() -> int:
    """When the code that reads decks was last changed: it is part of what a cached deck depends on."""
    with os.scandir(Path(__file__).parent) as found:
        return max(entry.stat().st_mtime_ns for entry in found if entry.name.endswith(".py"))


_DECODER: msgspec.msgpack.Decoder[Loaded] = msgspec.msgpack.Decoder(Loaded, dec_hook=lambda kind, value: kind(value))
