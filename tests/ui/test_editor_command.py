"""How editors are told the line."""

from pathlib import Path

import pytest

from quizapp.ui.editor import editor_command

FILE = Path("/decks/{my} deck.yaml")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", str(FILE)]),
        ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+7", str(FILE)]),
        ("vim.basic", ["vim.basic", "+7", str(FILE)]),
        ("emacsclient -nw", ["emacsclient", "-nw", "+7", str(FILE)]),
        ("code", ["code", "--wait", "-g", f"{FILE}:7"]),
        ("code-insiders", ["code-insiders", "--wait", "-g", f"{FILE}:7"]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("'/opt/My Editor/subl' -n", ["/opt/My Editor/subl", "-n", "--wait", f"{FILE}:7"]),
        ("unheard-of; rm -rf $HOME", ["unheard-of;", "rm", "-rf", "$HOME", str(FILE)]),
    ],
)
def test_the_line_is_named_as_the_editor_wants_it(editor: str, words: list[str]) -> None:
    assert editor_command(editor, FILE, 7) == words


@pytest.mark.parametrize("editor", ["", "  ", "vim '"])
def test_what_cannot_be_started_is_refused(editor: str) -> None:
    with pytest.raises(ValueError):
        editor_command(editor, FILE, 7)
