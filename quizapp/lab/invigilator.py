"""The side of a candidate: calls what a text defines with every case of an exercise and writes down what came of it.

The job, JSON: {"exercise": {"source": the exercise without its solutions, "imports", "target", "file", "forbid",
"uses", "checks", "seed", "case_s"}, "texts": [[name, text, nudge], ...], "whole": whether a line tells of a text}.
A nudge that is not 0 moves the floating inputs by a few millionths. The answer, an object a line, to be merged: {"at":
[text, case]} before each text and, unless "whole", each call; {"TEXT": what `exam.Told` is, as JSON in base64}; unless
"whole" {"TEXT CASE": what `exam.Came` is} as soon as that case is over. Nothing here knows what is right: the app
compares.
"""

import copy
import json
import signal
import sys
import time
import types
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from quizapp.lab.crossing import Crossing, TooMuch

_Message = dict[str, Any]
_Report = Callable[[_Message], None]
_Call = Callable[[Crossing], _Message]

_NUDGE = 3e-6  # of an entry: more than adding up in another order changes, less than any case means


class ForbiddenCall(BaseException):
    """Something was called that the exercise asks one to write oneself. No `except Exception` catches it."""


def examine(job: _Message, report: _Report) -> int:
    """Run all texts of the job; returns the exit code."""
    exercise = job["exercise"]
    sys.dont_write_bytecode = True
    sys.path[:] = [entry for entry in sys.path if entry]
    try:
        judge = _loaded(exercise["source"], "_exercise", "exercise.py", {})
        cases = list(_cases(judge, exercise["seed"]))
        if job["whole"]:
            cross = Crossing().cross
            report(
                {
                    "inputs": _packed(
                        [[name, [[word, cross(it)] for word, it in given.items()]] for name, given in cases]
                    )
                }
            )
    except BaseException as error:
        report({"broken": _packed(_raised(error, "exercise.py"))})
        return 1
    for name, text, nudge in job["texts"]:
        drawn = [(case, {word: _moved(value, nudge) for word, value in given.items()}) for case, given in cases]
        _examine_text(job, judge, drawn, (name, text), report)
    report({"at": None})
    return 0


def _examine_text(
    job: _Message, judge: types.ModuleType, cases: list[Any], named: tuple[str, str], report: _Report
) -> None:
    exercise, (name, text), crossing = job["exercise"], named, Crossing()
    started = time.process_time()
    report({"at": [name, -1]})
    candidate, told = _candidate(exercise, text)
    came: list[_Message] = []
    for place, call in enumerate(_calls(exercise, judge, candidate, cases) if candidate is not None else ()):
        if not job["whole"]:
            report({"at": [name, place]})
        came.append(_called(call, exercise, crossing))
        if not job["whole"]:
            report({f"{name} {place}": _packed(came[-1])})
    told["cpu_s"] = time.process_time() - started
    report({name: _packed({**told, "came": came if job["whole"] else []})})


def _packed(message: object) -> str:
    return b64encode(json.dumps(message).encode()).decode()


def _loaded(text: str, name: str, file: str, before: _Message) -> types.ModuleType:
    """A module of the text, whose lines a traceback can show; `before` is what it begins with."""
    import linecache

    module = types.ModuleType(name)
    module.__file__ = file
    module.__dict__.update(before)
    sys.modules[name] = module
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)
    return module


