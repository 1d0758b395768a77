"""What a measurement says of a prediction."""

import pytest
from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from quizapp.cards.card import Predict, PredictChoice
from quizapp.draw.names import Label
from quizapp.draw.paper import Paper
from quizapp.lab.knob import Knob
from quizapp.lab.measured import Ran, measures
from quizapp.lab.run import Finished
from quizapp.lab.sweep import Sweep, SweepPoint
from quizapp.ui.demo.bands import figure_rows
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.demo.find import Demo
from quizapp.ui.demo.judged import is_right
from quizapp.ui.demo.outcome import below_text, draw_run, measures_text, runs_table, sweep_lines
from quizapp.words import Language, same


@pytest.mark.parametrize(("measured", "right"), [(0, 0), (9.999, 0), (10, 1), (99, 1), (100, None), (-1, None)])
def test_a_measurement_on_a_boundary_is_in_one_choice(measured: float, right: int | None) -> None:
    ask = Predict(
        ask=same("?"), read="x", choices=(PredictChoice(same("a"), (0, 10)), PredictChoice(same("b"), (10, 100)))
    )
    assert [i for i in range(2) if is_right(ask, i, measured)] == ([] if right is None else [right])


@pytest.mark.parametrize("width", [24, 40, 84])
def test_no_measure_takes_two_lines_however_long_its_name(width: int) -> None:
    result = {"accuracy_of_all_that_was_ever_measured_with_it_pct": 97.5, "loss": 0.25}
    lines = measures_text(measures(result), Paper(width)).plain.splitlines()
    assert [line.split()[-1] for line in lines] == ["97.5%", "0.25"]
    assert all(len(line) <= width for line in lines) and len({len(line) for line in lines}) == 1


def test_a_chart_of_several_measures_names_each_once_at_its_line() -> None:
    names = ("before_accuracy_pct", "full_accuracy_pct", "trained_pct")
    ends = [Finished(dict.fromkeys(names, float(n)), 0.1, None, "limits", 0, 0) for n in (1, 2)]
    swept = Sweep(
        Knob("rank", "int", 1, low=1, high=9, step=1), tuple(SweepPoint(n, end) for n, end in enumerate(ends, 1))
    )
    title, *plot = [row.plain for row in sweep_lines(swept, names, Experiment(), Paper(60, 12))]
    assert title.partition("  ■")[0] == "over rank, %"
    for name in ("o before accuracy", "x full accuracy", "+ trained"):
        assert sum(line.endswith(name) for line in plot) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["speed: about 0.89x at every value of rank; a measured time", "varies a little by itself."]),
        ("zh", ["speed：约 0.89x，不随rank变化；实测的时间本身会略有波动。"]),
    ],
)
def test_what_does_not_vary_is_no_line(language: Language, said: list[str]) -> None:
    ends = [Finished({"speed_x": 0.88 + n / 100}, 0.1, None, "limits", 0, 0) for n in range(3)]
    points = tuple(SweepPoint(n, end) for n, end in enumerate(ends, 1))
    swept = Sweep(Knob("rank", "int", 1, low=1, high=9, step=1), points, over=True)
    paper = Paper(60, 12, language=language, labels={"speed_x": Label("speed", timed=True)})
    assert [row.plain for row in sweep_lines(swept, ["speed_x"], Experiment(), paper)] == said
    paper = replace(paper, labels={})
    assert len(sweep_lines(swept, ["speed_x"], Experiment(), paper)) > 9, "of no clock"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "error: mean 2.50%, from 1.00% to 4.00%."), ("zh", "error：平均 2.50%，最低 1.00%，最高 4.00%。")],
)
def test_seeds_are_points_without_a_line_and_below_them_stands_what_they_come_to(language: Language, said: str) -> None:
    ends = [Finished({"error_pct": n, "size": 7}, 0.1, None, "limits", 0, 0) for n in (4.0, 1.0, 2.0, 3.0)]
    points = tuple(SweepPoint(n, end) for n, end in enumerate(ends))
    swept = Sweep(Knob("seed", "int", 0, low=0, step=1), points, over=True)
    _, *plot, last = [
        row.plain for row in sweep_lines(swept, ["error_pct"], Experiment(), Paper(60, 12, language=language))
    ]
    assert last == said and len(plot) <= 10, "the chart leaves room for it"
    assert sum(row.count("o") for row in plot) == 3 and sum(row.count("●") for row in plot) == 1, "the seed in hand"
    assert not any("\u2800" < sign < "\u28ff" for row in plot for sign in row)
    still = [row.plain for row in sweep_lines(replace(swept, over=False), ["error_pct"], Experiment(), Paper(60, 12))]
    assert not any("mean" in row for row in still), "not before the last run"


