"""What was predicted of a card's demo, written down."""

from textual.dom import DOMNode

from quizapp.memory.schedule import local_now
from quizapp.ui.context import context, say_error
from quizapp.ui.demo.prediction import Prediction


def record_prediction(node: DOMNode, prediction: Prediction) -> None:
    """Write a prediction and its measurement into the journal; say so if that cannot be."""
    try:
        context(node).desk.progress.predicted(
            prediction.card,
            local_now(),
            demo=prediction.demo,
            script=prediction.script,
            knobs=prediction.knobs,
            measure=prediction.measure,
            choice=prediction.choice,
            number=prediction.number,
            measured=prediction.measured,
            right=prediction.right,
        )
    except OSError as error:
        say_error(node, error)
