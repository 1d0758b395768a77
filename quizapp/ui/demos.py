"""The demo of a card: found on the disk, and what was predicted of it written down."""

from textual.dom import DOMNode

from quizapp.cards.card import Card
from quizapp.lab import script as scripts
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DEMOS
from quizapp.study.desk import Desk
from quizapp.ui.context import context, say_error
from quizapp.ui.widgets.demo_panel import DemoPanel, Found


def find_demo(desk: Desk, card: Card) -> Found:
    """The card's demo (or the sentence that says why it cannot be shown), its knobs as the card sets them, and the
    prediction that it asks. Reads and parses what may be a stranger's: not for the thread that handles keys."""
    assert card.demo is not None
    folders = [card.path.parent, desk.home.demos, BUNDLED_DEMOS]
    path = scripts.find(card.demo.run, folders)
    if path is None:
        return (
            f"{card.path.name}:{card.line}: there is no demo {card.demo.run} in {', '.join(map(str, folders))}.",
            {},
            None,
        )
    try:
        script = scripts.read_script(path)
        knobs = script.typed(card.demo.with_)
    except scripts.ScriptError as error:
        return str(error), {}, None
    except ValueError as error:
        return f"{card.path.name}:{card.line}: {error}.", {}, None
    return script, knobs, card.demo.predict


def record_prediction(node: DOMNode, key: str, event: DemoPanel.Predicted) -> None:
    """Write a prediction and its measurement into the journal; say so if that cannot be."""
    try:
        context(node).desk.progress.predicted(
            key,
            local_now(),
            demo=event.script.name,
            script=event.script.sha256,
            knobs=event.knobs,
            measure=event.ask.read,
            choice=int(event.guess) if event.ask.choices else None,
            number=None if event.ask.choices else event.guess,
            measured=event.measured,
            right=event.right,
        )
    except OSError as error:
        say_error(node, error)
