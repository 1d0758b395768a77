"""Activation outliers: why 8-bit activations break, and three repairs.

A few neurons with outputs hundreds of times larger stretch the one scale of a layer's activations until all others
round to zero. One scale per token helps here, until c grows; SmoothQuant moves size into the weights; the split of
LLM.int8 keeps the large channels in floating point. The outliers are injected: relu(c*z) = c*relu(z), so c times a
neuron's inputs and 1/c times its outputs is the same function. Large language models grow theirs; a small net does not.
The small 1/c weights also make every alpha do equally well in the net, so alpha is shown on one random layer. All is
simulated.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

METHODS = ("plain", "token", "smooth", "split")


def w8a8(net: nn.Sequential, x: Tensor, seen: Tensor, method: str, alpha: float) -> Tensor:
    """The net's outputs with 8-bit weights and activations; `seen` are a few training inputs to calibrate on."""
    for layer in net:
        if isinstance(layer, nn.ReLU):
            x, seen = layer(x), layer(seen)
            continue
        size = seen.abs().amax(0).clamp(min=1e-5)  # of each input channel
        shift = size**alpha / layer.weight.abs().amax(0) ** (1 - alpha) if method == "smooth" else torch.ones_like(size)
        large = size > 10 * size.median() if method == "split" else torch.zeros_like(size, dtype=torch.bool)
        exact = x[:, large] @ layer.weight[:, large].T + layer.bias

        weight = (layer.weight * shift)[:, ~large]
        step = weight.abs().amax(1, keepdim=True) / 127  # symmetric, one scale per row
        weight = (weight / step).round() * step

        x, known = (x / shift)[:, ~large], (seen / shift)[:, ~large]
        low, high = (x.amin(1, True), x.amax(1, True)) if method == "token" else (known.min(), known.max())
        low, high = low.clamp(max=0), high.clamp(min=0)
        step = ((high - low) / 255).clamp(min=1e-9)  # asymmetric, clipped to what was seen
        zero = (-low / step).round()
        x = (((x / step).round() + zero).clamp(0, 255) - zero) * step

        x, seen = x @ weight.T + exact, layer(seen)
    return x


@torch.no_grad()
def main(
    outliers: Annotated[int, range(0, 9)] = 3,
    factor: Annotated[int, range(50, 501, 50)] = 300,
    alpha: Annotated[float, 0.0, 1.0, 0.05] = 0.5,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    with torch.enable_grad():
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)

    def inject(factor: int) -> nn.Sequential:
        larger = copy.deepcopy(net)
        for before, after in ((larger[0], larger[2]), (larger[2], larger[4])):
            before.weight[:outliers] *= factor
            before.bias[:outliers] *= factor
            after.weight[:, :outliers] /= factor
        return larger

    def accuracy(factor: int, method: str) -> float:
        return 100 * (w8a8(inject(factor), x_test, x[:128], method, alpha).argmax(1) == y_test).float().mean().item()

    fp32 = nets.accuracy(inject(factor), x_test, y_test)
    print(f"{outliers} outliers of {factor}x in each hidden layer, fp32: {fp32:.1f} % of the test digits right")
    right = {method: accuracy(factor, method) for method in METHODS}
    for method in METHODS:
        print(f"8-bit weights and activations, {LABELS[method]}: {right[method]:.1f} % right")

    layer, tokens = nets.mlp(256, 256), torch.randn(512, 256)
    tokens[:, :outliers] *= 60

    def sqnr(alpha: float) -> float:
        noise = layer(tokens) - w8a8(layer, tokens, tokens, "smooth", alpha)
        return 10 * torch.log10(layer(tokens).square().sum() / noise.square().sum()).item()

    print(f"SmoothQuant of a random layer, alpha {alpha:.2f}: {sqnr(alpha):.1f} dB")
    factors, alphas = list(range(50, 501, 50)), [i / 10 for i in range(11)]
    return {
        "fp32_accuracy_pct": fp32,
        **{f"{method}_accuracy_pct": right[method] for method in METHODS},
        "random_layer_sqnr_db": sqnr(alpha),
        "accuracy_by_factor": {"x": factors, **{m: [accuracy(c, m) for c in factors] for m in METHODS}},
        "sqnr_by_alpha": {"x": alphas, "random layer": [sqnr(a) for a in alphas]},
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "plain_accuracy_pct": "accuracy, one scale a layer",
    "token_accuracy_pct": "accuracy, one scale a token",
    "smooth_accuracy_pct": "accuracy, SmoothQuant",
    "split_accuracy_pct": "accuracy, large channels in float",
    "random_layer_sqnr_db": "SQNR of a random layer",
    "accuracy": ("accuracy", "%"),
    "sqnr": ("SQNR", "dB"),
    "plain": "one scale a layer",
    "token": "one scale a token",
    "smooth": "SmoothQuant",
    "split": "large channels in float",
    "factor": ("how many times larger", "x"),
    "outliers": "outlier neurons",
}
ZH = {
    "title": "激活 outlier：8 bit 激活为什么会垮，以及三种补救",
    "about": "几个输出大几百倍的神经元把一层激活共用的 scale 撑大，其余的都被舍入成 0。每个 token 一个 scale 在这里有"
    "用，倍数再大就不够了；SmoothQuant 把激活的幅度挪一部分到权重里；LLM.int8 的拆分让大通道留在浮点。outlier 是人为放"
    "进去的：relu(c*z)=c*relu(z)，神经元的输入权重乘 c、输出权重除以 c，网络的函数不变。大语言模型自己会长出 outlier，"
    "小网络不会。输出权重已经除以 c，所以在这个网络上 alpha 取多少都一样好；alpha 的作用，要到另一个随机生成的层上看。"
    "量化都是伪量化。",
    "knobs": {"outliers": "outlier 神经元数", "factor": "放大倍数", "alpha": "alpha", "seed": "种子"},
    "measures": {
        "fp32_accuracy_pct": "FP32 准确率", "plain_accuracy_pct": "每层一个 scale 的准确率",
        "token_accuracy_pct": "每 token 一个 scale 的准确率", "smooth_accuracy_pct": "SmoothQuant 的准确率",
        "split_accuracy_pct": "大通道保留浮点的准确率", "random_layer_sqnr_db": "随机层的信噪比",
        "accuracy": ("准确率", "%"), "sqnr": ("信噪比", "dB"), "plain": "每层一个 scale",
        "token": "每 token 一个 scale", "smooth": "SmoothQuant", "split": "大通道保留浮点", "random layer": "随机层",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
