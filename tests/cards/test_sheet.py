"""What stands on a card: its blocks."""

from pathlib import Path

from any_card import GIVEN

from quizapp.cards.card import Choice, ChoiceItem, Cloze, Fix, Numeric, NumericAnswer, Order, Source, Trap
from quizapp.cards.judge import judge
from quizapp.cards.load import load_text
from quizapp.cards.sheet import back, front, markdown
from quizapp.cards.verdict import verdict_blocks
from quizapp.study.answer import blank
from quizapp.words import Shown, Words, same


def small(source: Source, shown: Shown = "en") -> list[str]:
    return [block.text for block in front(Fix(**GIVEN, source=source), shown) if block.kind == "small"]


def test_a_wrong_statement_names_who_says_it_if_anyone_does() -> None:
    says = Words(en="Zeros make it fast.", zh="有零就快。")
    assert small(Source(says=says, book=same("A book"), question="4")) == ["Claimed in the book A book, question 4"]
    assert small(Source(says=says, book=same("A book"), question="p. 4")) == ["Claimed in the book A book, p. 4"]
    assert small(Source(says=says, book=same("一本书"), question="4"), "zh") == ["出处：《一本书》第 4 题"]
    book = Words(en="A book", zh="一本书")
    assert [small(Source(says=says, book=book), shown) for shown in ("en", "zh")] == [
        ["Claimed in the book A book"], ["出处：《一本书》"]
    ]  # fmt: skip
    assert small(Source(says=says, question="p. 4"), "zh") == ["出处：p. 4"]
    assert small(Source(says=says, book=same("A book"))) == ["Claimed in the book A book"]
    assert small(Source(says=same("Zeros make it fast."))) == []


def test_why_a_choice_is_right_or_wrong_stands_below_it() -> None:
    choices = (ChoiceItem(same("yes"), True, same("it is")), ChoiceItem(same("no"), False))
    blocks = back(Choice(**GIVEN, q=same("?"), choices=choices), "en")
    assert [(block.kind, block.text) for block in blocks[:3]] == [
        ("choice", "no"),
        ("choice", "yes"),
        ("because", "it is"),
    ]
    assert "- wrong: no\n\n- right: yes\n\n  it is" in markdown(blocks, "en")


def test_who_reads_a_question_sees_its_choices_and_items_as_it_asks_them_first_not_as_the_deck_has_them() -> None:
    words = tuple(map(same, "abcd"))
    for card in (
        Order(**GIVEN, q=same("?"), items=words),
        Choice(**GIVEN, q=same("?"), choices=tuple(ChoiceItem(word, word.en == "a") for word in words)),
    ):
        asked = front(card, "en")
        assert asked == front(card, "en", blank(card, "0").order)
        assert [block.text for block in asked[1:]] != list("abcd")


def test_that_several_choices_are_right_is_said_before_one_answers() -> None:
    for right, said in ((1, []), (2, ["Several are right."])):
        choices = tuple(ChoiceItem(same(text), i < right) for i, text in enumerate("abc"))
        blocks = front(Choice(**GIVEN, q=same("?"), choices=choices), "en")
        assert [block.text for block in blocks if block.kind == "small"] == said


def test_several_gaps_of_one_number_are_told_and_what_counts_besides_stands_apart() -> None:
    def card(text: str, number: int) -> Cloze:
        return Cloze(**GIVEN, q=same(""), text=same(text), number=number)

    text = "{{c1::5}} bits or {{c1::8}}, times the {{c2::L2 norm (norm)}}"
    assert [block.text for block in front(card(text, 1), "en")][1:] == [
        "**[…]** bits or **[…]**, times the L2 norm",
        "2 gaps, one line: write what stands in each, in order, with a comma between.",
    ]
    assert len(front(card("{{c1::Five}}, {{c1::five}}", 1), "en")) == 2
    assert [block.text for block in back(card(text, 2), "en")] == [
        "5 bits or 8, times the **L2 norm**",
        "also right: norm",
    ]
    assert [block.text for block in back(card("每个{{c1::输出行（行）}}", 1), "zh")] == ["每个**输出行**", "也算对：行"]
    assert back(card("{{c1::2(a)}} {{c2::(b)}}", 1), "en")[0].text == "**2(a)** (b)"


def test_a_verdict_has_spaces_between_its_sentences_where_the_language_has() -> None:
    order = Order(**GIVEN, q=same("?"), items=tuple(map(same, "abc")))
    verdicts: tuple[tuple[Shown, str], ...] = (
        ("en", "Wrong. 1 of 3 stand in their place."),
        ("zh", "错误。3 项中有 1 项位置正确。"),
    )
    for shown, said in verdicts:
        assert verdict_blocks(order, judge(order, (0, 2, 1), ""), "", shown, (0, 2, 1))[0].text == said


def test_signs_beside_chinese_are_chinese() -> None:
    answer = NumericAnswer(value=36, unit="%", range=(35.5, 36.5))
    card = Numeric(**GIVEN, q=same("?"), answer=answer, traps=(Trap(60, Words("halved", "减了半")),))
    shown: tuple[Shown, ...] = ("zh", "en")
    assert [[block.text for block in back(card, one)] for one in shown] == [
        ["正确答案：**36%**（35.5 至 36.5 都算对）", "常见错误", "60%：减了半"],
        ["Right answer: **36 %**  (35.5 to 36.5 counts as right)", "Usual mistakes", "60 %: halved"],
    ]
    times = Numeric(**GIVEN, q=same("?"), answer=NumericAnswer(value=5.33, unit="x", range=(5.33, 5.33)))
    assert [back(times, one)[0].text for one in shown] == ["正确答案：**5.33 倍**", "Right answer: **5.33 x**"]


def test_a_number_shows_its_range_if_it_has_one() -> None:
    for span, says in (
        ((3.55, 3.75), "**3.64 GB**  (3.55 to 3.75 counts as right)"),
        ((3.627037037, 3.652222222), "**3.64 GB**  (3.628 to 3.652 counts as right)"),
        ((3.64, 3.64), "**3.64 GB**"),
    ):
        card = Numeric(**GIVEN, q=same("How large?"), answer=NumericAnswer(value=3.64, unit="GB", range=span))
        assert back(card, "en")[0].text == f"Right answer: {says}"
    whole = Numeric(**GIVEN, q=same("How many?"), answer=NumericAnswer(value=2304, range=(2303.5, 2304.5)))
    assert back(whole, "en")[0].text == "Right answer: **2,304**"  # both ends read as it does


def test_the_core_is_told_beside_its_point_where_it_decides() -> None:
    deck, _ = load_text(
        "cards:\n"
        "  - {id: a, q: Q, a: A, points: [p, {en: q, zh: q, core: true}]}\n"
        "  - {id: b, q: Q, a: A, points: [p, q]}\n"
        "  - {id: c, q: Q, a: A, points: [only]}\n"
        "  - {id: d, type: choice, q: Q, choices: [{en: y, ok: true}, {en: n}], points: [p, q]}\n",
        Path("d.yaml"),
    )
    assert deck is not None
    beside = [[block.beside for block in back(card, "en", (), [1]) if block.kind == "point"] for card in deck.cards]
    mentioned = "mentioned in your text"
    assert beside == [["", f"core · {mentioned}"], ["core", mentioned], [""], ["", mentioned]]
