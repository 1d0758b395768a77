"""Long work done a slice at a time."""

import asyncio
from collections.abc import Generator

import pytest

from quizapp.ui import gradual


async def test_who_is_cancelled_amid_the_steps_closes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradual, "_SLICE_S", 0)
    begun, closed = asyncio.Event(), False

    def steps() -> Generator[None, None, None]:
        nonlocal closed
        try:
            while True:
                begun.set()
                yield None
        finally:
            closed = True

    held = steps()  # as a traceback may hold it
    task = asyncio.create_task(gradual.gradually(held))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed
