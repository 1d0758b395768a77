"""What was predicted of a card's demo, written down."""

from textual.dom import DOMNode

from quizapp.memory.events import Prediction
from quizapp.memory.schedule import local_now
from quizapp.ui.context import context, say_error


def record_prediction(node: DOMNode, prediction: Prediction) -> None:
    """Write a prediction and its measurement into the journal; say so if that cannot be."""
    try:
        context(node).desk.recorder.predict(prediction, local_now())
    except OSError as error:
        say_error(node, error)
