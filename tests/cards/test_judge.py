"""Judging answers: a table of what people write, in both languages, right, wrong and odd."""

import pytest
from any_card import GIVEN
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Choice, ChoiceItem, Cloze, Free, Numeric, NumericAnswer, Order, Point, Trap
from quizapp.cards.judge import Judgement, judge, mentioned
from quizapp.words import Words, same

Q = same("?")


def numeric(value: float, unit: str, low: float, high: float, *traps: float) -> Numeric:
    answer = NumericAnswer(value, (low, high), unit)
    return Numeric(**GIVEN, q=Q, answer=answer, traps=tuple(Trap(trap, same("why")) for trap in traps))


def cloze(en: str, zh: str = "") -> Cloze:
    return Cloze(**GIVEN, q=Q, text=Words(f"A {{{{c1::{en}}}}} b", f"甲{{{{c1::{zh}}}}}乙" if zh else ""), number=1)


SIZE = numeric(3.64, "GB", 3.55, 3.75, 3.5, 7)
BARE = numeric(64, "", 64, 64, 32)
BIG = numeric(1.2e9, "", 1.1e9, 1.3e9)
MANY = numeric(7, "B parameters", 6.9, 7.1, 70)
MILLIONS = numeric(25.6, "million", 25, 26)
PERCENT = numeric(86.4, "%", 85, 88)
RATIO = numeric(0.2, "", 0.199, 0.201)
TIMES = numeric(3.56, "x", 3.5, 3.6)
BELOW = numeric(-0.6, "", -0.61, -0.59, 0.6)
PACE = numeric(4.2, "ms", 4.1, 4.3, 42)
PER_TOKEN = numeric(320, "KiB/token", 319, 321)
RATE = numeric(40, "tokens/s", 39, 41)
LOUD = numeric(18, "dB", 17, 20)

