"""How fast decks load, beside libyaml iterating its own events over the same text; and how fast hostile files fail.

The two are run in turn in one process, so that the ratio does not depend on the machine. Run:
    python benchmarks/cards.py
"""

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from yaml.events import StreamEndEvent

from quizapp.cards.load import load

RATIO, REFUSED_MS = 1.5, 50.0


def card(n: int) -> str:
    return f"""  - id: card-{n}
    level: basic
    tags: [quantization, kernels]
    q:
      en: What does a scale of {n} do to the rounding error of a layer's weights?
      zh: 缩放系数为 {n} 时，一层权重的舍入误差会怎样变化？
    a:
      en: |
        It sets the **step**. With `s = max|w| / qmax` every weight moves by at most
        half a step, so that the error grows with the largest weight of the layer.
      zh: |
        它决定**步长**：每个权重最多移动半步，因此误差随最大的权重增长。
    points:
      - {{en: the scale sets the step, zh: 缩放系数决定步长, hit: [scale, 缩放]}}
    why: {{en: One outlier stretches it for all., zh: 一个离群值会拉大所有权重的步长。}}
    refs: ["arXiv:1712.05877"]
"""


def events(text: str) -> None:
    """libyaml alone: every event of the text, built into nothing."""
    get = yaml.CSafeLoader(text).get_event
    while type(get()) is not StreamEndEvent:
        pass


def processor_s(work: Callable[[], Any]) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    made = work()
    seconds = time.process_time() - start
    gc.enable()
    del made
    return seconds


def ratio(folder: Path, cards: int, rounds: int) -> float:
    path = folder / f"deck-{cards}.yaml"
    text = "format: 1\ntitle: {en: A deck, zh: 一副卡片}\ncards:\n" + "".join(card(n) for n in range(cards))
    path.write_text(text, encoding="utf-8")
    deck, faults = load(path)
    assert deck is not None and len(deck.cards) == cards and not faults
    pairs = [(processor_s(lambda: load(path)), processor_s(lambda: events(text))) for _ in range(rounds)]
    return statistics.median(ours for ours, _ in pairs) / statistics.median(theirs for _, theirs in pairs)


def hostile(folder: Path) -> dict[str, Path]:
    """Files that try to take time, memory or the process itself."""
    layers = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 12))
    contents: dict[str, bytes] = {
        "brackets": b"[" * 100_000,
        "braces": b"{a: " * 100_000,
        "dashes": b"- " * 100_000,
        "aliases": f"b0: &b0 [lol, lol]\n{layers}".encode(),
        "merges": b"a: &a {b: c}\n" + b"".join(b"x%d: {<<: [*a, *a, *a]}\n" % n for n in range(20_000)),
        "commas": b"[" + b"a," * 8_000_000 + b"]",
        "pairs": b"[" + b"[]," * 5_000_000 + b"]",
        "nul": b"\0" * 1_000_000,
        "binary": bytes(range(256)) * 4000,
        "latin": "cards:\n  - q: caf\u00e9\n    a: x\n".encode("latin-1") * 1000,
        "long key": b"? " + b"k" * 1_000_000,
        "open quote": b'cards:\n  - q: "' + b"x" * 1_000_000,
        "tag": b"!!python/object/apply:os.system ['true']",
    }
    paths = {name: folder / f"{name.replace(' ', '-')}.yaml" for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    paths["200 MB"] = folder / "huge.yaml"
    with paths["200 MB"].open("wb") as file:
        file.truncate(200 * 1024**2)
    paths["folder"] = folder
    if hasattr(os, "mkfifo"):
        paths["pipe"] = folder / "pipe.yaml"
        os.mkfifo(paths["pipe"])
        paths["device"] = Path("/dev/zero")
    return paths


def refusal_ms(path: Path) -> float:
    deck, faults = load(path)
    assert deck is None and faults
    return statistics.median(processor_s(lambda: load(path)) * 1000 for _ in range(5))


def main() -> int:
    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cards, rounds in ((1_000, 31), (10_000, 5)):
            value = ratio(folder, cards, rounds)
            results[f"load {cards} cards"] = {"value": round(value, 3), "bar": RATIO, "unit": "x libyaml's events"}
        slowest = {what: refusal_ms(path) for what, path in hostile(folder).items()}
        for what, value in slowest.items():
            results[f"refuse {what}"] = {"value": round(value, 2), "bar": REFUSED_MS, "unit": "ms"}
    for result in results.values():
        result["ok"] = result["value"] <= result["bar"]
    print(json.dumps(results, indent=2))
    return 0 if all(result["ok"] for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
