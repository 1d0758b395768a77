"""The processes of the lab: with which command and environment one starts, and how its group is ended."""

import asyncio
import os
import signal
import sys
from pathlib import Path


def lab_command(entry: str, *args: str) -> list[str]:
    """Runs `entry`, a module and a function of the lab as in "server.serve", in a new interpreter, whatever the folder
    and the path it starts with."""
    module, function = entry.split(".")
    boot = f"import sys; sys.path[0] = sys.argv[1]; from quizapp.lab.{module} import {function}; {function}()"
    return [sys.executable, "-c", boot, str(Path(__file__).parents[2]), *args]


# What Python, its libraries and the system need of the environment; all else, keys among it, stays with the app
_KEPT_NAMES = {"PATH", "LANG", "LANGUAGE", "TZ", "TERM", "USER", "LOGNAME", "LD_LIBRARY_PATH", "VIRTUAL_ENV"}
_KEPT_NAMES |= {"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS", "CONDA_PREFIX"}
_KEPT_STARTS = ("LC_", "PYTHON", "OMP_", "MKL_", "KMP_", "OPENBLAS_", "DYLD_", "CUDA_")


def environment() -> dict[str, str]:
    """Of every run: what it needs, and one thread in each library, so that a run is the same warm and cold."""
    kept = {name: value for name, value in os.environ.items() if _kept(name.upper())}
    return {**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def _kept(name: str) -> bool:
    return name in _KEPT_NAMES or name.startswith(_KEPT_STARTS)


def close_pipes(process: asyncio.subprocess.Process) -> None:
    """Let go of its pipes, which asyncio does only when all that hold them have."""
    transport = getattr(process, "_transport", None)
    if transport is not None:
        transport.close()


def end_group(process: asyncio.subprocess.Process) -> None:
    """Kill a process and its group; nothing, if none of it is left."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
