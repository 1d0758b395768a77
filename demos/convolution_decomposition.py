"""Take a convolution apart: 1xk and kx1, depthwise-separable, Tucker: multiplications counted and timed.

The two inner convolutions of a small net on real digits are built in each way and trained. Tucker-2 instead takes the
trained ones apart (channels down to a rank, a small convolution, channels up again): that hurts until it is trained on
a little. Each is timed live with 64 channels on a 32x32 image: the clock gives less than the count of multiplications
promises, for thin layers keep a processor less busy. Digits are easy: even the smallest costs only a point or two.
"""

import copy
import time
from collections.abc import Callable
from functools import partial
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def conv(c: int, k: int) -> nn.Module:
    return nn.Conv2d(c, c, k, padding=k // 2, bias=False)


def one_by_k(c: int, k: int) -> nn.Module:
    wide, high = {"padding": (0, k // 2), "bias": False}, {"padding": (k // 2, 0), "bias": False}
    return nn.Sequential(nn.Conv2d(c, c, (1, k), **wide), nn.Conv2d(c, c, (k, 1), **high))


def depthwise(c: int, k: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(c, c, k, padding=k // 2, groups=c, bias=False), nn.Conv2d(c, c, 1, bias=False))


@torch.no_grad()
def tucker(full: nn.Conv2d, rank: int) -> nn.Module:
    """The best few directions of the output channels and of the input channels, and the core between them."""
    weight, c, k = full.weight, full.out_channels, full.kernel_size[0]
    up = torch.linalg.svd(weight.reshape(c, -1), full_matrices=False)[0][:, :rank]
    down = torch.linalg.svd(weight.transpose(0, 1).reshape(c, -1), full_matrices=False)[0][:, :rank]
    layers = nn.Conv2d(c, rank, 1, bias=False), conv(rank, k), nn.Conv2d(rank, c, 1, bias=False)
    layers[0].weight.copy_(down.T[:, :, None, None])
    layers[1].weight.copy_(torch.einsum("oikl,or,is->rskl", weight, up, down))
    layers[2].weight.copy_(up[:, :, None, None])
    return nn.Sequential(*layers)


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


def main(kernel: Annotated[int, range(3, 8, 2)] = 3, rank: Annotated[int, range(4, 33, 4)] = 8, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    x, x_test = x.view(-1, 1, 8, 8), x_test.view(-1, 1, 8, 8)

    def build(block: Callable[[int, int], nn.Module]) -> nn.Sequential:
        first = [nn.Conv2d(1, 32, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU()]
        inner = [block(32, kernel), nn.BatchNorm2d(32), nn.ReLU(), block(32, kernel), nn.BatchNorm2d(32), nn.ReLU()]
        return nn.Sequential(*first, *inner, nn.Flatten(), nn.Linear(512, 10))

    def train(net: nn.Sequential, epochs: int, lr: float) -> float:
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs, lr, batch=100)
        return nets.accuracy(net, x_test, y_test)

    trained, right = {}, {}
    for name, block in (("full", conv), ("one_by_k", one_by_k), ("depthwise", depthwise)):
        trained[name] = build(block)
        right[name] = train(trained[name], epochs=5, lr=1e-2)
        print(f"{LABELS[name]}: {right[name]:.1f} % of the test digits right")
    taken = copy.deepcopy(trained["full"])
    taken[3], taken[6] = tucker(taken[3], rank), tucker(taken[6], rank)
    at_once = nets.accuracy(taken, x_test, y_test)
    right["tucker"] = train(taken, epochs=3, lr=5e-3)
    print(f"Tucker of rank {rank}: {at_once:.1f} % right at once, {right['tucker']:.1f} % after 3 epochs")

    image, large = torch.randn(1, 64, 32, 32), {"full": conv(64, kernel)}
    large |= {"one_by_k": one_by_k(64, kernel), "depthwise": depthwise(64, kernel)}
    large["tucker"] = tucker(large["full"], 2 * rank)  # the same share of the channels
    weights = {name: sum(p.numel() for p in block.parameters()) for name, block in large.items()}
    work = {name: weights["full"] / n for name, n in weights.items()}  # each weight is used once for each pixel
    seconds = fastest({name: partial(block, image) for name, block in large.items()})
    speed = {name: seconds["full"] / seconds[name] for name in large}
    for name in ("one_by_k", "depthwise", "tucker"):
        print(f"64 channels, {LABELS[name]}: {work[name]:.1f}x fewer multiplications, {speed[name]:.1f}x as fast")
    return {
        **{f"{name}_accuracy_pct": value for name, value in right.items()},
        "tucker_at_once_accuracy_pct": at_once,
        **{f"{name}_work_x": work[name] for name in large if name != "full"},
        **{f"{name}_speed_x": speed[name] for name in large if name != "full"},
        "fewer_multiplications": work,
        "as_fast": speed,
    }


LABELS = {
    "full_accuracy_pct": "accuracy, whole",
    "one_by_k_accuracy_pct": "accuracy, 1xk and kx1",
    "depthwise_accuracy_pct": "accuracy, depthwise-separable",
    "tucker_accuracy_pct": "accuracy, Tucker, trained on",
    "tucker_at_once_accuracy_pct": "accuracy, Tucker at once",
    "one_by_k_work_x": "fewer multiplications, 1xk and kx1",
    "depthwise_work_x": "fewer multiplications, depthwise-separable",
    "tucker_work_x": "fewer multiplications, Tucker",
    "one_by_k_speed_x": "speed, 1xk and kx1",
    "depthwise_speed_x": "speed, depthwise-separable",
    "tucker_speed_x": "speed, Tucker",
    "full": "whole",
    "one_by_k": "1xk and kx1",
    "depthwise": "depthwise-separable",
    "tucker": "Tucker",
    "fewer_multiplications": ("how many times fewer multiplications", "x"),
    "as_fast": ("how many times as fast", "x"),
}
TIMED = ("one_by_k_speed_x", "depthwise_speed_x", "tucker_speed_x", "as_fast")
ZH = {
    "title": "拆开卷积：1xk 加 kx1、depthwise-separable、Tucker，乘法次数算出来，速度测出来",
    "about": "一个小网络用来认手写数字，中间两个卷积换成各种拆法，各自训练。Tucker-2 则是把训练好的卷积拆开（通道降到"
    "秩、小卷积、通道升回来）：刚拆完会变差，再微调几个 epoch 就好了。速度用 64 通道、32x32 的图实测：时间省得没有乘法"
    "次数那么多，因为窄层喂不饱处理器。手写数字很容易认，最小的网络也只差一两个点。",
    "knobs": {"kernel": "卷积核大小", "rank": "秩", "seed": "种子"},
    "measures": {
        "full_accuracy_pct": "完整卷积的准确率", "one_by_k_accuracy_pct": "1xk 加 kx1 的准确率",
        "depthwise_accuracy_pct": "depthwise 的准确率", "tucker_accuracy_pct": "Tucker 微调后的准确率",
        "tucker_at_once_accuracy_pct": "Tucker 微调前的准确率", "one_by_k_work_x": "1xk 加 kx1 的乘法次数压缩倍数",
        "depthwise_work_x": "depthwise 的乘法次数压缩倍数", "tucker_work_x": "Tucker 的乘法次数压缩倍数",
        "one_by_k_speed_x": "1xk 加 kx1 的速度", "depthwise_speed_x": "depthwise 的速度",
        "tucker_speed_x": "Tucker 的速度", "full": "完整", "one_by_k": "1xk 加 kx1",
        "tucker": "Tucker", "fewer_multiplications": ("乘法次数压缩", "x"), "as_fast": ("速度", "x"),
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
