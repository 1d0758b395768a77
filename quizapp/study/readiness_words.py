"""What `readiness` found, in sentences: the command and the screen say the same."""

from quizapp.cards.card import Card
from quizapp.cards.formula_text import drawn_line
from quizapp.cards.sheet import front
from quizapp.memory.forecast import FIRST_AGAIN
from quizapp.study.plan import FREE_DAYS
from quizapp.study.readiness import Readiness
from quizapp.texts import Sentence, tell
from quizapp.words import Shown

ASSUMED = tell("study.readiness.assumed", again=f"{FIRST_AGAIN:.0%}")
"""What expected recall is, and what the plan takes for granted."""


def interview_day(found: Readiness) -> Sentence:
    """The date of the interview, and how far away it is."""
    return tell("study.readiness.day", day=found.interview, away=away(found.days))


def away(days: int) -> Sentence:
    """How far away an interview is: today, tomorrow, in so many days."""
    if days > 1:
        return tell("study.readiness.in_days", days=days)
    return tell("study.readiness.tomorrow") if days else tell("study.readiness.today")


def daily_work(found: Readiness) -> list[Sentence]:
    """What the plan asks each day, and what it leaves."""
    busiest, until = found.busiest, found.new_until
    if busiest is None:
        return [tell("study.readiness.no_more")]
    said, first = [], found.load[0]
    if until is None:
        said.append(tell("study.readiness.new_none"))
    elif until == found.day:
        said.append(tell("study.readiness.new_today", new=first.new))
    else:
        most = found.new_a_day
        said.append(tell("study.readiness.new", first=first.new, most=most, until=until, free=FREE_DAYS))
    if busiest.reviews < 0.5:
        said.append(tell("study.readiness.reviews_none"))
    else:
        today, mean, most_ = (f"{reviews:.0f}" for reviews in (first.reviews, found.reviews_a_day, busiest.reviews))
        said.append(tell("study.readiness.reviews", today=today, mean=mean, most=most_, busiest=busiest.day))
    if found.below:
        said.append(tell("study.readiness.below", n=found.below, goal=f"{found.retention:.0%}"))
    return said


def left_out(found: Readiness) -> list[Sentence]:
    """Which cards the expected recall counts as nothing (never seen), and which not at all (suspended)."""
    said = []
    if found.all.unseen:
        said.append(tell("study.readiness.never_seen", n=found.all.unseen))
    if found.suspended:
        said.append(tell("study.readiness.suspended", n=found.suspended))
    return said


def falls_short(found: Readiness) -> Sentence:
    """The head of the list of weakest cards: how many stay below the goal if nothing more is reviewed."""
    return tell("study.readiness.short", n=len(found.short), goal=f"{found.retention:.0%}")


def question_line(card: Card, shown: Shown) -> str:
    """What a card asks, in one line; of those that share a question, what it is asked about."""
    blocks = front(card, shown)
    text = blocks[0 if card.q or len(blocks) == 1 else 1].text
    return " ".join(drawn_line(text).replace("**", "").replace("`", "").split())


def percent(recall: float) -> str:
    """An expected recall, 0 to 1, as percent, rounded down: 89.9 % is not 90 %."""
    return f"{int(100 * recall + 1e-9)}%"
