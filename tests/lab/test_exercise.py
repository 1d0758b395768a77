"""An exercise as it is read: its parts, its stub, what it must not hold, and what it lacks; nothing of it runs."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lab.exercise import Exercise, ExerciseError, find_exercises, read_exercise
from quizapp.lab.exercise_rules import poor
from quizapp.lab.mutants import mutants
from quizapp.words import LANGUAGES, Words

DOUBLE = '''"""Twice a tensor.

x: (n,) float. Returns (n,).
"""
import torch

forbid = ["torch.add"]
equivalent = {"x * 2 → x * 3": "no reason at all"}
ZH = """张量的两倍。

x：(n,)。
"""
_WIDE = 3


def double(x):
    return x * 2  # a comment


def cases(rand, randn, randint):
    yield "plain", dict(x=randn(_WIDE))
    yield "one", dict(x=randn(1))


def check_of_zero(candidate):
    """Twice zero
    is zero."""
    assert candidate(torch.zeros(1)) == 0


def trap_thrice(x):
    # one too many
    return x * 3


def also_sum(x):
    return x + x
'''
BOX = '''"""A box."""
from torch import nn


class Box(nn.Module):
    def __init__(self, size: int, deep=2):
        super().__init__()
        self.size = size

    @property
    def area(self):
        """Its \\\\ area."""
        return self._squared()

    def _squared(self):
        return self.size**2


def use(candidate, size):
    return candidate(size).area


def cases(rand, randn, randint):
    yield "three", dict(size=3)
'''


def exercise(text: str, name: str = "double") -> Exercise:
    return read_exercise(Path(f"/nowhere/{name}.py"), text.encode())


def test_the_parts_of_an_exercise() -> None:
    found = exercise(DOUBLE)
    assert (found.name, found.target, found.cases, found.forbid) == (
        "double",
        "double",
        ("plain", "one"),
        ("torch.add",),
    )
    assert found.doc == Words("Twice a tensor.\n\nx: (n,) float. Returns (n,).", "张量的两倍。\n\nx：(n,)。")
    assert found.reference == "def double(x):\n    return x * 2  # a comment\n"
    assert found.traps == {"thrice": "def double(x):\n    # one too many\n    return x * 3\n"}
    assert found.alsos == {"sum": "def double(x):\n    return x + x\n"}
    assert found.checks == {"of_zero": "Twice zero is zero."}
    assert found.equivalent == {"x * 2 → x * 3": "no reason at all"}
    assert found.use == "" and found.imports == "import torch"


def test_the_side_of_a_candidate_gets_no_solution() -> None:
    judged = exercise(DOUBLE).judged
    assert "def cases" in judged and "def check_of_zero" in judged and "_WIDE = 3" in judged
    for told in ("* 2", "* 3", "x + x", "def double", "trap_", "also_", "equivalent", "#", "Twice a tensor", "张量"):
        assert told not in judged
    ast.parse(judged)


def test_a_stub_is_signature_and_docstring() -> None:
    found = exercise(DOUBLE)
    assert found.stub == Words(
        'def double(x):\n    """Twice a tensor.\n\n    x: (n,) float. Returns (n,).\n    """\n    ...\n',
        'def double(x):\n    """张量的两倍。\n\n    x：(n,)。\n    """\n    ...\n',
    )
    assert found.starter == Words(*(f"import torch\n\n\n{stub}" for stub in (found.stub.en, found.stub.zh)))


def test_a_stub_of_a_class_has_its_methods() -> None:
    found = exercise(BOX, "box")
    assert found.use == "def use(candidate, size):\n    return candidate(size).area\n"
    assert (
        found.stub.en
        == found.stub.zh
        == (
            'class Box(nn.Module):\n    """A box."""\n\n    def __init__(self, size: int, deep=2):\n        ...\n\n'
            '    @property\n    def area(self):\n        """Its \\\\\\\\ area."""\n        ...\n'
        ).replace("\\\\\\\\", "\\\\")
    )
    ast.parse(found.stub.en)


def changed(old: str, new: str, text: str = DOUBLE) -> str:
    assert old in text
    return text.replace(old, new)


FORBIDDEN = {
    "no docstring": (changed('"""Twice a tensor.\n\nx: (n,) float. Returns (n,).\n"""\n', ""), "exercise.no_doc", 1),
    "no reference": (changed("def double", "def _double"), "exercise.no_reference", 1),
    "two references": (DOUBLE + "def other(x): pass\n", "exercise.two", 38),
    "the same name twice": (DOUBLE + "def also_sum(x): return x\n", "exercise.twice", 38),
    "no cases": (changed("def cases", "def _cases"), "exercise.no_cases", 1),
    "other cases": (changed("cases(rand, randn", "cases(randn"), "exercise.cases_take", 20),
    "a case without a name": (changed('yield "one", ', "yield "), "exercise.case_named", 22),
    "a case named twice": (changed('yield "one"', 'yield "plain"'), "exercise.case_named", 22),
    "no case": (
        changed('    yield "one", dict(x=randn(1))', "", changed('yield "plain", dict(x=randn(_WIDE))', "pass")),
        "exercise.no_case",
        20,
    ),
    "async": (changed("def double", "async def double"), "exercise.async", 16),
    "any arguments": (changed("def double(x)", "def double(*x)"), "exercise.arguments", 16),
    "a public value": (changed("_WIDE", "WIDE"), "exercise.public_value", 13),
    "code at the top": (DOUBLE + "print(1)\n", "exercise.statement", 38),
    "quizapp imported": (changed("import torch", "import quizapp.lab"), "exercise.imports_ours", 5),
    "a far import": (changed("import torch", "from . import torch"), "exercise.imports_far", 5),
    "a check of two": (changed("of_zero(candidate)", "of_zero(candidate, x)"), "exercise.check_takes", 25),
    "no list of names": (changed('["torch.add"]', "[1]"), "exercise.list", 7),
    "no reasons": (changed('"no reason at all"', "1"), "exercise.equivalent", 8),
    "no text in Chinese": (changed('ZH = """张量的两倍。', 'ZH = 1, """'), "exercise.no_text", 9),
    "nothing in Chinese": (changed("张量的两倍。\n\nx：(n,)。\n", " \n"), "exercise.no_text", 9),
    "a trap that leans": (changed("return x * 3", "return x + double(x)"), "exercise.leans", 33),
    "other arguments": (changed("trap_thrice(x)", "trap_thrice(y)"), "exercise.other_arguments", 31),
    "a class without use": (changed("def use", "def _use", BOX), "exercise.no_use", 5),
    "inplace of nothing": (changed('forbid = ["torch.add"]', 'inplace = ["y"]'), "exercise.no_argument", 1),
    "no Python": (DOUBLE + "def (\n", "lab.script.no_python", 38),
    "too large": (DOUBLE + "#" * 4000 + ("\n#" + "#" * 4000) * 15, "exercise.too_large", 0),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_the_format_forbids_is_said_with_its_place(name: str) -> None:
    text, id, line = FORBIDDEN[name]
    with pytest.raises(ExerciseError) as error:
        exercise(text)
    assert (error.value.why.id, error.value.line) == (id, line)
    assert all(error.value.sentence.says(language) for language in LANGUAGES)


def test_what_an_exercise_lacks_is_said() -> None:
    assert [sentence.id for sentence in poor(exercise(DOUBLE))] == [
        "exercise.few_cases",
        "exercise.few_traps",
        "exercise.few_alsos",
    ]
    mute = changed('    """Twice zero\n    is zero."""\n', "")
    long = changed("    return x * 2", "    x = x + 0\n" * 30 + "    return x * 2", mute)
    assert [sentence.id for sentence in poor(exercise(long))][3:] == ["exercise.mute_check", "exercise.long"]
    unsaid = changed("x：(n,)", "x_2：(n,)", changed("x: (n,) float", "max: (n,) float"))
    assert [str(sentence) for sentence in poor(exercise(unsaid))][3:] == [
        "the docstring does not say what x is: shape, unit, range",
        "ZH, the task in Chinese, does not say what x is",
    ]


def test_a_strangers_file_never_stops_the_app(tmp_path: Path) -> None:
    for name, data in {"deep": b"(" * 5000, "null": b"\0", "latin": b"'\xff'", "nested": b"-" * 20000 + b"1"}.items():
        (tmp_path / f"{name}.py").write_bytes(data)
        with pytest.raises(ExerciseError):
            read_exercise(tmp_path / f"{name}.py")
    (tmp_path / "ring.py").symlink_to("ring.py")
    for name in ("ring.py", "missing.py", "Not a name.py", "x" * 300 + ".py"):
        with pytest.raises(ExerciseError):
            read_exercise(tmp_path / name)


@given(st.integers(0, len(DOUBLE)), st.integers(0, 40), st.text(max_size=10))
def test_a_damaged_file_is_read_or_refused(at: int, length: int, instead: str) -> None:
    try:
        found = exercise(DOUBLE[:at] + instead + DOUBLE[at + length :])
    except (ExerciseError, UnicodeEncodeError):  # half a surrogate pair is no text in UTF-8
        return
    for text in (
        found.stub.zh,
        found.judged,
        found.reference,
        found.starter.en,
        *found.traps.values(),
        *mutants(found.reference),
    ):
        assert text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_stub_says_what_the_docstring_does(doc: str) -> None:
    text = changed('"""Twice a tensor.\n\nx: (n,) float. Returns (n,).\n"""', repr(doc))
    try:
        found = exercise(text)
    except ExerciseError:
        return
    said = ast.get_docstring(ast.parse(found.stub.en).body[0])  # type: ignore[arg-type]
    assert said is not None and said.split() == found.doc.en.split()


def test_an_exercise_brings_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "double.py").write_text(changed("import torch\n", "import torch, helper\n"))
    assert read_exercise(tmp_path / "double.py").imports == "import torch, helper"
    (tmp_path / "helper.py").write_text("")
    with pytest.raises(ExerciseError) as error:
        read_exercise(tmp_path / "double.py")
    assert error.value.why.id == "exercise.imports_beside"


def test_the_first_folder_has_the_exercise(tmp_path: Path) -> None:
    for place in ("a/one.py", "b/one.py", "b/two.py", "b/_no.py"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("")
    found = find_exercises([tmp_path / "a", tmp_path / "b", tmp_path / "missing"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/one.py", "b/two.py"]
