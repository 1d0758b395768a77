"""How far verdicts agree with the reference: what they make falsely, what they miss falsely. Pure.

A point is falsely made where the reference says missed and the verdict made, falsely missed where it says made and the
verdict missed, each as a share of what the reference calls so. Partly is false in neither; alike are two that say the
same of the three. Where an examiner abstains the point is in no share, and counted.

The points of one answer, and the answers to one card, do not err apart. So shares have Wilson's interval for as many
judgements as they are worth by card: their number divided by the design effect, which is 1 at least (J. N. K. Rao and
A. J. Scott, A simple method for the analysis of clustered binary data, Biometrics 48 (1992), 577-585). Of one card, and
of a share of 0 or 1, that is not to be known: there a card counts as if all its judgements were one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from quizapp.cards.judge import mentioned
from quizapp.examiner.reference import ReferenceAnswer
from quizapp.examiner.verdict import Heard
from quizapp.texts import Sentence, tell
from quizapp.wilson import wilson_interval

LEAST_JUDGED = 200  # judgements, under which they are not broken down into made and missed


class Rate(Struct, frozen=True):
    """`found` of `of` points, at least one; `low` to `high`, 0 to 1, is the 95 % interval of the share."""

    found: int
    of: Annotated[int, Meta(ge=1)]
    low: float
    high: float


class Agreement(Struct, frozen=True):
    """Of `answers` with their `points`; apart are the points at which the verdict `abstained`, and the answers whose
    verdict could not be read (`unread`). `alike`: None where no point was judged; the others also where fewer than
    `LEAST_JUDGED` were."""

    answers: int
    points: int
    abstained: int
    unread: int
    alike: Rate | None = None
    falsely_made: Rate | None = None
    falsely_missed: Rate | None = None


Said = Mapping[str, Sequence[Heard | None]]  # by the id of an answer, in the order of its points


def agreement_of(answers: Sequence[ReferenceAnswer], said: Said) -> Agreement:
    """What is `said` of `answers` against their first reading; what nothing is said of is unread."""
    known = [answer for answer in answers if answer.id in said]
    judged = [
        (answer.card, verdict, true)
        for answer in known
        for verdict, true in zip(said[answer.id], answer.readings[0], strict=True)
    ]
    pairs = [(card, verdict, true) for card, verdict, true in judged if verdict is not None]
    enough = len(pairs) >= LEAST_JUDGED
    return Agreement(
        answers=len(known),
        points=len(pairs),
        abstained=len(judged) - len(pairs),
        unread=len(answers) - len(known),
        alike=_rate((card, verdict == true) for card, verdict, true in pairs),
        falsely_made=_rate((card, verdict == "made") for card, verdict, true in pairs if enough and true == "missed"),
        falsely_missed=_rate((card, verdict == "missed") for card, verdict, true in pairs if enough and true == "made"),
    )


def by_hit_words(answers: Iterable[ReferenceAnswer]) -> Said:
    """What the words to look for say: made where the answer has one of them, else missed."""
    said: dict[str, Sequence[Heard]] = {}
    for answer in answers:
        found = mentioned(answer.points, answer.task.answer)
        said[answer.id] = ["made" if i in found else "missed" for i in range(len(answer.points))]
    return said


def by_second_reading(answers: Iterable[ReferenceAnswer]) -> Said:
    return {answer.id: answer.readings[1] for answer in answers}


def _rate(judged: Iterable[tuple[str, bool]]) -> Rate | None:
    """The share of those that are true; each comes with its card."""
    cards: defaultdict[str, list[bool]] = defaultdict(list)
    for card, true in judged:
        cards[card].append(true)
    groups = [(sum(of_card), len(of_card)) for of_card in cards.values()]
    found, of = sum(true for true, _ in groups), sum(size for _, size in groups)
    if not of:
        return None
    worth = of / _design_effect(groups, found / of)
    low, high = wilson_interval(found / of * worth, worth)
    return Rate(found, of, low, high)


def _design_effect(groups: Sequence[tuple[int, int]], share: float) -> float:
    """How many times wider the share varies than if all were apart, by how it differs from group to group."""
    count, total = len(groups), sum(size for _, size in groups)
    apart = total * share * (1 - share)
    if count < 2 or not apart:
        return sum(size * size for _, size in groups) / total
    together = sum((found - share * size) ** 2 for found, size in groups) * count / (count - 1)
    return max(1.0, together / apart)


def agreement(found: Agreement | None) -> Sentence:
    """In a line, for beside a verdict; None while this examiner was not tested."""
    if found is None:
        return tell("examiner_command.untested")
    if found.alike is None:
        return tell("examiner_command.tested_none", n=found.answers + found.unread)
    if found.falsely_made is None or found.falsely_missed is None:
        return tell("examiner_command.tested_few", alike=spanned(found.alike), n=found.points)
    return tell(
        "examiner_command.tested",
        n=found.points,
        made=spanned(found.falsely_made),
        missed=spanned(found.falsely_missed),
    )


def spanned(rate: Rate) -> Sentence:
    """A share with its interval, in percent."""
    return tell(
        "examiner_command.rate", share=round(100 * rate.found / rate.of), low=100 * rate.low, high=100 * rate.high
    )
