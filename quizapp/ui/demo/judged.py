"""A locked prediction beside what was measured."""

from collections.abc import Mapping
from typing import Any

from quizapp.cards.card import Predict
from quizapp.lab.knob import KnobValue
from quizapp.lab.measured import Ran, is_measure
from quizapp.lab.script import Script
from quizapp.memory.events import Prediction


def judged(ask: Predict, guess: float, card_key: str, script: Script, ran: Ran) -> Prediction | None:
    """What came of `guess`, a choice's index or a number; None where the run did not measure what was asked."""
    measured = ran.result.get(ask.read)
    if not is_measure(measured):
        return None
    choice = int(guess) if ask.choices else None
    return Prediction(
        card=card_key,
        demo=script.name,
        script=script.sha256,
        knobs=dict(ran.knobs),
        measure=ask.read,
        choice=choice,
        number=guess if choice is None else None,
        measured=float(measured),
        right=None if choice is None else is_right(ask, choice, measured),
    )


def is_right(ask: Predict, choice: int, measured: float) -> bool:
    """Whether the choice with that index holds what was measured."""
    low, high = ask.choices[choice].range
    return low <= measured < high


def turned_since(prediction: Prediction, knobs: Mapping[str, KnobValue]) -> dict[str, Any]:
    """The knobs of the predicted run that have another value now."""
    return {name: value for name, value in prediction.knobs.items() if name in knobs and knobs[name] != value}
