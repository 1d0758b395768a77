"""How a card stands and what happened to it, in words."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import set_cell_size

from quizapp.cards.card import Card
from quizapp.cards.sheet import Block
from quizapp.memory.events import Link, Predicted, Reviewed
from quizapp.memory.replay import Standing, undone_by
from quizapp.memory.schedule import Rules, due_at, retrievability
from quizapp.study.search import SortBy, Today, states
from quizapp.texts import span
from quizapp.ui.labels import label
from quizapp.words import Language, clean

_NEWEST = 100  # events of a history that are shown


def sort_value(standing: Standing, by: SortBy, today: Today, language: Language) -> str:
    """What stands beside a card in a list that is sorted so: by default, when it is due."""
    memory = standing.memory
    match by:
        case "hardest":
            return f"{memory.difficulty:.1f}" if memory.difficulty is not None else ""
        case "lapses":
            return str(memory.lapses) if memory.reps else ""
        case "reviewed":
            return str(span((today.now - memory.reviewed).total_seconds())) if memory.reviewed else ""
    for state in ("suspended", "buried", "new", "due"):
        if state in states(standing, today):
            return label(state, language)
    due = due_at(memory, today.now)
    return str(span((due - today.now).total_seconds())) if due is not None else ""


def standing_block(
    card: Card, standing: Standing, today: Today, now: datetime, rules: Rules, language: Language
) -> Block:
    """How the card stands: what it is called, its state, when it is due, and what the scheduler knows of it."""
    memory = standing.memory
    level = (label(card.level, language),) if card.level else ()
    known = states(standing, today)
    when = memory.due.astimezone(now.tzinfo) if memory.due is not None else None
    state = [label(state, language) for state in known if state != "due" or when is None]
    if when is not None:
        state.append(label("due {}", language).format(f"{when:%Y-%m-%d %H:%M}"))
    lines = [" · ".join([card.key, *level, *card.tags]), " · ".join(state)]
    if when is not None and memory.stability is not None and memory.difficulty is not None:
        recall = retrievability(memory, today.day, rules)
        lines.append(
            f"{label('stability', language)} {span(memory.stability * 86400)} · {label('difficulty', language)} "
            f"{memory.difficulty:.1f} · {label('recall today', language)} {recall:.0%}"
            f" · {memory.reps} {label('repetitions', language)} · {memory.lapses} {label('lapses', language)}"
        )
    return Block("\n".join(lines), "small")


def history_blocks(events: Sequence[Link | Predicted], now: datetime, language: Language) -> list[Block]:
    """What happened to the card, the newest first."""
    undone = undone_by([event for event in events if not isinstance(event, Predicted)])
    lines = [_line(event, now, language, undone=event.id in undone) for event in reversed(events)]
    if len(lines) > _NEWEST:
        lines[_NEWEST:] = [f"… {len(lines) - _NEWEST}"]
    text = "\n".join(lines) or label("Nothing happened to it yet.", language)
    return [Block(label("History", language), "label"), Block(text, "small")]


def _line(event: Link | Predicted, now: datetime, language: Language, *, undone: bool) -> str:
    words: list[str] = []
    match event:
        case Reviewed():
            what = event.grade.capitalize()
            words = [set_cell_size(f"{event.took_s:.0f} s" if event.took_s is not None else "", 6)]
            if event.state.due is not None and event.state.reviewed is not None:
                words.append(f"→ {span((event.state.due - event.state.reviewed).total_seconds())}")
            if event.confidence is not None:
                words.append(f"{label('sure', language)} {event.confidence}%")
            if event.typed:
                words.append(f"“{' '.join(event.typed.split())}”")
        case Predicted():
            what = "Predicted"
            outcome = {True: "right", False: "wrong", None: ""}[event.right]
            words = [event.demo, label(outcome, language)] if outcome else [event.demo]
            if event.measured is not None:
                words.append(f"{event.measure} {event.measured:.4g}")
        case _:
            what = type(event).__name__.capitalize()
    if undone:
        words.append(f"({label('undone', language)})")
    when = f"{event.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    said = clean("  ".join(words))  # a journal of another device may hold anything
    return f"{when}  {set_cell_size(label(what, language), 11)} {said}".rstrip()
