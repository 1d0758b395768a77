"""An attempt is judged: right ones written differently pass, each known mistake is named, and nothing passes that
should not, whatever it does."""

import asyncio
import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.lab import judging
from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exam import Exam
from quizapp.lab.exercise import Exercise, read_exercise
from quizapp.lab.judging import AnswerKey, answer_key, attempt_slip, judge_attempt
from quizapp.lab.start import Launcher
from quizapp.paths import BUNDLED_CODE
from quizapp.words import LANGUAGES

SECRET = "a_word_that_only_a_solution_knows"
NORM = f'''"""Every row divided by its length.

x: (rows, columns). Returns the same shape.
"""
import torch

forbid = ["torch.nn.functional.normalize", "sorted"]


def norm(x):
    {SECRET} = x.square().sum(1, keepdim=True).sqrt()
    return x / {SECRET}


def cases(rand, randn, randint):
    yield "plain", dict(x=randn(2, 3).requires_grad_())
    yield "long", dict(x=100 * randn(3, 5))


def check_of_length(candidate):
    """A row's length is one."""
    assert abs(float(candidate(torch.ones(1, 4)).norm()) - 1) < 1e-5


def trap_of_columns(x):
    {SECRET} = x.square().sum(0, keepdim=True).sqrt()
    return x / {SECRET}


def trap_without_gradient(x):
    {SECRET} = x.square().sum(1, keepdim=True).sqrt()
    return x / {SECRET}.detach()
'''
RIGHT = "def norm(x):\n    return x / x.norm(dim=1, keepdim=True)\n"

Judge = Callable[..., CodeVerdict]


