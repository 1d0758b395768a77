"""Quantize one layer: what each bit costs, and what finer scales buy back.

The 128x128 layer of a small net trained on real digits is rounded to a few bits. One bit fewer costs about 6 dB; one
scale per row ("channel"), or per group of 32 weights, buys some of it back for a little storage. What comes out of a
ReLU is never negative, so for it an asymmetric grid, or one without a sign, is worth one more bit. Accuracy hides what
changes both ways: 3 bits cost half a point at most, and several times as many answers are others. What does not show
here: so small and easy a net barely notices 4 bits or more. The rounding is simulated: nothing runs faster.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def quantize(x: Tensor, bits: int, scale: str, symmetric: bool) -> Tensor:
    """Round x to 2**bits levels, with one scale for all of it, for each row, or for each group of 32."""
    rows = {"tensor": x.reshape(1, -1), "channel": x, "group": x.reshape(-1, 32)}[scale]
    if symmetric:
        top = 2 ** (bits - 1) - 1  # 4 bits: -7..7, so one code is given up and 0 is in the middle
        step = (rows.abs().amax(1, keepdim=True) / top).clamp(min=1e-9)
        return ((rows / step).round() * step).reshape(x.shape)
    low, high = rows.amin(1, keepdim=True).clamp(max=0), rows.amax(1, keepdim=True).clamp(min=0)
    step = ((high - low) / (2**bits - 1)).clamp(min=1e-9)
    zero = (-low / step).round()  # the code that means 0
    codes = ((rows / step).round() + zero).clamp(0, 2**bits - 1)
    return ((codes - zero) * step).reshape(x.shape)


def sqnr(x: Tensor, rounded: Tensor) -> float:
    """Signal to quantization noise, in decibels."""
    return 10 * torch.log10(x.square().sum() / (x - rounded).square().sum()).item()


@torch.no_grad()
def main(
    bits: Annotated[int, range(2, 9)] = 4,
    scale: Literal["tensor", "channel", "group"] = "channel",
    symmetric: bool = True,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    with torch.enable_grad():
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"fp32: {fp32:.1f} % of the test digits right")

    weight = net[2].weight.clone()
    rounded = quantize(weight, bits, scale, symmetric)
    beside = 16 if symmetric else 16 + bits  # an fp16 scale, and the code that means 0
    size = bits + {"tensor": 0, "channel": beside / 128, "group": beside / 32}[scale]
    kind = "symmetric" if symmetric else "asymmetric"
    print(f"{bits} bits, {kind}, one scale per {scale}: {sqnr(weight, rounded):.1f} dB, {size:.4g} bits per weight")

    inputs = net[:2](x_test)  # what this layer is fed
    inputs_db = sqnr(inputs, quantize(inputs, bits, "tensor", symmetric=True))
    gain = sqnr(inputs, quantize(inputs, bits, "tensor", symmetric=False)) - inputs_db
    print(f"its inputs, after ReLU: {inputs_db:.1f} dB symmetric, {gain:+.1f} dB with an asymmetric grid")

    def answers(bits: int, scale: str) -> Tensor:  # with all three layers rounded
        weights = {name: quantize(w, bits, scale, symmetric) for name, w in net.named_parameters() if "weight" in name}
        return torch.func.functional_call(net, weights, (x_test,)).argmax(1)

    def accuracy(bits: int, scale: str) -> float:
        return 100 * (answers(bits, scale) == y_test).float().mean().item()

    right, before = accuracy(bits, scale), net(x_test).argmax(1)
    flips = 100 * (answers(bits, scale) != before).float().mean().item()
    print(f"all three layers rounded so: {right:.1f} % right, {flips:.1f} % of the answers are others than before")

    widths, scales, edge = range(2, 9), ("tensor", "channel", "group"), (rounded - weight).abs().max().item()
    by_bits = {s: [sqnr(weight, quantize(weight, b, s, symmetric)) for b in widths] for s in scales}
    return {
        "sqnr_db": sqnr(weight, rounded),
        "slope_db": (by_bits[scale][-1] - by_bits[scale][2]) / 4,  # per bit, from 4 to 8
        "bits_per_weight": size,
        "fp32_accuracy_pct": fp32,
        "accuracy_pct": right,
        "flips_pct": flips,
        "asymmetric_gain_db": gain,
        "sqnr_by_bits": {"x": list(widths), **by_bits},
        "accuracy_by_bits": {"x": list(widths), **{s: [accuracy(b, s) for b in widths] for s in scales}},
        "error_histogram": {
            "x": torch.linspace(-edge, edge, 21).tolist(),
            "weights": torch.histc(rounded - weight, 21, -edge, edge).tolist(),
        },
    }


LABELS = {
    "slope_db": "gained by one bit more",
    "fp32_accuracy_pct": "accuracy in FP32",
    "flips_pct": "answers changed",
    "asymmetric_gain_db": "gained by an asymmetric grid",
    "error_histogram": "errors of rounding",
    "sqnr": ("SQNR", "dB"),
    "accuracy": ("accuracy", "%"),
}
ZH = {
    "title": "量化一层：每个 bit 的代价，以及更细的 scale 能挽回多少",
    "about": "用手写数字训练一个小网络，把其中一个 128x128 的层舍入到几个 bit。每少一个 bit，信噪比约降 6 dB；每行一个 "
    "scale（逐通道），或每 32 个权重一个（逐组），用少量存储换回一部分。ReLU 的输出没有负数，对它用非对称（或无符号）网"
    "格相当于多一个 bit。有的答案由对变错，有的由错变对，准确率看不出来：3 bit 时准确率最多降半个点，变了的答案却是它的"
    "好几倍。这里的网络小、任务容易，4 bit 及以上几乎没有影响。舍入是在 float32 里模拟的，并不会变快。",
    "knobs": {"bits": "bit 数", "scale": "scale 粒度", "symmetric": "是否对称", "seed": "种子"},
    "measures": {
        "sqnr_db": "信噪比", "slope_db": "多一个 bit 的增益", "bits_per_weight": "每个权重的 bit 数",
        "fp32_accuracy_pct": "FP32 准确率", "accuracy_pct": "准确率", "flips_pct": "答案变了的比例",
        "asymmetric_gain_db": "非对称网格的增益", "sqnr": ("信噪比", "dB"), "accuracy": ("准确率", "%"),
        "error_histogram": "舍入误差的分布", "tensor": "整个张量", "channel": "逐通道", "group": "逐组",
        "weights": "权重数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
