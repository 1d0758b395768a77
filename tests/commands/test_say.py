"""What a command prints: nothing that a terminal would obey, in any encoding; and no traceback for what users meet."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from quizapp.commands import complain, complain_of, say, say_json, sentence
from quizapp.lab.script import ScriptError
from quizapp.memory.journal import CannotSave
from quizapp.memory.recorder import CannotUndo, Recorder, Stale
from quizapp.memory.schedule import Grade, Outcome, Rules, local_now
from quizapp.paths import Home
from quizapp.settings_file import SettingsError
from quizapp.texts import UserError, tell

Call = Callable[..., tuple[int, str, str]]
CARD = "five-questions/distillation-and-unlabelled-data"
EVIL = r"\x1b]0;owned\x07\x9b31m\ud800\u202e"  # as Python writes it
DEMO = f'''"""A demo."""

def main(seed: int = 0) -> dict:
    print("evil {EVIL} text")
    return {{"evil{EVIL}": 3, "bars{EVIL}": {{"label{EVIL}": 1.0}}, "lines{EVIL}": {{"x": [1, 2], "y{EVIL}": [1, 2]}}}}
'''
CHARACTERS = ("\x1b", "\x07", "\x9b", "\ud800", "\u202e")


@pytest.fixture
def evil(quizapp: Call, tmp_path: Path) -> str:
    path = tmp_path / "evil.py"
    path.write_text(DEMO)
    assert quizapp("trust", str(path), "--yes")[0] == 0
    return str(path)


def shell(home: Home, *words: str | bytes, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """A command in a process of its own, whose arguments need not be text."""
    given = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "PYTHONUTF8")}
    return subprocess.run(
        [sys.executable, "-m", "quizapp.cli", "--home", str(home.root), *words],
        capture_output=True, timeout=60, env=given | environment,
    )  # fmt: skip


def test_say_cleans_and_say_json_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[31mb", 3, "\ud800\x07c", end="!\n")
    say_json({"a\x1b": "\ud800\u202eé\n", "big": 10**30})
    assert (
        capsys.readouterr().out == 'ab 3 c!\n{"a\\u001b":"\\ud800\\u202eé\\n","big":1000000000000000000000000000000}\n'
    )


def test_a_complaint_is_one_line_whatever_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    complain("a\nquizapp: all is well\x1b[2K.yaml:\tb")
    assert capsys.readouterr().err == "quizapp: a quizapp: all is well.yaml: b\n"


@pytest.mark.parametrize(
    ("count", "last"), [(20, "20"), (21, "and 1 other like these"), (99, "and 79 others like these")]
)
def test_of_many_complaints_the_first_twenty_are_printed(
    capsys: pytest.CaptureFixture[str], count: int, last: str
) -> None:
    complain_of([f"{number}" for number in range(1, count + 1)])
    lines = capsys.readouterr().err.splitlines()
    assert lines[:20] == [f"quizapp: {number}" for number in range(1, 21)]
    assert lines[-1] == f"quizapp: {last}" and len(lines) == min(count, 21)


def test_what_a_demo_measures_is_cleaned(quizapp: Call, evil: str) -> None:
    for words in ((), ("--sweep", "seed"), ("--json",)):
        code, out, err = quizapp("demo", evil, *words)
        assert "evil" in out and not [c for c in CHARACTERS if c in out + err], (words, out)
        assert code == 0
    assert json.loads(out)["result"]["evil\x1b]0;owned\x07\x9b31m?\u202e"] == 3  # half a pair is no text


def test_charts_on_a_terminal_are_cleaned(quizapp: Call, evil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")  # no colours
    monkeypatch.setattr("quizapp.commands.demo.sys.stdout.isatty", lambda: True)
    out = quizapp("demo", evil)[1]
    assert "bars" in out and "label" in out and "lines" in out
    assert not [c for c in CHARACTERS if c in out]


def test_what_is_drawn_keeps_its_colours_and_loses_the_colours_of_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from rich.text import Text

    from quizapp.commands import say_drawn

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say_drawn(Text("plain \x1b[31mred\x9b ").append("ours\x1b]0;x\x07", "bold"), Text("two"), most=40)
    assert capsys.readouterr().out == "plain red \x1b[1mours\x1b[0m\ntwo\n"


def test_statistics_of_a_deck_are_cleaned(quizapp: Call, home: Home, tmp_path: Path) -> None:
    deck = tmp_path / "evil.yaml"
    deck.write_text('cards:\n  - {id: x, q: "Q\\e]0;owned\\a\\x9b31m\\u202e?", a: A}\n')
    home.decks.mkdir(parents=True)
    (home.decks / "evil.yaml").write_text(deck.read_text())
    assert quizapp("grade", "evil/x", "again")[0] == 0
    for words in (
        ("stats",),
        ("show", "evil/x"),
        ("next", str(deck)),
        ("stats", "--json"),
        ("show", "evil/x", "--json"),
    ):
        code, out, _ = quizapp(*words)
        assert code == 0 and out and not [c for c in CHARACTERS if c in out]


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
def test_an_output_that_is_not_unicode_takes_what_it_can(home: Home, environment: dict[str, str]) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: x, q: 什么是量化？, a: é}\n", encoding="utf-8")
    shown = shell(home, "show", "mine/x", **environment)
    assert shown.returncode == 0 and b"Traceback" not in shown.stderr
    assert shown.stdout.startswith(rb"\u4ec0\u4e48") and rb"\xe9" in shown.stdout
    asked = shell(home, "show", "mine/x", "--json", **environment)
    assert asked.stdout.isascii() and json.loads(asked.stdout)["q"] == {"en": "什么是量化？", "zh": "什么是量化？"}


@pytest.mark.parametrize(
    "words",
    [
        (b"\xff\x1b]0;x\x07.yaml",),
        ("due", b"--\xff\x1b]0;x\x07"),
        ("show", b"\xff\x1b[31m"),
        ("grade", b"\xff", "good"),
        ("grade", CARD, b"\xff\x1b[31m"),
        ("demo", b"\xff\x1b[31m"),
        ("demo", "temperature", b"--\xff\x1b[31m"),
        ("quiz", "-n", b"\xff\x1b[31m"),
        ("quiz", "--decks", b"\xff\x1b[31m"),
        ("plan", "--date", b"\xff\x1b[31m"),
    ],
    ids=lambda words: str(words[0]),
)  # fmt: skip
def test_arguments_that_are_not_text(quizapp: Call, words: tuple[str | bytes, ...]) -> None:
    code, out, err = quizapp(*map(os.fsdecode, words))
    assert (code, out) == (2, "") and err
    assert not [c for c in ("\x1b", "\x07", "\udcff") if c in err]


def test_an_argument_that_is_not_text_in_a_process_of_its_own(home: Home) -> None:
    done = shell(home, "due", b"--\xff\x1b]0;x\x07")
    assert done.returncode == 2 and b"unrecognized arguments: --" in done.stderr
    assert b"Traceback" not in done.stderr and b"\x1b" not in done.stderr and b"\xff" not in done.stderr


def test_what_is_wrong_with_a_call_is_one_line(quizapp: Call) -> None:
    code, out, err = quizapp("schema", "a\nquizapp: b\r\n\tc")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == "quizapp schema: error: unrecognized arguments: a quizapp: b c"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_outputs_that_take_nothing(home: Home) -> None:
    command = f"{sys.executable} -m quizapp.cli --home {home.root} due"
    closed = subprocess.run(["sh", "-c", f"{command} >&-"], capture_output=True, timeout=60)
    assert (closed.returncode, closed.stderr) == (0, b"")
    full = subprocess.run(["sh", "-c", f"{command} >/dev/full"], capture_output=True, timeout=60)
    assert full.returncode != 0 and full.stderr.startswith(b"quizapp: No space left on device.")
    assert b"Traceback" not in full.stderr


def test_a_card_that_another_process_grades_meanwhile(
    quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.memory.standings import Standings, open_standings

    preview = Standings.preview

    def overtaken(self: Standings, key: str, now: datetime, rules: Rules | None = None) -> dict[Grade, Outcome]:
        found = preview(self, key, now, rules)
        monkeypatch.setattr(Standings, "preview", preview)
        other = Recorder(open_standings(home.root, rules=Rules()))
        other.review(key, other.standings.preview(key, local_now())["easy"], local_now())
        other.close()
        return found

    monkeypatch.setattr(Standings, "preview", overtaken)
    code, out, err = quizapp("grade", CARD, "good")
    assert (code, out) == (1, "") and len(err.splitlines()) == 1
    assert "changed elsewhere" in err and "Nothing was saved" in err
    again = Recorder(open_standings(home.root, rules=Rules()))
    assert again.standings.of(CARD).memory.reps == 1
    assert quizapp("grade", CARD, "good")[0] == 0


def test_a_journal_that_cannot_be_written_is_said(quizapp: Call, home: Home) -> None:
    home.root.mkdir()
    (home.root / "journal").write_text("in the way")
    code, out, err = quizapp("grade", CARD, "good")
    assert (code, out) == (1, "") and "Nothing was saved" in err and len(err.splitlines()) == 1


@pytest.mark.parametrize("kind", [CannotSave, CannotUndo, ScriptError, Stale])
def test_errors_for_the_user_are_sentences_and_ours_are_not(
    quizapp: Call, monkeypatch: pytest.MonkeyPatch, kind: type[UserError]
) -> None:
    def fail(*_: object) -> None:
        raise kind(tell("common.one", it="What is so."))

    monkeypatch.setattr("quizapp.commands.due.counts", fail)
    code, _, err = quizapp("due")
    assert code == 1 and err.startswith("quizapp: What is so.") and len(err.splitlines()) == 1
    so = tell("common.one", it="So.")
    assert sentence(KeyError("x")) is None and sentence(SettingsError(so)) == so
