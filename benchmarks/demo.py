"""Times of the lab beside a plain `python demo.py`, interleaved on this machine, and of each demo's
default run, in two minutes.

Prints {measure: {"value", "bar", "unit", "ok"}} and exits 1 when one falls short; the table of the default runs goes to
stderr. Needs torch; exits 2 without it.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terminal import Terminal

from quizapp.draw.paper import Paper
from quizapp.lab.measured import Ran
from quizapp.lab.run import run, torch_missing
from quizapp.lab.script import Script, read_demos, read_script
from quizapp.lab.start import Launcher
from quizapp.lab.trust import Trust
from quizapp.lab.warm import warm
from quizapp.paths import BUNDLED_DEMOS
from quizapp.ui.demo.outcome import draw_run

PAIRS, CANCELS, PAINTS, KEYS, SECONDS = 20, 20, 7, 40, 25.0  # at most so many, and no longer than that for the pairs
HELLO = "import torch\ndef main(seed: int = 0):\n    print(torch.__version__, flush=True)\n    return {'a': 1}\n"
FLOOD = "def main(seed: int = 0):\n    while True:\n        print('y' * 60)\n"


def cold_ms(script: Script) -> float:
    """From the start of a plain run of the script to its first output."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, script.path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        first = time.perf_counter() - start
        process.stdout.read()
        return first * 1e3


async def warm_ms(script: Script, server: Launcher) -> float:
    """From the request to the first output of a run that finds the server ready."""
    await ready(server)
    first: list[float] = []
    start = time.perf_counter()
    finished = await run(script, {}, lambda _: first.append(time.perf_counter()), warm=server)
    assert finished.error is None, finished.error
    return (first[0] - start) * 1e3


async def cancel_ms(script: Script, server: Launcher) -> float:
    """From the cancelling of a run that prints without end to its being over, all of it reaped."""
    await ready(server)
    heard = asyncio.Event()
    task = asyncio.create_task(run(script, {}, lambda _: heard.set(), warm=server))
    await heard.wait()
    await asyncio.sleep(0.1)
    start = time.perf_counter()
    task.cancel()
    await asyncio.wait([task])
    return (time.perf_counter() - start) * 1e3


async def lag_ms(script: Script, server: Launcher) -> list[float]:
    """How late the app's loop wakes while a demo prints without end, two seconds long."""
    await ready(server)
    heard, late = asyncio.Event(), []
    task = asyncio.create_task(run(script, {}, lambda _: heard.set(), warm=server))
    await heard.wait()
    for _ in range(200):
        start = time.perf_counter()
        await asyncio.sleep(0.01)
        late.append((time.perf_counter() - start) * 1e3 - 10)
    task.cancel()
    await asyncio.wait([task])
    return late


def first_paint_ratio(folder: Path) -> float:
    """The app's first paint on a deck with a demo, for which it starts the server, over that on one without."""
    times: dict[str, list[float]] = {"with": [], "without": []}
    for name in times:
        demo = "    demo: {run: hello}\n" if name == "with" else ""
        (folder / f"{name}.yaml").write_text(f"title: PAINTED\ncards:\n  - id: x\n    q: Question?\n    a: A.\n{demo}")
    for _ in range(PAINTS):
        for name, found in times.items():
            command = ["quizapp.cli", "--home", str(folder / "home"), str(folder / f"{name}.yaml")]
            terminal = Terminal([sys.executable, "-m", *command])
            found.append(terminal.wait("PAINTED"))
            terminal.close()
    return statistics.median(a / b for a, b in zip(times["with"], times["without"], strict=True))


def key_ms(folder: Path) -> list[float]:
    """From a key to its effect on the screen while a demo beside the card prints without end."""
    home = folder / "home"
    Trust(home / "trust.json").allow(read_script(folder / "flood.py"))
    (folder / "deck.yaml").write_text("cards:\n  - {id: x, q: Q?, a: A., points: [one], demo: {run: flood}}\n")
    command = ["quizapp.cli", "--home", str(home), "study", str(folder / "deck.yaml")]
    terminal = Terminal([sys.executable, "-m", *command], size=(120, 40))
    try:
        terminal.wait("how the answer")
        terminal.press(" ")
        terminal.wait("[ ] a")
        terminal.press("x")
        terminal.wait("yyyy")
        terminal.press("\x1b")
        time.sleep(0.5)
        times = []
        for i in range(KEYS):
            terminal.press("a")
            times.append(terminal.wait("[ ] a" if i % 2 else "[x] a") * 1e3)
            time.sleep(0.05)
        return times
    finally:
        terminal.close()


async def default_runs_s(server: Launcher) -> dict[str, float]:
    """Of each demo that comes with quizapp: from the key to its charts, warm, with its knobs as they are."""
    found = {}
    for script in read_demos([BUNDLED_DEMOS])[0]:
        await ready(server)
        start = time.perf_counter()
        finished = await run(script, {}, lambda _: None, warm=server)
        assert finished.result is not None, (script.name, finished.error)
        draw_run(Ran({}, finished.result), "", False, Paper(76, 10))
        found[script.name] = time.perf_counter() - start
    return found


async def ready(server: Launcher) -> None:
    while not server.ready():
        await asyncio.sleep(0.01)


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


async def measured(folder: Path) -> dict[str, tuple[float, float, str]]:
    """Measure → value, bar, unit."""
    (folder / "hello.py").write_text(HELLO + "\nif __name__ == '__main__':\n    main()\n")
    (folder / "flood.py").write_text(FLOOD)
    hello, flood, server = read_script(folder / "hello.py"), read_script(folder / "flood.py"), warm()
    server.start()
    await ready(server)
    cold, hot = [], []
    end = time.monotonic() + SECONDS
    while len(hot) < PAIRS and time.monotonic() < end:
        cold.append(cold_ms(hello))
        hot.append(await warm_ms(hello, server))
    cancels = [await cancel_ms(flood, server) for _ in range(CANCELS)]
    late = await lag_ms(flood, server)
    runs = await default_runs_s(server)
    server.close()
    for name, seconds in sorted(runs.items(), key=lambda one: -one[1]):
        print(f"{seconds:5.2f} s  {name}", file=sys.stderr)
    print(
        f"cold {statistics.median(cold):.0f} ms, warm {statistics.median(hot):.1f} ms, {len(hot)} pairs",
        file=sys.stderr,
    )
    return {
        "warm first output, of a cold one": (statistics.median(hot) / statistics.median(cold), 0.05, "x"),
        "cancel to end of output": (statistics.median(cancels), 50, "ms"),
        "loop late under a flood, p95": (p95(late), 50, "ms"),
        f"default run of {len(runs)} demos, p50": (statistics.median(runs.values()), 0.8, "s"),
        "default run of the slowest": (max(runs.values()), 2.5, "s"),
    }


def main() -> int:
    if torch_missing():
        print("torch is not installed: there is nothing to compare with", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder)))
        found["first paint with the server, of one without"] = (first_paint_ratio(Path(folder)), 1.1, "x")
        found["key to paint under a flood, p95"] = (p95(key_ms(Path(folder))), 50, "ms")
    report = {
        name: {"value": round(value, 4), "bar": bar, "unit": unit, "ok": value <= bar}
        for name, (value, bar, unit) in found.items()
    }
    print(json.dumps(report, indent=1))
    return 0 if all(line["ok"] for line in report.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
