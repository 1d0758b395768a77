"""A page goes from phase to phase without an app."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.cards.card import Code
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict
from quizapp.lab.exercise import find_exercises, read_exercise
from quizapp.lab.exercise_rules import poor
from quizapp.lab.review import DemoReview
from quizapp.memory.events import Attempted
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.study.code import Lines, Try, suggested_for
from quizapp.texts import tell
from quizapp.ui.code.compare import Column, compared, solutions
from quizapp.ui.code.page import CodeTask, Page, opened
from quizapp.ui.code.puzzle import puzzle_of
from quizapp.ui.code.said import about_blocks, advice, order_line, order_text, page_state, result_text
from quizapp.ui.code.task import bare_lines, draft_path, find_task, read_draft, starter_of, write_draft
from quizapp.words import Words, same

EXERCISE = read_exercise(BUNDLED_CODE / "quantize_int8.py")
CARD = Code(
    id="int8",
    q=same("Write it."),
    code="quantize_int8",
    hints=(same("First."), same("Second.")),
    cases={"zero_row": same("a row of zeros")},
    traps={"no_rounding": same("It is cut, not rounded.")},
    subgoals=(same("the peak"), same("the scales")),
    pinned=True,
    deck="d",
    path=Path("d.yaml"),
    line=1,
    key="d/int8",
)
TASK = CodeTask(CARD, exercise=EXERCISE, text=starter_of(EXERCISE)[0], source=bare_lines(EXERCISE.reference))
PASSED = CodeVerdict(True, (CaseVerdict("zero_row", "passed"),))
FAILED = CodeVerdict(
    False,
    (
        CaseVerdict("zero_row", "raised", "quantize_int8(weight=…)", error=tell("judging.much"), line=2),
        CaseVerdict("other", "unrun"),
    ),
    trap="no_rounding",
    output="[bold]printed",
)
SLIP = CodeVerdict(False, (), tell("judging.syntax", line=2, why="no"), 2, 5, slip=True)


def judged(page: Page, verdict: CodeVerdict, seconds: float = 1.0) -> Page:
    return page.submit("text", trusted=True).judged(verdict, seconds)


def said(page: Page) -> str:
    return result_text(page, "en", "en", lambda action: f"<{action}>").plain


def test_what_an_exercise_says_of_shapes_is_in_the_language_shown_and_broken_nowhere() -> None:
    about = replace(
        EXERCISE, doc=Words("T.\n\nx: a\n(1,).\n\nBelow.", "题。\n\nx：一个\n张量，\n形状\n(1,)。\n\n下面\n（一）。")
    )
    assert [block.text for block in about_blocks(about, "en")] == ["x: a (1,).\nBelow."]
    assert [block.text for block in about_blocks(about, "zh")] == ["x：一个张量，形状 (1,)。\n下面（一）。"]
    assert len(about_blocks(about, "both")) == 2 and about_blocks(None, "zh") == ()
    assert len(about_blocks(replace(EXERCISE, doc=Words("T.")), "both")) == 1


def test_the_first_submission_that_ran_grades_and_one_may_mend_on() -> None:
    page = judged(judged(opened(TASK), FAILED), PASSED)
    assert page.passed and page.tried == Try(submissions=2, passed=False, seconds=1.0)
    assert suggested_for(page.tried, CARD) == "again" and page.show().phase == "done" and not page.show().lesson
    assert suggested_for(judged(opened(TASK), PASSED).tried, CARD) == "good"
    assert suggested_for(judged(opened(TASK), PASSED, 601).tried, CARD) == "hard"
    assert suggested_for(judged(opened(TASK).slip("x", SLIP), PASSED).tried, CARD) == "hard"
    assert suggested_for(judged(opened(TASK).hint(), PASSED).tried, CARD) == "again"
    broken = opened(TASK).submit("text", trusted=True).judged(FAILED, 1, counts=False)
    assert broken.tried == Try()


def test_the_mistake_is_asked_for_first_and_named_then() -> None:
    page = judged(opened(TASK), FAILED)
    assert "Why is this wrong?" in said(page) and "It is cut" not in said(page) and "a row of zeros" in said(page)
    assert "It is cut, not rounded." in said(page.name()) and "Why is this" not in said(page.name())
    parts = judged(opened(TASK), replace(FAILED, trap="", parts=("no_rounding", "other_one"))).name()
    assert "2 of the mistakes, each seen in a part of what fails:\n  It is cut, not rounded.\n  other one" in said(
        parts
    )
    assert not judged(opened(TASK), PASSED).may("name") and not opened(TASK).slip("x", SLIP).may("name")
    assert "[bold]printed" in said(page)


def test_no_mistake_is_offered_where_none_is_known() -> None:
    """One's own error asks for nothing to be explained; what differs does, and says at once that none fits."""
    raised = judged(opened(TASK), replace(FAILED, trap=""))
    assert not raised.may("name") and "Why is this wrong?" not in said(raised)
    differs = replace(FAILED, trap="", cases=(CaseVerdict("zero_row", "differs", error=tell("judging.much")),))
    page = judged(opened(TASK), differs)
    assert not page.may("name") and "Why is this wrong? No known mistake explains it." in said(page)


