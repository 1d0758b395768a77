"""Makes anki-legacy.apkg and anki-new.apkg with Anki's own library: python make_anki.py (with PyPI's `anki`)."""

import tempfile
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions

NOTES = (
    ("Basic", "guid-basic", "quant::int8 x", "What does <b>int8</b> cost?",
     "About <i>6&nbsp;dB</i> per bit<ul><li>one</li><li>two</li></ul>"),
    ("Cloze", "guid-cloze", "kd", "A {{c1::teacher}} teaches a {{c2::student::who?}}", "Hinton 2015"),
    ("Basic (and reversed card)", "guid-rev", "", "KL", "Kullback&ndash;Leibler"),
    ("Basic", "guid-media", "", "Look <img src='a.png' alt='the curve'>", r"[sound:b.mp3] \(a_b * c\)"),
)  # fmt: skip

with tempfile.TemporaryDirectory() as folder:
    collection = Collection(str(Path(folder) / "collection.anki2"))
    deck = collection.decks.id("ML::Compression")
    for kind, guid, tags, *fields in NOTES:
        note = collection.new_note(collection.models.by_name(kind))
        note.fields[: len(fields)] = fields
        note.tags, note.guid = tags.split(), guid
        collection.add_note(note, deck)
    first, *_, last = (collection.find_cards(f"nid:{note}")[0] for note in sorted(collection.find_notes("")))
    collection.sched.suspend_cards([last])
    collection.set_user_flag_for_cards(1, [first])
    collection.decks.select(deck)
    for _turn in range(3):
        card = collection.sched.getCard()
        card.start_timer()
        collection.sched.answerCard(card, 3)
    for legacy, name in ((True, "anki-legacy.apkg"), (False, "anki-new.apkg")):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
        )
        collection.export_anki_package(out_path=str(Path(__file__).with_name(name)), options=options, limit=None)
