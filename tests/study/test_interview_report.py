"""The report of a mock interview: points by topic, time, confidence against outcome, what to study next."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from quizapp.cards.library import Library, read_library
from quizapp.examiner.task import FollowUp
from quizapp.study.interview import Asked, Interview, Terms, cards_by_key, start_interview
from quizapp.study.interview_page import report_markdown
from quizapp.study.interview_report import Report, clock_time, report, trend
from quizapp.words import Shown, Words

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ONE = """
title: {en: Deck one, zh: 甲}
cards:
  - {id: free, q: {en: Free?, zh: 自由？}, a: A, tags: [x], points: [{en: first, zh: 其一}, second, third, fourth]}
  - {id: bare, q: "Bare | or not?", a: A, tags: [y]}
  - {id: pick, type: choice, tags: [x], q: Pick?, choices: [{en: yes it is, ok: true}, {en: no, why: No.}], points: [p]}
  - {id: mend, type: fix, a: A, points: [p], source: {book: B, says: It is so.}}
  - {id: five, q: Five?, a: A, tags: [z], points: [p, q, r, s, t]}
  - {id: gaps, type: cloze, text: "A {{c1::one}}."}
  - {id: sum, type: numeric, q: 1 + 1?, answer: {value: 2, range: [2, 2]}, traps: [{value: 11, why: Strings.}]}
