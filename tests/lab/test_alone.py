"""Runs without a reaper, as on macOS and Windows: the same answers, from a process of their own or one on standby."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from leftovers import Go, Left, MakeDemo, linux, settled

from quizapp.lab import start
from quizapp.lab.run import Limits, run
from quizapp.lab.warm import Standby


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "REAPED", False)


async def test_a_run_streams_and_returns(demo: MakeDemo, go: Go, left: Left) -> None:
    script = demo(
        "print(repr(sys.stdin.read()), seed); return {'a': helper.a}", before="import helper, sys", helper="a = 1"
    )
    finished, text = await go(script, seed=7)
    assert (finished.result, finished.error, finished.exit, text) == ({"a": 1}, None, 0, "'' 7\n")
    assert left() == []


async def test_all_of_a_long_output_comes(demo: MakeDemo, go: Go) -> None:
    finished, text = await go(demo("for _ in range(900): print('y' * 999)\nreturn {'a': 1}"))
    assert (finished.result, len(text)) == ({"a": 1}, 900_000)


async def test_a_closed_stdout_does_not_end_the_run(demo: MakeDemo, go: Go) -> None:
    finished, _ = await go(demo("os.close(1); os.close(2); time.sleep(0.5); return {'a': 1}", before="import os, time"))
    assert finished.result == {"a": 1}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise ValueError('no')", "stopped in demo.py, line 4: ValueError: no"),
        ("os._exit(3)", "exit code 3"),
        ("os.kill(os.getpid(), 11)", "crashed with SIGSEGV"),
        ("while True: print('y')", "after 1 seconds"),
        ("time.sleep(60)", "after 1 seconds"),
    ],
)
async def test_what_goes_wrong_is_a_sentence(demo: MakeDemo, go: Go, left: Left, body: str, says: str) -> None:
    finished, _ = await go(demo(body, before="import os, time"), Limits(seconds=1, output_bytes=1000))
    assert says in str(finished.error)
    assert left() == []


async def test_cancelling_ends_the_group(demo: MakeDemo, left: Left) -> None:
    heard = asyncio.Event()
    script = demo("print('up', flush=True); os.fork(); time.sleep(60)", before="import os, time")
    task = asyncio.create_task(run(script, {}, lambda _: heard.set()))
    async with asyncio.timeout(20):
        await heard.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    await settled(left)


async def test_an_orphan_that_holds_the_output_does_not_hold_the_run(demo: MakeDemo, go: Go) -> None:
    script = demo("if os.fork() == 0: os.setsid(); time.sleep(9)\nreturn {'a': 1}", before="import os, time")
    finished, _ = await go(script)
    assert finished.result == {"a": 1} and finished.seconds < 9


async def test_the_process_on_standby_runs_the_next_demo(demo: MakeDemo, go: Go, fake_torch: Path, left: Left) -> None:
    script = demo("return {'loaded': 'torch' in sys.modules}", before="import sys")
    standby = Standby()
    standby.start()
    for _ in range(2):
        async with asyncio.timeout(20):
            while not standby.ready():
                await asyncio.sleep(0.01)
        finished, _ = await go(script, None, standby)
        assert finished.result == {"loaded": 1}, finished.error
    assert (await go(script))[0].result == {"loaded": 0}
    async with asyncio.timeout(20):
        while not standby.ready():
            await asyncio.sleep(0.01)
    waiting = standby._process
    standby.close()
    await settled(left)
    assert waiting is not None and await waiting.wait() != 0  # a signal; 255 where asyncio came too late to see it


@linux
async def test_the_run_ends_with_the_app(demo: MakeDemo, left: Left) -> None:
    script = demo("print('up', flush=True); time.sleep(60)", before="import time")
    app = f"""
import asyncio, pathlib, tempfile
from quizapp.lab import start
tempfile.tempdir = {str(script.path.parent.parent / "tmp")!r}
from quizapp.lab.run import run
from quizapp.lab.script import read_script
start.REAPED = False
asyncio.run(run(read_script(pathlib.Path({str(script.path)!r})), {{}}, lambda text: print(text, end="", flush=True)))
"""
    with subprocess.Popen([sys.executable, "-c", app], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"up\n"
        process.kill()
    await settled(left)
