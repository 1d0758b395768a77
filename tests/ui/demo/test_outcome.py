"""What a measurement says of a prediction."""

import pytest

from quizapp.cards.card import Predict, PredictChoice
from quizapp.ui.demo.experiment import is_right
from quizapp.words import same


@pytest.mark.parametrize(("measured", "right"), [(0, 0), (9.999, 0), (10, 1), (99, 1), (100, None), (-1, None)])
def test_a_measurement_on_a_boundary_is_in_one_choice(measured: float, right: int | None) -> None:
    ask = Predict(
        ask=same("?"), read="x", choices=(PredictChoice(same("a"), (0, 10)), PredictChoice(same("b"), (10, 100)))
    )
    assert [i for i in range(2) if is_right(ask, i, measured)] == ([] if right is None else [right])
