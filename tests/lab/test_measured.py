"""What a run measured: its numbers with their units, and what of it is drawn."""

from quizapp.lab.measured import charts, is_measure, measures

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
        ("sqnr_db", 14.234, "14.23 dB"),
        ("time_ms", 3, "3 ms"),
        ("share_pct", 93.1, "93.1%"),
        ("speed_x", 3.9, "3.9x"),
    ]
    assert charts(RESULT) == [("loss", [2, 1]), ("by_layer", {"a": 1}), ("curve", CURVES)]
    assert measures(None) == [] and charts(None) == []


def test_a_number_is_a_measure() -> None:
    assert [is_measure(value) for value in (14.2, 3, [1], {"a": 1}, CURVES, "3", None)] == [True, True, *[False] * 5]
