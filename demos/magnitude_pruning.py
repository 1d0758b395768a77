"""Prune single weights by magnitude: how many can go, and why zeros are not speed.

A net trained on real digits loses its smallest weights and is trained on with those held at zero. The control drops
weights at random: worse at once, and still worse after training. Then a 1024x1024 layer with as many zeros is timed
live. Under PyTorch's mask it is slower, for the mask is multiplied in at each use, and the file holds weights and mask.
With the zeros made permanent it is as large and as fast as before. A sparse format pays only when most are gone.
"""

import copy
import io
import time
import warnings
from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import prune

warnings.filterwarnings("ignore", message="Sparse CSR tensor support")
METHODS = {"magnitude": prune.L1Unstructured, "random": prune.RandomUnstructured}


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


def file_size(saved: object) -> int:
    file = io.BytesIO()
    torch.save(saved, file)
    return file.tell()


def main(
    sparsity: Annotated[int, range(50, 100, 5)] = 80, epochs: Annotated[int, range(1, 21)] = 12, seed: int = 0
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15, lr=6e-3, batch=100)
    dense = nets.accuracy(net, x_test, y_test)
    print(f"all weights: {dense:.1f} % of the test digits right")

    def pruned(method: str, sparsity: int) -> nn.Sequential:
        smaller = copy.deepcopy(net)
        weights = [(layer, "weight") for layer in smaller[::2]]
        prune.global_unstructured(weights, METHODS[method], amount=sparsity / 100)
        return smaller

    def trained_on(net: nn.Sequential) -> nn.Sequential:  # the mask stays on
        return nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs, batch=100)

    measured, known = {"dense_accuracy_pct": dense}, {}
    for method in METHODS:
        smaller = pruned(method, sparsity)
        now = known[f"{method} at once", sparsity] = nets.accuracy(smaller, x_test, y_test)
        later = known[method, sparsity] = nets.accuracy(trained_on(smaller), x_test, y_test)
        measured |= {f"{method}_accuracy_pct": now, f"{method}_retrained_accuracy_pct": later}
        print(f"{sparsity} % gone, {method}: {now:.1f} % right, {later:.1f} % after {epochs} epochs")

    token, full = torch.randn(1024), nn.Linear(1024, 1024, bias=False)
    masked, zeros = prune.l1_unstructured(copy.deepcopy(full), "weight", sparsity / 100), copy.deepcopy(full)
    zeros.weight = nn.Parameter(masked.weight.detach().clone())
    sparse = zeros.weight.detach().to_sparse_csr()
    runs = {"full": lambda: full(token), "mask": lambda: masked(token)}
    seconds = fastest({**runs, "zeros": lambda: zeros(token), "sparse": lambda: sparse @ token})
    compact = [sparse.crow_indices().int(), sparse.col_indices().int(), sparse.values()]  # 32 bits a position
    saved = {"mask": masked.state_dict(), "zeros": zeros.state_dict(), "sparse": compact}
    speed = {name: seconds["full"] / seconds[name] for name in saved}
    files = {name: file_size(what) / file_size(full.state_dict()) for name, what in saved.items()}
    for name in saved:
        print(f"a large layer, {name}: {speed[name]:.2f}x as fast, file {files[name]:.2f}x as large")

    shares = sorted({50, 80, 95, sparsity})
    smaller = {method: [pruned(method, share) for share in shares] for method in METHODS}
    curves = {
        method: [
            known.get((f"{method} at once", share)) or nets.accuracy(n, x_test, y_test)
            for share, n in zip(shares, smaller[method], strict=True)
        ]
        for method in METHODS
    }
    curves["magnitude, retrained"] = [
        known.get(("magnitude", share)) or nets.accuracy(trained_on(n), x_test, y_test)
        for share, n in zip(shares, smaller["magnitude"], strict=True)
    ]
    return {
        **measured,
        **{f"{name}_speed_x": value for name, value in speed.items()},
        **{f"{name}_file_x": value for name, value in files.items()},
        "accuracy_by_sparsity": {"x": shares, **curves},
        "speed": speed,
    }


LABELS = {
    "dense_accuracy_pct": "accuracy, dense",
    "magnitude_accuracy_pct": "accuracy, by magnitude",
    "magnitude_retrained_accuracy_pct": "accuracy, by magnitude and trained on",
    "random_accuracy_pct": "accuracy, at random",
    "random_retrained_accuracy_pct": "accuracy, at random and trained on",
    "mask_speed_x": "speed with a mask",
    "zeros_speed_x": "speed with zeros",
    "sparse_speed_x": "speed in a sparse format",
    "mask_file_x": "file with a mask",
    "zeros_file_x": "file with zeros",
    "sparse_file_x": "file in a sparse format",
    "accuracy": ("accuracy", "%"),
    "speed": ("speed", "x"),
}
TIMED = ("mask_speed_x", "zeros_speed_x", "sparse_speed_x", "speed")
ZH = {
    "title": "按幅值剪掉单个权重：能剪多少，以及为什么稀疏不等于加速",
    "about": "用手写数字训练的网络去掉最小的权重，再在这些位置保持为零的情况下继续训练。对照是随机去掉：立刻更差，训练"
    "后仍然更差。然后对一个有同样多零的 1024x1024 层实测速度。用 PyTorch 的 mask 反而比没剪时慢，因为每次使用都要乘一遍"
    " mask，文件里也同时存着权重和 mask。把零固定下来后，大小和速度与原来一样。只有绝大多数都是零时，稀疏格式才划算。",
    "knobs": {"sparsity": "稀疏度", "epochs": "epoch 数", "seed": "种子"},
    "measures": {
        "dense_accuracy_pct": "剪枝前的准确率", "magnitude_accuracy_pct": "按幅值剪的准确率",
        "magnitude_retrained_accuracy_pct": "按幅值剪再训练的准确率", "random_accuracy_pct": "随机剪的准确率",
        "random_retrained_accuracy_pct": "随机剪再训练的准确率", "mask_speed_x": "用 mask 的速度",
        "zeros_speed_x": "置零后的速度", "sparse_speed_x": "稀疏格式的速度", "mask_file_x": "用 mask 的文件大小",
        "zeros_file_x": "置零后的文件大小", "sparse_file_x": "稀疏格式的文件大小", "accuracy": ("准确率", "%"),
        "magnitude": "按幅值", "random": "随机", "magnitude, retrained": "按幅值，再训练", "speed": ("速度", "x"),
        "mask": "mask", "zeros": "置零", "sparse": "稀疏格式",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
