"""What an examiner said, among the blocks of a card: by the points, against the ticks, untrusted, in both languages."""

from typing import Literal

from quizapp.cards.sheet import Block
from quizapp.examiner.place import Place
from quizapp.examiner.said import Hearing, with_hearing
from quizapp.examiner.verdict import PointVerdict, Verdict
from quizapp.texts import tell

PLACE = Place("http://localhost:11434/v1", "small\x1b[31m:8b")
SIDE = (
    Block("Because."),
    Block("Points", "label"),
    *(Block(text, "point", i, "abcd"[i]) for i, text in enumerate(("first", "second", "third", "fourth"))),
    Block("none of them", "said", 0, "n"),
    Block("The rest."),
)
VERDICT = Verdict(
    (
        PointVerdict("made", "it is\nso"),
        PointVerdict("missed", "[red]since\u202e[/]"),
        PointVerdict("partly", "so"),
        PointVerdict(),
    ),
    ("a\x1b]0;t\x07 claim",),
    "Say *why*.",
)


def said(
    hearing: Hearing, ticks: set[int] | None = None, language: Literal["en", "zh"] = "en"
) -> list[tuple[str, str, str]]:
    """The sign, text and side note of all that is not of the card, in order."""
    side = with_hearing(SIDE, hearing, frozenset(ticks or ()), language, "X")
    assert [block for block in side if block in SIDE] == list(SIDE)
    return [(block.sign, block.text, block.beside) for block in side if block not in SIDE]


def test_each_point_has_what_was_heard_of_it_and_the_ticks_stand_beside() -> None:
    assert said(Hearing(PLACE, verdict=VERDICT), {1, 2}) == [
        ("✓", "made: “it is so”", "but you did not tick it"),
        ("✗", "missed: you said “[red]since[/]”", "but you ticked it"),
        ("~", "partly: “so”", ""),
        ("?", "cannot tell", ""),
        ("", "The examiner", ""),
        ("✗", "wrong: “a claim”", ""),
        ("→", "better: Say *why*.", ""),
        ("·", "said small:8b at localhost:11434", ""),
    ]
    side = with_hearing(SIDE, Hearing(PLACE, verdict=VERDICT), frozenset(), "en", "X")
    assert [block.kind for block in side[2:6]] == ["point", "heard", "point", "heard"]
    assert [block.kind for block in side[10:12]] == ["said", "label"]
    assert {block.kind for block in side if block.sign} == {"heard", "remark"}  # which are no Markdown


def test_it_fills_in_as_it_comes_and_is_a_verdict_when_it_is_whole() -> None:
    begun = Verdict((PointVerdict("made"), *[PointVerdict()] * 3))
    hearing = Hearing(PLACE, running=True, verdict=begun)
    assert [one[:2] for one in said(hearing, {0})] == [
        ("✓", "made"), ("…", ""), ("…", ""), ("…", ""),
        ("", "The examiner"), ("…", "small:8b is listening · X stops it"),
    ]  # fmt: skip
    assert hearing.done is None
    assert Hearing(PLACE, verdict=VERDICT).done is VERDICT


def test_what_kept_it_from_a_verdict_stands_in_its_place() -> None:
    assert said(Hearing(PLACE)) == [("", "The examiner", ""), ("…", "Stopped. X asks again.", "")]
    fault = Hearing(Place("nowhere", "m"), fault=tell("common.cards", n=3))
    assert said(fault) == [("", "The examiner", ""), ("✗", "3 cards X asks again.", "")]


def test_what_it_said_before_says_so_and_chinese_is_chinese() -> None:
    found = said(Hearing(PLACE, verdict=VERDICT, before=True), {1}, "zh")
    assert found[0] == ("✓", "说到了：“it is so”", "但你没有勾选") and found[1][2] == "但你勾选了"
    assert found[-1] == ("·", "以前的评判，来自 localhost:11434 上的 small:8b；这次没有发送", "")


def test_how_far_it_agrees_with_the_reference_stands_where_a_verdict_does() -> None:
    tested = tell("common.cards", n=3)
    assert said(Hearing(PLACE, verdict=VERDICT, tested=tested))[-1] == ("·", "3 cards", "")
    assert said(Hearing(PLACE, running=True, verdict=VERDICT, tested=tested))[-1][0] == "…"


def test_of_a_side_without_its_points_nothing_is_lost() -> None:
    assert with_hearing((Block("x"),), Hearing(PLACE, verdict=VERDICT), frozenset(), "en", "X") == (Block("x"),)
    few = Verdict((PointVerdict("made"),))
    assert len(said(Hearing(PLACE, verdict=few))) == 1 + 2
