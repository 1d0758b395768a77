"""What the file of an exercise may hold, and what it lacks that it should have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizapp.lab.exercise import ALSO, CHECK, MAX_PARTS, TRAP, Definition, ExerciseError
from quizapp.texts import Sentence, listing, tell
from quizapp.words import clean

if TYPE_CHECKING:
    from quizapp.lab.exercise import Exercise

_GIVEN = ("rand", "randn", "randint")  # what `cases` is called with
LISTS = ("forbid", "inplace")
FEW_CASES, FEW_TRAPS, FEW_ALSOS, LONG = 4, 3, 2, 25  # lines of a reference that one writes on a whiteboard


class ExerciseParts(msgspec.Struct, frozen=True):
    """The definitions of a file, by what they are for."""

    reference: Definition
    traps: tuple[Definition, ...]
    alsos: tuple[Definition, ...]
    checks: tuple[ast.FunctionDef, ...]
    cases: tuple[str, ...]
    forbid: tuple[str, ...]
    inplace: tuple[str, ...]
    equivalent: dict[str, str]
    use: Definition | None
    zh: str

    @property
    def solutions(self) -> tuple[Definition, ...]:
        return (self.reference, *self.traps, *self.alsos)


def parts_of(path: Path, tree: ast.Module) -> ExerciseParts:
    """The parts of a file. Raises ExerciseError for what the format forbids."""
    defined = _defined(path, tree)
    lists = _lists(path, tree)
    if not (ast.get_docstring(tree) or "").strip():
        raise ExerciseError(path, tell("exercise.no_doc"), 1, 1)
    cases = defined.get("cases")
    if cases is None:
        raise ExerciseError(path, tell("exercise.no_cases"), 1, 1)
    parts = ExerciseParts(
        reference=_reference(path, defined),
        traps=_starting(defined, TRAP),
        alsos=_starting(defined, ALSO),
        checks=_checks(path, defined),
        cases=_case_names(path, cases),
        forbid=tuple(lists.get("forbid", ())),
        inplace=tuple(lists.get("inplace", ())),
        equivalent=_equivalent(path, tree),
        use=defined.get("use"),
        zh=_chinese(path, tree),
    )
    for kind in (parts.traps, parts.alsos, parts.checks, parts.cases):
        if len(kind) > MAX_PARTS:
            raise ExerciseError(path, tell("exercise.many", n=len(kind), most=MAX_PARTS), 1, 1)
    _stand_alone(path, tree, parts)
    _called_alike(path, parts)
    return parts


def poor(exercise: "Exercise") -> tuple[Sentence, ...]:
    """What an exercise should have more or less of; it can be done all the same."""
    said = []
    for kind, least in (("cases", FEW_CASES), ("traps", FEW_TRAPS), ("alsos", FEW_ALSOS)):
        if len(getattr(exercise, kind)) < least:
            said.append(tell(f"exercise.few_{kind}", n=len(getattr(exercise, kind)), least=least))
    said += [tell("exercise.mute_check", name=name) for name, doc in exercise.checks.items() if not doc]
    for where, task in (("doc", exercise.doc.en), ("zh", exercise.doc.zh)):
        if task and (unsaid := _unsaid(task, exercise)):
            said.append(tell(f"exercise.unsaid_{where}", names=listing(unsaid)))
    lines = sum(1 for line in exercise.reference.splitlines() if line.strip() and not line.strip().startswith("#"))
    if lines > LONG:
        said.append(tell("exercise.long", n=lines, most=LONG))
    return tuple(said)


def _unsaid(task: str, exercise: "Exercise") -> list[str]:
    """The arguments that a task does not name."""
    (reference,) = ast.parse(exercise.reference).body
    assert isinstance(reference, Definition)
    return [name for name in _names(reference) if not re.search(rf"(?<![A-Za-z0-9_]){name}(?![A-Za-z0-9_])", task)]


def _defined(path: Path, tree: ast.Module) -> dict[str, Definition]:
    """The functions and classes of the file by name; at its top stands nothing else but imports and values."""
    found: dict[str, Definition] = {}
    for node in tree.body[ast.get_docstring(tree) is not None :]:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                if node.name in found:
                    raise ExerciseError.at(path, tell("exercise.twice", name=clean(node.name)), node)
                found[node.name] = node
            case ast.Import() | ast.ImportFrom():
                _not_ours(path, node)
            case ast.AsyncFunctionDef():
                raise ExerciseError.at(path, tell("exercise.async", name=clean(node.name)), node)
            case ast.Assign(targets=[ast.Name(name)]):
                if name not in (*LISTS, "equivalent", "ZH") and not name.startswith("_"):
                    raise ExerciseError.at(path, tell("exercise.public_value", name=clean(name)), node)
            case _:
                raise ExerciseError.at(path, tell("exercise.statement"), node)
    return found


def _not_ours(path: Path, node: ast.Import | ast.ImportFrom) -> None:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if isinstance(node, ast.ImportFrom) and (node.level or any(alias.name == "*" for alias in node.names)):
        raise ExerciseError.at(path, tell("exercise.imports_far"), node)
    if any(name.partition(".")[0] == "quizapp" for name in names):
        raise ExerciseError.at(path, tell("exercise.imports_ours"), node)


def _is_reserved(name: str) -> bool:
    return name in ("cases", "use") or name.startswith((TRAP, ALSO, CHECK, "_"))


def _reference(path: Path, defined: dict[str, Definition]) -> Definition:
    public = [node for name, node in defined.items() if not _is_reserved(name)]
    if not public:
        raise ExerciseError(path, tell("exercise.no_reference"), 1, 1)
    if len(public) > 1:
        raise ExerciseError.at(
            path, tell("exercise.two", one=clean(public[0].name), two=clean(public[1].name)), public[1]
        )
    args = _arguments(public[0])
    if args is not None and (args.vararg or args.kwarg or args.posonlyargs):
        raise ExerciseError.at(path, tell("exercise.arguments", name=clean(public[0].name)), public[0])
    return public[0]


def _starting(defined: dict[str, Definition], prefix: str) -> tuple[Definition, ...]:
    return tuple(node for name, node in defined.items() if name.startswith(prefix))


def _checks(path: Path, defined: dict[str, Definition]) -> tuple[ast.FunctionDef, ...]:
    checks = []
    for node in _starting(defined, CHECK):
        if not isinstance(node, ast.FunctionDef) or len(_names(node)) != 1:
            raise ExerciseError.at(path, tell("exercise.check_takes", name=clean(node.name)), node)
        checks.append(node)
    return tuple(checks)


def _case_names(path: Path, cases: Definition) -> tuple[str, ...]:
    if not isinstance(cases, ast.FunctionDef) or _names(cases) != _GIVEN:
        raise ExerciseError.at(path, tell("exercise.cases_take"), cases)
    names: list[str] = []
    for node in ast.walk(cases):
        if isinstance(node, ast.YieldFrom):
            raise ExerciseError.at(path, tell("exercise.case_named"), node)
        if not isinstance(node, ast.Yield):
            continue
        match node.value:
            case ast.Tuple(elts=[ast.Constant(str(name)), _]) if name.isidentifier() and name not in names:
                names.append(name)
            case _:
                raise ExerciseError.at(path, tell("exercise.case_named"), node)
    if not names:
        raise ExerciseError.at(path, tell("exercise.no_case"), cases)
    return tuple(names)


def _lists(path: Path, tree: ast.Module) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=value) if name in LISTS:
                items = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
                words = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
                if len(words) != len(items) or not all(
                    part.isidentifier() for word in words for part in word.split(".")
                ):
                    raise ExerciseError.at(path, tell("exercise.list", name=name), node)
                found[name] = words
    return found


def _equivalent(path: Path, tree: ast.Module) -> dict[str, str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name("equivalent")], value=value):
                try:
                    found = ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError):
                    found = None
                if not isinstance(found, dict) or not all(
                    isinstance(x, str) and x.strip() for x in (*found, *found.values())
                ):
                    raise ExerciseError.at(path, tell("exercise.equivalent"), node)
                return {str(mutant): str(reason) for mutant, reason in found.items()}
    return {}


def _chinese(path: Path, tree: ast.Module) -> str:
    """The task in Chinese: the text `ZH`; "" if there is none."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name("ZH")], value=ast.Constant(str(said))) if said.strip():
                return said
            case ast.Assign(targets=[ast.Name("ZH")]):
                raise ExerciseError.at(path, tell("exercise.no_text"), node)
    return ""


