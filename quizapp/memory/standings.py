"""How every card stands, to be read: the snapshot, and what the journals have beyond it."""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from quizapp.memory.all_cards import usual
from quizapp.memory.all_journals import AllJournals, OnRead
from quizapp.memory.events import CardEvent, Event, Link, link
from quizapp.memory.reader import Rewritten
from quizapp.memory.replay import UNTOUCHED, Standing, ordered
from quizapp.memory.schedule import Grade, Outcome, Rules, preview
from quizapp.memory.snapshot import (
    NewerSnapshot,
    Snapshot,
    known_by,
    put_aside,
    read_snapshot,
    snapshot_path,
    write_snapshot,
)
from quizapp.texts import Sentence, os_reason, tell

if TYPE_CHECKING:
    from quizapp.memory.reviews import Reading

_NO_RENAMES: Mapping[str, str] = MappingProxyType({})


def open_standings(
    home: Path, *, rules: Rules, renames: Mapping[str, str] = _NO_RENAMES, on_read: OnRead | None = None
) -> "Standings":
    """How the cards stand by what is kept in `home` (which need not exist yet). Never raises for what it finds there:
    see `notices`.

    `rules` are the user's settings; weights fitted to their reviews replace those in it. `renames` leads from the
    former keys of cards to what they are now. `on_read` is called while journals are read.
    """
    standings = Standings(home, rules, renames)
    standings.load(on_read)
    return standings