NUMBERS = [
    (SIZE, "3.64", True),
    (SIZE, "3.64 GB", True),
    (SIZE, "3.64GB", True),
    (SIZE, "3.64 gb.", True),
    (SIZE, "3.55", True),
    (SIZE, "3.75", True),
    (SIZE, "3.76", False),
    (SIZE, "３．６４", True),
    (SIZE, "３．６４ ＧＢ", True),
    (SIZE, "约 3.64 GB", True),
    (SIZE, "大约是3.64GB。", True),
    (SIZE, "about 3.6", True),
    (SIZE, "≈3.6", True),
    (SIZE, "~ 3.6 GB", True),
    (SIZE, "approx. 3.6 GB", True),
    (SIZE, "3640 MB", True),
    (SIZE, "3,640 mb", True),
    (SIZE, "3 640 MB", True),
    (SIZE, "3.39 GiB", True),
    (SIZE, "3.64 GiB", False),
    (SIZE, "29.1 Gbit", True),
    (SIZE, "3.64e9 bytes", True),
    (SIZE, "3.64x10^9 B", True),
    (SIZE, "3.64 × 10⁹ 字节", True),
    (SIZE, "36.4亿字节", True),
    (SIZE, "約 36.4 億位元組", True),
    (SIZE, "291.2 億位元", True),
    (SIZE, "3.64 gigabytes", True),
    (SIZE, "3,64", True),
    (SIZE, "about 3,64 GB", True),
    (SIZE, "3,6,4", "number"),
    (SIZE, "3.640,5", "number"),
    (SIZE, "0,00364 TB", True),
    (SIZE, "3.64 s", "unit"),
    (SIZE, "3.64 %", "unit"),
    (SIZE, "3.5", "trap"),
    (SIZE, "3.5 GB", "trap"),
    (SIZE, "3500 MB", "trap"),
    (SIZE, "7", "trap"),
    (SIZE, "8", False),
    (SIZE, "", None),
    (SIZE, "   ", None),
    (SIZE, "no idea", "number"),
    (SIZE, "不知道", "number"),
    (SIZE, "GB", "number"),
    (SIZE, "1e999", "number"),
    (SIZE, "3.64/0", "number"),
    (SIZE, "1/2/3", False),
    (SIZE, "3.6-9", "number"),
    (SIZE, "3.6 or 9", "number"),
    (SIZE, "3.6到9 GB", "number"),
    (SIZE, "3.6 ～ 9", "number"),
    (SIZE, "it is 3.64 GB", True),
    (SIZE, "答案是：3.64 GB", True),
    (BARE, "2^7-1", False),
    (BARE, "2^7-64", True),
    (BARE, "768*4096/49152", True),
    (BARE, "262144*2/ 8192 weights", True),
    (BARE, "７６８＊４０９６／４９１５２", True),
    (BARE, "768 x 4096 ÷ 49152", True),
    (BARE, "768×4096/49152 个", True),
    (BARE, "（１２８－６４）×１", True),
    (BARE, "-(2-66)", True),
    (BARE, "768*4096/24576", False),
    (BARE, "128/4", "trap"),
    (BARE, "64*", "number"),
    (BARE, "64*d", "number"),
    (BARE, "64--", "number"),
    (BARE, "64 times 2", "number"),
    (BARE, "64 = 8*8", "number"),
    (BARE, "64 of 128", "number"),
    (BARE, "64k*2", "number"),
    (BARE, "64乘2", "number"),
    (BARE, "64:2", "number"),
    (BARE, "(64", "number"),
    (BARE, "9**9**9**9", "number"),
    (BARE, "1" + "+1" * 5_000, "number"),
    (BARE, "(-8)^0.5", "number"),
    (RATIO, "(1-0.8**2)/1.8", True),
    (RATIO, "1-0.8", True),
    (RATIO, "0.8-1", "number"),
    (BIG, "3*4e8", True),
    (BIG, "3*0.4 billion", True),
    (SIZE, "2*1.82 GB", True),
    (TIMES, "7.12/2×", True),
    (MANY, "7", True),
    (MANY, "7B", True),
    (MANY, "7 billion parameters", True),
    (MANY, "7bn", True),
    (MANY, "70亿", True),
    (MANY, "7000 M", True),
    (MANY, "7 parameters", True),
    (MANY, "7M", False),
    (MANY, "70B", "trap"),
    (MANY, "7 s", "unit"),
    (MILLIONS, "25.6M", True),
    (MILLIONS, "2560万", True),
    (MILLIONS, "25.6B", False),
    (SIZE, "10^99999999", "number"),
    (SIZE, "-3.64", False),
    (BARE, "64", True),
    (BARE, "64.0", True),
    (BARE, "64 weights", True),
    (BARE, "64 个", True),
    (BARE, "2^6", True),
    (BARE, "2**6", True),
    (BARE, "2⁶", True),
    (BARE, "2^{6}", True),
    (BARE, "2 ⋅ 32", True),
    (BARE, "2∗2**5", True),
    (BARE, "64·d", "number"),
    (BARE, "６４", True),
    (BARE, "128/2", True),
    (BARE, "63", False),
    (BARE, "32", "trap"),
    (BARE, "64k", False),
    (BIG, "1.2e9", True),
    (BIG, "1.2B", True),
    (BIG, "1.2 billion", True),
    (BIG, "1,200,000,000", True),
    (BIG, "12亿", True),
    (BIG, "12 0000万", "number"),
    (BIG, "120000万", True),
    (BIG, "1200 million parameters", True),
    (BIG, "1.2 M", False),
    (PERCENT, "86.4%", True),
    (PERCENT, "86.4 ％", True),
    (PERCENT, "86.4 percent", True),
    (PERCENT, "86", True),
    (PERCENT, "0.864", False),
    (RATIO, "1/5", True),
    (RATIO, "３/１５", True),
    (RATIO, ".2", True),
    (RATIO, "20%", True),
    (RATIO, "1 / 4", False),
    (TIMES, "3.56倍", True),
    (TIMES, "3.56 x", True),
    (TIMES, "3.56×", True),
    (TIMES, "356%", True),
    (TIMES, "3.56:1", True),
    (TIMES, "3.56 to 1", True),
    (TIMES, "3.56 to 10", "number"),
    (BELOW, "-0.6", True),
    (BELOW, "−0.6", True),
    (BELOW, "－０．６", True),
    (BELOW, "0.6", "trap"),
    (PACE, "4.2 ms", True),
    (PACE, "0.0042 s", True),
    (PACE, "4.2 毫秒", True),
    (PACE, "4200 us", True),
    (PACE, "4200 µs", True),
    (PACE, "4.2 s", False),
    (PACE, "42", "trap"),
    (PER_TOKEN, "320 KiB", True),
    (PER_TOKEN, "327.68 KB per token", True),
    (PER_TOKEN, "0.3125 MiB/token", True),
    (RATE, "40 tok/s", True),
    (RATE, "40 个/秒", True),
    (LOUD, "18 dB", True),
    (LOUD, "18 分贝", True),
    (LOUD, "18%", "unit"),
]


