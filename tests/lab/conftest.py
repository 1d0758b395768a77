"""Tiny demos written by the tests, runs of them, and what they leave behind."""

import os
import secrets
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from leftovers import Go, Lacking, Left, MakeDemo, processes

from quizapp.lab import spawn, start
from quizapp.lab.knob import KnobValue
from quizapp.lab.run import Finished, Limits, run
from quizapp.lab.script import Script, read_script
from quizapp.lab.warm import warm


@pytest.fixture
def demo(tmp_path: Path) -> MakeDemo:
    """demo(body of main, name, before=..., helper="...") → the demo; other keywords are files beside it."""

    def make(body: str, name: str = "demo", before: str = "", knobs: str = "seed: int = 0", **beside: str) -> Script:
        folder = tmp_path / "demos"
        folder.mkdir(exist_ok=True)
        for other, text in beside.items():
            (folder / f"{other}.py").write_text(textwrap.dedent(text))
        main = f"def main({knobs}):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
        (folder / f"{name}.py").write_text(f'"""A demo of the tests."""\n{textwrap.dedent(before)}\n{main}\n')
        return read_script(folder / f"{name}.py")

    return make


@pytest.fixture
def go() -> Go:
    """await go(script, limits, warm, **knobs) → how it finished, and all that it printed."""

    async def call(
        script: Script, limits: Limits | None = None, warm: start.Launcher | None = None, **knobs: KnobValue
    ) -> tuple[Finished, str]:
        from quizapp.lab.output import joined

        shown = ""

        def show(batch: str) -> None:
            nonlocal shown
            shown = joined(shown, batch)

        return await run(script, knobs, show, limits=limits, warm=warm), shown

    return call


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Left:
    """left() → the processes and temporary files that runs of this test have left."""
    token, folder = secrets.token_hex(8), tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("LC_QUIZAPP_TEST", token)  # LC_*: a run keeps it
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    def look() -> list[str]:
        return [*(f"process {pid}" for pid in processes(token)), *map(str, folder.iterdir())]

    return look


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Lacking:
    """lacking("keep_home", ...): in cold runs this function of `kernel` fails, or gives `value`."""
    real = spawn.lab_command

    def lack(*names: str, value: str = "bad()") -> None:
        broken = f"def lacking(*_): return {value}\ndef bad(): raise OSError('not on this system')\n"
        broken += "".join(f"kernel.{name} = lacking\n" for name in names)

        def command(entry: str, *args: str) -> list[str]:
            python, option, boot, *rest = real(entry, *args)
            path, run = boot.split("; from ")
            return [python, option, f"{path}\nfrom quizapp.lab import kernel\n{broken}from {run}", *rest]

        monkeypatch.setattr(start, "lab_command", command)

    return lack


@pytest.fixture
def fake_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A torch and a numpy that load at once, so that a test can start servers."""
    folder = tmp_path / "fake"
    for package, module, text in [("torch", "_dynamo", ""), ("numpy", "random", "def seed(_): pass")]:
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text("")
        (folder / package / f"{module}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture(scope="module")
def loaded() -> Iterator[start.Launcher]:
    """A server that has the real torch loaded; tests that ask for it are left out where there is none."""
    pytest.importorskip("torch")
    server = warm()
    server.start()
    end = time.monotonic() + 60
    while not server.ready() and time.monotonic() < end:
        time.sleep(0.05)
    yield server
    server.close()
