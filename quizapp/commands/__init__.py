"""One file per command: the only place that joins rooms without a screen."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizapp.memory.schedule import local_now
from quizapp.paths import find_home
from quizapp.study.desk import Desk, open_desk
from quizapp.words import clean, escaped

if TYPE_CHECKING:
    from rich.text import Text


def desk_for(args: argparse.Namespace) -> tuple[Desk, datetime]:
    """The desk that the arguments name, and now. What the user should know of it goes to standard error."""
    now = local_now()
    desk = open_desk(find_home(args.home), [Path(path) for path in getattr(args, "paths", [])], now)
    for notice in (*desk.notices, *desk.library.notes):
        complain(str(notice))
    for fault in desk.library.faults:
        complain(f"{fault.file}{fault.at}: {fault.message}")
    return desk, now


def sentence(error: Exception) -> str | None:
    """What to tell the user of `error`; None if it is a mistake of ours, whose traceback is worth more."""
    from quizapp.lab.script import ScriptError
    from quizapp.memory.recorder import CannotUndo, Stale
    from quizapp.settings_file import SettingsError

    if isinstance(error, Stale):
        return f"{error} Nothing was saved; grade it again."
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}." if error.strerror else str(error)
    return str(error) if isinstance(error, CannotUndo | ScriptError | SettingsError) else None


def complain(sentence: object) -> None:
    """One line on standard error."""
    print(f"quizapp: {clean(' '.join(str(sentence).split()))}", file=sys.stderr)


def complain_of(sentences: Sequence[str]) -> None:
    """A line for each, up to twenty: what comes from a stranger may be wrong in many places."""
    for sentence in sentences[:20]:
        complain(sentence)
    if len(sentences) > 20:
        complain(f"and {counted(len(sentences) - 20, 'other')} like these")


def say(*texts: object, end: str = "\n") -> None:
    """Print for a person, cleaned of all that a terminal would obey, at once: the one way that a command prints."""
    print(*(clean(str(text)) for text in texts), end=end, flush=True)


def say_json(value: object) -> None:
    """Print for a program, on one line. What a terminal would obey or not show stands there as an escape of JSON's, and
    so does what is beyond ASCII where the output is not Unicode."""
    plain = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    text = json.dumps(msgspec.to_builtins(value), ensure_ascii=plain, separators=(",", ":"), allow_nan=False)
    print(escaped(text), flush=True)


def say_drawn(*lines: "Text", most: int, end: str = "\n") -> None:
    """Print what is drawn in colours, in at most `most` columns: the colours are ours, the words are cleaned."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=min(most, shutil.get_terminal_size().columns), highlight=False)
    for line in lines:
        parts = ((clean(part.text), part.style or "") for part in line.render(console))
        console.print(Text.assemble(*parts, no_wrap=line.no_wrap, overflow=line.overflow), end=end)


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


def counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def unknown_card(desk: Desk, key: str) -> str:
    """What to say when no card has this key."""
    import difflib

    near = difflib.get_close_matches(key, desk.library.keys, 1)
    return f"There is no card {key}." + (f" Did you mean {near[0]}?" if near else " 'quizapp next' names one.")
