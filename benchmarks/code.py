"""How long the judge takes: from an attempt to its verdict, and to prove thirty exercises; in a real pty also from a
key typed into a code card's page to its paint, and from the key that submits to the verdict. Prints JSON and exits 1
if a bar is missed.

    python benchmarks/code.py [--seeds N]
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from terminal import Terminal

from quizapp.cards.library import read_library
from quizapp.commands.prove_code import prove_code
from quizapp.lab.exercise import find_exercises, read_exercise
from quizapp.lab.judging import answer_key, judge_attempt
from quizapp.lab.run import run, torch_missing
from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.lab.warm import until_ready, warm
from quizapp.paths import BUNDLED_CODE, Home

ATTEMPTS, EXERCISES = 60, 30
WARM_S = 8  # until torch is loaded and the answer key is made
TYPED = "return (1 - alpha) * F.cross_entropy(student, labels) + alpha * T * soft"
FIFTH = '    yield "fifth", dict(student=randn(5, 3), teacher=randn(5, 3), labels=randint(3, (5,)), T=1.5, alpha=0.3)\n'


async def verdict_ms(folder: Path) -> tuple[list[float], list[float]]:
    """From an attempt, wrong and right by turns, to its verdict on five cases, the server and the key being ready; and
    by turns with these, from the request to the end of a demo that does nothing."""
    path = folder / "kd_loss.py"
    text = (BUNDLED_CODE / "kd_loss.py").read_text(encoding="utf-8")
    path.write_text(text.replace("\n\n\ndef also", f"\n{FIFTH}\n\ndef also", 1), encoding="utf-8")
    (folder / "nothing.py").write_text("def main(seed: int = 0):\n    return {'a': 1}\n", encoding="utf-8")
    exercise, server, times, least = read_exercise(path), warm(), list[float](), list[float]()
    nothing = read_script(folder / "nothing.py")
    server.start()
    await until_ready(server)
    key = await answer_key(exercise, warm=server)
    for turn in range(ATTEMPTS):
        await until_ready(server)
        attempt = exercise.reference if turn % 2 else exercise.traps["no_t_squared"]
        start = time.perf_counter()
        verdict = await judge_attempt(exercise, attempt, warm=server, key=key)
        times.append((time.perf_counter() - start) * 1e3)
        assert verdict.passed == bool(turn % 2) and len(verdict.cases) == 5, verdict
        start = time.perf_counter()
        await run(nothing, {}, lambda _: None, warm=server)
        least.append((time.perf_counter() - start) * 1e3)
    server.close()
    return sorted(times), sorted(least)


def prove_s(folder: Path, seeds: int, *, mutate: bool) -> float:
    """`check --run` of thirty exercises: ours, again and again under other names."""
    home = Home(folder / "home")
    (folder / "code").mkdir(exist_ok=True)
    (folder / "deck.yaml").write_text("cards:\n  - {id: x, q: Question?, a: Answer.}\n", encoding="utf-8")
    ours = find_exercises([BUNDLED_CODE])
    for number in range(EXERCISES):
        path = folder / "code" / f"exercise_{number}.py"
        path.write_bytes(ours[number % len(ours)].read_bytes())
        Trust(home.trust).allow(read_exercise(path).script)
    library = read_library([folder / "deck.yaml"], user=home.decks, bundled=folder)
    start = time.perf_counter()
    errors, _ = prove_code(library, home, seeds, mutate=mutate)
    assert not errors, errors
    return time.perf_counter() - start


def in_the_app(folder: Path) -> tuple[list[float], list[float]]:
    """From a key in the editor to its paint, and from Ctrl+S to the verdict, in milliseconds."""
    (folder / "one.yaml").write_text("cards: [{id: x, type: code, code: kd_loss, q: Write it.}]\n", encoding="utf-8")
    home = str(folder / "typed")
    command = [sys.executable, "-m", "quizapp.cli", "--home", home, str(folder / "one.yaml")]
    terminal, typed, judged = Terminal(command, {"LC_ALL": "C.UTF-8"}, (120, 40)), [], []
    try:
        terminal.wait("Enter")
        time.sleep(1)
        terminal.drain()
        terminal.press("\r")
        terminal.wait("kd_loss")
        time.sleep(WARM_S)
        terminal.drain()
        for key in TYPED:
            terminal.press(key)
            typed.append(terminal.wait(key) * 1e3)
            terminal.drain(0.05)
        for _ in range(20):
            terminal.press("\x13")
            judged.append(terminal.wait("0 of 4") * 1e3)
            terminal.drain(0.3)
    finally:
        terminal.close()
    return sorted(typed), sorted(judged)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    seeds = parser.parse_args().seeds
    if torch_missing():
        print("torch is not installed: there is nothing to measure", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        times, least = asyncio.run(verdict_ms(Path(folder)))
        typed, judged = in_the_app(Path(folder))
        plain = prove_s(Path(folder), seeds, mutate=False)
        mutated = prove_s(Path(folder), seeds, mutate=True)
    middle = len(times) // 2
    print(f"attempt to verdict: median {times[middle]:.0f} ms, best {times[0]:.0f} ms", file=sys.stderr)
    print(f"nothing: median {least[middle]:.0f} ms; with mutants {mutated:.1f} s", file=sys.stderr)
    found = {
        "attempt to verdict, of a run that does nothing": (times[middle] / least[middle], 1.5, "x"),
        "attempt to verdict, warm, five cases, p95": (times[int(len(times) * 0.95) - 1], 150, "ms"),
        "typing key to paint, p95": (typed[int(len(typed) * 0.95) - 1], 16, "ms"),
        "key to verdict in the app, warm, p95": (judged[int(len(judged) * 0.95) - 1], 150, "ms"),
        "check --run of 30 exercises without mutants": (plain, 60, "s"),
    }
    report = {
        name: {"value": round(value, 2), "bar": bar, "unit": unit, "ok": value <= bar}
        for name, (value, bar, unit) in found.items()
    }
    print(json.dumps(report, indent=1))
    return 0 if all(line["ok"] for line in report.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
