"""Stochastic rounding: small updates are lost in bf16, unless chance keeps some of them.

A bf16 number has 7 bits of fraction, so a weight of 1 moves by 0.0078 or not at all. Most updates of a small learning
rate are less than half of such a step: rounded to nearest the weight stays where it is, after a thousand steps as after
one. Rounding up with the probability of the distance leaves it there nearly as often, but loses nothing on average. A
net learns digits by plain SGD, its weights kept in fp32 or, after each step, in bf16. The control rounds the fp32
weights once, at the end: bf16 holds what was learned, it is learning that needs more. At a rate ten times as large
nearest hardly loses. Only weights are rounded, not activations or gradients.
"""

from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def nearest(x: Tensor) -> Tensor:
    return x.bfloat16().float()


def stochastic(x: Tensor) -> Tensor:
    """To bf16, the upper half of float32's bits: chance is added to the lower half, which may carry, and is cut off."""
    chance = torch.randint(0, 2**16, x.shape, dtype=torch.int32)
    return (x.view(torch.int32) + chance & -(2**16)).view(torch.float32)


KEPT = {"fp32": lambda x: x, "nearest": nearest, "stochastic": stochastic}


def main(
    rate: Annotated[float, 0.01, 0.2, 0.01] = 0.01, epochs: Annotated[int, range(4, 21, 2)] = 10, seed: int = 0
) -> dict:
    x, y, x_test, y_test = digits.load(seed)

    def train(rounded: Callable[[Tensor], Tensor]) -> tuple[nn.Sequential, list[float], float]:
        """The net, its accuracy after every epoch, and how many per cent of the updates left a weight as it was."""
        torch.manual_seed(seed)
        net, curve, still, updates = nets.mlp(64, 64, 10), [], 0, 0
        order, weights = torch.Generator().manual_seed(seed), list(net.parameters())
        for weight in weights:
            weight.data = nearest(weight.data)
        for _ in range(epochs):
            for rows in torch.randperm(len(x), generator=order).split(32):
                slopes = torch.autograd.grad(F.cross_entropy(net(x[rows]), y[rows]), weights)
                for weight, slope in zip(weights, slopes, strict=True):
                    moved = rounded(weight.data - rate * slope)
                    still += int(((moved == weight.data) & (slope != 0)).sum())
                    updates += int((slope != 0).sum())
                    weight.data = moved
            curve.append(nets.accuracy(net, x_test, y_test))
        return net, curve, 100 * still / updates

    nets_by, curves, lost = {}, {}, {}
    for name, rounded in KEPT.items():
        nets_by[name], curves[name], lost[name] = train(rounded)
        print(f"{name}: {curves[name][-1]:.1f} % right; {lost[name]:.0f} % of the updates changed nothing")
    master = nets_by["fp32"]
    for weight in master.parameters():
        weight.data = nearest(weight.data)
    once = nets.accuracy(master, x_test, y_test)
    print(f"the fp32 weights, rounded to bf16 once: {once:.1f} % right")

    return {
        **{f"{name}_accuracy_pct": curve[-1] for name, curve in curves.items()},
        "once_accuracy_pct": once,
        "lost_pct": lost["nearest"],
        "stochastic_lost_pct": lost["stochastic"],
        "behind_points": curves["fp32"][-1] - curves["nearest"][-1],
        "accuracy_by_epochs": {"x": list(range(1, epochs + 1)), **curves},
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, weights in FP32",
    "nearest_accuracy_pct": "accuracy, BF16 to nearest",
    "stochastic_accuracy_pct": "accuracy, BF16 stochastically",
    "once_accuracy_pct": "accuracy, FP32 rounded once",
    "lost_pct": "updates lost to nearest",
    "stochastic_lost_pct": "updates that stochastic left out",
    "behind_points": ("lost by nearest", "points"),
    "accuracy": ("accuracy", "%"),
}
ZH = {
    "title": "随机舍入：bf16 会丢掉小的更新，按概率舍入才留得住",
    "about": "bf16 只有 7 位尾数，值为 1 的权重要么移动 0.0078，要么不动。学习率一小，大多数更新不到半步：就近舍入后权"
    "重原地不动，一步如此，一千步也如此。按距离的概率向上舍入，不动的次数差不多一样多，但平均下来什么也不丢。用普通 "
    "SGD 训练网络认数字，权重保存为 fp32，或每步之后舍入到 bf16。对照是把 fp32 权重最后才舍入一次：bf16 装得下学到的东"
    "西，是学习过程需要更高精度。学习率提高到十倍时，就近舍入几乎不吃亏。只舍入权重，不动激活和梯度。",
    "knobs": {"rate": "学习率", "epochs": "epoch 数", "seed": "种子"},
    "measures": {
        "fp32_accuracy_pct": "FP32 权重的准确率", "nearest_accuracy_pct": "BF16 就近舍入的准确率",
        "stochastic_accuracy_pct": "BF16 随机舍入的准确率", "once_accuracy_pct": "FP32 最后舍入一次的准确率",
        "lost_pct": "就近舍入丢掉的更新", "stochastic_lost_pct": "随机舍入没动的更新",
        "behind_points": ("就近舍入比 FP32 低", "个点"), "accuracy": ("准确率", "%"), "epochs": "epoch 数",
        "nearest": "就近舍入",
        "stochastic": "随机舍入",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
