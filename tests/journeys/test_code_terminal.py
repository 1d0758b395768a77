"""A code card in a real terminal: what was written survives whatever ends the app."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_terminal import Tmux

from quizapp.paths import Home

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
DECK = "cards:\n  - {id: kd, type: code, code: kd_loss, q: Write the loss.}\n"


def test_a_text_survives_kill_9_right_after_its_verdict_showed(home: Home, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "d.yaml").write_text(DECK)
    command = f"{sys.executable} -m quizapp.cli --home {home.root} {tmp_path / 'd.yaml'}"
    terminal = Tmux((80, 24), command)
    try:
        terminal.wait("Enter study")
        terminal.press("Enter")
        terminal.wait("def kd_loss")
        terminal.press("-l", "return T")
        terminal.press("C-s")
        terminal.wait("of 4 cases pass", 60)
        terminal.press("-l", " + alpha")
        terminal.wait("return T + alpha")
        for _ in range(40):
            if any("T + alpha" in path.read_text() for path in home.attempts.glob("*.py")):
                break
            subprocess.run(["sleep", "0.05"], check=True)
        shell = terminal.run("display-message", "-p", "#{pane_pid}").strip()
        subprocess.run(["pkill", "-9", "-P", shell], check=True)
        terminal.wait("ENDED 137")
    finally:
        terminal.close()
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    events = map(json.loads, lines)
    (attempt,) = [event for event in events if event["type"] == "attempted"]
    assert "return T\n" in attempt["text"] and attempt["passed"] is False and attempt["failed"] == "soft_only"
    again = Tmux((80, 24), command)
    try:
        again.wait("Enter study")
        again.press("Enter")
        again.wait("return T + alpha")
    finally:
        again.close()