@pytest.mark.parametrize(("card", "typed", "expected"), NUMBERS, ids=lambda value: value if type(value) is str else "")
def test_numbers(card: Numeric, typed: str, expected: object) -> None:
    found = judge(card, (), typed)
    assert found.right is (expected if expected in (True, None) else False)
    assert (found.trap is not None) is (expected == "trap")
    assert found.note == (expected if expected in ("number", "unit") else "")


SCALE = cloze("scale", "缩放系数")
NAMED = cloze("response-based", "基于响应（response-based）")
OFFLINE = cloze("the zero point", "零点")
FORMULA = cloze("(2^b - 1)", "(2^b − 1)")
COUNT = cloze("1,000", "1000")
BITS = cloze("INT8")
SIGN = cloze("-1")
KL = cloze("reverse KL", "反向 KL 散度")

GAPS = [
    (SCALE, "scale", True),
    (SCALE, "Scale", True),
    (SCALE, " the scale. ", True),
    (SCALE, "`scale`", True),
    (SCALE, "scales", True),
    (SCALE, "ｓｃａｌｅ", True),
    (SCALE, "缩放系数", True),
    (SCALE, "缩放系数。", True),
    (SCALE, "縮放係數", True),
    (SCALE, "縮放", False),
    (SCALE, "scael", False),
    (SCALE, "shift", False),
    (SCALE, "缩放", False),
    (SCALE, "", None),
    (SCALE, "。", False),
    (NAMED, "response based", True),
    (NAMED, "Response-Based", True),
    (NAMED, "基于响应", True),
    (NAMED, "基于响应(response-based)", True),
    (NAMED, "respnse-based", "close"),
    (NAMED, "feature-based", False),
    (OFFLINE, "zero-point", True),
    (OFFLINE, "zero point", True),
    (OFFLINE, "zeropoint", True),
    (OFFLINE, "the zero points", True),
    (OFFLINE, "零点", True),
    (OFFLINE, "zero", False),
    (FORMULA, "2^b-1", True),
    (FORMULA, "(2^b − 1)", True),
    (FORMULA, "(2**b - 1)", True),
    (FORMULA, "2 ** b – 1", True),
    (FORMULA, "2ᵇ−1", True),
    (FORMULA, "2^{b} - 1", True),
    (FORMULA, "2^(b-1)", False),
    (FORMULA, "2ᵇ⁻¹", False),
    (FORMULA, "2*b-1", False),
    (FORMULA, "2^b", False),
    (COUNT, "1000", True),
    (COUNT, "1e3", True),
    (COUNT, "10^3", True),
    (COUNT, "１０００", True),
    (COUNT, "100", False),
    (BITS, "int8", True),
    (BITS, "INT-8", True),
    (BITS, "int 8", True),
    (BITS, "int4", False),
    (SIGN, "-1", True),
    (SIGN, "−1", True),
    (SIGN, "1", False),
    (KL, "反向KL散度", True),
    (KL, "反向ＫＬ散度", True),
    (KL, "reverse KL", True),
    (KL, "forward KL", False),
    (KL, "正向 KL 散度", False),
]


@pytest.mark.parametrize(("card", "typed", "expected"), GAPS, ids=lambda value: value if type(value) is str else "")
def test_gaps(card: Cloze, typed: str, expected: object) -> None:
    found = judge(card, (), typed)
    assert found.right is (expected if expected in (True, None) else False)
    assert found.note == ("close" if expected == "close" else "")


POWERS = ("^", "**", " ** ", " ^ ")
PRODUCTS = ("*", " * ", "·", " · ", "×", " × ", "⋅", "∗", r" \cdot ")
MINUSES = ("-", " - ", "−", " − ", "–", "－")
a_name = st.sampled_from("abdknrstwT")  # not x, nor e: between digits they mean something


