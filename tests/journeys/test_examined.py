"""A typed answer that an examiner listens to: asked for, streamed, stopped, overruled; and nothing typed is lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from seen import on_screen, plain, the, until
from textual.pilot import Pilot
from textual.widgets import TextArea

from quizapp.examiner import ask
from quizapp.examiner.ask import Judging
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Place
from quizapp.examiner.record import Record
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost, PointVerdict, Verdict
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.texts import tell
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.study import StudyScreen

CARDS = """
cards:
  - id: free
    q: What is frozen?
    a: The teacher.
    points: [{en: the teacher stays as it is, hit: [frozen]}, the student learns, both see the data]
  - id: plain
    q: And why?
    a: So.
"""
SET_UP = "examiner_address: http://localhost:9/v1\nexaminer_model: small\n"
MADE, MISSED = PointVerdict("made", "the teacher is frozen"), PointVerdict("missed")
WHOLE = Verdict((MADE, MISSED, PointVerdict()), ("it always is",), "Say why.")
ANSWER = "the teacher is frozen"


class FakeExaminer:
    """Says a point, then waits for `go`; knows what it was asked, and whether it was left."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked: list[tuple[Place, Task]] = []
        self.left = 0
        self.fault: Exception | None = None

    async def __call__(self, place: Place, task: Task, prompts: Path) -> AsyncIterator[Judging]:
        self.asked.append((place, task))
        try:
            yield Judging(Verdict((MADE, PointVerdict(), PointVerdict())))
            await self.go.wait()
        except asyncio.CancelledError:
            self.left += 1
            raise
        if self.fault is not None:
            raise self.fault
        yield Judging(WHOLE, Cost(10, 5, 0.5))


@pytest.fixture
def examiner(monkeypatch: pytest.MonkeyPatch) -> FakeExaminer:
    fake = FakeExaminer()
    monkeypatch.setattr(ask, "verdicts", fake)
    monkeypatch.setattr(Record, "found", lambda *_: None)
    monkeypatch.setattr(Record, "agreed", lambda *_: True)
    monkeypatch.setattr(Record, "keep", lambda *_: None)
    return fake


