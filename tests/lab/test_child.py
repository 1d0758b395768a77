"""The demo's own process: what it imports of the app, and what it draws where a server has loaded the real numpy."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from leftovers import Go, Left, MakeDemo, linux

from quizapp.lab.warm import ForkServer


@linux
def test_the_processes_of_a_run_import_the_lab_and_the_standard_library_only() -> None:
    """They start fast, and run where nothing else can be read: what they tell are codes, the app has the sentences."""
    code = """
import sys
import quizapp.lab.alone, quizapp.lab.copied, quizapp.lab.kernel, quizapp.lab.reaper, quizapp.lab.server
others = [name for name in sys.modules if name.startswith("quizapp") and not f"{name}.".startswith("quizapp.lab.")]
print(*others, *({"msgspec", "asyncio", "yaml"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "quizapp\n"


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
