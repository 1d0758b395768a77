"""What commands that need no screen import, seen in a process of their own; import-linter states the rest."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.paths import Home

CHECK = """
import sys
from quizapp.cli import main
code = main(sys.argv[1:])
heavy = {"textual", "torch", "numpy", "aiohttp", "httpx", "keyring"}
heavy = sorted({name.partition(".")[0] for name in sys.modules} & heavy)
print(f"imported {heavy}", file=sys.stderr)
sys.exit(code)
"""
CARD = "five-questions/distillation-and-unlabelled-data"


@pytest.mark.parametrize(
    "words",
    [
        ["due", "--json"],
        ["next", "--json"],
        ["show", CARD],
        ["grade", CARD, "good", "--json"],
        ["plan", "--json"],
        ["check"],
        ["schema"],
        ["stats", "--json"],
        ["demo", "--list", "--json"],
        ["code", "--list", "--json"],
        ["examiner", "--json"],
        ["import", str(Path(__file__).parent / "cards" / "data" / "anki-new.apkg")],
        ["trust", str(Path(__file__).parents[1] / "demos" / "quantize_layer.py")],
    ],
    ids=lambda words: words[0],
)
def test_a_command_imports_neither_textual_nor_torch(home: Home, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, "--home", str(home.root), *words], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "imported []"


def test_a_demo_never_imports_quizapp() -> None:
    for path in (Path(__file__).parents[1] / "demos").glob("*.py"):
        assert "quizapp" not in path.read_text(), path


def test_only_the_functions_that_clean_print() -> None:
    """`say`, `say_json`, `say_drawn` and `complain` stand in commands/__init__.py; no command prints by itself."""
    for path in (Path(__file__).parents[1] / "quizapp" / "commands").glob("*.py"):
        if path.stem == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            printing = called.rpartition(".")[2] in ("print", "Console") or called.startswith("sys.stdout.write")
            assert not printing, f"{path.name}:{node.lineno} calls {called}: use say, say_json or say_drawn"


PACKAGE = Path(__file__).parents[1] / "quizapp"
TWICE = {
    "run": "a command's entry, which cli calls by the command's name",
    "TEXTS": "a room's texts, which `texts` looks up by the room's name",
}


def definitions(tree: ast.Module) -> set[str]:
    """The names that a module defines at its top."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign():
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(name)):
                names.add(name)
    return names


def test_no_public_name_means_two_things() -> None:
    """Who reads a name anywhere in the package knows what it is."""
    where: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in definitions(ast.parse(path.read_text("utf-8"))):
            if not name.startswith("_") and name not in TWICE:
                where.setdefault(name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


def test_no_function_takes_more_than_six_parameters() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                taken = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                assert len([name for name in taken if name not in ("self", "cls")]) <= 6, (
                    f"{path}:{node.lineno} {node.name}"
                )
