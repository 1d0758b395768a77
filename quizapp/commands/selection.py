"""What of the decks a call is about: names or files of decks, --level and --tag."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from quizapp.cards.library import Library, read_library
from quizapp.commands import complain, desk_for
from quizapp.paths import BUNDLED_DECKS, find_home
from quizapp.study.desk import Desk
from quizapp.study.selection import EVERYTHING, Selection
from quizapp.texts import Sentence, UserError, listing, tag_name, tell
from quizapp.words import Words


class NoCards(UserError):
    """Why no card is left."""

    exit_code = 2


def chosen_desk(args: argparse.Namespace) -> tuple[Desk, datetime]:
    """The desk with those cards only that the call is about, and now. Raises NoCards."""
    names = _split(args)
    desk, now = desk_for(args)
    chosen = _selection(args, names, desk.library)
    return replace(desk, library=replace(desk.library, decks=chosen.narrowed(desk.library.decks))), now


def chosen(args: argparse.Namespace) -> tuple[Selection, Library]:
    """What the call is about, and the decks that it was found in; sets `paths` to the files, for the app. Raises
    NoCards."""
    names, home = _split(args), find_home(args.home)
    library = read_library(
        [Path(path) for path in args.paths], user=home.decks, bundled=BUNDLED_DECKS, cache=home.root / "cache"
    )
    try:
        found = _selection(args, names, library)
        if not library.keys:
            raise NoCards(tell("commands.quiz.none_left"))
        return found, library
    except NoCards:
        for fault in library.faults:  # that may be why
            complain(fault)
        raise


def _split(args: argparse.Namespace) -> tuple[str, ...]:
    """The names of decks; what is a file or a folder goes to `paths`."""
    args.paths = [name for name in args.decks if Path(name).exists()]
    return tuple(name for name in args.decks if name not in args.paths)


def _selection(args: argparse.Namespace, names: tuple[str, ...], library: Library) -> Selection:
    decks = _known("deck", names, deck_words(library))
    found = Selection(decks, tuple(args.level), _known("tag", args.tag, _tag_words(library)) if args.tag else ())
    if found != EVERYTHING and not found.narrowed(library.decks):
        raise NoCards(tell("commands.quiz.none_left"))
    return found


def deck_words(library: Library) -> dict[str, Words]:
    """By the name that is typed, what each deck is called."""
    return {deck.name: deck.title for deck in library.decks}


def _tag_words(library: Library) -> dict[str, Words]:
    tags = sorted({tag for deck in library.decks for card in deck.cards for tag in card.tags})
    return {tag: tag_name(tag) for tag in tags}


def called(name: str, known: Mapping[str, Words]) -> list[str]:
    """Those of `known` that are written `name`, else those that are called so in either language."""
    if name in known:
        return [name]
    from quizapp.study.search import comparable

    asked = comparable(name)
    return [one for one, words in known.items() if asked in (comparable(words.en), comparable(words.zh))]


def all_called(known: Mapping[str, Words]) -> Sentence:
    """Them all, as one types them: in Chinese by what they are called, which needs no quotes there."""
    return listing([Words(name, words.zh) for name, words in known.items()])


def _known(what: Literal["deck", "tag"], names: Sequence[str], known: Mapping[str, Words]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        same = called(name, known)
        if not same:
            ways = dict.fromkeys([*known, *(one for words in known.values() for one in (words.zh, words.en))])
            from difflib import get_close_matches

            near = get_close_matches(name, ways, 1)
            hint = tell("commands.did_you_mean", near=near[0]) if near else None
            hint = hint or tell("commands.quiz.there_are", known=all_called(known))
            raise NoCards(tell(f"commands.quiz.no_{what}", name=name, hint=hint))
        found += same
    return tuple(found)