def test_hints_are_told_one_by_one() -> None:
    page = opened(TASK).hint()
    assert "Hint 1 of 2: First." in said(page) and "Second" not in said(page)
    page = page.hint()
    assert page.hint() is page and said(page).index("Second.") < said(page).index("First.")


def test_a_slip_shows_its_line_and_caret() -> None:
    page = opened(TASK).slip("def f():\n    x y", SLIP)
    assert "2  x y\n   ^" in said(page)


@pytest.mark.parametrize(("column", "before", "after"), [(1, "", "…"), (50, "…", "…"), (96, "…", "")])
def test_of_a_long_line_that_slipped_one_sees_where_it_is_cut(column: int, before: str, after: str) -> None:
    line = "abcdefgh" * 12
    page = opened(TASK).slip(f"def f():\n    {line}", replace(SLIP, column=4 + column))
    shown = said(page).splitlines()[1].removeprefix("2  ")
    assert shown.startswith(before or "a") and shown.endswith(after or "h")
    assert len(shown.strip("…")) == 48 and shown.strip("…") in line


def test_an_exercise_that_is_not_trusted_is_read_before_it_runs_and_that_tells() -> None:
    page = opened(TASK).submit("text", trusted=False)
    assert page.phase == "untrusted" and page.allow() is page
    back = page.go_back()
    assert back.phase == "writing" and back.tried.told
    page = page.read_over(DemoReview((("a", ""),), "", (), tell("lab.may.limits_only"), False)).allow()
    assert page.phase == "judging" and page.text == "text" and not page.tried.told


def test_who_gives_up_a_new_card_puts_its_lines_in_order_after_the_reference() -> None:
    page = opened(TASK).show()
    assert page.lesson and page.tried.told and suggested_for(page.tried, CARD) == "again"
    assert "# 1. the peak" in solutions(page, "en", "en")[-1].text
    page = page.put_in_order()
    assert page.phase == "ordering" and page.puzzle is not None and not page.solved
    page = page.ordered(page.puzzle.righted())
    assert page.solved and page.put_right().phase == "done" and not page.put_right().lesson
    assert not opened(replace(TASK, turn=3)).show().lesson and not opened(replace(TASK, passed=True)).show().lesson


def test_after_a_slip_the_first_run_is_still_to_come_until_it_ran_or_something_was_told() -> None:
    page = opened(TASK).slip("x = (", SLIP)
    assert page.untried and "mend it, then <submit>. After a slip a pass is Hard." in said(page)
    told, ran = page.hint(), judged(page, FAILED).slip("x = (", SLIP)
    assert not told.untried and not ran.untried and "mend it" not in said(told) + said(ran)


