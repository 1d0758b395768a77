"""What main returns: what the contract knows is kept, the rest gets a sentence."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from quizapp.lab.codes import sentence_of
from quizapp.lab.result import Plain, usable


def told(returned: object) -> tuple[dict[str, Plain] | None, str | None]:
    """The values that are kept, and the sentence about the first that is not."""
    result, fault = usable(returned)
    sentence = sentence_of(fault) if fault else None
    assert (sentence is None) == (fault is None)
    return result, None if sentence is None else str(sentence)


class Tensor:
    """Looks like torch's and numpy's."""

    def __init__(self, listed: object, count: int | None = None) -> None:
        self.listed, self.count = listed, count

    def tolist(self) -> object:
        if isinstance(self.listed, Exception):
            raise self.listed
        return self.listed

    def numel(self) -> int:
        return self.count if self.count is not None else 1


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1.5, 1.5),
        (3, 3),
        (True, 1),
        (2**70, float(2**70)),
        (Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        (Tensor(2.5), 2.5),
        ([1, 2.5], [1, 2.5]),
        ((1, 2), [1, 2]),
        (range(3), [0, 1, 2]),
        ([], []),
        (Tensor([1, 2]), [1, 2]),
        ([Tensor(1), Tensor(2.5)], [1, 2.5]),
        ({"a": 1, "b": Tensor(2)}, {"a": 1, "b": 2}),
        ({8: 1, 0.5: 2}, {"8": 1, "0.5": 2}),
        ({"x": [1, 2], "kd": Tensor([3, 4])}, {"x": [1, 2], "kd": [3, 4]}),
        ({"x": ("a", "b"), "kd": range(2)}, {"x": ["a", "b"], "kd": [0, 1]}),
        ({"x": [], "kd": []}, {"x": [], "kd": []}),
    ],
)
def test_a_value_of_the_contract_is_kept(value: object, kept: object) -> None:
    result, fault = told({"value": value})
    assert (result, fault) == ({"value": kept}, None)
    assert json.loads(json.dumps(result, allow_nan=False)) == {"value": kept}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (10**400, "inf"),
        ([1, float("nan")], "nan"),
        (Tensor(float("inf")), "inf"),
        ("93 %", "is a str"),
        (None, "is None"),
        (1j, "is a complex"),
        (object(), "is an object"),
        ({1, 2}, "is a set"),
        (lambda: 1, "is a function"),
        (Tensor, "is a type"),
        ([[1, 2], [3, 4]], "a list in a list"),
        (Tensor([[1]]), "a list in a list"),
        ([1, "a"], "is a str"),
        ([0] * 20_001, "20,001 values"),
        (Tensor([], count=10**9), "1,000,000,000 values"),
        (Tensor(RuntimeError("sparse")), "cannot be read: sparse"),
        ({"a": [1]}, "a list in a list"),
        ({"a": {"b": 1}}, "is a dict"),
        ({(1, 2): 1}, "labelled by a tuple"),
        ({"x": [1, 2], "kd": [1]}, '2 values in "x" and 1 in kd'),
        ({"x": [1, 2], "kd": 3}, "kd in it is an int"),
        ({"x": [1, 2]}, "no line beside it"),
        ({"x": [1, "b"], "kd": [1, 2]}, "is a str"),
        ({"x": 3, "kd": [1]}, "x in it is an int"),
    ],
)
def test_any_other_value_is_named_and_the_rest_kept(value: object, says: str) -> None:
    result, fault = told({"good": 1, "bad": value, "also_good": [2]})
    assert result == {"good": 1, "also_good": [2]}
    assert fault is not None and fault.startswith("main() returned a value that cannot be used: bad ")
    assert says in fault and "\n" not in fault and len(fault) < 200


@pytest.mark.parametrize(
    ("returned", "says"),
    [(None, "returned None"), ([1], "returned a list"), (3.5, "returned a float"), ({}, "an empty dict")],
)
def test_what_is_no_dict_is_said(returned: object, says: str) -> None:
    result, fault = told(returned)
    assert result is None and fault is not None
    assert says in fault and "accuracy_pct" in fault


def test_what_is_plain_stays_as_it_is() -> None:
    result = {"a": 1.5, "s": [1, 2.5], "b": {"k": 1}, "l": {"x": ["p", "q"], "y": [1, 2]}, "m": {"x": [], "y": []}}
    assert told(result) == (result, None)


def test_a_result_is_bounded_in_all() -> None:
    result, fault = told({f"n{k}": [0] * 20_000 for k in range(12)})
    assert result is not None and len(result) == 10
    assert fault is not None and "n10 and those before it hold more than 200,000 values" in fault
    result, fault = told({"n" * 500: {"k" * 500: 1}})
    assert (result, fault) == ({"n" * 200: {"k" * 200: 1}}, None)


def test_few_enough_to_look_at_are_kept() -> None:
    many = {f"m{n}": n for n in range(51)} | {f"c{n}": [n] for n in range(13)}
    result, fault = told(many)
    assert list(result or {}) == [*(f"m{n}" for n in range(50)), *(f"c{n}" for n in range(12))]
    assert fault == "main() returned more than 50 numbers or 12 charts; the first are kept"
    bars, lines = {str(n): n for n in range(300)}, {"x": [1]} | {str(n): [n] for n in range(8)}
    labels = [str(n) for n in range(300)]
    named = {"x": labels, "y": [0] * 300}
    few = {**dict.fromkeys(map(str, range(50)), 1), "b": bars, "l": lines, "n": named}
    assert told(few) == (few, None)
    for value, says in [
        (bars | {"more": 1}, "has 301 labels; at most 300 can be drawn, so thin it out"),
        (lines | {"more": [1]}, "has 10 lines; at most 9 can be drawn, so thin it out"),
        ({"x": [*labels, "more"], "y": [0] * 301}, "has 301 labels"),
    ]:
        result, fault = told({"good": 1, "bad": value})
        assert result == {"good": 1} and says in (fault or "")


def test_a_value_without_a_name() -> None:
    result, fault = told({3: 1, "a": 2})
    assert result == {"a": 2}
    assert fault is not None and fault.endswith("3 is named by an int; a value is named by a string")
