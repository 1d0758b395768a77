"""A card that asks for code, from its blank page to the day after: by keys and by mouse, judged by the real judge."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from seen import on_screen, plain, press_shown, the, torch_only, until
from textual.pilot import Pilot

from quizapp.cards.card import Code
from quizapp.cards.load import load
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict
from quizapp.lab.exercise import read_exercise
from quizapp.lab.judging import AnswerKey
from quizapp.memory.events import Attempt
from quizapp.memory.schedule import local_now, study_day
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.settings import Settings
from quizapp.study.code import to_mend
from quizapp.study.desk import open_desk
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.code.one_run import OneRun
from quizapp.ui.code.panel import CodePanel
from quizapp.ui.code.task import draft_path, write_draft
from quizapp.ui.context import context
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.interview_report import ReportScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.screens.summary import SummaryScreen
from quizapp.ui.widgets.sheet_view import SheetView

DECK = """cards:
  - id: kd
    type: code
    code: kd_loss
    seconds: 300
    q: Write the distillation loss.
    why: Because it is asked.
    hints: [Each term needs logits in its own form., With T the gradient shrinks.]
    subgoals: [soft targets, their divergence, the labels, the sum]
    cases: {soft_only: the soft term alone, plain: both terms, cold: T below one, large_logits: large logits}
    traps:
      no_t_squared: The soft term is not multiplied by T squared.
      mean_over_classes: It is averaged over the classes, too.
      reverse_kl: They are swapped.
      hard_loss_at_t: The labels are softened.
      log_of_softmax: The logarithm of a softmax.
      weights_swapped: The weights are swapped.
