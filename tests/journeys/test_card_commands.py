"""What the command palette does to the card in hand: bury, suspend, flag, reset."""

from pathlib import Path

import pytest

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.study import StudyScreen

DECK = "cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: Answer}}\n" for i in range(3))


@pytest.mark.parametrize("what", ["Bury this card", "Suspend this card"])
async def test_a_card_put_away_is_not_asked_and_the_next_one_is(home: Home, tmp_path: Path, what: str) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    app = QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: app.study(app.desk.library.decks))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen) and screen.card is not None and screen.card.id == "c0"
        commands = {command.title: command.callback for command in app.get_system_commands(screen)}
        commands[what]()
        await pilot.pause()
        assert screen.card.id == "c1"
        standing = app.desk.progress.of("d/c0")
        assert standing.suspended if what.startswith("Suspend") else standing.buried is not None


async def test_a_flag_goes_on_and_off_and_a_reset_card_is_new(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    app = QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: app.study(app.desk.library.decks))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        for title, flagged in (("Flag this card", True), ("Take the flag off", False)):
            commands = {command.title: command.callback for command in app.get_system_commands(screen)}
            commands[title]()
            assert app.desk.progress.of("d/c0").flagged is flagged
        await pilot.press("space", "1")
        await pilot.pause()
        progress = app.desk.progress
        assert progress.of("d/c0").memory.reps == 1
        progress.change("d/c0", "reset", progress.of("d/c0").memory.reviewed)  # type: ignore[arg-type]
        assert progress.of("d/c0").memory.state == "new"
