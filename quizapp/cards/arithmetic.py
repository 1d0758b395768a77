"""Arithmetic over named numbers, as a deck may write it: `2**bits - 1`, `log2(n)`. Never Python's eval."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from quizapp.texts import UserError, tell

LONGEST = 200  # characters
NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "ceil": math.ceil,
    "exp": math.exp,
    "floor": math.floor,
    "log": math.log,
    "log2": math.log2,
    "max": max,
    "min": min,
    "round": round,
    "sqrt": math.sqrt,
}


class NoNumber(UserError, ValueError):
    """What is written comes to no number."""


def evaluate(written: str, names: Mapping[str, float]) -> float:
    """What `written` comes to, with floats throughout: nothing in it can grow beyond one. Raises NoNumber."""
    if NUMBER.fullmatch(written) and math.isfinite(number := float(written)):
        return number
    if len(written) > LONGEST:
        raise NoNumber(tell("deck.arithmetic.long", most=LONGEST))
    try:
        found = float(_value(ast.parse(written.strip(), mode="eval").body, names))
    except NoNumber:
        raise
    except (SyntaxError, MemoryError, RecursionError):
        raise NoNumber(tell("deck.arithmetic.unread", text=written)) from None
    except (ArithmeticError, ValueError, TypeError):  # of nothing, of too much, of too few
        raise NoNumber(tell("deck.arithmetic.undefined", text=written)) from None
    if not math.isfinite(found):
        raise NoNumber(tell("deck.arithmetic.undefined", text=written))
    return found


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name):
            raise NoNumber(tell("deck.arithmetic.no_name", name=name, names=", ".join(names) or "–"))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return float(_called(name, [_value(argument, names) for argument in arguments]))
    raise NoNumber(tell("deck.arithmetic.other", functions=", ".join(FUNCTIONS)))


def _called(name: str, arguments: list[Any]) -> float:
    if name == "round" and len(arguments) == 2:
        return float(round(arguments[0], int(arguments[1])))
    return FUNCTIONS[name](*arguments)