def test_a_measure_has_one_sign_and_one_colour_in_a_run_and_in_every_sweep() -> None:
    result = {
        "fp32_pct": 97.0,
        "ptq_pct": 80.0,
        "qat_pct": 94.0,
        "by_bits": {"x": [2, 4], "ptq": [80, 96], "qat": [94, 96]},
    }
    labels = {name: Label(f"accuracy, {name[:4].strip('_').upper()}") for name in result if name.endswith("pct")}
    labels["by_bits"] = Label("", "%")
    run = Ran({"bits": 2}, {"accuracy_pct_by_bits": result.pop("by_bits"), **result})
    ends = [Finished({**run.result, "qat_pct": n}, 0.1, None, "limits", 0, 0) for n in (80.0, 94.0)]
    swept = Sweep(
        Knob("bits", "int", 2, low=2, high=3, step=1), tuple(SweepPoint(n, end) for n, end in enumerate(ends, 2))
    )

    def sign(rows: list[Text], name: str) -> set[tuple[str, str]]:
        """The marker and the colour of the line with that name."""
        ends = [(row, row.plain.rfind(f" {name}")) for row in rows if row.plain.endswith(f" {name}")]
        return {(row.plain[at - 1], str(row.get_style_at_offset(Console(), at - 1))) for row, at in ends}

    paper = Paper(76, 14, labels=labels)
    drawn = draw_run(run, "qat_pct", False, paper).lead
    for names in (("qat_pct", "fp32_pct", "ptq_pct"), ("ptq_pct", "qat_pct")):
        rows = sweep_lines(swept, names, Experiment(), paper)
        assert sign(rows, "QAT") == sign(drawn, "QAT") == {("+", "green")}
        assert sign(rows, "PTQ") == sign(drawn, "PTQ") == {("x", "magenta")}
    alone = sweep_lines(swept, ("qat_pct",), Experiment(), paper)
    assert any("green" in str(span.style) for row in alone for span in row.spans), "alone too it has its colour"


def test_runs_are_tabled_once_there_are_more_than_the_two_that_stand_above() -> None:
    runs = [Ran({"n": n}, {"error_pct": 10.0 * n}) for n in (1, 2, 3)]
    assert not runs_table(runs[:2], "", Paper(60)) and not runs_table([*runs[:2], runs[0]], "", Paper(60))
    assert [line.split() for line in runs_table(runs, "", Paper(60)).plain.splitlines()[2:]] == [
        ["#", "n", "error"], ["1", "1", "10%"], ["2", "2", "20%"], ["3", "3", "30%"]
    ]  # fmt: skip


def test_in_the_table_of_the_runs_a_switch_stands_by_its_word() -> None:
    runs = [Ran({"signed": n > 1, "n": n}, {"error_pct": 10.0 * n}) for n in (1, 2, 3)]
    table = runs_table(runs, "", Paper(60, labels={"true": Label("yes"), "false": Label("no")})).plain
    assert [line.split()[1] for line in table.splitlines()[3:]] == ["no", "yes", "yes"]


def test_runs_of_the_swept_knob_alone_are_not_tabled_below_its_chart() -> None:
    runs = tuple(Ran({"n": n, "m": 0}, {"error_pct": 10.0 * n}) for n in (1, 2, 3))
    ends = [Finished(dict(run.result), 0.1, None, "limits", 0, 0) for run in runs]
    swept = Sweep(
        Knob("n", "int", 1, low=1, high=3, step=1), tuple(SweepPoint(n, end) for n, end in enumerate(ends, 1))
    )
    now = Experiment(runs=runs, sweep=swept)
    assert not below_text([], [], now, Paper(60))
    other = replace(now, runs=(*runs, Ran({"n": 3, "m": 1}, {"error_pct": 5.0})))
    assert "5%" in below_text([], [], other, Paper(60)).plain and below_text(
        [], [], replace(now, sweep=None), Paper(60)
    )