@given(a_name, st.integers(2, 99), st.integers(2, 99), *[st.sampled_from(PRODUCTS)] * 2, *[st.sampled_from(POWERS)] * 2)
def test_power_and_product_are_the_same_however_they_are_written(
    name: str, m: int, n: int, times: str, by: str, power: str, raised: str
) -> None:
    def written(times: str, power: str, *, minus: str = "-") -> str:
        return f"{m}{times}{name}{power}{n}{minus}({name}{times}d)"

    for minus in MINUSES:
        assert judge(cloze(written(times, power)), (), written(by, raised, minus=minus)).right is True
    assert judge(cloze(f"{name}{times}d"), (), f"{name} - d").right is False
    assert judge(cloze(f"{m}{times}{n}"), (), f"{m}{n}").right is False
    assert judge(cloze(f"{name}_{n}"), (), f"{name}{chr(0x2080 + n % 10)}").right is (n < 10)
    value = float(m) * 2.0**4 - n
    assert judge(numeric(value, "", value, value), (), f"{m}{times}2{power}4{MINUSES[n % 6]}{n}").right is True


def test_a_star_that_marks_bold_is_no_sign_of_a_formula() -> None:
    assert judge(cloze("the **zero** point"), (), "zero point").right is True
    assert judge(cloze("zero point"), (), "*zero* point").right is True


@pytest.mark.parametrize(
    ("hidden", "typed", "close"),
    [("decode", "decoding", True), ("quantization", "quantized", True), ("norm", "normal", False), ("red", "r", False)],
)
def test_another_ending_of_a_word_is_close(hidden: str, typed: str, close: bool) -> None:
    assert judge(cloze(hidden), (), typed) == Judgement(False, note="close" if close else "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("row", "rows"), ("keys", "key"), ("expert", "the experts"), ("query", "queries"), ("loss", "losses")],
)
def test_a_singular_for_a_plural_is_right_and_so_is_a_plural_for_a_singular(one: str, other: str) -> None:
    assert judge(cloze(one), (), other) == judge(cloze(other), (), one) == Judgement(True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("unchanged", "changed"),
        ("asymmetric", "symmetric"),
        ("a linear map", "a non-linear map"),
        ("updated weights", "weights are not updated"),
        ("the two layers", "the three layers"),
        ("更新 teacher 权重", "不更新 teacher 权重"),
        ("第二层输出激活值", "第三层输出激活值"),
    ],
)
def test_a_no_or_another_number_is_never_close(one: str, other: str) -> None:
    assert judge(cloze(one), (), other) == judge(cloze(other), (), one) == Judgement(False)


WORDS = ("norm", "of", "input", "feature", "scale", "very", "zero", "8", "not")


@given(*[st.lists(st.sampled_from(WORDS), max_size=5)] * 2)
def test_what_is_close_says_the_same_numbers_and_denies_the_same(hidden: list[str], typed: list[str]) -> None:
    found = judge(cloze(" ".join(hidden) or "x"), (), " ".join(typed))
    if found.note == "close":
        turns = [[word for word in words if word in ("zero", "8", "not")] for words in (hidden, typed)]
        assert turns[0] == turns[1]


def test_a_slip_never_passes_over_a_digit() -> None:
    assert judge(cloze("group of 128"), (), "group of 127") == Judgement(False)
    assert judge(cloze("quantization"), (), "quantisation") == Judgement(False, note="close")


TWO = Cloze(**GIVEN, q=Q, text=Words("A {{c1::5}} b {{c1::8}}", "甲{{c1::5}}乙{{c1::8}}"), number=1)
NAMES = Cloze(**GIVEN, q=Q, text=same("{{c1::zero point}} and {{c1::Scale and shift}}, {{c2::x}}"), number=1)
SAME = Cloze(**GIVEN, q=Q, text=same("{{c1::Scale}}, then {{c1::scale}}"), number=1)


@pytest.mark.parametrize(
    ("card", "typed", "right"),
    [
        *((TWO, f"5{between}8", True) for between in (", ", ",", " ", "; ", "/", " and ", "，", "、", "和", "；")),
        (TWO, "５，８", True),
        (TWO, "5", "close"),
        (TWO, "8", "close"),
        (TWO, "8, 5", False),
        (TWO, "58", False),
        (TWO, "5, 8, 8", False),
        (NAMES, "the zero-point; scale", "close"),
        (Cloze(**GIVEN, q=Q, text=same("{{c1::zero point}} {{c1::scale}}"), number=1), "zero-point; scales", True),
        (SAME, "scale", True),
        (SAME, "scale, scale", True),
    ],
)
def test_gaps_that_hide_different_things_are_written_in_order(card: Cloze, typed: str, right: object) -> None:
    found = judge(card, (), typed)
    assert (found.note or found.right) == right


