"""How the processes of a run are started and stopped: under a keeper (Linux), or plainly (elsewhere).

The job goes to the other side in a file, and the answer comes back in it. The end of the output is the end of the run.
Closing the pipe to the other side stops it, and so does the app's death.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from quizapp.lab.hoard import remove

KEPT = sys.platform == "linux"  # elsewhere nothing tells who the orphans of a run are
READ = 65536
MAX_ANSWER = 6_000_000  # bytes; what `result.plain` lets through is less
MAX_LINES = 100  # of the answer: the last ones; the other side writes four
MAX_COMMAS, MAX_COLONS = 300_000, 10_000  # of all lines; parsing more would hold up the keys, and no answer has as many
MAX_DIGITS = 400  # of a number, likewise
POLL_S = 0.2  # without a keeper, how often to look whether the demo has ended
GRACE_S = 3.0  # for the other side to end a run; what hangs longer is killed from here

Job = dict[str, Any]

_DIGITS = bytes(ord("0") if chr(byte).isdigit() else 1 for byte in range(128)) + bytes(128)
_Value = int | float | str | None | list[int | float | str]
_Line = dict[str, _Value | dict[str, _Value | dict[str, _Value]]]
_read_line = msgspec.json.Decoder(_Line).decode


def merged(answer: bytes) -> dict[str, Any]:
    """An answer, its lines put together; what the demo may have written into it, and is no such line, is left out."""
    whole: dict[str, Any] = {}
    crowded = answer.count(b",") > MAX_COMMAS or answer.count(b":") > MAX_COLONS
    if crowded or b"0" * MAX_DIGITS in answer.translate(_DIGITS):
        return whole
    for line in answer.rsplit(b"\n", MAX_LINES):
        with contextlib.suppress(ValueError, RecursionError):
            whole |= _read_line(line)
    return whole


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


class ForkServer(Protocol):
    """See `warm.ForkServer`."""

    def hand_over(self, control: int, output: int, file: int) -> bool: ...
    def kill(self) -> None: ...


class Standby(Protocol):
    """See `warm.Standby`."""

    def take(self) -> "asyncio.subprocess.Process | None": ...


class JobFile:
    """The job and the answer, in a file without a name unless `named`; and where the scratch folder is."""

    def __init__(self, job: Job, *, named: bool) -> None:
        self.scratch = Path(tempfile.gettempdir(), f"quizapp-run-{secrets.token_hex(8)}")
        self.path = self.scratch.with_suffix(".job")
        data = json.dumps({**job, "scratch": str(self.scratch)}).encode()
        self._named = named
        self._file = self.path.open("x+b", 0) if named else tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._start = len(data)
        self._file.write(data)

    def fileno(self) -> int:
        return self._file.fileno()

    def answer(self) -> dict[str, Any]:
        """What the other side has written so far."""
        self._file.seek(self._start)
        return merged(self._file.read(MAX_ANSWER))

    def close(self) -> None:
        """Forget both, and the scratch folder, if the other side could not."""
        self._file.close()
        if self._named:
            self.path.unlink(missing_ok=True)
        if self.scratch.exists():
            remove(str(self.scratch))


async def start(job: Job, warm: ForkServer | Standby | None = None) -> Live:
    """Start a run, on `warm` if it is ready. Raises OSError if the system gives no process, pipe or file."""
    if KEPT:
        return await _Kept.start(job, warm)  # type: ignore[arg-type]
    return await _Plain.start(job, warm)  # type: ignore[arg-type]


def command(module: str, *args: str) -> list[str]:
    """Runs `main` of a module of the lab in a new interpreter, whatever the folder and the path it starts with."""
    boot = f"import sys; sys.path[0] = sys.argv[1]; from quizapp.lab.{module} import main; main()"
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


class _Kept:
    """A run under a keeper, which ends all of it when `control` closes."""

    def __init__(self, file: JobFile, control: int, last_resort: Callable[[], None]) -> None:
        self.reader = asyncio.StreamReader()
        self.process: subprocess.Popen[bytes] | None = None
        self._file = file
        self._control = control
        self._last_resort = last_resort
        self._transport: asyncio.ReadTransport | None = None

    @classmethod
    async def start(cls, job: Job, warm: ForkServer | None) -> "_Kept":
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
            live = cls(file, control, warm.kill if warm else lambda: None)
            if warm is None or not warm.hand_over(control_read, output_write, file.fileno()):
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
        command("keeper", str(file)),
        stdin=control,
        stdout=output,
        stderr=output,
        pass_fds=(file,),
        start_new_session=True,
        env=environment(),
    )


class _Plain:
    """A run in a process of its own, without a keeper: it has ended with that process, and then its group is ended."""

    def __init__(self, file: JobFile, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._file = file
        self._over = False  # its group was ended after it had: the number may be another's by now

    @classmethod
    async def start(cls, job: Job, warm: Standby | None) -> "_Plain":
        file = JobFile(job, named=True)
        try:
            file.scratch.mkdir(0o700)
            process = (warm.take() if warm else None) or await plain_process()
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


async def plain_process(*args: str) -> asyncio.subprocess.Process:
    """A new process that waits for the path of a job file on its input; with "preload" it imports torch meanwhile."""
    return await asyncio.create_subprocess_exec(
        *command("plain", *args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=environment(),
    )


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
