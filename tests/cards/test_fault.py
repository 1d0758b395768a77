"""A fault: where it stands, and what it says on one line."""

from pathlib import Path

from quizapp.cards.fault import Fault, dotted, short
from quizapp.texts import tell

FILE = Path("my.yaml")


def test_a_fault_on_one_line_in_either_language() -> None:
    message, hint = tell("deck.missing", name="q"), tell("deck.missing.do", called=tell("deck.a_card", type="free"))
    fault = Fault(FILE, 3, 5, message, hint, "cards[0] x", ("demo", "predict", "choices", 1, "range"))
    assert str(fault) == (
        "my.yaml:3:5: cards[0] x: demo.predict.choices[1].range: `q` is missing (a free card needs it)"
    )
    assert fault.says("zh") == ("my.yaml:3:5：cards[0] x: demo.predict.choices[1].range：缺少 `q`（free 卡片需要它）")
    assert str(Fault(FILE, 0, 0, tell("yaml.empty"))) == "my.yaml: the file is empty"


def test_a_fault_is_known_by_its_code_and_not_by_what_it_cites() -> None:
    fault = Fault(FILE, 1, 1, tell("yaml.twice", key="the file is empty", line=1))
    assert fault.message.id == "yaml.twice" and "the file is empty" in str(fault)


def test_what_a_fault_cites_is_clean_in_the_middle_of_a_sentence_too() -> None:
    what = tell("deck.this_field", field="a\x1b[31m\u202eb")
    fault = Fault(FILE, 1, 1, tell("deck.missing.do", called=what), tell("yaml.folder_link", path=Path("/x\x07y")))
    assert (str(fault.message), str(fault.hint)) == ("`ab` needs it", "its folder is a link, to /xy")
    assert hash(fault) == hash(Fault(FILE, 1, 1, fault.message, fault.hint))


def test_the_way_to_a_field() -> None:
    assert dotted(("choices", 1, "why")) == "choices[1].why" and dotted(()) == ""
    assert dotted(("x" * 50,)) == short("x" * 50) == "x" * 37 + "..."
    assert short("a\n  b") == "a b"
