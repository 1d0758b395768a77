"""What browse lists: found, sorted, and drawn in so many cells."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui.context import Context
from quizapp.ui.widgets.card_lines import CardLines

DECK = """cards:
  - {id: one, q: What is a scale?, a: It}
  - {id: two, q: 什么是缩放系数？这里有一个很长的问题，一行放不下它, a: 它}
  - {id: three, q: What is a cache?, a: It}
"""


@pytest.fixture
def here(home: Home, tmp_path: Path) -> Iterator[Context]:
    (tmp_path / "d.yaml").write_text(DECK)
    made = Context(open_desk(home, [tmp_path / "d.yaml"], local_now()), lambda binding: binding.key)
    yield made
    made.desk.recorder.close()


def test_what_a_query_leaves_is_listed_and_a_card_is_found_in_it(here: Context) -> None:
    lines = CardLines(here)
    assert len(lines) == 0
    lines.find("")
    assert [card.id for card in lines.cards()] == ["one", "two", "three"]
    assert lines.line_of("d/three") == 2 and lines.line_of("d/none") == 0 == lines.line_of(None)
    lines.find("what")
    assert [lines.card(i).id for i in range(len(lines))] == ["one", "three"]


def test_it_says_how_many_there_are_and_what_a_filter_takes(here: Context) -> None:
    lines = CardLines(here)
    lines.find("")
    assert (lines.count(), lines.known("")) == ("3 cards · by deck", "")
    lines.find("scale")
    assert (lines.count(), lines.known("scale")) == ("1 card · best first", "")
    assert lines.known("deck:") == "d" and lines.known("scale is:").startswith("new  seen  learning")
    assert lines.known("scale -is:L") == "learning  leech" and lines.known("is:none") == ""
    assert lines.none("type:essay").startswith('type: takes open  choice  gap  number  order  "find the error"  code')
    assert lines.none("tier:none scale") == "tier: takes essential" and lines.none("xyz") == "No card is like that."
    assert all("takes" not in lines.none(query) for query in ("type:gap", "type:cloze", "level:b", "type:gap,x"))
    lines.sort_next()
    assert lines.count() == f"1 card · by {lines.by}" and lines.by != "deck"


@pytest.mark.parametrize("width", [40, 100])
def test_a_line_fills_its_cells_and_marks_what_is_flagged(here: Context, width: int) -> None:
    lines = CardLines(here)
    lines.find("")
    assert {lines.line(i, width).cell_len for i in range(3)} == {width}
    here.desk.recorder.change("d/two", "flagged", local_now())
    lines.take_stock()
    assert [lines.line(i, width).plain[0] for i in range(3)] == [" ", "*", " "]


def test_a_line_shows_where_what_was_searched_for_stands(here: Context, tmp_path: Path) -> None:
    answer = "A long answer in which, after many words that nobody asked for, the Hessian stands and more follows"
    (tmp_path / "d.yaml").write_text(
        f"cards:\n  - {{id: a, q: What is it that one does with a matrix?, a: '{answer}'}}\n"
    )
    made = Context(open_desk(here.desk.home, [tmp_path / "d.yaml"], local_now()), lambda binding: binding.key)
    lines = CardLines(made)
    lines.find("hessian")
    line = lines.line(0, 60, "underline")
    assert line.cell_len == 60 and line.plain.startswith("  What is it that on… · asked for, the Hessian stand… ")
    assert [line.plain[span.start : span.end] for span in line.spans if span.style == "underline"] == ["Hessian"]
    lines.find("matrix")
    assert "·" not in lines.line(0, 60).plain  # it stands in the question
    made.desk.recorder.close()


def test_it_counts_what_is_listed_and_says_in_which_deck_a_card_is(here: Context) -> None:
    lines = CardLines(here)
    lines.find("")
    assert lines.far(lines.card(0)) == "0 of these 3 seen · this one: d"
    now = local_now()
    recorder = here.desk.recorder
    recorder.review("d/one", recorder.standings.preview("d/one", now)["good"], now)
    assert lines.far(lines.card(1)) == "0 of these 3 seen · this one: d"  # as they stood
    lines.take_stock()
    assert lines.far(lines.card(1)) == "1 of these 3 seen · this one: d"
    lines.find("what is:new")
    assert lines.far(lines.card(0)) == "0 of these 1 seen · this one: d"


def test_where_a_filter_hides_what_is_looked_for_that_is_said(here: Context) -> None:
    lines = CardLines(here)
    lines.find("is:due cache")
    assert lines.none("is:due cache") == "No card here is like that; 1 is without the filter."
    lines.find("is:due nowhere")
    assert lines.none("is:due nowhere") == "No card is like that."


def test_gaps_of_one_text_are_told_apart(here: Context, tmp_path: Path) -> None:
    says = "Of every token in the whole long context each head keeps {{c1::one half}} and after it {{c2::the other}}."
    (tmp_path / "d.yaml").write_text(f"cards:\n  - {{id: a, type: cloze, text: '{says}'}}\n")
    made = Context(open_desk(here.desk.home, [tmp_path / "d.yaml"], local_now()), lambda binding: binding.key)
    lines = CardLines(made)
    lines.find("")
    one, other = (lines.line(i, 60).plain for i in range(2))
    assert one != other and "[…]" in one and "[…]" in other and lines.line(0, 60).cell_len == 60
    made.desk.recorder.close()


def test_what_was_searched_for_is_marked_in_a_line_where_it_stands(here: Context) -> None:
    lines = CardLines(here)
    lines.find("SCALE what")
    line = lines.line(0, 100, "underline")
    assert [line.plain[span.start : span.end] for span in line.spans if span.style == "underline"] == ["What", "scale"]
    lines.find("deck:d")
    assert not [span for i in range(3) for span in lines.line(i, 100, "underline").spans if span.style == "underline"]


def test_a_filter_that_there_is_not_is_named(here: Context) -> None:
    lines = CardLines(here)
    assert (
        lines.known("foo:x") == ""
        and lines.none("foo:x") == "foo: is none of deck: tag: is: has: type: level: tier: demo:"
    )
    lines.find("")  # a word with a colon, that cards have
    assert lines.known("scale foo:x") == "foo: is none of deck: tag: is: has: type: level: tier: demo:"
    assert lines.known("dek:") == "dek: is no filter. Did you mean deck:"
    assert lines.none("dek:") == lines.known("dek:") and lines.none("zzz") == "No card is like that."


def test_what_is_quoted_of_a_card_has_no_marks_and_cards_of_one_text_do_not_read_the_same(
    here: Context, tmp_path: Path
) -> None:
    text = "A student learns from {{c1::soft targets}} of a much larger one, and from {{c2::labels}} besides."
    answer = "It is called **double quantization** of $s_1$, as `bits` says"
    (tmp_path / "d.yaml").write_text(f"cards:\n  - {{id: a, type: cloze, text: '{text}', why: '{answer}'}}\n")
    made = Context(open_desk(here.desk.home, [tmp_path / "d.yaml"], local_now()), lambda binding: binding.key)
    lines = CardLines(made)
    lines.find("quantization")
    said = [lines.line(i, 70).plain for i in range(2)]
    assert said[0] != said[1] and all("[…]" in one and "double quantization of s₁" in one for one in said), said
    made.desk.recorder.close()
