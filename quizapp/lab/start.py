"""How the processes of a run are started and stopped: under a reaper (Linux), or alone (elsewhere).

The job goes to the other side in a file, and the answer comes back in it. The end of the output is the end of the run.
Closing the pipe to the other side stops it, and so does the app's death.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Protocol

from quizapp.lab.job import Job, JobFile
from quizapp.lab.spawn import close_pipes, end_group, environment, lab_command

REAPED = sys.platform == "linux"  # elsewhere nothing tells who the orphans of a run are
READ = 65536
POLL_S = 0.2  # without a reaper, how often to look whether the demo has ended
GRACE_S = 3.0  # for the other side to end a run; what hangs longer is killed from here

HandOver = Callable[[int, int, int], bool]
"""Lets another process start a reaper on the descriptors of control, output and file; False if it could not."""


class Live(Protocol):
    """A run that was started."""

    async def read(self) -> bytes:
        """More of its output; b"" once it has ended."""

    async def stop(self) -> None:
        """End the run and wait until it has ended; nothing, if it had."""

    def answer(self) -> dict[str, Any]:
        """What the other side has said; whole once the output has ended."""

    def close(self) -> None:
        """Let go of everything; does not wait."""


class Launcher(Protocol):
    """Has a process ready for the next run, so that it need not wait for torch."""

    def start(self) -> None:
        """Get ready, unless torch is missing. Returns at once."""

    def ready(self) -> bool:
        """Whether a run would start warm now."""

    async def launch(self, job: Job) -> Live:
        """Start a run: warm if it is ready, else cold. Raises OSError as `start_run` does."""

    def close(self) -> None:
        """End what waits. Runs that were launched go on."""


async def start_run(job: Job, warm: Launcher | None = None) -> Live:
    """Start a run, on `warm` if it is ready. Raises OSError if the system gives no process, pipe or file."""
    if warm is not None:
        return await warm.launch(job)
    return await (ReapedRun.start(job) if REAPED else LoneRun.start(job))


class ReapedRun:
    """A run under a reaper, which ends all of it when `control` closes."""

    def __init__(self, file: JobFile, control: int, last_resort: Callable[[], None]) -> None:
        self.reader = asyncio.StreamReader()
        self.process: subprocess.Popen[bytes] | None = None
        self._file = file
        self._control = control
        self._last_resort = last_resort
        self._transport: asyncio.ReadTransport | None = None

    @classmethod
    async def start(
        cls, job: Job, hand_over: HandOver | None = None, last_resort: Callable[[], None] = lambda: None
    ) -> "ReapedRun":
        """Through `hand_over` if that works, else in a new process; `last_resort` ends what hangs of the former."""
        with contextlib.ExitStack() as opened:  # on an error all is closed; else `theirs` only
            file = JobFile(job, named=False)
            opened.callback(file.close)
            theirs = opened.enter_context(contextlib.ExitStack())
            ends = []
            for their_end in (0, 1):  # control, output
                pipe = os.pipe()
                theirs.callback(os.close, pipe[their_end])
                opened.callback(os.close, pipe[1 - their_end])
                ends.append(pipe)
            (control_read, control), (output, output_write) = ends
            live = cls(file, control, last_resort)
            if hand_over is None or not hand_over(control_read, output_write, file.fileno()):
                live.process = _cold(control_read, output_write, file.fileno())
                live._last_resort = live.process.kill
            theirs.close()
            opened.pop_all()
        protocol = asyncio.StreamReaderProtocol(live.reader)
        try:
            live._transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: protocol, os.fdopen(output, "rb", 0)
            )
        except BaseException:
            live.close()
            raise
        return live

    async def read(self) -> bytes:
        return await self.reader.read(READ)

    async def stop(self) -> None:
        self._hang_up()
        try:
            async with asyncio.timeout(GRACE_S):
                while await self.read():
                    pass
        except TimeoutError:
            self._last_resort()

    def answer(self) -> dict[str, Any]:
        return self._file.answer()

    def close(self) -> None:
        self._hang_up()
        if self._transport is not None:
            self._transport.close()
        if self.process is not None:
            try:
                self.process.wait(GRACE_S)  # it has ended with its output, or ends now that `control` is closed
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._file.close()

    def _hang_up(self) -> None:
        if self._control >= 0:
            os.close(self._control)
            self._control = -1


def _cold(control: int, output: int, file: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        lab_command("reaper.reap", str(file)),
        stdin=control,
        stdout=output,
        stderr=output,
        pass_fds=(file,),
        start_new_session=True,
        env=environment(),
    )


class LoneRun:
    """A run in a process of its own, without a reaper: it has ended with that process, and then its group is ended."""

    def __init__(self, file: JobFile, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._file = file
        self._over = False  # its group was ended after it had: the number may be another's by now

    @classmethod
    async def start(cls, job: Job, take: Callable[[], asyncio.subprocess.Process | None] = lambda: None) -> "LoneRun":
        """In the process that `take` gives, else in a new one."""
        file = JobFile(job, named=True)
        try:
            file.scratch.mkdir(0o700)
            process = take() or await lone_process()
            assert process.stdin is not None
            process.stdin.write(f"{file.path}\n".encode())
        except BaseException:
            file.close()
            raise
        return cls(file, process)

    async def read(self) -> bytes:
        assert self.process.stdout is not None
        while True:
            ended = self.process.returncode is not None
            if ended:
                self._end()
            try:
                async with asyncio.timeout(POLL_S):
                    data = await self.process.stdout.read(READ)
                if data or ended:
                    return data
                await asyncio.sleep(POLL_S / 10)  # the demo has closed its output, and may go on
            except TimeoutError:
                if ended:
                    return b""  # an orphan outside the group holds the output open

    async def stop(self) -> None:
        self._end()
        while await self.read():
            pass

    def answer(self) -> dict[str, Any]:
        return {**self._file.answer(), "exit": self.process.returncode}

    def close(self) -> None:
        self._end()
        close_pipes(self.process)
        self._file.close()

    def _end(self) -> None:
        if not self._over:
            self._over = self.process.returncode is not None
            end_group(self.process)


async def lone_process(*args: str) -> asyncio.subprocess.Process:
    """A new process that waits for the path of a job file on its input; with "preload" it imports torch meanwhile."""
    return await asyncio.create_subprocess_exec(
        *lab_command("alone.run_alone", *args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=environment(),
    )
