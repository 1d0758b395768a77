"""A right solution with one thing changed: what a judge that is worth its name tells from it."""

import ast
from collections.abc import Iterator

MAX_MUTANTS = 200  # of one exercise

_SAID_WHOLE = (ast.expr, ast.keyword, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PROMISES = ("stable", "strict")  # taken back, nothing need change: on some machines a sort is stable unasked


def mutants(reference: str) -> dict[str, str]:
    """Every mutant of a solution: what is changed (`a + b → a - b`), and the text. At most MAX_MUTANTS.

    Signs, axes and other constants, terms and factors left out, comparisons, calls that are made for what they do.
    """
    tree = ast.parse(reference)
    found: dict[str, str] = {}
    seen = {ast.unparse(tree)}
    for what in _changes(tree):
        text = ast.unparse(tree)
        if text in seen:
            continue
        seen.add(text)
        count = sum(1 for name in found if name == what or name.startswith(f"{what} ("))
        found[f"{what} ({count + 1})" if count else what] = text
        if len(found) == MAX_MUTANTS:
            break
    return found


def _changes(tree: ast.AST) -> Iterator[str]:
    """Changes the tree in one place, says what is changed, and changes it back, again and again."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns", "decorator_list", "defaults", "kw_defaults"):
                continue
            if isinstance(parent, ast.keyword) and parent.arg in _PROMISES:
                continue
            if isinstance(value, ast.expr):
                around = _around(parent, value)
                for other in _instead(value):
                    was = ast.unparse(around or value)
                    setattr(parent, field, other)
                    yield f"{was} → {ast.unparse(around or other)}"
                    setattr(parent, field, value)
            elif isinstance(value, list):
                yield from _changed_items(parent, value)


def _changed_items(parent: ast.AST, items: list[ast.AST]) -> Iterator[str]:
    for place, item in enumerate(items):
        if isinstance(item, ast.expr):
            around = _around(parent, item)
            for other in _instead(item):
                was = ast.unparse(around or item)
                items[place] = other
                yield f"{was} → {ast.unparse(around or other)}"
                items[place] = item
        elif isinstance(item, ast.AugAssign) or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Call)):
            items[place] = ast.Pass()
            yield f"{ast.unparse(item)} → pass"
            items[place] = item


def _around(parent: ast.AST, node: ast.expr) -> ast.AST | None:
    """What is said in place of a constant, which says little by itself: what it stands in."""
    bare = isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))
    return parent if bare and isinstance(parent, _SAID_WHOLE) else None


def _instead(node: ast.expr) -> Iterator[ast.expr]:
    """What could stand in the place of an expression."""
    match node:
        case ast.BinOp(left, op, right):
            if type(op) in _BINARY:
                yield ast.BinOp(left, _BINARY[type(op)](), right)
                yield left
            if isinstance(op, ast.Add | ast.Mult):
                yield right
        case ast.UnaryOp(ast.USub() | ast.Not() | ast.Invert(), operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1) if value > 0 else ast.Constant(2))
        case ast.Constant(float(value)):
            yield ast.Constant(2 * value if value else 1.0)
        case ast.Compare(left, [op], [right]):
            yield from (ast.Compare(left, [other()], [right]) for other in _COMPARED.get(type(op), ()))
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
