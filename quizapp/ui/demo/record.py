"""What the demo's panel tells the screen around it, and what was predicted, written down."""

from textual.dom import DOMNode
from textual.message import Message

from quizapp.memory.events import Prediction
from quizapp.memory.schedule import local_now
from quizapp.ui.context import context, say_error


class PredictionMet(Message):
    """A locked prediction met its measurement."""

    def __init__(self, prediction: Prediction) -> None:
        self.prediction = prediction
        super().__init__()


def record_prediction(node: DOMNode, prediction: Prediction) -> None:
    """Write a prediction and its measurement into the journal; say so if that cannot be."""
    try:
        context(node).desk.recorder.predict(prediction, local_now())
    except OSError as error:
        say_error(node, error)
