"""The statistics screen: opens at once, fills as the journals are read, says so where there is nothing."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from seen import on_screen, plain, until
from textual.widgets import Static

from quizapp import disk
from quizapp.memory.events import Given, Prediction
from quizapp.memory.schedule import Grade, local_now
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.stats import StatsScreen

DECK = "deck: d\ncards:\n" + "".join(
    f"  - {{id: c{i}, q: {{en: 'Question [b]{i}', zh: 问题{i}}}, a: Answer}}\n" for i in range(12)
)


@pytest.fixture(autouse=True)
def deck(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    home.decks.mkdir(parents=True)
    path = home.decks / "d.yaml"
    path.write_text(DECK)
    return path


def studied(home: Home, deck: Path) -> None:
    """Thirty days of ten cards each, three of which are forgotten now and then."""
    now = local_now()
    recorder = open_desk(home, [deck], now).recorder
    for ago in range(30, -1, -1):
        when = now - timedelta(days=ago)
        for i in range(10):
            key = f"d/c{i}"
            grade: Grade = "again" if i < 3 and ago % 5 == 2 else "good"
            outcome = recorder.standings.preview(key, when)[grade]
            recorder.review(key, outcome, when, Given(took_s=60.0, confidence=75))
    recorder.predict(Prediction(card="d/c0", demo="x", measure="m", right=True, confidence=50), now)
    recorder.change("d/c9", "suspended", now)
    recorder.close()


def folded(app: QuizApp) -> list[str]:
    """The figures that are wider than where they are shown."""
    found = [(part, part.content) for part in app.screen.query(Static).filter(".stats")]
    return [f"{drawn}" for part, drawn in found if part.size.height != f"{drawn}".count("\n") + 1]


@pytest.mark.parametrize("size", [(80, 200), (120, 120), (300, 80)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_charts(home: Home, deck: Path, size: tuple[int, int], language: str) -> None:
    studied(home, deck)
    app = QuizApp(home, [deck])
    async with app.run_test(size=size, notifications=True) as pilot:
        if language == "zh":
            await pilot.press("l")
        await pilot.press("h")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        seen = on_screen(app)
        heads = {
            "en": ("Repetitions 310", "Reviews a day", "Due in the next 30 days", "Minutes a day",
                   "True retention by day (0 is today), %",
                   "True retention by stability", "Confidence", "Predictions of experiments", "Hardest cards",
                   "suspended", "Question [b]0"),
            "zh": ("复习 310 次", "每日复习量",
                   "未来 30 天到期的卡片", "每日的真实记忆保留率（%，0 是今天）", "最难的卡片", "已暂停", "问题0"),
        }  # fmt: skip
        for head in heads[language]:
            assert head in seen, head
        assert not folded(app)
        await pilot.resize_terminal(100, 50)
        stats = app.screen.query_one("#stats")
        await until(pilot, lambda: not app.screen.has_class("-wide") and stats.show_vertical_scrollbar)
        await pilot.pause()
        assert not folded(app)
        await pilot.press("pagedown", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, StatsScreen)


async def test_nothing_to_show_is_said_and_no_chart_is_drawn(home: Home, deck: Path) -> None:
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("h")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing was reviewed yet." in on_screen(app) and "+--" not in on_screen(app)
        assert "On the home screen Enter studies what waits." in plain(app)


async def test_it_can_be_left_while_it_reads(home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studied(home, deck)
    monkeypatch.setattr("quizapp.ui.gradual._SLICE_S", 0)
    monkeypatch.setattr("quizapp.memory.reviews._PIECE", 1)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("h", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, StatsScreen)


async def test_ascii_alone_where_that_is_set(home: Home, deck: Path) -> None:
    studied(home, deck)
    home.settings.write_text("ascii: true\n")
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 150), notifications=True) as pilot:
        await pilot.press("h")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "####" in on_screen(app) and not any("\u2800" < c <= "\u28ff" for c in on_screen(app))


def test_the_command_prints_the_same_and_its_json_is_whole(
    home: Home, deck: Path, quizapp: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = quizapp("stats", str(deck))
    assert code == 0 and out.startswith("Nothing was reviewed yet.")
    code, out, _ = quizapp("stats", "--json", str(deck))
    assert code == 0 and json.loads(out)["reviews"] == 0
    studied(home, deck)
    code, out, _ = quizapp("stats", str(deck))
    assert code == 0 and "Repetitions 310" in out and "Hardest cards" in out and "Question [b]0" in out
    code, out, _ = quizapp("stats", "--json", str(deck))
    found = json.loads(out)
    assert code == 0 and found["reviews"] == 310 == sum(day["reviews"] for day in found["days"])
    assert found["seconds"] == 310 * 60 and found["states"]["suspended"] == 1 and len(found["forecast"]) == 30
    assert found["retention"]["all"]["asked"] == sum(day["asked"] for day in found["days"]) > 0
    assert found["retention"]["7"]["asked"] < found["retention"]["30"]["asked"]
    assert [one["said"] for one in found["confidence"]] == [75]
    assert found["confidence"][0]["low"] < found["confidence"][0]["rate"] < found["confidence"][0]["high"]
    assert found["predictions"]["low"] is None and set(found["teaching"]["week_later"]) >= {"all", "ticked"}
    assert found["predictions"]["passed"] == 1 and found["predictions"]["by_confidence"][0]["said"] == 50
    assert found["hardest"][0]["key"] in ("d/c0", "d/c1", "d/c2")
    assert found["by_stability"][-1]["to"] is None and set(found) >= {"today", "hardest"}


async def test_what_was_answered_with_a_cue_is_told_apart_only_where_there_was_any(
    home: Home, deck: Path, quizapp: Callable[..., tuple[int, str, str]]
) -> None:
    studied(home, deck)
    assert "cue" not in quizapp("stats", str(deck))[1]
    known = json.loads(quizapp("stats", "--json", str(deck))[1])["retention"]["all"]["asked"]
    desk, now = open_desk(home, [deck], local_now()), local_now()
    for key, grade in (("d/c5", "good"), ("d/c6", "again")):
        outcome = desk.standings.preview(key, now)[grade]  # type: ignore[index]
        desk.recorder.review(key, outcome, now, Given(cued=True))
    desk.recorder.close()
    said = "answered with a cue, and counted apart: 50% of 2"
    assert said in quizapp("stats", str(deck))[1]
    found = json.loads(quizapp("stats", "--json", str(deck))[1])
    assert found["cued"] == {"asked": 2, "passed": 1, "rate": 0.5} and found["retention"]["all"]["asked"] == known
    app = QuizApp(home, [deck])
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("h")
        await until(pilot, lambda: said in on_screen(app))
        await pilot.press("l")
        await until(pilot, lambda: "另算：2 次，记得 50%" in on_screen(app))


async def test_a_wide_screen_is_used_on_both_sides_and_the_hardest_lead_to_their_cards(home: Home, deck: Path) -> None:
    studied(home, deck)
    app = QuizApp(home, [deck])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("h")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        rows = on_screen(app).splitlines()
        head = next(row for row in rows if "Reviews a day" in row)
        assert head.index("Hardest cards") > 55 and any(row.find("Due in the next") < 10 for row in rows)
        heights = [f"{part.content}".count("\n") for part in app.screen.query("#stats-columns Static").results(Static)]
        assert min(heights) > 0.6 * max(heights)
        await pilot.press("b")
        await until(pilot, lambda: "by times forgotten" in on_screen(app))
        assert isinstance(app.screen, BrowseScreen) and app.screen.card is not None and app.screen.card.id == "c0"
