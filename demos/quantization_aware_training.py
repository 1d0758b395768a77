"""Quantization-aware training: let the net feel the rounding while it learns.

The weights of a net trained on real digits are rounded after training (PTQ), or in every forward pass of a little more
training (QAT). Rounding has slope zero almost everywhere, so the straight-through estimator (STE) passes the gradient
on as if nothing had been rounded. The control is QAT without it: only biases and the largest weights learn. The other
control is fp32 with the same extra training. Two bits are three levels here: a row's largest weight, 0 and its
negative. Ternary from random weights, as BitNet b1.58 trains them (one scale, the mean magnitude), ends two to four
points below fp32 after as many epochs in all. What does not show: from 4 bits on there is hardly anything to gain.
"""

import copy
from collections.abc import Callable
from functools import partial
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def rounded(weight: Tensor, bits: int, ste: bool) -> Tensor:
    """Symmetric, one scale per row."""
    step = weight.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
    result = (weight / step).round() * step
    return weight + (result - weight).detach() if ste else result  # STE: the value of `result`, the slope of `weight`


def ternary(weight: Tensor) -> Tensor:
    """-1, 0 or 1 times the mean magnitude of all of it, straight through."""
    scale = weight.detach().abs().mean()
    return weight + ((weight / scale).round().clamp(-1, 1) * scale - weight).detach()


def outputs(net: nn.Module, x: Tensor, how: Callable[[Tensor], Tensor]) -> Tensor:
    weights = {name: how(p) for name, p in net.named_parameters() if p.ndim == 2}
    return torch.func.functional_call(net, weights, (x,))


def main(
    bits: Annotated[int, range(2, 6)] = 2,
    ste: bool = True,
    epochs: Annotated[int, range(1, 21)] = 10,
    width: Annotated[int, range(16, 129, 16)] = 32,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, width, width, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=20)
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"fp32: {fp32:.1f} % of the test digits right")

    longer = copy.deepcopy(net)
    nets.fit(longer, lambda rows: F.cross_entropy(longer(x[rows]), y[rows]), len(x), epochs, lr=2e-3)
    fp32_longer = nets.accuracy(longer, x_test, y_test)
    print(f"fp32, {epochs} epochs more: {fp32_longer:.1f} % right")

    @torch.no_grad()
    def accuracy(net: nn.Module, how: Callable[[Tensor], Tensor]) -> float:
        return 100 * (outputs(net, x_test, how).argmax(1) == y_test).float().mean().item()

    def train(net: nn.Module, how: Callable[[Tensor], Tensor], epochs: int, lr: float) -> nn.Module:
        return nets.fit(net, lambda rows: F.cross_entropy(outputs(net, x[rows], how), y[rows]), len(x), epochs, lr)

    widths = (2, 3, 4, 5)
    ptq, qat = {}, {}
    for b in widths:
        torch.manual_seed(seed)
        to_bits = partial(rounded, bits=b, ste=ste)
        ptq[b], qat[b] = accuracy(net, to_bits), accuracy(train(copy.deepcopy(net), to_bits, epochs, 2e-3), to_bits)
        print(f"{b} bits: PTQ {ptq[b]:.1f} %, QAT {'with' if ste else 'without'} STE {qat[b]:.1f} % right")

    torch.manual_seed(seed)
    from_scratch = accuracy(train(nets.mlp(64, width, width, 10), ternary, 20 + epochs, 4e-3), ternary)
    print(f"ternary from random weights, {20 + epochs} epochs: {from_scratch:.1f} % right")
    return {
        "fp32_accuracy_pct": fp32,
        "fp32_longer_accuracy_pct": fp32_longer,
        "ptq_accuracy_pct": ptq[bits],
        "qat_accuracy_pct": qat[bits],
        "gain_points": qat[bits] - ptq[bits],
        "ternary_accuracy_pct": from_scratch,
        "accuracy_by_bits": {"x": list(widths), "PTQ": list(ptq.values()), "QAT": list(qat.values())},
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "fp32_longer_accuracy_pct": "accuracy, FP32 trained longer",
    "ptq_accuracy_pct": "accuracy, PTQ",
    "qat_accuracy_pct": "accuracy, QAT",
    "ternary_accuracy_pct": "accuracy, ternary from scratch",
    "gain_points": ("QAT gains over PTQ", "points"),
    "accuracy": ("accuracy", "%"),
}
ZH = {
    "title": "量化感知训练：让网络边学边适应舍入",
    "about": "用手写数字训练的网络，权重在训练之后舍入（PTQ），或者再多训练几个 epoch，每次前向都舍入（QAT）。舍入的导"
    "数几乎处处为零，所以直通估计（STE）把梯度原样传过去，好像没有舍入。对照是不用 STE 的 QAT：只有 bias 和最大的权重在"
    "学。另一个对照是 FP32 也多训练同样久。2 bit 在这里只有三级：一行里最大的权重、0 和它的相反数。像 BitNet b1.58 那样"
    "从随机权重开始三值训练（只有一个 scale，取平均绝对值），epoch 总数相同，比 FP32 差二到四个点。4 bit 及以上本来就没"
    "丢多少精度，QAT 几乎补不回什么。",
    "knobs": {"bits": "bit 数", "ste": "直通估计", "epochs": "epoch 数", "width": "宽度", "seed": "种子"},
    "measures": {
        "fp32_accuracy_pct": "FP32 准确率", "fp32_longer_accuracy_pct": "FP32 训练更久的准确率",
        "ptq_accuracy_pct": "PTQ 准确率", "qat_accuracy_pct": "QAT 准确率", "gain_points": ("QAT 比 PTQ 高", "个点"),
        "ternary_accuracy_pct": "从头三值训练的准确率", "accuracy": ("准确率", "%"), "true": "开", "false": "关",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
