"""The app in a real terminal (tmux): what a person sees, and that nothing is lost however it ends."""

import json
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest

from quizapp.paths import BUNDLED_DECKS, Home

FIVE = BUNDLED_DECKS / "five-questions.yaml"
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Tmux:
    def __init__(self, size: tuple[int, int], command: str, env: str = "LC_ALL=C.UTF-8") -> None:
        self.name = f"quizapp-{uuid.uuid4().hex[:8]}"
        columns, rows = size
        self.run(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            str(columns),
            "-y",
            str(rows),
            f"env {env} {command}; echo ENDED $?; sleep 60",
        )

    def run(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-L", self.name, *words], capture_output=True, text=True)
        return done.stdout

    def press(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def wait(self, text: str, seconds: float = 20) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            shown = self.screen()
            if text in shown:
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never showed. There was:\n{self.screen()}")

    def close(self) -> None:
        self.run("kill-server")


@pytest.fixture
def terminal(home: Home, request: pytest.FixtureRequest) -> Iterator[Tmux]:
    size, env = getattr(request, "param", ((80, 24), "LC_ALL=C.UTF-8"))
    tmux = Tmux(size, f"{sys.executable} -m quizapp.cli --home {home.root} {FIVE}", env)
    yield tmux
    tmux.close()


def grades(home: Home) -> list[str]:
    return [
        event["grade"]
        for path in (home.root / "journal").glob("*.jsonl")
        for event in map(json.loads, path.read_text().splitlines())
        if event["type"] == "reviewed"
    ]


@pytest.mark.parametrize("terminal", [((80, 24), "LC_ALL=C.UTF-8"), ((200, 50), "LC_ALL=C.UTF-8")], indirect=True)
def test_two_cards_are_graded_and_the_app_quits(terminal: Tmux, home: Home) -> None:
    terminal.wait("Five questions")
    terminal.press("Enter")
    terminal.wait("show the answer")
    for _ in range(2):
        terminal.press("Space")
        terminal.wait("3 Good")
        terminal.press("3")
        terminal.wait("show the answer")
    terminal.press("Escape")
    terminal.wait("In this sitting")
    terminal.press("Enter")
    terminal.wait("Five questions")
    terminal.press("q")
    terminal.wait("ENDED 0")
    assert grades(home) == ["good", "good"]
    assert json.loads((home.root / "progress.json").read_text())


@pytest.mark.parametrize("terminal", [((80, 24), "LC_ALL=zh_CN.UTF-8")], indirect=True)
def test_a_chinese_locale_gets_chinese(terminal: Tmux) -> None:
    terminal.wait("五个问题")
    terminal.press("Enter")
    terminal.wait("显示答案")
    terminal.press("Space")
    terminal.wait("3 良好")
    terminal.press("l", "l")
    terminal.wait("3 Good")


@pytest.mark.parametrize("how", ["kill-9", "close"])
def test_a_killed_app_or_a_closed_terminal_loses_no_grade(terminal: Tmux, home: Home, how: str) -> None:
    terminal.wait("Five questions")
    terminal.press("Enter")
    terminal.wait("show the answer")
    terminal.press("Space")
    terminal.wait("4 Easy")
    terminal.press("4")
    terminal.wait("show the answer")
    if how == "close":
        terminal.close()
    else:
        shell = terminal.run("display-message", "-p", "#{pane_pid}").strip()
        subprocess.run(["pkill", "-9", "-P", shell], check=True)
        terminal.wait("ENDED 137")
    time.sleep(0.3)
    assert grades(home) == ["easy"]
    done = subprocess.run(
        [sys.executable, "-m", "quizapp.cli", "--home", str(home.root), "due", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["total"]["new"] == 10
