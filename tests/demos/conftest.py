"""Demos are run as the app runs them: the script is loaded by its path and its `main` is called."""

import importlib.util
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DEMOS = Path(__file__).parents[2] / "demos"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Seed 0; QUIZAPP_SEEDS=5 runs seeds 0 to 4, as .ci/run does. No demo was tuned on these."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(int(os.environ.get("QUIZAPP_SEEDS", "1"))))


@pytest.fixture
def run_demo(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """run_demo("temperature", seed=1, T=8) returns what the demo measured, once it has the shape the app can draw."""
    pytest.importorskip("torch")
    monkeypatch.setattr(sys, "path", [str(DEMOS), *sys.path])

    def run(name: str, **knobs: object) -> dict[str, Any]:
        spec = importlib.util.spec_from_file_location(f"demo_{name}", DEMOS / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        result: dict[str, Any] = module.main(**knobs)
        charts = [value for value in result.values() if isinstance(value, list | dict)]
        assert charts, "a demo draws at least one chart"
        for chart in charts:
            _check_chart(chart)
        assert all(_finite(value) for value in result.values() if not isinstance(value, list | dict))
        return result

    return run


def _check_chart(chart: list[Any] | dict[str, Any]) -> None:
    if isinstance(chart, dict) and "x" in chart:
        assert len({len(line) for line in chart.values()}) == 1, "every line has a point for each x"
        assert all(_finite(point) for line in chart.values() for point in line)
    else:
        points = chart.values() if isinstance(chart, dict) else chart
        assert points and all(_finite(point) for point in points)


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and type(value) in (int, float) and math.isfinite(value)
