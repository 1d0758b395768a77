"""What can be done to the card in hand besides grading it: by its key, or from the palette, and taken back with u."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from seen import on_screen, plain, the, until
from textual.pilot import Pilot

from quizapp.paths import Home
from quizapp.study.session import Session
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.related import RelatedScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.wording import action_name

DECK = """cards:
  - {id: c0, q: Question 0, a: Answer 0, seconds: 1, follow_ups: [c2]}
  - {id: c1, q: Question 1, a: Answer 1}
  - {id: c2, q: Question 2, a: Answer 2, after: [c1]}
"""
Opened = Callable[[], AbstractAsyncContextManager[tuple[QuizApp, Pilot[None]]]]


@pytest.fixture
def opened(home: Home, tmp_path: Path) -> Opened:
    (tmp_path / "d.yaml").write_text(DECK)

    @asynccontextmanager
    async def open_app() -> AsyncIterator[tuple[QuizApp, Pilot[None]]]:
        app = QuizApp(
            home, [tmp_path / "d.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks)
        )
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause()
            yield app, pilot

    return open_app


def session(app: QuizApp) -> Session:
    assert isinstance(app.screen, StudyScreen)
    return app.screen.session


def in_hand(app: QuizApp) -> str:
    card = session(app).card
    assert card is not None
    return card.id


def choose(app: QuizApp, title: str) -> None:
    """A command of the palette."""
    {action_name(command.title, "en"): command.callback for command in app.get_system_commands(app.screen)}[title]()


@pytest.mark.parametrize("how", ["-", "@", "Bury this card", "Suspend this card"])
async def test_a_card_put_away_is_not_asked_and_u_brings_it_back(opened: Opened, how: str) -> None:
    async with opened() as (app, pilot):
        if len(how) == 1:
            await pilot.press({"-": "minus", "@": "at"}[how])
        else:
            choose(app, how)
        await pilot.pause()
        assert in_hand(app) == "c1"
        standing = app.context.desk.standings.of("d/c0")
        assert standing.suspended if how[0] in "@S" else standing.buried is not None
        await pilot.press("u")
        await pilot.pause()
        assert in_hand(app) == "c0"
        assert f" {'Suspended' if how[0] in '@S' else 'Buried'}: undone " in on_screen(app)
        standing = app.context.desk.standings.of("d/c0")
        assert not standing.suspended and standing.buried is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_where_one_types_a_toast_names_a_key_that_works_and_covers_no_field(
    home: Home, tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "d.yaml").write_text(DECK + "  - {id: c3, type: cloze, text: 'A {{c1::gap}}.'}\n")
    app = QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for _ in range(3):
            await pilot.press("minus")
            await pilot.pause()
        assert in_hand(app) == "c3" and "Ctrl+Z takes it back" in plain(app)
        toasts, below = app.screen.query("Toast"), [*app.screen.query("#answer-line, GradeBar, KeyBar")]
        assert len(toasts) == 1 and len(below) == 3  # what was said of the act before is away
        assert not any(toast.region.overlaps(widget.region) for toast in toasts for widget in below)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert in_hand(app) == "c2"


async def test_once_the_answer_shows_a_toast_stands_above_the_question_however_many_went_before(
    opened: Opened,
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: app.screen.query("Toast"))
        assert app.screen.query("Toast").first().region.y > 20
        await pilot.press("space")
        for said in ("One", "Two", "Three"):
            app.notify(said)
            await pilot.press("f5")  # which drops what was said before
        app.notify("Four")
        await until(pilot, lambda: [toast.region.y for toast in app.screen.query("Toast")] == [1])
        assert "Question 0" in on_screen(app) and "Answer 0" in on_screen(app)


async def test_u_says_which_grade_it_took_back_and_of_no_other_card(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("space", "3")  # of the card before
        for key, said in (("1", " Again: undone "), ("4", " Easy: undone ")):
            await pilot.press("space", key, "u")
            await pilot.pause()
            assert in_hand(app) == "c1" and said in on_screen(app) and "Last card" not in on_screen(app)
            assert "1 of 3 done, 1 once more (at " in on_screen(app) and not app._notifications  # nothing covers it


async def test_a_flag_shows_and_leaves_the_answer_where_it_is(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("space", "asterisk")
        await pilot.pause()
        assert app.context.desk.standings.of("d/c0").flagged and "⚑" in on_screen(app)
        assert in_hand(app) == "c0" and session(app).revealed
        await pilot.press("u")
        await pilot.pause()
        assert not app.context.desk.standings.of("d/c0").flagged and "⚑" not in on_screen(app)
        assert session(app).revealed
        await pilot.press("3")
        await pilot.pause()
        assert in_hand(app) == "c1"


async def test_the_palette_has_every_change_and_says_what_a_flag_would_do(opened: Opened) -> None:
    async with opened() as (app, pilot):
        for title, flagged in (("Flag this card", True), ("Take the flag off", False)):
            choose(app, title)
            assert app.context.desk.standings.of("d/c0").flagged is flagged
        await pilot.press("space", "1")
        await pilot.pause()
        assert in_hand(app) == "c1"
        await pilot.press("u", "space", "1", "space", "1", "space", "1")
        await pilot.pause()
        assert in_hand(app) == "c0"
        choose(app, "Reset this card")
        await pilot.pause()
        assert app.context.desk.standings.of("d/c0").memory.state == "new" and in_hand(app) != "c0"
        await pilot.press("u")
        await pilot.pause()
        assert app.context.desk.standings.of("d/c0").memory.state == "learning" and in_hand(app) == "c0"


async def test_a_change_that_cannot_be_saved_changes_nothing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as (app, pilot):

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(type(app.context.desk.recorder), "change", full)
        await pilot.press("at")
        await pilot.pause()
        assert in_hand(app) == "c0" and "No space left" in on_screen(app)


async def test_related_cards_stand_below_the_answer_and_can_be_read(opened: Opened) -> None:
    async with opened() as (app, pilot):
        assert "Question 2" not in on_screen(app)
        await pilot.press("j")  # nothing to show before the answer does
        the(app, StudyScreen)
        await pilot.press("space")
        await pilot.pause()
        assert "Follow-ups: Question 2" in on_screen(app)
        await pilot.press("j")
        await pilot.pause()
        assert isinstance(app.screen, RelatedScreen) and "Answer 2" not in on_screen(app)  # it was never asked
        await pilot.press("space")
        await pilot.pause()
        assert "Answer 2" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert in_hand(app) == "c0" and session(app).revealed
        await pilot.press("4", "space")
        await pilot.pause()
        assert "Follow-ups: Question 2" in on_screen(app)  # c2 comes after c1
        await pilot.press("4", "space")
        await pilot.pause()
        assert "Prerequisites: Question 1 · Question 0" in on_screen(app)
        await pilot.press("j", "down")
        await pilot.pause()
        assert "Question 0" in on_screen(app) and "Answer 0" not in on_screen(app)  # first its question
        assert "Space show the answer" in on_screen(app)
        await pilot.press("space")
        await pilot.pause()
        assert "Answer 0" in on_screen(app) and "Space" not in on_screen(app).splitlines()[-1]
        await pilot.press("up", "down")
        await pilot.pause()
        assert "Answer 0" not in on_screen(app)


async def test_the_clock_can_be_hidden_and_stays_so(opened: Opened, home: Home) -> None:
    async with opened() as (app, pilot):
        assert "0:00 of 0:01" in on_screen(app)
        choose(app, "Hide the timer")
        await pilot.pause()
        assert "0:0" not in on_screen(app)
        assert "timer: false" in home.settings.read_text()
        assert "Show the timer" in {action_name(c.title, "en") for c in app.get_system_commands(app.screen)}


async def test_how_far_one_is_shows_below_the_card(opened: Opened) -> None:
    async with opened() as (app, pilot):
        assert " 3 new   0 of 3 done " in on_screen(app)
        await pilot.press("space", "4")
        await pilot.pause()
        assert " 2 new   1 of 3 done " in on_screen(app)
        await pilot.press("space", "1")
        await pilot.pause()
        assert " 1 new   1 due   1 of 3 done " in on_screen(app)
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("at")
        await pilot.pause()
        app.clear_notifications()  # which stand before it
        await pilot.pause()
        assert " 1 of 2 done " in on_screen(app)
        await pilot.press("u", "u")
        app.clear_notifications()
        await pilot.pause()
        assert " 0 of 3 done " in on_screen(app)
