"""Journeys on a machine that is busy."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

ROUNDS = 4  # what one message brings about, and that in turn


@pytest.fixture(autouse=True)
def _pause_until_all_is_said(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Textual's own `pause` takes a process that gets no time for one that has nothing to do: let every widget handle
    what was sent to it, and paint, a few times over."""
    pause = Pilot.pause

    async def patient(self: Pilot[object], delay: float | None = None) -> None:
        await pause(self, delay)
        for _ in range(ROUNDS):
            await self._wait_for_screen()
            self.app.screen._on_timer_update()

    monkeypatch.setattr(Pilot, "pause", patient)
    yield
