"""All journals of a home added up: how every card stands, and `progress.json`, the snapshot of it.

The snapshot holds the standings, what reviews refer to, and how far each journal was read: a start loads it and reads
on from there. It is never the truth. Delete it, and it is made again.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, Encoder
from msgspec.structs import replace

from quizapp import disk
from quizapp.memory.events import (
    FORMAT,
    AnyEvent,
    Link,
    Optimized,
    Reviewed,
    RulesNamed,
    Undone,
    link,
    rules_of,
    seal,
    sealed,
    took,
)
from quizapp.memory.journal import Changed, Journal, Position, Reader, journals, set_aside, strays
from quizapp.memory.replay import Standing, fold, follows, ordered, step
from quizapp.memory.schedule import Rules, weighs

UNTOUCHED = Standing()
Tell = Callable[[int, int], None]


class Snapshot(Struct):
    """The content of `progress.json`. `law` says by which of our readings of journals it was made; `aliases` are the
    former keys met in journals, and what they stood for; `days` and `pace` as in Ledger."""

    format: int = FORMAT
    law: int = 0
    journals: dict[str, Position] = {}
    rules: dict[str, Rules] = {}
    optimized: list[Optimized] = []
    aliases: dict[str, str] = {}
    days: list[date] = []
    pace: list[float] = []
    cards: dict[str, Standing] = {}


class _Formatted(Struct):
    format: int


_encoder = Encoder()
_snapshots = Decoder(Snapshot)
_formats = Decoder(_Formatted)
_OURS = b'{"format":%d,' % FORMAT
_LAW = 1  # to be raised when the same journals come to mean something else: the next start reads them anew
_PACE = 100
_MOST_RULES = 1000  # of other devices; a review by rules that are not known is done again by the published ones


class Ledger:
    """How every card stands. `renames` leads from former keys of cards to the keys they have now; a key that one card
    had and another has now is taken for the latter's.

    `days` are the study days with a review, also one that was undone; `pace` the seconds that the last `_PACE` reviews
    took. `read_only` says why nothing may be written, if that is so; `notices` what the user should know, a sentence
    each; `unsaved` how many events the snapshot on disk lacks.
    """

    def __init__(self, home: Path, renames: Mapping[str, str]) -> None:
        self.home = home
        self.rename(renames)
        self.journal = Journal(home)
        self.read_only: str | None = None
        self.notices: list[str] = []
        self.changes = 0
        self._begin(Snapshot())

    def rename(self, renames: Mapping[str, str]) -> None:
        """Other renames, from the next reading on."""
        in_use = set(renames.values())
        self.renames = {old: now for old, now in renames.items() if old not in in_use}

    @property
    def path(self) -> Path:
        """Where the snapshot is."""
        return self.home / "progress.json"

    @property
    def weights(self) -> tuple[float, ...] | None:
        """The scheduler's weights that were last fitted to the user's reviews; None if they never were."""
        return ordered(self._optimized.values())[-1].weights if self._optimized else None

    @property
    def last_fit(self) -> str | None:
        """The id of the event that named `weights`."""
        last = ordered(self._optimized.values())[-1:]
        return last[0].id if last else None

    def _begin(self, snapshot: Snapshot) -> None:
        self.cards = snapshot.cards
        self.rules = snapshot.rules
        self.days = set(snapshot.days)
        self.pace = deque(snapshot.pace, _PACE)
        self.unsaved = 0
        self._optimized = {event.id: event for event in snapshot.optimized}
        self._aliases = snapshot.aliases
        self._positions = snapshot.journals
        self.journal.position = self._positions.get(self.journal.device or "", Position())
        self._counts: tuple[date, dict[str, list[int]]] | None = None

    # Reading

    def load(self, tell: Tell | None = None) -> None:
        """The snapshot, then what the journals have beyond it. Raises nothing for what it finds in `home`."""
        paused = gc.isenabled()
        gc.disable()  # a hundred thousand standings are no garbage, and looking for some doubles the time
        try:
            self._begin(self._read_snapshot())
            self._check_folder()
            try:
                for device in self._positions.keys() - journals(self.home).keys():
                    raise Changed(self.home / "journal" / f"{device}.jsonl")
                self.read_on(tell)
            except Changed as changed:
                self.rebuild(changed, tell)
            except OSError as error:
                self._refuse(
                    f"{error.filename} cannot be read ({error.strerror}): nothing is saved until that is mended."
                )
        finally:
            if paused:
                gc.enable()

    def rebuild(self, changed: Changed, tell: Tell | None = None) -> None:
        """Everything anew from the journals, of which one changed; the old snapshot is kept, and a notice says why."""
        kept = self.path.with_suffix(".old.json")
        with suppress(OSError):
            disk.replace(kept, self.path.read_bytes())
        self._notice(
            f"{changed.path} is not what it was: your progress was made again from what the journals say now "
            f"({kept.name} has how it stood)."
        )
        if changed.path == self.journal.path:
            self.journal.disown()
        self._begin(Snapshot())
        with suppress(Changed):  # it keeps changing: the next reading will tell
            self.read_on(tell)
        self.unsaved += 1

    def read_on(self, tell: Tell | None = None) -> bool:
        """What was added to any journal since the last reading; True if there was something.

        Raises Changed if a journal is no longer what was read of it, OSError if the journals cannot be listed.
        """
        for sentence in strays(self.home):
            self._notice(sentence)
        sizes = {device: (path, _size(path)) for device, path in journals(self.home).items()}
        total, done = sum(size for _, size in sizes.values()), 0
        unsettled = self._renamed()
        found, mend = bool(unsettled), False
        for device, (path, size) in sizes.items():
            if size != self._position(device).bytes:
                reader = Reader(path, self._position(device))
                try:
                    mine = device == self.journal.device
                    found |= self._absorb(_told(reader, tell, done, total), unsettled, mine=mine)
                except OSError as error:
                    self._notice(f"{path} cannot be read ({error.strerror}); what it says is missing here.")
                    continue
                self._finish(device, reader)
                mend |= bool(reader.torn) and device == self.journal.device
            done += size
        self._settle(unsettled)
        if mend and self.read_only is None:
            with suppress(OSError), self.journal.locked():
                self.catch_up()
        return found

    def catch_up(self) -> None:
        """What other processes added to this device's journal, under its lock; a torn end of it is mended.

        Raises Changed, or OSError.
        """
        unsettled: set[str] = set()
        device, torn = self.journal.device or "", b"?"
        while torn:
            reader = Reader(self.journal.path, self.journal.position)
            self._absorb(reader, unsettled, mine=True)
            self._finish(device, reader)
            torn = b"" if self.read_only else reader.torn
            if torn:
                self.journal.mend(torn)
                self._notice(
                    f"The last line of {reader.path} was cut short, as by a crash: it was not saved as an event, "
                    f"and is kept in {reader.path.with_suffix('.damaged').name}."
                )
        self._settle(unsettled)

    def histories(self, keys: Iterable[str]) -> dict[str, list[Link]]:
        """All events in the history of these cards, by key, as far as the journals were read; in no order."""
        found: dict[str, list[Link]] = {key: [] for key in keys}
        for device, path in journals(self.home).items():
            stop = self._position(device).bytes
            try:
                for event in Reader(path, stop=stop) if stop else ():
                    place = link(event)
                    if place is not None and (history := found.get(self.key(place.card))) is not None:
                        history.append(place)
            except OSError as error:
                self._notice(f"{path} cannot be read ({error.strerror}); what it says is missing here.")
        return found

    def own_events(self) -> Iterable[AnyEvent]:
        """The events of this device, in order, as far as they were read."""
        return Reader(self.journal.path, stop=self.journal.position.bytes) if self.journal.position.bytes else ()

    def key(self, card: str) -> str:
        """The key that card has now."""
        now = self.renames.get(card)
        if now is None:
            return card
        self._aliases[card] = now
        return now

    # Keeping

    def note(self, event: AnyEvent, standing: Standing | None = None, key: str = "") -> None:
        """This process added `event`; card `key` now has `standing`, if it is about how a card stands."""
        if standing is None:
            self._absorb([event], set(), mine=True)
        else:
            self.unsaved += 1
            self._count_review(event)
            self._set(key, standing)

    def save(self) -> None:
        """Write the snapshot. If that cannot be, a notice says so: nothing is lost but time at the next start."""
        if self.read_only or not self.unsaved or not self.home.is_dir():
            return
        journals = dict(self._positions)
        if self.journal.device and self.journal.position.bytes:
            journals[self.journal.device] = self.journal.position
        days, pace = sorted(self.days), list(self.pace)
        fits = list(self._optimized.values())
        content = Snapshot(FORMAT, _LAW, journals, self.rules, fits, self._aliases, days, pace, self.cards)
        try:
            disk.replace(self.path, seal(_encoder.encode(content)))
        except OSError as error:
            self._notice(f"{self.path} cannot be written ({error.strerror}); your grades are safe in the journal.")
        else:
            self.unsaved = 0

    def count(self, deck: str, day: date) -> tuple[int, int]:
        """Cards of `deck` first reviewed on study day `day`, and reviews that day of cards in review."""
        if self._counts is None or self._counts[0] != day:
            counts: dict[str, list[int]] = {}
            for key, standing in self.cards.items():
                if standing.first == day or standing.asked == day:
                    _add(counts, key, standing, day, 1)
            self._counts = (day, counts)
        new, reviews = self._counts[1].get(deck, (0, 0))
        return new, reviews

    def _set(self, key: str, standing: Standing) -> None:
        self.changes += 1
        if self._counts is not None:
            day, counts = self._counts
            _add(counts, key, self.cards.get(key, UNTOUCHED), day, -1)
            _add(counts, key, standing, day, 1)
        self.cards[key] = standing

    def _position(self, device: str) -> Position:
        if device == self.journal.device:
            return self.journal.position
        return self._positions.get(device, Position())

    def _finish(self, device: str, reader: Reader) -> None:
        if device == self.journal.device:
            self.journal.position = reader.position
        else:
            self._positions[device] = replace(reader.position, rules=())
        if reader.newer is not None and device == self.journal.device:
            self._refuse(_newer(reader.path, reader.newer))
        elif reader.newer is not None:
            self._notice(
                f"{reader.path} was written by a newer quizapp (format {reader.newer}; this one knows {FORMAT}): what "
                "it says from there on is missing here. Update quizapp."
            )
        if reader.missing:
            self._notice(f"{reader.path} lacks {reader.missing} of its lines; the rest goes on without them.")
        if reader.bad:
            self._set_aside(reader)

    def _set_aside(self, reader: Reader) -> None:
        kept = reader.path.with_suffix(".damaged")
        try:
            fresh = set_aside(reader.path, [bad.raw for bad in reader.bad])
        except OSError as error:
            fresh, where = len(reader.bad), f"they could not be copied ({error.strerror})"
        else:
            where = f"copies are in {kept.name}"
        if fresh:
            if reader.damaged > len(reader.bad):
                fresh, where = reader.damaged, f"copies of the first {len(reader.bad)} are in {kept.name}"
            self._notice(
                f"{fresh} damaged line(s) in {reader.path}, the first at byte {reader.bad[0].offset} "
                f"({reader.bad[0].why}): they do not count; {where}."
            )

    def _absorb(self, events: Iterable[AnyEvent], unsettled: set[str], *, mine: bool) -> bool:
        """Take in events one by one; the cards for which one does not simply follow the last become `unsettled`.

        What this device says (`mine`) of rules and weights is never displaced by what another says under its names.
        """
        before = self.unsaved
        for event in events:
            self.unsaved += 1
            place = link(event)
            if place is None:
                self._learn(event, mine=mine)
                continue
            self._count_review(place)
            key = self.key(place.card)
            if key in unsettled:
                continue
            standing = self.cards.get(key, UNTOUCHED)
            if isinstance(event, Undone) or not follows(standing, place):
                unsettled.add(key)
            else:
                self._set(key, step(standing, place, self.rules))
        return self.unsaved > before

    def _learn(self, event: AnyEvent, *, mine: bool) -> None:
        """The rules that reviews go by, and the weights that were fitted to them."""
        if isinstance(event, RulesNamed) and (rules := rules_of(event)) is not None:
            if mine:
                self.rules[event.name] = rules
            elif len(self.rules) < _MOST_RULES:
                self.rules.setdefault(event.name, rules)
        elif isinstance(event, Optimized) and weighs(event.weights):
            if mine:
                self._optimized[event.id] = event
            else:
                self._optimized.setdefault(event.id, event)

    def _count_review(self, event: AnyEvent | Link) -> None:
        if isinstance(event, Reviewed):
            self.days.add(event.day)
            if (took_s := took(event)) is not None:
                self.pace.append(took_s)

    def _settle(self, keys: set[str]) -> None:
        for key, events in self.histories(keys).items() if keys else ():
            self._set(key, fold(events, self.rules))
            if not events:
                del self.cards[key]

    def _renamed(self) -> set[str]:
        """The cards whose histories the renames join or part otherwise than the ones before did."""
        keys = set()
        for old, then in self._aliases.items():
            if self.renames.get(old, old) != then:
                keys |= {then, self.renames.get(old, old)}
        for old, now in self.renames.items():
            if old in self.cards:
                keys |= {old, now}
        self._aliases = {old: self.renames[old] for old in self._aliases if old in self.renames}
        return keys

    def _read_snapshot(self) -> Snapshot:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Snapshot()
        except OSError as error:
            self._notice(f"{self.path} cannot be read ({error.strerror}); your progress comes from the journals.")
            return Snapshot()
        with suppress(DecodeError, UnicodeDecodeError, RecursionError):
            if raw.startswith(_OURS) and sealed(raw):
                snapshot = _snapshots.decode(raw)
                return snapshot if snapshot.law == _LAW else Snapshot()
            found = _formats.decode(raw).format
            if found > FORMAT:
                self._refuse(_newer(self.path, found))
                return Snapshot()
        kept = self.path.with_suffix(".damaged.json")
        with suppress(OSError):
            disk.replace(kept, raw)
        self._notice(
            f"{self.path} was damaged: it was made again from the journals ({kept.name} has what stood there)."
        )
        return Snapshot()

    def _check_folder(self) -> None:
        if self.home.exists() and not os.access(self.home, os.W_OK | os.X_OK):
            self._refuse(
                f"{self.home} is no folder that may be written to: you see your progress, and nothing is saved."
            )

    def _refuse(self, sentence: str) -> None:
        self.read_only = sentence
        self._notice(sentence)

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)


def _newer(path: Path, found: int) -> str:
    return (
        f"{path} was written by a newer quizapp (format {found}; this one knows {FORMAT}): "
        "you see what can be read, and nothing is saved. Update quizapp."
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _add(counts: dict[str, list[int]], key: str, standing: Standing, day: date, sign: int) -> None:
    count = counts.setdefault(key.rpartition("/")[0], [0, 0])
    count[0] += sign * (standing.first == day)
    count[1] += sign * (standing.times if standing.asked == day else 0)


def _told(reader: Reader, tell: Tell | None, done: int, total: int) -> Iterable[AnyEvent]:
    if tell is None:
        return reader
    return _telling(reader, tell, done, total)


def _telling(reader: Reader, tell: Tell, done: int, total: int) -> Iterable[AnyEvent]:
    for count, event in enumerate(reader):
        if count % 2000 == 0:
            tell(done + reader.position.bytes, total)
        yield event
    tell(done + reader.position.bytes, total)