"""
EXERCISE = read_exercise(BUNDLED_CODE / "kd_loss.py")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "d.yaml").write_text(DECK)
    return tmp_path / "d.yaml"


def studying(home: Home, deck: Path) -> QuizApp:
    return QuizApp(home, [deck], start=lambda app: sittings.study(app, app.context.desk.library.decks))


def written(home: Home, kind: str) -> list[dict[str, object]]:
    lines = (line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines())
    return [event for event in map(json.loads, lines) if event["type"] == kind]


def panel_of(app: QuizApp) -> CodePanel:
    return app.screen.query_one(CodePanel)


async def blank_page(pilot: Pilot[None], app: QuizApp, phase: str = "writing") -> CodePanel:
    await until(pilot, lambda: app.screen.query(CodePanel) and panel_of(app).page.phase == phase)
    await pilot.pause()
    return panel_of(app)


def body(name: str = "") -> list[str]:
    """The lines of a solution below its signature, as one types them."""
    text = EXERCISE.traps[name] if name else EXERCISE.reference
    return [line.partition("  #")[0].strip() for line in text.strip().split("\n")[1:]]


async def write(pilot: Pilot[None], panel: CodePanel, lines: list[str]) -> None:
    """Type a body in place of what is there below the signature: the editor keeps the indentation."""
    rows = panel.editor.text.split("\n")
    first = next(i for i, row in enumerate(rows) if row.startswith("def ")) + 1
    panel.editor.replace("    ", (first, 0), panel.editor.document.end)
    panel.editor.move_cursor((first, 4))
    for number, line in enumerate(lines):
        if number:
            await pilot.press("enter")
        for key in line:
            panel.editor._replace_via_keyboard(key, *panel.editor.selection)


async def submit(pilot: Pilot[None], panel: CodePanel, key: str = "ctrl+s") -> None:
    """Press it, and wait for the verdict."""
    was = panel.page.verdict
    await pilot.press(key)
    await until(pilot, lambda: panel.page.phase != "judging" and panel.page.verdict is not was, 60)
    await pilot.pause()


@torch_only
async def test_from_the_blank_page_to_a_grade_that_is_taken_back(home: Home, deck: Path) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        assert panel.editor.has_focus and panel.editor.text.split("\n")[3:5] == [
            "def kd_loss(student, teacher, labels, T, alpha):",
            "    ",
        ]
        assert "logits (batch, classes)" in plain(app) and panel.editor.cursor_location == (4, 4)
        await write(pilot, panel, body("no_t_squared"))
        await submit(pilot, panel)
        shown = plain(app)
        assert "of 4 cases pass" in shown and "the soft term alone" in shown and "kd_loss(student=" in shown
        assert "multiplied by T squared" not in shown and "Why is this wrong?" in shown
        await pilot.press("M")
        assert "M" in panel.editor.text  # a letter is typed while the keys go there
        await pilot.press("backspace", "escape", "M")
        assert "multiplied by T squared" in plain(app)
        await pilot.press("H")
        assert "Hint 1 of 2: Each term needs" in plain(app)
        await pilot.press("enter")
        assert panel.editor.has_focus
        await write(pilot, panel, body("weights_swapped"))
        await submit(pilot, panel, "ctrl+j")
        await pilot.press("escape", "M")
        assert "The weights are swapped." in plain(app)
        await pilot.press("t")
        await write(pilot, panel, body())
        await submit(pilot, panel)
        await until(pilot, lambda: the(app, StudyScreen).revealed)
        shown = plain(app)
        assert (
            "✓ 4 of 4 cases pass" in shown
            and "Reference" in shown
            and "Because it is asked" in shown
            and "▸1 Again" in shown
        )
        assert [one["passed"] for one in written(home, "attempted")] == [False, False, True]
        await pilot.press("space")
        await until(pilot, lambda: written(home, "reviewed"))
        (review,) = written(home, "reviewed")
        assert (review["grade"], review["attempts"], review["hints"]) == ("again", 3, 1)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        await pilot.press("u")
        panel = await blank_page(pilot, app)
        assert written(home, "undone") and not the(app, StudyScreen).revealed
        await pilot.press("escape", "space")
        assert "▸1 Again" in plain(app)  # what was told stays told


def ten_days_ago(home: Home, deck: Path, text: str = "") -> None:
    """The card was written and passed then: today it is due."""
    desk, then = open_desk(home, [deck], local_now()), local_now() - timedelta(days=10)
    desk.recorder.attempt(Attempt(card="d/kd", exercise=EXERCISE.sha256, text=text, passed=bool(text)), then)
    desk.recorder.review("d/kd", desk.standings.preview("d/kd", then)["easy"], then)
    desk.recorder.close()


async def put_in_order(pilot: Pilot[None], panel: CodePanel) -> None:
    """All but the first line stand right already; that one is moved by keys."""
    assert panel.page.puzzle is not None
    puzzle = panel.page.puzzle.righted()
    first, *rest = puzzle.places
    panel.page = panel.page.ordered(replace(puzzle, places=(*rest, first), cursor=0))
    await pilot.pause()
    await pilot.press("end", "space", *["up"] * len(rest))
    assert not panel.page.solved  # it is still in hand
    await pilot.press("space")


@torch_only
async def test_forgotten_and_mended_on_the_same_day_with_the_attempt_of_before_beside(home: Home, deck: Path) -> None:
    ten_days_ago(home, deck, f"{EXERCISE.imports}\n\n{EXERCISE.reference}")
    app = studying(home, deck)
    async with app.run_test(size=(130, 30), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        assert "alpha * T**2" not in on_screen(app)  # due: blank
        await pilot.press("escape", "space")
        await pilot.pause()
        assert "Reference" in plain(app) and "alpha * T**2" in plain(app) and "▸1 Again" in plain(app)
        await pilot.press("C")
        await pilot.pause()
        day = study_day(local_now() - timedelta(days=10), Settings().rollover)
        row = next(line for line in on_screen(app).splitlines() if f"On {day}" in line)
        assert "Reference" in row  # side by side
        await pilot.press("escape", "1")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))  # its lines are not asked while in mind
        await pilot.press("s")
        panel = await blank_page(pilot, app, "ordering")
        assert panel.order.has_focus and "below: not used" in on_screen(app) and "#" not in plain(app)
        await pilot.press("ctrl+s")
        assert "✗" in on_screen(app)
        await pilot.click(panel.order, offset=(4, 1))
        assert panel.page.puzzle is not None and panel.page.puzzle.held
        await pilot.click(panel.order, offset=(4, 1))
        assert not panel.page.puzzle.held
        await put_in_order(pilot, panel)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        memory = app.context.desk.standings.of("d/kd").memory
        assert [one["grade"] for one in written(home, "reviewed")] == ["easy", "again"] and written(home, "mended")
        card = app.context.desk.library.decks[0].cards[0]
        assert isinstance(card, Code) and not to_mend(card, memory, local_now().date() + timedelta(days=1))
        await pilot.press("u")
        await blank_page(pilot, app, "ordering")


@torch_only
async def test_a_strangers_exercise_asks_before_it_runs_and_a_slip_runs_nothing(home: Home, deck: Path) -> None:
    (deck.parent / "code").mkdir()
    shutil.copy(BUNDLED_CODE / "kd_loss.py", deck.parent / "code")
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        await pilot.press("x", "space", "(")
        await press_shown(pilot, "Ctrl+S")
        assert "Line 5 is not valid Python" in plain(app) and panel.editor.cursor_location == (4, 6)
        assert panel.page.tried.slips == 1 and panel.editor.display
        await write(pilot, panel, body("no_t_squared"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: panel.page.review is not None)
        await pilot.pause()
        assert panel.page.phase == "untrusted" and "did not come with quizapp" in plain(app)
        assert not written(home, "attempted")
        await pilot.press("escape")  # the reference was there to be read: that is told
        assert panel.editor.has_focus and panel.page.tried.told
        await pilot.press("ctrl+s")
        await until(pilot, lambda: panel.page.review is not None)
        if panel.page.task is not None and panel.page.task.unjudged is None:
            await submit(pilot, panel, "y")
            assert [one["passed"] for one in written(home, "attempted")] == [False]


@torch_only
async def test_a_run_that_stopped_at_a_name_leaves_the_first_one_to_come(home: Home, deck: Path) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        await write(pilot, panel, ["return studnet"])
        await submit(pilot, panel)
        assert "NameError: name 'studnet' is not defined" in plain(app) and "a pass is Hard" in plain(app)
        await until(pilot, lambda: "A pass is Hard now · Esc H" in plain(app) and "The first" not in plain(app))
        assert not written(home, "attempted") and panel.editor.has_focus
        await write(pilot, panel, body())
        await submit(pilot, panel)
        assert panel.page.passed and [one["passed"] for one in written(home, "attempted")] == [True]
        await pilot.press("escape")
        await until(pilot, lambda: "▸2 Hard" in plain(app))
        assert "Hard: a slip of syntax or of a name came first" in plain(app)


async def test_a_file_saved_elsewhere_compiles_and_runs_once_a_run_was_asked_for(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    async def judge(exercise: object, text: str, **_: object) -> CodeVerdict:
        judged.append(text)
        return CodeVerdict(False, (CaseVerdict("plain", "differs"),))

    async def key(exercise: object, **_: object) -> AnswerKey:
        return AnswerKey(EXERCISE.sha256, 0)

    monkeypatch.setattr("quizapp.ui.code.judge.judge_attempt", judge)
    monkeypatch.setattr("quizapp.ui.code.judge.answer_key", key)
    monkeypatch.setattr("quizapp.ui.code.task.torch_missing", lambda: False)
    monkeypatch.setattr("quizapp.ui.code.judge.torch_missing", lambda: False)
    monkeypatch.setenv("VISUAL", "true")
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        await pilot.press("p", "a", "s", "s")
        await until(pilot, lambda: list(home.attempts.glob("*.py")))
        (path,) = home.attempts.glob("*.py")
        await until(pilot, lambda: "pass" in path.read_text())
        path.write_text("def kd_loss(:")
        await until(pilot, lambda: "not valid Python" in plain(app))
        assert panel.editor.text == "def kd_loss(:" and not panel.page.tried.submissions
        path.write_text("def kd_loss(): 1")
        await until(pilot, lambda: panel.editor.text == "def kd_loss(): 1")
        assert judged == []
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(judged) == 1)
        path.write_text("def kd_loss(): 22")
        await until(pilot, lambda: len(judged) == 2)
        assert judged == ["def kd_loss(): 1", "def kd_loss(): 22"]
        await pilot.press("ctrl+z")
        assert panel.editor.text == "def kd_loss(): 1"  # what was typed here is not lost
        await pilot.press("ctrl+q")
    assert path.read_text() == "def kd_loss(): 1"


async def test_a_draft_is_said_to_be_there_and_gone_on_with_and_u_that_there_is_nothing_to_take_back(
    home: Home, deck: Path
) -> None:
    app = studying(home, deck)
    found, _ = load(deck)
    assert found is not None
    (card,) = found.cards
    assert isinstance(card, Code)
    write_draft(draft_path(home, card, 0), "def kd_loss(student):\n    half = 1\n\n\n")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        assert panel.editor.cursor_location == (1, 12), "behind what was written last"
        assert "your draft of" in on_screen(app) and not context(app).notices  # in the border: it covers nothing
        await pilot.press("escape", "u")
        await pilot.pause()
        assert context(app).notices[-1].text.startswith("Nothing was done in this sitting yet")


async def test_what_another_device_wrote_is_shown_and_never_runs(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def judge(*_: object, **__: object) -> CodeVerdict:
        raise AssertionError("it ran")

    monkeypatch.setattr("quizapp.ui.code.judge.judge_attempt", judge)
    ten_days_ago(home, deck, "def kd_loss(*them):\n    theirs = open('x', 'w')\n    return theirs\n")
    for path in (home.root / "journal").glob("*.jsonl"):  # of that device
        lines = path.read_text().splitlines(keepends=True)
        assert any("theirs" in line for line in lines)
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        assert "theirs" not in panel.editor.text
        await pilot.press("escape", "space", "C")
        await pilot.pause()
        assert "theirs = open" in plain(app)
        await pilot.press("escape", "1")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        await pilot.press("s")
        panel = await blank_page(pilot, app, "ordering")
        assert "theirs = open" in plain(app)
        await pilot.press("ctrl+s")
        await pilot.pause()


async def test_without_torch_it_says_what_to_install_and_one_grades_oneself(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("lab.run", "ui.code.task", "ui.code.judge"):
        monkeypatch.setattr(f"quizapp.{place}.torch_missing", lambda: True)
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        assert "not installed: pip install" in plain(app)
        await pilot.press("p", "a", "s", "s", "ctrl+s")
        assert panel.page.phase == "writing"
        await pilot.press("escape")
        await pilot.click(panel.editor, offset=(10, 2))
        assert panel.editor.has_focus
        await pilot.press("escape", "space")
        await pilot.pause()
        assert "Reference" in plain(app) and "▸3 Good" in plain(app)
        await pilot.press("2")
        assert [one["grade"] for one in written(home, "reviewed")] == ["hard"]


async def test_what_one_can_do_is_said_while_there_is_room_for_the_task(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.ui.code.task.torch_missing", lambda: False)
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await blank_page(pilot, app)
        assert "averaged over the batch" in plain(app)
        assert "The first Ctrl+S grades · Esc H: hint (grade: Again) · Esc Space: reference" in plain(app)
        await pilot.press("escape")
        await until(pilot, lambda: "The first Ctrl+S grades · H: hint (grade: Again) · Space" in plain(app))
        assert on_screen(app).splitlines()[-1].startswith(" Enter write  H hint  Space reference  Ctrl+S submit")
        await press_shown(pilot, "H")
        assert "Hint 1 of 2:" in plain(app) and "The first" not in plain(app)
        await until(pilot, lambda: "Again: something was told before it passed · H: hint" in plain(app))
        await pilot.press("tab", "pagedown")
        await pilot.pause()
        assert app.screen.query_one("SheetView").scroll_y > 0
        await pilot.press("H")  # a card that has the keys, to be read, takes none away
        assert "Hint 2 of 2:" in plain(app)
        await pilot.press("H")
        await until(pilot, lambda: "That was the last hint." in plain(app))
        await pilot.press("tab")
        assert panel_of(app).editor.has_focus


@torch_only
async def test_who_never_wrote_it_reads_the_reference_puts_its_lines_in_order_and_is_graded(
    home: Home, deck: Path
) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        panel = await blank_page(pilot, app)
        await pilot.press("escape", "space")
        await pilot.pause()
        assert "# 1. soft targets" in plain(app) and "Space put its lines in order" in plain(app)
        await pilot.press("space")
        await pilot.pause()
        assert panel.page.phase == "ordering" and "soft targets" not in plain(app)
        await put_in_order(pilot, panel)
        await pilot.pause()
        assert "▸1 Again" in plain(app) and "Reference" in plain(app)
        await pilot.press("space")
        await until(pilot, lambda: written(home, "reviewed"))
        assert [one["grade"] for one in written(home, "reviewed")] == ["again"] and not written(home, "mended")


TALK = "".join(f"  - {{id: w{i}, q: Question {i}?, a: A, seconds: 30}}\n" for i in range(4))


async def nothing_is_handed_in_unmeant(pilot: Pilot[None], panel: OneRun) -> None:
    """By no key that leads out of the editor and back; one says yes to giving it up."""
    screen = the(pilot.app, InterviewScreen)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: "Nothing is written yet" in on_screen(pilot.app))
    assert panel.page.verdict is None
    task = screen.query_one(SheetView)
    await pilot.resize_terminal(80, 20)  # the task is longer than its room
    await pilot.press("escape", "pagedown")
    assert task.scroll_y == task.max_scroll_y > 0 and "↑↓ scroll" in on_screen(pilot.app)
    await pilot.press("up", "tab")
    assert 0 <= task.scroll_y < task.max_scroll_y and task.has_focus and "t type" in on_screen(pilot.app)
    assert "t: write the code; Ctrl+S runs it, once" in on_screen(pilot.app)
    for keys in (("tab",), ("escape", "enter"), ("escape", "t"), ("escape", "tab", "enter")):
        await pilot.press(*keys)
        assert panel.editor.has_focus, keys
    await pilot.press("escape", "space")
    assert pilot.app.screen is screen and not panel.editor.has_focus  # Space is for what goes on
    await pilot.press("G")
    assert isinstance(pilot.app.screen, AskScreen) and screen.interview.stage == "asking"
    await pilot.press("n", "t")
    assert panel.editor.has_focus and screen.interview.stage == "asking"


@torch_only
@pytest.mark.parametrize("kind", ["right", "wrong", "misspelt"])
async def test_in_an_interview_its_last_question_is_run_once(home: Home, deck: Path, kind: str) -> None:
    deck.write_text(DECK + TALK)
    async with QuizApp(home, [deck]).run_test(size=(80, 24), notifications=True) as pilot:
        app = pilot.app
        await pilot.press("i")
        await until(pilot, lambda: "Begin: 5 questions" in on_screen(app))
        assert "the answers take about 7 min" in on_screen(app)
        assert "the last question, about 5 min" in on_screen(app)
        await pilot.press("down", "down", "left")
        await until(pilot, lambda: "Begin: 4 questions" in on_screen(app) and "take about 2 min" in on_screen(app))
        await pilot.press("right", "up")
        await until(pilot, lambda: "about 5 min" in on_screen(app))
        await pilot.press("enter")
        for _ in range(4):
            await pilot.press("space", "4", "3")
        await until(pilot, lambda: app.screen.query(OneRun) and app.screen.query_one(OneRun).page.phase == "writing")
        await pilot.pause()
        screen, panel = the(app, InterviewScreen), app.screen.query_one(OneRun)
        page = on_screen(app)
        assert "Question 5 of 5" in page and "Write the distillation loss" in page and "def kd_loss" in page
        assert panel.editor.has_focus and "hint" not in page.lower()
        if kind == "wrong":
            await nothing_is_handed_in_unmeant(pilot, panel)
        await write(
            pilot, panel, {"right": body(), "wrong": body("hard_loss_at_t"), "misspelt": ["return studnet"]}[kind]
        )
        if kind == "right":
            await pilot.press("ctrl+s")
        else:  # its time is over
            now = screen.interview
            asked = replace(now.question, took_s=300.5)
            screen.kept.interview = replace(now, questions=(*now.questions[:4], asked))
            screen.tick()
        await until(pilot, lambda: screen.interview.stage == "marking", 60)
        await until(pilot, lambda: panel.page.phase == "done")
        await pilot.pause()
        assert screen.interview.question.passed is (kind == "right")
        why = screen.interview.question.failed
        if kind == "right":
            assert why is None
        else:  # and the case that failed stands beside it
            assert why is not None and why.en.startswith("✗ ") and "kd_loss(" in why.en
            assert why.en.splitlines()[0] in plain(app)
        assert ("▸3 Good" if kind == "right" else "▸1 Again") in on_screen(app)
        await pilot.press(*("space" for _ in range(1 if kind == "right" else 2)))  # what failed is looked at again
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        assert "4/4 (100%) points" in on_screen(app)
        assert ("code: passed" if kind == "right" else "code: did not pass") in " ".join(on_screen(app).split())
        assert "kd_loss(" in screen.interview.questions[4].typed  # for the report
    graded = {event["card"]: event["grade"] for event in written(home, "reviewed")}
    assert graded["d/kd"] == ("good" if kind == "right" else "again")
    assert [event["passed"] for event in written(home, "attempted")] == [kind == "right"]


async def test_where_code_cannot_be_judged_no_interview_asks_for_it(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck.write_text(DECK + TALK)
    monkeypatch.setattr("quizapp.ui.code.one_run.torch_missing", lambda: True)
    async with QuizApp(home, [deck]).run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await until(pilot, lambda: "Begin: 4 questions" in on_screen(pilot.app))