class Standings:
    """How every card stands, to be read; for one thread. `Recorder` is who writes.

    Made by `open_standings`; made directly, it knows nothing until it reads on. `journals` is where all of it is kept.
    """

    def __init__(self, home: Path, rules: Rules, renames: Mapping[str, str] = _NO_RENAMES) -> None:
        self.home = home
        self.journals = AllJournals(home)
        self._settings = rules
        self._changes = 0  # of cards that were known before everything was made again
        self._begin(Snapshot(), renames)

    def _begin(self, snapshot: Snapshot, renames: Mapping[str, str]) -> None:
        self.known = known_by(snapshot, renames)
        self._saved = 0  # of the events that were added
        self._counts: dict[str, list[int]] = {}
        self._counted: tuple[date, int] | None = None  # the study day and the number of changes that they are of
        self.journals.begin(snapshot.journals)
        self._fit()

    # How cards stand

    def of(self, key: str) -> Standing:
        """How card `key` stands."""
        return self.known.standings.get(key, UNTOUCHED)

    @property
    def all(self) -> Mapping[str, Standing]:
        """Every card that anything ever happened to, by key, also one that no deck has any more."""
        return MappingProxyType(self.known.standings)

    @property
    def begun(self) -> Iterator[str]:
        """The keys of the cards of which anything holds that happened to them: all but those where it was undone."""
        return (key for key, standing in self.known.standings.items() if standing.begun)

    def predicted(self, key: str) -> bool:
        """Was the experiment of card `key` ever predicted, since it was reset if it was?"""
        return key in self.known.predicted

    @property
    def changes(self) -> int:
        """How often the standing of a card changed since this was opened, here or elsewhere: a number that grows."""
        return self._changes + self.known.changes

    def preview(self, key: str, now: datetime, rules: Rules | None = None) -> dict[Grade, Outcome]:
        """What each grade would do to card `key` now, by `rules` or the user's: `Recorder.review` takes one of them."""
        return preview(self.of(key).memory, key, now, rules or self._rules)

    def new_today(self, deck: str, day: date) -> int:
        """How many cards of `deck` were reviewed for the first time on study day `day`."""
        return self._count(deck, day)[0]

    def reviews_today(self, deck: str, day: date) -> int:
        """How many reviews, on study day `day`, of cards of `deck` that were in review by then.

        A card counts for the last day on which it had one, so ask for today.
        """
        return self._count(deck, day)[1]

    def today(self, day: date) -> tuple[int, int]:
        """What `new_today` and `reviews_today` say of all decks together, those that are not read among them."""
        self._count("", day)
        return sum(new for new, _ in self._counts.values()), sum(times for _, times in self._counts.values())

    def usual_s(self, day: date) -> float:
        """The seconds that a review took as a rule before study day `day`, today."""
        paced = self.known.paced
        return paced[1] if paced is not None and paced[0] == day else usual(self.known.pace)

    def spent_s(self, key: str, day: date) -> float | None:
        """The seconds that the reviews of card `key` took on study day `day`, the last one; None where that is not
        known."""
        if self.known.spent_on != day:
            return None
        took = [took_s for card, took_s in self.known.spent.values() if card == key]
        known = [took_s for took_s in took if took_s is not None]
        return sum(known) if known else None

    @property
    def studied(self) -> AbstractSet[date]:
        """The study days on which there was a review."""
        return self.known.days

    @property
    def pace(self) -> Sequence[float]:
        """The seconds that the last reviews took by which it is told how long one takes: `PACE` at most."""
        return self.known.pace

    # What it goes by, and what the user should know

    @property
    def rules(self) -> Rules:
        """The user's rules, with the weights that were last fitted to their reviews."""
        return self._rules

    def use_rules(self, rules: Rules) -> None:
        """The user's settings changed to `rules`: they hold from the next grade on."""
        self._settings = rules
        self._fit()

    def rename(self, renames: Mapping[str, str]) -> None:
        """The decks were read again and say other former keys of their cards: the next refresh goes by these."""
        self.known.rename(renames)

    @property
    def notices(self) -> tuple[Sentence, ...]:
        """What the user should know of damage found and mended, and of what could not be kept."""
        return tuple(self.journals.notices)

    @property
    def read_only(self) -> Sentence | None:
        """Why nothing can be saved, if that is so."""
        return self.journals.read_only

    # What reads the journals through

    def history(self, key: str) -> list[Link]:
        """Every event in the history of card `key`, in order."""
        return ordered(self.events_of([key])[key])

    def histories(self) -> dict[str, list[Link]]:
        """Every event in the history of every card, in order, by key."""
        return {key: ordered(events) for key, events in self.events_of(self.known.standings).items()}

    def events_of(self, keys: Iterable[str]) -> dict[str, list[Link]]:
        """All events in the history of these cards, by key, as far as the journals were read; in no order."""
        found: dict[str, list[Link]] = {key: [] for key in keys}
        for event in self.journals.known():
            place = link(event)
            if place is not None and (history := found.get(self.known.key(place.card))) is not None:
                history.append(place)
        return found

    def reading(self) -> "Reading":
        """What the journals tell of all cards, to be read piece by piece, apart from what is known here."""
        from quizapp.memory.reviews import Reading

        return Reading(self.home, self.known.renames)

    # How it keeps up

    def refresh(self) -> bool:
        """Take in what other processes and devices wrote since; True if anything changed.

        What cannot be read is left for the next time.
        """
        try:
            return self.read_on()
        except OSError:
            return False
        except Rewritten as rewritten:
            self.rebuild(rewritten)
            return True

    def load(self, on_read: OnRead | None = None) -> None:
        """The snapshot, then what the journals have beyond it. Raises nothing for what it finds in `home`."""
        paused = gc.isenabled()
        gc.disable()  # a hundred thousand standings are no garbage, and looking for some doubles the time
        try:
            self._begin(self._snapshot(), self.known.renames)
            if self.home.exists() and not os.access(self.home, os.W_OK | os.X_OK):
                self.journals.refuse(tell("memory.no_folder", folder=self.home))
            try:
                self.journals.check()
                self.read_on(on_read)
            except Rewritten as rewritten:
                self.rebuild(rewritten, on_read)
            except OSError as error:
                self.journals.refuse(tell("memory.refused", file=error.filename, why=os_reason(error)))
        finally:
            if paused:
                gc.enable()

    def read_on(self, on_read: OnRead | None = None) -> bool:
        """What was added to any journal since the last reading; True if there was something.

        Raises Rewritten if a journal is no longer what was read of it, OSError if the journals cannot be listed.
        """
        before, moved = self.known.added, self.known.moved()
        for event, mine in self.journals.news(on_read):
            self.known.add(event, mine=mine)
        self._settle()
        if moved:
            self._saved = -1  # the snapshot has these cards under their former keys
        return moved or self.known.added > before

    def rebuild(self, rewritten: Rewritten, on_read: OnRead | None = None) -> None:
        """Everything anew from the journals, of which one changed; the old snapshot is kept, and a notice says why."""
        kept = put_aside(self.home)
        self.journals.notice(tell("memory.rebuilt", file=rewritten.path, kept=kept.name))
        if rewritten.path == self.journals.own.path:
            self.journals.own.disown()
        self._changes = self.changes + 1
        self._begin(Snapshot(), self.known.renames)
        with suppress(Rewritten):  # it keeps changing: the next reading will tell
            self.read_on(on_read)
        self._saved = -1

    # What the recorder needs

    def catch_up(self) -> None:
        """What other processes added to this device's journal, under its lock. Raises Rewritten, or OSError."""
        for event in self.journals.own_news():
            self.known.add(event, mine=True)
        self._settle()

    def note(self, event: Event) -> None:
        """This process added `event`, which has no place in the history of a card."""
        self.known.add(event, mine=True)
        self._fit()

    def note_card(self, event: CardEvent, standing: Standing, key: str) -> None:
        """This process added `event`, after which card `key` has `standing`."""
        known = self.known
        known.added += 1
        known.count(event)
        if self._counted is not None and self._counted[1] == known.changes:
            day = self._counted[0]
            _add(self._counts, key, self.of(key), day, -1)
            _add(self._counts, key, standing, day, 1)
            self._counted = (day, known.changes + 1)
        known.put(key, standing)

    @property
    def unsaved(self) -> int:
        """How many events the snapshot on the disk lacks."""
        return self.known.added - self._saved

    def save(self, *, anew: bool = False) -> None:
        """Write the snapshot if it lacks anything, or `anew`. If that cannot be, a notice says so: nothing is lost but
        time at the next start."""
        if self.read_only or not (anew or self.unsaved) or not self.home.is_dir():
            return
        try:
            write_snapshot(self.home, self.known, self.journals.positions)
        except OSError as error:
            path = snapshot_path(self.home)
            self.journals.notice(tell("memory.snapshot.unwritten", file=path, why=os_reason(error)))
        else:
            self._saved = self.known.added

    # How it is done

    def _snapshot(self) -> Snapshot:
        try:
            snapshot, amiss = read_snapshot(self.home)
        except NewerSnapshot as newer:
            self.journals.refuse(newer.sentence)
            return Snapshot()
        if amiss is not None:
            self.journals.notice(amiss)
        return snapshot

    def _settle(self) -> None:
        if self.known.unsettled:
            self.known.settle(self.events_of(self.known.unsettled))
        self._fit()

    def _fit(self) -> None:
        fit = self.known.last_fit()
        self._rules = self._settings if fit is None else replace(self._settings, weights=fit.weights)

    def _count(self, deck: str, day: date) -> Sequence[int]:
        """Cards of `deck` first reviewed on study day `day`, and reviews that day of cards in review."""
        if self._counted != (day, self.known.changes):
            self._counts = {}
            for key, standing in self.known.standings.items():
                if standing.first == day or standing.asked == day:
                    _add(self._counts, key, standing, day, 1)
            self._counted = (day, self.known.changes)
        return self._counts.get(deck, (0, 0))


def _add(counts: dict[str, list[int]], key: str, standing: Standing, day: date, sign: int) -> None:
    count = counts.setdefault(key.rpartition("/")[0], [0, 0])
    count[0] += sign * (standing.first == day)
    count[1] += sign * (standing.times if standing.asked == day else 0)