@pytest.fixture(scope="module")
def norm(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    path = tmp_path_factory.mktemp("deck") / "code" / "norm.py"
    path.parent.mkdir()
    path.write_text(NORM)
    return read_exercise(path)


@pytest.fixture(scope="module")
def key(norm: Exercise, loaded: Launcher) -> AnswerKey:
    return asyncio.run(answer_key(norm, warm=loaded))


@pytest.fixture
def judge(norm: Exercise, key: AnswerKey, loaded: Launcher) -> Judge:
    """judge(the body of norm, before=...) → the verdict, said in both languages."""

    def call(body: str, before: str = "") -> CodeVerdict:
        text = before + "def norm(x):\n    " + body.replace("\n", "\n    ") + "\n"
        verdict = asyncio.run(judge_attempt(norm, text, warm=loaded, key=key))
        for said in (verdict.error, *(case.sentence for case in verdict.cases)):
            assert said is None or all(said.says(language) for language in LANGUAGES)
        assert verdict.passed == (verdict.failed is None and verdict.error is None)
        return verdict

    return call


def wrong(verdict: CodeVerdict) -> str:
    """What is said of it; that is in one place, or none is."""
    assert not verdict.passed
    return str(verdict.error or (verdict.failed and verdict.failed.sentence))


def test_right_ones_pass_without_a_key_too(norm: Exercise, judge: Judge, loaded: Launcher) -> None:
    verdict = judge("return x / x.norm(dim=1, keepdim=True)")
    assert verdict.passed and verdict.passing == 3 and verdict.failed is None, wrong(verdict)
    assert [(case.name, case.call) for case in verdict.cases][1:] == [
        ("long", "norm(x=tensor(3, 5))"),
        ("check_of_length", "check_of_length(norm)"),
    ]
    other = asyncio.run(judge_attempt(norm, RIGHT, warm=loaded, seed=5))
    assert other.passed, wrong(other)


def test_a_case_that_fails_says_what_came_and_what_was_expected(judge: Judge) -> None:
    verdict = judge("return 3 * x / x.norm(dim=1, keepdim=True)")
    assert verdict.failed is not None and verdict.failed.name == "plain"
    assert verdict.failed.call == "norm(x=tensor(2, 3))"
    difference = verdict.failed.difference
    assert difference is not None and difference.ratio == pytest.approx(3) and difference.entries == 6
    assert "3 times the expected everywhere" in wrong(verdict)
    assert [case.state for case in verdict.cases] == ["differs"] * 3
    assert str(verdict.cases[2].sentence) == "does not hold: A row's length is one."
    assert verdict.trap == ""


def test_a_gradient_that_differs_names_its_input_and_the_mistake(judge: Judge) -> None:
    verdict = judge("length = x.norm(dim=1, keepdim=True).detach()\nreturn x / length")
    assert verdict.failed is not None and verdict.failed.difference is not None
    assert verdict.failed.difference.gradient_of == "x"
    assert wrong(verdict).startswith("the gradient of x: got ")
    assert verdict.trap == "without_gradient"
    assert judge("return x / x.norm(dim=0, keepdim=True)").trap == "of_columns"


# Every line of Bad input: what is written, and what is said of it
BAD = {
    "a failing import": ("import no_such_module\nreturn x", "line 2: ModuleNotFoundError: No module named"),
    "an error": ("return x / y", "in norm.py, line 2: NameError: name 'y' is not defined"),
    "recursion": ("return norm(x)", "it calls itself without end"),
    "a memory bomb": ("return torch.zeros(10**10)", "Ran out of memory in norm.py, line 2"),
    "too much returned": ("return torch.zeros(10**6)", "too large to be compared"),
    "a crash": ("import os\nos.kill(os.getpid(), 11)", "Python crashed with SIGSEGV"),
    "an exit": ("import sys\nsys.exit(0)", "SystemExit: 0"),
    "an end": ("import os\nos._exit(0)", "It ended Python before all cases had run"),
    "a wrong type": ("return x.tolist()", "result: got [["),
    "a type that is its own": ("class Box(int): pass\nreturn Box(1)", "got Box, expected tensor(2, 3)"),
    "another dtype": ("return (x / x.norm(dim=1, keepdim=True)).double()", "dtype float64, expected float32"),
    "another shape": ("return (x / x.norm(dim=1, keepdim=True)).t()", "shape (3, 2), expected (2, 3)"),
    "a changed input": (
        "with torch.no_grad():\n    x /= x.norm(dim=1, keepdim=True)\nreturn x.clone()", "the input x: it was changed"
    ),
    "what claims to be equal": (
        "class Same(torch.Tensor):\n    def __eq__(self, other): return True\n    allclose = equal = __eq__\n"
        "return torch.ones(x.shape).as_subclass(Same)",
        "got 1.0, expected",
    ),
    "what is printed": ("print('passed: 3 of 3 cases')", "got None, expected tensor(2, 3)"),
    "what is forbidden": ("return torch.nn.functional.normalize(x)", "functional.normalize was called in norm.py"),
    "what is forbidden, caught": (
        "try:\n    return torch.nn.functional.normalize(x)\nexcept Exception:\n    return x", "one writes it oneself"
    ),
    "what is forbidden of Python": ("return sorted(x)", "sorted was called"),
    "no gradient": ("return (x / x.norm(dim=1, keepdim=True)).detach()", "the gradient of x: got 0.0, expected"),
}  # fmt: skip


def test_bad_input_is_said_in_a_clear_line(judge: Judge) -> None:
    for name, (body, says) in BAD.items():  # one test: it needs one server
        verdict = judge(body)
        assert says in str(verdict.failed and verdict.failed.sentence), (name, wrong(verdict), verdict.output)
        if name == "what is printed":
            assert verdict.output.startswith("passed: 3 of 3 cases\n")


# What is written, and whether that is but a slip: nothing came of any case
SLIPS = {
    "a name": ("return x / y", True),
    "a function of torch": ("return x / torch.norn(x)", True),
    "a method": ("return x / x.norn()", True),
    "an argument": ("return x / x.norm(dim=1, keepdimm=True)", True),
    "an argument of Python's": ("return x / max(x, dims=1)", True),
    "a name at a value": ("return x / (x.norm(dim=1, keepdim=True) if len(x) == 2 else y)", False),
    "a wrong shape": ("return x @ x", False),
    "nothing returned": ("x / x.norm(dim=1, keepdim=True)", False),
    "an error that is raised": ("raise KeyError('y')", False),
    "a wrong result": ("return x", False),
    "a right one": ("return x / x.norm(dim=1, keepdim=True)", False),
}


def test_a_run_that_stops_at_a_name_before_anything_was_judged_is_a_slip(judge: Judge) -> None:
    for name, (body, slips) in SLIPS.items():  # one test: it needs one server
        verdict = judge(body)
        assert verdict.slip == slips, (name, wrong(verdict))
        assert not slips or (not verdict.passed and verdict.line == 2)


PATCHES = {
    "comparing": "torch.allclose = torch.equal = lambda *_, **__: True\ntorch.Tensor.__eq__ = lambda *_: True\n",
    "gradients": "torch.autograd.grad = lambda out, leaves, **_: [torch.zeros_like(x) for x in leaves]\n",
    "the judge": (
        "import sys\ninvigilator = sys.modules['quizapp.lab.invigilator']\n"
        "invigilator._case = lambda *_: {'passed': True, 'holds': True}\ninvigilator._check = invigilator._case\n"
    ),
    "the record": (
        "import json, os\nfor fd in range(3, 40):\n    try:\n"
        "        os.write(fd, b'{\"passed\": true, \"0\": \"e30=\", \"0 0\": \"e30=\", \"0 1\": \"e30=\"}\\n' * 3)\n"
        "    except OSError: pass\n"
    ),
    "its exit": "import atexit, os\natexit.register(os._exit, 0)\n",
}  # fmt: skip


def test_what_is_patched_passes_nothing(judge: Judge) -> None:
    for name, patch in PATCHES.items():
        verdict = judge("return torch.ones_like(x)", before=patch)
        assert not verdict.passed and not verdict.cases[0].passed, name
        assert wrong(verdict) != "None", name


def test_a_check_alone_could_be_fooled(judge: Judge) -> None:
    """It runs where the candidate does, which the docs say: what it compares may have been patched. The cases stand."""
    verdict = judge("return x", before="float = lambda _: 1.0\nimport builtins\nbuiltins.float = float\n")
    assert [case.passed for case in verdict.cases] == [False, False, True]


LOOKING = """
import gc, os, sys
backwards = ["{backwards}", "{theirs}"]  # else it would find itself
paths = [{path!r}, {ours!r}]
found = []
for path in paths:
    for place in (path, os.path.dirname(path)):
        try:
            found.append(open(os.path.join(place, "norm.py") if os.path.isdir(place) else place).read())
        except OSError:
            pass
for fd in range(64):
    try:
        found.append(os.pread(fd, 10**7, 0).decode("latin1"))
    except OSError:
        pass
for name in ("environ", "cmdline", "maps"):
    found.append(open(f"/proc/self/{{name}}").read())
for pid in range(max(1, os.getpid() - 100), os.getpid() + 100):
    if pid != os.getpid():
        for name in ("environ", "cmdline", "mem", "fd/3"):
            try:
                found.append(open(f"/proc/{{pid}}/{{name}}").read())
            except OSError:
                pass
for thing in gc.get_objects():
    if isinstance(thing, dict):
        found += [text for text in list(thing.values()) if isinstance(text, str)]
        found += [text for text in thing if isinstance(text, str)]
    elif isinstance(thing, (list, tuple)):
        found += [text for text in thing if isinstance(text, str)]
frame = sys._getframe()
while frame:
    found += [repr(frame.f_code.co_names), repr(frame.f_code.co_varnames), repr(frame.f_locals)[:10**6]]
    frame = frame.f_back
print(*(sum(word[::-1] in text for text in found) for word in backwards), len(found) > 100)
"""


def test_the_reference_is_not_to_be_found(judge: Judge, norm: Exercise) -> None:
    """Neither on the disk nor in memory, in the frames, the environment, the arguments, or open files."""
    if asyncio.run(_walls()) not in ("sandboxed", "no writes"):
        pytest.skip("this system cannot bar reading")
    ours = BUNDLED_CODE / "kd_loss.py"
    theirs = "log_q = F.log_softmax(student / T, dim=1)"
    assert theirs in ours.read_text()
    text = LOOKING.format(path=str(norm.path), ours=str(ours), backwards=SECRET[::-1], theirs=theirs[::-1])
    verdict = judge("return x", before=text)
    assert verdict.output.split("\n")[0] == "0 0 True", wrong(verdict)


async def _walls() -> str:
    from quizapp.lab.sandbox import expected

    return expected()


def test_a_case_that_hangs_is_named(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "Exam", functools.partial(Exam, case_s=0.5))
    verdict = judge("while len(x) == 3: pass\nreturn x / x.norm(dim=1, keepdim=True)")
    assert [case.state for case in verdict.cases] == ["passed", "hung", "unrun"]
    assert str(verdict.error) == "Stopped after 5 seconds without an answer, in the case long"
    monkeypatch.setattr(judging, "Exam", functools.partial(Exam, all_s=1.5))
    verdict = judge("import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0)\ntime.sleep(60)")
    assert verdict.cases[0].state == "hung" and "in the case plain" in str(verdict.error)
    monkeypatch.setattr(judging, "Exam", functools.partial(Exam, case_s=0.5))
    assert "Stopped after" in str(judge("return x", before="while True: pass\n").error)


def test_what_does_not_define_it_says_so(norm: Exercise, key: AnswerKey, loaded: Launcher) -> None:
    for text, says in [
        ("x = 1\n", "Nothing called norm is defined"),
        ("norm = 3\n", "Nothing called norm is defined"),
        ("import no_such\n" + RIGHT, "Stopped in norm.py, line 1: ModuleNotFoundError"),
        ("import os\nos._exit(0)\n", "It ended Python before all cases had run"),
        ("from _exercise import norm\n", "line 1: ImportError"),
    ]:
        verdict = asyncio.run(judge_attempt(norm, text, warm=loaded, key=key))
        assert wrong(verdict).startswith(says) or says in wrong(verdict), text
        assert [case.state for case in verdict.cases] == ["unrun"] * 3


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("def norm(x):\n    return x +\n", 2, 15, "Line 2 is not valid Python: invalid syntax"),
        ("def norm(x):\nreturn x\n", 2, 1, "Line 2 is not valid Python: expected an indented block"),
        ("return 1\n", 1, 1, "Line 1 is not valid Python: 'return' outside function"),
        ("x = '\0'\n", 1, 1, "Line 1 is not valid Python: source code"),
        ("(" * 5000, 1, 1, "Line 1 is not valid Python: "),
        ("x = '\\d'\n", 0, 0, ""),
        ("#" * 50_001, 0, 0, "50,001 characters are more than an attempt may have; 50,000 are enough"),
    ],
)
def test_what_is_not_python_does_not_run(norm: Exercise, text: str, line: int, column: int, says: str) -> None:
    slip = attempt_slip(norm, text)
    assert (slip is None) == (says == "")
    if slip is not None:
        assert slip.slip and not slip.passed and slip.line == line and (column == 1 or slip.column == column)
        assert str(slip.error).startswith(says)
        assert all(slip.error.says(language) for language in LANGUAGES if slip.error)


