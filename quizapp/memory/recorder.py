"""The one place that adds events: to this device's journal first, then to what is known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import asdict, replace

from quizapp.memory.events import (
    CHANGES,
    Attempt,
    Attempted,
    CardEvent,
    Change,
    Event,
    Fit,
    Given,
    Link,
    Mended,
    Optimized,
    Overruled,
    Overruling,
    Predicted,
    Prediction,
    QuizScore,
    Quizzed,
    Reset,
    Reviewed,
    Undone,
    kept_seconds,
    kept_text,
)
from quizapp.memory.journal import CannotSave, new_id
from quizapp.memory.reader import Rewritten
from quizapp.memory.replay import Standing, fold, marks_leech, step, undone_by
from quizapp.memory.rules_named import rules_name
from quizapp.memory.schedule import Outcome, Rules, study_day
from quizapp.memory.standings import Standings
from quizapp.texts import UserError, tell
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.memory.foreign import ForeignEvent, Imported, Imports

_SNAPSHOT_EVERY = 200
_NOTHING_GIVEN = Given()
_C = TypeVar("_C", bound=CardEvent)
_E = TypeVar("_E", bound=Event)


class Stale(UserError):
    """The card was changed elsewhere since the outcome was previewed: preview it again."""


class CannotUndo(UserError):
    """This event cannot be undone; says why."""


class Recorder:
    """Writes down what happens to cards, for one thread. `standings` always knows what was written.

    What changes a card is durable when it returns. If it raises CannotSave, nothing changed, neither there nor on the
    disk.
    """

    def __init__(self, standings: Standings) -> None:
        self.standings = standings
        self._save_at = _SNAPSHOT_EVERY
        self._mine: dict[str, CardEvent] = {}  # what this process added, and how its card stood before
        self._before: dict[str, Standing] = {}
        self._back_to: dict[str, str | None] = {}  # undoing event → the tip that it brought back

    def review(self, key: str, outcome: Outcome, now: datetime, given: Given = _NOTHING_GIVEN) -> Reviewed:
        """Grade card `key` with one of its previewed outcomes, keeping what was given on the way to the grade.

        Raises CannotSave if it cannot be written, Stale if the card changed since the preview.
        """
        typed = None if given.typed is None else clean(given.typed)
        given = replace(given, took_s=kept_seconds(given.took_s), typed=typed)
        with self._writing():
            standing, memory = self.standings.of(key), outcome.memory
            if outcome.before != standing.memory:
                raise Stale(tell("memory.stale", card=key))
            assert memory.day is not None  # no review is without a day
            above, seq, fresh = self._next(now, outcome.rules)
            event = Reviewed(
                seq, fresh, now, memory.day, key, standing.tip, standing.events,
                grade=outcome.grade,
                state=memory,
                rules=rules_name(outcome.rules),
                leech=marks_leech(standing.memory, memory),
                **asdict(given),
            )  # fmt: skip
            return self._keep(key, standing, event, above)

    def change(self, key: str, what: Change, now: datetime) -> CardEvent:
        """Suspend card `key`, bury it for today, flag it, take that back, or reset it. Raises CannotSave."""
        return self._happens(CHANGES[what], key, now)

    def mend(self, key: str, now: datetime, took_s: float | None = None) -> Mended:
        """The lines of card `key` were put in order, or what was missed of it was looked at again: that was all that it
        was asked for today. Raises CannotSave."""
        return self._happens(Mended, key, now, took_s=kept_seconds(took_s))

    def undo(self, event_id: str, now: datetime) -> Undone:
        """Take back an event of this device. Raises CannotUndo, with a reason, or CannotSave.

        A grade or a reset under a later one is not undone: undo that one first.
        """
        with self._writing():
            target = self._mine.get(event_id) or self._find(event_id)
            key = self.standings.known.key(target.card)
            standing = self.standings.of(key)
            before, history = self._undoable(key, target)
            above, seq, fresh = self._next(now)
            event = Undone(seq, fresh, now, self._day(now), key, standing.tip, standing.events, event_id)
            self._append(above, [event])
            if before is None:
                after = fold([*history, event], self.standings.known.rules)
            else:
                self._back_to[event.id] = target.on
                after = replace(before, tip=event.id, events=standing.events + 1)
            self.standings.note_card(event, after, key)
            return event

    def predict(self, prediction: Prediction, now: datetime) -> Predicted:
        """Keep a prediction and what was then measured. Raises CannotSave."""
        with self._writing():
            above, seq, fresh = self._next(now)
            return self._note(Predicted(seq, fresh, now, self._day(now), **asdict(prediction)), above)

    def attempt(self, attempt: Attempt, now: datetime) -> Attempted:
        """Keep code that was judged, and how. Raises CannotSave."""
        attempt = replace(attempt, text=kept_text(attempt.text), took_s=kept_seconds(attempt.took_s))
        with self._writing():
            above, seq, fresh = self._next(now)
            return self._note(Attempted(seq, fresh, now, self._day(now), **asdict(attempt)), above)

    def overrule(self, overruling: Overruling, now: datetime) -> Overruled:
        """Keep that a card was graded against what an examiner said. Raises CannotSave."""
        overruling = replace(overruling, model=clean(overruling.model))
        with self._writing():
            above, seq, fresh = self._next(now)
            return self._note(Overruled(seq, fresh, now, self._day(now), **asdict(overruling)), above)

    def quizzed(self, score: QuizScore, now: datetime) -> Quizzed:
        """Keep how a quiz went. Raises CannotSave."""
        score = replace(score, took_s=kept_seconds(score.took_s))
        with self._writing():
            above, seq, fresh = self._next(now)
            return self._note(Quizzed(seq, fresh, now, self._day(now), **asdict(score)), above)

    def adopt(self, fit: Fit, now: datetime) -> Optimized:
        """Schedule with the weights of `fit` from now on. Raises CannotSave."""
        with self._writing():
            last = self.standings.known.last_fit()
            on = None if last is None else last.id
            above, seq, fresh = self._next(now)
            return self._note(Optimized(seq, fresh, now, on, **asdict(fit)), above)

    def import_foreign(self, events: "Iterable[ForeignEvent]", program: str, now: datetime) -> "Imported":
        """Add what happened in `program` to the histories of its cards, in order of time; the states are our own
        scheduler's, by the rules of today. Safe to repeat: what is there already is not added again.

        Durable batch by batch. Raises CannotSave, and then the batches before it stay.
        """
        from quizapp.memory.foreign import BATCH, Imported, imports_in

        line = sorted(events, key=lambda one: one.at)
        histories = self.standings.events_of({one.key for one in line})
        imports = {key: imports_in(history) for key, history in histories.items()}
        count: Counter[str] = Counter()
        for start in range(0, len(line), BATCH):
            with self._writing():
                count += self._import(line[start : start + BATCH], imports, program, now)
        return Imported(count["add"], count["there"], count["older"], count["mark"])

    def last_undoable(self) -> CardEvent | None:
        """The last event of this device that can be undone; None if there is none. Reads its journal through.

        What was imported is no deed of the user's that an undo would mean.
        """
        mine = self._own_events()
        undone = undone_by(mine)
        deeds = (e for e in reversed(mine) if not isinstance(e, Undone) and getattr(e, "imported", None) is None)
        return next((e for e in deeds if e.id not in undone), None)

    def close(self) -> None:
        """Write the snapshot and let go of the journal. Never raises for a full disk: the notices tell."""
        self.standings.save()
        self.standings.journals.own.close()

    # How it is done

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The journal held, and all that others of this device wrote taken in."""
        standings, journals = self.standings, self.standings.journals
        if journals.read_only:
            raise CannotSave(journals.read_only)
        try:
            with journals.own.locked() as more:
                if more:
                    standings.catch_up()
                if journals.read_only:
                    raise CannotSave(journals.read_only)
                yield
        except Rewritten as rewritten:
            standings.rebuild(rewritten)
            raise CannotSave(tell("memory.save.replaced", file=rewritten.path)) from None
        except CannotSave:
            raise
        except OSError as error:
            raise journals.own.refusal(error) from error
        if standings.unsaved >= self._save_at:
            standings.save()
            self._save_at = standings.unsaved + _SNAPSHOT_EVERY  # if that failed, it need not be tried at every grade

    def _import(
        self, batch: "Sequence[ForeignEvent]", imports: "Mapping[str, Imports]", program: str, now: datetime
    ) -> "Counter[str]":
        """Add those of a batch that are to be added, durably; what was decided how often."""
        from quizapp.memory.foreign import decide, event_of

        rules = self.standings.rules
        own = self.standings.journals.own
        above = own.heading(now, rules)
        seq = own.position.seq + len(above) + 1
        events: list[CardEvent] = []
        standings: dict[str, Standing] = {}
        after: list[Standing] = []
        count: Counter[str] = Counter()
        for one in batch:
            standing = standings.get(one.key) or self.standings.of(one.key)
            decided = decide(one, standing, imports[one.key])
            count[decided] += 1
            if decided in ("add", "mark"):
                event = event_of(one, standing, seq + len(events), rules, program, new_id())
                standings[one.key] = step(standing, event, self.standings.known.rules)
                events.append(event)
                after.append(standings[one.key])
        if events:
            self._append(above, events)
        for event, standing in zip(events, after, strict=True):
            self.standings.note_card(event, standing, event.card)
        return count

    def _next(self, now: datetime, rules: Rules | None = None) -> tuple[list[Event], int, str]:
        """What has to stand above the next event, made under `rules` if it is a review; its number, and a new id."""
        own = self.standings.journals.own
        above = own.heading(now, rules)
        return above, own.position.seq + len(above) + 1, new_id()

    def _append(self, above: Sequence[Event], events: Sequence[Event]) -> None:
        """Write it all, durable; what stands above is taken in, the events are not yet."""
        self.standings.journals.own.append([*above, *events])
        for line in above:
            self.standings.note(line)

    def _note(self, event: _E, above: Sequence[Event]) -> _E:
        """Write the event, which has no place in the history of a card."""
        self._append(above, [event])
        self.standings.note(event)
        return event

    def _happens(self, kind: type[_C], key: str, now: datetime, **members: Any) -> _C:
        """Add such an event to the history of a card."""
        with self._writing():
            standing = self.standings.of(key)
            above, seq, fresh = self._next(now)
            event = kind(seq, fresh, now, self._day(now), key, standing.tip, standing.events, **members)
            return self._keep(key, standing, event, above)

    def _keep(self, key: str, before: Standing, event: _C, above: list[Event]) -> _C:
        """Write the event, and remember for an undo how its card stood before it."""
        self._append(above, [event])
        self._mine[event.id] = event
        self._before[event.id] = before
        self.standings.note_card(event, step(before, event, self.standings.known.rules), key)
        return event

    def _undoable(self, key: str, target: CardEvent) -> tuple[Standing | None, list[Link]]:
        """How the card stood before `target`, if nothing has come since but what this process took back.

        Otherwise None and the card's history, from which that follows. Raises CannotUndo.
        """
        now = self.standings.of(key)
        tip, before, since = now.tip, self._before.get(target.id), 1
        while tip in self._back_to:
            tip, since = self._back_to[tip], since + 2
        if before is not None and tip == target.id and now.events == before.events + since:
            return before, []
        history = self.standings.history(key)
        undone = undone_by(history)
        if target.id in undone:
            raise CannotUndo(tell("memory.undo.already"))
        since_then = iter(history)
        if not any(event.id == target.id for event in since_then):  # leaves those that come after it
            raise CannotUndo(tell("memory.undo.unreadable", card=key))
        depend = (e for e in since_then if isinstance(e, Reviewed | Reset) and e.id not in undone)
        if isinstance(target, Reviewed | Reset) and any(depend):
            raise CannotUndo(tell("memory.undo.reviewed_since", card=key))
        return None, history

    def _find(self, event_id: str) -> CardEvent:
        for event in self._own_events():
            if event.id == event_id and not isinstance(event, Undone):
                return event
        raise CannotUndo(tell("memory.undo.not_here"))

    def _own_events(self) -> list[CardEvent]:
        return [event for event in self.standings.journals.own_known() if isinstance(event, CardEvent)]

    def _day(self, now: datetime) -> date:
        return study_day(now, self.standings.rules.rollover)
