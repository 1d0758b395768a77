"""quizapp code: exercises listed, a stub written, a file judged; check --run proves what lies beside a deck."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.commands import code
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict, Difference
from quizapp.lab.exercise import read_exercise
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.texts import tell

Call = Callable[..., tuple[int, str, str]]
EXERCISE = '''"""Twice a tensor.

x: (n,). Returns (n,).
"""
import torch


def double(x):
    return x * 2


def cases(rand, randn, randint):
    yield "plain", dict(x=randn(3))


def also_sum(x):
    return x + x


def trap_squared(x):
    return x * x
'''
DECK = "cards:\n  - {id: x, q: Question?, a: Answer., why: Because.}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def mine(home: Home) -> Path:
    """An exercise beside a deck of the user's, in a folder of its own."""
    path = home.decks / "shared" / "code" / "double.py"
    path.parent.mkdir(parents=True)
    path.write_text(EXERCISE)
    (path.parents[1] / "deck.yaml").write_text(DECK)
    return path


def test_exercises_are_listed(quizapp: Call, mine: Path) -> None:
    status, out, err = quizapp("code", "--list")
    assert (status, err) == (0, "")
    assert "double  Twice a tensor.\n" in out and "kd_loss  The distillation loss" in out
    assert quizapp("code")[1] == out
    found = {one["name"]: one for one in json.loads(quizapp("code", "--list", "--json")[1])}
    assert found["double"]["trusted"] is False and found["double"]["path"] == str(mine)
    assert found["kd_loss"]["trusted"] is True and "no_t_squared" in found["kd_loss"]["traps"]
    (mine.parent / "broken.py").write_text("import torch\n")
    status, out, err = quizapp("code", "--list")
    assert status == 1 and "double" in out and "broken.py:1:1: has no docstring" in err


def test_a_stub_is_written_once(quizapp: Call, here: Path) -> None:
    status, out, _ = quizapp("code", "kd_loss")
    assert status == 0 and "quizapp code kd_loss kd_loss.py --watch" in out
    assert (here / "kd_loss.py").read_text() == read_exercise(BUNDLED_CODE / "kd_loss.py").starter.en
    (here / "kd_loss.py").write_text("mine")
    status, _, err = quizapp("code", "kd_loss")
    assert status == 1 and "already exists" in err and (here / "kd_loss.py").read_text() == "mine"
    (here / "quantize_int8.py").symlink_to("nowhere")
    assert quizapp("code", "quantize_int8")[0] == 1 and not (here / "nowhere").exists()