def test_bars_are_all_drawn_where_a_few_rows_do_it_and_keep_their_scale_where_they_are_not() -> None:
    def drawn(most: float, count: int) -> list[str]:
        seen = {f"b{n}": most if n == count - 1 else 10.0 for n in range(count)}
        return [row.plain for row in draw_run(Ran({}, {"seen_pct": seen}), "", False, Paper(76, 10)).lead]

    assert drawn(63, 10)[-1].startswith("b9") and len(drawn(63, 10)) == 11
    assert drawn(63, 40)[1].count("█") < drawn(20, 40)[1].count("█") and drawn(63, 40)[-1].startswith("and ")


def test_of_runs_what_was_asked_for_and_what_changed_stay_and_what_has_no_room_is_counted() -> None:
    runs = [
        Ran({"w": n}, {"of_the_teacher": 21, "labels_only": 58, "distilled": 30 - n, "saved": 28}) for n in (1, 2, 3)
    ]

    def head(width: int) -> list[str]:
        return [line.strip() for line in runs_table(runs, "saved", Paper(width)).plain.splitlines()[1:-3]]

    assert head(60) == ["Runs of this sitting", "#  w  saved  distilled  of the teacher  labels only"]
    assert head(42) == ["Runs of this sitting", "of the  labels", "#  w  saved  distilled  teacher    only"]
    assert head(32) == ["Runs of this sitting  +1 column", "of the", "#  w  saved  distilled  teacher"]
    assert head(8) == ["Runs of this sitting  +4 columns", "#  saved"], "what was asked for is always there"
    long = [Ran({"images_of_the_student": n, "temperature": n}, {"errors_with_labels": 58 - n}) for n in (1, 2, 3)]
    below = [line.split() for line in runs_table(long, "errors_with_labels", Paper(26)).plain.splitlines()[2:]]
    assert below[:3] == [["images", "errors"], ["of", "the", "with"], ["#", "student", "labels"]], below
    assert below[-1] == ["3", "3", "55"]
    bare = [Ran({"images": n}, {"parts": {"a": 1.0}}) for n in (1, 2, 3)]
    assert "images" in runs_table(bare, "", Paper(40)).plain


def test_what_several_measures_share_is_the_title_and_their_ends_say_the_rest() -> None:
    ends = [Finished({"a_db": n, "b_db": 2 * n}, 0.1, None, "limits", 0, 0) for n in (1.0, 5.0)]
    swept = Sweep(
        Knob("bits", "int", 3, low=3, high=4, step=1), tuple(SweepPoint(n, end) for n, end in enumerate(ends, 3))
    )
    labels = {"a_db": Label("SQNR, least error"), "b_db": Label("SQNR, percentile")}
    rows = sweep_lines(swept, ("a_db", "b_db"), Experiment(), Paper(76, 12, labels=labels))
    text = "\n".join(row.plain for row in rows)
    assert rows[0].plain.startswith("SQNR over bits, dB") and "x percentile" in text and "o least error" in text
    assert text.count("SQNR") == 1


@pytest.mark.parametrize(
    ("names", "head", "end"),
    [
        (("errors of the teacher", "errors with labels", "errors distilled"), "errors over n", "x with labels"),
        (("error, by magnitude", "error, by magnitude anywhere"), "error over n", "x by magnitude anywhere"),
        (("accuracy of the first", "accuracy of the last"), "accuracy over n", "x of the last"),
        (("share", "share at T = 1"), "over n", "x share at T = 1"),
        (("errors", "loss"), "over n", "x loss"),
    ],
)
def test_what_names_begin_with_is_the_title(names: tuple[str, ...], head: str, end: str) -> None:
    labels = {f"m{place}": Label(name) for place, name in enumerate(names)}
    runs = [
        Finished({name: 10.0 * n + place for place, name in enumerate(labels)}, 0.1, None, "", 0, 0) for n in (1, 2)
    ]
    swept = Sweep(
        Knob("n", "int", 1, low=1, high=2, step=1), tuple(SweepPoint(n, run) for n, run in enumerate(runs, 1))
    )
    rows = [row.plain for row in sweep_lines(swept, tuple(labels), Experiment(), Paper(90, 14, labels=labels))]
    assert rows[0].partition("  ■")[0] == head and any(row.endswith(end) for row in rows[1:])


