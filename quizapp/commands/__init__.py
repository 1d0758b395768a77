"""One file per command: the only place that joins rooms without a screen."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizapp.cards.fault import Fault
from quizapp.memory.schedule import local_now
from quizapp.paths import find_home
from quizapp.settings import Settings, app_language
from quizapp.settings_file import usable_settings
from quizapp.study.desk import Desk, open_desk
from quizapp.texts import Sentence, UserError, os_sentence, tell
from quizapp.words import Language, clean, escaped

if TYPE_CHECKING:
    from rich.text import Text

    from quizapp.draw.paper import Paper

WIDEST_TITLE = 50  # columns of a table that a deck's title widens


@cache
def user_language() -> Language:
    """The language of all that this call of quizapp says: what the settings say; with both or auto, and where they
    cannot be read, that of the locale. Found once: a process is one call."""
    return app_language(_user_settings().shown)


def _user_settings() -> Settings:
    try:
        return usable_settings(find_home().settings)
    except RuntimeError:  # nobody's home: the command itself says so
        return Settings()


def terminal_paper(most: int, height: int = 16) -> "Paper":
    """What a figure is drawn on: as wide as the terminal, at most `most` cells, in ASCII if the user or the terminal
    asks for it."""
    from quizapp.draw.paper import Paper

    width = min(most, _columns())
    return Paper(width, height, _in_ascii(), user_language())


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _in_ascii() -> bool:
    return _user_settings().ascii or not (sys.stdout.encoding or "utf-8").lower().startswith("utf")


def as_printed(text: str) -> str:
    """A card's text for this terminal: its formulas drawn, as wide as it is at most; in ASCII as they are written."""
    from quizapp.cards.formula_text import drawn_text, media_named

    return media_named(text) if _in_ascii() else drawn_text(text, _columns())


def desk_for(args: argparse.Namespace) -> tuple[Desk, datetime]:
    """The desk that the arguments name, and now. What the user should know of it goes to standard error."""
    now = local_now()
    desk = open_desk(find_home(args.home), [Path(path) for path in getattr(args, "paths", [])], now)
    for notice in (*desk.notices, *desk.library.notes):
        complain(notice)
    for fault in desk.library.faults:
        complain(tell("common.at", place=f"{fault.file}{fault.at}", what=fault.message))
    return desk, now


def sentence(error: Exception) -> Sentence | str | None:
    """What to tell the user of `error`; None if it is a mistake of ours, whose traceback is worth more."""
    from quizapp.memory.recorder import Stale

    if isinstance(error, Stale):
        return tell("commands.stale", why=said_by(error))
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, OSError):
        return os_sentence(error) if error.strerror else str(error)
    return None


def said_by(error: Exception) -> Sentence | str:
    """What an error that the user may see says."""
    return error.sentence if isinstance(error, UserError) else str(error)


def said(text: object) -> str:
    """`text` as a person reads it, a sentence in the user's language, cleaned of all that a terminal would obey."""
    return clean(_in_language(text))


def _in_language(text: object) -> str:
    return text.says(user_language()) if isinstance(text, Sentence | Fault) else str(text)


def complain(sentence: object) -> None:
    """One line on standard error: a sentence, a fault, or a text."""
    print(f"quizapp: {clean(' '.join(_in_language(sentence).split()))}", file=sys.stderr)


def complain_of(sentences: Sequence[object]) -> None:
    """A line for each, up to twenty: what comes from a stranger may be wrong in many places."""
    for sentence in sentences[:20]:
        complain(sentence)
    if len(sentences) > 20:
        complain(tell("commands.others", n=len(sentences) - 20))


def say(*texts: object, end: str = "\n") -> None:
    """Print for a person, cleaned of all that a terminal would obey, at once: the one way that a command prints."""
    print(*map(said, texts), end=end, flush=True)


def say_counts(heading: object, counts: Sequence[tuple[int, object]]) -> None:
    """Under the heading a line for each number and what it counts; nothing if there is none."""
    if counts:
        say(heading)
        width = max(len(f"{n:,}") for n, _ in counts)
        for n, what in counts:
            say(f"  {n:>{width},} ", what)


def say_json(value: object) -> None:
    """Print for a program, on one line. What a terminal would obey or not show stands there as an escape of JSON's, and
    so does what is beyond ASCII where the output is not Unicode."""
    import json

    plain = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    text = json.dumps(msgspec.to_builtins(value), ensure_ascii=plain, separators=(",", ":"), allow_nan=False)
    print(escaped(text), flush=True)


def say_drawn(*lines: "Text", most: int, end: str = "\n") -> None:
    """Print what is drawn in colours, in at most `most` columns: the colours are ours, the words are cleaned."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=min(most, _columns()), highlight=False)
    for line in lines:
        parts = ((clean(part.text), part.style or "") for part in line.render(console))
        console.print(Text.assemble(*parts, no_wrap=line.no_wrap, overflow=line.overflow), end=end)


@contextmanager
def progress_bar(what: str, of: int) -> Iterator[Callable[[], object]]:
    """A bar on standard error while `of` steps are taken, each told by a call of what it gives; none where that is no
    terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(clean(what), total=of)
        yield lambda: bar.advance(task)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises OSError, FileExistsError among them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def unknown_card(desk: Desk, key: str) -> Sentence:
    """What to say when no card has this key; of a text with gaps, by which keys each of them is asked."""
    import difflib

    from quizapp.cards.card import Cloze

    keys = desk.library.keys
    near = [gap.key for gap in desk.library.named(key, "")] or difflib.get_close_matches(key, keys, 1)
    hint = tell("commands.did_you_mean", near=near[0]) if near else tell("commands.next_names_one")
    if near and isinstance(card := keys[near[0]], Cloze):
        text = card.key.removesuffix(f":c{card.number}")
        if len(gaps := desk.library.named(text, "")) > 1:
            ends = ", ".join(gap.key.removeprefix(text) for gap in gaps)
            hint = tell("commands.gaps", text=text, n=len(gaps), ends=ends)
    return tell("commands.no_card", key=key, hint=hint)
