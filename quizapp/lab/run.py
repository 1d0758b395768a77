"""One run of a demo: start, stream, stop, say what came of it. The app's side; the demo's is `reaper` and `child`."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from quizapp.install_hint import hint
from quizapp.lab.codes import Coded, sentence_of
from quizapp.lab.knob import KnobValue
from quizapp.lab.output import Output
from quizapp.lab.result import usable
from quizapp.lab.sandbox import LIMITS, SANDBOX_LEVELS
from quizapp.lab.script import Script
from quizapp.lab.source import decoded
from quizapp.lab.start import READ, Launcher, Live, start_run
from quizapp.paths import find_home
from quizapp.texts import Sentence, os_reason, tell
from quizapp.words import Language

BATCH_S = 0.05  # between two batches of text
FLOOD_PAUSE_S = 0.005  # after a full read: a flood then takes a few per cent of the app's time, whatever its speed


class Limits(msgspec.Struct, frozen=True):
    """Of one run: wall seconds, memory of one process (of all of them half as much again), size of one file, bytes of
    output shown, processes and their threads at a time, size and number of all files at a time.
    """

    seconds: float = 30
    memory_mb: int = 2048
    file_mb: int = 64
    output_bytes: int = 1_000_000
    processes: int = 32
    threads: int = 500
    scratch_mb: int = 256
    scratch_files: int = 10_000


class Finished(msgspec.Struct, frozen=True):
    """How a run ended. `result` holds the values that are good, even where another is not.

    `seconds` is from the request to the end, `sandbox` one of `sandbox.SANDBOX_LEVELS`, `dropped` the bytes of
    output that were not shown, `exit` the exit code, negative for a signal, None where it is not known.
    """

    result: dict[str, Any] | None
    seconds: float
    error: Sentence | None
    sandbox: str
    dropped: int
    exit: int | None

    @property
    def walls(self) -> Sentence:
        """What `sandbox` is called."""
        return Sentence(f"lab.level.{self.sandbox.replace(' ', '_')}")


def torch_missing() -> bool:
    """Whether torch is not installed; does not import it."""
    from importlib.util import find_spec

    return find_spec("torch") is None


def torch_hint() -> Sentence:
    """What to say where torch is missing."""
    return tell("lab.no_torch", command=hint("demos"))


def lacks_torch(script: Script) -> bool:
    """Whether the demo speaks of torch, and torch is not installed."""
    return torch_missing() and any(b"torch" in source for source in (script.source, *script.sources))


async def run(
    script: Script,
    knobs: Mapping[str, KnobValue],
    on_text: Callable[[str], None],
    *,
    limits: Limits | None = None,
    warm: Launcher | None = None,
    language: Language = "en",
) -> Finished:
    """Run `script` with `knobs`, the others at their default; what it prints goes to `on_text`, ~20 times a second.

    A batch goes on the text before it as `output.joined` does; notes in it are in `language`. Cancelling the task stops
    all that the demo has started; when it returns, nothing of the run is left. Never raises for what the demo does.
    """
    limits = limits or Limits()
    end = await carry_out(_job(script, {**script.defaults(), **knobs}, limits), limits, on_text, warm, language)
    if end.not_started is not None:
        return Finished(None, 0.0, tell("lab.demo.not_started", why=end.not_started), LIMITS, 0, None)
    return await asyncio.to_thread(_finished, end, limits)


class RunEnd(msgspec.Struct, frozen=True):
    """What is left of a run: what the other side said, the seconds to its end, the bytes of output that were not shown,
    whether it was stopped because it took too long, and why there was none, if the system gave no process."""

    said: dict[str, Any]
    seconds: float
    dropped: int = 0
    late: bool = False
    not_started: Sentence | str | None = None


async def carry_out(
    job: dict[str, Any],
    limits: Limits,
    on_text: Callable[[str], None],
    warm: Launcher | None = None,
    language: Language = "en",
) -> RunEnd:
    """Start a job, stream what it prints, wait for its end or stop it. As `run`, for whatever the job is."""
    loop = asyncio.get_running_loop()
    started, output, late = loop.time(), Output(limits.output_bytes, language), False
    try:
        live = await start_run(job, warm)
    except OSError as error:
        return RunEnd({}, 0.0, not_started=os_reason(error))
    try:
        try:
            async with asyncio.timeout(limits.seconds):
                await _stream(live, output, on_text)
        except TimeoutError:
            late = True
            await live.stop()
        rest = output.end()
        if rest:
            on_text(rest)
        seconds = loop.time() - started
        said = await asyncio.to_thread(live.answer)  # it may be large: the keys stay free
        return RunEnd(said, seconds, output.dropped, late)
    finally:
        try:
            await live.stop()
        finally:
            live.close()


def _job(script: Script, knobs: Mapping[str, KnobValue], limits: Limits) -> dict[str, Any]:
    beside = {}
    for path, source in zip(script.beside, script.sources, strict=True):
        module = ".".join(path.relative_to(script.path.parent).with_suffix("").parts)
        beside[module] = (str(path), decoded(source))
    return {
        "path": str(script.path),
        "folder": str(script.path.parent),  # may be read
        "source": decoded(script.source),
        "beside": beside,
        "knobs": dict(knobs),
        **walls_of(limits),
    }


def walls_of(limits: Limits) -> dict[str, Any]:
    """What every job says of its walls: what may not be read, and the limits."""
    return {
        "closed": [os.path.expanduser("~"), str(find_home().root), tempfile.gettempdir()],  # noqa: PTH111
        "memory_mb": limits.memory_mb,
        "file_mb": limits.file_mb,
        "processes": limits.processes,
        "threads": limits.threads,
        "scratch_mb": limits.scratch_mb,
        "scratch_files": limits.scratch_files,
    }


async def _stream(live: Live, output: Output, on_text: Callable[[str], None]) -> None:
    """Hand on what `live` prints until its end: the first text at once, then a batch each BATCH_S."""
    loop = asyncio.get_running_loop()
    next_batch = loop.time()
    while True:
        try:
            async with asyncio.timeout_at(next_batch if output.waiting else None):
                data = await live.read()
        except TimeoutError:
            data = None
        if data == b"":
            return
        output.feed(data or b"")
        if output.waiting and loop.time() >= next_batch:
            on_text(output.take())
            next_batch = loop.time() + BATCH_S
        if data and len(data) == READ:
            await asyncio.sleep(FLOOD_PAUSE_S)


class RunAnswer(msgspec.Struct, frozen=True):
    """What the other side says; anything else there was written by the demo itself."""

    result: Any = None
    error: Coded | None = None
    exit: int | None = None
    sandbox: str = LIMITS
    crowd: int | None = None  # how many processes there may be, if there were more
    threads: int | None = None  # and threads
    held: str | None = None  # "files" or "memory", if there was too much of it

    @property
    def walls(self) -> str:
        """Which of the SANDBOX_LEVELS was reached."""
        return self.sandbox if self.sandbox in SANDBOX_LEVELS else LIMITS


def run_answer(said: dict[str, Any]) -> RunAnswer:
    """What was said, in shape."""
    try:
        return msgspec.convert(said, RunAnswer)
    except msgspec.ValidationError:
        return RunAnswer()


def _finished(end: RunEnd, limits: Limits) -> Finished:
    answer = run_answer(end.said)
    result, fault = usable(answer.result) if answer.result else (None, None)
    error = _error(answer, limits, end.late, result is not None) or (sentence_of(fault) if fault else None)
    return Finished(result, end.seconds, error, answer.walls, end.dropped, answer.exit)


def _error(answer: RunAnswer, limits: Limits, late: bool, measured: bool) -> Sentence | None:
    """What went wrong."""
    files = tell("lab.run.most_files", mb=limits.scratch_mb, files=limits.scratch_files)
    if answer.crowd is not None:
        return tell("lab.run.processes", most=answer.crowd)
    if answer.threads is not None:
        return tell("lab.run.threads", most=answer.threads)
    if answer.held == "files":
        return tell("lab.run.files", files=files)
    if answer.held == "memory":
        return tell("lab.run.memory", mb=limits.memory_mb)
    if late:
        return tell("lab.run.late", seconds=limits.seconds)
    if answer.error is not None and answer.error.get("code") == "no_torch":
        return torch_hint()
    said = sentence_of(answer.error, mb=limits.memory_mb, files=files) if answer.error else None
    return said if said or measured else _died(answer.exit)


def _died(code: int | None) -> Sentence:
    """Why a process that left neither a result nor an error may have ended."""
    if code is None:
        return tell("lab.run.no_word")
    if code >= 0:
        return tell("lab.run.exited", exit=code)
    import signal

    try:
        name = signal.Signals(-code).name
    except ValueError:
        return tell("lab.run.crashed", signal=tell("lab.run.signal", n=-code))
    if name in ("SIGSYS", "SIGSEGV", "SIGKILL"):
        return tell("lab.run.crashed_because", signal=name, why=Sentence(f"lab.crash.{name}"))
    return tell("lab.run.crashed", signal=name)
