"""A value on its way out of a process and read again: every dtype, what is none, and what was forged."""

import json
from base64 import b64encode
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lab import exam
from quizapp.lab.crossing import MAX_CROSSED, Crossing, TooMuch
from quizapp.lab.differ import differ
from quizapp.lab.plain import PlainOther, PlainTensor, PlainValue
from quizapp.lab.run import RunEnd

torch = pytest.importorskip("torch")


def crossed(value: object) -> Any:
    return msgspec.json.decode(json.dumps(Crossing().cross(value)).encode(), type=PlainValue)


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]
)
def test_a_tensor_arrives_with_its_numbers(dtype: str) -> None:
    sent = torch.tensor([[0, 1, 2], [3, 4, 5]]).to(getattr(torch, dtype)).t()
    came = crossed(sent)
    assert (came.dtype, came.shape) == (dtype, (3, 2))
    assert list(came.numbers()) == sent.flatten().tolist()


def test_other_values_arrive() -> None:
    import numpy

    value = {"a": (1, 2.5, None, True, "x"), "b": [torch.tensor(1.0, requires_grad=True)], 3: numpy.float32(2)}
    assert differ(crossed(value), crossed(value)) is None
    assert crossed(torch.nn.Parameter(torch.zeros(2))).shape == (2,)
    assert crossed(torch.tensor([1 + 2j])).numbers() == (1, 2)
    assert crossed(numpy.arange(3, dtype="uint16")).numbers() == (0, 1, 2)
    assert crossed(torch.zeros(0, 3)).numbers() == ()
    assert crossed(torch.zeros(2, dtype=torch.float8_e4m3fn)).numbers() == (0, 0)


def test_what_has_no_plain_form_is_only_its_type() -> None:
    class Sneaky(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    ring: list[Any] = []
    ring.append(ring)
    for value in (Sneaky(1), object(), torch.eye(2).to_sparse(), 10**400, torch.zeros(1, device="meta")):
        assert isinstance(crossed(value), PlainOther)
    assert "other" in json.dumps(Crossing().cross(deep)) and "other" in json.dumps(Crossing().cross(ring))


def test_more_than_may_cross_does_not() -> None:
    crossing = Crossing()
    crossing.cross(torch.zeros(MAX_CROSSED // 4))
    with pytest.raises(TooMuch):
        crossing.cross(torch.zeros(1))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["tensor", "one", "row"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["0", "0 0", "0 1", "1", "at", "inputs", "broken", "x y z", "exit"]), JSON), JSON
)
def test_what_a_candidate_forges_is_read_without_harm(said: dict[str, Any], more: object) -> None:
    said = {name: b64encode(json.dumps(value).encode()).decode() for name, value in said.items()} | {"at": more}
    found = exam._read(RunEnd(said, 1.0), 1, "")
    assert set(found.told) <= {0}


@given(st.text(max_size=20), st.lists(st.integers(-5, 2**40), max_size=4), st.binary(max_size=40))
def test_a_forged_tensor_is_compared_without_harm(dtype: str, shape: list[int], data: bytes) -> None:
    forged = PlainTensor(dtype, tuple(shape), data)
    differ(forged, PlainTensor("float32", tuple(shape), b"1234"))
    differ(forged, forged)