def test_several_measures_have_the_unit_that_their_labels_say() -> None:
    ends = [Finished({"a_x": n, "b_x": 2 * n}, 0.1, None, "limits", 0, 0) for n in (1.0, 5.0)]
    swept = Sweep(
        Knob("bits", "int", 3, low=3, high=4, step=1), tuple(SweepPoint(n, end) for n, end in enumerate(ends, 3))
    )
    labels = {"a_x": Label("快慢", "倍"), "b_x": Label("大小", "倍")}
    rows = sweep_lines(swept, ("a_x", "b_x"), Experiment(), Paper(76, 12, language="zh", labels=labels))
    assert rows[0].plain.startswith("各项随 bits 的变化（倍）") and "（倍）" not in "".join(
        row.plain for row in rows[1:]
    )


def test_what_stands_beside_a_bar_is_said_there_alone_with_what_it_was() -> None:
    def measured(small: float, large: float) -> Ran:
        return Ran(
            {}, {"small_pct": small, "large_pct": large, "loss": 1.0, "right_pct": {"small": small, "large": large}}
        )

    before, now = measured(60.0, 90.5), measured(75.0, 90.5)
    drawn = draw_run(now, "small_pct", False, Paper(76, 12), before)
    title, small, large = [line.plain.rstrip() for line in drawn.lead]
    assert title == "right" or title.startswith("right")
    assert small.endswith(" 75.0%  was 60.0") and large.endswith(" 90.5%")
    hardly = Ran({}, {"right_pct": {"small": 75.02, "large": 91.0}})
    again = draw_run(now, "small_pct", False, Paper(76, 12), hardly).lead
    assert "was" not in again[1].plain and again[2].plain.endswith("was 91.0"), "written as it is now"
    assert not any("was" in line.plain for line in draw_run(now, "small_pct", False, Paper(76, 12)).lead)
    rows, rest = figure_rows(Experiment(runs=(before, now)), Paper(76), 3)
    assert [row.plain for row in rows] == ["small 75%  was 60 (+15)    loss 1"] and not rest
    many = Ran({}, {"a": {f"b{n}": float(n) for n in range(40)}})
    last = draw_run(many, "", False, Paper(76, 12), Ran({}, {"a": {f"b{n}": 50.0 for n in range(40)}})).lead
    assert last[1].plain.endswith("was 50") and last[-1].plain.rstrip() == "and 30 more"


def test_over_a_knob_whose_values_are_names_there_are_bars() -> None:
    ends = [Finished({"error_db": float(n), "kept_db": 4.0}, 0.1, None, "limits", 0, 0) for n in (8, 2)]
    points = tuple(SweepPoint(value, end) for value, end in zip((False, True), ends, strict=True))
    rows = sweep_lines(Sweep(Knob("clip", "bool", False), points), ("error_db", "kept_db"), Experiment(), Paper(60, 12))
    first, false, true, _, second, *_ = [row.plain.rstrip() for row in rows]
    assert (first, second) == ("error over clip", "kept over clip") and len(rows) == 7
    assert false.startswith("false ▸████") and false.endswith(" 8 dB") and true.startswith("true   ██")
    assert false.count("█") // 4 == true.count("█")
    asks = Experiment(Demo(ask=Predict(ask=same("How much is kept?"), read="kept_db")))
    of_kept, *_ = sweep_lines(Sweep(Knob("clip", "bool", False), points), ("error_db", "kept_db"), asks, Paper(60, 12))
    assert of_kept.plain.rstrip() == "kept over clip", "what the prediction asks about comes first"