@asynccontextmanager
async def studied(home: Home, settings: str = SET_UP, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The first card, answered in words and its answer shown."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(settings)
    path = home.root / "mine.yaml"
    path.write_text(CARDS)
    async with QuizApp(home, [path]).run_test(size=size, notifications=True) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await pilot.press("t")
        the(pilot.app, StudyScreen).query_one(TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "the student learns" in on_screen(pilot.app))
        yield pilot


def foot(pilot: Pilot[None]) -> str:
    return on_screen(pilot.app).splitlines()[-1]


def written(home: Home, kind: str) -> list[dict[str, object]]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    return [event for event in map(json.loads, lines) if event["type"] == kind]


async def test_it_is_asked_once_the_user_ticked_and_fills_in_and_is_overruled(
    home: Home, examiner: FakeExaminer
) -> None:
    async with studied(home) as pilot:
        assert "X examiner" not in foot(pilot)
        await pilot.press("X")
        assert not examiner.asked  # the user says first what was made
        await pilot.press("b")
        assert "X examiner" in foot(pilot)
        await pilot.press("X")
        await until(pilot, lambda: "✓ made: “the teacher is frozen” but you did not tick it" in plain(pilot.app))
        assert examiner.asked[0][1].answer == ANSWER and "small is listening · X stops it" in plain(pilot.app)
        assert "X stop" in foot(pilot)
        await pilot.press("c")  # the keys go on
        assert "[x] c" in plain(pilot.app)
        examiner.go.set()
        await until(pilot, lambda: "said small at localhost:9" in plain(pilot.app))
        shown = plain(pilot.app)
        assert "✗ missed but you ticked it" in shown and "? cannot tell" in shown
        assert "✗ wrong: “it always is” → better: Say why." in shown and "X" not in foot(pilot)
        answer = the(pilot.app, StudyScreen).answer
        assert answer is not None and answer.ticks == {1, 2}
        await pilot.press("2")
        await until(pilot, lambda: the(pilot.app, StudyScreen).session.acts)
        assert "The examiner" not in on_screen(pilot.app)
    (event,) = written(home, "overruled")
    assert (event["model"], event["ticked"], event["unticked"]) == ("small", [1], [0])
    assert written(home, "reviewed")[0]["typed"] == ANSWER
    assert len(examiner.asked) == 1 and not examiner.left


@pytest.mark.parametrize("how", ["X", "escape"])
async def test_it_stops_at_once_and_is_no_verdict(home: Home, examiner: FakeExaminer, how: str) -> None:
    async with studied(home) as pilot:
        await pilot.press("b", "X")
        await until(pilot, lambda: "✓ made" in on_screen(pilot.app))
        await pilot.press(how)
        await until(pilot, lambda: examiner.left)
        assert "Stopped. X asks again." in plain(pilot.app) and "✓ made" not in on_screen(pilot.app)
        assert ANSWER in plain(pilot.app) and the(pilot.app, StudyScreen).session.ticks == {1}
        await pilot.press("X")
        await until(pilot, lambda: "✓ made" in on_screen(pilot.app))
        await pilot.press("2")  # on to the next card
        await until(pilot, lambda: examiner.left == 2)
        assert "The examiner" not in on_screen(pilot.app)
    assert not written(home, "overruled") and written(home, "reviewed")[0]["typed"] == ANSWER


async def test_what_goes_wrong_is_said_where_the_verdict_would_be(home: Home, examiner: FakeExaminer) -> None:
    async with studied(home) as pilot:
        examiner.fault = ExaminerFault(tell("common.cards", n=3))
        examiner.go.set()
        await pilot.press("n", "X")
        await until(pilot, lambda: "✗ 3 cards X asks again." in plain(pilot.app))
        examiner.fault = RuntimeError("astray")  # nobody foresaw that
        await pilot.press("X")
        await until(pilot, lambda: "Stopped. X asks again." in plain(pilot.app) and "astray" in plain(pilot.app))
        examiner.fault = None
        await pilot.press("X")
        await until(pilot, lambda: "said small at localhost:9" in plain(pilot.app))
        await pilot.press("1")
        await until(pilot, lambda: the(pilot.app, StudyScreen).session.acts)
    assert written(home, "overruled")[0]["unticked"] == [0]


async def test_without_a_place_no_key_is_offered_and_help_says_how(home: Home, examiner: FakeExaminer) -> None:
    async with studied(home, "") as pilot:
        await pilot.press("b", "X")
        assert not examiner.asked and "X examiner" not in foot(pilot)
        await pilot.press("question_mark", "space", "end")
        await until(pilot, lambda: "A language model of yours can listen to what you type" in plain(pilot.app))


async def test_an_address_that_is_none_is_said_and_nothing_is_sent(home: Home, examiner: FakeExaminer) -> None:
    async with studied(home, SET_UP.replace("http://", "http://user:secret@")) as pilot:
        await pilot.press("b", "X")
        await until(pilot, lambda: "X asks again." in plain(pilot.app))
        assert not examiner.asked and "secret" not in on_screen(pilot.app)


def seen_by(address: str) -> list[dict[str, Any]]:
    """The requests that the server at `address` had so far."""
    with urlopen(f"{address}/seen", timeout=10) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


async def test_from_leave_to_a_verdict_that_is_kept(
    home: Home, examiner_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "sk-5eCre7-5eCre7")
    settings = f"examiner_address: {examiner_server}\nexaminer_model: slow-1\nexaminer_key: env:A_KEY\n"
    before = len(seen_by(examiner_server))
    async with studied(home, settings) as pilot:
        await pilot.press("b", "X")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        shown, host = plain(pilot.app), examiner_server.removeprefix("http://").partition("/")[0]
        assert "the question, its points, and what you typed" in shown and host in shown and "may charge" in shown
        await pilot.press("n")
        assert len(seen_by(examiner_server)) == before and "X examiner" in foot(pilot)
        await pilot.press("X", "y")
        await until(pilot, lambda: f"said slow-1 at {host}" in plain(pilot.app))
        assert "✓ made: “the teacher is frozen” but you did not tick it" in plain(pilot.app)
        await pilot.press("2")
        await until(pilot, lambda: the(pilot.app, StudyScreen).session.acts)
        await pilot.press("u")  # the same card and, once more, the same answer
        await until(pilot, lambda: "What is frozen?" in on_screen(pilot.app))
        assert the(pilot.app, StudyScreen).query_one(TextArea).text == ANSWER
        await pilot.press("t", "ctrl+s")
        await until(pilot, lambda: "[x] b" in on_screen(pilot.app))
        assert "✓ made" not in on_screen(pilot.app)  # not before it is asked for
        await pilot.press("X")
        await until(pilot, lambda: f"said slow-1 at {host} before; nothing was sent" in plain(pilot.app))
        assert "· not tested: quizapp examiner --test" in plain(pilot.app)
    (request,) = seen_by(examiner_server)[before:]
    assert request["headers"]["Authorization"] == "Bearer sk-5eCre7-5eCre7" and len(written(home, "overruled")) == 1
    files = [path.read_bytes() for path in home.root.rglob("*") if path.is_file()]
    assert files and not any(b"5eCre7" in content for content in files)


@pytest.mark.parametrize(("model", "said"), [("limit", "17"), ("half", "X asks again"), ("escapes", "[red]x[/]")])
async def test_a_server_with_bad_manners_costs_nothing_that_was_typed(
    home: Home, examiner_server: str, model: str, said: str
) -> None:
    Record(home.examiner).agree(examiner_server, local_now())
    settings = f"examiner_address: {examiner_server}\nexaminer_model: {model}\n"
    async with studied(home, settings, size=(120, 40)) as pilot:
        await pilot.press("b", "X")
        await until(pilot, lambda: "listening" not in plain(pilot.app) and said in plain(pilot.app))
        assert ANSWER in plain(pilot.app) and "[x] b" in on_screen(pilot.app)
        await pilot.press("1")
        await until(pilot, lambda: the(pilot.app, StudyScreen).session.acts)
    assert written(home, "reviewed")[0]["typed"] == ANSWER
