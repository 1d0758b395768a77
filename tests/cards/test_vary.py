from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Card, Numeric
from quizapp.cards.load import load_text
from quizapp.cards.vary import fresh, redrawn, variants

CODES = """
  - id: codes
    type: numeric
    vary: {bits: [3, 4, 8]}
    q: {en: "How many codes have {=bits} bits without the lowest?", zh: "{=bits}比特去掉最低的码还有几个？"}
    answer: {value: 2**bits - 1, range: [2**bits - 1.5, 2**bits - 0.5]}
    traps: [{value: 2**bits, why: "the lowest code, {=-2**(bits-1)}, is left out"}]
"""
PREDICTED = """
  - id: step
    q: What does a bit buy?
    a: 6 dB
    demo:
      run: quantize_layer
      with: {scale: tensor}
      predict:
        ask: "SQNR at {=bits} bits, a scale a {=scale}?"
        read: sqnr_db
        vary: {bits: [3, 4], scale: [tensor, channel]}
        so: "{=bits} bits: about {=6*bits} dB"
        choices: [{en: low, range: [0, 6*bits]}, {en: high, range: [6*bits, 100]}]
      expect: {sqnr_db: {3 tensor: [1, 2], 3 channel: [2, 3], 4 tensor: [7, 8], 4 channel: [8, 9]}}
"""


def cards(entries: str) -> tuple[Card, ...]:
    deck, faults = load_text(f"cards:{entries}", Path("d.yaml"))
    assert not faults and deck is not None
    return deck.cards


def fault_of(entries: str) -> str:
    _, faults = load_text(f"cards:{entries}", Path("d.yaml"))
    assert faults and all(fault.line > 1 for fault in faults)
    return str(faults[0])


def test_whether_other_numbers_are_asked_each_time() -> None:
    plain = "  - {id: p, q: Q, a: A}\n"
    assert [redrawn(card) for card in cards(CODES + PREDICTED.lstrip("\n") + plain)] == [True, False, False]


def test_a_number_of_five_digits_has_commas_but_in_code_and_formulas() -> None:
    asked = "{=1000*n} or {=6172.75*n} or {=-5000*n} or {=1e12*n}; `x[{=5000*n}]`, $2 + {=5000*n}$"
    (card,) = cards(f"\n  - {{id: x, type: numeric, vary: {{n: [2, 3]}}, q: '{asked}', answer: {{value: n}}}}\n")
    drawn = next(one for one in variants(card) if one.drawn["n"] == "2")
    assert drawn.q.en == "2000 or 12,345.5 or -10,000 or 2e+12; `x[10000]`, $2 + 10000$"


def test_a_number_is_worked_out_for_each_value() -> None:
    (card,) = cards(CODES)
    found = [
        (v.drawn["bits"], v.answer.value, v.answer.range, v.traps[0].value, v.traps[0].why.en, v.q.zh)
        for v in variants(card)
        if isinstance(v, Numeric)
    ]
    assert found == [
        ("3", 7, (6.5, 7.5), 8, "the lowest code, -4, is left out", "3比特去掉最低的码还有几个？"),
        ("4", 15, (14.5, 15.5), 16, "the lowest code, -8, is left out", "4比特去掉最低的码还有几个？"),
        ("8", 255, (254.5, 255.5), 256, "the lowest code, -128, is left out", "8比特去掉最低的码还有几个？"),
    ]
    assert isinstance(card, Numeric) and card.answer.value == 7, "the card itself is its first variant"
    assert {v.key for v in variants(card)} == {"d/codes"}


def test_a_prediction_turns_the_knobs() -> None:
    (card,) = cards(PREDICTED)
    found = []
    for variant in variants(card):
        demo = variant.demo
        assert demo is not None and demo.predict is not None
        found.append((demo.with_, demo.predict.ask.en, demo.predict.so.en, demo.expect["sqnr_db"]))
        assert demo.predict.choices[0].range == (0, 6 * int(demo.with_["bits"]))
    assert found == [
        ({"bits": "3", "scale": "tensor"}, "SQNR at 3 bits, a scale a tensor?", "3 bits: about 18 dB", (1, 2)),
        ({"bits": "3", "scale": "channel"}, "SQNR at 3 bits, a scale a channel?", "3 bits: about 18 dB", (2, 3)),
        ({"bits": "4", "scale": "tensor"}, "SQNR at 4 bits, a scale a tensor?", "4 bits: about 24 dB", (7, 8)),
        ({"bits": "4", "scale": "channel"}, "SQNR at 4 bits, a scale a channel?", "4 bits: about 24 dB", (8, 9)),
    ]


