"""The demo of a card, found on the disk."""

from collections.abc import Mapping

from msgspec import Struct

from quizapp.cards.card import Card, Predict
from quizapp.lab import script as scripts
from quizapp.lab.knob import KnobValue
from quizapp.lab.script import Script
from quizapp.paths import BUNDLED_DEMOS
from quizapp.study.desk import Desk
from quizapp.texts import Sentence, tell
from quizapp.ui.wording import reason


class Demo(Struct, frozen=True):
    """What there is to show: a script, or in `fault` the sentence that says why there is none; the values of its knobs
    to begin with; and, beside a card, the card's key and the prediction that it asks; in the lab the cards that run it.
    """

    script: Script | None = None
    fault: Sentence | str = ""
    knobs: Mapping[str, KnobValue] = {}
    ask: Predict | None = None
    card_key: str = ""
    cards: tuple[Card, ...] = ()


def find_demo(desk: Desk, card: Card) -> Demo:
    """The card's demo (or the sentence that says why it cannot be shown), its knobs as the card sets them, and the
    prediction that it asks. Reads and parses what may be a stranger's: not for the thread that handles keys."""
    assert card.demo is not None
    folders = [card.path.parent, desk.home.demos, BUNDLED_DEMOS]
    path = scripts.find(card.demo.run, folders)
    if path is None:
        where = ", ".join(map(str, folders))
        fault = tell("demo.not_in", card=f"{card.path.name}:{card.line}", demo=card.demo.run, folders=where)
        return Demo(fault=fault, card_key=card.key)
    try:
        script = scripts.read_script(path)
        knobs = script.typed(card.demo.with_)
    except scripts.ScriptError as error:
        return Demo(fault=reason(error), card_key=card.key)
    except ValueError as error:
        return Demo(
            fault=tell("demo.bad_knobs", card=f"{card.path.name}:{card.line}", why=reason(error)), card_key=card.key
        )
    return Demo(script, knobs=knobs, ask=card.demo.predict, card_key=card.key)
