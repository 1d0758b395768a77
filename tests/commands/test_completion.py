"""`quizapp completion`: what a shell completes, and that nothing of a stranger's reaches it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DECK = "title: A deck\ncards: [{id: one, q: What?, a: That., tags: [kept]}]\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_reads_its_script(quizapp: Call, shell: str, tmp_path: Path) -> None:
    code, script, _ = quizapp("completion", shell)
    assert code == 0 and "completion --names decks" in script and "cli." not in script
    if shutil.which(shell):
        (tmp_path / "script").write_text(script)
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True, timeout=60)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_decks_demos_and_knobs(quizapp: Call, home: Home, tmp_path: Path) -> None:
    (tmp_path / "script").write_text(quizapp("completion", "bash")[1])
    (tmp_path / "quizapp").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quizapp "$@"\n')
    (tmp_path / "quizapp").chmod(0o755)
    tries = ["quizapp st", "quizapp study quantizing", "quizapp demo quantize_l", "quizapp demo lora_rank --ra"]
    asked = "\n".join(
        f'COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _shtab_quizapp; echo "${{COMPREPLY[*]}}"'
        for line in tries
    )
    env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "QUIZAPP_HOME": str(home.root)}
    said = subprocess.run(
        ["bash", "-c", f"source script\n{asked}"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60
    ).stdout.splitlines()
    assert said[0].split() == ["stats", "study"] or said[0].split() == ["study", "stats"]
    assert said[1:3] == ["quantizing-llms", "quantize_layer"] and "--rank" in said[3].split()


def test_a_name_that_a_shell_would_obey_is_not_listed(quizapp: Call, home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK)
    (home.decks / "$(touch pwned).yaml").write_text(DECK)
    decks = quizapp("completion", "--names", "decks")[1].split("\n")
    assert "mine" in decks and not any("$" in name for name in decks)
    assert "mine/one" in quizapp("completion", "--names", "cards")[1].split()
    assert "kept" in quizapp("completion", "--names", "tags")[1].split()
    assert {"kd_loss", "lora_linear"} <= set(quizapp("completion", "--names", "exercises")[1].split())


def test_without_a_shell_it_asks_for_one(quizapp: Call) -> None:
    code, _, error = quizapp("completion")
    assert code == 2 and "bash, zsh or fish" in error
