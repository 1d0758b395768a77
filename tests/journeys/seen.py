"""What the journeys share: what is on the screen, and how to wait until something holds."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from textual.app import App
from textual.pilot import Pilot

Kind = TypeVar("Kind")
torch_only = pytest.mark.skipif(
    "not __import__('importlib.util').util.find_spec('torch')", reason="nothing runs without torch"
)


def on_screen(app: App[None]) -> str:
    """The text of every cell, as a person would see it."""
    return "\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips())


def plain(app: App[None]) -> str:
    """What is on the screen in one line, without frames: for what may be broken anywhere."""
    return " ".join(re.sub("[\u2500-\u259f]", " ", on_screen(app)).split())


def the(app: App[None], kind: type[Kind]) -> Kind:
    """The screen, which is of that kind."""
    assert isinstance(app.screen, kind), app.screen
    return app.screen


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `true()` holds; fail with what is on the screen if it does not come to that in `seconds`."""
    end = time.monotonic() + seconds
    await pilot.pause()
    while not true():
        assert time.monotonic() < end, on_screen(pilot.app)
        await pilot.pause(0.02)


async def press_shown(pilot: Pilot[None], key: str) -> None:
    """Click on what the foot says beside `key`."""
    foot = on_screen(pilot.app).splitlines()[-1]
    await pilot.click("KeyBar", offset=(foot.index(f"{key} ") + 1, 0))
    await pilot.pause()


async def resize(pilot: Pilot[None], columns: int, rows: int) -> None:
    """Make the terminal that large, and wait until the screen is that high."""
    await pilot.resize_terminal(columns, rows)
    await until(pilot, lambda: len(on_screen(pilot.app).splitlines()) == rows)
