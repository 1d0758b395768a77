"""A sitting that follows the schedule: what waits, the user's grade saved, and undo."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from quizapp.cards.card import Card, Code, Deck
from quizapp.cards.library import Library
from quizapp.memory.events import Change, Prediction
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Outcome, State, study_day
from quizapp.settings import Settings
from quizapp.study.answer import Answer, with_missed
from quizapp.study.code import outcomes_for
from quizapp.study.queue import Counts, Times, Waiting, first_times, next_card, regraded, waiting
from quizapp.study.selection import EVERYTHING, Selection
from quizapp.study.sitting import Changed, Done, Sitting

_FLAGS = ("flagged", "unflagged")


class Graded(Done, frozen=True, kw_only=True):
    """A grade of this sitting, of which answer, and the id of its event, by which it is undone."""

    event: str
    outcome: Outcome
    was: State
    answer: Answer


class Session(Sitting):
    """One sitting over `decks`. Time is passed in; grading and changing a card, and undoing that, go into the journal.

    `acts` is what was done, in order; `predictions` are those that met their measurement. `first` is asked first,
    whether it waits or not.
    """

    def __init__(
        self,
        decks: Sequence[Deck],
        recorder: Recorder,
        settings: Settings,
        now: datetime,
        *,
        first: Card | None = None,
        selection: Selection = EVERYTHING,
    ) -> None:
        self.selection = selection
        self.decks = selection.narrowed(decks)
        self.recorder = recorder
        self.standings = recorder.standings
        self.settings = settings
        self.started = now
        self.acts: list[Graded | Changed] = []
        self.predictions: list[Prediction] = []
        self.counts = Counts()
        self._outcomes: tuple[Mapping[Grade, Outcome], Mapping[Grade, Outcome]] = {}, {}  # nothing missed; something
        self._shown_after = 0  # acts: so many were done when the answer was shown
        self._waits: Waiting | None = None
        self._known: tuple[object, ...] = ()  # what `_waits` was found of
        self.advance(now, prefer=first)

    @property
    def done(self) -> list[Graded]:
        """The grades that stand."""
        return [act for act in self.acts if isinstance(act, Graded)]

    @property
    def ticked(self) -> dict[str, frozenset[int]]:
        """The points that were ticked of each card when it was graded last in this sitting."""
        return {act.card.key: act.answer.ticks for act in self.done}

    @property
    def outcomes(self) -> Mapping[Grade, Outcome]:
        """Of each grade, as it was when the answer was shown, and by what is missed now: what shows is saved."""
        missed = self.answer is not None and bool(self.answer.missed)
        return self._outcomes[missed] if self.revealed else {}

    @property
    def left(self) -> list[Card]:
        """The cards that are asked whether they wait or not, and were not yet."""
        return []

    def first_times(self, now: datetime) -> Times:
        """When the first of the cards that are due comes, and of those that come once more, where none of them can be
        asked in this sitting as things stand."""
        if self._waits is None:
            return None, None
        return first_times(self.counts, self._waits, now, self.settings, {card.key for card in self.left})

    @property
    def looks_again(self) -> bool:
        """Is the card in hand asked for no more than what was missed of it today? Then it is not graded: what was read
        minutes ago comes to mind, and FSRS would take that for a pass."""
        missed = self.standings.of(self.card.key).missed if self.card is not None else None
        return missed is not None and missed == study_day(self.asked, self.settings.rollover)

    @property
    def predicts_first(self) -> bool:
        """Whether the card in hand may have its experiment predicted before its answer: it is new, and a person marked
        the prediction as one that does not lead to the answer."""
        card = self.card
        known = card is None or self._predicted(card) or self.standings.predicted(card.key)
        if card is None or known or self.revealed or self.settings.predict != "first":
            return False
        ask = card.demo.predict if card.demo is not None else None
        return ask is not None and ask.first and self.standings.of(card.key).memory.state == "new"

    @property
    def offered(self) -> Card | None:
        """The card graded last, where its experiment is to be predicted now that this cues nothing: its values are
        drawn anew each time, or it lapsed. None where the card in hand has an experiment: one offer at a time."""
        last = self.acts[-1] if self.acts else None
        if not isinstance(last, Graded) or self.settings.predict == "never" or self._predicted(last.card):
            return None
        demo, has_its_own = last.card.demo, self.card is not None and self.card.demo is not None
        if demo is None or demo.predict is None or has_its_own:
            return None
        lapsed = last.was == "review" and last.grade == "again"
        return last.card if demo.predict.vary or lapsed else None

    def _predicted(self, card: Card) -> bool:
        return any(prediction.card == card.key for prediction in self.predictions)

    def advance(self, now: datetime, *, prefer: Card | None = None, graded: Card | None = None) -> None:
        """Go to the next card (or to `prefer`). `card` is None when nothing waits. `graded`: the card that was graded,
        if nothing else was done since the last time."""
        waits = self._look(now, graded)
        last = self.acts[-1].card.key if self.acts else None
        card = prefer or next_card(waits, now, self.settings, last=last)
        self._take(card, self.standings.of(card.key).memory.reps if card else 0, now)
        if self.answer is not None and card is not None and self.looks_again:
            self.answer.ticks = self.ticked.get(card.key, frozenset())

    def today(self, now: datetime) -> date:
        """The study day."""
        return study_day(now, self.settings.rollover)

    def _look(self, now: datetime, graded: Card | None = None) -> Waiting:
        """What waits now. After a grade only its card has changed, unless another process wrote too."""
        known, waits = (self.standings.changes - (graded is not None), self.decks, self.settings), None
        if graded is not None and self._waits is not None and known == self._known:
            waits = regraded(self._waits, graded, self.standings, now, self.settings)
        self._waits = waits or waiting(self.decks, self.standings, now, self.settings)
        self._known = (self.standings.changes, self.decks, self.settings)
        self.counts = self._waits.counts()
        return self._waits

    def renew(self, library: Library, was: Library, now: datetime) -> None:
        super().renew(library, was, now)
        names = {deck.name for deck in self.decks}
        if names >= {deck.name for deck in was.decks}:  # all of them: a new one too
            self.decks = self.selection.narrowed(library.decks)
        else:
            self.decks = self.selection.narrowed(deck for deck in library.decks if deck.name in names)
        self.acts = [msgspec.structs.replace(act, card=library.now(act.card, was) or act.card) for act in self.acts]
        self._look(now)

    def reveal(self, now: datetime) -> None:
        """Show the answer: from here on the outcomes stand, and one of exactly these is saved."""
        super().reveal(now)
        self._shown_after = len(self.acts)
        if self.card is not None:
            self.standings.refresh()
            outcomes = outcomes_for(self.card, self.standings, now, self.settings)
            missed = outcomes if isinstance(self.card, Code) else with_missed(outcomes, self.card, self.standings, now)
            self._outcomes = outcomes, missed

    @property
    def conceals(self) -> bool:
        """Was it done last that the answer was shown, so that this is taken back first? Of code a run shows it."""
        return self.revealed and not isinstance(self.card, Code) and len(self.acts) == self._shown_after

    def conceal(self) -> None:
        super().conceal()
        if self.answer is not None:
            self.answer.cued = True  # it was seen

    def grade(self, grade: Grade, now: datetime) -> Graded:
        """Save `grade` durably and go on.

        Raises OSError, in a sentence, when it cannot be saved, and Stale when the card was graded elsewhere since
        it was revealed: the card stays, and reveal() shows what holds now.
        """
        card, answer = self.card, self.answer
        if card is None or answer is None or not self.revealed:
            raise ValueError("Reveal the card before grading it.")
        outcome, was, took = self.outcomes[grade], self.standings.of(card.key).memory.state, self.took(now)
        event = self.recorder.review(card.key, outcome, now, answer.given(took))
        graded = Graded(
            event=event.id,
            card=card,
            grade=grade,
            outcome=outcome,
            was=was,
            took_s=took,
            answer=answer,
        )
        self.acts.append(graded)
        self.advance(now, graded=card)
        return graded

    def change(self, what: Change, now: datetime) -> Changed | None:
        """Put the card away, flag or reset it, durably; go on to the next unless it is only flagged. None without a
        card. Raises OSError, in a sentence: then nothing changed."""
        if self.card is None:
            return None
        changed = Changed(card=self.card, what=what, event=self.recorder.change(self.card.key, what, now).id)
        self.acts.append(changed)
        if what not in _FLAGS:
            self.advance(now)
        return changed

    def mend(self, now: datetime) -> Changed | None:
        """The lines of the card's code stand in order, or what was missed was looked at again, durably: on to the next.
        None without a card. Raises OSError."""
        if self.card is None:
            return None
        event = self.recorder.mend(self.card.key, now, self.took(now))
        mended = Changed(card=self.card, what="mended", event=event.id)
        self.acts.append(mended)
        self.advance(now)
        return mended

    def undo(self, now: datetime) -> Graded | Changed | None:
        """Take back what was done last in this sitting, durably; its card is in hand again, and what was answered to
        it. None if there is nothing.

        Raises CannotUndo, in a sentence, when its card was graded elsewhere since, and OSError as grade() does.
        """
        if not self.acts:
            return None
        last = self.acts[-1]
        self.recorder.undo(last.event, now)
        self.acts.pop()
        in_hand = self.card is not None and self.card.key == last.card.key
        if not (isinstance(last, Changed) and last.what in _FLAGS and in_hand):
            self.advance(now, prefer=last.card)
        if isinstance(last, Graded) and self.card is not None and self.answer is not None:
            if isinstance(self.card, Code):  # its page knows what was written
                self.answer.cued, self.answer.ticks = last.answer.cued, last.answer.ticks
            else:
                self.answer = last.answer.renewed(self.card)
        return last