def test_a_run_that_stopped_at_a_name_is_a_slip_and_says_only_that() -> None:
    case = CaseVerdict("zero_row", "raised", error=tell("judging.raised", where="", why="NameError: no y"), line=2)
    slip = CodeVerdict(False, (case, replace(case, name="other")), line=2, slip=True)
    page = judged(opened(TASK), slip)
    assert page.untried and page.tried == Try(submissions=1, slips=1) and not page_state(page, "en")
    assert "NameError: no y" in said(page) and "a pass is Hard" in said(page) and "zero" not in said(page)
    assert suggested_for(judged(page, PASSED).tried, CARD) == "hard"
    assert suggested_for(judged(judged(page, FAILED), PASSED).tried, CARD) == "again"
    assert judged(judged(opened(TASK), FAILED), slip).tried.passed is False


def test_what_grades_and_what_one_can_do_is_said_before_and_after_the_first_run() -> None:
    def advised(page: Page) -> str:
        return advice(page, "en", lambda action: f"<{action}>")

    page = opened(TASK)
    assert advised(page) == "The first <submit> grades · <hint>: hint (grade: Again) · <reveal>: reference"
    slipped = page.slip("x = (", SLIP)
    assert advised(slipped) == "A pass is Hard now · <hint>: hint (grade: Again) · <reveal>: reference"
    assert advised(judged(slipped, FAILED)) == advised(judged(page, FAILED))
    failed = judged(page, FAILED)
    assert advised(failed) == "Again: the first run grades, and failed · <hint>: hint · <reveal>: reference"
    assert advised(page.hint().hint()) == "Again: something was told before it passed · <reveal>: reference"
    assert advised(failed.show()) == "" and failed.may("write") and not failed.show().may("write")


def test_lines_to_order_say_how_many_are_wrong_and_what_comes_next() -> None:
    lines = Lines(("a", "wrong", "b", "c"), (0, 2, 3))
    page = replace(opened(replace(TASK, mends=False)).show().put_in_order(), puzzle=puzzle_of(lines))

    def told(page: Page) -> str:
        return order_text(page, "en", lambda action: f"<{action}>").plain

    assert "One of the 4 lines is wrong: take it up, <end> puts it below the bar." in told(page)
    assert told(page).endswith("<again>: Again, and on to the next card.")
    assert page.puzzle is not None
    page = page.ordered(page.puzzle.marked())
    assert told(page).startswith(
        "One of 4 lines stands wrong (✗): move it, then <submit>. One too many is above the bar"
    )
    assert "on to the next card" not in told(replace(page, task=replace(TASK, mends=True)))
    out = puzzle_of(lines).take().go(99).take().marked()
    assert told(page.ordered(out)).startswith("One of 3 lines stands wrong")  # as many as there are to be
    few = replace(out, places=(0, 2, -1, 1, 3), marks=(True, True))
    assert told(page.ordered(few)).startswith("One that is needed is below the bar.")


@pytest.mark.parametrize("cells", [30, 74])
def test_a_line_to_order_is_seen_whole(cells: int) -> None:
    line = "    loss = (target * (log_target - log_p)).sum(-1).mean() + (log_p.exp() - target).abs().max()"
    rows = order_line(line, cells, held=True, right=False)
    assert len(rows) > 1 and all(row.cell_len <= cells for row in rows)
    assert "".join(row.plain[3:].strip() for row in rows).replace(" ", "") == line.replace(" ", "")
    assert rows[0].plain.startswith("▸✗     loss") and rows[1].plain.startswith(" " * 11)
    assert len(order_line("x = 1", cells, held=False, right=None)) == 1


def test_lines_are_moved_and_left_out() -> None:
    puzzle = opened(replace(TASK, mends=True)).puzzle
    assert puzzle is not None and puzzle.places[-1] == -1 and puzzle.move(-1) == puzzle
    first = puzzle.places[0]
    held = puzzle.take().move(1).move(1)
    assert held.places.index(first) == 2 and held.cursor == 2 and not held.solved
    out = puzzle.take().go(99).take()
    assert first not in out.used and len(out.used) == len(puzzle.used) - 1
    up = out.move(-1)
    assert up.places[up.cursor] != -1  # the bar is not taken up
    assert puzzle.righted().solved and "quantize_int8" in puzzle.righted().program
    assert not any("#" in line for line in puzzle.lines.texts)  # else one would see whose they are


