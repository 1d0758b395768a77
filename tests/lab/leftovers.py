"""What the tests of the lab share: their types, and how to look for what a run has left."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from quizapp.lab.run import Finished
from quizapp.lab.script import Script

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs a reaper, and so Linux")

MakeDemo = Callable[..., Script]
Go = Callable[..., Awaitable[tuple[Finished, str]]]
Left = Callable[[], list[str]]
Lacking = Callable[..., None]


def processes(token: str) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if token.encode() in (entry / "environ").read_bytes():
                    yield int(entry.name)
            except OSError:
                continue


def descriptors() -> int:
    """How many this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def settled(left: Left, count: int = 0) -> None:
    """Wait until so many processes and files are left: one that has given its last word takes a moment to go."""
    async with asyncio.timeout(20):
        while len(left()) != count:
            await asyncio.sleep(0.01)
