"""Answers of a run that no honest demo gives: what one finds that writes into the job's file, and past it.

`answers(seed)` makes them without end, the same for the same seed; the files in `cases/results` are those that once
broke something, and the shapes of those that did.
"""

import json
import random
from collections.abc import Iterator
from typing import Any

NAMES = [
    "a",
    "x",
    "y",
    "",
    "loss_db",
    "\ud800",
    "\x1b]0;t\x07",
    "\u202eb",
    "a\nb",
    "教师",
    "n" * 5_000,
    "[red]",
    "__class__",
]
NUMBERS = [0, -1, 1, 0.5, 1e300, -1e308, 5e-324, 2**53, 10**30, -(10**400), float("inf"), float("nan"), True, False]
PARAMETERS = ["code", "why", "file", "line", "name", "kind", "n", "most", "module", "top", "exit", "measures", "where"]
CODES = ["stopped", "left", "unseen", "disk_full", "no_memory", "no_torch", "no_dict", "value", "other", "{n}", ""]
WHYS = ["many", "many_lines", "infinite", "other_kind", "{name}", "no_line", "too_much"]
KEYS = ["result", "error", "exit", "sandbox", "crowd", "held", "unknown"]


def answers(seed: int) -> Iterator[bytes]:
    rng = random.Random(seed)
    while True:
        lines = [_line(rng) for _ in range(rng.choice([1, 1, 1, 2, 5]))]
        yield rng.choice([b"\n", b"\r\n", b"\n\n"]).join(lines)


def _line(rng: random.Random) -> bytes:
    if rng.random() < 0.1:
        return rng.choice([b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5_000, b'{"result":' * 5_000, b"1" * 5_000])
    said = {key: _value(rng) for key in rng.sample(KEYS, rng.randint(1, 3))} if rng.random() < 0.4 else {}
    if rng.random() < 0.3:
        said["error"] = {name: _value(rng, 3) for name in rng.sample(PARAMETERS, rng.randint(1, 8))}
        said["error"] |= {"code": rng.choice(CODES), "why": rng.choice([*WHYS, _value(rng, 3)])}
    if rng.random() < 0.7:
        said["result"] = {_name(rng): _value(rng) for _ in range(rng.choice([1, 5, 20]))}
    data = json.dumps(said, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return data[: rng.randrange(len(data))] if rng.random() < 0.05 else data


def _name(rng: random.Random) -> str:
    return rng.choice(NAMES) if rng.random() < 0.6 else f"{rng.choice(NAMES)[:50]}{rng.randrange(99)}"


def _value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(7 if depth < 3 else 3)
    if kind == 0:
        return rng.choice([None, "", "text", "\ud800" * 3, "e" * 2_000, *NAMES])
    if kind < 3:
        return rng.choice(NUMBERS)
    if kind == 3:
        return [_value(rng, depth + 1) for _ in range(rng.randrange(5))]
    if kind == 4:
        return [rng.choice(NUMBERS[:8]) for _ in range(rng.choice([0, 1, 2, 30, 300]))]
    if kind == 5:
        return {_name(rng): rng.choice(NUMBERS[:8]) for _ in range(rng.choice([0, 1, 30, 400]))}
    count = rng.choice([0, 1, 2, 50])
    lines = {_name(rng): [rng.choice(NUMBERS[:8]) for _ in range(count)] for _ in range(rng.choice([1, 2, 3, 12]))}
    xs = [rng.choice(NUMBERS[:8]) for _ in range(count)] if rng.random() < 0.5 else [_name(rng) for _ in range(count)]
    return {"x": xs, **lines}
