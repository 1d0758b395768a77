"""Knobs: what a parameter may be, how a value is typed and shown, and what is said about one that is none."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lab.knob import Knob, KnobError, knob_of

BITS = Knob("bits", "int", 4, low=2, high=8, step=2)
CLIP = Knob("clip", "float", 1.0, low=0.5, high=1.0, step=0.05)
SCALE = Knob("scale", "choice", "channel", choices=("tensor", "channel"))
LOUD = Knob("loud", "bool", False, choices=(False, True))
SEED = Knob("seed", "int", 0, low=0, step=1)


def knob(parameter: str) -> Knob:
    function = ast.parse(f"def main({parameter}): ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    default = [*function.args.defaults, *filter(None, function.args.kw_defaults)]
    return knob_of([*function.args.args, *function.args.kwonlyargs][0], default[0] if default else None)


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ("bits: Annotated[int, range(2, 9, 2)] = 4", BITS),
        ("clip: Annotated[float, 0.5, 1.0, 0.05] = 1.0", CLIP),
        ("clip: Annotated[float, 0.5, 1, 0.05] = 1", CLIP),
        ('scale: Literal["tensor", "channel"] = "channel"', SCALE),
        ("loud: bool = False", LOUD),
        ("seed: int = 0", SEED),
        ("*, loud: bool = False", LOUD),
        ('loud: "bool" = False', LOUD),
        ("bits: typing.Annotated[int, range(2, 9, 2)] = 4", BITS),
        ("n: Annotated[int, range(-3, 4)] = -1", Knob("n", "int", -1, low=-3, high=3, step=1)),
        ("n: Annotated[int, range(5)] = 0", Knob("n", "int", 0, low=0, high=4, step=1)),
        ("k: Literal[1, 8] = 8", Knob("k", "choice", 8, choices=(1, 8))),
    ],
)
def test_a_parameter_is_a_knob(parameter: str, expected: Knob) -> None:
    found = knob(parameter)
    assert found == expected
    assert type(found.default) is type(expected.default)


@pytest.mark.parametrize(
    ("parameter", "says"),
    [
        ("bits: Annotated[int, range(2, 9)]", "needs a default"),
        ("bits=4", "the type of `bits`"),
        ("bits: int = 4", "the type of `bits`"),
        ("rate: float = 0.1", "Annotated[float"),
        ("bits: Annotated[int, BITS] = 4", "written out"),
        ("bits: Annotated[int, range(2, 9, 0)] = 4", "written out"),
        ("bits: Annotated[int, range(2, 9, 'x')] = 4", "written out"),
        ("bits: Annotated[int, range(9, 2)] = 4", "holds 0"),
        ("bits: Annotated[int, range(10**9)] = 4", "written out"),
        ("bits: Annotated[int, range(1000000000)] = 4", "1 to 10,000 values"),
        ("bits: Annotated[int, range(2, 9)] = 9", "default of `bits`"),
        ("bits: Annotated[int, range(2, 9)] = 4.0", "default of `bits`"),
        ("bits: Annotated[int, range(0, 9)] = True", "default of `bits`"),
        ("clip: Annotated[float, 0.5, 1.0, 0.3] = 0.5", "leads from one to the other"),
        ("clip: Annotated[float, 0.5, 1.0, -0.1] = 0.5", "leads from one to the other"),
        ("clip: Annotated[float, 0.5, 1e999, 0.1] = 0.5", "leads from one to the other"),
        ("clip: Annotated[float, 0.5, 1.0] = 0.5", "the type of `clip`"),
        ("clip: Annotated[float, 0.5, 1.0, 0.1] = 0.55", "default of `clip`"),
        ('scale: Literal["a", "a"] = "a"', "different"),
        ('scale: Literal["a", " a"] = "a"', "plain text"),
        ('scale: Literal["a", "\\x1b[31m"] = "a"', "plain text"),
        ('scale: Literal["a", None] = "a"', "written out"),
        ('scale: Literal["a", "b"] = "c"', "a or b"),
        ("loud: bool = 1", "true or false"),
        ("seed: int = -1", "from 0 up"),
        ("seed: int = None", "default of `seed`"),
        ('loud: "bo ol" = False', "the type of `loud`"),
    ],
)
def test_what_is_no_knob_says_how_to_write_one(parameter: str, says: str) -> None:
    with pytest.raises(KnobError, match=r"^[^\n]*$") as error:
        knob(parameter)
    assert says in str(error.value)
    assert error.value.line == 1


@pytest.mark.parametrize(
    ("of", "text", "value"),
    [
        (BITS, "4", 4),
        (BITS, " +8 ", 8),
        (CLIP, ".65", 0.65),
        (CLIP, "1", 1.0),
        (CLIP, "5e-1", 0.5),
        (SCALE, "tensor", "tensor"),
        (LOUD, "Yes", True),
        (LOUD, "off", False),
        (SEED, "123456", 123456),
    ],
)
def test_a_typed_value(of: Knob, text: str, value: object) -> None:
    assert of.parse(text) == value
    assert type(of.parse(text)) is type(value)


@pytest.mark.parametrize(
    ("of", "text", "allowed"),
    [
        (BITS, "5", "a whole number from 2 to 8 in steps of 2"),
        (BITS, "10", "a whole number from 2 to 8"),
        (BITS, "4.0", "a whole number"),
        (BITS, "", "a whole number"),
        (BITS, "9" * 5000, "a whole number"),
        (CLIP, "0.66", "a number from 0.5 to 1 in steps of 0.05"),
        (CLIP, "nan", "a number"),
        (CLIP, "1e999", "a number"),
        (CLIP, "1_0", "a number"),
        (SCALE, "row", "tensor or channel"),
        (LOUD, "maybe", "true or false"),
        (SEED, "-1", "a whole number from 0 up"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_value_that_is_not_allowed_says_what_is(of: Knob, text: str, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"`{of.name}` takes ") as error:
        of.parse(text)
    assert allowed in str(error.value)
    assert len(str(error.value)) < 150


def test_no_control_character_reaches_a_sentence() -> None:
    with pytest.raises(ValueError) as error:
        SCALE.parse("a\x1b]0;title\x07b\nc")
    assert str(error.value).isprintable()


@given(
    low=st.integers(-50, 50),
    steps=st.integers(0, 40),
    step=st.sampled_from(["0.01", "0.05", "0.1", "0.25", "0.3", "2"]),
)
def test_every_value_is_typed_back_as_it_is_shown(low: int, steps: int, step: str) -> None:
    high = low + steps * float(step)
    found = knob(f"k: Annotated[float, {low}.0, {high!r}, {step}] = {low}.0")
    assert len(found.values()) == steps + 1
    for value in found.values():
        assert found.parse(found.show(value)) == value
        assert found.show(value) == f"{round(float(value), 6):g}"


def test_a_knob_without_an_end_has_its_first_ten() -> None:
    assert SEED.values() == tuple(range(10))
    assert LOUD.values() == (False, True)
    assert BITS.values() == (2, 4, 6, 8)


def test_a_whole_number_is_taken_as_it_is_typed_however_large() -> None:
    seed = Knob("seed", "int", 0, low=0, step=1)
    assert seed.parse("123456789012345678") == 123456789012345678
    assert seed.parse("999999999999999999") == 999999999999999999
