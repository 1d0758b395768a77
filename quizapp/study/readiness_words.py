"""What `readiness` found, in sentences: the command and the screen say the same."""

from quizapp.cards.card import Card
from quizapp.cards.formula_text import drawn_line
from quizapp.cards.sheet import front
from quizapp.memory.forecast import FIRST_AGAIN
from quizapp.study.plan import FREE_DAYS, SWEEP
from quizapp.study.readiness import Readiness, Topic
from quizapp.texts import Sentence, listing, tell
from quizapp.words import Shown

ASSUMED = tell("study.readiness.assumed", again=f"{FIRST_AGAIN:.0%}", sweep=SWEEP, free=FREE_DAYS)
"""What expected recall is, and what the plan takes for granted."""

_DECKS = 4  # named in a sentence


def interview_day(found: Readiness) -> Sentence:
    """The date of the interview, and how far away it is."""
    return tell("study.readiness.day", day=found.interview, away=away(found.days))


def away(days: int) -> Sentence:
    """How far away an interview is: today, tomorrow, in so many days."""
    if days > 1:
        return tell("study.readiness.in_days", days=days)
    return tell("study.readiness.tomorrow") if days else tell("study.readiness.today")


def remedy(found: Readiness) -> Sentence | None:
    """What would bring all of the core in time; None where nothing of it is left, or no time is enough."""
    if found.enough is None:
        return None
    return tell("study.readiness.enough", minutes=found.enough, now=found.minutes)


def daily_work(found: Readiness) -> list[Sentence]:
    """What the plan asks each day, and what it leaves."""
    busiest = found.busiest
    if busiest is None:
        return [tell("study.readiness.no_more")]
    first, longest = found.load[0], max(found.load, key=lambda load: load.minutes)
    said = [_new_cards(found), *_carried(found)]
    if busiest.reviews < 0.5:
        said.append(tell("study.readiness.reviews_none"))
    else:
        today, mean, most_ = (f"{reviews:.0f}" for reviews in (first.reviews, found.reviews_a_day, busiest.reviews))
        said.append(tell("study.readiness.reviews", today=today, mean=mean, most=most_, busiest=busiest.day))
    today, mean, most_ = (f"{minutes:.0f}" for minutes in (first.minutes, found.minutes_a_day, longest.minutes))
    said.append(tell("study.readiness.minutes", today=today, mean=mean, most=most_, longest=longest.day))
    if longest.minutes >= found.minutes + 1:
        said.append(tell("study.readiness.beyond", minutes=found.minutes))
    if found.below:
        said.append(tell("study.readiness.below", n=found.below, goal=f"{found.retention:.0%}"))
    return said


def _new_cards(found: Readiness) -> Sentence:
    """How many cards are begun today, and until when."""
    until, first = found.new_until, found.load[0].new
    if until is None:
        return tell("study.readiness.new_late" if found.left else "study.readiness.new_none")
    if until == found.day:
        return tell("study.readiness.new_today" if not found.left else "study.readiness.new_last", new=first)
    return tell("study.readiness.new", first=first, most=found.new_a_day, until=until, free=FREE_DAYS)


def _carried(found: Readiness) -> list[Sentence]:
    """How much is begun in time, and what is left out; nothing where everything is begun already."""
    core, rest = found.core, found.rest
    if not found.all.unseen:
        return []
    if not found.all.left:
        return [tell("study.readiness.carried_all", n=found.all.cards)]
    numbers = {"n": core.cards - core.left, "cards": core.cards}
    if rest.cards:
        numbers |= {"others": rest.cards - rest.left, "rest": rest.cards}
    said = [tell("study.readiness.carried_tiers" if rest.cards else "study.readiness.carried", **numbers)]
    decks = sorted((deck for deck in found.decks if deck.left), key=lambda deck: -deck.left)
    lefts = [_left_of(deck) for deck in decks[:_DECKS]]
    if others := sum(deck.left for deck in decks[_DECKS:]):
        lefts.append(tell("study.readiness.left_elsewhere", n=others))
    return [*said, tell("study.readiness.not_begun", decks=listing(lefts))]


def _left_of(deck: Topic) -> Sentence:
    titled = deck.title.en or deck.title.zh
    return tell("study.readiness.left_of", deck=deck.title if titled else deck.name, n=deck.left)


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
