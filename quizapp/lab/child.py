"""The demo's own process: runs the bytes that it was given and writes down what came of it.

The job, JSON: {"path", "folder", "source", "beside": {module path: [file, source]}, "knobs"}; sources are text, and
that text is what was shown and what is compiled. A job that has an "exercise" is `invigilator`'s.
The answer, one JSON object a line, to be merged: {"sandbox"}, {"result", "error"}, {"exit"}. An error is a code with
parameters, of which `codes` makes a sentence. Standard library only.
"""

import json
import os
import sys
import types
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from quizapp.lab.result import usable
from quizapp.lab.sandbox import confine

Message = dict[str, Any]


def run_confined(job: Message, report: Callable[[Message], None]) -> int:
    """Streams, folder and limits as a demo finds them; then run it. Returns the exit code."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE"):
        os.environ[name] = job["scratch"]
    if "tempfile" in sys.modules:
        sys.modules["tempfile"].__dict__["tempdir"] = None  # it remembers the folder of the app
    with suppress(OSError):  # it may be gone
        job["cwd"] = os.getcwd()  # noqa: PTH109
    os.chdir(job["scratch"])
    if "exercise" in job:
        from quizapp.lab.invigilator import examine  # while it may be read

        report({"sandbox": confine(job)})
        code = examine(job, report)
        _flush()
        return code
    report({"sandbox": confine(job)})
    return run_job(job, report)


def run_job(job: Message, report: Callable[[Message], None]) -> int:
    """Run the demo in this process and report its result or the code why there is none; returns the exit code."""
    answer: Message
    try:
        answer = _called(job)
    except MemoryError:
        answer = {"error": {"code": "no_memory"}}
    _flush()
    report(answer)
    return 1 if answer.get("error") else 0


def _called(job: Message) -> Message:
    path, stem = job["path"], Path(job["path"]).stem
    module = types.ModuleType(stem)
    module.__file__ = path
    _prepare(job, module)
    try:
        exec(compile(job["source"], path, "exec", dont_inherit=True), module.__dict__)
        returned = module.__dict__["main"](**job["knobs"])
    except SystemExit as error:
        return {"error": {"code": "left", "exit": "" if error.code is None else repr(error.code)[:200]}}
    except BaseException as error:
        return {"error": _code(error, job)}
    result, fault = usable(returned)
    return {"result": result, "error": fault}


def _prepare(job: Message, module: types.ModuleType) -> None:
    """Make the demo at home: its companions and tracebacks from the texts in the job, nothing else from its folder."""
    import linecache

    folder = job["folder"]
    strange = ("", folder, job.get("cwd"))  # a working folder, too, may be a stranger's
    sys.path[:] = [entry for entry in sys.path if entry not in strange]
    sys.path_hooks.insert(0, _closed(folder, tuple(sys.path)))
    for entry in [entry for entry in sys.path_importer_cache if _below(entry, folder)]:
        del sys.path_importer_cache[entry]
    sys.argv = [job["path"]]
    sys.dont_write_bytecode = True
    for name in {name.partition(".")[0] for name in job["beside"]}:
        for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[loaded]  # the demo means the file beside it, which was shown
    sys.modules[module.__name__] = module
    sys.meta_path.insert(0, _Beside(job["beside"]))
    for path, text in [(job["path"], job["source"]), *job["beside"].values()]:
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    random = sys.modules.get("numpy.random")
    if random is not None:  # else every run forked from one server draws the same numbers
        random.seed(None)


def _closed(folder: str, open_paths: tuple[str, ...]) -> Callable[[str], "_Nothing"]:
    """A hook of the import system that finds no module in `folder`, though a demo put it on the path; what lies there
    and is on the path anyway (an environment, say) stays open."""

    def hook(entry: str) -> "_Nothing":
        place = os.path.realpath(entry)
        if not _below(place, folder) or any(_below(place, path) and _below(path, folder) for path in open_paths):
            raise ImportError
        return _Nothing()

    return hook


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class _Nothing:
    def find_spec(self, name: str, target: object = None) -> None:
        return None


class _Beside:
    """Imports the files beside the demo from the texts in the job: what was shown is what runs."""

    def __init__(self, files: dict[str, list[str]]) -> None:
        self.files = files

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        for key in (f"{name}.__init__", name):
            if key in self.files:
                spec = ModuleSpec(name, self, origin=self.files[key][0], is_package=key != name)  # type: ignore[arg-type]
                spec.has_location = True
                if spec.submodule_search_locations is not None:
                    spec.submodule_search_locations.append(os.path.dirname(self.files[key][0]))  # noqa: PTH120
                return spec
        if any(key.startswith(f"{name}.") for key in self.files):
            return ModuleSpec(name, None, is_package=True)  # a folder without __init__.py
        return None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        spec = module.__spec__
        assert spec is not None
        package = spec.submodule_search_locations is not None
        path, text = self.files[f"{spec.name}.__init__" if package else spec.name]
        exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)


def _code(error: BaseException, job: Message) -> Message:
    """Print the traceback through the demo's own files; the code that says where it stopped and why."""
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
    where = {"file": Path(frames[-1].filename).name, "line": frames[-1].lineno} if frames else {}
    if isinstance(error, ModuleNotFoundError) and error.name in ("torch", "numpy"):
        return {"code": "no_torch"}
    if isinstance(error, ModuleNotFoundError) and error.name and _lies_in(job["folder"], error.name):
        return {"code": "unseen", "module": error.name, "top": error.name.partition(".")[0], **where}
    if isinstance(error, MemoryError) or "allocate memory" in line:  # Python's, and torch's and the system's
        return {"code": "no_memory", **where}
    return {"code": "disk_full" if "No space left on device" in line else "stopped", "why": line, **where}


def _lies_in(folder: str, name: str) -> bool:
    """Whether a module that was not found is one that lies beside the demo."""
    place = os.path.join(folder, *name.split("."))  # noqa: PTH118
    return os.path.isdir(place) or os.path.isfile(f"{place}.py")  # noqa: PTH112, PTH113


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # the demo closed it


def read_job(file: int) -> Message:
    """The job in an open file; the file's offset is then at its end, where the answer goes."""
    os.lseek(file, 0, os.SEEK_SET)
    parts = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    job: Message = json.loads(b"".join(parts))
    return job


def reporter(file: int) -> Callable[[Message], None]:
    """A function that appends one line of the answer to an open file; what cannot be written is lost."""

    def report(answer: Message) -> None:
        try:
            os.write(file, json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        except OSError:
            pass  # the demo closed or filled it: the other side sees that no result came

    return report
