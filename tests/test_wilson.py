"""Wilson's interval of a share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.wilson import wilson_interval


@pytest.mark.parametrize(
    ("passed", "asked", "low", "high"),
    # R: prop.test(passed, asked, correct = FALSE)$conf.int
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_as_others_have_it(passed: int, asked: int, low: float, high: float) -> None:
    assert wilson_interval(passed, asked) == pytest.approx((low, high), abs=5e-5)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_of_any_share(share: float, asked: float) -> None:
    low, high = wilson_interval(share * asked, asked)
    assert 0 <= low <= share + 1e-9 and share - 1e-9 <= high <= 1 and low < high
    assert wilson_interval((1 - share) * asked, asked) == pytest.approx((1 - high, 1 - low), abs=1e-6)
