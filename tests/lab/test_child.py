"""The demo's own process, where a server has loaded the real numpy."""

import asyncio
import os
from pathlib import Path

import pytest
from leftovers import Go, Left, MakeDemo, linux

from quizapp.lab.warm import ForkServer


@linux
async def test_runs_of_one_server_draw_other_numbers(
    demo: MakeDemo, go: Go, left: Left, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numpy")
    (tmp_path / "fake" / "torch").mkdir(parents=True)
    for name in ("__init__", "_dynamo"):  # loads at once
        (tmp_path / "fake" / "torch" / f"{name}.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "fake"), prepend=os.pathsep)
    monkeypatch.syspath_prepend(str(tmp_path / "fake"))
    script = demo(
        "return {'a': numpy.random.random(), 'warm': warm}",
        before="import sys\nwarm = 'numpy.random' in sys.modules\nimport numpy",
    )
    server = ForkServer()
    server.start()
    try:
        async with asyncio.timeout(30):
            while not server.ready():
                await asyncio.sleep(0.01)
        results = [(await go(script, None, server))[0].result for _ in range(2)]
    finally:
        server.close()
    assert all(result and result["warm"] for result in results), results
    assert results[0] != results[1]
