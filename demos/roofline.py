"""The roofline: why 4-bit weights make decoding faster, and batches do too.

To make one token, a language model reads every weight and does two operations with each. A processor that can do
hundreds of operations in the time of reading a byte only waits: the time is that of the bytes, and 4-bit weights take a
quarter of it. A batch shares the reading; from a batch near the ridge on, arithmetic takes longer, and small weights
gain nothing. This is computed (attention, the KV cache and unpacking are left out). Measured live is the sharing: what
a batch costs in four fp32 layers too large for most caches, and the ridge of one core, which is far lower.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def fastest(runs: dict[int, Callable[[], Tensor]]) -> dict[int, float]:
    """Seconds of the fastest of 6 runs of each, taking turns."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(6):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


def main(
    bits: Annotated[int, range(2, 17)] = 4,
    batch: Annotated[int, range(1, 513)] = 1,
    ridge: Annotated[int, range(50, 501, 50)] = 300,
    billions: Annotated[int, range(1, 101)] = 7,
    seed: int = 0,
) -> dict:
    def stored(bits: int) -> float:
        """Bytes of a weight; below 16 bits, 64 weights share a 16-bit scale."""
        return (bits + (16 / 64 if bits < 16 else 0)) / 8

    def cost(bits: int, batch: int) -> float:
        """Time of one step for one weight, in the time of reading a byte: reading and arithmetic overlap."""
        return max(stored(bits), 2 * batch / ridge)

    speed = cost(16, batch) / cost(bits, batch)
    intensity = 2 * batch / stored(bits)
    print(f"{billions} billion weights of {bits} bits: {billions * stored(bits):.1f} GB to read for each step")
    print(f"batch {batch}: {intensity:.1f} operations a byte, and the ridge is at {ridge}: ", end="")
    print("arithmetic is the limit" if intensity > ridge else "reading is the limit")
    print(f"computed: {speed:.1f}x as fast as with 16-bit weights")

    torch.manual_seed(seed)
    weights = [torch.randn(2048, 2048) / 2048**0.5 for _ in range(4)]

    def forward(x: Tensor) -> Tensor:
        for weight in weights:
            x = torch.nn.functional.linear(x, weight)
        return x

    seconds = fastest({n: partial(forward, torch.randn(n, 2048)) for n in (1, 2, 4, 8, 16, 32)})
    measured = {n: value / seconds[1] for n, value in seconds.items()}
    print(f"measured: a batch of 32 takes {measured[32]:.1f}x as long as one token, not 32x")

    square, vector = torch.randn(768, 768), torch.randn(2**24)
    times = fastest({0: lambda: square @ square, 1: vector.sum})
    ridge_here = (2 * 768**3 / times[0]) / (4 * len(vector) / times[1])
    print(f"measured: this core does about {ridge_here:.0f} operations in the time of reading a byte")

    batches = [2**i for i in range(10)]
    return {
        "speed_x": speed,
        "step_gb": billions * stored(bits),
        "operations_per_byte": intensity,
        "batch_32_time_x": measured[32],
        "ridge_here": ridge_here,
        "computed_speed_by_batch": {
            "x": batches,
            **{f"{b} bits": [cost(16, n) / cost(b, n) for n in batches] for b in (4, 8)},
        },
        "measured_time_by_batch": {"x": list(measured), "measured": list(measured.values()), "alone": list(measured)},
    }


if __name__ == "__main__":
    main()
