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


def test_over_a_switch_there_are_bars_as_in_the_app(quizapp: Call, tmp_path: Path) -> None:
    path = tmp_path / "signs.py"
    path.write_text("def main(negative: bool = False) -> dict:\n    return {'size': 2.5 if negative else 5.0}\n")
    assert quizapp("trust", str(path), "--yes")[0] == 0
    code, out, _ = quizapp("demo", str(path), "--sweep", "negative")
    title, false, true = out.split("\n\n")[-1].rstrip().splitlines()
    assert code == 0 and title.strip() == "size over negative"
    assert false.startswith("false ▸████") and false.endswith(" 5.00") and true.startswith("true   ██")
    assert "┤" not in out


def test_a_knob_or_measure_that_is_not_there_is_named(quizapp: Call, demo: Path) -> None:
    code, _, err = quizapp("demo", str(demo), "--sweep", "m")
    assert code == 2 and "has no knob m" in err
    code, _, err = quizapp("demo", str(demo), "--sweep", "n", "--measure", "root")
    assert code == 2 and "square, cube" in err
