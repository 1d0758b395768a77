"""How the cards of a deck stand, put into the tables of an Anki package, so that Anki goes on from there.

What the columns mean is said in `anki_progress` and `anki_history`.
"""

import json
import sqlite3
from datetime import UTC, datetime, time, timedelta
from typing import Any

from quizapp.cards.progress import CardProgress, DeckProgress, LoggedReview

_TYPES = {"new": 0, "learning": 1, "review": 2, "relearning": 3}
_KINDS = {"new": 0, "learning": 0, "review": 1, "relearning": 2}  # of a review; a card made new again is 4
_EASES = ("again", "hard", "good", "easy")
_EASE = 2500  # what a card begins with in the scheduler that has no FSRS


def put_progress(tables: sqlite3.Cursor, progress: DeckProgress, deck: int, cloze: int) -> None:
    """Put it into the tables of a package that holds the deck number `deck`; `cloze` is its note type for gaps."""
    first = min((one.at_ms for one in progress.log), default=0) / 1000
    begun = (datetime.fromtimestamp(first, UTC) if first else datetime.now(UTC)).astimezone(progress.zone)
    begun = datetime.combine(begun.date() - timedelta(days=1), time(progress.rollover), progress.zone)
    _configure(tables, progress, deck, begun)
    query = "SELECT cards.id, guid, mid, ord FROM cards JOIN notes ON notes.id = nid ORDER BY cards.id"
    numbers: dict[str, int] = {}
    for number, guid, kind, nth in tables.execute(query).fetchall():
        own = guid.rpartition("/")[2]
        numbers[card := f"{own}:c{nth + 1}" if kind == cloze else own] = number
        if card in progress.cards:
            _put_card(tables, number, progress.cards[card], progress, begun)
        if card in progress.suspended:
            tables.execute("UPDATE cards SET queue = -1 WHERE id = ?", (number,))
        if card in progress.flagged:
            tables.execute("UPDATE cards SET flags = 1 WHERE id = ?", (number,))
    taken: set[int] = set()
    for one in reversed(progress.log):
        at = one.at_ms
        while at in taken:  # Anki knows a review by its time
            at -= 1
        taken.add(at)
        if one.card in numbers:
            _put_review(tables, numbers[one.card], at, one)


def _put_card(tables: sqlite3.Cursor, number: int, card: CardProgress, progress: DeckProgress, begun: datetime) -> None:
    in_review = card.stage == "review"
    kept = {"s": card.stability, "d": card.difficulty, "dr": progress.preset.retention}
    kept |= {"decay": progress.preset.weights[-1], "lrt": card.reviewed_s}
    tables.execute(
        "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, left = ?, data = ?"
        " WHERE id = ?",
        (
            _TYPES[card.stage],
            2 if in_review else 1,
            card.due if isinstance(card.due, int) else (card.due - begun.date()).days,
            0 if card.stage == "learning" else card.interval,
            0 if card.stage == "learning" else _EASE,
            card.reps,
            card.lapses,
            card.steps * 1001,  # how many there are, and how many of them today
            json.dumps(kept, separators=(",", ":")),
            number,
        ),
    )


def _put_review(tables: sqlite3.Cursor, number: int, at: int, one: LoggedReview) -> None:
    reset = one.what == "reset"
    tables.execute(
        "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
        (
            at,
            number,
            0 if reset else _EASES.index(one.what) + 1,
            one.interval,
            one.last_interval,
            0 if reset else round((one.difficulty - 1) / 9 * 1000) + 100,  # where the other scheduler has its ease
            round(one.took_s * 1000),
            4 if reset else _KINDS[one.stage],
        ),
    )


def _configure(tables: sqlite3.Cursor, progress: DeckProgress, deck: int, begun: datetime) -> None:
    """The collection's day and scheduler, and a preset for the deck."""
    conf, decks, presets = map(json.loads, tables.execute("SELECT conf, decks, dconf FROM col").fetchone())
    west = begun.utcoffset() or timedelta()
    conf |= {
        "schedVer": 2,
        "sched2021": True,
        "fsrs": True,
        "rollover": progress.rollover,
        "creationOffset": -round(west / timedelta(minutes=1)),
    }
    own: dict[str, Any] = decks[str(deck)]
    own["conf"] = deck
    preset: dict[str, Any] = json.loads(json.dumps(presets["1"]))
    preset |= {
        "id": deck,
        "name": f"quizapp: {own['name']}",
        "desiredRetention": progress.preset.retention,
        "fsrsParams6": progress.preset.weights,
    }
    preset["new"] |= {"delays": [step / 60 for step in progress.preset.learning_steps], "bury": False}
    preset["rev"] |= {"maxIvl": progress.preset.maximum_interval, "bury": False, "perDay": 200}
    preset["lapse"] |= {"delays": [step / 60 for step in progress.preset.relearning_steps], "leechAction": 1}
    presets[str(deck)] = preset
    values = (int(begun.timestamp()), *map(json.dumps, (conf, decks, presets)))
    tables.execute("UPDATE col SET crt = ?, conf = ?, decks = ?, dconf = ?", values)
