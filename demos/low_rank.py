"""Low rank: two thin layers instead of one, and when that is smaller, faster and still right.

The 256x256 layer of a net trained on real digits becomes a product of two thin ones. Rank r is smaller only below
r = mn/(m+n), here 128, and faster only well below that: a 1024x1024 layer is timed live, and at its break-even, 512, it
gains nothing. The SVD loses least of the weights; weighing by the inputs first ("aware") loses least of the output.
The control is a random matrix: it has no low rank, and loses more than a third of its energy at half the break-even.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def svd(weight: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    u, s, v = torch.linalg.svd(weight, full_matrices=False)
    return u[:, :rank] * s[:rank], v[:rank]


def aware(weight: Tensor, inputs: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """The SVD of weight @ root, where root @ root.T = inputs.T @ inputs: directions count as the inputs use them."""
    gram = (inputs.T @ inputs).double()
    root = torch.linalg.cholesky(gram + 1e-6 * gram.diag().mean() * torch.eye(len(gram)))
    left, right = svd(weight.double() @ root, rank)
    return left.float(), torch.linalg.solve_triangular(root, right, upper=False, left=False).float()


@torch.no_grad()
def fastest(runs: dict[str, Callable[[], Tensor]]) -> dict[str, float]:
    """Seconds of the fastest of 15 runs of each, taking turns."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(15):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


@torch.no_grad()
def main(rank: Annotated[int, range(1, 129)] = 8, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    with torch.enable_grad():
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    weight, known, fresh = net[2].weight.clone(), net[:2](x), net[:2](x_test)
    full, random = nets.accuracy(net, x_test, y_test), torch.randn(256, 256)
    print(f"full rank, {weight.numel()} weights: {full:.1f} % of the test digits right")

    def lost(weight: Tensor, factors: tuple[Tensor, Tensor], inputs: Tensor) -> float:
        """Energy of the outputs that the factors get wrong, in per cent."""
        outputs = inputs @ weight.T
        return 100 * ((inputs @ (factors[0] @ factors[1]).T - outputs).square().sum() / outputs.square().sum()).item()

    factors = {"svd": svd(weight, rank), "aware": aware(weight, known, rank)}
    right, error = {}, {name: lost(weight, pair, fresh) for name, pair in factors.items()}
    for name, (left, thin) in factors.items():
        net[2].weight.copy_(left @ thin)
        right[name] = nets.accuracy(net, x_test, y_test)
        print(
            f"rank {rank}, {left.numel() + thin.numel()} weights, {name}: {error[name]:.2f} % of the output lost,",
            end=" ",
        )
        print(f"{right[name]:.1f} % right")

    token, layers = torch.randn(1, 1024), {"full": nn.Linear(1024, 1024)}
    for r in (512, 256, 128, 64, 32):
        layers[f"rank {r}"] = nn.Sequential(nn.Linear(1024, r, bias=False), nn.Linear(r, 1024))
    seconds = fastest({name: partial(layer, token) for name, layer in layers.items()})
    speed = {name: seconds["full"] / seconds[name] for name in layers if name != "full"}
    for name, ratio in speed.items():
        print(f"1024x1024 at {name}: {512 / int(name[5:]):.0f}x smaller, {ratio:.1f}x as fast")

    ranks, everything = [2, 4, 8, 16, 32, 64, 128], torch.eye(256)
    return {
        "full_accuracy_pct": full,
        "svd_accuracy_pct": right["svd"],
        "aware_accuracy_pct": right["aware"],
        "svd_error_pct": error["svd"],
        "aware_error_pct": error["aware"],
        "size_x": 256 * 256 / (rank * 512),
        "half_random_error_pct": lost(random, svd(random, 64), everything),
        "half_speed_x": speed["rank 256"],
        "even_speed_x": speed["rank 512"],
        "error_by_rank": {
            "x": ranks,
            "SVD": [lost(weight, svd(weight, r), fresh) for r in ranks],
            "aware": [lost(weight, aware(weight, known, r), fresh) for r in ranks],
            "random matrix": [lost(random, svd(random, r), everything) for r in ranks],
        },
        "speed": speed,
    }


LABELS = {
    "full_accuracy_pct": "accuracy, full rank",
    "svd_accuracy_pct": "accuracy, SVD",
    "aware_accuracy_pct": "accuracy, weighed by the inputs",
    "svd_error_pct": "error of the output, SVD",
    "aware_error_pct": "error of the output, weighed by the inputs",
    "size_x": "how many times smaller",
    "half_random_error_pct": "error of a random matrix at half the break-even",
    "half_speed_x": "speed at half the break-even",
    "even_speed_x": "speed at the break-even",
    "error": ("error of the output", "%"),
    "speed": ("speed", "x"),
}
TIMED = ("half_speed_x", "even_speed_x", "speed")
ZH = {
    "title": "低秩：用两个窄层代替一个，什么时候更小、更快，准确率又不掉",
    "about": "用手写数字训练的网络中，一个 256x256 的层变成两个窄层的乘积。秩 r 低于平衡点 mn/(m+n)（这里是 128）才更"
    "小，要低得多才更快：实测一个 1024x1024 的层，秩取平衡点 512 时毫无收益。SVD 对权重的损失最小；先按输入加权（aware"
    "）对输出的损失最小。对照是随机矩阵：它没有低秩结构，在平衡点的一半处损失超过三分之一的能量。",
    "knobs": {"rank": "秩", "seed": "种子"},
    "measures": {
        "full_accuracy_pct": "满秩的准确率", "svd_accuracy_pct": "SVD 的准确率",
        "aware_accuracy_pct": "按输入加权的准确率", "svd_error_pct": "SVD 的输出误差",
        "aware_error_pct": "按输入加权的输出误差", "size_x": "缩小倍数",
        "half_random_error_pct": "随机矩阵在平衡点一半处的误差", "half_speed_x": "平衡点一半处的速度",
        "even_speed_x": "平衡点处的速度", "error": ("输出误差", "%"), "aware": "按输入加权",
        "random matrix": "随机矩阵", "speed": ("速度", "x"), "rank 512": "秩 512", "rank 256": "秩 256",
        "rank 128": "秩 128", "rank 64": "秩 64", "rank 32": "秩 32",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
