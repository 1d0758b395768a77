"""A picture or sound of a card, in what the system opens it with; what is no picture or sound is never opened."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from textual.dom import DOMNode

from quizapp.cards.card import Card
from quizapp.cards.media import media_file, media_folder
from quizapp.texts import Sentence, tell
from quizapp.ui.context import context
from quizapp.ui.wording import reason

_SOON_S = 2.0  # a program that cannot open it has ended by then
_OPEN: list["subprocess.Popen[bytes]"] = []  # so that one that has ended is taken note of


def open_media(node: DOMNode, card: Card, names: Sequence[str], at: int) -> None:
    """Open the one at a place among the pictures and sounds of a card, and say so."""
    path = media_file(card.path, names[at])
    if context(node).served is not None:  # who presses the key may be at another machine
        _say(node, tell("ui.media.served", name=names[at]), wrong=True)
    elif path is None:
        _say(node, tell("ui.media.none", name=names[at], folder=media_folder(card.path)), wrong=True)
    elif wrong := _opened(node, path.absolute()):
        _say(node, wrong, wrong=True)
    else:
        _say(node, tell("ui.media.opened", name=names[at], at=at + 1, of=len(names)))


def _opened(node: DOMNode, path: Path) -> Sentence | None:
    """Open the file; why that cannot be, if it cannot. No shell has a word in it."""
    words = _viewer()
    if words is None:
        return tell("ui.media.no_viewer", path=path)
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return None
        process = subprocess.Popen(
            [*words, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return tell("ui.media.failed", path=path, why=reason(error))
    _OPEN[:] = [*(one for one in _OPEN if one.poll() is None), process]

    def look() -> None:
        if process.poll():
            _say(
                node, tell("ui.media.failed", path=path, why=tell("ui.media.code", code=process.returncode)), wrong=True
            )

    node.set_timer(_SOON_S, look)
    return None


def _viewer() -> list[str] | None:
    """The words that open a file; None where nothing would be seen: on another machine, or without a screen."""
    if sys.platform == "win32":
        return []
    here = sys.platform == "darwin" and "SSH_CONNECTION" not in os.environ
    if not (here or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    program = "open" if sys.platform == "darwin" else "xdg-open"
    return [program] if which(program) else None


def _say(node: DOMNode, said: Sentence, *, wrong: bool = False) -> None:
    node.app.notify(
        said.says(context(node).language),
        severity="warning" if wrong else "information",
        timeout=10 if wrong else 3,
        markup=False,
    )
