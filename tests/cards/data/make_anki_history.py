"""Makes anki-history.{apkg,colpkg}, anki-history-legacy.apkg and anki-history.json with Anki's own library.

`python make_anki_history.py [FOLDER]`, with PyPI's `anki`. The JSON says what Anki itself has in its history: for each
card (note's GUID and number) the rows of `revlog` as [id, ease, type, factor, time], and what is suspended, flagged.
Reviews are made by Anki's scheduler; only their times are moved back, a day for each round, as if days had gone by.
"""

import json
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions
from anki.scheduler.v3 import CardAnswer

DAY_MS = 86_400_000
START_MS = 1_700_000_000_000  # 14 November 2023
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
NOTES = (
    ("Basic", "guid-plain", "plain", "What is a scale?", "The step."),
    ("Cloze", "guid-cloze", "", "A {{c1::teacher}} and a {{c2::student}}", ""),
    ("Basic", "guid-forgotten", "", "What was forgotten?", "This."),
    ("Basic", "guid-by-hand", "", "What was moved by hand?", "This."),
    ("Basic", "guid-crammed", "", "What was crammed?", "This."),
    ("Basic", "guid-suspended", "", "What is suspended?", "This."),
    ("Basic", "guid-buried", "", "What is buried?", "This."),
    ("Basic", "guid-new", "", "What is new?", "This."),
)
ROUNDS = (  # the button for each card, by its GUID; cards not named are not asked
    {"guid-plain": 3, "guid-cloze": 4, "guid-forgotten": 3, "guid-by-hand": 3, "guid-suspended": 1, "guid-buried": 2},
    {"guid-plain": 3, "guid-cloze": 3, "guid-forgotten": 3, "guid-by-hand": 4, "guid-suspended": 3},
    {"guid-plain": 2, "guid-cloze": 1, "guid-forgotten": 1},
    {"guid-plain": 1, "guid-cloze": 3},
    {"guid-plain": 3, "guid-cloze": 3},
    {"guid-plain": 4},
)


def answer(collection: Collection, card_id: int, ease: int) -> None:
    card = collection.get_card(card_id)
    card.start_timer()
    states = collection._backend.get_scheduling_states(card_id)
    rating = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)[ease - 1]
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=rating))


def move(collection: Collection, day: int) -> None:
    """What was logged just now happened on `day`, a minute after each other."""
    now = collection.db.list("SELECT id FROM revlog WHERE id > ? ORDER BY id", START_MS + 40 * DAY_MS)
    for nth, row in enumerate(now):
        at = START_MS + day * DAY_MS + nth * 60_123
        collection.db.execute("UPDATE revlog SET id = ?, time = ? WHERE id = ?", at, 2000 + nth * 311, row)


def make(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        collection = Collection(str(Path(temporary) / "collection.anki2"))
        deck = collection.decks.id("History")
        for kind, guid, tags, *fields in NOTES:
            note = collection.new_note(collection.models.by_name(kind))
            note.fields[: len(fields)] = fields
            note.tags, note.guid = tags.split(), guid
            collection.add_note(note, deck)
        cards: dict[str, list[int]] = {}
        for guid, card_id in collection.db.all(
            "SELECT guid, cards.id FROM cards JOIN notes ON notes.id = nid ORDER BY nid, ord"
        ):
            cards.setdefault(guid, []).append(card_id)
        for day, buttons in enumerate(ROUNDS):
            for guid, ease in buttons.items():
                answer(collection, cards[guid][0], ease)
            move(collection, day)
        collection.sched.schedule_cards_as_new(cards["guid-forgotten"])
        collection.sched.set_due_date(cards["guid-by-hand"], "5")
        move(collection, 6)
        answer(collection, cards["guid-forgotten"][0], 3)
        move(collection, 7)
        filtered = collection.sched.get_or_create_filtered_deck(deck_id=0)
        filtered.config.reschedule = False
        del filtered.config.search_terms[1:]
        filtered.config.search_terms[0].search = "guid-none or crammed"
        filtered_id = collection.sched.add_or_update_filtered_deck(filtered).id
        answer(collection, cards["guid-crammed"][0], 3)
        move(collection, 8)
        collection.sched.empty_filtered_deck(filtered_id)
        collection.decks.remove([filtered_id])
        collection.sched.suspend_cards(cards["guid-suspended"] + cards["guid-cloze"][1:])
        collection.sched.bury_cards(cards["guid-buried"])
        collection.set_user_flag_for_cards(3, cards["guid-plain"])

        revlog: dict[str, list[list[int]]] = {}
        suspended: list[str] = []
        flagged: list[str] = []
        for guid, ids in cards.items():
            for nth, card_id in enumerate(ids):
                name = f"{guid}/{nth}"
                revlog[name] = collection.db.all(
                    "SELECT id, ease, type, factor, time FROM revlog WHERE cid = ? ORDER BY id", card_id
                )
                card = collection.get_card(card_id)
                suspended += [name] if card.queue == -1 else []
                flagged += [name] if card.flags & 7 else []
        told = {"revlog": revlog, "suspended": suspended, "flagged": flagged}
        (folder / "anki-history.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        for legacy, name in ((True, "anki-history-legacy.apkg"), (False, "anki-history.apkg")):
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
            )
            collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
        collection.export_collection_package(
            out_path=str(folder / "anki-history.colpkg"), include_media=False, legacy=False
        )


if __name__ == "__main__":
    make(FOLDER)
