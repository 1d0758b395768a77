import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.arithmetic import FUNCTIONS, LONGEST, NoNumber, evaluate

NAMES = {"bits": 4.0, "n": 7.0}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3),
        ("012", 12),  # as YAML and people write it
        ("+.5", 0.5),
        ("2**bits - 1", 15),
        ("-2**(bits-1)", -8),
        ("n // 2 + n % 2", 4),
        ("round(100 / 3, 1)", 33.3),
        ("max(bits, n) + min(1, 2) + abs(-3)", 11),
        ("log2(2**bits) * sqrt(4)", 8),
    ],
)
def test_what_is_written_comes_to(written: str, value: float) -> None:
    assert evaluate(written, NAMES) == pytest.approx(value)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "bitz",
        "1 +",
        "1 / (bits - 4)",
        "10**400",
        "(-8)**0.5",
        "log2(0)",
        "round()",
        "round(1, 2, 3)",
        "__import__('os')",
        "().__class__",
        "bits.real",
        "[1][0]",
        "'a' * 3",
        "True",
        "1 if n else 2",
        "lambda: 1",
        "1j",
        "f(1)",
        "max(*[1])",
        "(" * 199,
        "9" * (LONGEST + 1) + "+1",
        "\x00",
    ],
)
def test_what_is_no_arithmetic_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(NoNumber) as refused:
        evaluate(written, NAMES)
    assert str(refused.value.sentence)


_TERMS = st.recursive(
    st.sampled_from(["bits", "n", "2", "0.5", "13"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        )
        | st.tuples(st.sampled_from(["abs", "floor", "ceil"]), inner).map(lambda t: f"{t[0]}({t[1]})")
    ),
    max_leaves=8,
)


@given(_TERMS)
def test_it_comes_to_what_python_would_say(written: str) -> None:
    try:
        expected = eval(written, {"__builtins__": {}}, {**NAMES, **FUNCTIONS})
    except ArithmeticError:
        with pytest.raises(NoNumber):
            evaluate(written, NAMES)
        return
    assert math.isclose(evaluate(written, NAMES), expected, rel_tol=1e-9, abs_tol=1e-9)


@given(st.text(alphabet="0123456789.+-*/%() bitsn,eE'[]{}_x", max_size=80))
def test_whatever_is_written_comes_to_a_number_or_is_refused(written: str) -> None:
    try:
        assert math.isfinite(evaluate(written, NAMES))
    except NoNumber:
        pass