"""
TWO = "title: {en: Deck two, zh: 乙}\ncards:\n  - {id: other, q: Other?, a: A, points: [p, q]}\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "one.yaml").write_text(ONE)
    (tmp_path / "two.yaml").write_text(TWO)
    return read_library([tmp_path], user=None, bundled=tmp_path)


def talk(*asked: Asked, day: int = 24) -> Interview:
    return start_interview(asked, Terms(minutes=5), NOW.replace(day=day))


def of(library: Library, *asked: Asked) -> Report:
    return report(talk(*asked), cards_by_key(library), library.decks)


def test_points_and_topics_the_weakest_first(library: Library) -> None:
    found = of(
        library,
        Asked("two/other", 60, ticks=(0, 1), grade="good", took_s=30, confidence=50),
        Asked("one/free", 60, ticks=(0,), grade="hard", took_s=90.5, confidence=95),
        Asked("one/bare", 30, grade="hard", took_s=10),
    )
    assert [(topic.name.en, topic.got, topic.of) for topic in found.topics] == [
        ("Deck one", 1.5, 5),
        ("Deck two", 2, 2),
    ]
    assert (found.whole.got, found.whole.of, found.whole.took_s, found.whole.budget_s) == (3.5, 7, 130.5, 150)
    assert found.whole.sure == (72.5, 1, 2)  # a point of four is not enough


def test_how_sure_one_was_is_set_against_what_stood_from_five_marked_answers_on(library: Library) -> None:
    said = [
        Asked("two/other", 60, ticks=(0, 1), confidence=50, grade="good"),
        *[Asked("one/free", 60, ticks=(0,), confidence=95, grade="again")] * 3,
        Asked("one/bare", 30, grade="good"),  # without a word of how sure
        Asked("one/bare", 30, confidence=95),  # not marked
    ]
    assert "sure on average" not in report_markdown(of(library, *said), "en")
    found = of(library, *said, Asked("one/free", 60, confidence=95, grade="again"))
    assert found.whole.sure == (86, 1, 5)
    head = report_markdown(found, "en").partition("##")[0]
    assert "You were 86% sure on average, and 1 of 5 answers stood (20%): too sure.\n" in head


def test_the_weakest_topic_is_the_one_with_the_smallest_share(library: Library) -> None:
    found = of(library, Asked("one/five", 60, ticks=(0, 1)), Asked("two/other", 60))
    assert [(topic.name.en, topic.got - topic.of) for topic in found.topics] == [("Deck two", -2), ("Deck one", -3)]


def test_of_topics_that_went_alike_the_one_that_lacks_more_comes_first(library: Library) -> None:
    found = of(library, Asked("two/other", 60, ticks=(0,)), Asked("one/free", 60, ticks=(0, 1)))
    assert [(topic.name.en, topic.share) for topic in found.topics] == [("Deck one", 0.5), ("Deck two", 0.5)]


def test_with_a_single_deck_the_topics_are_tags(library: Library) -> None:
    found = of(library, *(Asked(f"one/{name}", 60, grade="good") for name in ("free", "bare", "pick", "mend")))
    assert {topic.name.en: len(topic.outcomes) for topic in found.topics} == {"x": 2, "y": 1, "Deck one": 1}


def test_a_tag_that_is_also_the_name_of_a_deck_is_not_called_after_it(library: Library) -> None:
    card = msgspec.structs.replace(cards_by_key(library)["one/free"], tags=("two",))
    assert report(talk(Asked("one/free", 60)), {"one/free": card}, library.decks).topics[0].name.en == "two"


def test_who_gave_no_answer_was_not_wrong(library: Library) -> None:
    asked = Asked("one/pick", 60, confidence=95, grade="again")
    (none,), (wrong,) = (
        of(library, one).whole.outcomes for one in (asked, msgspec.structs.replace(asked, chosen=(1,)))
    )
    assert wrong.sure_and_wrong and not none.sure_and_wrong


@pytest.mark.parametrize(
    ("asked", "got", "of_"),
    [
        (Asked("one/pick", 60, chosen=(0,), ticks=(0,)), 2, 2),
        (Asked("one/pick", 60, chosen=(1,)), 0, 2),
        (Asked("one/pick", 60, chosen=(1,), grade="good"), 1, 2),
        (Asked("one/pick", 60, chosen=(1,), grade="easy"), 1, 2),
        (Asked("one/pick", 60, chosen=(1,), grade="hard"), 0, 2),
        (Asked("one/pick", 60, chosen=(0,), grade="again"), 1, 2),
        (Asked("one/pick", 60), 0, 2),
        (Asked("one/gaps:c1", 60, typed="one"), 1, 1),
        (Asked("one/gaps:c1", 60, typed="two"), 0, 1),
        (Asked("one/gaps:c1", 60, typed="one more", grade="hard"), 1, 1),  # close, and it was said that it counts
        (Asked("one/gaps:c1", 60, typed="one more", grade="again"), 0, 1),
        (Asked("one/gaps:c1", 60, typed="two", grade="hard"), 0, 1),
        (Asked("one/bare", 60, grade="easy"), 1, 1),
        (Asked("one/bare", 60, grade="again"), 0, 1),
        (Asked("one/bare", 60), 0, 1),
        (Asked("one/free", 60, grade="easy", ticks=(0, 3, 9)), 2, 4),
        (Asked("no/such", 60, grade="good"), 0, 0),
    ],
)
def test_what_a_question_is_worth(library: Library, asked: Asked, got: float, of_: int) -> None:
    (result,) = of(library, asked).whole.outcomes
    assert (result.got, result.of) == (got, of_)


def test_the_markdown_says_all_of_it(library: Library) -> None:
    text = report_markdown(
        of(
            library,
            Asked("one/free", 60, typed="First line\nsecond line", took_s=75, confidence=95, ticks=(1,), grade="hard"),
            Asked("two/other", 60, follows=True, took_s=20, confidence=25, ticks=(0, 1), grade="good"),
            Asked("one/pick", 45, chosen=(1,), took_s=5, grade="again", confidence=50),
            Asked("one/bare", 45, took_s=3700, grade="good"),
            Asked("one/mend", 60, grade="again", confidence=50),
            Asked("one/gaps:c1", 60, typed="one", grade="good", confidence=90),
            Asked("no/such", 60, grade="again"),
        ),
        "en",
    )
    assert text.startswith(
        "# Mock interview, 2026-11-24 12:00\n\n7 questions · 1 of them a follow-up · took 1:03:20 / 5:00 · "
    )
    assert "| Topic | Questions | Points | Time |\n| --- | ---: |" in text
    assert "| Deck two | 1 | 2/2 (100%) | 0:20 / 1:00 |" in text
    assert "| no | 1 | – | 0:00 / 1:00 |" in text
    assert (
        "You were 62% sure on average, and 2 of 5 answers stood (40%): the two agree as far as 5 answers tell.\n"
        in text
    )
    two = (
        Asked("two/other", 60, confidence=25, ticks=(0, 1), grade="good"),
        *[Asked("one/bare", 60, grade="good")] * 5,
    )
    told = report_markdown(of(library, *two), "zh")
    assert "| 乙 | 1 | 2/2（100%） |" in told.replace("Deck two", "乙") and "把握 25% · " in told
    each = text.partition("## Question by question, the worst first")[2]
    assert [line[4] for line in each.splitlines() if line.startswith("### ")] == list("3571246")
    assert "### 1. Free?\n\ntook 1:15 / 1:00 (+0:15) · 95% sure · 1/4 points · grade Hard" in each
    assert "> First line\n> second line" in each and "- [ ] first\n- [x] second" in each
    assert "follow-up · 25% sure" in each and "Your answer: ✗\n\n- [ ] yes it is ✓\n- [x] no — No.\n\n- [ ] p" in each
    assert "### 5. “It is so.”" in each and each.count("It is so.") == 1
    assert "### 6. A **[…]**." in each and each.count("[…]") == 1
    assert "Your answer: ✓\n\n> one\n\nRight:\n\nA **one**." in each
    assert "### 7. no/such" in each and "in none of the open decks" in each


@pytest.mark.parametrize(
    ("sure", "stood", "said"),
    [(75, 4, "the two agree"), (95, 3, "too sure"), (25, 4, "not sure enough"), (50, 4, "the two agree")],
)
def test_confidence_is_held_against_the_outcome(library: Library, sure: int, stood: int, said: str) -> None:
    hard, again = (
        Asked("one/free", 45, ticks=(0, 1, 2), confidence=sure, grade="hard"),
        Asked("one/free", 45, confidence=sure, grade="again"),
    )
    text = report_markdown(of(library, *[hard] * stood, *[again] * (5 - stood)), "en")
    assert f"and {stood} of 5 answers stood ({20 * stood}%): {said}" in text


def test_code_and_the_answer_that_was_not_known_stand_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(ONE + "  - {id: code, type: code, code: kd_loss, q: Write it., why: W}\n")
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    code = "def f(x):\n\n    return x"
    failed = Words(en="Stopped in one.py, line 3: NameError `y`", zh="停在 one.py 第 3 行")
    asked = Asked("one/code", 60, typed=code, passed=False, failed=failed, grade="again")
    text = report_markdown(of(library, asked), "en")
    assert "Your answer: ✗\n\n````python\ndef f(x):\n\n    return x\n````\n" in text
    assert "\n\nWhy it did not pass:\n\n````text\nStopped in one.py, line 3: NameError `y`\n````\n" in text
    for grade in ("again", "good"):
        ticks = (0, 1, 2, 3) if grade == "good" else ()
        text = report_markdown(of(library, Asked("one/free", 60, ticks=ticks, grade=grade)), "en")
        assert ("- [ ] fourth\n" in text) is (grade == "again") and "Right:" not in text  # its points say it
        text = report_markdown(of(library, Asked("one/bare", 60, grade=grade)), "en")
        assert ("\n\nRight:\n\nA\n" in text) is (grade == "again")


def test_the_right_choices_stand_in_the_report_even_if_none_was_chosen(library: Library) -> None:
    text = report_markdown(of(library, Asked("one/pick", 45, grade="again")), "en")
    assert "Your answer:\n\n- [ ] yes it is ✓\n- [ ] no\n" in text


def test_a_trap_that_was_hit_is_explained(library: Library) -> None:
    text = report_markdown(of(library, Asked("one/sum", 45, typed="11", grade="again")), "en")
    assert "Your answer: ✗\n\n> 11\n\nStrings.\n\nRight answer: **2**" in text and "Right:" not in text


def test_nothing_to_study_and_no_confidence(library: Library) -> None:
    text = report_markdown(of(library, Asked("one/bare", 45, grade="good", took_s=3)), "en")
    assert "Nothing stands out" in text and "Confidence" not in text and "Sure" not in text
    assert "| 1 |" not in text  # a single topic says no more than the whole


def test_of_cards_that_are_not_there_nothing_is_claimed(library: Library) -> None:
    text = report_markdown(of(library, Asked("no/such", 60, grade="again")), "en")
    assert "– points" in text and "Nothing stands out" not in text
    free = Asked("one/free", 60, confidence=75, ticks=(0, 1, 2), grade="good")
    text = report_markdown(of(library, *[free] * 5, Asked("no/such", 60, confidence=25)), "en")
    assert "5 of 5 answers stood" in text


@pytest.mark.parametrize(("shown", "said"), [("zh", "# 模拟面试，"), ("both", "# Mock interview / 模拟面试")])
def test_in_chinese_and_in_both(library: Library, shown: Shown, said: str) -> None:
    text = report_markdown(of(library, Asked("one/free", 60, grade="again", confidence=75)), shown)
    assert text.startswith(said) and "自由？" in text and "其一" in text
    assert ("Free?" in text) is (shown == "both")


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (5.9, "0:05"), (750, "12:30"), (3661, "1:01:01")])
def test_clock(seconds: float, shown: str) -> None:
    assert clock_time(seconds) == shown


def test_what_one_was_sure_of_and_wrong_stands_first_and_once(library: Library) -> None:
    found = of(
        library,
        Asked("one/five", 60, confidence=25, grade="hard", ticks=(0,)),
        Asked("two/other", 60, confidence=50, grade="again"),
        Asked("one/free", 60, confidence=95, grade="again"),
        Asked("one/bare", 60, grade="good"),
    )
    assert [card.id for card in found.lacking] == ["free", "other", "five"]
    text = report_markdown(found, "en")
    assert [line[:6] for line in text.splitlines() if line.startswith("### ")] == [
        "### 3.",
        "### 2.",
        "### 1.",
        "### 4.",
    ]
    assert text.count("**Sure, and wrong: asked again tomorrow and in a week.**") == text.count("Free?") == 1


def test_who_said_the_core_was_not_wrong(library: Library) -> None:
    half, other = (Asked("one/free", 60, confidence=95, grade="again", ticks=ticks) for ticks in ((0, 1), (2, 3)))
    assert "Sure, and wrong" not in report_markdown(of(library, half), "en")
    assert "95% sure · 2/4 points · grade Again\n\n**Sure, and wrong: " in report_markdown(of(library, other), "en")


def test_the_trend_is_told_from_the_second_on(library: Library) -> None:
    cards = cards_by_key(library)
    held = [
        msgspec.structs.replace(talk(Asked("two/other", 60, ticks=ticks, grade="good"), day=day), stage="done", at=1)
        for day, ticks in ((22, (0, 1)), (24, (0,)), (20, ()))
    ]
    held += [talk(Asked("two/other", 60), day=23), msgspec.structs.replace(talk(Asked("no/such", 60)), stage="done")]
    marks = trend(held, cards, library.decks)
    assert [(mark.started.day, mark.percent) for mark in marks] == [(20, 0), (22, 100), (24, 50)]
    told = report_markdown(report(held[1], cards, library.decks, marks), "en")
    trend_of = told.partition("## Over your interviews\n\n")[2].partition("\n\n")[0].splitlines()
    assert trend_of[0] == "| Interview | Questions | How | Time | Points |"
    assert trend_of[2] == "| 11-20 12:00 | 1 | aloud | 0:00 | 0% |"
    assert trend_of[-1] == "| **11-24 12:00** | **1** | **aloud** | **0:00** | **50%** |"
    assert "since the last one" not in told  # of one question each
    assert "Over your" not in report_markdown(report(held[2], cards, library.decks, marks), "en")


def test_what_changed_is_reckoned_from_what_is_shown_and_between_interviews_of_answers_enough(library: Library) -> None:
    cards = cards_by_key(library)
    talks = []
    for day, made in ((22, 2), (24, 4)):  # of 12: 16.7% and 33.3%
        one = Asked("two/other", 60, ticks=(0,), grade="hard"), Asked("two/other", 60, grade="again")
        asked = [one[0]] * made + [one[1]] * (6 - made)
        talks.append(msgspec.structs.replace(talk(*asked, day=day), stage="done", at=6))
    marks = trend(talks, cards, library.decks)
    assert [mark.percent for mark in marks] == [17, 33]
    told = report_markdown(report(talks[1], cards, library.decks, marks), "en")
    assert "\n\n+16 points of a hundred since the last one.\n" in told


def test_an_answer_stands_by_what_was_ticked_whatever_it_was_graded(library: Library) -> None:
    asked = (
        Asked("one/five", 60, ticks=(0,), grade="good"),  # a fifth of it
        Asked("one/five", 60, ticks=(1, 2, 3, 4), grade="easy"),  # without its core
        Asked("one/five", 60, grade="hard"),
        Asked("one/five", 60, ticks=(0, 1, 2, 3), grade="hard"),
        Asked("one/five", 60, ticks=(0, 1, 2, 3, 4), grade="again"),
        Asked("one/sum", 60, typed="11", grade="good"),  # the user has the last word
        Asked("one/sum", 60, typed="11", grade="hard"),
        Asked("one/sum", 60, grade="good"),  # who said it aloud too
        Asked("one/sum", 60, grade="hard"),
    )
    found = of(library, *asked)
    stand = [one.stands for one in found.whole.outcomes]
    assert stand == [False, False, False, True, False, True, False, True, False]
    assert "3 of 9 answers stand: the core" in report_markdown(found, "en")
    friends = msgspec.structs.replace(found, interview=msgspec.structs.replace(found.interview, friend=True))
    assert "By your friend’s ticks 3 of 9 answers stand" in report_markdown(friends, "en")


def test_one_that_was_ended_early_says_how_many_were_not_answered(library: Library) -> None:
    ended = msgspec.structs.replace(talk(Asked("one/bare", 60, grade="good")), left=4)
    text = report_markdown(report(ended, cards_by_key(library), library.decks), "en")
    assert "1 question · ended early, 4 not answered · " in text


def test_a_right_order_stands_once(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("cards:\n  - {id: sort, type: order, q: Sort?, items: [one, two, three]}\n")
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    right = report_markdown(of(library, Asked("one/sort", 60, chosen=(0, 1, 2), grade="good")), "en")
    assert right.count("three") == 1 and "Right:" not in right and "Your answer: ✓" in right
    wrong = report_markdown(of(library, Asked("one/sort", 60, chosen=(0, 2, 1), grade="again")), "en")
    assert wrong.count("three") == 2 and "Right:" in wrong


def test_how_it_went_is_said_in_a_word_by_a_rule_from_six_answers_on(library: Library, tmp_path: Path) -> None:
    good, bad = Asked("one/bare", 30, grade="hard"), Asked("one/bare", 30, grade="again")
    sure = msgspec.structs.replace(bad, confidence=95)

    def word(*asked: Asked) -> str:
        return of(library, *asked).verdict.word

    assert word(*[good] * 5) == word(*[bad] * 5) == "few"
    assert word(*[good] * 5, Asked("one/bare", 30)) == "few"  # not marked
    assert (word(*[good] * 6), word(*[good] * 8, bad, bad), word(*[good] * 7, *[bad] * 3)) == (
        "ready", "ready", "nearly",
    )  # fmt: skip
    assert word(*[good] * 8, bad, sure) == "nearly"
    assert (word(*[good] * 6, *[bad] * 4), word(*[good] * 5, *[bad] * 4)) == ("nearly", "not_yet")
    text = report_markdown(of(library, *[good] * 6), "en")
    assert "**Ready, by this interview.** 6 of 6 answers stand" in text and "By these 6 answers only" in text
    assert "**" not in report_markdown(of(library, *[good] * 3), "en").partition("##")[0]
    assert "答对即达标。答满" in report_markdown(of(library, *[good] * 3), "zh")


def test_code_is_told_apart_from_the_points_that_were_said(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(ONE + "  - {id: code, type: code, code: kd_loss, q: Write it., why: W}\n")
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    five = Asked("one/five", 60, ticks=(0, 1, 2, 3), grade="hard")
    failed = Asked("one/code", 300, passed=False, grade="again")
    found = of(library, *[five] * 6, failed)
    assert (found.whole.got, found.whole.of, found.verdict.word) == (
        24,
        30,
        "nearly",
    )  # which six of seven else were not
    text = report_markdown(found, "en")
    assert "24/30 (80%) points · code: did not pass\n" in text and "0:00 / 5:00 · did not pass · grade Again" in text
    passed = of(library, *[five] * 6, msgspec.structs.replace(failed, passed=True, grade="good"))
    assert passed.verdict.word == "ready" and "code: passed" in report_markdown(passed, "en")
    alone = of(library, failed)
    assert (alone.whole.share, "(0%)" in report_markdown(alone, "en")) == (0, False)


def test_an_answer_that_is_no_review_says_so(library: Library) -> None:
    counted = Asked("one/free", 60, grade="good", counted=True)
    led = Asked("one/bare", 60, grade="good", follows=True)
    untold = msgspec.structs.replace(counted, counted=False)
    parts = report_markdown(of(library, counted, led, untold), "en").split("\n### ")[1:]
    first, second, third = (next(part for part in parts if part.startswith(f"{n}.")) for n in (1, 2, 3))
    assert "review" not in first and "no review" in second and "review" not in third


def test_what_an_examiner_asked_stands_under_its_question_and_is_no_markup(library: Library) -> None:
    odd = FollowUp("[x](http://x) ![y](z) <b> `c` $d$ \\\\(e\\\\)?")
    asked = Asked(
        "one/free",
        60,
        typed="Mine.",
        took_s=50,
        back_s=30,
        waited_s=4,
        tokens=1234,
        ticks=(0,),
        asked_back=(FollowUp("Why so?", "Because\nof it."), odd),
    )
    text = report_markdown(of(library, asked, Asked("one/bare", 60, took_s=10)), "en")
    head, _, rest = text.partition("\n\n## ")
    assert head.endswith("\n\nThe examiner asked back 2 times · it thought for 0:04 · 1,234 tokens")
    assert "1:30 / 5:00" in head and "1:20 / 1:00 · " in rest and "(+" not in rest
    assert "> Mine.\n\nThe examiner asked: Why so?\n\n> Because\n> of it.\n\nThe examiner asked: &#91;x]" in rest
    assert "\\!&#91;y](z) \\<b\\> \\`c\\` \\$d\\$" in rest and "> (no answer)\n\n- [x] first" in rest
    told = report_markdown(of(library, msgspec.structs.replace(asked, tokens=None, waited_s=0)), "both")
    assert "asked back 2 times / 考官追问了 2 次\n" in told and told.count("Why so?") == 1
    assert "examiner" not in report_markdown(of(library, Asked("one/free", 60, grade="good")), "en")