def test_in_chinese_the_list_and_the_stub_are_chinese(
    quizapp: Call, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "\nkd_loss  蒸馏损失：teacher 的软目标和标签。\n" in quizapp("code", "--list")[1]
    assert quizapp("code", "kd_loss")[0] == 0
    assert (here / "kd_loss.py").read_text("utf-8").count("软损失是") == 1
    card = quizapp("show", "write-it/kd-loss")[1]
    assert "软损失是" in card and "The soft term is" not in card


def test_what_there_is_not_is_said(quizapp: Call, here: Path) -> None:
    for name, meant in (("kd_los", "kd_loss"), ("Lora", "lora_linear"), ("cross_entr", "cross_entropy")):
        assert f"There is no exercise {name}. Did you mean {meant}?" in quizapp("code", name)[2]
    assert "There is no exercise xyzxyz." in quizapp("code", "xyzxyz", "--json")[2]
    assert quizapp("code", "kd_loss", "none.py")[0] == 2
    (here / "x.py").write_bytes(b"\xff")
    assert "x.py: is not UTF-8" in quizapp("code", "kd_loss", "x.py")[2]
    (here / "x.py").write_bytes(b"#" * 300_000)
    assert "more than an attempt may have" in quizapp("code", "kd_loss", "x.py")[2]


def test_a_strangers_exercise_asks(quizapp: Call, here: Path, mine: Path) -> None:
    (here / "double.py").write_text("def double(x): return x\n")
    status, _, err = quizapp("code", "double", "double.py")
    assert status == 1 and f"quizapp trust {mine}" in err
    assert quizapp("trust", str(mine), "--yes")[0] == 0
    (here / "double.py").write_text("def double(x) return x\n")
    status, out, _ = quizapp("code", "double", "double.py")
    assert (status, out) == (
        1,
        "Line 1 is not valid Python: expected ':'\n    def double(x) return x\n                  ^\nNothing ran.\n",
    )
    mine.write_text(EXERCISE + "# changed\n")
    assert "Read and allow it" in quizapp("code", "double", "double.py")[2]


def test_a_file_is_judged(quizapp: Call, here: Path, mine: Path) -> None:
    pytest.importorskip("torch")
    quizapp("trust", str(mine), "--yes")
    (here / "mine.py").write_text("def double(x):\n    print('hello')\n    return x * x\n")
    status, out, err = quizapp("code", "double", "mine.py")
    assert (status, err) == (1, "")
    assert out.startswith("failed  plain\n\ndouble(x=tensor(3,))\n  result: got ")
    assert "It printed:\nhello\n" in out and "a known mistake:\n  squared\n" in out
    assert out.endswith("Not passed: 0 of 1 cases.\n")


def test_a_known_mistake_is_told_in_the_words_of_its_card(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    exercise = read_exercise(BUNDLED_CODE / "kd_loss.py")
    verdict = CodeVerdict(False, (CaseVerdict("plain", "differs", "f()"),), trap="no_t_squared")
    assert code._tell(exercise, verdict, "", home, as_json=False) == 1
    assert "\n  The soft term is not multiplied by T²." in capsys.readouterr().out


def test_a_verdict_is_told_to_a_program_too(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    exercise = read_exercise(BUNDLED_CODE / "kd_loss.py")
    passed = CodeVerdict(True, (CaseVerdict("plain", "passed"),))
    assert code._tell(exercise, passed, "", home, as_json=False) == 0
    assert capsys.readouterr().out == "passed  plain\nPassed: 1 of 1 cases.\n"
    assert code._tell(exercise, passed, "", home, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == [{"name": "plain", "state": "passed"}]
    difference = Difference(tell("judging.gradient", name="x"), "value", "1.0", "2.0", ratio=0.5, gradient_of="x")
    cases = (
        CaseVerdict("one", "differs", "f(x=1)", difference),
        CaseVerdict("two", "hung", "f(x=2)", error=tell("judging.hung", seconds=5)),
    )
    verdict = CodeVerdict(False, cases, tell("judging.hung_in", seconds=5, case="two"), trap="halved")
    assert code._tell(exercise, verdict, "", home, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["trap"] == "halved" and found["cases"][0]["ratio"] == 0.5 and found["cases"][0]["gradient_of"] == "x"
    assert found["error"]["zh"] == "用例 two 在 5 秒后仍没有结果，已停止"


async def test_a_file_is_judged_whenever_it_is_saved(
    here: Path, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch")
    exercise = read_exercise(BUNDLED_CODE / "quantize_int8.py")
    (here / "mine.py").write_text(exercise.starter.en)
    watching = asyncio.create_task(code._watch(exercise, here / "mine.py", home, as_json=False))
    try:
        for text, says in [("", "Not passed: 0 of 4"), (exercise.reference, "Passed: 4 of 4"), ("def x", "Line 1 is")]:
            if text:
                (here / "mine.py").write_text(text)
            shown = ""
            async with asyncio.timeout(60):
                while says not in shown:
                    await asyncio.sleep(0.05)
                    shown += capsys.readouterr().out
    finally:
        watching.cancel()
        await asyncio.wait([watching])


def test_check_proves_the_exercises_beside_a_deck(quizapp: Call, mine: Path) -> None:
    pytest.importorskip("torch")
    deck = str(mine.parents[1] / "deck.yaml")
    assert quizapp("check", deck)[0] == 0
    status, out, _ = quizapp("check", deck, "--run")
    assert status == 1 and f"{mine}:8:1" in out and "may not run yet" in out
    assert "has one case; 4 or more" in out and "has one trap; write 3" in out
    mine.write_text(EXERCISE.replace("randn(3)", "torch.full((3,), 2.0)"))
    quizapp("trust", str(mine), "--yes")
    status, out, _ = quizapp("check", deck, "--run")
    assert status == 1 and "trap_squared should fail, and passes every case" in out
    mine.write_text("def\n")
    assert f"{mine}:1:1" in quizapp("check", deck, "--run")[1]
