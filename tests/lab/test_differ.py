"""In what a result is not the expected one: laws of the comparison, and what is said of the first difference."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lab.differ import differ
from quizapp.lab.plain import PlainMap, PlainOne, PlainOther, PlainRow, PlainTensor, PlainValue, call_of, in_short
from quizapp.words import LANGUAGES


def tensor(*numbers: float, shape: tuple[int, ...] | None = None, dtype: str = "float32") -> PlainTensor:
    letter = {"float32": "f", "float64": "d", "int64": "q", "bool": "?", "complex64": "f", "int8": "b"}[dtype]
    data = struct.pack(f"={len(numbers)}{letter}", *numbers)
    return PlainTensor(dtype, (len(numbers),) if shape is None else shape, data)


def number(value: float) -> PlainOne:
    return PlainOne("float", value.hex()) if isinstance(value, float) else PlainOne("int", str(value))


NONE = PlainOne("NoneType", "None")
APART = st.sampled_from([0.0, 1.0, -1.5, 1000.0, math.nan, math.inf, -math.inf])
TENSORS = st.lists(APART, min_size=1, max_size=4).map(lambda numbers: tensor(*numbers))
ONES = st.one_of(st.integers(-3, 3).map(number), APART.map(number), st.sampled_from([NONE, PlainOne("bool", "True")]))
VALUES: st.SearchStrategy[PlainValue] = st.recursive(
    st.one_of(TENSORS, ONES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: PlainRow("list", tuple(items))),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(lambda found: PlainMap(tuple(found.items()))),
    ),
    max_leaves=6,
)


@given(VALUES)
def test_everything_equals_itself_and_nan_equals_nan(value: PlainValue) -> None:
    assert differ(value, value) is None


@given(VALUES, VALUES)
def test_what_differs_differs_both_ways_and_can_be_said(one: PlainValue, other: PlainValue) -> None:
    found = differ(one, other)
    assert (found is None) == (differ(other, one) is None)
    if found is not None:
        assert all(found.sentence.says(language) for language in LANGUAGES)


@given(st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=5))
def test_another_order_of_adding_up_is_no_difference(numbers: list[float]) -> None:
    """What that changes is a few times the last bit of the largest number on the way."""
    near = [number + 1e-7 * max(map(abs, numbers)) for number in numbers]
    assert differ(tensor(*near), tensor(*numbers)) is None


def test_what_is_not_there_is_never_equal() -> None:
    """What could not be made plain claims nothing."""
    for value in (PlainOther("Sneaky"), NONE, tensor(1.0)):
        assert differ(PlainOther("Sneaky"), value) is not None
    assert differ(PlainTensor("float32", (2,), b"1234"), tensor(1.0, 2.0)) is not None, "less than it declares"
    assert differ(PlainTensor("float32", (-2, -1), b""), tensor(1.0, 2.0)) is not None


@pytest.mark.parametrize(
    ("got", "want", "how", "says"),
    [
        (NONE, tensor(1.0, 2.0), "kind", "result: got None, expected tensor(2,)"),
        (tensor(1.0), tensor(1.0, 2.0), "shape", "result: shape (1,), expected (2,)"),
        (tensor(1.0, shape=()), tensor(1.0), "shape", "result: shape (), expected (1,)"),
        (tensor(1.0, dtype="float64"), tensor(1.0), "dtype", "result: dtype float64, expected float32"),
        (tensor(1, 2, dtype="int64"), tensor(1, 3, dtype="int64"), "value", "got 2, expected 3 at [1]; 1 of 2"),
        (tensor(1.0, math.nan), tensor(1.0, 2.0), "value", "got nan, expected 2.0 at [1]; 1 of 2 entries differ"),
        (tensor(1.0, 5.0), tensor(1.0, -math.inf), "value", "got 5.0, expected -inf at [1]"),
        (tensor(2.0, 4.0), tensor(1.0, 2.0), "value", "2 of 2 entries differ, 2 times the expected everywhere"),
        (tensor(-1.0, shape=()), tensor(1.0, shape=()), "value", "got -1.0, expected 1.0, -1 times the expected"),
        (tensor(1.001), tensor(1.0), "value", "got 1.001, expected 1.0, 1.001 times the expected"),
        (tensor(1000.004), tensor(1000.3), "value", "got 1000.0, expected 1000.3"),
        (tensor(1.00011), tensor(1.0), "value", "got 1.0001, expected 1.0"),
        (PlainRow("list", (NONE,)), PlainRow("tuple", (NONE, NONE)), "count", "got 1 values, expected 2"),
        (PlainRow("list", (NONE, NONE)), PlainRow("tuple", (NONE, tensor(1.0))), "kind", "result[1]: got None"),
        (PlainMap((("a", NONE),)), PlainMap((("b", NONE),)), "names", "got the names a, expected b"),
        (PlainMap((("a", NONE),)), PlainMap((("a", tensor(1.0)),)), "kind", "result['a']: got None"),
        (number(1), PlainOne("bool", "True"), "kind", "got int 1, expected bool True"),
        (PlainOne("str", "x"), PlainOne("str", "y"), "value", "got 'x', expected 'y'"),
        (number(2.0), number(1), "value", "got 2.0, expected 1.0"),
    ],
)  # fmt: skip
def test_the_first_difference_is_said(got: PlainValue, want: PlainValue, how: str, says: str) -> None:
    found = differ(got, want)
    assert found is not None and found.how == how
    assert says in str(found.sentence)


def test_nothing_is_no_multiple_of_what_is_expected() -> None:
    found = differ(tensor(0.0, 0.0), tensor(1.0, 2.0))
    assert found is not None and str(found.sentence).endswith("2 of 2 entries differ")


def test_what_is_no_mistake() -> None:
    pairs: list[tuple[PlainValue, PlainValue]] = [
        (PlainRow("list", (number(1),)), PlainRow("tuple", (number(1),))),
        (number(1), number(1.0)),
        (tensor(1.00005), tensor(1.0)),
        (tensor(1e-7), tensor(0.0)),
        (tensor(0.0, -0.0), tensor(-0.0, 0.0)),
        (tensor(0.0, 1e4), tensor(0.01, 1e4)),
        (PlainTensor("float32", (0, 3), b""), PlainTensor("float32", (0, 3), b"")),
    ]
    for got, want in pairs:
        assert differ(got, want) is None, (got, want)


def test_a_small_number_is_not_lost_beside_nothing() -> None:
    """The scale of a quantized row may be 1e-4: one per cent off is wrong."""
    assert differ(tensor(1.01e-3), tensor(1e-3)) is not None
    assert differ(tensor(1.1e-4, 1.0), tensor(1e-4, 1.0)) is not None


def test_a_call_is_said_with_its_shapes() -> None:
    given = (("x", tensor(1.0, 2.0)), ("n", tensor(1, dtype="int64")), ("T", number(2.0)), ("bias", NONE))
    assert call_of("f", given) == "f(x=tensor(2,), n=tensor(1,) int64, T=2.0, bias=None)"
    many = PlainRow("list", (tensor(1.0),) * 6)
    assert in_short(many) == "[tensor(1,), tensor(1,), tensor(1,), tensor(1,), …]"
    assert len(in_short(PlainRow("list", (many,) * 50))) <= 300
    assert in_short(PlainOne("str", "\x1b[31mred")) == "'\\x1b[31mred'"
