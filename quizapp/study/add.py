"""A new card in a deck's file, which is read whole before it replaces the old one; and when it is asked."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.draft import Misfit, Refused, added, misfits
from quizapp.cards.formats import tidy
from quizapp.cards.library import Library
from quizapp.cards.make import typed_cards
from quizapp.cards.slug import DECK_NAME, deck_name, slug
from quizapp.cards.write import Entry, new_text
from quizapp.memory.standings import Standings
from quizapp.paths import SCHEMA
from quizapp.settings import Settings
from quizapp.study.chosen import ahead
from quizapp.study.queue import waiting
from quizapp.study.rewrite import rewrite
from quizapp.texts import tell
from quizapp.words import same


def usual_deck(decks: Iterable[Deck]) -> Path | None:
    """The deck of the user's that was written last: none that came with quizapp, and no copy of one."""
    own = [deck.path for deck in decks if not (deck.bundled or deck.stands_in)]
    return max(own, key=_written, default=None)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it is gone by now
        return 0.0


def add(path: Path, entry: Entry, own: Path, named: Sequence[Path] = ()) -> None:
    """Make the entry the last card of the deck at `path`, durably; all that is there stays as it stands.

    `own` and `named` are as `rewrite` takes them. Raises Refused, Unreadable and OSError; then nothing was changed.
    """
    if wrong := misfits(entry):
        raise Refused(wrong)
    rewrite(path, lambda text: (added(text, entry, path), None), own, named)


def begin_deck(folder: Path, title: str, entry: Entry, library: Library) -> Path:
    """A new deck in `folder` with the entry as its card, and its path. Raises as `add` does."""
    title = " ".join(tidy(title).split())
    name = slug(title) if title.isascii() else deck_name(title)
    path = folder / f"{name}.yaml"
    wrong = misfits(entry)
    if not title or not DECK_NAME.fullmatch(name):
        wrong.append(Misfit("deck", tell("cards.form.deck_name")))
    elif path.exists() or any(deck.name == name for deck in library.decks):
        wrong.append(Misfit("deck", tell("cards.form.deck_exists")))
    if wrong:
        raise Refused(wrong)
    text = new_text(title, [entry], f"yaml-language-server: $schema={SCHEMA.as_uri()}")
    disk.make_folder(folder)
    disk.replace(path, text.encode())
    return path


def with_entry(decks: Sequence[Deck], path: Path, entry: Entry) -> tuple[Deck, tuple[Deck, ...]]:
    """The deck at `path` with the entry as its last card, before its file is read again, and `decks` with it."""
    known = next((deck for deck in decks if deck.path == path), Deck(path.stem, same(path.stem), path, ()))
    cards = typed_cards(json.loads(json.dumps(entry)), known.name, path, 0)
    grown = replace(known, cards=(*known.cards, *cards))
    return grown, (*(grown if deck is known else deck for deck in decks), *(() if known in decks else (grown,)))


def last_is_asked(
    deck: Deck, decks: Sequence[Deck], standings: Standings, now: datetime, settings: Settings
) -> Literal["today", "first", "later", "far"]:
    """When the last card of `deck`, one of `decks`, is asked, which was never seen: today; of a text with gaps the
    first today, the others on days to come; later, though now by who studies its deck; or not even then, since too many
    come before it there."""
    key, id = deck.cards[-1].key, deck.cards[-1].id
    new = [card for card in waiting(decks, standings, now, settings).new if (card.deck, card.id) == (deck.name, id)]
    if new:
        return "today" if any(card.key == key for card in new) else "first"
    alone = waiting([deck], standings, now, settings).new or ahead([deck], standings, now, settings)
    return "later" if any(card.key == key for card in alone) else "far"
