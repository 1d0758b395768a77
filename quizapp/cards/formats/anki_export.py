"""A deck as an Anki package, by genanki, with its pictures and sounds. A note's GUID is its card's key: Anki updates it
and does not duplicate."""

import warnings
from hashlib import blake2b
from pathlib import Path
from typing import Any

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.formats import needed
from quizapp.cards.formats.anki_progress_export import put_progress
from quizapp.cards.formats.html import to_html
from quizapp.cards.formats.sides import anki_tags, media_of, notes_of, sides
from quizapp.cards.progress import DeckProgress
from quizapp.words import Shown

_BASIC, _CLOZE = 1_713_300_001, 1_713_300_002  # never to change: Anki knows the note types by them
_CSS = ".card {font-family: sans-serif; font-size: 18px; text-align: left; max-width: 45em; margin: auto}"


def write_package(deck: Deck, path: Path, shown: Shown, progress: DeckProgress | None = None) -> None:
    """Raises Foreign when genanki is not installed, or OSError."""
    genanki = needed("genanki")
    basic, cloze = _note_types(genanki)
    number = int.from_bytes(blake2b(deck.name.encode(), digest_size=5).digest()) + (1 << 41)
    made: Any = genanki.Deck(number, deck.title.says("zh" if shown == "zh" else "en"))
    for card, is_cloze in notes_of(deck):
        made.add_note(
            genanki.Note(
                model=cloze if is_cloze else basic,
                fields=[to_html(side) for side in sides(card, shown)],
                guid=f"{deck.name}/{card.id}",
                tags=anki_tags(card),
            )
        )
    files = [str(file) for file in media_of(deck).values() if file is not None]
    with (
        disk.replacing(path) as fd,
        open(fd, "wb", closefd=False) as written,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # genanki takes text such as <br/> or a code sample for a mistake
        package = genanki.Package(made, files)
        if progress is not None:
            plain = package.write_to_db

            def with_progress(tables: Any, *rest: Any) -> None:
                plain(tables, *rest)
                put_progress(tables, progress, number, _CLOZE)

            package.write_to_db = with_progress
        package.write_to_file(written)


def _note_types(genanki: Any) -> tuple[Any, Any]:
    """That of two sides, and that of gaps."""
    basic = genanki.Model(
        _BASIC,
        "quizapp",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card 1", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
        css=_CSS,
    )
    cloze = genanki.Model(
        _CLOZE,
        "quizapp cloze",
        fields=[{"name": "Text"}, {"name": "Back Extra"}],
        templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<hr id=answer>{{Back Extra}}"}],
        css=_CSS,
        model_type=genanki.Model.CLOZE,
    )
    return basic, cloze
