import json
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]
DEMO = '''"""Squares."""
from typing import Annotated

def main(n: Annotated[int, range(1, 6)] = 3) -> dict:
    return {"square": n * n, "cube": n**3}
'''


@pytest.fixture
def demo(tmp_path: Path, quizapp: Call) -> Path:
    path = tmp_path / "squares.py"
    path.write_text(DEMO)
    assert quizapp("trust", str(path), "--yes")[0] == 0
    return path


def test_a_sweep_gives_every_point_and_a_chart(quizapp: Call, demo: Path) -> None:
    code, out, _ = quizapp("demo", str(demo), "--sweep", "n", "--measure", "cube")
    assert code == 0
    assert all(f"cube {n**3}" in out for n in range(1, 6))
    assert "cube over n" in out
    code, out, _ = quizapp("demo", str(demo), "--sweep", "n", "--json")
    assert [point["result"]["square"] for point in json.loads(out)["points"]] == [1, 4, 9, 16, 25]


def test_a_knob_or_measure_that_is_not_there_is_named(quizapp: Call, demo: Path) -> None:
    code, _, err = quizapp("demo", str(demo), "--sweep", "m")
    assert code == 2 and "has no knob m" in err
    code, _, err = quizapp("demo", str(demo), "--sweep", "n", "--measure", "root")
    assert code == 2 and "square, cube" in err
