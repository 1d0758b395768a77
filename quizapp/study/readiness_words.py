"""What `readiness` found, in sentences: the command and the screen say the same."""

from quizapp.cards.card import Card, Code
from quizapp.cards.formula_text import plain_line
from quizapp.cards.sheet import front
from quizapp.memory.all_cards import PACE
from quizapp.memory.forecast import FIRST_AGAIN
from quizapp.settings import app_language
from quizapp.study.course import Load
from quizapp.study.plan import FEWEST_SEEN, FREE_DAYS, STRETCH, SWEEP
from quizapp.study.queue import Waiting
from quizapp.study.readiness import Readiness, Topic
from quizapp.texts import Sentence, listing, tell
from quizapp.words import Shown, same

ASSUMED = tell("study.readiness.assumed", again=f"{FIRST_AGAIN:.0%}", sweep=SWEEP, stretch=STRETCH)
"""What expected recall is, and what the plan takes for granted."""


def interview_day(found: Readiness) -> Sentence:
    """The date of the interview, and how far away it is."""
    return tell("study.readiness.day", day=found.interview, away=away(found.days))


def away(days: int) -> Sentence:
    """How far away an interview is: today, tomorrow, in so many days."""
    if days > 1:
        return tell("study.readiness.in_days", days=days)
    return tell("study.readiness.tomorrow") if days else tell("study.readiness.today")


def wholes(found: Readiness) -> list[tuple[Sentence, Topic]]:
    """The core, where there are other cards, and all cards, with what they are called."""
    core = [(tell("study.readiness.core"), found.core)] if found.core.cards and found.rest.cards else []
    return [*core, (tell("study.readiness.all"), found.all)]


def to_do_today(waits: Waiting, minutes: int) -> Sentence:
    """What waits today still, how many minutes that takes, and what of it asks for code, which takes longer."""
    counts = waits.counts()
    if not counts.total:
        return tell("study.readiness.today_done")
    due = counts.due + counts.learning
    code = sum(isinstance(card, Code) for card in (*waits.again, *waits.new))
    name = "study.readiness.to_do_today_code" if code else "study.readiness.to_do_today"
    return tell(name, due=due, new=counts.new, code=code, minutes=minutes)


def remedy(found: Readiness) -> Sentence | None:
    """What would bring all of the core in time, or as much of it as any time a day; None where nothing of it is left,
    or it is too late for any."""
    if found.enough is None:
        return tell("study.readiness.never") if found.never else None
    name = "study.readiness.fewest" if found.never else "study.readiness.enough"
    return tell(name, minutes=found.enough, now=found.minutes, n=found.never)


def pace(found: Readiness) -> Sentence:
    """How long an answer is taken to last, and what that rests on."""
    if found.answers >= PACE:
        return tell("study.readiness.pace", seconds=found.answer_s, n=PACE)
    return tell("study.readiness.pace_assumed", seconds=found.answer_s)


def daily_work(found: Readiness) -> list[Sentence]:
    """What the plan asks each day from today on."""
    busiest = found.busiest
    if busiest is None:
        return [tell("study.readiness.no_more")]
    longest = max(found.load, key=lambda load: load.minutes)
    begins, late = found.new_until is not None, found.days <= FREE_DAYS
    said = [_new_cards(found)] if begins or late or not found.all.left else []
    if found.all.unseen and not found.all.left:
        said.append(tell("study.readiness.carried_all", n=found.all.cards))
    elif found.all.left and (begins or not late):
        name = "study.readiness.left_out" if found.limit is None else "study.readiness.left_out_limit"
        said.append(tell(name, n=found.all.left, core=found.core.left, limit=found.limit))
    if busiest.reviews < 0.5:
        said.append(tell("study.readiness.reviews_none"))
    else:
        mean, most_ = (f"{reviews:.0f}" for reviews in (found.reviews_a_day, busiest.reviews))
        swept = _swept(found, busiest)
        said.append(tell(f"study.readiness.reviews{swept}", mean=mean, most=most_, busiest=busiest.day, free=FREE_DAYS))
    mean, most_ = (f"{minutes:.0f}" for minutes in (found.minutes_a_day, longest.minutes))
    swept = _swept(found, longest)
    said.append(tell(f"study.readiness.minutes{swept}", mean=mean, most=most_, longest=longest.day, free=FREE_DAYS))
    if found.below:
        said.append(tell("study.readiness.below", n=found.below, goal=f"{found.retention:.0%}"))
    return said


def _swept(found: Readiness, load: Load) -> str:
    """Is it one of the last days, where all of these are still to come?"""
    return "_swept" if (found.interview - load.day).days <= FREE_DAYS <= found.days else ""


def _new_cards(found: Readiness) -> Sentence:
    """How many cards are begun today and tomorrow, and until when."""
    until = found.new_until
    if until is None:
        return tell("study.readiness.new_late" if found.left else "study.readiness.new_none")
    if until == found.day:
        return tell("study.readiness.new_last" if found.left else "study.readiness.new_today", new=found.load[0].new)
    return tell("study.readiness.new", now=found.load[0].new, next=found.load[1].new, until=until)


def left_out(found: Readiness) -> list[Sentence]:
    """What the essentials are; that it is a guess while few cards were seen; which cards the expected recall counts as
    nothing (never seen), of which decks none is begun in time; and which cards it does not count at all (suspended)."""
    said = [tell("study.readiness.essentials")] if len(wholes(found)) > 1 else []
    if found.days and found.seen < FEWEST_SEEN:
        said.append(tell("study.readiness.guess", n=found.seen))
    if found.all.unseen:
        said.append(tell("study.readiness.never_seen", n=found.all.unseen))
    blank = [deck.title or same(deck.name) for deck in found.decks if 0 < deck.cards == deck.left]
    if found.days and blank:
        said.append(tell("study.readiness.blank", decks=listing(blank)))
    if found.suspended:
        said.append(tell("study.readiness.suspended", n=found.suspended))
    return said


def falls_short(found: Readiness) -> Sentence:
    """The head of the list of weakest cards: how many stay below the goal if nothing more is reviewed."""
    return tell("study.readiness.short", n=len(found.short), goal=f"{found.retention:.0%}")


def question_line(card: Card, shown: Shown) -> str:
    """What a card asks, in one line; of those that share a question, what it is asked about; of a mistake what is said,
    and that it is one."""
    blocks = front(card, shown)
    block = blocks[0 if card.q or len(blocks) == 1 else 1]
    line = plain_line(block.text)
    return tell("cards.to_correct", claim=line).says(app_language(shown)) if block.kind == "quote" else line


def percent(recall: float) -> str:
    """An expected recall, 0 to 1, as percent, rounded down: 89.9 % is not 90 %."""
    return f"{int(100 * recall + 1e-9)}%"
