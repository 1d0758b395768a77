"""An exercise as it is read: the task, the stub that one begins with, the reference, wrong and right solutions. Found
with `ast`; nothing of the file runs here.

The format is docs/code-cards.md's. What is wrong with a file is an ExerciseError; what it only lacks says
`exercise_rules.poor`.
"""

import ast
import hashlib
import inspect
import re
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Self

import msgspec

from quizapp.lab.script import Script, is_name
from quizapp.lab.source import ScriptError, beside, decoded, imports, parse_source, read_source
from quizapp.texts import Sentence, UserError, tell
from quizapp.words import Words, clean

TRAP, ALSO, CHECK = "trap_", "also_", "check_"
MAX_EXERCISE = 60_000  # bytes of one file
MAX_PARTS = 30  # traps, alsos, checks and cases, of each kind

Definition = ast.FunctionDef | ast.ClassDef


class ExerciseError(UserError):
    """Why a file is no exercise: `why` says what was found and what to do, at `line` and `column` (both from 1; 0: the
    file) of `path`."""

    def __init__(self, path: Path, why: Sentence, line: int = 0, column: int = 0) -> None:
        place = f"{path}:{line}:{column}" if line else f"{path}"
        super().__init__(tell("lab.at", place=clean(place), why=why))
        self.path, self.why, self.line, self.column = path, why, line, column

    @classmethod
    def at(cls, path: Path, why: Sentence, node: ast.stmt | ast.expr | ast.arg) -> Self:
        return cls(path, why, node.lineno, node.col_offset + 1)


class Exercise(msgspec.Struct, frozen=True):
    """One exercise. `name` is the file's, `target` the function or class that is asked for.

    `source` is what was read, is shown and runs. `doc` is the task: the docstring, and in Chinese the text `ZH`.
    `reference` and each text in `traps` and `alsos` define `target`, and stand alone below `imports`; so does `stub`,
    which is signature and task in each language. Traps, alsos, checks and cases are named without their prefix; a
    check's text is the sentence of its docstring. `equivalent` has a reason for each mutant that no case can tell from
    the reference.
    """

    name: str
    target: str
    path: Path
    source: bytes
    sha256: str
    doc: Words
    imports: str
    stub: Words
    reference: str
    cases: tuple[str, ...]
    traps: dict[str, str]
    alsos: dict[str, str]
    checks: dict[str, str]
    forbid: tuple[str, ...]
    inplace: tuple[str, ...]
    equivalent: dict[str, str]
    judged: str  # what of the file goes to the side of a candidate: all but the task, solutions and `equivalent`
    use: str  # the function that the cases are for, which is given the candidate; "" where they are for itself
    line: int  # where the reference stands

    @property
    def starter(self) -> Words:
        """What a file begins with in which somebody writes their solution."""
        above = f"{self.imports}\n\n\n" if self.imports else ""
        return Words(above + self.stub.en, above + self.stub.zh)

    @property
    def script(self) -> Script:
        """It as what `Trust` and `review` know: a file that asks before it runs."""
        return Script(self.name, self.target, self.doc.en, self.path, self.source, self.sha256, (), (), ())


