"""How a mock interview went: points covered by topic, time against budget, confidence against outcome, and over all
interviews; `interview_page.py` writes it down.

What a question is worth: its points, and one more if it can be judged; one, by the grade, if it has neither; nothing
if its card is in none of the open decks. Code has no points to say: it passed or it did not, and is added to no sum of
what was said.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from quizapp.cards.card import Card, Code, Deck
from quizapp.memory.replay import CONFIDENT
from quizapp.memory.schedule import Grade
from quizapp.study.answer import Answer
from quizapp.study.interview import Asked, Interview, Way
from quizapp.study.interview_answer import answer_to, suggested
from quizapp.texts import tag_name, tell
from quizapp.words import Words, same

LEAST_SURE = 5  # answers, before anything is said of how sure one is on the whole
LEAST_ANSWERS = 6  # before an interview is called anything
READY, NEARLY = 80, 60  # percent of the answers that stand
_WORTH: dict[Grade | None, float] = {None: 0.0, "again": 0.0, "hard": 0.5, "good": 1.0, "easy": 1.0}


class QuestionResult(msgspec.Struct, frozen=True):
    """A question and what came of it: `got` of `of` points. `answer` is None if its card is in no open deck."""

    asked: Asked
    answer: Answer | None
    got: float
    of: int

    @property
    def card(self) -> Card | None:
        return self.answer.card if self.answer else None

    @property
    def coded(self) -> bool:
        """Was it a question of code?"""
        return isinstance(self.card, Code)

    @property
    def stands(self) -> bool:
        """Was it graded hard or better, and do its marks bear that out? Of what was judged the user has the last word:
        it may be a slip of the fingers."""
        grade, answer = self.asked.grade, self.answer
        if grade is None or grade == "again":
            return False
        return (
            answer is None or suggested(answer, self.asked) != "again" or (answer.judged and grade in ("good", "easy"))
        )

    @property
    def share(self) -> float:
        return self.got / self.of if self.of else 1.0

    @property
    def lacks(self) -> bool:
        """Was it not known to the end, by its grade or by its points?"""
        return self.asked.lacking or (self.of > 0 and self.share < 1)

    @property
    def order(self) -> tuple[bool, bool, bool, float]:
        """By what is worst: what one was sure of and wrong first, then what was not known, then what lacked most."""
        return not self.sure_and_wrong, not self.lacks, self.asked.grade != "again", self.share

    @property
    def sure_and_wrong(self) -> bool:
        """Was one sure of what was wrong? With the core said it was incomplete, and without an answer there is none."""
        sure, answer = self.asked.grade == "again" and (self.asked.confidence or 0) >= CONFIDENT, self.answer
        if answer is not None and answer.left_out:
            return False
        return sure and not (answer and answer.sound)

    @property
    def open(self) -> list[Words]:
        """The points of the card that were not ticked."""
        if self.answer is None:
            return []
        return [point.text for i, point in enumerate(self.answer.card.points) if i not in self.answer.ticks]


class Sum(msgspec.Struct, frozen=True):
    """Some questions together: `got` of `of` points, without the code; where there is nothing else, what it is worth.
    `sure` are the mean confidence, in percent, of the marked answers of which one was said, how many of them stand, and
    how many they are."""

    name: Words
    outcomes: tuple[QuestionResult, ...]

    @property
    def code(self) -> tuple[QuestionResult, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.coded)

    @property
    def only_code(self) -> bool:
        return len(self.code) == len(self.outcomes)

    @property
    def _added(self) -> tuple[QuestionResult, ...]:
        return self.outcomes if self.only_code else tuple(one for one in self.outcomes if not one.coded)

    @property
    def got(self) -> float:
        return sum(outcome.got for outcome in self._added)

    @property
    def of(self) -> int:
        return sum(outcome.of for outcome in self._added)

    @property
    def share(self) -> float:
        return self.got / self.of if self.of else 1.0

    @property
    def took_s(self) -> float:
        return sum(outcome.asked.spent_s for outcome in self.outcomes)

    @property
    def budget_s(self) -> int:
        return sum(outcome.asked.budget_s for outcome in self.outcomes)

    @property
    def sure(self) -> tuple[float, int, int]:
        said = [one for one in self.outcomes if one.asked.confidence is not None and one.asked.grade is not None]
        mean = sum(one.asked.confidence or 0 for one in said) / max(1, len(said))
        return mean, sum(one.stands for one in said), len(said)


class HowItWent(msgspec.Struct, frozen=True):
    """How it went in a word, by the `stood` of `of` answers that stand; "few": they are fewer than `LEAST_ANSWERS`.

    "ready": `READY` percent of them, code that passed where it was asked, and nothing sure and wrong. "nearly":
    `NEARLY` percent.
    """

    word: Literal["ready", "nearly", "not_yet", "few"]
    stood: int
    of: int


class InterviewMark(msgspec.Struct, frozen=True):
    """An interview that was held: when, in which way, how many questions it asked in how many seconds, how many of the
    answers were graded, and the share of its points that was made, in percent."""

    started: datetime
    way: Way
    questions: int
    took_s: float
    graded: int
    percent: int


class Report(msgspec.Struct, frozen=True):
    """The whole interview, and its topics, the weakest first: decks, or with a single deck the cards' first tags.
    `trend` are the interviews up to this one, in order of time."""

    interview: Interview
    whole: Sum
    topics: tuple[Sum, ...]
    trend: tuple[InterviewMark, ...] = ()

    @property
    def verdict(self) -> HowItWent:
        graded = [one for one in self.whole.outcomes if one.asked.grade is not None and one.card is not None]
        stood, of = sum(one.stands for one in graded), len(graded)
        if of < LEAST_ANSWERS:
            return HowItWent("few", stood, of)
        sound = all(not one.sure_and_wrong and (one.stands or not one.coded) for one in graded)
        if sound and 100 * stood >= READY * of:
            return HowItWent("ready", stood, of)
        return HowItWent("nearly" if 100 * stood >= NEARLY * of else "not_yet", stood, of)

    @property
    def lacking(self) -> list[Card]:
        """The cards that lacked something, what one was sure of and wrong first."""
        lacks = sorted((one for one in self.whole.outcomes if one.lacks), key=lambda one: one.order)
        return list({one.card.key: one.card for one in lacks if one.card is not None}.values())


def result_of(asked: Asked, card: Card | None, seed: int) -> QuestionResult:
    """What came of the question `asked`. `card` is None if it is in no open deck; `seed` is that of the interview."""
    if card is None:
        return QuestionResult(asked, None, 0, 0)
    answer = answer_to(asked, card, seed)
    if not card.points and not answer.judged:
        return QuestionResult(asked, answer, _WORTH[asked.grade], 1)
    # The user has the last word on what was judged: it may be a slip of the fingers.
    right = answer.judged and (answer.judgement.right or asked.grade in ("good", "easy"))
    return QuestionResult(asked, answer, len(answer.ticks) + bool(right), len(card.points) + answer.judged)


def report(
    interview: Interview, cards: Mapping[str, Card], decks: Iterable[Deck], trend: tuple[InterviewMark, ...] = ()
) -> Report:
    """How `interview` went. `cards` are those of the library by key."""
    outcomes = [result_of(asked, cards.get(asked.key), interview.seed) for asked in interview.questions]
    titles = {deck.name: deck.title for deck in decks}
    of_deck = [result.asked.key.partition("/")[0] if result.card is None else result.card.deck for result in outcomes]
    topics: dict[Words, list[QuestionResult]] = {}
    for result, deck in zip(outcomes, of_deck, strict=True):
        tags = result.card.tags if result.card else ()
        by_tag = tags and len(set(of_deck)) == 1
        topics.setdefault(tag_name(tags[0]) if by_tag else titles.get(deck, same(deck)), []).append(result)
    sums = [Sum(name, tuple(found)) for name, found in topics.items()]
    weakest = sorted(sums, key=lambda topic: (topic.share, topic.got - topic.of))
    return Report(interview, Sum(tell("study.report.all").words, tuple(outcomes)), tuple(weakest), trend)


def trend(
    interviews: Iterable[Interview], cards: Mapping[str, Card], decks: Sequence[Deck]
) -> tuple[InterviewMark, ...]:
    """The interviews that were brought to their end, in order of time; without those of whose cards none is there."""
    held = sorted((one for one in interviews if one.stage == "done"), key=lambda one: one.started)
    reports = (report(one, cards, decks) for one in held)
    return tuple(_held(one) for one in reports if one.whole.of)


def _held(found: Report) -> InterviewMark:
    interview, percent = found.interview, round(100 * found.whole.share)
    asked, graded = len(interview.questions), found.verdict.of
    return InterviewMark(interview.started, interview.terms.way, asked, interview.took_s, graded, percent)


def clock_time(seconds: float) -> str:
    """A length of time as a clock shows it: 0:05, 12:30, 1:00:00."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
