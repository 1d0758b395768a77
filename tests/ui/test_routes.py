"""Screens are opened by names that lead somewhere, and every key that is bound is known."""

import ast
from importlib import import_module
from pathlib import Path

from textual.screen import Screen

from quizapp.ui import routes
from quizapp.ui.keymap import every_binding

UI = Path(__file__).parents[2] / "quizapp" / "ui"


def test_every_name_leads_to_a_screen() -> None:
    kinds = {name: routes.screen_class(name) for name in routes.SCREENS}
    assert all(issubclass(kind, Screen) for kind in kinds.values())
    assert len(set(kinds.values())) == len(kinds)


def test_what_is_opened_has_a_route_and_every_route_is_opened() -> None:
    opened = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "routes.py":
                opened.add(node.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("open_screen"):
                name = node.args[1]
                assert not isinstance(name, ast.Constant) or name.value in routes.SCREENS, (path.name, name.value)
    assert not set(routes.SCREENS) - opened


def test_every_id_that_a_class_binds_is_known_to_the_keys_screen() -> None:
    bound = set()
    for path in UI.rglob("*.py"):
        name = ".".join(("quizapp.ui", *path.relative_to(UI).with_suffix("").parts)).removesuffix(".__init__")
        for thing in list(vars(import_module(name)).values()):
            if isinstance(thing, type) and thing.__module__ == name:
                bound |= {getattr(binding, "id", None) for binding in vars(thing).get("BINDINGS", ())}
    assert bound - {None} == set(every_binding())
