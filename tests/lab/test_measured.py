"""What a run measured: its numbers with their units, and what of it is drawn."""

from quizapp.draw.names import Label
from quizapp.lab.knob import KnobValue
from quizapp.lab.measured import charts, charts_for, in_hand, is_measure, is_named, measure_lines, measures, signs

CURVES = {"x": [2, 3], "tensor": [8, 14]}
RESULT = {
    "sqnr_db": 14.234,
    "loss": [2, 1],
    "by_layer": {"a": 1},
    "curve": CURVES,
    "time_ms": 3,
    "share_pct": 93.1,
    "speed\u200b_x": 3.9,
}


def test_what_a_result_holds() -> None:
    assert measures(RESULT) == [
        ("sqnr_db", "SQNR", 14.234, "14.23 dB"),
        ("time_ms", "time", 3, "3 ms"),
        ("share_pct", "share", 93.1, "93.1%"),
        ("speed_x", "speed", 3.9, "3.9x"),
    ]
    assert charts(RESULT) == [("loss", [2, 1]), ("by_layer", {"a": 1}), ("curve", CURVES)]
    assert measures(None) == [] and charts(None) == []


def test_a_number_is_a_measure() -> None:
    assert [is_measure(value) for value in (14.2, 3, [1], {"a": 1}, CURVES, "3", None)] == [True, True, *[False] * 5]


def test_measures_stand_under_each_other() -> None:
    lines = [f"{words}  {shown}" for words, shown in measure_lines(measures(RESULT))]
    assert lines == ["SQNR   14.23 dB", "time       3 ms", "share     93.1%", "speed      3.9x"]
    assert measure_lines([]) == []


def test_the_value_in_hand_is_that_of_the_knob_that_a_chart_goes_over() -> None:
    knobs: dict[str, KnobValue] = {"bits": 4, "scale": "channel", "symmetric": True}
    charts = ("sqnr_by_bits", "sqnr_by_scale", "sqnr_by_symmetric", "sqnr_by_alpha", "loss", "bits")
    assert [in_hand(name, knobs) for name in charts] == [4, "channel", None, None, None, None]


SHOWN = {
    "sqnr_db": 14.2,
    "tuned_accuracy_pct": 91.5,
    "gain_x": 2.0,
    "error_by_bits": {"x": [2, 3], "tensor": [8, 9]},
    "sqnr_by_bits": {"x": [2, 3], "tensor": [8, 14.2]},
    "kept": {"tuned": 91.5, "plain": 90.0},
    "speed": [1.0, 2.0],
}


def test_the_chart_that_holds_a_measure_comes_first_else_the_one_that_speaks_of_it() -> None:
    def first(measure: str) -> tuple[str, bool]:
        name, value = charts_for(measure, SHOWN)[0]
        return name, is_named(measure, SHOWN, name, value)

    assert first("sqnr_db") == ("sqnr_by_bits", True)
    assert first("tuned_accuracy_pct") == ("kept", True)
    assert first("gain_x") == ("speed", False), "a number that happens to be there too"
    assert first("nothing_of_it") == ("error_by_bits", False)
    assert [name for name, _ in charts_for("sqnr_db", SHOWN)] == ["sqnr_by_bits", "error_by_bits", "kept", "speed"]
    assert charts_for("sqnr_db", {"sqnr_db": 1.0}) == []


def test_what_may_be_drawn_together_has_signs_that_differ_and_a_line_that_of_its_measure() -> None:
    kinds = ("error", "accuracy")
    labels = {f"{kind[0]}{n}_pct": Label(f"{kind}, way {n}") for n in range(6) for kind in kinds}
    result = dict.fromkeys(labels, 1.0) | {"error_pct_by_bits": {"x": [1, 2], "way 3": [1, 2], "other": [2, 3]}}
    found = signs(result, labels)
    for kind in kinds:
        assert len({found[f"{kind}, way {n}"] for n in range(6)}) == 6
    blocks = {"used": Label("blocks in use"), "all": Label("blocks, nothing shared")}
    shared = signs(dict.fromkeys(blocks, 1) | {"blocks_by_n": {"x": [1], "shared": [1], "nothing shared": [2]}}, blocks)
    assert shared["shared"] == shared["blocks in use"] != shared["nothing shared"] == shared["blocks, nothing shared"]
    assert found["way 3"] == found["error, way 3"] != found["other"]
    chinese = signs(result, {name: Label(f"{label.words}误差") for name, label in labels.items()})
    assert len({sign for name, sign in chinese.items() if "误差" in name}) == 8, "as many as there are"
