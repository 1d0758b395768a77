"""Different ways to say the same."""

import pytest

from quizapp.cards.everyday import everyday
from quizapp.cards.judge import hits_in


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("老师先冻住", "教师"),
        ("学生跟老师一致", "teacher"),
        ("老师学生都训", "student"),
        ("把 teacher 冻结", "老师冻结"),
        ("不需要标注", "不用标签"),
        ("数据一样", "数据相同"),
        ("跟宽度没关系", "无关系"),
        ("训完准确率下降太多", "掉点"),
        ("fine tune it", "finetun"),
        ("at 4-bit", "4bit"),
        ("用 4 比特存", "4 bit"),
        ("it doesn't change", "not change"),
        ("without labels", "no label"),
        ("for every token", "each token"),
    ],
)
def test_either_way_finds_the_other(typed: str, hit: str) -> None:
    assert hits_in(typed, [hit]) == [hit]


def test_it_stays_a_word() -> None:
    assert hits_in("the students", ["student"]) and not hits_in("他当教师节的主持", ["student"])
    assert hits_in("at a high T", ["high T"]) and not hits_in("high throughput", ["high T"])
    assert not hits_in("this isolates it", ["not"])


def test_what_was_folded_stays_as_it_is() -> None:
    once = everyday("不需要每个教师都给没有标注的图做精调, it doesn't fine tune every 4 bit scale without any label")
    assert everyday(once) == once