@pytest.mark.parametrize(
    ("hidden", "typed", "close"),
    [
        ("the norm of input feature j over calibration data", "norm", True),
        ("the norm of input feature j over calibration data", "input norms", True),
        ("the norm of input feature j over calibration data", "the of", False),
        ("the norm of input feature j over calibration data", "weight norm", False),
        ("the norm of 2 input features", "input features", False),
        ("zero point", "zero", False),  # a number alone is none
        ("zero point", "point", False),
        ("zero", "a zero vector", True),
        ("double quantization", "quantization", False),
        ("very negative", "negative", True),
        ("very negative", "very", False),
        ("very negative", "very positive", False),
        ("very negative", "not negative", False),
        ("scale", "the scale factor", True),
        ("校准数据上的输入范数", "输入范数", True),
        ("校准数据上的输入范数", "权重范数", False),
        ("缩放系数", "缩放", False),
    ],
)
def test_a_part_of_a_long_gap_is_close(hidden: str, typed: str, close: bool) -> None:
    assert judge(cloze(hidden), (), typed) == Judgement(False, note="close" if close else "")


@pytest.mark.parametrize(
    ("chosen", "right"),
    [((), None), ((0,), False), ((0, 2), True), ((2, 0), True), ((0, 1, 2), False), ((1,), False)],
)
def test_choices_are_right_if_exactly_the_right_ones_are_chosen(chosen: tuple[int, ...], right: bool | None) -> None:
    choices = tuple(ChoiceItem(same(text), ok) for text, ok in (("a", True), ("b", False), ("c", True)))
    assert judge(Choice(**GIVEN, q=Q, choices=choices), chosen, "").right is right


@pytest.mark.parametrize(("places", "right"), [((), None), ((0, 1, 2), True), ((1, 0, 2), False), ((2, 1, 0), False)])
def test_an_order_is_right_if_all_stand_in_place(places: tuple[int, ...], right: bool | None) -> None:
    assert judge(Order(**GIVEN, q=Q, items=(same("a"), same("b"), same("c"))), places, "").right is right


def test_what_cannot_be_judged_is_not() -> None:
    assert judge(Free(**GIVEN, q=Q), (), "anything") == Judgement()


POINTS = (
    Point(same("frozen"), ("frozen", "冻结", "不更新teacher")),
    Point(same("T²"), ("T²", "temperature-squared")),
    Point(same("none")),
    Point(same("scale"), ("scale",)),
    Point(same("similarity"), ("SP",)),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("The teacher stays frozen.", {0}),
        ("教师被冻结，不更新", {0}),
        ("不更新 teacher 的权重", {0}),
        ("教師被凍結", {0}),
        ("不更新ｔｅａｃｈｅｒ的權重", {0}),
        ("multiply by T^2", {1}),
        ("multiply by T²", {1}),
        ("by the temperature squared", {1}),
        ("by the temperature－squared", {1}),
        ("Ｆｒｏｚｅｎ scales", {0, 3}),
        ("upscale", set()),
        ("speed", set()),
        ("by sp, or SPs", {4}),
        ("", set()),
        ("none of it", set()),
    ],
)
def test_points_are_mentioned_where_one_of_their_words_is(typed: str, found: set[int]) -> None:
    assert mentioned(POINTS, typed) == found


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_raises(typed: str) -> None:
    for card in (SIZE, BARE, PACE, SCALE, FORMULA):
        judge(card, (), typed)
    mentioned(POINTS, typed)


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_a_number_is_read_as_it_is_written(value: float) -> None:
    card = numeric(value, "", value, value)
    assert judge(card, (), repr(value)).right is True
    assert judge(card, (), f"about {value!r} of them").right is True


def test_a_gap_made_to_take_for_ever_is_judged_at_once() -> None:
    assert judge(cloze("(" * 100_000 + "x"), (), "4") == Judgement(False)
    assert judge(cloze("2^" + "9" * 5_000), (), "4") == Judgement(False)
    assert judge(cloze("x"), (), "2^" + "9" * 5_000).right is False
