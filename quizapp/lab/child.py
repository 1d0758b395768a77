"""The demo's own process: runs the bytes that it was given and writes down what came of it.

The job, JSON: {"path", "source", "beside": {module path: [file, source]}, "knobs"}; sources are bytes read as latin-1.
The answer, one JSON object a line, to be merged: {"sandbox"}, {"result", "error"}, {"exit"}. Standard library only.
"""

import json
import os
import sys
import types
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from quizapp.lab.result import plain
from quizapp.lab.sandbox import confine

Answer = dict[str, Any]
MISSING_TORCH = "This demo needs torch"
NO_MEMORY = "The demo ran out of memory"


def at_home(job: Answer, report: Callable[[Answer], None]) -> int:
    """Streams, folder and limits as a demo finds them; then run it. Returns the exit code."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    os.environ["TMPDIR"] = os.environ["TEMP"] = os.environ["TMP"] = job["scratch"]
    if "tempfile" in sys.modules:
        sys.modules["tempfile"].__dict__["tempdir"] = None  # it remembers the folder of the app
    os.chdir(job["scratch"])
    report({"sandbox": confine(job["scratch"], job["memory_mb"], job["file_mb"])})
    return run_job(job, report)


def run_job(job: Answer, report: Callable[[Answer], None]) -> int:
    """Run the demo in this process and report its result or the sentence why there is none; returns the exit code."""
    answer: Answer
    try:
        answer = _called(job)
    except MemoryError:
        answer = {"error": NO_MEMORY}
    _flush()
    report(answer)
    return 1 if answer.get("error") else 0


def _called(job: Answer) -> Answer:
    path, stem = job["path"], Path(job["path"]).stem
    module = types.ModuleType(stem)
    module.__file__ = path
    _prepare(job, module)
    try:
        exec(compile(job["source"].encode("latin-1"), path, "exec", dont_inherit=True), module.__dict__)
        returned = module.__dict__["main"](**job["knobs"])
    except SystemExit as error:
        code = "" if error.code is None else repr(error.code)[:200]
        return {"error": f"The demo left with sys.exit({code}) before `main` returned"}
    except BaseException as error:
        return {"error": _sentence(error, job)}
    result, fault = plain(returned)
    return {"result": result, "error": fault}


def _prepare(job: Answer, module: types.ModuleType) -> None:
    """Make the demo at home: its folder first on the path, its companions and tracebacks from the bytes in the job."""
    import linecache

    sys.path[0] = str(Path(job["path"]).parent)
    sys.argv = [job["path"]]
    sys.dont_write_bytecode = True
    for name in {name.partition(".")[0] for name in job["beside"]}:
        for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[loaded]  # a plain run of the script would find the file beside it, too
    sys.modules[module.__name__] = module
    sys.meta_path.insert(0, _Beside(job["beside"]))
    for path, source in [(job["path"], job["source"]), *job["beside"].values()]:
        text = source.encode("latin-1").decode("utf-8", "replace")
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    random = sys.modules.get("numpy.random")
    if random is not None:  # else every run forked from one server draws the same numbers
        random.seed(None)


class _Beside:
    """Imports the files beside the demo from the bytes in the job: what was shown is what runs."""

    def __init__(self, files: dict[str, list[str]]) -> None:
        self.files = files

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        for key in (name, f"{name}.__init__"):
            if key in self.files:
                spec = ModuleSpec(name, self, origin=self.files[key][0], is_package=key != name)  # type: ignore[arg-type]
                spec.has_location = True
                if spec.submodule_search_locations is not None:
                    spec.submodule_search_locations.append(str(Path(self.files[key][0]).parent))
                return spec
        return None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        spec = module.__spec__
        assert spec is not None
        key = spec.name if spec.name in self.files else f"{spec.name}.__init__"
        path, source = self.files[key]
        exec(compile(source.encode("latin-1"), path, "exec", dont_inherit=True), module.__dict__)


def _sentence(error: BaseException, job: Answer) -> str:
    """Print the traceback through the demo's own files; the sentence that says where it stopped and why."""
    import traceback

    own = {job["path"], *(path for path, _ in job["beside"].values())}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in own]
    what = "".join(traceback.format_exception_only(error)).strip()
    try:
        print("".join(traceback.format_list(frames[-5:])) + what, file=sys.stderr)
    except Exception:
        pass  # the demo closed it
    line = what.split("\n")[-1 if isinstance(error, SyntaxError) else 0]
    line = line if len(line) <= 300 else line[:299] + "…"
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    if isinstance(error, ModuleNotFoundError) and error.name in ("torch", "numpy"):
        return MISSING_TORCH
    if isinstance(error, MemoryError) or "allocate memory" in line:  # Python's, and torch's and the system's
        return f"{NO_MEMORY}{where}"
    return f"The demo stopped{where}: {line}"


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # the demo closed it


def read_job(file: int) -> Answer:
    """The job in an open file; the file's offset is then at its end, where the answer goes."""
    os.lseek(file, 0, os.SEEK_SET)
    parts = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    job: Answer = json.loads(b"".join(parts))
    return job


def reporter(file: int) -> Callable[[Answer], None]:
    """A function that appends one line of the answer to an open file; what cannot be written is lost."""

    def report(answer: Answer) -> None:
        try:
            os.write(file, json.dumps(answer).encode() + b"\n")
        except OSError:
            pass  # the demo closed or filled it: the other side sees that no result came

    return report
