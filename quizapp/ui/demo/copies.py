"""A changed copy of a demo: opened in the user's editor, and kept. What goes wrong is said."""

from functools import partial

from textual.dom import DOMNode

from quizapp.lab import edited
from quizapp.lab.script import ScriptError
from quizapp.paths import BUNDLED_DEMOS
from quizapp.texts import text
from quizapp.ui.context import context, say_error
from quizapp.ui.demo.experiment import Experiment, Trusts


def edit_copy(node: DOMNode, now: Experiment, trusts: Trusts) -> Experiment:
    """With what the user saved of a copy of the script; the same if nothing was changed, or if it is no demo."""
    from quizapp.ui.editor import open_editor

    try:
        changed = edited.edit(now.script, partial(open_editor, node)) if now.script else None
    except (OSError, ScriptError) as error:
        say_error(node, error)
        return now
    if changed is None or now.script is None:
        return now
    return now.change(changed, trusts, seen=not edited.brings_new(changed, now.script, BUNDLED_DEMOS))


def keep_copy(node: DOMNode, now: Experiment, trusts: Trusts) -> Experiment:
    """With the changed copy as a demo of the user's own, which may run; the same if it cannot be written."""
    of, script = context(node), now.script
    if script is None:
        return now
    try:
        kept = edited.keep(script, of.desk.home.demos)
        if kept.sha256 == script.sha256:  # else it found another helper there, which the user has not seen
            of.trust.allow(kept)
    except (OSError, ScriptError) as error:
        say_error(node, error)
        return now
    node.app.notify(text("demo.kept", of.language, file=kept.path), markup=False)
    return now.keep(kept, trusts)
