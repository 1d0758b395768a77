"""How a card stands and what happened to it, in words."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import set_cell_size

from quizapp.cards.card import Card
from quizapp.cards.sheet import LETTERS, Block
from quizapp.memory.events import Attempted, Overruled, Predicted, Reviewed
from quizapp.memory.replay import Standing, undone_by
from quizapp.memory.reviews import Happening
from quizapp.memory.schedule import Rules, retrievability
from quizapp.study.plan import swept_by
from quizapp.study.queue import next_time
from quizapp.study.search import SortBy, Today, states
from quizapp.texts import span, tag_name, tell, text
from quizapp.words import Language, clean

_NEWEST = 100  # events of a history that are shown


def sort_value(card: Card, standing: Standing, by: SortBy, today: Today, rules: Rules, language: Language) -> str:
    """What stands beside a card in a list that is sorted so: by default, when it comes."""
    memory = standing.memory
    match by:
        case "hardest":
            return f"{memory.difficulty:.1f}" if memory.difficulty is not None else ""
        case "lapses":
            return str(memory.lapses) if memory.lapses else ""
        case "reviewed":
            return span((today.now - memory.reviewed).total_seconds()).says(language) if memory.reviewed else ""
    known = states(standing, today)
    for state in ("suspended", "buried", "new", "due"):
        if state in known:
            return text(f"ui.state.{state}", language)
    if (swept := swept_by(card, memory, rules, today.interview, today.here)) is not None:
        return swept.says(language)
    due = next_time(standing, today.day, today.now)
    return span((due - today.now).total_seconds()).says(language) if due is not None else ""


def standing_block(card: Card, standing: Standing, today: Today, rules: Rules, language: Language) -> Block:
    """How the card stands: what it is called, its state, when it is due, and what the scheduler knows of it."""
    memory = standing.memory
    level = (text(f"ui.level.{card.level}", language),) if card.level else ()
    known = states(standing, today)
    when = memory.due.astimezone(today.here.tzinfo) if memory.due is not None else None
    state = [text(f"ui.state.{state}", language) for state in known if state != "due" or when is None]
    if when is not None:
        swept = swept_by(card, memory, rules, today.interview, today.here)
        state.append(swept.says(language) if swept else text("ui.facts.due", language, when=f"{when:%Y-%m-%d %H:%M}"))
    lines = [" · ".join([card.key, *level, *(tag_name(tag).says(language) for tag in card.tags)]), " · ".join(state)]
    recall = retrievability(memory, today.day, rules)  # which says nothing on the day of a review
    if when is not None and memory.stability is not None and memory.difficulty is not None:
        lines.append(
            text(
                "ui.facts.memory",
                language,
                stability=span(memory.stability * 86400),
                difficulty=f"{memory.difficulty:.1f}",
                reps=memory.reps,
            )
            + (text("ui.facts.lapses", language, n=memory.lapses) if memory.lapses else "")
            + (text("ui.facts.recall", language, recall=f"{recall:.0%}") if memory.day != today.day else "")
        )
    return Block("\n".join(lines), "small")


def history_blocks(events: Sequence[Happening], now: datetime, language: Language) -> list[Block]:
    """What happened to the card, the newest first."""
    undone = undone_by([event for event in events if not isinstance(event, Predicted | Attempted | Overruled)])
    lines = [_line(event, now, language, undone=event.id in undone) for event in reversed(events)]
    if len(lines) > _NEWEST:
        lines[_NEWEST:] = [f"… {len(lines) - _NEWEST}"]
    text = "\n".join(lines) or tell("ui.facts.no_history").says(language)
    return [Block(tell("ui.facts.history").says(language), "label"), Block(text, "small")]


def _line(event: Happening, now: datetime, language: Language, *, undone: bool) -> str:
    words: list[str] = []
    match event:
        case Reviewed():
            what = f"common.grade.{event.grade}"
            took = text("ui.seconds", language, seconds=f"{event.took_s:.0f}") if event.took_s is not None else ""
            words = [set_cell_size(took, 6)]
            if event.state.due is not None and event.state.reviewed is not None:
                wait = span((event.state.due - event.state.reviewed).total_seconds())
                words.append(f"→ {wait.says(language)}")
            if event.confidence is not None:
                words.append(text("ui.facts.sure", language, percent=event.confidence))
            if event.typed:
                words.append(f"“{' '.join(event.typed.split())}”")
        case Predicted():
            what = "ui.event.predicted"
            outcome = {True: "right", False: "wrong", None: ""}[event.right]
            words = [event.demo, text(f"ui.facts.{outcome}", language)] if outcome else [event.demo]
            if event.measured is not None:
                words.append(f"{event.measure} {event.measured:.4g}")
        case Attempted():
            what = "ui.event.attempted"
            words = [text(f"ui.facts.{'right' if event.passed else 'wrong'}", language), event.failed or ""]
        case Overruled():
            what = "ui.event.overruled"
            words = [event.model, " ".join(LETTERS[i % len(LETTERS)] for i in sorted((*event.ticked, *event.unticked)))]
        case _:
            what = f"ui.event.{type(event).__name__.lower()}"
    if undone:
        words.append(text("ui.facts.undone", language))
    when = f"{event.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    said = clean("  ".join(words))  # a journal of another device may hold anything
    return f"{when}  {set_cell_size(text(what, language), 11)} {said}".rstrip()
