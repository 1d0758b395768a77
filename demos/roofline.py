"""The roofline: why 4-bit weights make decoding faster, and batches do too.

To make one token, a language model reads every weight and does two operations with each. A processor that can do
hundreds of operations in the time of reading a byte only waits: the time is that of the bytes, and 4-bit weights take a
quarter of it. A batch shares the reading; from a batch near the ridge on, arithmetic takes longer, and small weights
gain nothing. This is computed: attention, the KV cache and unpacking are left out. Measured live is the ridge of one
core, which lies far lower: there a batch soon waits for arithmetic, and decoding shares little.
"""

import time
from collections.abc import Callable
from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def fastest(run: Callable[[], Tensor]) -> float:
    """Seconds of the fastest of 6 runs."""
    seconds = []
    for _ in range(6):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


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
    square, vector = torch.randn(512, 512), torch.randn(2**23)
    operations = 2 * 512**3 / fastest(lambda: square @ square)  # each second
    ridge_here = operations / (4 * len(vector) / fastest(vector.sum))
    print(f"measured: this core does about {ridge_here:.0f} operations in the time of reading a byte")

    batches = [2**i for i in range(10)]
    return {
        "speed_x": speed,
        "step_gb": billions * stored(bits),
        "operations_per_byte": intensity,
        "ridge_here": ridge_here,
        "speed_by_batch": {
            "x": batches,
            **{f"{b} bits": [cost(16, n) / cost(b, n) for n in batches] for b in (4, 8)},
        },
        "step_time_by_batch": {
            "x": batches,
            **{f"{b} bits": [cost(b, n) / cost(16, 1) for n in batches] for b in (16, 4)},
        },
    }


LABELS = {
    "speed_x": "speed, of 16-bit weights",
    "step_gb": "read for each step",
    "operations_per_byte": "operations for each byte read",
    "ridge_here": "ridge of this core",
    "speed": ("speed, of 16-bit weights", "x"),
    "step_time": "time of a step, of 16 bits at batch 1",
}
TIMED = ("ridge_here",)
ZH = {
    "title": "Roofline：4 bit 权重和加大 batch，为什么都能让 decode 更快",
    "about": "大语言模型生成一个 token，要把每个权重读一遍，各做两次运算。处理器读一个字节的时间能做几百次运算，所以大"
    "部分时间在等：耗时就是读字节的时间，4 bit 权重只要四分之一。一个 batch 共用一次读取；batch 过了拐点附近，计算比读"
    "取更久，权重再小也没有收益。这些是算出来的：不含注意力、KV cache 和解包。实测的是一个 CPU 核的拐点，低得多：在 "
    "CPU 上，batch 稍大就受限于计算，共用一次读取省不了多少。",
    "knobs": {"bits": "bit 数", "batch": "batch", "ridge": "拐点", "billions": "参数（十亿）", "seed": "种子"},
    "measures": {
        "speed_x": "速度（比 16 bit）", "step_gb": "每步读取量", "operations_per_byte": "每字节的运算次数",
        "ridge_here": "这个 CPU 核的拐点", "speed": ("速度（比 16 bit）", "x"),
        "step_time": "一步的时间（以 16 bit、batch 1 为 1）", "4 bits": "4 bit", "8 bits": "8 bit", "16 bits": "16 bit",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
