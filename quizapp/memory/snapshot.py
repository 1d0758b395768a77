"""`progress.json`: how every card stood when it was written, and how far each journal was read until then.

It is never the truth: a start loads it and reads on from there. Delete it, and it is made again from the journals.
"""

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, Encoder

from quizapp import disk
from quizapp.memory.all_cards import PACE, AllCards
from quizapp.memory.events import Optimized
from quizapp.memory.line import JOURNAL_FORMAT, seal, sealed
from quizapp.memory.reader import Position
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Rules
from quizapp.texts import Sentence, UserError, os_reason, tell


class Snapshot(Struct):
    """The content of `progress.json`. `law` says by which of our readings of journals it was made; the rest is that of
    AllCards: `optimized` its fits, `cards` its standings."""

    format: int = JOURNAL_FORMAT
    law: int = 0
    journals: dict[str, Position] = {}
    rules: dict[str, Rules] = {}
    optimized: list[Optimized] = []
    aliases: dict[str, str] = {}
    days: list[date] = []
    predicted: list[str] = []
    answers: list[tuple[str, float]] = []
    cards: dict[str, Standing] = {}
    spent: dict[str, tuple[str, float | None]] = {}
    spent_on: date | None = None
    paced: tuple[date, float] | None = None


class NewerSnapshot(UserError):
    """The snapshot was written by a newer program, which nothing may be written over."""


class _Formatted(Struct):
    format: int


_encoder = Encoder()
_snapshots = Decoder(Snapshot)
_formats = Decoder(_Formatted)
_LAW = 5  # to be raised when the same journals come to mean something else: the next start reads them anew
_OURS = b'{"format":%d,' % JOURNAL_FORMAT
_BY_THIS_LAW = _OURS + b'"law":%d,' % _LAW


def snapshot_path(home: Path) -> Path:
    """Where the snapshot of `home` is."""
    return home / "progress.json"


def read_snapshot(home: Path) -> tuple[Snapshot, Sentence | None]:
    """The snapshot of `home`, an empty one if it is not there or of no use, and what the user should know of that.

    Raises NewerSnapshot.
    """
    path = snapshot_path(home)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Snapshot(), None
    except OSError as error:
        return Snapshot(), tell("memory.snapshot.unreadable", file=path, why=os_reason(error))
    with suppress(DecodeError, UnicodeDecodeError, RecursionError):
        if raw.startswith(_OURS) and sealed(raw):
            return (_snapshots.decode(raw) if raw.startswith(_BY_THIS_LAW) else Snapshot()), None
        found = _formats.decode(raw).format
        if found > JOURNAL_FORMAT:
            raise NewerSnapshot(tell("memory.newer", file=path, format=found, known=JOURNAL_FORMAT))
    kept = path.with_suffix(".damaged.json")
    with suppress(OSError):
        disk.replace(kept, raw)
    return Snapshot(), tell("memory.snapshot.damaged", file=path, kept=kept.name)


def write_snapshot(home: Path, known: AllCards, positions: Mapping[str, Position]) -> None:
    """Keep how everything stands when the journals are read up to `positions`, durably. Raises OSError."""
    days, answers, fits = sorted(known.days), list(known.answers), list(known.fits.values())
    content = Snapshot(
        JOURNAL_FORMAT,
        _LAW,
        dict(positions),
        known.rules,
        fits,
        known.aliases,
        days,
        sorted(known.predicted),
        answers,
        known.standings,
        known.spent,
        known.spent_on,
        known.paced,
    )
    disk.replace(snapshot_path(home), seal(_encoder.encode(content)))


def known_by(snapshot: Snapshot, renames: Mapping[str, str]) -> AllCards:
    """What was added up until the snapshot was written, to go on with."""
    known = AllCards(renames)
    known.standings, known.rules, known.aliases = snapshot.cards, snapshot.rules, snapshot.aliases
    known.fits = {event.id: event for event in snapshot.optimized}
    known.days, known.answers = set(snapshot.days), deque(snapshot.answers, PACE)
    known.predicted = set(snapshot.predicted)
    known.spent, known.spent_on, known.paced = snapshot.spent, snapshot.spent_on, snapshot.paced
    return known


def put_aside(home: Path) -> Path:
    """Keep a copy of the snapshot, if it can be read, before another takes its place; where that is."""
    path = snapshot_path(home)
    kept = path.with_suffix(".old.json")
    with suppress(OSError):
        disk.replace(kept, path.read_bytes())
    return kept
