"""The warm server: starts, forks, dies with the app, comes back; and a run is the same warm, cold and on its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from leftovers import Go, Left, MakeDemo, descriptors, linux, settled

from quizapp.lab.run import Limits, run
from quizapp.lab.warm import ForkServer

pytestmark = linux


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0.01)


@pytest.fixture
def server(fake_torch: Path, left: Left) -> Iterator[ForkServer]:
    server = ForkServer()
    server.start()
    yield server
    server.close()


async def test_a_run_is_forked_from_the_server(
    demo: MakeDemo, go: Go, server: ForkServer, fake_torch: Path, left: Left
) -> None:
    script, loads = demo("return {'loaded': 'torch' in sys.modules}", before="import sys"), fake_torch / "loads"
    text = f"import os, time\nwhile not os.path.exists({str(loads)!r}): time.sleep(0.01)"
    (fake_torch / "torch" / "__init__.py").write_text(text)
    server.close()
    server.start()
    assert (await go(script, None, server))[0].result == {"loaded": 0}, "not ready yet: it starts cold"
    assert not server.ready()
    loads.touch()
    await until(server.ready)
    finished, _ = await go(script, None, server)
    assert finished.result == {"loaded": 1}, finished.error
    assert finished.exit == 0
    await settled(left, 1)  # the server


async def test_runs_do_not_see_each_other(demo: MakeDemo, go: Go, server: ForkServer) -> None:
    script = demo(
        """
        sys.changed = getattr(sys, "changed", 0) + 1
        os.environ["CHANGED"] = os.environ.get("CHANGED", "") + "1"
        open("file", "x").write("x")
        return {"times": sys.changed, "env": len(os.environ["CHANGED"]), "drawn": random.random()}
        """,
        before="import os, random, sys",
    )
    await until(server.ready)
    one, two = [(await go(script, None, server))[0].result or {} for _ in range(2)]
    assert one["times"] == two["times"] == one["env"] == two["env"] == 1
    assert one["drawn"] != two["drawn"]


async def test_runs_side_by_side(demo: MakeDemo, go: Go, server: ForkServer) -> None:
    script = demo("time.sleep(0.1); print(seed); return {'seed': seed}", before="import time")
    await until(server.ready)
    done = await asyncio.gather(*(go(script, None, server, seed=seed) for seed in range(6)))
    assert [(finished.result, text) for finished, text in done] == [({"seed": n}, f"{n}\n") for n in range(6)]


async def test_two_hundred_runs_leave_nothing(demo: MakeDemo, server: ForkServer, left: Left) -> None:
    """One in twenty cold; each ends in its own way."""
    script = demo(
        """
        open("scratch", "w").write("x")
        if seed % 5 == 1: os._exit(3)
        if seed % 5 == 2: sys.exit(1)
        if seed % 5 == 3 and os.fork() == 0: time.sleep(60)
        if seed % 5 == 4: print("up", flush=True); time.sleep(60)
        return {"seed": seed}
        """,
        before="import os, sys, time",
    )
    await until(server.ready)
    open_before, results = descriptors(), 0
    for seed in range(200):
        heard = asyncio.Event()

        def hear(_: str, heard: asyncio.Event = heard) -> None:
            heard.set()

        running = run(script, {"seed": seed}, hear, warm=server if seed % 20 else None)
        task = asyncio.create_task(running)
        if seed % 5 == 4:
            await heard.wait()
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
        else:
            results += (await task).result == {"seed": seed}
    assert results == 80
    await settled(left, 1)  # the server
    assert descriptors() == open_before


async def test_containment_is_the_same_warm(demo: MakeDemo, go: Go, server: ForkServer) -> None:
    script = demo(
        """
        if seed == 0: ctypes.string_at(0)
        if seed == 1: return {"x": len(bytearray(10**9))}
        if seed == 2: open("/quizapp-was-here", "w")
        if seed == 3: os.kill(os.getppid(), 9)
        """,
        before="import ctypes, os",
    )
    await until(server.ready)
    said = [str((await go(script, Limits(memory_mb=100), server, seed=seed))[0].error) for seed in range(4)]
    assert "SIGSEGV" in said[0]
    assert "out of memory" in said[1]
    cold = (await go(script, seed=2))[0]
    if cold.sandbox == "sandboxed":
        assert "Permission denied" in said[2] and "Operation not permitted" in said[3]
    assert server.ready()


async def test_a_server_that_dies_is_started_again(demo: MakeDemo, go: Go, server: ForkServer) -> None:
    script = demo("return {'loaded': 'torch' in sys.modules}", before="import sys")
    await until(server.ready)
    assert server.process is not None
    first = server.process.pid
    os.kill(first, signal.SIGKILL)
    server.process.wait()
    assert (await go(script, None, server))[0].result == {"loaded": 0}
    await until(server.ready)
    assert server.process.pid != first
    assert (await go(script, None, server))[0].result == {"loaded": 1}


async def test_a_server_that_cannot_load_is_not_tried_for_ever(
    demo: MakeDemo, go: Go, server: ForkServer, fake_torch: Path
) -> None:
    (fake_torch / "torch" / "__init__.py").write_text("import os; os._exit(1)")
    server.close()
    server.start()
    await until(lambda: not server.ready() and server.process is None)
    server.start()
    assert server.process is None
    assert (await go(demo("return {'a': 1}"), None, server))[0].result == {"a": 1}


async def test_a_server_with_threads_is_no_server(server: ForkServer, fake_torch: Path) -> None:
    text = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    (fake_torch / "torch" / "__init__.py").write_text(text)
    server.close()
    server.start()
    await until(lambda: not server.ready() and server.process is None)


async def test_a_server_that_hangs_delays_a_run_only_to_its_limit(
    demo: MakeDemo, go: Go, server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.lab.start.GRACE_S", 0.1)
    await until(server.ready)
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGSTOP)
    finished, _ = await go(demo("return {'a': 1}"), Limits(seconds=0.2), server)
    assert "after 0.2 seconds" in str(finished.error)
    assert server.process is None


async def test_the_server_and_its_runs_end_with_the_app(demo: MakeDemo, fake_torch: Path, left: Left) -> None:
    script = demo("print('up', flush=True)\nif os.fork() == 0: os.setsid()\ntime.sleep(60)", before="import os, time")
    app = f"""
