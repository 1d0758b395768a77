"""Journeys on a machine that is busy, at any hour."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta, timezone

import pytest
from textual.pilot import Pilot

from quizapp.memory import schedule


@pytest.fixture(autouse=True)
def _first_session_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of a test is new; journeys begin on its home screen all the same."""
    monkeypatch.setattr("quizapp.ui.sittings.offer_first", lambda node: None)


@pytest.fixture(autouse=True)
def _the_day_is_young(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that comes back in minutes comes on the same study day: what is left of it is never less than eight hours.
    At night the journey is made further west, at the same moment."""
    now = schedule.local_now()
    here = now.utcoffset()
    if here is not None and not 4 <= now.hour < 20:
        monkeypatch.setattr(schedule, "_LOCAL", timezone(here - timedelta(hours=8)))


@pytest.fixture(autouse=True)
def _keys_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journey presses a key once it saw what is on the screen, however soon."""
    monkeypatch.setattr("quizapp.ui.base_screen.PACE_S", 0)


@pytest.fixture(autouse=True)
def _wait_until_all_is_said(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Textual's own `pause` and `press` take a process that gets no time for one that has nothing to do, and wait for
    up to a second while it has: let every widget handle what was sent to it, and paint, a few times over."""
    pause = Pilot.pause

    async def said(self: Pilot[object], rounds: int) -> None:
        """`rounds`: what one message brings about, and that in turn."""
        for _ in range(rounds):
            await self._wait_for_screen()
            self.app.screen._on_timer_update()

    async def patient(self: Pilot[object], delay: float | None = None) -> None:
        await pause(self, delay)
        await said(self, 2)
        await self.app.animator.wait_until_complete()
        await said(self, 2)

    async def press(self: Pilot[object], *keys: str) -> None:
        for key in keys:
            await self.app._press_keys([key])
            await said(self, 2)

    async def a_moment(min_sleep: float = 0, max_sleep: float = 0) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", a_moment)
    monkeypatch.setattr("textual.pilot.wait_for_idle", a_moment)
    monkeypatch.setattr(Pilot, "pause", patient)
    monkeypatch.setattr(Pilot, "press", press)
    yield
