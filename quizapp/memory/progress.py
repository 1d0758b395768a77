"""How every card stands, and the one place that adds an event: the journal first, then what is known."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from quizapp.memory.events import (
    CHANGES,
    FORMAT,
    CardEvent,
    Change,
    Event,
    Link,
    Opened,
    Optimized,
    Predicted,
    Reset,
    Reviewed,
    Undone,
    Value,
    rules_name,
    rules_record,
)
from quizapp.memory.journal import CannotSave, Changed
from quizapp.memory.ledger import UNTOUCHED, Ledger, Tell
from quizapp.memory.replay import Standing, fold, marks_leech, ordered, step, undone_by
from quizapp.memory.schedule import GRADES, Grade, Outcome, Rules, preview, study_day
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.memory.chronicle import Chronicle
    from quizapp.memory.past import Brought, Past

__all__ = ["CannotSave", "CannotUndo", "Progress", "Stale", "Standing", "open_progress"]

_SNAPSHOT_EVERY = 200
_E = TypeVar("_E", bound=Event)
_C = TypeVar("_C", bound=CardEvent)


class Stale(Exception):
    """The card was changed elsewhere since the outcome was previewed: preview it again."""


class CannotUndo(Exception):
    """This event cannot be undone; says why."""


def open_progress(
    home: Path,
    *,
    now: datetime,
    rules: Rules,
    renames: Mapping[str, str] | None = None,
    tell: Tell | None = None,
) -> "Progress":
    """The progress kept in `home` (which need not exist yet). Never raises for what it finds there: see `notices`.

    `rules` are the user's settings; weights fitted to their reviews replace those in it. `renames` leads from the
    former keys of cards to what they are now. `tell(done, all)`, in bytes, is called while journals are read.
    """
    ledger = Ledger(home, renames or {})
    ledger.load(tell)
    return Progress(ledger, rules)


class Progress:
    """How every card stands, and what may be done to it. Made by `open_progress`; for one thread.

    What changes a card is durable when it returns. If it raises CannotSave (an OSError whose text is a sentence),
    nothing changed, neither here nor on the disk.
    """

    def __init__(self, ledger: Ledger, settings: Rules) -> None:
        self._ledger = ledger
        self._settings = settings
        self._save_at = _SNAPSHOT_EVERY
        self._fit()
        self._mine: dict[str, CardEvent] = {}  # what this process added, and how its card stood before
        self._before: dict[str, Standing] = {}
        self._back_to: dict[str, str | None] = {}  # undoing event → the tip that it brought back

    # What is known

    @property
    def rules(self) -> Rules:
        """The user's rules, with the weights that were last fitted to their reviews."""
        return self._rules

    def settle(self, rules: Rules) -> None:
        """The user's settings changed to `rules`: they hold from the next grade on."""
        self._settings = rules
        self._fit()

    @property
    def standings(self) -> Mapping[str, Standing]:
        """Every card that anything ever happened to, also one that no deck has any more."""
        return MappingProxyType(self._ledger.cards)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of damage found and mended, and of what could not be kept; a sentence each."""
        return tuple(self._ledger.notices)

    @property
    def read_only(self) -> str | None:
        """Why nothing can be saved, if that is so."""
        return self._ledger.read_only

    @property
    def changes(self) -> int:
        """How often the standing of a card changed since this was opened, here or elsewhere: a number that grows."""
        return self._ledger.changes

    def of(self, key: str) -> Standing:
        """How card `key` stands."""
        return self._ledger.cards.get(key, UNTOUCHED)

    def preview(self, key: str, now: datetime) -> dict[Grade, Outcome]:
        """What each grade would do to card `key` now: hand one of them to `review`."""
        return preview(self.of(key).memory, key, now, self._rules)

    def new_today(self, deck: str, day: date) -> int:
        """How many cards of `deck` were reviewed for the first time on study day `day`."""
        return self._ledger.count(deck, day)[0]

    def reviews_today(self, deck: str, day: date) -> int:
        """How many reviews, on study day `day`, of cards of `deck` that were in review by then.

        A card counts for the last day on which it had one, so ask for today.
        """
        return self._ledger.count(deck, day)[1]

    @property
    def studied(self) -> AbstractSet[date]:
        """The study days on which there was a review, also one that was undone."""
        return self._ledger.days

    @property
    def pace(self) -> Sequence[float]:
        """The seconds that the last hundred reviews took, where that is known."""
        return self._ledger.pace

    def history(self, key: str) -> list[Link]:
        """Every event in the history of card `key`, in order. Reads the journals through."""
        return ordered(self._ledger.histories([key])[key])

    def histories(self) -> dict[str, list[Link]]:
        """The same of every card that anything happened to, in one reading."""
        return {key: ordered(events) for key, events in self._ledger.histories(self._ledger.cards).items()}

    def chronicle(self) -> "Chronicle":
        """What the journals tell of all cards, to be read piece by piece, apart from what is known here."""
        from quizapp.memory.chronicle import Chronicle

        return Chronicle(self._ledger.home, self._ledger.renames)

    def last(self) -> CardEvent | None:
        """The last event of this device that can be undone; None if there is none. Reads its journal through.

        What was imported is no deed of the user's that an undo would mean.
        """
        mine = self._own_events()
        undone = undone_by(mine)
        deeds = (e for e in reversed(mine) if not isinstance(e, Undone) and getattr(e, "imported", None) is None)
        return next((e for e in deeds if e.id not in undone), None)

    def rename(self, renames: Mapping[str, str]) -> None:
        """The decks were read again and say other former keys of their cards: the next refresh goes by these."""
        self._ledger.rename(renames)

    def refresh(self) -> bool:
        """Take in what other processes and devices wrote since; True if anything changed.

        What cannot be read is left for the next time.
        """
        try:
            found = self._ledger.read_on()
        except OSError:
            return False
        except Changed as changed:
            self._ledger.rebuild(changed)
            found = True
        if found:
            self._fit()
        return found

    def close(self) -> None:
        """Write the snapshot and let go of the journal. Never raises for a full disk: `notices` tells."""
        self._ledger.save()
        self._ledger.journal.close()

    # What can be done

    def review(
        self,
        key: str,
        outcome: Outcome,
        now: datetime,
        *,
        took_s: float | None = None,
        ticks: tuple[int, ...] = (),
        chosen: tuple[int, ...] = (),
        typed: str | None = None,
        confidence: int | None = None,
    ) -> Reviewed:
        """Grade card `key` with one of its previewed outcomes; `Reviewed` says what the rest means.

        Raises CannotSave if it cannot be written, Stale if the card changed since the preview.
        """
        with self._writing():
            standing = self.of(key)
            if outcome.before != standing.memory:
                raise Stale(f"{key} was changed elsewhere since it was shown.")
            event = self._write(
                Reviewed,
                now,
                rules=outcome.rules,
                card=key,
                day=outcome.memory.day,
                on=standing.tip,
                nth=standing.events,
                grade=outcome.grade,
                state=outcome.memory,
                took_s=took_s if took_s is None else round(took_s, 3),
                ticks=ticks,
                chosen=chosen,
                typed=typed if typed is None else clean(typed),
                confidence=confidence,
                leech=marks_leech(standing.memory, outcome.memory),
            )
            return self._keep(key, standing, event)

    def change(self, key: str, what: Change, now: datetime) -> CardEvent:
        """Suspend card `key`, bury it for today, flag it, take that back, or reset it. Raises CannotSave."""
        with self._writing():
            standing = self.of(key)
            event = self._write(CHANGES[what], now, card=key, day=self._day(now), on=standing.tip, nth=standing.events)
            return self._keep(key, standing, event)

    def undo(self, event_id: str, now: datetime) -> Undone:
        """Take back an event of this device. Raises CannotUndo, with a reason, or CannotSave.

        A grade or a reset under a later one is not undone: undo that one first.
        """
        with self._writing():
            target = self._mine.get(event_id) or self._find(event_id)
            key = self._ledger.key(target.card)
            standing = self.of(key)
            before, history = self._undoable(key, target)
            event = self._write(
                Undone, now, card=key, day=self._day(now), on=standing.tip, nth=standing.events, undoes=event_id
            )
            if before is None:
                after = fold([*history, event], self._ledger.rules)
            else:
                self._back_to[event.id] = target.on
                after = replace(before, tip=event.id, events=standing.events + 1)
            self._ledger.note(event, after, key)
            return event

    def predicted(
        self,
        key: str,
        now: datetime,
        *,
        demo: str,
        measure: str,
        script: str = "",
        knobs: Mapping[str, Value] | None = None,
        choice: int | None = None,
        number: float | None = None,
        measured: float | None = None,
        right: bool | None = None,
        confidence: int | None = None,
    ) -> Predicted:
        """Keep a prediction and what was then measured; `Predicted` says what each means. Raises CannotSave."""
        with self._writing():
            event = self._write(
                Predicted,
                now,
                card=key,
                day=self._day(now),
                demo=demo,
                measure=measure,
                script=script,
                knobs=dict(knobs or {}),
                choice=choice,
                number=number,
                measured=measured,
                right=right,
                confidence=confidence,
            )
            self._ledger.note(event)
            return event

    def adopt(
        self, weights: tuple[float, ...], now: datetime, *, reviews: int, before: float, after: float
    ) -> Optimized:
        """Schedule with `weights`, fitted to `reviews` reviews, from now on; see `Optimized`. Raises CannotSave."""
        with self._writing():
            event = self._write(
                Optimized,
                now,
                on=self._ledger.last_fit,
                weights=weights,
                reviews=reviews,
                before=before,
                after=after,
            )
            self._ledger.note(event)
            self._fit()
            return event

    def import_past(self, past: "Iterable[Past]", program: str, now: datetime) -> "Brought":
        """Add what happened in `program` to the histories of its cards, in order of time; the states are our own
        scheduler's, by the rules of today. Safe to repeat: what is there already is not added again.

        Durable batch by batch. Raises CannotSave, and then the batches before it stay.
        """
        from quizapp.memory.past import BATCH, Brought, event_of, known_of, verdict

        line = sorted(past, key=lambda one: one.at)
        known = {key: known_of(events) for key, events in self._ledger.histories({one.key for one in line}).items()}
        count = {"add": 0, "there": 0, "older": 0, "touched": 0, "marked": 0}
        for start in range(0, len(line), BATCH):
            with self._writing():
                above = self._above(now, self._rules)
                events: list[tuple[CardEvent, Standing]] = []
                standings: dict[str, Standing] = {}
                for one in line[start : start + BATCH]:
                    standing = standings.get(one.key) or self.of(one.key)
                    found = verdict(one, standing, known[one.key])
                    mark = found == "add" and one.what not in (*GRADES, "reset")
                    count["marked" if mark else found] += 1
                    if found == "add":
                        seq = self._ledger.journal.position.seq + len(above) + len(events) + 1
                        event = event_of(one, standing, seq, self._rules, program, _new_id())
                        standings[one.key] = step(standing, event, self._ledger.rules)
                        events.append((event, standings[one.key]))
                if events:
                    self._append([*above, *(event for event, _ in events)], above)
                for event, standing in events:
                    self._ledger.note(event, standing, event.card)
        return Brought(count["add"], count["there"], count["older"], count["marked"])

    # How it is done

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The journal held, and all that others of this device wrote taken in."""
        ledger = self._ledger
        if ledger.read_only:
            raise CannotSave(ledger.read_only)
        try:
            with ledger.journal.locked() as more:
                if more:
                    ledger.catch_up()
                    self._fit()
                if ledger.read_only:
                    raise CannotSave(ledger.read_only)
                yield
        except Changed as changed:
            ledger.rebuild(changed)
            self._fit()
            raise CannotSave(f"{changed.path} was replaced meanwhile. Nothing was saved; try again.") from None
        except CannotSave:
            raise
        except OSError as error:
            raise ledger.journal.refusal(error) from error
        if ledger.unsaved >= self._save_at:
            ledger.save()
            self._save_at = ledger.unsaved + _SNAPSHOT_EVERY  # if that failed, it need not be tried at every grade

    def _write(self, kind: type[_E], now: datetime, *, rules: Rules | None = None, **members: Any) -> _E:
        """A durable event of `kind`; what has to stand above it in the journal is written along with it."""
        above = self._above(now, rules)
        if rules is not None:
            members["rules"] = rules_name(rules)
        event = kind(seq=self._ledger.journal.position.seq + len(above) + 1, id=_new_id(), at=now, **members)
        self._append([*above, event], above)
        return event

    def _above(self, now: datetime, rules: Rules | None) -> list[Event]:
        """What the journal lacks to hold an event made under `rules`."""
        journal = self._ledger.journal
        seq = journal.position.seq
        lines: list[Event] = []
        if not journal.position.bytes:
            lines.append(Opened(seq=seq + 1, id=_new_id(), at=now, format=FORMAT, device=journal.device or ""))
        if rules is not None and rules_name(rules) not in journal.position.rules:
            lines.append(rules_record(rules, seq + len(lines) + 1, _new_id(), now))
        return lines

    def _append(self, events: list[Event], above: list[Event]) -> None:
        self._ledger.journal.append(events)
        for line in above:
            self._ledger.note(line)

    def _keep(self, key: str, before: Standing, event: _C) -> _C:
        self._mine[event.id] = event
        self._before[event.id] = before
        self._ledger.note(event, step(before, event, self._ledger.rules), key)
        return event

    def _undoable(self, key: str, target: CardEvent) -> tuple[Standing | None, list[Link]]:
        """How the card stood before `target`, if nothing has come since but what this process took back.

        Otherwise None and the card's history, from which that follows. Raises CannotUndo.
        """
        tip, before, since = self.of(key).tip, self._before.get(target.id), 1
        while tip in self._back_to:
            tip, since = self._back_to[tip], since + 2
        if before is not None and tip == target.id and self.of(key).events == before.events + since:
            return before, []
        history = self.history(key)
        undone = undone_by(history)
        if target.id in undone:
            raise CannotUndo("That was undone already.")
        since_then = iter(history)
        if not any(event.id == target.id for event in since_then):  # leaves those that come after it
            raise CannotUndo(f"The journal that says what happened to {key} cannot be read.")
        depend = (e for e in since_then if isinstance(e, Reviewed | Reset) and e.id not in undone)
        if isinstance(target, Reviewed | Reset) and any(depend):
            raise CannotUndo(f"{key} was reviewed again since; undo that first.")
        return None, history

    def _find(self, event_id: str) -> CardEvent:
        for event in self._own_events():
            if event.id == event_id and not isinstance(event, Undone):
                return event
        raise CannotUndo("There is nothing to undo: this device made no such change.")

    def _own_events(self) -> list[CardEvent]:
        return [event for event in self._ledger.own_events() if isinstance(event, CardEvent)]

    def _day(self, now: datetime) -> date:
        return study_day(now, self._rules.rollover)

    def _fit(self) -> None:
        self._rules = self._settings
        if self._ledger.weights is not None:
            self._rules = replace(self._settings, weights=self._ledger.weights)


def _new_id() -> str:
    return os.urandom(8).hex()