def test_a_range_of_the_prediction_goes_by_its_own_values_where_the_card_varies_too() -> None:
    demo = PREDICTED[PREDICTED.index("    demo:") :].replace("bits", "b")
    (card,) = cards(
        CODES.rstrip() + "\n" + demo.replace("[3, 4]", "[3]").replace(", 4 tensor: [7, 8], 4 channel: [8, 9]", "")
    )
    found = [(v.drawn["bits"], v.demo.with_["scale"], v.demo.expect["sqnr_db"]) for v in variants(card) if v.demo]
    expected = {"tensor": (1, 2), "channel": (2, 3)}
    assert found == [(bits, scale, expected[scale]) for bits in "348" for scale in ("tensor", "channel")]


@given(st.integers(0, 10_000))
def test_every_variant_comes_before_one_comes_again(turn: int) -> None:
    for entries in (CODES, PREDICTED):
        (card,) = cards(entries)
        many = len(variants(card))
        drawn = [tuple(fresh(card, turn + i).drawn.values()) for i in range(many + 1)]
        assert len(set(drawn[:many])) == many and drawn[0] == drawn[many]


@given(st.integers(0, 10_000))
def test_the_next_time_other_numbers_are_asked_whatever_is_predicted(turn: int) -> None:
    """Of the variants that differ in their prediction alone none follows another."""
    demo = PREDICTED[PREDICTED.index("    demo:") :].replace("bits", "b")
    demo = demo.replace("[3, 4]", "[3]").replace(", 4 tensor: [7, 8], 4 channel: [8, 9]", "")
    (card,) = cards(CODES.rstrip() + "\n" + demo)
    asked, then = (fresh(card, turn + i) for i in range(2))
    assert asked.drawn["bits"] != then.drawn["bits"]
    assert len({tuple(fresh(card, turn + i).drawn.items()) for i in range(6)}) == 6 == len(variants(card))


def test_a_card_that_does_not_vary_stays_itself() -> None:
    (card,) = cards("\n  - {q: Q, a: A}")
    assert fresh(card, 3) is card and variants(card) == (card,) and not card.drawn


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("{=bits} bits without", "{=bitz} bits without", "no name `bitz`"),
        ("vary: {bits: [3, 4, 8]}", "vary: {bits: 3}", "needs a list of values"),
        ("vary: {bits: [3, 4, 8]}", "vary: [3]", "needs names"),
        ("vary: {bits: [3, 4, 8]}", "vary: {bits: []}", "needs a list of values"),
        ("vary: {bits: [3, 4, 8]}", "vary: {bits: [[3]]}", "needs a list of values"),
        ("vary: {bits: [3, 4, 8]}", "vary: {my bits: [3]}", "knob"),
        ("vary: {bits: [3, 4, 8]}", "vary: {bits: [1, 2, 3, 4, 5], n: [1, 2, 3]}", "more than 12"),
        ("value: 2**bits - 1,", "value: 1 / (bits - 4),", "comes to no number"),
        ("value: 2**bits - 1,", "value: __import__('os'),", "no arithmetic"),
        ("range: [2**bits - 1.5, 2**bits - 0.5]", "range: {3: [6, 8]}", "no range for `4`"),
        ("range: [2**bits - 1.5, 2**bits - 0.5]", "range: [7, 7]", "range"),  # right for 3 bits only
        ("traps: [{value: 2**bits,", "traps: [{value: 15,", "15"),  # which is right for 4 bits
        ("    type: numeric\n", "", "a free card has no field `vary`"),
    ],
)
def test_what_is_wrong_with_one_value_is_said_at_its_place(was: str, now: str, said: str) -> None:
    assert was in CODES
    assert said in fault_of(CODES.replace(was, now))


def test_one_bad_card_hides_no_other() -> None:
    deck, faults = load_text("cards:" + CODES.replace("{=bits} bits", "{=x} bits") + PREDICTED, Path("d.yaml"))
    assert deck is not None and [card.id for card in deck.cards] == ["step"] and len(faults) == 1


def test_a_gap_of_a_cloze_may_hold_a_value() -> None:
    found = cards(
        """
  - type: cloze
    id: gaps
    text: "{{c1::{=bits}}} bits are {{c2::{=2**bits}}} codes"
    demo: {run: x, predict: {ask: A, read: m, vary: {bits: [3, 4]}}}
"""
    )
    assert [[variant.text.en for variant in variants(card)] for card in found] == [  # type: ignore[union-attr]
        ["{{c1::3}} bits are {{c2::8}} codes", "{{c1::4}} bits are {{c2::16}} codes"]
    ] * 2
    assert [card.key for card in found] == ["d/gaps:c1", "d/gaps:c2"]
