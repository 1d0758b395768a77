"""Whether an exercise's judge is worth its name: what is said of one that is not."""

import asyncio
import os
from pathlib import Path

import pytest

from quizapp.lab import exercise_proof
from quizapp.lab.exercise import Exercise, find_exercises, read_exercise
from quizapp.lab.exercise_proof import prove_exercise
from quizapp.lab.start import Launcher
from quizapp.paths import BUNDLED_CODE

WEAK = '''"""The mean of the squares, rounded."""
import torch

equivalent = {
    "x * x → x / x": "of course it is not",
    "x * x * 1.0 → x * x / 1.0": "by one, so it is the same",
    "x * x * 1.0 → x * x": "by one, so it is the same",
}


def level(x):
    return (x * x * 1.0).mean(), (2 * x).round().int()


def cases(rand, randn, randint):
    yield "two", dict(x=torch.full((2,), 0.25))
    yield "drawn", dict(x=randn(3))


def also_worse(x):
    return x.square().sum() / 2, (2 * x).round().int()


def also_dies(x):
    import os

    os._exit(0)


def also_lost(x):
    return y, None


def trap_not_one(x):
    return x.square().mean(), (x + x).round().int()


def trap_nothing(x):
    return None


def trap_nothing_either(x):
    if len(x):
        return None
'''
ROUNDED = '''"""Nothing."""


def nothing(x):
    return None


def cases(rand, randn, randint):
    yield "one", dict(x=1)
    if x := randn(1) is None:
        yield "two", dict(x=2)
'''


def exercise(folder: Path, text: str, name: str) -> Exercise:
    (folder / f"{name}.py").write_text(text)
    return read_exercise(folder / f"{name}.py")


def test_what_does_not_hold_is_said(tmp_path: Path, loaded: Launcher) -> None:
    found = asyncio.run(prove_exercise(exercise(tmp_path, WEAK, "level"), warm=loaded))
    said = [str(sentence) for sentence in found]
    assert [sentence.partition(":")[0] for sentence in said if "when changed" not in sentence] == [
        "also_worse should pass, and fails in drawn",
        "also_dies should pass, and ended its process or took too long",
        "also_lost should pass, and fails in two",
        "trap_not_one should fail, and passes every case",
        "trap_nothing_either gives the same as trap_nothing in every case",
        "in two a whole number changes with a few millionths of the inputs",
        "`equivalent` names what does not pass, or is no change of the solution",
    ]
    assert [sentence for sentence in said if "when changed" in sentence] == []
    weaker = WEAK.replace('    yield "drawn", dict(x=randn(3))\n', "").replace("(2,), 0.25", "(2,), 1.0")
    found = asyncio.run(prove_exercise(exercise(tmp_path, weaker, "level"), warm=loaded))
    survive = [str(sentence) for sentence in found if sentence.id == "exercise.survives"]
    assert len(survive) >= 1 and any("x * x * 1.0 → " in sentence or "x * x → x" in sentence for sentence in survive)


def test_a_stub_that_passes_and_cases_that_are_not_as_written(
    tmp_path: Path, loaded: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise_proof, "MAX_CPU_S", 0.0)
    found = asyncio.run(prove_exercise(exercise(tmp_path, ROUNDED, "nothing"), warm=loaded, seeds=2, mutate=False))
    assert [sentence.id for sentence in found] == [
        "exercise.other_cases",
        "exercise.stub_passes",
        "exercise.slow",
        "exercise.slow",
    ]


def test_a_broken_exercise_is_said_once(tmp_path: Path, loaded: Launcher) -> None:
    found = asyncio.run(prove_exercise(exercise(tmp_path, WEAK.replace("torch.full", "lost"), "level"), warm=loaded))
    assert [sentence.id for sentence in found] == ["judging.broken"]


@pytest.mark.parametrize("name", [path.stem for path in find_exercises([BUNDLED_CODE])])
def test_every_exercise_of_ours_is_proven(name: str, loaded: Launcher) -> None:
    seeds = int(os.environ.get("QUIZAPP_SEEDS", "1"))
    found = asyncio.run(prove_exercise(read_exercise(BUNDLED_CODE / f"{name}.py"), warm=loaded, seeds=seeds))
    assert [str(sentence) for sentence in found] == []
