"""How the process of a run is started and stopped.

The job goes to the other side in an unnamed file, and the answer comes back in it. The end of the output is the end of
the run. Closing the control pipe stops it, and so does the app's death.
"""

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = str(Path(__file__).parents[2])
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from quizapp.lab.keeper import main; main()"
GRACE_S = 3.0  # for the other side to end a run; what hangs longer is killed from here


class Live:
    """A run that was started. `reader` gives its output, and ends when all of it has ended."""

    def __init__(
        self, reader: asyncio.StreamReader, transport: asyncio.ReadTransport, control: int, job: "JobFile"
    ) -> None:
        self.reader = reader
        self.process: subprocess.Popen[bytes] | None = None
        self._transport = transport
        self._control = control
        self._job = job

    async def stop(self) -> None:
        """End the run and wait until it has ended."""
        self._hang_up()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE_S):
                while await self.reader.read(65536):
                    pass

    def answer(self) -> dict[str, Any]:
        return self._job.answer()

    def close(self) -> None:
        """Let go of everything. After `stop`, or in place of it when there is no time to wait."""
        self._hang_up()
        self._transport.close()
        if self.process is not None:
            try:
                self.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._job.close()

    def _hang_up(self) -> None:
        if self._control >= 0:
            os.close(self._control)
            self._control = -1


class JobFile:
    """The job and the answer, in an unnamed file; and the scratch folder, which the other side makes and removes."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.scratch = Path(tempfile.gettempdir(), f"quizapp-run-{secrets.token_hex(8)}")
        data = json.dumps({**job, "scratch": str(self.scratch)}).encode()
        self._file = tempfile.TemporaryFile(prefix="quizapp-job-", buffering=0)  # noqa: SIM115
        self._start = len(data)
        self._file.write(data)

    def fileno(self) -> int:
        return self._file.fileno()

    def answer(self) -> dict[str, Any]:
        """What the other side has written, merged; a line that is no JSON (the demo wrote there, too) is skipped."""
        self._file.seek(self._start)
        answer: dict[str, Any] = {}
        for line in self._file.read().splitlines():
            with contextlib.suppress(ValueError, TypeError):
                answer |= json.loads(line)
        return answer

    def close(self) -> None:
        self._file.close()
        if self.scratch.exists():
            import shutil

            shutil.rmtree(self.scratch, ignore_errors=True)


async def start(job: dict[str, Any]) -> Live:
    """Start a run. Raises OSError if the system gives no process, pipe or file."""
    file = JobFile(job)
    control_read, control = os.pipe()
    output, output_write = os.pipe()
    try:
        process = _cold(control_read, output_write, file.fileno())
    except OSError:
        for descriptor in (control, output):
            os.close(descriptor)
        file.close()
        raise
    finally:
        for descriptor in (control_read, output_write):
            os.close(descriptor)
    reader = asyncio.StreamReader()
    pipe = os.fdopen(output, "rb", 0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    live = Live(reader, transport, control, file)
    live.process = process
    return live


def _cold(control: int, output: int, file: int) -> subprocess.Popen[bytes]:
    """A new interpreter; one thread in each library, as in a warm run."""
    return subprocess.Popen(
        [sys.executable, "-c", BOOT, ROOT, str(file)],
        stdin=control,
        stdout=output,
        stderr=output,
        pass_fds=(file,),
        start_new_session=True,
        env=one_thread(),
    )


def one_thread() -> dict[str, str]:
    """The environment of a run."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