import asyncio, pathlib, tempfile
from quizapp.lab.run import run
from quizapp.lab.script import read_script
from quizapp.lab.warm import ForkServer
tempfile.tempdir = {str(script.path.parent.parent / "tmp")!r}
async def main():
    server = ForkServer()
    server.start()
    while not server.ready():
        await asyncio.sleep(0.01)
    script = read_script(pathlib.Path({str(script.path)!r}))
    await run(script, {{}}, lambda text: print(text, end="", flush=True), warm=server)
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", app], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"up\n"
        assert len(left()) >= 5, "app, server, reaper, demo, grandchild; and its folder"
        process.send_signal(signal.SIGKILL)
    await settled(left)


async def test_without_torch_no_server_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)
    server = ForkServer()
    server.start()
    assert server.process is None and not server.ready()


needs_torch = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("torch") is None, reason="torch is not installed"
)


@needs_torch
async def test_the_figures_are_the_same_warm_cold_and_as_a_script(demo: MakeDemo, go: Go, left: Left) -> None:
    script = demo(
        """
        torch.manual_seed(seed)
        net = torch.nn.Sequential(torch.nn.Linear(16, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))
        x, y, losses = torch.randn(64, 16), torch.randint(4, (64,)), []
        for _ in range(20):
            loss = torch.nn.functional.cross_entropy(net(x), y)
            loss.backward()
            with torch.no_grad():
                for weight in net.parameters():
                    weight -= 0.1 * weight.grad
                    weight.grad = None
            losses.append(loss.item())
        singular = torch.linalg.svdvals(net[0].weight.detach())
        print(f"{losses[-1]!r} {singular.sum().item()!r} {torch.rand(1).item()!r}", torch.get_num_threads())
        return {"loss": loss, "losses": losses, "singular": singular, "drawn": np.float32(torch.rand(1).item())}
        """,
        before="import numpy as np\nimport torch\ntorch.set_num_threads(1)",
    )
    with script.path.open("a") as file:
        file.write("\nif __name__ == '__main__':\n    main(seed=3)\n")
    server = ForkServer()
    server.start()
    command = [sys.executable, str(script.path)]
    cold, plain = await asyncio.gather(
        go(script, seed=3),
        asyncio.to_thread(lambda: subprocess.run(command, capture_output=True, text=True, check=True)),
    )
    await until(server.ready)
    warm = await go(script, None, server, seed=3)
    server.close()
    assert cold[0].error is warm[0].error is None
    assert warm[1] == cold[1] == plain.stdout
    assert warm[0].result == cold[0].result
    await settled(left)
