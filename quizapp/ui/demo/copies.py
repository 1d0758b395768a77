"""A changed copy of a demo: opened in the user's editor, and kept. What goes wrong is said."""

from functools import partial

from textual.dom import DOMNode

from quizapp.lab import edited
from quizapp.lab.script import Script, ScriptError
from quizapp.texts import text
from quizapp.ui.context import context, say_error


def edit_copy(node: DOMNode, script: Script) -> Script | None:
    """What the user saved of a copy of `script`; None if nothing was changed, or if it is no demo."""
    from quizapp.ui.editor import open_editor

    try:
        return edited.edit(script, partial(open_editor, node))
    except (OSError, ScriptError) as error:
        say_error(node, error)
        return None


def keep_copy(node: DOMNode, script: Script) -> Script | None:
    """Make a changed copy a demo of the user's own, which may run; None if it cannot be written."""
    of = context(node)
    try:
        kept = edited.keep(script, of.desk.home.demos)
        if kept.sha256 == script.sha256:  # else it found another helper there, which the user has not seen
            of.trust.allow(kept)
    except (OSError, ScriptError) as error:
        say_error(node, error)
        return None
    node.app.notify(text("demo.kept", of.language, file=kept.path), markup=False)
    return kept