def _cases(judge: types.ModuleType, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every case with its arguments, the same for the same seed in every process."""
    import torch

    _draw_from(seed)
    source = torch.Generator().manual_seed(seed)

    def drawing(draw: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **options: draw(*args, generator=source, **options)

    yield from judge.cases(drawing(torch.rand), drawing(torch.randn), drawing(torch.randint))


def _draw_from(seed: int) -> None:
    """What a candidate draws by itself is the same in every process, too."""
    import random

    random.seed(seed)
    for name, seeding in (("torch", "manual_seed"), ("numpy.random", "seed")):
        if name in sys.modules:
            getattr(sys.modules[name], seeding)(seed)


def _candidate(exercise: _Message, text: str) -> tuple[Any, _Message]:
    """What the text defines under the name that is asked for; None if that is nothing, and then why."""
    _limit(exercise["case_s"])
    try:
        before = _loaded(exercise["imports"], "_imports", "imports.py", {}).__dict__
        given = {name: value for name, value in before.items() if not name.startswith("__")}
        given |= _forbidden(exercise["forbid"])
        found = _loaded(text, "_candidate", exercise["file"], given).__dict__.get(exercise["target"])
        return (found, {}) if callable(found) else (None, {"missing": True})
    except BaseException as error:
        return None, {"fault": _raised(error, exercise["file"])}
    finally:
        _limit(0)


def _forbidden(names: list[str]) -> _Message:
    """Put a refusal in the place of each name: of `torch.softmax` there, of `sum` in what is returned."""
    from importlib import import_module

    own = {}
    for name in names:
        *path, last = name.split(".")
        if not path:
            own[last] = _refusing(name)
            continue
        place: Any = import_module(path[0])
        for step in path[1:]:
            place = getattr(place, step) if hasattr(place, step) else import_module(f"{place.__name__}.{step}")
        getattr(place, last)
        setattr(place, last, _refusing(name))
    return own


def _refusing(name: str) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise ForbiddenCall(name)

    return refuse


def _calls(exercise: _Message, judge: types.ModuleType, candidate: Any, cases: list[Any]) -> Iterator[_Call]:
    """Every case, then every check, to be called with what makes its values plain."""
    seed = exercise["seed"]
    called = partial(judge.use, candidate) if exercise["uses"] else candidate
    for _, given in cases:
        yield partial(_case, called, given, seed)
    for name in exercise["checks"]:
        yield partial(_check, getattr(judge, f"check_{name}"), candidate, seed)


def _check(check: Callable[..., Any], candidate: Any, seed: int, _: Crossing) -> _Message:
    _draw_from(seed)
    try:
        holds = check(candidate) is not False
    except AssertionError:
        holds = False
    return {"holds": holds}


def _case(called: Callable[..., Any], given: dict[str, Any], seed: int, crossing: Crossing) -> _Message:
    """The result, the gradients of the inputs that ask for one, and the inputs as they are afterwards."""
    _draw_from(seed)
    arguments = {word: _copied(value) for word, value in given.items()}
    result = called(**arguments)
    wanted = list(_leaves(arguments))
    grads = _gradients(result, [leaf for _, leaf in wanted]) if wanted else []
    return {
        "result": crossing.cross(result),
        "grads": [[name, crossing.cross(grad)] for (name, _), grad in zip(wanted, grads, strict=True)],
        "after": [[word, crossing.cross(value)] for word, value in arguments.items()],
    }


def _called(call: _Call, exercise: _Message, crossing: Crossing) -> _Message:
    """What came of one call; a call that lasts longer than it may ends this process."""
    _limit(exercise["case_s"])
    try:
        return call(crossing)
    except TooMuch:
        return {"much": True}
    except BaseException as error:
        return {"raised": _raised(error, exercise["file"])}
    finally:
        _limit(0)


def _limit(seconds: float) -> None:
    """End this process with SIGALRM, which a candidate cannot catch by an `except`, unless called again in time."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _copied(value: Any) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        return value.detach().clone().requires_grad_(value.requires_grad)
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map(_copied, value))
    return copy.deepcopy(value)


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The tensors among the arguments that a case marks, with their names."""
    import torch

    if isinstance(value, torch.Tensor) and value.requires_grad:
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{name}[{key!r}]" if name else str(key))
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _leaves(item, f"{name}[{place}]")


def _gradients(result: Any, wanted: list[Any]) -> list[Any]:
    """Of the sum of every floating output, each times a tensor that is the same in every process: a plain sum has no
    gradient through a softmax. Zeros where there is none."""
    import torch

    total = None
    for place, output in enumerate(_outputs(result)):
        if output.requires_grad:
            real = torch.view_as_real(output) if output.is_complex() else output
            weight = torch.randn(real.shape, generator=torch.Generator().manual_seed(place + 1), dtype=torch.float64)
            part = (real * weight.to(real.dtype)).sum()
            total = part if total is None else total + part
    if total is None or not total.requires_grad:
        return [torch.zeros_like(leaf) for leaf in wanted]
    found = torch.autograd.grad(total, wanted, allow_unused=True)
    return [torch.zeros_like(leaf) if grad is None else grad for leaf, grad in zip(wanted, found, strict=True)]


def _outputs(result: Any) -> Iterator[Any]:
    import torch

    if isinstance(result, torch.Tensor):
        if result.is_floating_point() or result.is_complex():
            yield result
    elif isinstance(result, dict):
        for item in result.values():
            yield from _outputs(item)
    elif isinstance(result, list | tuple):
        for item in result:
            yield from _outputs(item)


def _moved(value: Any, nudge: int) -> Any:
    """A floating tensor moved a little: what is equal stays so, but for the sign, and what is zero."""
    import torch

    if nudge and isinstance(value, torch.Tensor) and value.is_floating_point():
        moved = value.detach() * (1 + _NUDGE * torch.sin(1e3 * nudge * value.detach().abs()))
        return moved.requires_grad_(value.requires_grad)
    return value


def _raised(error: BaseException, file: str) -> _Message:
    """What an error says, and the last line of the file `file` on its way."""
    import traceback

    try:
        why = "".join(traceback.format_exception_only(error)).strip().split("\n")
        lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    except BaseException:  # it says of itself what it likes
        why, lines = [type(error).__name__], []
    line = getattr(error, "lineno", 0) if isinstance(error, SyntaxError) and not lines else lines[-1] if lines else 0
    said = why[-1 if isinstance(error, SyntaxError) else 0][:300]
    kind = "ForbiddenCall" if type(error) is ForbiddenCall else type(error).__name__[:100]
    return {"kind": kind, "why": str(error) if type(error) is ForbiddenCall else said, "line": line or 0}
