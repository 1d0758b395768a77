"""A process that has torch loaded before it is asked: on Linux a server that forks runs, elsewhere the next run itself.

Start it after first paint. Whatever becomes of it, a run finds it ready or starts cold; it ends with the app.
"""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from quizapp.lab.job import Job
from quizapp.lab.spawn import close_pipes, end_group, environment, lab_command
from quizapp.lab.start import Launcher, LoneRun, ReapedRun, lone_process

if TYPE_CHECKING:
    import asyncio


class ForkServer:
    """One process with torch loaded and one thread, which forks a reaper for each run that is handed over."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._ready = False
        self._failed = False  # it ended before it was ready: it would again

    def start(self) -> None:
        """Start it, unless it runs or torch is missing. Returns at once; never raises."""
        from quizapp.lab.run import torch_missing

        if self.process is not None or self._failed or torch_missing():
            return
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = subprocess.Popen(
                    lab_command("server.serve"),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    env=environment(),
                )
            except OSError:
                ours.close()
                self._failed = True
                return
        ours.setblocking(False)
        self._socket, self._ready = ours, False

    def ready(self) -> bool:
        """Whether a run would start warm now. A server that has died is started again."""
        if self._socket is None:
            return False
        try:
            said = self._socket.recv(1)
        except BlockingIOError:
            return self._ready
        except OSError:
            said = b""
        if said:
            self._ready = True
            return True
        self._failed = not self._ready
        self.kill()
        self.start()
        return False

    async def launch(self, job: Job) -> ReapedRun:
        """See `start.Launcher`."""
        return await ReapedRun.start(job, self.hand_over, self.kill)

    def hand_over(self, control: int, output: int, file: int) -> bool:
        """Let the server fork a reaper on these descriptors; False if it is not ready, and nothing was done."""
        if not self.ready() or self._socket is None:
            return False
        try:
            socket.send_fds(self._socket, [b"r"], [control, output, file])
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End it. Runs that it has forked go on: each ends with its own control pipe."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    close = kill


class Standby:
    """One process that loads torch and waits to be the next run."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start it, unless it waits already or torch is missing. Returns at once; needs a running event loop."""
        import asyncio

        from quizapp.lab.run import torch_missing

        if self._task is None and not torch_missing():
            self._task = asyncio.get_running_loop().create_task(self._started())

    async def _started(self) -> None:
        try:
            self._process = await lone_process("preload")
        except OSError:
            pass

    async def launch(self, job: Job) -> LoneRun:
        """See `start.Launcher`."""
        return await LoneRun.start(job, self.take)

    def ready(self) -> bool:
        """Whether it waits now."""
        return self._process is not None and self._process.returncode is None

    def take(self) -> "asyncio.subprocess.Process | None":
        """The waiting process, if there is one; the next one is started."""
        if not self.ready():
            return None
        process, self._process, self._task = self._process, None, None
        self.start()
        return process

    def close(self) -> None:
        """End it, if it waits."""
        if self._process is not None:
            end_group(self._process)
            close_pipes(self._process)
            self._process = None


async def until_ready(launcher: Launcher) -> None:
    """Give what was started half a minute: several runs without it would each load torch. At once where there is
    nothing to wait for."""
    import asyncio

    for _ in range(600):
        if launcher.ready() or (isinstance(launcher, ForkServer) and launcher.process is None):
            return
        await asyncio.sleep(0.05)


def warm() -> Launcher:
    """What this system can keep warm; not yet started."""
    return ForkServer() if sys.platform == "linux" else Standby()


@asynccontextmanager
async def kept_warm() -> AsyncIterator[Launcher]:
    """That, started and ready as far as it gets, for runs that share what loading torch takes; then ended."""
    launcher = warm()
    launcher.start()
    try:
        await until_ready(launcher)
        yield launcher
    finally:
        launcher.close()
