"""Long work done a slice at a time, so that keys are answered meanwhile."""

import asyncio
import time
from collections.abc import Generator
from contextlib import closing
from typing import TypeVar

_SLICE_S = 0.004
_PAUSE_S = 0.002  # not 0: what a key sets off takes many turns of the loop, and each would wait for a slice
_T = TypeVar("_T")


async def gradually(steps: Generator[_T, None, None]) -> _T | None:
    """Take all steps, with a pause for everything else every few milliseconds; what the last one gave.

    Who is cancelled amid them closes them, and with them the files that they read.
    """
    found: _T | None = None
    begun = time.perf_counter()
    with closing(steps):
        for step in steps:
            found = step
            if time.perf_counter() - begun > _SLICE_S:
                await asyncio.sleep(_PAUSE_S)
                begun = time.perf_counter()
    return found
