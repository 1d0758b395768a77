"""Remove whole neurons: the layers really get smaller, and a least-squares refit makes good nearly all of it.

A neuron goes with its row of weights, its bias and its column in the next layer. Deleting alone hurts; solving for the
weights of the smaller layers that best reproduce the old activations (a linear system, no gradient step) mends it. The
control picks the neurons at random: after the refit it does about as well, so the refit matters here and the ranking
does not. A net of this size is too small to run faster; the time is that of a large layer, measured live.
"""

import time
from collections.abc import Callable
from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


@torch.no_grad()
def shrink(net: nn.Sequential, kept: list[Tensor], x: Tensor, refit: bool) -> nn.Sequential:
    """The net with only the `kept` neurons of each hidden layer; x are the training inputs to refit on."""
    small, columns, wanted, given = nets.mlp(64, *map(len, kept), 10), torch.arange(64), x, x
    for old, new, rows in zip(net[::2], small[::2], [*kept, torch.arange(10)], strict=True):
        new.weight.copy_(old.weight[rows][:, columns])
        new.bias.copy_(old.bias[rows])
        if refit:  # the weights and bias that turn what the small layer is given into what the old one made
            inputs = F.pad(given, (0, 1), value=1.0).double()
            ridge = 1e-3 * inputs.square().sum() / inputs.shape[1] * torch.eye(inputs.shape[1])
            solved = torch.linalg.solve(inputs.T @ inputs + ridge, inputs.T @ old(wanted)[:, rows].double())
            new.weight.copy_(solved[:-1].T)
            new.bias.copy_(solved[-1])
        columns, wanted, given = rows, old(wanted).relu(), new(given).relu()
    return small


@torch.no_grad()
def fastest(runs: dict[str, Callable[[], Tensor]]) -> dict[str, float]:
    """Seconds of the fastest of 10 runs of each, taking turns."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(10):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


def main(
    kept: Annotated[int, range(5, 101, 5)] = 15,
    score: Literal["norms", "random"] = "norms",
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"all 512 hidden neurons: {fp32:.1f} % of the test digits right")

    layers = net[::2]
    scores = [a.weight.norm(dim=1) * b.weight.norm(dim=0) for a, b in ((layers[0], layers[1]), (layers[1], layers[2]))]
    if score == "random":
        scores = [torch.rand(256) for _ in scores]

    def smaller(percent: int, refit: bool) -> nn.Sequential:
        return shrink(net, [s.topk(256 * percent // 100).indices for s in scores], x, refit)

    only, mended = smaller(kept, False), smaller(kept, True)
    weights = [sum(p.numel() for p in n.parameters()) for n in (net, mended)]
    deleted, refitted = (nets.accuracy(n, x_test, y_test) for n in (only, mended))
    print(f"{kept} % of the neurons, {100 * weights[1] / weights[0]:.1f} % of the weights: ", end="")
    print(f"deleted only {deleted:.1f} %, refitted {refitted:.1f} % right")

    token, large, less = torch.randn(1, 1024), nets.mlp(1024, 4096, 1024), nets.mlp(1024, 4096 * kept // 100, 1024)
    seconds = fastest({"large": lambda: large(token), "less": lambda: less(token)})
    speed = seconds["large"] / seconds["less"]
    print(f"a 1024-4096-1024 block with as many of its neurons kept: {speed:.1f}x as fast on one token")

    percents = [5, 10, 15, 20, 30, 40, 50, 75, 100]
    return {
        "fp32_accuracy_pct": fp32,
        "deleted_accuracy_pct": deleted,
        "refitted_accuracy_pct": refitted,
        "weights_pct": 100 * weights[1] / weights[0],
        "speed_x": speed,
        "accuracy_by_kept": {
            "x": percents,
            "deleted": [nets.accuracy(smaller(p, False), x_test, y_test) for p in percents],
            "refitted": [nets.accuracy(smaller(p, True), x_test, y_test) for p in percents],
        },
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "deleted_accuracy_pct": "accuracy, deleted only",
    "refitted_accuracy_pct": "accuracy, refitted",
    "weights_pct": "weights left",
    "speed_x": "speed of a large block",
    "accuracy": ("accuracy", "%"),
    "kept": ("neurons kept", "%"),
}
TIMED = ("speed_x",)
ZH = {
    "title": "整个神经元一起剪：层真的变小，用最小二乘重新拟合，准确率几乎全补回来",
    "about": "神经元连同它那一行权重、bias 和下一层的那一列一起删。只删会变差；为变小的层求出最能重现原来激活的权重（解"
    "线性方程组，没有梯度）就补好了。对照是随机选神经元：重新拟合之后差不多一样好，所以在这里要紧的是重新拟合，不是排序"
    "。这么小的网络不会更快；时间是在一个大层上实测的。",
    "knobs": {"kept": "保留比例", "score": "打分", "seed": "种子"},
    "measures": {
        "norms": "按范数", "random": "随机",
        "fp32_accuracy_pct": "FP32 准确率", "deleted_accuracy_pct": "只删的准确率",
        "refitted_accuracy_pct": "重新拟合的准确率", "weights_pct": "剩下的权重占比", "speed_x": "大层的速度",
        "accuracy": ("准确率", "%"), "deleted": "只删", "refitted": "重新拟合",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
