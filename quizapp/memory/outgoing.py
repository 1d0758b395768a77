"""What leaves for another program: how the cards of a deck stand, and every review of them that counts."""

from collections.abc import Iterable
from datetime import timedelta, tzinfo

from quizapp.cards.progress import CardProgress, DeckProgress, LoggedReview, Preset
from quizapp.memory.events import Reset, Reviewed, took
from quizapp.memory.foreign import milliseconds
from quizapp.memory.replay import UNTOUCHED, Turn, turns
from quizapp.memory.schedule import Memory, Rules, study_day
from quizapp.memory.standings import Standings

_SECOND = timedelta(seconds=1)


def deck_progress(standings: Standings, keys: Iterable[str], zone: tzinfo | None) -> DeckProgress:
    """How the cards with these keys, of one deck, stand for a user in `zone`; cards that are new are left out."""
    rules, cards, log, fuller = standings.rules, {}, [], 0
    suspended, flagged = set(), set()
    for key, events in standings.events_of(keys).items():
        card, standing = key.rpartition("/")[2], UNTOUCHED
        for turn in turns(events, standings.known.rules):
            standing = turn.after
            if turn.counts and isinstance(turn.event, Reviewed | Reset):
                log.append(_logged(card, turn, turn.event, rules.rollover, zone))
                fuller += isinstance(turn.event, Reviewed) and _given(turn.event)
        if stands := _stands(standing.memory, rules, zone):
            cards[card] = stands
        suspended |= {card} if standing.suspended else set()
        flagged |= {card} if standing.flagged else set()
    log.sort(key=lambda one: (one.at_ms, one.card))
    preset = Preset(
        rules.retention, rules.weights, rules.learning_steps, rules.relearning_steps, rules.maximum_interval
    )
    return DeckProgress(
        cards, tuple(log), fuller, frozenset(suspended), frozenset(flagged), preset, rules.rollover, zone
    )


def _stands(memory: Memory, rules: Rules, zone: tzinfo | None) -> CardProgress | None:
    s, d, due, reviewed = memory.stability, memory.difficulty, memory.due, memory.reviewed
    if s is None or d is None or due is None or reviewed is None or memory.state == "new":
        return None
    steps = rules.learning_steps if memory.state == "learning" else rules.relearning_steps
    in_review = memory.state == "review"
    return CardProgress(
        memory.state,
        s,
        d,
        study_day(due.astimezone(zone), rules.rollover) if in_review else int(due.timestamp()),
        0 if in_review else max(1, len(steps) - (memory.step or 0)),
        memory.lapses,
        memory.reps,
        int(reviewed.timestamp()),
        max(1, _interval(memory, rules.rollover, zone)),
    )


def _logged(card: str, turn: Turn, event: Reviewed | Reset, rollover: int, zone: tzinfo | None) -> LoggedReview:
    before, after = turn.before.memory, turn.after.memory
    return LoggedReview(
        card,
        milliseconds(event.at),
        event.grade if isinstance(event, Reviewed) else "reset",
        before.state,
        _interval(after, rollover, zone),
        _interval(before, rollover, zone),
        after.difficulty or 0.0,
        (took(event) or 0.0) if isinstance(event, Reviewed) else 0.0,
    )


def _given(event: Reviewed) -> bool:
    """Does the review say more of how it went than a grade and how long it took?"""
    said = (event.ticks, event.chosen, event.typed, event.drawn, event.cued, event.attempts, event.hints)
    return any(said) or event.confidence is not None


def _interval(memory: Memory, rollover: int, zone: tzinfo | None) -> int:
    """The days until a card in review is due, of one in learning the seconds as a negative number; 0 of a new one."""
    if memory.due is None or memory.reviewed is None or memory.day is None:
        return 0
    if memory.state == "review":
        return max(1, (study_day(memory.due.astimezone(zone), rollover) - memory.day).days)
    return -max(1, round((memory.due - memory.reviewed) / _SECOND))
