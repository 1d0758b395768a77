"""Answering every type of card, with keys and with the mouse, and what the journal keeps of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest
from seen import on_screen, plain, press_shown, resize, the, until
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules, local_now
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.study.answer import Answer
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView

CARDS = {
    "choice": """
    type: choice
    q: Why?
    why: Bytes.
    choices: [{en: fewer bytes, ok: true}, {en: fewer layers, why: None goes.}, {en: less heat, ok: true}]""",
    "cloze": """
    type: cloze
    text: "Divide by the {{c1::scale}}."
    why: So.""",
    "numeric": """
    type: numeric
    q: How many GB?
    answer: {value: 3.64, unit: GB, range: [3.55, 3.75]}
    traps: [{value: 3.5, why: That forgets the scales.}]""",
    "order": """
    type: order
    q: In order?
    items: [collect, invert, round, correct]""",
    "free": """
    q: What is frozen?
    a: The teacher.
    points: [{en: the teacher stays as it is, hit: [frozen]}, {en: the student learns, hit: [learns]}]""",
    "fix": """
    type: fix
    a: It is lossless.
    points: [{en: no loss, hit: [lossless]}, entropy]
    source: {book: B, says: Huffman coding is lossy.}""",
}


@asynccontextmanager
async def asked(
    home: Home, kind: str, settings: str = "", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    home.root.mkdir(parents=True)
    (home.root / "settings.yaml").write_text(settings)
    path = home.root / "mine.yaml"
    path.write_text("cards:\n" + "".join(f"  - id: {one}{CARDS[one]}\n" for one in kind.split()))
    async with QuizApp(home, [path]).run_test(size=size, notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StudyScreen)
        yield pilot


def review(home: Home) -> dict[str, object]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    reviews: list[dict[str, object]] = [event for event in map(json.loads, lines) if event["type"] == "reviewed"]
    assert len(reviews) == 1
    return reviews[0]


def screen(pilot: Pilot[None]) -> StudyScreen:
    return the(pilot.app, StudyScreen)


def in_hand(pilot: Pilot[None]) -> Answer:
    answer = screen(pilot).answer
    assert answer is not None
    return answer


async def click(pilot: Pilot[None], text: str) -> None:
    """Click on the line of the sheet that has `text`."""
    lines = screen(pilot).query_one(SheetView)._lines
    await pilot.click(SheetView, offset=(8, 1 + next(y for y, line in enumerate(lines) if text in line.text)))
    await pilot.pause()


def letter(pilot: Pilot[None], item: int) -> str:
    return "abcdef"[in_hand(pilot).order.index(item)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_choices_are_judged_and_the_wrong_ones_explained(home: Home, size: tuple[int, int]) -> None:
    async with asked(home, "choice", size=size) as pilot:
        order = in_hand(pilot).order
        assert "Space show the answer" in on_screen(pilot.app)
        await pilot.press(letter(pilot, 0), letter(pilot, 1), letter(pilot, 1), letter(pilot, 1))
        assert "Space done" in on_screen(pilot.app)
        assert in_hand(pilot).order == order and "Several are right." in on_screen(pilot.app)
        await pilot.press("space")
        assert "✗ Wrong." in on_screen(pilot.app) and "None goes." in on_screen(pilot.app)
        assert "▸1 Again" in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
    assert (review(home)["grade"], review(home)["chosen"]) == ("again", [0, 1])


async def test_right_choices_by_mouse(home: Home) -> None:
    async with asked(home, "choice") as pilot:
        await click(pilot, "fewer bytes")
        await click(pilot, "less heat")
        await press_shown(pilot, "Space")
        assert "✓ Right." in on_screen(pilot.app) and "▸3 Good" in on_screen(pilot.app)
        await pilot.click(GradeBar, offset=(70, 0))
        await pilot.pause()
    assert (review(home)["grade"], review(home)["chosen"]) == ("easy", [0, 2])


@pytest.mark.parametrize(
    ("typed", "said", "suggested"),
    [("The Scale", "✓ Right.", "good"), ("scole", "✗ Wrong.", "again"), ("缩放", "✗ Wrong.", "again"), ("", "", None)],
)
async def test_a_gap_is_typed_and_judged(home: Home, typed: str, said: str, suggested: str | None) -> None:
    async with asked(home, "cloze") as pilot:
        assert isinstance(pilot.app.focused, Input)
        assert "Enter done" in on_screen(pilot.app)
        await pilot.press(*typed, "enter")
        await pilot.pause()
        assert said in on_screen(pilot.app) and screen(pilot).revealed
        assert screen(pilot).session.suggested == suggested
        assert "scale" in on_screen(pilot.app)
        await pilot.press("space" if suggested else "3")
        await pilot.pause()
    assert review(home).get("typed") == (typed or None)
    assert review(home)["grade"] == (suggested or "good")


@pytest.mark.parametrize(
    ("typed", "key", "grade"), [("scalee", "y", "good"), ("scaling", "y", "good"), ("scalee", "n", "again")]
)
async def test_a_gap_that_is_close_counts_if_one_says_so(home: Home, typed: str, key: str, grade: str) -> None:
    async with asked(home, "cloze") as pilot:
        await pilot.press(*typed, "enter")
        await pilot.pause()
        assert "≈ Close: does it count?" in on_screen(pilot.app) and "Space" not in on_screen(pilot.app)
        await pilot.press("space")
        assert screen(pilot).revealed
        await (pilot.press(key) if key == "y" else click(pilot, "it does not"))
        await press_shown(pilot, "Space")
        await pilot.pause()
    assert (review(home)["grade"], review(home)["typed"]) == (grade, typed)


@pytest.mark.parametrize("how", ["n", "click", "tick"])
async def test_space_does_not_grade_before_a_tick_or_none(home: Home, how: str) -> None:
    async with asked(home, "free") as pilot:
        await pilot.press("space")
        assert "▸" not in on_screen(pilot.app) and "Space" not in on_screen(pilot.app)
        await pilot.press("space", "enter", "space")
        await pilot.pause()
        assert screen(pilot).revealed and not list((home.root / "journal").glob("*.jsonl"))
        assert "First tick what you had: a–b, or n for none." in on_screen(pilot.app)
        assert "4 Easy" in on_screen(pilot.app)
        await (click(pilot, "none of them") if how == "click" else pilot.press("n"))
        assert "▸1 Again" in on_screen(pilot.app) and "[x] n  none of them" in on_screen(pilot.app)
        await pilot.press(*["a", "b"] * (how == "tick"))
        await press_shown(pilot, "Space")
        await pilot.pause()
    assert review(home)["grade"] == ("good" if how == "tick" else "again")


@pytest.mark.parametrize(("kind", "key"), [("cloze", "a"), ("numeric", "7")])
async def test_space_shows_the_answer_while_nothing_is_typed(home: Home, kind: str, key: str) -> None:
    async with asked(home, kind) as pilot:
        line, bar = screen(pilot).query_one(Input), screen(pilot).query_one(KeyBar)
        assert line.has_focus and "Space show the answer" in str(bar.render())
        await pilot.press(key, "space")
        assert line.value == f"{key} " and "Space" not in str(bar.render())
        await pilot.press("backspace", "backspace", "space")
        assert line.value == "" and screen(pilot).revealed
        await pilot.press("space")  # nothing was judged
        assert screen(pilot).revealed
        await pilot.press("3")
        await pilot.pause()
    assert review(home)["grade"] == "good" and "typed" not in review(home)


async def test_escape_leaves_the_line_and_then_the_card(home: Home) -> None:
    async with asked(home, "cloze") as pilot:
        await pilot.press("r", "1", "escape")
        assert not isinstance(pilot.app.focused, Input) and not screen(pilot).revealed
        await pilot.press("t", "x", "escape", "space")
        assert in_hand(pilot).typed == "r1x"
        await pilot.press("escape")
        await until(pilot, lambda: "Not graded yet: Space takes the marked grade" in plain(pilot.app))
        assert isinstance(pilot.app.screen, StudyScreen)  # what was answered would be lost
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, StudyScreen)


async def test_a_trap_that_was_hit_is_explained(home: Home) -> None:
    async with asked(home, "numeric") as pilot:
        await pilot.press(*"3500 MB", "enter")
        await pilot.pause()
        _, _, below = on_screen(pilot.app).partition("Wrong.")
        assert "forgets the scales" in below and below.index("forgets") < below.index("3.64 GB")
        assert screen(pilot).session.suggested == "again"
        await pilot.press("2")  # the user decides
        await pilot.pause()
    assert (review(home)["typed"], review(home)["grade"]) == ("3500 MB", "hard")


async def test_letters_typed_in_a_row_are_the_order(home: Home) -> None:
    async with asked(home, "order") as pilot:
        answer = in_hand(pilot)
        await pilot.press(*(letter(pilot, item) for item in (1, 0, 2)))
        assert answer.places == (1, 0, 2, 3) and "↑↓ move" in on_screen(pilot.app)
        await pilot.press(letter(pilot, 0), "up")  # taken up where it lies
        assert answer.places == (0, 1, 2, 3)
        await pilot.press("space")
        assert "✓ Right." in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
    assert (review(home)["grade"], review(home)["chosen"]) == ("good", [0, 1, 2, 3])


async def test_items_clicked_in_a_row_are_the_order(home: Home) -> None:
    words = ("collect", "invert", "round", "correct")
    async with asked(home, "order") as pilot:
        for item in (1, 3):
            await click(pilot, words[item])
        assert in_hand(pilot).places[:2] == (1, 3)
        await press_shown(pilot, "Space")
        assert not screen(pilot).revealed and "2 have no place yet" in on_screen(pilot.app)
        await click(pilot, words[0])
        assert "no place yet" not in on_screen(pilot.app)
        await press_shown(pilot, "Space")
        assert "✗ Wrong." in on_screen(pilot.app) and "of 4 stand in their place" in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
    assert review(home)["grade"] == "again"


async def test_an_order_left_alone_is_not_judged_and_one_that_is_begun_is_not_thrown_away(home: Home) -> None:
    async with asked(home, "order") as pilot:
        await pilot.press("a", "space")  # where it stands already
        assert not screen(pilot).revealed and "3 have no place yet" in on_screen(pilot.app)
        await pilot.press("backspace", "space")
        assert "Wrong" not in on_screen(pilot.app) and screen(pilot).session.suggested is None
        assert "Not answered, so not judged." in on_screen(pilot.app) and "1 Again" in on_screen(pilot.app)
        await pilot.press("space")
        assert screen(pilot).revealed and "give one, 1 to 4" in on_screen(pilot.app)


@pytest.mark.parametrize(("kind", "typed"), [("free", "It is frozen."), ("fix", "lossless!")])
async def test_a_typed_answer_has_its_points_marked_as_mentioned(home: Home, kind: str, typed: str) -> None:
    async with asked(home, kind) as pilot:
        await pilot.press("t")
        assert isinstance(pilot.app.focused, TextArea)
        field, sheet = screen(pilot).query_one(TextArea), screen(pilot).query_one(SheetView)
        assert field.region.y == sheet.region.bottom <= 9  # right under the question
        await pilot.press(*typed, "ctrl+enter" if kind == "free" else "ctrl+s")
        await pilot.pause()
        marked = [line.text for line in screen(pilot).query_one(SheetView)._lines if "mentioned" in line.text]
        assert len(marked) == 1 and ("teacher" in marked[0] or "no loss" in marked[0])
        assert "missing" not in on_screen(pilot.app) and typed in on_screen(pilot.app)
        assert screen(pilot).session.suggested is None
        await pilot.press("a")
        assert screen(pilot).session.suggested == "hard"  # the core of two
        await pilot.press("space")
        await pilot.pause()
    assert (review(home)["typed"], review(home)["ticks"], review(home)["grade"]) == (typed, [0], "hard")


async def test_what_was_missed_is_asked_once_more_and_not_graded(home: Home) -> None:
    home.root.mkdir(parents=True)
    before = local_now() - timedelta(days=30)
    with closing(Recorder(open_standings(home.root, rules=Rules()))) as recorder:
        recorder.review("mine/long", recorder.standings.preview("mine/long", before)["easy"], before)
    path = home.root / "mine.yaml"
    other = "  - {id: other, q: Who?, a: They.}\n"
    path.write_text("cards:\n  - {id: long, q: Which?, a: Three., points: [one, two, three]}\n" + other)
    async with QuizApp(home, [path]).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space", "a", "c")
        assert "▸2 Hard" in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        assert "Who?" in on_screen(pilot.app) and "1 once more (at " in on_screen(pilot.app)
        await pilot.press("space", "4")
        await pilot.pause()
        assert "1 card comes once more (at " in on_screen(pilot.app)
        await pilot.press("s")
        await pilot.pause()
        assert "Once more" in on_screen(pilot.app)
        assert "1 of 1 done, 1 once more " in on_screen(pilot.app)
        await pilot.press("space")
        assert "[x] a  one" in on_screen(pilot.app) and "[ ] b  two" in on_screen(pilot.app)
        await pilot.press("b", "1", "n")  # nothing grades it
        assert screen(pilot).revealed and "Space: go on" in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, StudyScreen)
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    kinds = [(event["type"], event.get("grade")) for event in map(json.loads, lines) if "card" in event]
    assert kinds == [("reviewed", "easy"), ("reviewed", "hard"), ("reviewed", "easy"), ("mended", None)]


@pytest.mark.parametrize("how", ["key", "mouse"])
async def test_how_sure_one_is_is_kept(home: Home, how: str) -> None:
    async with asked(home, "free", "confidence: true\n") as pilot:
        assert "How sure?" in on_screen(pilot.app) and "3 Fairly sure 75%" in on_screen(pilot.app)
        await (pilot.press("3") if how == "key" else pilot.click(GradeBar, offset=(50, 0)))
        await pilot.pause()
        assert screen(pilot).revealed
        await pilot.press("4")
        await pilot.pause()
    assert (review(home)["confidence"], review(home)["grade"]) == (75, "easy")


async def test_enter_under_a_number_asks_how_sure_one_is(home: Home) -> None:
    async with asked(home, "numeric", "confidence: true\n") as pilot:
        await pilot.press(*"3.64", "enter")
        await pilot.pause()
        assert not screen(pilot).revealed and "4 Sure" in on_screen(pilot.app)
        await pilot.press("1")
        assert "✓ Right." in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
    assert (review(home)["confidence"], review(home)["typed"], review(home)["grade"]) == (25, "3.64", "good")


@pytest.mark.parametrize("kind", ["free", "cloze"])
async def test_what_is_pasted_is_cleaned_before_it_shows(home: Home, kind: str) -> None:
    async with asked(home, kind) as pilot:
        await pilot.press(*["t"] * (kind == "free"))
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)
        pilot.app.post_message(events.Paste("so\x1b]0;title\x07 be\x1b[31m it\u202e"))
        await pilot.pause()
        assert (field.value if isinstance(field, Input) else field.text) == "so be it"


async def test_in_chinese(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asked(home, "numeric", "language: zh\n") as pilot:
        assert "显示答案" in on_screen(pilot.app) and "按 Enter" in on_screen(pilot.app)
        await pilot.press("minus", "enter")
        await pilot.pause()
        assert "错误。" not in on_screen(pilot.app) and "这不是一个数" in on_screen(pilot.app)  # one goes on typing
        await pilot.press("backspace", "minus", "1", "enter")
        await pilot.pause()
        assert "错误。" in on_screen(pilot.app)


async def test_what_is_typed_is_seen_from_the_first_line_on_and_after_a_resize(home: Home) -> None:
    words = [f"w{n:02}" for n in range(40)]
    async with asked(home, "free", size=(120, 40)) as pilot:
        await pilot.press("t", *("space" if char == " " else char for char in " ".join(words)))
        assert [word for word in words if word not in on_screen(pilot.app)] == []
        await resize(pilot, 100, 32)
        assert [word for word in words if word not in on_screen(pilot.app)] == []
        await resize(pilot, 140, 40)
        assert [word for word in words if word not in on_screen(pilot.app)] == []
