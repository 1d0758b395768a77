"""`quizapp new PATH`: a starter deck, or with --demo a starter demo. Nothing is ever overwritten."""

import argparse
import re
import sys
from pathlib import Path

from quizapp.commands import complain, say, write_new
from quizapp.paths import SCHEMA

_DECK = """\
# yaml-language-server: $schema={schema}
# Every card needs a question `q` and an answer `a`; all the rest may go. `quizapp check FILE` finds mistakes.
title: A deck of mine
cards:
  - id: kv-cache           # given once: a card's history hangs on it. `quizapp check --fix` writes missing ones
    level: basic           # basic, intermediate or advanced
    tags: [inference]
    q: What does the KV cache hold?
    a: |
      The **keys and values** of all past tokens, of every layer and head.
    points:                # what to tick once the answer shows: at most four, each one idea
      - keys and values of past tokens
      - for every layer and head
    why: Without it, each new token would compute the keys and values of the whole prompt again.
    refs: ["arXiv:2211.05102"]

  # A text may be in two languages, and `l` switches:  q: {{en: "What is ...?", zh: "……是什么？"}}

  - id: decode-limit
    type: choice           # free (default), choice, cloze, numeric, order or fix
    q: What limits the speed of decoding one sequence?
    choices:
      - {{text: reading the weights from memory, ok: true}}
      - {{text: multiplying the matrices, why: "At batch size one, the arithmetic units mostly wait."}}
    why: Every token reads all weights once and uses each of them only once.

  - id: softmax-temperature
    type: cloze            # one card for each number
    text: A temperature above one makes the softmax {{{{c1::flatter}}}}, below one {{{{c2::sharper}}}}.
    why: The logits are divided by the temperature before they are exponentiated.

  - id: bits-and-noise
    q: What does one bit less do to the error of a quantized layer?
    a: It roughly doubles the error, which costs about 6 dB.
    why: One bit less makes each step of the grid twice as wide.
    demo:                  # NAME.py beside this file, else in your demos folder, else a bundled one
      run: quantize_layer  # `quizapp demo --list` names them; `quizapp new --demo my_demo.py` starts your own
      with: {{bits: 4}}
      predict: {{ask: "SQNR at 4 bits, in dB?", read: sqnr_db}}
"""

_DEMO = '''\
"""Round random numbers to a few bits and look at the error.

The numbers lie between 0 and 1; each bit more halves the step between the values that are left.
"""

import random
from typing import Annotated, Literal


# The parameters are the knobs. Each needs a type that says what it takes, and a default.
def main(
    bits: Annotated[int, range(1, 13)] = 4,
    how: Literal["nearest", "down"] = "nearest",
    seed: int = 0,  # the same seed gives the same numbers
) -> dict:
    numbers = [random.Random(seed + i).random() for i in range(1000)]
    tried = list(range(1, 13))
    errors = [mean_error_pct(numbers, n, how) for n in tried]
    print(f"{bits} bits, rounded {how}: off by {errors[bits - 1]:.3f}% on average")
    # What is returned is measured: a number (with its unit in the name), a list, or lines over "x".
    return {"error_pct": errors[bits - 1], "error": {"x": tried, "error_pct": errors}}


def mean_error_pct(numbers: list, bits: int, how: str) -> float:
    steps = 2**bits
    shift = 0.5 if how == "nearest" else 0.0
    return 100 * sum(abs(number - int(number * steps + shift) / steps) for number in numbers) / len(numbers)


if __name__ == "__main__":
    main()
'''


def run(args: argparse.Namespace) -> int:
    path = Path(args.path)
    if wrong := _wrong_name(path, args.demo):
        complain(wrong)
        return 2
    text = _DEMO if args.demo else _DECK.format(schema=SCHEMA.as_uri())
    try:
        write_new(path, text)
    except FileExistsError:
        if not (path.exists() or path.is_symlink()):  # a part of its folder is a file
            raise
        complain(f"{path} is there already, and stays as it is. Name another file.")
        return 1
    say(f"{path} is written. Next:")
    for command, about in _next(path, args.demo):
        say(f"  {command}\n      {about}")
    return 0


def _wrong_name(path: Path, demo: bool) -> str:
    """What is wrong with the name of a new file, and what to do; "" if nothing is."""
    if demo and not re.fullmatch(r"[a-z][a-z0-9_]{0,79}\.py", path.name):
        return f"{path} cannot be a demo: name it like my_demo.py, in lower-case letters, digits and _."
    if demo and path.stem in {*sys.stdlib_module_names, "torch", "numpy"}:
        return f"{path} would take the place of the module {path.stem} for the demos beside it: name it otherwise."
    if not demo and path.suffix == ".py":
        return f"A deck's file ends in .yaml. 'quizapp new --demo {path}' writes a demo."
    if not demo and path.suffix.lower() not in (".yaml", ".yml"):
        return f"A deck's file ends in .yaml: try 'quizapp new {path}.yaml'."
    return ""


def _next(path: Path, demo: bool) -> list[tuple[str, str]]:
    import shlex

    named = shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))
    if demo:
        here = named if "/" in named else f"./{named}"
        return [
            (f"quizapp trust {named}", "read it and allow it to run; after every change once more"),
            (f"quizapp demo {here} --bits 3", "run it; --sweep bits runs it for every value"),
            (f"demo: {{run: {path.stem}}}", "in a card of a deck in the same folder"),
        ]
    return [
        (f"quizapp {named}", "study it"),
        (f"quizapp check {named}", "find mistakes, with line and column"),
        (f"quizapp new --demo {shlex.quote(str(path.with_name('my_demo.py')))}", "start a demo for its cards"),
    ]
