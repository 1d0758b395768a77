"""Imports a package into a collection of Anki's, switches FSRS on, says how each card stands, and grades each Good.

`python anki_goes_on.py PACKAGE FOLDER`, with PyPI's `anki`. Prints JSON: by the note's GUID and the number of the card,
what Anki keeps of it before and after, days as ISO dates; and what the package's deck is scheduled by. FSRS is switched
on as the deck's options do it, so that Anki works out every card's memory anew from its reviews (`anew`).
FOLDER/again.apkg is what Anki exports before it grades.
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.deck_config_pb2 import UpdateDeckConfigsRequest
from anki.scheduler.v3 import CardAnswer


def standing(collection: Collection, card_id: int, today: Any) -> dict[str, Any]:
    card = collection.get_card(card_id)
    day = (today + timedelta(days=card.due - collection.sched.today)).isoformat() if card.due < 10**9 else None
    memory = card.memory_state
    return {
        "type": card.type, "queue": card.queue, "day": day, "due": card.due, "ivl": card.ivl, "reps": card.reps,
        "lapses": card.lapses, "flag": card.flags & 7, "s": memory and memory.stability,
        "d": memory and memory.difficulty,
    }  # fmt: skip


def all_of(collection: Collection, today: Any) -> dict[str, dict[str, Any]]:
    query = "SELECT cards.id, guid, ord FROM cards JOIN notes ON notes.id = nid ORDER BY cards.id"
    return {f"{guid}#{nth}": standing(collection, card, today) for card, guid, nth in collection.db.all(query)}


def switch_fsrs_on(collection: Collection, deck: Any) -> None:
    found = collection.decks.get_deck_configs_for_update(deck)
    collection.decks.update_deck_configs(
        UpdateDeckConfigsRequest(
            target_deck_id=deck,
            configs=[one.config for one in found.all_config if one.config.id == found.current_deck.config_id],
            limits=found.current_deck.limits,
            fsrs=True,
        )
    )


def good(collection: Collection, card_id: int) -> None:
    card = collection.get_card(card_id)
    card.start_timer()
    states = collection._backend.get_scheduling_states(card_id)
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.GOOD))


def main(package: Path, folder: Path) -> None:
    collection = Collection(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    today = (datetime.now() - timedelta(hours=4)).date()
    deck = collection.db.scalar("SELECT did FROM cards LIMIT 1")
    told: dict[str, Any] = {"preset": collection.decks.config_dict_for_deck_id(deck)}
    told["reviews"] = collection.db.scalar("SELECT count(*) FROM revlog")
    told["before"] = all_of(collection, today)
    out = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=False, legacy=False)
    collection.export_anki_package(out_path=str(folder / "again.apkg"), options=out, limit=None)
    switch_fsrs_on(collection, deck)
    told["anew"] = all_of(collection, today)
    for card_id in collection.db.list("SELECT id FROM cards WHERE queue != -1"):
        good(collection, card_id)
    told["good"] = all_of(collection, today)
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