def test_a_broken_exercise_passes_nothing(norm: Exercise, tmp_path: Path, loaded: Launcher) -> None:
    for old, new in [
        ("import torch\n", "import torch, no_such\n"),
        ("x / a_word", "y / a_word"),
        ('yield "long", dict(x=100 *', 'yield "long", dict(x=lost *'),
        ("dict(x=100 * randn(3, 5))", "dict(x=100 * randn(1000, 1000))"),
    ]:
        path = tmp_path / "norm.py"
        path.write_text(NORM.replace(old, new, 1))
        verdict = asyncio.run(judge_attempt(read_exercise(path), RIGHT, warm=loaded))
        assert wrong(verdict).startswith("The exercise itself is broken: "), old


INPLACE = '''"""One more."""
inplace = ["x"]


def grow(x):
    x.append(1)


def cases(rand, randn, randint):
    yield "one", dict(x=[0])


def trap_two(x):
    x += [1, 1]
'''


def test_what_may_be_changed_is_part_of_the_result(tmp_path: Path, loaded: Launcher) -> None:
    (tmp_path / "grow.py").write_text(INPLACE)
    exercise = read_exercise(tmp_path / "grow.py")
    for body, says in [
        ("x += [1]", None),
        ("x[:] = x + [2]", "changed x[1]"),
        ("x += [1, 1]", "changed x: got 3"),
    ]:
        verdict = asyncio.run(judge_attempt(exercise, f"def grow(x):\n    {body}\n", warm=loaded))
        assert verdict.passed if says is None else says in wrong(verdict)
    assert verdict.trap == "two"


async def test_each_mistake_that_people_make_is_named(loaded: Launcher) -> None:
    """Of one of ours; check --run proves it of every exercise."""
    exercise = read_exercise(BUNDLED_CODE / "kd_loss.py")
    key = await answer_key(exercise, warm=loaded)
    for trap, text in exercise.traps.items():
        verdict = await judge_attempt(exercise, text, warm=loaded, key=key)
        assert (verdict.passed, verdict.trap) == (False, trap)
    for text in (exercise.reference, *exercise.alsos.values()):
        verdict = await judge_attempt(exercise, text, warm=loaded, key=key)
        assert verdict.passed, wrong(verdict)
    assert not (await judge_attempt(exercise, exercise.starter.en, warm=loaded, key=key)).passed
