"""new: a starter deck and a starter demo that work as they stand."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from quizapp.lab.exercise import read_exercise
from quizapp.lab.exercise_rules import poor
from quizapp.paths import SCHEMA, Home

Call = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(("locale", "title"), [("C.UTF-8", "A deck of mine"), ("zh_CN.UTF-8", "我的题库")])
def test_the_starter_deck_has_no_mistake_and_points_editors_to_the_schema(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, title: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    path = tmp_path / "my own" / "deck.yaml"
    code, out, _ = quizapp("new", str(path))
    assert code == 0 and f"quizapp check '{path}'" in out
    assert f"\ntitle: {title}\n" in path.read_text("utf-8")
    assert path.read_text("utf-8").splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA.as_uri()}"
    code, out, _ = quizapp("check", str(path), "--json")
    assert code == 0 and json.loads(out) == {"errors": [], "warnings": []}
    assert len(json.loads(quizapp("due", str(path), "--json")[1])["decks"]) == 1


def test_the_schema_file_is_what_the_command_prints(quizapp: Call) -> None:
    assert SCHEMA.read_text(encoding="utf-8") == quizapp("schema")[1], f"quizapp schema > {SCHEMA}"


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "4 bits"), ("zh_CN.UTF-8", "4 bit")])
def test_the_starter_demo_runs_at_once(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    path = tmp_path / "my_demo.py"
    code, out, _ = quizapp("new", "--demo", str(path))
    assert code == 0 and f"quizapp trust {path}" in out and "run: my_demo" in out
    plain = subprocess.run([sys.executable, str(path)], capture_output=True, encoding="utf-8", timeout=60)
    assert plain.returncode == 0 and said in plain.stdout
    assert quizapp("trust", str(path), "--yes")[0] == 0
    code, out, _ = quizapp("demo", str(path), "--bits", "3", "--json")
    found = json.loads(out)
    assert code == 0 and found["knobs"] == {"bits": 3, "how": "nearest", "seed": 0}
    assert 2 < found["result"]["error_pct"] < 4  # a quarter of a step of 12.5%
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    deck = tmp_path / "deck.yaml"
    deck.write_text("cards:\n  - {q: Q?, a: A., why: W., id: x, demo: {run: my_demo, with: {bits: 12}}}\n")
    assert "0 errors, 0 warnings" in quizapp("check", str(deck))[1]


@pytest.mark.parametrize(("locale", "title"), [("C.UTF-8", "Code of mine"), ("zh_CN.UTF-8", "我的代码题")])
def test_a_card_that_asks_for_code_and_its_exercise(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, title: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    deck, exercise = tmp_path / "mine.yaml", tmp_path / "code" / "my_softmax.py"
    code, out, _ = quizapp("new", str(deck), "--code", "my_softmax")
    assert code == 0 and out.index(f"quizapp trust {exercise}") < out.index(f"quizapp check --run {deck}")
    assert f"\ntitle: {title}\n" in deck.read_text("utf-8")
    code, out, _ = quizapp("check", str(deck), "--json")
    assert code == 0 and json.loads(out) == {"errors": [], "warnings": []}
    assert poor(read_exercise(exercise)) == ()
    plain = deck.read_bytes()
    code, _, err = quizapp("new", str(deck), "--code", "my_softmax")
    assert code == 1 and str(exercise) in err and deck.read_bytes() == plain


@pytest.mark.skipif("QUIZAPP_SEEDS" not in os.environ, reason="takes half a minute")
def test_the_starter_exercise_is_proven(quizapp: Call, tmp_path: Path) -> None:
    deck, exercise = tmp_path / "mine.yaml", tmp_path / "code" / "my_softmax.py"
    assert quizapp("new", str(deck), "--code", "my_softmax")[0] == 0
    assert quizapp("trust", str(exercise), "--yes")[0] == 0
    code, out, _ = quizapp("check", "--run", str(deck), "--json")
    assert json.loads(out) == {"errors": [], "warnings": []} and code == 0


def test_it_becomes_the_last_card_of_a_deck_that_is_there(quizapp: Call, tmp_path: Path) -> None:
    deck = tmp_path / "mine.yaml"
    before = "# mine\ncards:\n  - {id: x, q: Q?, a: A, why: W}  # kept\n"
    deck.write_text(before)
    assert quizapp("new", str(deck), "--code", "scale_rows")[0] == 0
    assert deck.read_text().startswith(before) and "    seconds: 120\n" in deck.read_text()
    assert quizapp("check", str(deck))[1].endswith("1 deck, 2 cards: 0 errors, 0 warnings\n")
    deck.write_text("cards: [")
    code, _, err = quizapp("new", str(deck), "--code", "other")
    assert code == 1 and "Nothing was written" in err
    assert deck.read_text() == "cards: [" and not (tmp_path / "code" / "other.py").exists()


@pytest.mark.parametrize("name", ["../up", "Big", "torch", "lambda", "cases", "use", "trap_x", "a b", ""])
def test_an_exercise_has_a_name_that_its_function_can_have(quizapp: Call, tmp_path: Path, name: str) -> None:
    assert quizapp("new", str(tmp_path / "mine.yaml"), "--code", name)[0] == 2
    assert not [*tmp_path.rglob("*.py"), *tmp_path.glob("*.yaml")]


@pytest.mark.parametrize("words", [["mine.yaml"], ["--demo", "mine.py"]])
def test_nothing_is_overwritten(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(words[-1])
    path.write_text("mine")
    code, _, err = quizapp("new", *words)
    assert code == 1 and "stays as it is" in err and path.read_text() == "mine"
    path.unlink()
    path.symlink_to("elsewhere")
    assert quizapp("new", *words)[0] == 1 and not Path("elsewhere").exists()


def test_a_name_that_looks_like_an_option_is_named_so_that_it_is_none(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "quizapp check ./-x.yaml" in quizapp("new", "--", "-x.yaml")[1]
    assert quizapp("check", "./-x.yaml")[0] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_disk_that_is_full_leaves_no_half_of_a_file(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plain = Path.open

    def full(
        path: Path, mode: str = "r", buffering: int = -1, encoding: str | None = None,
        errors: str | None = None, newline: str | None = None,
    ) -> IO[Any]:  # fmt: skip
        if mode == "x":
            plain(path, mode).close()
            path, mode = Path("/dev/full"), "w"
        return plain(path, mode, buffering, encoding, errors, newline)

    monkeypatch.setattr(Path, "open", full)
    code, _, err = quizapp("new", "deck.yaml")
    assert code == 1 and "No space left" in err and not list(tmp_path.glob("*.yaml"))


def test_a_folder_that_cannot_be_written_is_a_sentence(quizapp: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = quizapp("new", str(tmp_path / "file" / "deck.yaml"))
    assert code == 1 and f"{tmp_path / 'file'}: " in err and "Errno" not in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["deck"], "quizapp new deck.yaml"),
        (["a_demo.py"], "quizapp new --demo a_demo.py"),
        (["--demo", "My-Demo.py"], "my_demo.py"),
        (["--demo", "demo.yaml"], "my_demo.py"),
        (["--demo", "random.py"], "the place of the module random"),
    ],
)
def test_a_name_that_cannot_be_is_a_wrong_call(quizapp: Call, home: Home, words: list[str], says: str) -> None:
    code, _, err = quizapp("new", *words)
    assert code == 2 and says in err and not Path(words[-1]).exists()
