"""What is loaded ahead leaves keys alone."""

import pytest

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.study.search import Index
from quizapp.ui.app import QuizApp
from quizapp.ui.routes import SCREENS


async def test_a_piece_waits_while_keys_come(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []

    def warm(index: Index, count: int) -> bool:
        pieces.append(count)
        return len(pieces) < 3

    monkeypatch.setattr(Index, "warm", warm)
    monkeypatch.setattr("quizapp.ui.routes.SCREENS", {"study": SCREENS["study"]})
    app = QuizApp(home, [BUNDLED_DECKS / "write-it.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(6):
            await pilot.press("down")
            await pilot.pause(0.1)
        assert not pieces
        for _ in range(50):
            if len(pieces) == 3:
                break
            await pilot.pause(0.1)
        assert pieces == [250, 250, 250]
