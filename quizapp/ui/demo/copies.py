"""A changed copy of a demo: opened in the user's editor, and kept. What goes wrong is said."""

from functools import partial

from textual.dom import DOMNode

from quizapp.draw.names import in_words
from quizapp.lab import edited
from quizapp.lab.script import ScriptError
from quizapp.paths import BUNDLED_DEMOS
from quizapp.texts import text
from quizapp.ui.context import context, say_error
from quizapp.ui.demo.experiment import Experiment, Trusts
from quizapp.words import clean


def edit_copy(node: DOMNode, now: Experiment, trusts: Trusts) -> Experiment:
    """With what the user saved of a copy of the script, a draft if that is no demo; the same if nothing was changed."""
    from quizapp.ui.editor import open_editor

    try:
        changed = edited.edit(now.script, partial(open_editor, node), now.draft) if now.script else None
    except edited.NoDemoYet as error:
        _say_what_is_amiss(node, now, error)
        return now.lay_by(error.source)
    except (OSError, ScriptError) as error:
        say_error(node, error)
        return now
    if changed is None or now.script is None:
        return now.lay_by(b"")
    return now.change(changed, trusts, seen=not edited.brings_new(changed, now.script, BUNDLED_DEMOS))


def _say_what_is_amiss(node: DOMNode, now: Experiment, error: edited.NoDemoYet) -> None:
    """Where in the copy, not in the script that it is of, and how one gets back to it."""
    of, name = context(node), now.script.path.name if now.script is not None else ""
    place = clean(f"{name}:{error.line}" if error.line else name)
    said = text("demo.draft_kept", of.language, place=place, why=error.why, key=of.key("demo.edit", "E"))
    node.app.notify(said, severity="error", timeout=10, markup=False)


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
    node.app.notify(text("demo.kept", of.language, name=in_words(kept.name), file=clean(str(kept.path))), markup=False)
    return now.keep(kept, trusts)
