"""The demo's process where there is no reaper (macOS, Windows): waits for a job on its input, runs it, ends.

With "preload" it imports torch first, so that a run need not wait for it. Standard library only.
"""

import os
import signal
import sys
from typing import NoReturn

from quizapp.lab.child import read_job, reporter, run_confined


def run_alone() -> NoReturn:
    """Standard input gives one line, the path of the job file; when it closes, the app has gone or stops the run."""
    if "preload" in sys.argv:
        _preload()
    app = os.dup(0)
    path = b""
    while not path.endswith(b"\n"):
        part = os.read(app, 1)
        if not part:
            os._exit(0)
        path += part
    file = os.open(path[:-1], os.O_RDWR | getattr(os, "O_BINARY", 0))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    code = 70
    try:
        job = read_job(file)
        _end_with(app, [path[:-1].decode(), job["scratch"]])
        code = run_confined(job, reporter(file))
    except BaseException as error:
        reporter(file)({"error": {"code": "not_started", "why": repr(error)}})
    finally:
        os._exit(code)


def _preload() -> None:
    try:
        os.nice(19)
    except (AttributeError, OSError):
        pass
    from importlib import import_module

    for name in ("torch", "torch._dynamo"):
        try:
            import_module(name)
        except ImportError:
            pass  # the run will say so


def _end_with(app: int, files: list[str]) -> None:
    """From now on, when the app closes its end, remove the run's files and end this process and its group."""
    import shutil
    import threading

    def wait() -> None:
        while os.read(app, 1):
            pass
        os.unlink(files[0])  # noqa: PTH108
        shutil.rmtree(files[1], ignore_errors=True)
        if sys.platform != "win32":
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
