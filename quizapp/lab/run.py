"""One run of a demo: start, stream, stop, say what came of it. The app's side; the demo's is `reaper` and `child`."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from quizapp.install_hint import hint
from quizapp.lab.child import MISSING_TORCH, NO_MEMORY
from quizapp.lab.knob import KnobValue
from quizapp.lab.output import Output
from quizapp.lab.result import usable
from quizapp.lab.sandbox import LIMITS, SANDBOX_LEVELS
from quizapp.lab.script import Script
from quizapp.lab.source import decoded
from quizapp.lab.start import READ, Launcher, Live, start_run
from quizapp.paths import find_home
from quizapp.words import clean

MAX_ERROR = 500  # characters of the sentence that says what went wrong
BATCH_S = 0.05  # between two batches of text
FLOOD_PAUSE_S = 0.005  # after a full read: a flood then takes a few per cent of the app's time, whatever its speed

TORCH_HINT = "This demo needs PyTorch, which is not installed: {command}"


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
    """How a run ended. `error` is a sentence; `result` holds the values that are good, even where another is not.

    `seconds` is from the request to the end, `sandbox` one of the levels of `sandbox.LEVELS`, `dropped` the bytes of
    output that were not shown, `exit` the exit code, negative for a signal, None where it is not known.
    """

    result: dict[str, Any] | None
    seconds: float
    error: str | None
    sandbox: str
    dropped: int
    exit: int | None


def torch_missing() -> bool:
    """Whether torch is not installed; does not import it."""
    from importlib.util import find_spec

    return find_spec("torch") is None


def torch_hint() -> str:
    """What to say where torch is missing."""
    return TORCH_HINT.format(command=hint("demos"))


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
) -> Finished:
    """Run `script` with `knobs`, the others at their default; what it prints goes to `on_text`, ~20 times a second.

    A batch goes on the text before it as `output.joined` does. Cancelling the task stops all that the demo has started;
    when it returns, nothing of the run is left. Never raises for what the demo does.
    """
    limits = limits or Limits()
    loop = asyncio.get_running_loop()
    started, output, late = loop.time(), Output(limits.output_bytes), False
    try:
        live = await start_run(_job(script, {**script.defaults(), **knobs}, limits), warm)
    except OSError as error:
        return Finished(None, 0.0, f"The demo could not be started: {error.strerror or error}", LIMITS, 0, None)
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
        return await asyncio.to_thread(_finished, said, seconds, output.dropped, limits, late)
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
        "closed": [os.path.expanduser("~"), str(find_home().root), tempfile.gettempdir()],  # noqa: PTH111 - may not
        "source": decoded(script.source),
        "beside": beside,
        "knobs": dict(knobs),
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


class _Answer(msgspec.Struct, frozen=True):
    """What the other side says; anything else there was written by the demo itself."""

    result: Any = None
    error: str | None = None
    exit: int | None = None
    sandbox: str = LIMITS
    crowd: int | None = None  # how many processes there may be, if there were more
    threads: int | None = None  # and threads
    held: str | None = None  # "files" or "memory", if there was too much of it


def _finished(said: dict[str, Any], seconds: float, dropped: int, limits: Limits, late: bool) -> Finished:
    try:
        answer = msgspec.convert(said, _Answer)
    except msgspec.ValidationError:
        answer = _Answer()
    result, fault = usable(answer.result) if answer.result else (None, None)
    error = _error(answer, limits, late, result is not None) or fault
    sandbox = answer.sandbox if answer.sandbox in SANDBOX_LEVELS else LIMITS
    return Finished(result, seconds, error and _short(error), sandbox, dropped, answer.exit)


def _short(error: str) -> str:
    """One line of at most MAX_ERROR characters."""
    error = clean(error[: 4 * MAX_ERROR]).replace("\n", " ")
    return error if len(error) <= MAX_ERROR else error[: MAX_ERROR - 1] + "…"


def _error(answer: _Answer, limits: Limits, late: bool, measured: bool) -> str | None:
    """What went wrong, in a sentence."""
    if answer.crowd is not None:
        return f"The demo was stopped: it had started more than {answer.crowd} processes"
    if answer.threads is not None:
        return f"The demo was stopped: it had started more than {answer.threads} threads"
    files = f"{limits.scratch_mb:,} MB in {limits.scratch_files:,} files"
    if answer.held == "files":
        return f"The demo was stopped: a run may keep at most {files}"
    if answer.held == "memory":
        return f"{NO_MEMORY}; the limit of a run is {limits.memory_mb:,} MB"
    if late:
        return f"The demo was stopped after {limits.seconds:g} seconds, the limit of a run"
    if answer.error == MISSING_TORCH:
        return torch_hint()
    if answer.error is not None and answer.error.startswith(NO_MEMORY):
        return f"{answer.error}; the limit of a run is {limits.memory_mb:,} MB"
    if answer.error is not None and "No space left on device" in answer.error:
        return f"{answer.error}; a run may keep at most {files}"
    return answer.error if answer.error or measured else _died(answer.exit)


def _died(code: int | None) -> str:
    """Why a process that left neither a result nor an error may have ended."""
    if code is None:
        return "The demo ended without a word; it may have stopped the process that watches it"
    if code >= 0:
        return f"The demo ended its own process with exit code {code} before `main` returned"
    import signal

    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    why = {
        "SIGSYS": "it made a system call that no demo may make",
        "SIGSEGV": "it touched memory that is not its own",
        "SIGKILL": "perhaps the machine ran out of memory",
    }
    return f"The demo crashed with {name}" + (f": {why[name]}" if name in why else "")
