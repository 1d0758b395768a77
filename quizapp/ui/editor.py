"""A card in the user's own editor, at its line."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from textual.app import SuspendNotSupported
from textual.dom import DOMNode

from quizapp import disk
from quizapp.cards.card import Card, Deck
from quizapp.cards.text_file import Unreadable
from quizapp.texts import Sentence, tell, text
from quizapp.ui.context import context
from quizapp.ui.routes import open_screen
from quizapp.ui.wording import reason

# How editors are told a line, and to wait until the file is closed, by the first letters of their names.
_AT_LINE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("vi", "vim", "view", "nvim", "vis", "nano", "pico", "emacs", "emacsclient", "kak", "micro", "joe", "mg", "ne"),
        ("+{line}", "{file}"),
    ),
    **dict.fromkeys(("gvim", "mvim"), ("-f", "+{line}", "{file}")),
    **dict.fromkeys(("code", "codium", "vscodium", "cursor", "windsurf"), ("--wait", "-g", "{file}:{line}")),
    **dict.fromkeys(("subl", "zed", "zeditor"), ("--wait", "{file}:{line}")),
    **dict.fromkeys(("hx", "helix"), ("{file}:{line}",)),
    "gedit": ("--wait", "+{line}", "{file}"),
    "kate": ("--block", "--line", "{line}", "{file}"),
}

_USUAL = ("nano", "vi", "notepad")


def editor_command(editor: str, file: Path, line: int) -> list[str]:
    """The words that start `editor`, which may have arguments of its own, at a line of a file; an editor that is not
    known gets the file only. Raises ValueError if `editor` is empty or a quote in it is open."""
    words = shlex.split(editor)
    if not words:
        raise ValueError("it is empty")
    name = re.match("[a-z]*", Path(words[0]).name.lower())
    shape = _AT_LINE.get(name[0] if name else "", ("{file}",))
    return [*words, *(word.format(file=file.absolute(), line=max(1, line)) for word in shape)]


def find_editor(node: DOMNode, file: Path, line: int = 1) -> list[str]:
    """The words that start the user's editor at a line of a file; without VISUAL and EDITOR, one that is mostly there.
    Raises ValueError, in a sentence, if none can be started, or the app is in a browser."""
    if context(node).served is not None:
        raise ValueError(_said(node, tell("ui.editor.served")))
    editor = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    editor = editor or next(filter(which, _USUAL), "")
    if not editor:
        raise ValueError(_said(node, tell("ui.editor.none")))
    try:
        words = editor_command(editor, file, line)
    except ValueError as error:
        raise ValueError(_said(node, tell("ui.editor.bad", editor=repr(editor), why=error))) from None
    if which(words[0]) is None:
        raise ValueError(_said(node, tell("ui.editor.missing", editor=words[0])))
    return words


def open_editor(node: DOMNode, file: Path, line: int = 1) -> str:
    """Give the terminal to the user's editor until it ends. "" or, if that went wrong, a sentence that says how."""
    try:
        words = find_editor(node, file, line)
        with node.app.suspend():  # nothing may be raised in here: the app would not come back
            wrong = _run(words)
    except ValueError as error:
        return str(error)
    except SuspendNotSupported:
        wrong = tell("ui.editor.no_terminal")
    return _said(node, wrong) if wrong else ""


def edit_card(node: DOMNode, card: Card) -> None:
    """Open the card's deck at its line, or where that cannot be read at the fault, and read it again afterwards. A copy
    of a bundled deck, if the user agrees."""
    try:
        find_editor(node, card.path)  # a copy that is not edited would only hide the deck
    except ValueError as error:
        _complain(node, str(error))
        return
    deck = next((deck for deck in context(node).desk.library.decks if deck.name == card.deck), None)
    if deck is None or not deck.bundled:
        _edit(node, card)
        return
    said = text("ui.editor.ask_copy", context(node).language)
    copy = context(node).desk.home.decks / deck.path.name
    open_screen(node, "ask", f"{said}\n\n{copy}", then=lambda yes: _edit_copy(node, card, deck, copy) if yes else None)


def edit_file(node: DOMNode, path: Path, line: int = 1) -> None:
    """Open a file of the user's, which need not exist yet, at a line."""
    try:
        disk.make_folder(path.parent)
    except OSError as error:
        _complain(node, _said(node, tell("ui.cannot_write", file=path.parent, why=reason(error))))
        return
    _open(node, path, line)


def _edit_copy(node: DOMNode, card: Card, deck: Deck, copy: Path) -> None:
    if os.path.lexists(copy):  # a link that leads nowhere too
        _complain(node, _said(node, tell("ui.editor.other_deck", file=copy)))
        return
    try:
        disk.make_folder(copy.parent)
        disk.replace(copy, deck.path.read_bytes())
    except OSError as error:
        _complain(node, _said(node, tell("ui.cannot_write", file=copy, why=reason(error))))
        return
    _open(node, copy, card.line)


def _edit(node: DOMNode, card: Card) -> None:
    """Write the card's id into the file if it has none: its question can change then and its history stays."""
    fault = context(node).desk.library.fault_of(card)
    if fault is None and not card.pinned:
        from quizapp.cards.edit import pin
        from quizapp.study.rewrite import rewrite

        try:
            rewrite(
                card.path,
                lambda text: pin(text, only=card.line),
                context(node).desk.home.decks,
                context(node).desk.paths,
            )
        except (Unreadable, OSError):
            pass  # the editor may still open it
    _open(node, card.path, fault.line if fault is not None else card.line)


def _open(node: DOMNode, path: Path, line: int) -> None:
    """The user's editor at a line; then the decks are read again."""
    if said := open_editor(node, path, line):
        _complain(node, said)
    context(node).reload()


def _run(words: Sequence[str]) -> Sentence | None:
    """What went wrong, if something did."""
    try:
        with _interrupts_are_the_editors():
            code = subprocess.run(words).returncode
    except (OSError, ValueError) as error:
        return tell("ui.editor.failed", editor=words[0], why=reason(error))
    return tell("ui.editor.ended", editor=words[0], code=code) if code else None


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ctrl+C ends what runs in the terminal, not the app behind it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN: the editor would inherit that
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _said(node: DOMNode, sentence: Sentence) -> str:
    return sentence.says(context(node).language)


def _complain(node: DOMNode, said: str) -> None:
    node.app.notify(said, severity="warning", timeout=10, markup=False)
