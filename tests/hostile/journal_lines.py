"""Lines of a journal that somebody else writes: good ones with something in them changed, sealed again with a right
checksum, so that they come through to whatever reads them. One number gives one journal."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from quizapp.memory.line import seal

GOLDEN = Path(__file__).parents[1] / "memory" / "golden" / "home" / "journal"
MINE, OTHER = "00aaaa1000", "00bbbb1000"
DEEP = b"[" * 20_000 + b"]" * 20_000
ODD: list[Any] = [
    *(None, True, False, 0, -1, 1, -5, 2**31, 2**53, 2**63, 2**64, 10**30, 10**300, -(10**30)),
    *(0.0, -0.0, 1e-320, 1e-9, 0.5, 1e9, 1e300, 1.7e308, -1e308),
    *("", "x", "\0", "\x1b[2J", "\u202e", "llm/0", "llm/1", "llm", "/", "x" * 5000, "\ud7ff", "null", "0", "fee973ea"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    *("9998-12-31T23:59:59.999999+00:00", "0002-01-01T00:00:00Z", "2026-03-02T09:00:00", "2026-03-02T09:00:00+23:59"),
    *("again", "easy", "new", "learning", "review", "relearning", "journal", "reviewed", "undone", "rules", "reset"),
    *([], {}, [[]], [0] * 200, [1e300] * 21, [0.0] * 21, [86400.0] * 90, {"state": "review"}, {"weights": [1] * 21}),
]


def lines_of(device: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / f"{device}.jsonl").read_text("utf-8").splitlines()]


GOOD = [{name: value for name, value in one.items() if name != "crc"} for d in (MINE, OTHER) for one in lines_of(d)]
IDS = [line["id"] for line in GOOD]
CARDS = sorted({line["card"] for line in GOOD if "card" in line})


def sealed_line(line: dict[str, Any]) -> bytes:
    return seal(json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def places(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any] | list[Any], Any]]:
    """Every member and item of a line, as what holds it and where."""
    holders: list[dict[str, Any] | list[Any]] = [value]
    while holders:
        holder = holders.pop()
        for at in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, at
            inner = holder[at]  # type: ignore[index]
            if isinstance(inner, dict | list):
                holders.append(inner)


def changed(chance: random.Random, line: dict[str, Any]) -> bytes:
    """A line with something in it changed."""
    line = json.loads(json.dumps(line))
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        holder, at = chance.choice(list(places(line)))
        match chance.randrange(8):
            case 0:
                del holder[at]
            case 1:
                other = chance.choice(GOOD)
                line.update({name: deepcopy(other[name]) for name in chance.sample(sorted(other), min(3, len(other)))})
            case _:
                holder[at] = deepcopy(chance.choice(ODD))
    if chance.random() < 0.6:  # what ties it to what the user did
        for name, values in (("card", CARDS), ("id", IDS), ("on", IDS), ("undoes", IDS), ("nth", range(20))):
            if name in line and chance.random() < 0.4:
                line[name] = chance.choice(values)
    match chance.randrange(30):
        case 0:
            return seal(json.dumps(line).encode()[:-1] + b',"deep":' + DEEP + b"}")
        case 1:
            raw = bytearray(sealed_line(line))
            raw[chance.randrange(len(raw))] = chance.randrange(256)
            return bytes(raw)
        case 2:
            raw = bytearray(json.dumps(line).encode())
            raw[chance.randrange(len(raw))] = chance.randrange(256)
            return seal(bytes(raw))
    return sealed_line(line)


def journal(seed: int, device: str = "evil") -> bytes:
    """A journal that says it is of `device`."""
    chance = random.Random(seed)
    first = {**GOOD[0], "device": device, "id": f"first-{seed}"}
    rest = [changed(chance, chance.choice(GOOD)) for _ in range(chance.randint(1, 40))]
    return b"".join([sealed_line(first), *rest])
