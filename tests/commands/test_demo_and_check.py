"""demo, check, schema and trust."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.lab import sandbox
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DEMO = '''"""Add numbers.

A demo of the test.
"""
from typing import Annotated, Literal

def main(
    n: Annotated[int, range(1, 9)] = 3, how: Literal["up", "down"] = "up", loud: bool = False, seed: int = 0
) -> dict:
    print(f"adding {n} {how} {loud}")
    return {"sum": n * (n + 1) // 2, "parts": list(range(1, n + 1))}
'''


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "add.py"
    path.write_text(DEMO)
    return path


def test_list_has_every_bundled_demo_with_its_knobs(quizapp: Call) -> None:
    code, out, _ = quizapp("demo", "--list", "--json")
    found = {demo["name"]: demo for demo in json.loads(out)}
    assert code == 0
    assert {"offline_distillation", "temperature", "quantize_layer", "compress_layer", "fitnets"} <= set(found)
    assert all(demo["trusted"] and len(demo["sha256"]) == 64 and demo["knobs"] for demo in found.values())
    knobs = {knob["name"]: knob for knob in found["quantize_layer"]["knobs"]}
    assert knobs["bits"]["kind"] == "int" and set(knobs["bits"]["range"]) == {"min", "max", "step"}
    assert "digits" not in found


def test_a_demo_of_ones_own_hides_the_bundled_one_of_its_name(quizapp: Call, home: Home) -> None:
    home.demos.mkdir(parents=True)
    (home.demos / "temperature.py").write_text(DEMO)
    code, _, err = quizapp("demo", "temperature")
    assert code == 1 and f"quizapp trust {home.demos / 'temperature.py'}" in err


@pytest.mark.skipif(
    sandbox.expected() not in (sandbox.FULL, sandbox.FILES), reason="this system keeps no run from files"
)
def test_a_run_reads_nothing_of_the_home_that_was_named(quizapp: Call, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "nosy.py"  # and the home lies below its folder, which it may read
    path.write_text(f"def main(seed: int = 0): return {{'length': len(open({str(home.trust)!r}).read())}}\n")
    assert quizapp("trust", str(path), "--yes")[0] == 0
    code, _, err = quizapp("demo", str(path), "--json")
    assert code == 1 and "Permission denied" in err


def test_a_demo_of_ones_own_runs_only_after_trust(quizapp: Call, demo: Path) -> None:
    code, _, err = quizapp("demo", str(demo), "--n", "4")
    assert code == 1 and f"quizapp trust {demo}" in err
    code, out, _ = quizapp("trust", str(demo), "--yes")
    assert code == 0 and "adding {n}" in out
    code, out, _ = quizapp("demo", str(demo), "--n", "4", "--how=down", "--loud", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["result"]["sum"] == 10
    assert found["knobs"] == {"n": 4, "how": "down", "loud": True, "seed": 0}
    demo.write_text(DEMO + "\n# changed\n")
    assert quizapp("demo", str(demo))[0] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--n", "12"], "from 1 to 8"),
        (["--how", "sideways"], "up or down"),
        (["--m", "1"], "has no knob --m"),
        (["--n"], "needs a value"),
    ],
)
def test_a_knob_that_is_wrong_is_named(quizapp: Call, demo: Path, words: list[str], says: str) -> None:
    code, _, err = quizapp("demo", str(demo), *words)
    assert code == 2 and says in err


def test_an_unknown_demo_is_named_with_the_nearest(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = quizapp("demo", "quantise_layer")
    assert code == 2 and "Did you mean quantize_layer?" in err
    (tmp_path / "mine.py").write_text(DEMO)
    monkeypatch.chdir(tmp_path)
    assert "Did you mean ./mine.py?" in quizapp("demo", "mine")[2]


def test_the_bundled_decks_have_no_mistakes(quizapp: Call) -> None:
    code, out, _ = quizapp("check", str(Path(__file__).parents[2] / "decks"), "--json")
    assert code == 0
    assert json.loads(out)["errors"] == []


def test_check_names_every_mistake_with_its_place(quizapp: Call, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "cards:\n  - q: Fine?\n    a: Yes.\n  - q: No answer field?\n    anwser: x\n"
        "  - q: Demo?\n    a: x\n    demo: {run: quantise_layer}\n"
        "  - q: Knob?\n    a: x\n    demo: {run: quantize_layer, with: {bits: 99, bit: 3}}\n"
        "  - q: Late?\n"
    )
    code, out, _ = quizapp("check", str(path), "--json")
    found = json.loads(out)["errors"]
    assert code == 1
    assert [error["line"] for error in found] == sorted(error["line"] for error in found)
    assert {(error["line"], error["file"]) for error in found} >= {(5, str(path)), (8, str(path))}
    text = json.dumps(found)
    assert "answer" in text or "did you mean" in text.lower()
    assert "did you mean quantize_layer" in text and "from 2 to" in text
    code, out, _ = quizapp("check", str(path))
    assert code == 1 and f"{path}:5:" in out
    knobs = "    demo: {run: quantize_layer, with: {bits: 99, bit: 3}}"
    for knob in ("99", "3}"):
        assert f"{path}:11:{knobs.index(knob) + 1}: error" in out
    assert "1 deck, 3 cards: 5 errors, 4 warnings" in out
    code, out, _ = quizapp("check", str(tmp_path / "gone.yaml"))
    assert code == 1 and out.startswith(f"{tmp_path / 'gone.yaml'}: error: cannot be read")


def test_schema_is_a_json_schema(quizapp: Call) -> None:
    code, out, _ = quizapp("schema")
    assert code == 0 and "$schema" in json.loads(out)


def test_a_wrong_call_exits_2_and_says_what_to_do(quizapp: Call) -> None:
    code, _, err = quizapp("dues")
    assert code == 2 and "Did you mean 'quizapp due'?" in err
    for name, says in (("mine.yaml", "'quizapp new mine.yaml'"), ("five-questions", "'quizapp study five-questions'")):
        code, _, err = quizapp(name)
        assert code == 2 and says in err
