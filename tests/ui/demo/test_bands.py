"""The bands say what was predicted and measured in the rows that they have, whatever has been turned or changed."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.cards.card import Predict, PredictChoice
from quizapp.draw.names import Label
from quizapp.draw.paper import Paper
from quizapp.lab.knob import Knob
from quizapp.lab.measured import Ran
from quizapp.lab.run import Finished
from quizapp.lab.script import Script
from quizapp.ui.demo.bands import figure_rows, predicted_rows
from quizapp.ui.demo.experiment import Experiment, begun
from quizapp.ui.demo.find import Demo
from quizapp.words import Words, same

BITS = Knob("bits", "int", 4, low=2, high=8, step=1)
SEED = Knob("seed", "int", 0, low=0, step=1)
LONG = Words("a choice that needs more words than a narrow panel has room for in one row", "一个很长的选项")
CHOICES = (PredictChoice(LONG, (0, 10)), PredictChoice(same("more"), (10, 99)))
ASK = Predict(ask=Words("How many decibels are left at 4 bits?", "4 bit 还剩多少？"), read="sqnr_db", choices=CHOICES)
PAPER = Paper(60)


def script(*knobs: Knob) -> Script:
    return Script("q", "Q", "", Path("/q.py"), b"", "q", (), (), knobs)


def ran(now: Experiment, bits: int, **result: float) -> Experiment:
    last = Finished(dict(result), 0.1, None, "limits", 0, 0)
    return now.turn("bits", bits).start(lambda _: True).finish({"bits": bits, "seed": 0}, last)


def asked(ask: Predict | None, guess: float = 0) -> Experiment:
    found = script(BITS, SEED)
    return begun(Demo(found, knobs=found.defaults(), ask=ask, card_key="d/c"), lambda _: True).predict(guess)


def said(now: Experiment, paper: Paper = PAPER, rows: int = 1) -> list[str]:
    return [row.plain for row in predicted_rows(now, paper, paper.language, rows)]


def test_the_verdict_is_whole_and_says_of_which_run_it_is_once_a_knob_differs() -> None:
    assert said(asked(None)) == [] and said(replace(asked(ASK), guess=None)) == []
    now = asked(ASK)
    assert said(now)[1].startswith("you: a choice that needs more words") and said(now)[1].endswith("…")
    now = ran(now, 4, sqnr_db=14.3)
    assert said(now)[1].endswith("…   ✗ wrong") and len(said(now)[1]) <= 60
    now = ran(now, 5, sqnr_db=20.4)
    assert said(now)[1].endswith("   ✗ wrong   at bits 4: 14.3 dB") and said(ran(now, 4, sqnr_db=14.3))[1].endswith(
        "wrong"
    )
    gone = replace(now, script=script(SEED))
    assert said(gone)[1].endswith("at bits 4: 14.3 dB"), "of a copy that has no such knob"
    assert "at bits" not in said(now.veil())[1]
    wide = Paper(76, language="zh")
    assert said(now, wide)[1] == "你猜：一个很长的选项   ✗ 猜错了   正确：more   bits 4 时：14.3 dB"
    for width in range(62, 100):
        same_run = ran(now, 4, sqnr_db=14.3)
        assert len(said(now, Paper(width))) == len(said(same_run, Paper(width))), "a turned knob moves nothing"
    assert said(now)[2] == "right: more", "the choice that holds it"
    assert not any("right:" in line for line in said(ran(asked(ASK, 1), 4, sqnr_db=14.3)))
    number = ran(asked(replace(ASK, choices=()), 12), 4, sqnr_db=14.5)
    assert said(number)[1] == "you: 12   ✗ off by 2.5 dB"
    number = ran(asked(replace(ASK, choices=()), 14), 4, sqnr_db=14.5)
    assert said(number)[1] == "you: 14   ✓ close: off by 0.5 dB"


def test_how_a_clock_varies_and_how_floats_round_is_no_change() -> None:
    paper = Paper(90, labels={"speed_x": Label("speed", timed=True)})
    now = ran(asked(None), 4, speed_x=0.8562, rounding_pct=3.21e-5)
    now = ran(now, 5, speed_x=0.8898, rounding_pct=3.24e-5)
    rows, _ = figure_rows(now, paper, 2)
    told = " ".join(row.plain for row in rows)
    assert "speed 0.8898x  as before, but for how a clock varies" in told and "was" not in told
    now = ran(now, 6, speed_x=1.4, rounding_pct=0.2)
    told = " ".join(row.plain for row in figure_rows(now, paper, 2)[0])
    assert "speed 1.4x  was 0.8898 (+0.5102)" in told and "rounding 0.2%  was 3.24e-05" in told


@pytest.mark.parametrize(
    ("rows", "lines"), [(1, ["How … at 4 bits?"]), (3, ["How many decibels", "are left at 4 bits?"])]
)
def test_the_question_is_whole_where_there_is_room(rows: int, lines: list[str]) -> None:
    assert said(asked(ASK), Paper(20), rows)[:-1] == lines


@pytest.mark.parametrize(
    ("question", "begins", "ends"),
    [
        ("It has 45 dB at 8 bits, as was measured. How much at 4?", "It has 45", "… How much at 4?"),
        ("八比特时有 45 dB，这是测出来的数。四比特时是多少？", "八比特时有", "… 四比特时是多少？"),
        ("How much is left at 4 bits with a scale per channel?", "How much", "scale per channel?"),
        ("With both losses it makes 29 errors. Leave one out. Errors?", "With", "Leave one out. Errors?"),
    ],
)
def test_where_it_has_no_room_one_sees_how_it_begins_and_what_is_asked(question: str, begins: str, ends: str) -> None:
    one, two, _ = said(asked(replace(ASK, ask=Words(question, question))), Paper(20), 2)
    assert one.startswith(begins) and f"{one} {two}".endswith(ends) and f"{one} {two}".count("…") == 1


def test_what_was_asked_for_comes_first_and_the_others_in_their_order_after_it() -> None:
    now = asked(ASK)
    assert [row.plain for row in figure_rows(now, PAPER, 3)[0]] == ["", "", ""], "room for what comes"
    now = ran(now, 4, size=100, loss=1.5, sqnr_db=14.3, right_pct=96.9)
    rows, rest = figure_rows(now, PAPER, 3)
    assert [row.plain for row in rows] == ["SQNR 14.3 dB    size 100    loss 1.5    right 96.9%", ""] and not rest
    now = ran(now, 5, size=100, loss=3.0, sqnr_db=20.4, right_pct=97.4)
    rows, rest = figure_rows(now, PAPER, 3)
    assert [row.plain for row in rows] == [
        "SQNR 20.4 dB  was 14.3 (+6.1)    size 100    loss 3  was 1.5",
        "right 97.4%  was 96.9",
    ]
    now = ran(now, 6, size=100, loss=3.5, sqnr_db=20.4, right_pct=97.4)
    assert figure_rows(now, PAPER, 3)[0][0].plain.startswith("SQNR 20.4 dB  as before    size 100")
    assert [row.plain for row in figure_rows(now.veil(), PAPER, 3)[0]] == ["measured: SQNR 20.4 dB  as before"]


@pytest.mark.parametrize("width", [30, 47, 76, 110])
def test_every_measure_is_told_once_above_or_left_for_below(width: int) -> None:
    result = {f"measure_{'long_' * (n % 4)}{n}_pct": float(n) for n in range(12)}
    runs = (Ran({}, result), Ran({}, {name: value * 2 for name, value in result.items()}))
    rows, rest = figure_rows(replace(asked(None), runs=runs), Paper(width), 3)
    shown = " ".join(row.plain for row in rows)
    assert len(rows) == 3 and all(row.cell_len <= width for row in rows)
    assert shown.count("%") + len(rest) == 12 and shown.rstrip().endswith(f"+{len(rest)} below") == bool(rest)


def test_where_not_all_have_room_what_changed_stands_before_what_stayed() -> None:
    first = {"sqnr_db": 1.0, **{f"constant_measure_{n}": 5.0 for n in range(9)}, "other_pct": 2.0}
    runs = (Ran({}, first), Ran({}, {**first, "sqnr_db": 1.5, "other_pct": 3.0}))
    now = replace(asked(None), demo=Demo(ask=ASK), runs=runs)
    rows, rest = figure_rows(now, PAPER, 2)
    assert rows[0].plain.startswith("SQNR 1.5 dB  was 1 (+0.5)    other 3%  was 2")
    assert rest and all(one.name.startswith("constant") for one in rest)
    assert figure_rows(now, PAPER, 9)[0][-1].plain.endswith("other 3%  was 2"), "each in its place where all have room"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (12.0513, 19.3842, "(+7.33)"),
        (37.4171, 48.5252, "(+11.11)"),
        (67, 51, "(-16)"),
        (1.5, 0.5, "(-1)"),
        (1.93, 1.89903, "(-0.031)"),
        (900, 12345, "(+11,445)"),
        (2e-7, 3e-7, "(+1e-07)"),
    ],
)
def test_a_change_is_what_one_reckons_from_the_two_numbers_that_one_sees(
    before: float, after: float, change: str
) -> None:
    now = replace(asked(None), runs=(Ran({}, {"error": before}), Ran({}, {"error": after})))
    assert figure_rows(now, PAPER, 2)[0][0].plain.endswith(change)
    runs = [Ran({}, {"the_error_with_a_name_that_needs_all_of_the_row": n}) for n in (before, after)]
    assert figure_rows(replace(now, runs=tuple(runs)), Paper(47), 2)[0][0].plain.endswith(change), "before its name"


def test_a_choice_that_names_a_number_and_was_right_says_between_which_values_it_holds() -> None:
    about = replace(ASK, choices=(PredictChoice(same("about 14"), (10, 18)),))
    assert said(ran(asked(about), 4, sqnr_db=12.05))[1] == "you: about 14   ✓ right  (10 to 18 is right)"
    between = replace(
        about, choices=(replace(about.choices[0], text=Words("10 to 18", "10 到 18")), *about.choices[1:])
    )
    assert said(ran(asked(between), 4, sqnr_db=12.05))[1] == "you: 10 to 18   ✓ right"
    under = replace(about, choices=(PredictChoice(same("under 18"), (0, 18)),))
    assert said(ran(asked(under), 4, sqnr_db=12.05))[1] == "you: under 18   ✓ right", "its end says it"
    assert said(ran(asked(ASK, 1), 4, sqnr_db=14.3))[1] == "you: more   ✓ right"
