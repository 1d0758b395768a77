"""A right solution with one thing changed: what is changed, each once, and the solution as it was is none of them."""

import ast

from quizapp.lab.mutants import MAX_MUTANTS, mutants

SOLUTION = '''def f(x, n=3):
    """One of 5 things."""
    total: int = 1
    if x > n and not total:
        total += 2
    x.add_(-1, dim=True)
    return (x - total) / 2.0 if n == 1 else -x ** 2
'''
CHANGES = {
    "x > n and (not total) → x > n or not total",
    "x > n → x >= n",
    "x > n → x < n",
    "not total → total",
    "total: int = 1 → total: int = 2",
    "total += 2 → pass",
    "total += 2 → total += 3",
    "x.add_(-1, dim=True) → pass",
    "x.add_(-1, dim=True) → x.add_(1, dim=True)",
    "dim=True → dim=False",
    "x - total → x + total",
    "x - total → x",
    "(x - total) / 2.0 → (x - total) * 2.0",
    "(x - total) / 2.0 → x - total",
    "(x - total) / 2.0 → (x - total) / 4.0",
    "n == 1 → n != 1",
    "n == 1 → n == 2",
    "-x ** 2 → x ** 2",
    "x ** 2 → x * 2",
    "x ** 2 → x ** 3",
}


def test_every_kind_of_change_is_made_and_said() -> None:
    found = mutants(SOLUTION)
    assert set(found) >= CHANGES, CHANGES - set(found)
    assert not any("n=" in name or "5" in name or "int = n" in name for name in found), (
        "no default, text or type is changed"
    )


def test_each_is_another_solution_that_is_python() -> None:
    texts = [ast.unparse(ast.parse(text)) for text in mutants(SOLUTION).values()]
    assert len({*texts, ast.unparse(ast.parse(SOLUTION))}) == len(texts) + 1


def test_what_is_said_twice_is_counted() -> None:
    assert list(mutants("def f(x):\n    return g(x + 1) * h(x + 1)\n"))[3:] == [
        "x + 1 → x - 1",
        "x + 1 → x",
        "x + 1 → 1",
        "x + 1 → x - 1 (2)",
        "x + 1 → x (2)",
        "x + 1 → 1 (2)",
        "x + 1 → x + 2",
        "x + 1 → x + 0",
        "x + 1 → x + 2 (2)",
        "x + 1 → x + 0 (2)",
    ]


def test_a_promise_is_not_taken_back() -> None:
    """On some machines a sort is stable unasked, so no case tells it from one that is not everywhere."""
    text = "def f(x, y):\n    return x.sort(descending=True, stable=True), zip(x, y, strict=True)\n"
    assert list(mutants(text)) == ["descending=True → descending=False"]


def test_there_is_an_end_to_them() -> None:
    assert len(mutants("def f(x):\n    return " + " + ".join(["x"] * 150) + "\n")) == MAX_MUTANTS
    assert mutants("def f(x):\n    return x\n") == {}
