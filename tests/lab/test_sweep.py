"""Sweeps: which values, one run for each, and the curves they make."""

import pytest
from leftovers import MakeDemo

from quizapp.draw.names import Label
from quizapp.lab.knob import Knob
from quizapp.lab.run import Finished
from quizapp.lab.sweep import Sweep, SweepPoint, curves, sweep, sweep_values


@pytest.mark.parametrize(
    ("knob", "values"),
    [
        (Knob("bits", "int", 4, low=2, high=8, step=3), [2, 5, 8]),
        (Knob("scale", "choice", "b", choices=("b", "a")), ["b", "a"]),
        (Knob("loud", "bool", False, choices=(False, True)), [False, True]),
        (Knob("seed", "int", 0, low=0, step=1), list(range(10))),
    ],
)
def test_the_values_of_a_sweep(knob: Knob, values: list[object]) -> None:
    assert sweep_values(knob) == values


def test_a_fine_knob_is_swept_coarsely_with_both_ends() -> None:
    values = sweep_values(Knob("n", "int", 1, low=1, high=5000, step=1))
    assert len(values) == 25 and values[0] == 1 and values[-1] == 5000
    assert values == sorted(set(values))


async def test_each_run_is_reported_as_it_ends(demo: MakeDemo) -> None:
    script = demo(
        "return {'double': 2 * n, 'k': [n], 'shift': n + k}",
        before="from typing import Annotated",
        knobs="n: Annotated[int, range(1, 4)] = 1, k: Annotated[int, range(9)] = 0",
    )
    knob, seen = script.knobs[0], []
    points = await sweep(script, knob, {"n": 3, "k": 5}, lambda point: seen.append(point.value))
    assert seen == [1, 2, 3]
    assert curves(points, knob) == {
        "double": {"x": [1, 2, 3], "double": [2, 4, 6]},
        "shift": {"x": [1, 2, 3], "shift": [6, 7, 8]},
    }


async def test_a_demo_that_cannot_start_is_not_run_for_every_value(demo: MakeDemo) -> None:
    script = demo("return 1 / 0")
    points = await sweep(script, script.knobs[0], {}, lambda _: None)
    assert len(points) == 1 and "ZeroDivisionError" in str(points[0].finished.error)


def test_a_point_that_failed_is_left_out_and_a_choice_is_a_label() -> None:
    knob = Knob("loud", "bool", False, choices=(False, True))
    good, bad = (Finished(result, 0.1, None, "", 0, 0) for result in ({"a": 1, "b": 2}, None))
    assert curves([SweepPoint(False, bad), SweepPoint(True, good)], knob) == {
        "a": {"x": ["true"], "a": [1]},
        "b": {"x": ["true"], "b": [2]},
    }


def swept(*results: dict[str, float] | None) -> Sweep:
    knob = Knob("bits", "int", 1, low=1, high=9, step=1)
    ends = [Finished(result, 0.1, None, "limits", 0, 0) for result in results]
    return Sweep(knob, tuple(SweepPoint(n, end) for n, end in enumerate(ends, 1)))


def test_measures_of_one_unit_and_kind_belong_together_those_that_vary_most_first() -> None:
    of = swept(
        {"full_right_pct": 97.0, "right_pct": 50.0, "size": 100.0, "loss": 1.0, "sqnr_db": 9}, None, {"right_pct": 90.0}
    )
    assert of.together("") == [("full_right_pct", "right_pct"), ("size",), ("loss",), ("sqnr_db",)]
    of = swept({"full_right_pct": 97, "right_pct": 50, "size": 9}, {"full_right_pct": 97, "right_pct": 90, "size": 900})
    assert of.together("") == [("size",), ("full_right_pct", "right_pct")]
    assert of.together("full_right_pct") == [("full_right_pct", "right_pct"), ("size",)], "what is asked comes first"
    many = swept({f"speed_{k}_x": 1.0 for k in range(9)}, {f"speed_{k}_x": 1.0 + k for k in range(9)})
    assert many.together("") == [tuple(f"speed_{k}_x" for k in range(max(0, end - 4), end)) for end in (9, 5, 1)], (
        "no more than can be told apart"
    )
    assert swept().together("size") == []


def test_what_has_another_kind_or_lies_far_away_has_a_chart_of_its_own() -> None:
    of = swept(
        {"sqnr_db": 12, "gained_db": 6.3, "right_pct": 90, "right_after_pct": 5},
        {"sqnr_db": 40, "gained_db": 6.3, "right_pct": 97, "right_after_pct": 1},
    )
    assert of.together("sqnr_db")[:2] == [("sqnr_db",), ("right_after_pct",)], "no dB beside another dB"
    assert ("right_pct",) in of.together("right_pct"), "7 points are nothing over 96"
    of = swept({"errors_distilled": 28, "errors_labels": 58, "loss": 1}, {"errors_distilled": 25, "errors_labels": 41})
    assert of.together("errors_distilled")[0] == ("errors_distilled", "errors_labels"), "a count has no unit"
    of = swept({"errors_distilled": 28, "errors_saved": 30}, {"errors_distilled": 25, "errors_saved": 16})
    assert of.together("errors_distilled") == [("errors_distilled",), ("errors_saved",)], "a difference is another kind"
    of = swept({"qat_right_pct": 94.4, "ptq_right_pct": 77.2}, {"qat_right_pct": 96.7, "ptq_right_pct": 96})
    assert of.together("qat_right_pct") == [("qat_right_pct", "ptq_right_pct")], "what it is compared with stays"
    labels = {
        "a_pct": Label("accuracy, LoRA"),
        "b_pct": Label("parameters trained by LoRA"),
        "c_pct": Label("full accuracy"),
    }
    of = swept({"a_pct": 90, "b_pct": 80, "c_pct": 97}, {"a_pct": 96, "b_pct": 99, "c_pct": 97})
    assert of.together("a_pct", labels) == [("a_pct", "c_pct"), ("b_pct",)], "what it is of makes no kind"


def test_what_is_the_same_at_every_value_comes_last_though_it_was_asked() -> None:
    """A clock varies by itself, and float32 rounds: neither is an effect of the knob."""
    of = swept(*({"speed_x": 0.88 + n / 100, "rounding_pct": 3e-5 + n / 1e6, "error_pct": 40 + n} for n in range(4)))
    labels = {"speed_x": Label("speed", timed=True), "rounding_pct": Label("rounding")}
    assert of.together("speed_x", labels) == [("error_pct",), ("speed_x",), ("rounding_pct",)]
    assert of.together("speed_x") == [("speed_x",), ("error_pct",), ("rounding_pct",)], "of no clock"
    assert of.same(("speed_x", "rounding_pct"), labels) and not of.same(("speed_x", "error_pct"), labels)
    faster = swept({"speed_x": 0.9}, {"speed_x": 1.4})
    assert not faster.same(("speed_x",), labels)


def test_a_point_without_a_number_interrupts_its_line_only() -> None:
    of = swept({"a": 1.0, "b": 2.0}, None, {"a": 3.0})
    assert of.lines(["a", "b"]) == {"x": [1, 3], "a": [1.0, 3.0], "b": [2.0, None]}
