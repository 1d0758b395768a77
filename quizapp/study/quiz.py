"""A quick quiz, or cramming: some cards of a choice, scored. The schedule is not touched unless the user says so."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from quizapp.cards.card import Card, Choice, Code, Order
from quizapp.cards.library import Library
from quizapp.cards.sheet import LETTERS, Block, told
from quizapp.memory.events import QuizScore
from quizapp.memory.journal import new_id
from quizapp.memory.recorder import CannotUndo, Recorder
from quizapp.memory.schedule import Grade
from quizapp.study.answer import Answer, with_missed
from quizapp.study.queue import one_a_text
from quizapp.study.sitting import Done, Sitting
from quizapp.texts import Sentence, tell
from quizapp.words import Shown, read


def drawn(cards: Iterable[Card], seed: int) -> list[Card]:
    """The cards in an order that `seed` decides, the same on every machine, without code; of the gaps of one text only
    the first that comes."""
    begun = hashlib.blake2b(f"{seed}:".encode(), digest_size=8)  # once: of many thousand cards each has a copy

    def place(card: Card) -> bytes:
        digest = begun.copy()
        digest.update(card.key.encode())
        return digest.digest()

    return one_a_text(sorted((card for card in cards if not isinstance(card, Code)), key=place), set())


class Scored(Done, frozen=True, kw_only=True):
    """A card of the quiz with what was answered."""

    answer: Answer


class Quiz(Sitting):
    """A sitting in which each of `cards` is asked once, and the schedule is not touched. A card counts as missed if it
    was graded again; what was judged suggests that. `events`: those of `done` that were made reviews, by place,
    and the review of each. `cram`: any card is asked, and what is not judged the user judges. `again`: it asks what was
    missed, in the quiz `before` or in a past one, and becomes no past quiz itself. `turns`: the turn in which a card,
    by its key, was asked last: the next one has other numbers."""

    def __init__(
        self,
        cards: Sequence[Card],
        seed: int,
        now: datetime,
        *,
        cram: bool = False,
        before: "Quiz | None" = None,
        turns: dict[str, int] | None = None,
    ) -> None:
        self.cards = tuple(cards)
        self.seed = seed
        self.turns = {} if turns is None else turns
        self.turns |= {card.key: self.turns.get(card.key, seed - 1) + 1 for card in self.cards}
        self._turns = [self.turns[card.key] for card in self.cards]
        self.started = now
        self.cram, self.before, self.again = cram, before, before is not None
        self.name = new_id()
        self.kept: QuizScore | None = None  # what the journal has of it
        self.done: list[Scored] = []
        self.events: dict[int, str] = {}
        self._advance(now)

    def _advance(self, now: datetime) -> None:
        place = len(self.done)
        if place < len(self.cards):
            self._take(self.cards[place], self._turns[place], now)
        else:
            self._take(None, 0, now)

    def renew(self, library: Library, was: Library, now: datetime) -> None:
        super().renew(library, was, now)
        self.cards = tuple(library.now(card, was) or card for card in self.cards)

    @property
    def missed(self) -> list[Scored]:
        return [done for done in self.done if done.grade == "again"]

    @property
    def judges(self) -> bool:
        """Is the answer in hand judged for the user? Who crams may have said aloud what was left out."""
        return self.answer is not None and self.answer.judged and not (self.cram and self.answer.left_out)

    @property
    def default(self) -> Grade | None:
        if self.answer is not None and self.judges and not self.answer.close:
            return self.suggested or "again"  # what could be answered and was not
        return super().default

    def reveal(self, now: datetime) -> None:
        if self.answer is not None and self.answer.left_out:
            self.answer.none = not self.cram
        super().reveal(now)

    def reason(self) -> Sentence | None:
        """Why what the user judges is suggested as missed; None where it is not, or where nothing was ticked."""
        answer = self.answer
        if answer is None or self.judges or not answer.ticks or self.default != "again":
            return None
        if not answer.has_core:
            return tell("study.quiz.core", letter=LETTERS[answer.core % len(LETTERS)])
        return tell("study.quiz.few", n=len(answer.ticks), of=len(answer.card.points))

    def grade(self, grade: Grade, now: datetime) -> Scored:
        if self.card is None or self.answer is None or not self.revealed:
            raise ValueError("Reveal the card before grading it.")
        done = Scored(card=self.card, grade=grade, took_s=self.took(now), answer=self.answer)
        self.done.append(done)
        self._advance(now)
        return done

    def undo(self, now: datetime) -> Scored | None:
        """Take back the verdict before; its card is asked again, as it was answered."""
        if not self.done:
            return None
        last = self.done.pop()
        self._advance(now)
        if self.card is not None and type(self.card) is type(last.answer.card):
            self.answer = last.answer.renewed(self.card)
            self.conceal()
        return last

    def retry(self, now: datetime) -> "Quiz":
        """A quiz of what was missed in this one, with other values drawn."""
        return Quiz(self._to_retry, self.seed + 1, now, cram=self.cram, before=self, turns=self.turns)

    @property
    def _to_retry(self) -> list[Card]:
        """The cards that were missed, as they are to be asked."""
        return [card for card, done in zip(self.cards, self.done, strict=False) if done.grade == "again"]

    @property
    def score(self) -> QuizScore:
        """How it went so far."""
        took = sum(done.took_s for done in self.done)
        right = len(self.done) - len(self.missed)
        missed = tuple(card.key for card in self._to_retry)
        return QuizScore(quiz=self.name, asked=len(self.done), right=right, took_s=took, cram=self.cram, missed=missed)

    @property
    def scores(self) -> tuple[QuizScore, ...]:
        """How the quizzes before it went, of which the misses were asked again, and how it went itself."""
        return (*(self.before.scores if self.before else ()), self.score)

    @property
    def uncounted(self) -> int:
        """How many answers, those of the quizzes before it too, are no reviews."""
        return len(self.done) - len(self.events) + (self.before.uncounted if self.before else 0)

    @property
    def counted(self) -> int:
        """How many answers, those of the quizzes before it too, are reviews."""
        return len(self.events) + (self.before.counted if self.before else 0)

    def count(self, recorder: Recorder, now: datetime) -> None:
        """Make every answer a review, those of the quizzes before it first, durably. Raises OSError, in a sentence:
        then the next call goes on."""
        if self.before is not None:
            self.before.count(recorder, now)
        recorder.standings.refresh()
        for place, done in enumerate(self.done):
            if place in self.events:
                continue
            outcomes = recorder.standings.preview(done.card.key, now)
            missed = with_missed(outcomes, done.card, recorder.standings, now) if done.answer.missed else outcomes
            outcome = missed[done.grade]
            event = recorder.review(done.card.key, outcome, now, done.answer.given(done.took_s))
            self.events[place] = event.id

    def take_back(self, recorder: Recorder, now: datetime) -> None:
        """Undo every review that it and the quizzes before it became, the last first, durably. Raises OSError, or
        CannotUndo where a card was graded again since, in a sentence: what was not undone stays a review."""
        kept: CannotUndo | None = None
        for place in sorted(self.events, reverse=True):
            try:
                recorder.undo(self.events[place], now)
            except CannotUndo as error:
                kept = error
            else:
                del self.events[place]
        if self.before is not None:
            self.before.take_back(recorder, now)
        if kept is not None:
            raise kept


def went_by_deck(done: Sequence[Scored]) -> list[tuple[Card, int, int]]:
    """A card of every deck that was asked, how many of its cards were right, and how many were asked; the weakest
    deck first."""
    decks: dict[str, list[Scored]] = {}
    for one in done:
        decks.setdefault(one.card.deck, []).append(one)
    found = [(of[0].card, sum(one.grade != "again" for one in of), len(of)) for of in decks.values()]
    return sorted(found, key=lambda deck: (deck[1] / deck[2], -deck[2]))


def explained(answer: Answer, shown: Shown) -> list[Block]:
    """The blocks of a question, of what was answered and of the right answer, one below the other, in the language
    shown; nothing in them can be picked."""
    front = answer.front(shown, revealed=True)
    if isinstance(answer.card, Choice):
        front = front[:1]  # the choices come once, with what is said of them
    blocks, met = [], answer.judgement.trap
    back = [block for block in answer.back(shown) if block.kind != "said"]
    if met is not None:  # which the verdict says already
        back = [block for block in back if block.kind != "quote" or read(met.why, shown) not in block.text]
        others = any(block.kind == "quote" for block in back)
        back = [block for block in back if others or block.text != told(tell("cards.mistakes"), shown)]
    places = {}
    if isinstance(answer.card, Order) and answer.picked:
        places = {index: place for place, index in enumerate(answer.picked, 1)}
    for block in (*front, *back):
        text, right = block.text, block.right
        if block.kind == "point" and answer.ticks:
            right = block.index in answer.ticks
        if block.kind == "choice" and block.index in answer.chosen:
            text += f"  *({read(tell('study.your_answer').words, shown, ' / ')})*"
        elif block.kind == "choice":
            if right and answer.chosen:
                text += f"  *({read(tell('study.not_picked').words, shown, ' / ')})*"
            right = right or None  # a wrong one left alone is no mistake
        place = places.get(block.index, 0) if block.kind == "item" else 0
        kind = "item" if block.kind == "point" else block.kind
        blocks.append(msgspec.structs.replace(block, text=text, kind=kind, letter="", right=right, place=place))
    return blocks
