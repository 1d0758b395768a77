"""First paint against a minimal Textual app in the same pty, how long until home is whole and answers a key, and the
time from a key to the answer on the screen."""

import math
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from terminal import Terminal, report

RUNS = 12
LOW = (100, 14)  # a terminal in which the last of the bundled decks is out of sight
LAST = "Write it from memory"
END = "\x1b[F"  # the key that leads to it
FIGURES = ("about ", "in 12 days", "days in a row")  # what home says of a studied home, besides its decks
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("painted")
Minimal().run()
"""
COMMAND = "import re, sys\nfrom quizapp.cli import main\nsys.exit(main())\n"  # as pip writes `quizapp`
ANSWER = """
      ANSWER-{i}

      | method | what it keeps | cost |
      |---|---|---|
      | GPTQ | second-order error | calibration |
      | AWQ | salient channels | calibration |
      | NF4 | quantiles | none |

      ```python
      def quantize(w, bits):
          scale = w.abs().max() / (2 ** (bits - 1) - 1)
          return (w / scale).round().clamp(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) * scale
      ```

"""


def deck(cards: int) -> str:
    lines = ["cards:"]
    for i in range(cards):
        points = "".join(
            f"      - Paragraph {j} of the answer says **one** thing about `x[{j}]`, at some length.\n"
            for j in range(24)
        )
        lines.append(f"  - id: card-{i}\n    q: QUESTION-{i}\n    a: |\n{ANSWER.format(i=i)}{points}")
    return "\n".join(lines)


def small_deck(cards: int) -> str:
    text = "The scale of a symmetric quantizer is the largest magnitude over the largest integer. " * 3
    chinese = "对称量化的缩放系数等于最大绝对值除以最大整数。" * 4
    answer = f"    a:\n      en: |-\n        {text}\n      zh: |-\n        {chinese}\n"
    return "cards:\n" + "".join(
        f"  - id: card-{i}\n    q: {{en: 'Question {i}?', zh: '问题 {i}？'}}\n{answer}" for i in range(cards)
    )


def first_paint(command: list[str], text: str, env: dict[str, str] | None = None) -> float:
    terminal = Terminal(command, env)
    try:
        return terminal.wait(text)
    finally:
        terminal.close()


def study(home: Path) -> None:
    """A home with three days of reviews, and the day of the interview."""
    from quizapp.memory.events import Given
    from quizapp.memory.recorder import Recorder
    from quizapp.memory.schedule import Rules, local_now, study_day
    from quizapp.memory.standings import open_standings

    now = local_now()
    recorder = Recorder(open_standings(home, rules=Rules()))
    for days in (2, 1, 0):
        then = now - timedelta(days=days)
        for number in range(20):
            key = f"five-questions/card-{number}"
            recorder.review(key, recorder.standings.preview(key, then)["again"], then, Given(took_s=30))
    recorder.close()
    day = study_day(now, 4) + timedelta(days=12)
    (home / "settings.yaml").write_text(f"language: en\ntour: done\ninterview: {day}\n")


def whole(command: list[str]) -> float:
    """Seconds from the start until all of home's figures stand, and a key pressed at its first paint is answered."""
    terminal = Terminal(command, size=LOW)
    try:
        first = terminal.wait("Everything")
        terminal.press(END)
        return first + terminal.wait(LAST, *FIGURES)
    finally:
        terminal.close()


def reveal_times(home: Path, path: Path) -> list[float]:
    terminal = Terminal([sys.executable, "-m", "quizapp.cli", "--home", str(home), "study", str(path)])
    times = []
    try:
        terminal.wait("QUESTION-0")
        for i in range(RUNS * 2):
            terminal.drain(0.3)
            terminal.press(" ")
            times.append(terminal.wait(f"ANSWER-{i}"))
            terminal.drain(0.2)
            terminal.press("4")
    finally:
        terminal.close()
    return sorted(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "minimal.py").write_text(MINIMAL)
        (root / "command.py").write_text(COMMAND)
        (root / "big" / "decks").mkdir(parents=True)
        (root / "big" / "decks" / "thousand.yaml").write_text(small_deck(1000))
        (root / "answers.yaml").write_text(deck(30))
        (root / "answers").mkdir()
        (root / "answers" / "settings.yaml").write_text("new_per_day: 99\ntour: done\nminutes_per_day: 600\n")
        for home in ("home", "big"):  # the first session opens by itself
            (root / home).mkdir(exist_ok=True)
            (root / home / "settings.yaml").write_text("tour: done\n")
        app = [sys.executable, str(root / "command.py"), "--home"]
        cases = {
            "minimal": ([sys.executable, str(root / "minimal.py")], "painted"),
            "bundled": ([*app, str(root / "home")], "Five questions"),
            "thousand": ([*app, str(root / "big")], "Five questions"),
        }
        study(root / "studied")
        times: dict[str, list[float]] = {name: [] for name in (*cases, "whole")}
        for run in range(RUNS + 1):
            found = {name: first_paint(command, text) for name, (command, text) in cases.items()}
            found["whole"] = whole([*app, str(root / "studied")])
            for name, seconds in found.items():
                if run:  # the first run compiles
                    times[name].append(seconds)
        ratios = {
            name: statistics.median(t / m for t, m in zip(times[name], times["minimal"], strict=True)) for name in times
        }
        reveals = reveal_times(root / "answers", root / "answers.yaml")
    report(
        {
            "first paint, bundled decks": (ratios["bundled"], 1.25, "x minimal app"),
            "first paint, 1000 cards more": (ratios["thousand"], 1.6, "x minimal app"),
            "home's figures, and a key answered": (ratios["whole"], 2.0, "x minimal app"),
            "reveal, key to paint, p95": (1000 * reveals[math.ceil(0.95 * len(reveals)) - 1], 16, "ms"),
        }
    )


if __name__ == "__main__":
    main()
