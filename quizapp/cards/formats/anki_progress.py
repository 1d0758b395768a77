"""How the cards of an Anki collection stand in FSRS, and the preset that schedules most of them.

A row of `cards` has its state in `type` (1 learning, 2 review, 3 relearning); `due` is a day since the collection was
made, or seconds since 1970; `left` counts the steps still to go, in its last three digits; `data` holds FSRS's
stability and difficulty, as JSON.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import msgspec

from quizapp.cards.formats import Lost
from quizapp.cards.formats.anki_message import floats_in, json_of, message_of
from quizapp.cards.formats.anki_package import rows
from quizapp.cards.progress import CardProgress, Preset
from quizapp.texts import tell

_STAGES: dict[int, Literal["learning", "review", "relearning"]] = {1: "learning", 2: "review", 3: "relearning"}
_A_TIME = 1_000_000_000  # from which on `due` is in seconds
_LATEST_S, _LATEST_DAY = 4_102_444_800, 100_000
_MOST_DATA = 1000  # characters; Anki writes two hundred at most
_UNTOUCHED = Preset(0.9)


class _Kept(msgspec.Struct):
    s: float
    d: float


def progress_of(
    tables: sqlite3.Connection, there: AbstractSet[str], keys: Mapping[int, str]
) -> dict[str, CardProgress]:
    """How those of `keys` (ids of cards, by Anki's) stand that FSRS scheduled. `there` are the tables to be read.

    What cannot be read is left out. Raises sqlite3.Error, ValueError or TypeError where settings are damaged.
    """
    begun = _begun(tables, there)
    query = "SELECT id, type, iif(odid AND odue, odue, due), left, lapses, data FROM cards"
    found: dict[str, CardProgress] = {}
    for card, kind, *numbers, data in rows(tables, query):
        kept = _kept(data)
        if card not in keys or kind not in _STAGES or kept is None or not all(type(one) is int for one in numbers):
            continue
        due, left, lapses = numbers
        if _A_TIME <= due <= _LATEST_S or abs(due) <= _LATEST_DAY:
            on = due if due >= _A_TIME else begun + timedelta(days=due)
            found[keys[card]] = CardProgress(_STAGES[kind], kept.s, kept.d, on, left % 1000, max(0, lapses))
    return {key: one for key, one in found.items() if one.stage != "review" or isinstance(one.due, date)}


def preset_of(tables: sqlite3.Connection, there: AbstractSet[str], lost: Lost) -> Preset | None:
    """The preset of most cards, if anybody changed it; others are counted in `lost`. Raises as `progress_of`."""
    new = "deck_config" in there
    presets, decks = _presets_new(tables) if new else _presets_old(tables)
    used: Counter[Preset] = Counter()
    for deck, cards in rows(tables, "SELECT iif(odid, odid, did), count(*) FROM cards GROUP BY 1"):
        preset, retention = decks.get(deck, (1, None))
        used[_with(presets.get(preset, _UNTOUCHED), retention)] += cards
    ranked = [preset for preset, _ in used.most_common()]
    if len(ranked) > 1:
        lost[tell("formats.lost.presets")] = len(ranked) - 1
    return ranked[0] if ranked and ranked[0] != _UNTOUCHED else None


def _kept(data: Any) -> _Kept | None:
    if not isinstance(data, str) or not 0 < len(data) <= _MOST_DATA:
        return None
    try:
        return msgspec.json.decode(data, type=_Kept)
    except (msgspec.DecodeError, RecursionError):
        return None


def _begun(tables: sqlite3.Connection, there: AbstractSet[str]) -> date:
    """The day from which the days of the collection are counted."""
    made, conf = tables.execute("SELECT crt, conf FROM col").fetchone()
    if not 0 <= made <= _LATEST_S:
        raise ValueError(str(made))
    if "config" in there:
        row = tables.execute("SELECT val FROM config WHERE key = 'creationOffset'").fetchone()
        west = json_of(row[0]) if row else None
    else:
        west = json_of(conf or "{}").get("creationOffset")
    at = datetime.fromtimestamp(made, UTC)
    return (at.astimezone() if west is None else at - timedelta(minutes=west)).date()


def _with(preset: Preset, retention: float | None) -> Preset:
    return preset if retention is None else Preset(retention, preset.weights)


def _presets_old(tables: sqlite3.Connection) -> tuple[dict[int, Preset], dict[int, tuple[int, float | None]]]:
    """By its id each preset; by the id of each deck that of its preset, and a retention of its own."""
    written, decks = tables.execute("SELECT dconf, decks FROM col").fetchone()
    presets = {}
    for key, conf in json_of(written or "{}").items():
        weights = conf.get("fsrsParams6") or conf.get("fsrsParams5") or conf.get("fsrsWeights") or ()
        presets[int(key)] = _preset(conf.get("desiredRetention") or 0.9, weights)
    of_decks = {}
    for key, deck in json_of(decks).items():
        percent = deck.get("desiredRetention")
        of_decks[int(key)] = (int(deck.get("conf") or 1), percent / 100 if percent else None)
    return presets, of_decks


def _presets_new(tables: sqlite3.Connection) -> tuple[dict[int, Preset], dict[int, tuple[int, float | None]]]:
    """As `_presets_old`."""
    presets = {}
    for key, config in rows(tables, "SELECT id, config FROM deck_config"):
        fields = message_of(config)
        weights = floats_in(fields.get(6)) or floats_in(fields.get(5)) or floats_in(fields.get(3))
        presets[key] = _preset((*floats_in(fields.get(37)), 0.9)[0], weights)
    decks = {}
    for deck, kind in rows(tables, "SELECT id, kind FROM decks"):
        normal = message_of(kind).get(1)
        if isinstance(normal, bytes):
            fields = message_of(normal)
            decks[deck] = (int(fields.get(1, 1)), next(iter(floats_in(fields.get(10))), None))
    return presets, decks


def _preset(retention: float, weights: Any) -> Preset:
    if len(weights) > 100:
        raise ValueError(str(len(weights)))
    return Preset(round(float(retention), 4), tuple(round(float(weight), 6) for weight in weights))