def test_solutions_stand_side_by_side_where_there_is_room_and_what_differs_is_marked() -> None:
    columns = [Column("Mine", "a = 1\nb = 2", frozenset({1})), Column("Reference", "a = 1\nc = 3")]
    wide, narrow = compared(columns, 100, "monokai").plain, compared(columns, 60, "monokai").plain
    assert wide.splitlines()[0].split() == ["Mine", "Reference"] and "▌ b = 2" in wide
    assert [line.strip("▌ ") for line in narrow.splitlines()] == [
        "Mine",
        "a = 1",
        "b = 2",
        "",
        "Reference",
        "a = 1",
        "c = 3",
    ]
    three = compared([*columns, Column("Third", "d = 4")], 120, "monokai").plain.split("\n\n")
    assert [one.split()[0] for one in three] == ["Mine", "Third"]  # two beside each other, the last below them
    long = compared([Column("One", "x = " + "word " * 20)], 40, "monokai")
    assert max(len(line) for line in long.plain.splitlines()) <= 40 and long.plain.count("word") == 20
    earlier = Attempted(1, "i", local_now(), date(2026, 1, 1), "d/int8", "sha", "import torch\n\n\ndef f(): 1", True)
    page = replace(judged(opened(replace(TASK, earlier=earlier)), PASSED).show(), text="def f(): 2")
    headings = [one.heading for one in solutions(page.compare(), "en", "en")]
    assert solutions(page.compare(), "en", "en")[0].text == "def f(): 1"  # the reference has no imports either
    assert headings == ["On 2026-01-01", "This time", "Reference"]
    assert len(solutions(page, "en", "en")) == 2 and len(solutions(opened(TASK).show(), "en", "en")) == 1


def test_what_lies_on_the_disk(home: Home) -> None:
    begins, at = starter_of(EXERCISE)
    assert begins.split("\n")[at[0]] == "    " and at[1] == 4 and '"""' not in begins
    layer, _ = starter_of(read_exercise(BUNDLED_CODE / "lora_linear.py"))
    assert layer.count("def ") == 3 and layer.count("...") == 2 and '"""' not in layer
    path = draft_path(home, CARD, 1)
    assert read_draft(path) == ""
    write_draft(path, "one\x1b[31m")
    write_draft(draft_path(home, CARD, 2), "two")
    assert [one.read_text() for one in home.attempts.iterdir()] == ["two"]
    today = local_now().date()
    tries = [
        Attempted(1, "i", local_now(), today, "d/int8", EXERCISE.sha256, "old", True),
        Attempted(2, "j", local_now(), today, "d/int8", EXERCISE.sha256, "new", False),
    ]
    found = find_task(CodeTask(CARD, turn=2), home, tries, today, runs_code=True)
    assert (found.text, found.earlier, found.passed) == ("two", None, True)
    assert (found.tried.submissions, found.tried.passed) == (2, True)
    lost = find_task(CodeTask(replace(CARD, code="nowhere")), home, [], today, runs_code=True)
    assert lost.exercise is None and "nowhere" in str(lost.fault) and opened(lost).phase == "absent"
    assert "nowhere" in said(opened(lost)) and Words("a") != same("a")


SHAPE = re.compile(r"\((?:\.\.\.|\w+)(?:,|(?:, [\w /*+-]+)+)\)")


@pytest.mark.parametrize("path", find_exercises([BUNDLED_CODE]), ids=lambda path: path.stem)
def test_each_of_ours_says_its_task_in_both_languages(path: Path) -> None:
    """With the same shapes in both, of every argument, and broken nowhere that leaves a space in Chinese."""
    found = read_exercise(path)
    shapes = [sorted(SHAPE.findall(" ".join(doc.split()))) for doc in (found.doc.en, found.doc.zh)]
    assert poor(found) == () and found.doc.zh and shapes[0] == shapes[1]
    (below,) = about_blocks(found, "zh")
    assert not re.search(
        "[\u3000-\u9fff\uff00-\uffef] [\u3000-\u9fff\uff00-\uffef]|[，。；：、） ] | [，。；：（、]", below.text
    )
    assert all(len(line) <= 80 for line in found.stub.zh.splitlines())