def _stand_alone(path: Path, tree: ast.Module, parts: ExerciseParts) -> None:
    """No solution uses another, or a value of the file: each can be shown, mended and run below the imports."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for solution in parts.solutions:
        bound = {solution.name, *_bound(solution)}
        for name in ast.walk(solution):
            if isinstance(name, ast.Name) and name.id in names - bound:
                raise ExerciseError.at(path, tell("exercise.leans", name=clean(solution.name), on=clean(name.id)), name)


def _bound(solution: Definition) -> Iterator[str]:
    for node in ast.walk(solution):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _called_alike(path: Path, parts: ExerciseParts) -> None:
    """Solutions are called with the same arguments, and what may be changed is one of them."""
    wanted = _names(parts.reference)
    for solution in (*parts.traps, *parts.alsos):
        if type(solution) is not type(parts.reference) or _names(solution) != wanted:
            asked = f"{parts.reference.name}({', '.join(wanted)})"
            raise ExerciseError.at(
                path, tell("exercise.other_arguments", name=clean(solution.name), asked=clean(asked)), solution
            )
    if parts.use is None and isinstance(parts.reference, ast.ClassDef):
        raise ExerciseError.at(path, tell("exercise.no_use"), parts.reference)
    taken = _names(parts.use)[1:] if isinstance(parts.use, ast.FunctionDef) else wanted
    if stray := next((name for name in parts.inplace if name not in taken), None):
        raise ExerciseError(path, tell("exercise.no_argument", name=clean(stray), known=clean(", ".join(taken))), 1, 1)


def _arguments(node: Definition) -> ast.arguments | None:
    """Of a function, and of a class what it is made with; None if it does not say."""
    if isinstance(node, ast.FunctionDef):
        return node.args
    return next((one.args for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)


def _names(node: Definition) -> tuple[str, ...]:
    args = _arguments(node)
    if args is None:
        return ()
    names = tuple(one.arg for one in (*args.posonlyargs, *args.args, *args.kwonlyargs))
    return names if isinstance(node, ast.FunctionDef) else names[1:]
