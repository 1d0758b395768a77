"""What lies on the desk before a sitting: the decks, what is remembered of them, and the settings."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from quizapp.cards.library import Library, kept_good, read_library
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import Standings, open_standings
from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.settings import Settings
from quizapp.settings_file import SettingsError, read_settings
from quizapp.texts import Sentence


class Desk(msgspec.Struct, frozen=True):
    """`standings` are read and `recorder` writes what is remembered. `notices` are sentences that the user should read
    once: a broken settings file, damage set aside; `paths` the files and folders of decks that they named, if any."""

    home: Home
    library: Library
    standings: Standings
    recorder: Recorder
    settings: Settings
    notices: tuple[Sentence, ...] = ()
    paths: tuple[Path, ...] = ()


def open_desk(home: Home, paths: Sequence[Path], now: datetime) -> Desk:
    """The decks at `paths`, or the user's and the bundled ones, with what is remembered of them and the settings."""
    notices: list[Sentence] = []
    try:
        settings = read_settings(home.settings)
    except SettingsError as error:
        settings = error.settings
        notices.append(error.sentence)
    library = _read(home, paths)
    standings = open_standings(home.root, rules=rules_of(settings), renames=library.renames())
    notices += standings.notices
    return Desk(home, library, standings, Recorder(standings), settings, tuple(notices), tuple(paths))


def rules_of(settings: Settings) -> Rules:
    """What the scheduler goes by."""
    return Rules(
        retention=settings.retention,
        rollover=settings.rollover,
        learning_steps=tuple(60 * minutes for minutes in settings.learning_steps),
        relearning_steps=tuple(60 * minutes for minutes in settings.relearning_steps),
    )


def read_decks_again(home: Home, paths: Sequence[Path], was: Callable[[], Library]) -> Library:
    """The decks as they stand in their files now. A deck whose file is there and cannot be read at all any more stays
    as it was read last, beside the fault."""
    return kept_good(_read(home, paths), was())


def _read(home: Home, paths: Sequence[Path]) -> Library:
    return read_library(paths, user=home.decks, bundled=BUNDLED_DECKS, cache=home.root / "cache")


def with_library(desk: Desk, library: Library) -> Desk:
    """The desk with its decks as they were read again; histories follow cards that were renamed."""
    desk.standings.rename(library.renames())
    desk.standings.refresh()
    return msgspec.structs.replace(desk, library=library)