def read_exercise(path: Path, source: bytes | None = None) -> Exercise:
    """The exercise in `path`, or the one that would be there if the file held `source`. Raises ExerciseError."""
    try:
        path = path.resolve()
    except (OSError, RuntimeError):
        raise ExerciseError(path, tell("lab.script.leads_nowhere")) from None
    if not is_name(path.stem):
        raise ExerciseError(path, tell("exercise.named", name=clean(path.stem)))
    try:
        source = read_source(path) if source is None else source
        if len(source) > MAX_EXERCISE:
            raise ExerciseError(path, tell("exercise.too_large", kb=MAX_EXERCISE // 1000))
        exercise = _understand_exercise(path, source)
        if stray := next(iter(beside(path, imports(ast.parse(decoded(source))))), None):
            raise ExerciseError(path, tell("exercise.imports_beside", file=clean(stray.name)), 1, 1)
    except ScriptError as error:
        raise ExerciseError(path, error.why, error.line or 0, 1 if error.line else 0) from None
    return exercise


def find_exercises(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The files in some folders that should be exercises, by name; of two that are called alike, the first folder's."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            if is_name(path.stem):
                found.setdefault(path.stem, path)
    return tuple(found[name] for name in sorted(found))


def exercise_in(name: str, folders: Iterable[Path]) -> Exercise | None:
    """The exercise called `name` in the first of some folders that has a file of that name; None if none has. Raises
    ExerciseError."""
    for folder in folders:
        path = folder / f"{name}.py"
        if path.exists() or path.is_symlink():
            return read_exercise(path)
    return None


@lru_cache(maxsize=64)
def _understand_exercise(path: Path, source: bytes) -> Exercise:
    from quizapp.lab.exercise_rules import parts_of

    tree, text = parse_source(path, source), decoded(source).replace("\r\n", "\n")
    try:
        parts = parts_of(path, tree)
        reference = parts.reference
        doc = Words(clean(ast.get_docstring(tree) or "").strip(), clean(inspect.cleandoc(parts.zh)).strip())
        own = clean(ast.get_docstring(reference) or "")
        imported = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        return Exercise(
            name=path.stem,
            target=reference.name,
            path=path,
            source=source,
            sha256=hashlib.sha256(source).hexdigest(),
            doc=doc,
            imports="\n".join(ast.unparse(node) for node in imported),
            stub=Words(stub_of(reference, own or doc.en), stub_of(reference, doc.zh or own or doc.en)),
            reference=_alone(text, reference, reference.name),
            cases=parts.cases,
            traps=_named(text, parts.traps, TRAP, reference.name),
            alsos=_named(text, parts.alsos, ALSO, reference.name),
            checks={one.name.removeprefix(CHECK): _sentence(one) for one in parts.checks},
            forbid=parts.forbid,
            inplace=parts.inplace,
            equivalent=parts.equivalent,
            judged=_judged(tree, parts.solutions),
            use=_alone(text, parts.use, "use") if parts.use is not None else "",
            line=reference.lineno,
        )
    except (RecursionError, MemoryError):
        raise ExerciseError(path, tell("lab.script.too_deep"), 1, 1) from None


def _named(text: str, solutions: Sequence[Definition], prefix: str, target: str) -> dict[str, str]:
    return {one.name.removeprefix(prefix): _alone(text, one, target) for one in solutions}


def _alone(text: str, solution: Definition, target: str) -> str:
    """The text of a solution, comments and all, defining `target`."""
    first = min([solution.lineno, *(decorator.lineno for decorator in solution.decorator_list)])
    lines = text.split("\n")[first - 1 : solution.end_lineno]
    own = "\n".join(lines) + "\n"
    return own if solution.name == target else re.sub(rf"\b{re.escape(solution.name)}\b", target, own)


def _sentence(check: ast.FunctionDef) -> str:
    return " ".join(clean(ast.get_docstring(check) or "").split())


def _judged(tree: ast.Module, solutions: Sequence[Definition]) -> str:
    """The file without its solutions: comments go, too, for they may tell."""
    gone: list[ast.stmt] = [*solutions]
    gone += [node for node in tree.body if _assigns(node, "equivalent") or _assigns(node, "ZH")]
    if ast.get_docstring(tree) is not None:
        gone.append(tree.body[0])
    return ast.unparse(ast.Module([node for node in tree.body if node not in gone], []))


def _assigns(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets)


def stub_of(reference: Definition, doc: str) -> str:
    """Signature and the docstring `doc`; of a class, each method that has no underscore or two."""
    about = _quoted(doc)
    if isinstance(reference, ast.FunctionDef):
        return f"{_head(reference)}\n{about}\n    ...\n"
    methods = [one for one in reference.body if isinstance(one, ast.FunctionDef) and _is_asked(one.name)]
    written = []
    for method in methods:
        said = ast.get_docstring(method)
        body = f"{_quoted(clean(said))}\n    ...\n" if said else "    ...\n"
        written.append("".join(f"    {line}\n" if line else "\n" for line in f"{_head(method)}\n{body}".splitlines()))
    return f"{_head(reference)}\n{about}\n\n" + "\n".join(written)


_KEPT_DECORATORS = ("staticmethod", "classmethod", "property")  # others are part of a solution


def _is_asked(method: str) -> bool:
    return not method.startswith("_") or (method.startswith("__") and method.endswith("__"))


def _head(node: Definition) -> str:
    """`def name(arguments):`, with the decorators that a caller sees."""
    bare = copy(node)
    bare.decorator_list = [
        one for one in node.decorator_list if isinstance(one, ast.Name) and one.id in _KEPT_DECORATORS
    ]
    bare.body = [ast.Pass()]
    return ast.unparse(bare).removesuffix("\n    pass")


def _quoted(doc: str) -> str:
    """A docstring, four spaces in."""
    lines = doc.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').split("\n")
    body = "\n".join(f"    {line}".rstrip() for line in lines).strip()
    end = "\n    " if len(lines) > 1 or body.endswith('"') else ""
    return f'    """{body}{end}"""'
