"""Layer-wise pruning: ask each layer how much it can lose, and share out the zeros accordingly.

A small convolutional net is trained on real digits. A scan prunes one layer at a time and notes how the loss on some
training digits grows; then every layer loses as much as one common tolerance allows, chosen to give the total asked
for. The control takes the same share from every layer, so that the small first and last layers pay as much as the large
ones. One threshold for all weights ("global") needs no scan and does about as well here, better where 80 % are to go.
Nothing is trained afterwards.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

NAMES = ("conv 1", "conv 2", "linear 1", "linear 2")
SHARES = [*range(0, 70, 20), *range(70, 100, 2)]  # per cent of a layer


@torch.no_grad()
def main(sparsity: Annotated[int, range(50, 96, 5)] = 70, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    x, x_test = x.view(-1, 1, 8, 8), x_test.view(-1, 1, 8, 8)
    convolutions = [nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU()]
    net = nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10))
    with torch.enable_grad():
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=8)
    dense = nets.accuracy(net, x_test, y_test)
    print(f"dense: {dense:.1f} % of the test digits right")

    weights = {name: p for name, p in net.named_parameters() if name.endswith("weight")}
    sizes = torch.tensor([w.numel() for w in weights.values()])
    ranks = [w.abs().flatten().argsort().argsort().view_as(w) for w in weights.values()]  # 0: the smallest of its layer

    def outputs(shares: list[float], x: Tensor) -> Tensor:
        """Of the net without the smallest weights of each layer, a share in per cent of each."""
        cut = (n * share / 100 for n, share in zip(sizes, shares, strict=True))
        kept = {name: w * (rank >= n.round()) for (name, w), rank, n in zip(weights.items(), ranks, cut, strict=True)}
        return torch.func.functional_call(net, kept, (x,))

    def loss(shares: list[float]) -> float:
        return F.cross_entropy(outputs(shares, x[:200]), y[:200]).item()

    scan, base = {}, loss([0] * 4)
    for i, name in enumerate(NAMES):
        scan[name] = [loss([s if layer == i else 0 for layer in range(4)]) - base for s in SHARES]
        print(f"{name}, {sizes[i]} weights: loss {scan[name][SHARES.index(80)]:+.3f} with 80 % of them gone")

    rises, choices = torch.tensor(list(scan.values())), torch.tensor(SHARES)
    for tolerance in rises.flatten().sort().values:
        shares = torch.where(rises <= tolerance, choices, 0).amax(1)  # the most that each layer can lose
        total = ((shares * sizes).sum() / sizes.sum()).item()
        if total >= sparsity:
            break
    every = torch.cat([w.abs().flatten() for w in weights.values()])
    threshold = every.kthvalue(round(len(every) * total / 100)).values
    common = [100 * (w.abs() <= threshold).float().mean().item() for w in weights.values()]

    policies, right = {"uniform": [total] * 4, "scan": shares.tolist(), "global": common}, {}
    for name, policy in policies.items():
        right[name] = 100 * (outputs(policy, x_test).argmax(1) == y_test).float().mean().item()
        print(f"{name}: {', '.join(f'{share:.0f}' for share in policy)} % gone, {total:.1f} % in all: ", end="")
        print(f"{right[name]:.1f} % right")
    return {
        "dense_accuracy_pct": dense,
        **{f"{name}_accuracy_pct": value for name, value in right.items()},
        "sparsity_pct": total,
        "loss_by_share": {"x": SHARES, **scan},
        "scan_shares": dict(zip(NAMES, shares.tolist(), strict=True)),
    }


LABELS = {
    "dense_accuracy_pct": "accuracy, dense",
    "uniform_accuracy_pct": "accuracy, the same share everywhere",
    "scan_accuracy_pct": "accuracy, shares by the scan",
    "global_accuracy_pct": "accuracy, one threshold",
    "sparsity_pct": "gone in all",
    "loss": "rise of the loss",
    "share": ("share of the layer", "%"),
    "scan_shares": ("gone by the scan", "%"),
}
ZH = {
    "title": "逐层剪枝：先测每一层能剪多少，再分配各层的比例",
    "about": "一个小卷积网络用手写数字训练。扫描每次只剪一层，记下一些训练图上 loss 涨了多少；然后每层都剪到同一个容忍"
    "度，容忍度按要求的总量来定。对照是每层剪同样的比例，小的首尾层和大层剪得一样狠。所有权重共用一个阈值（global）不需"
    "要扫描，在这里差不多一样好，剪 80% 时更好。之后不再训练。",
    "knobs": {"sparsity": "总稀疏度", "seed": "种子"},
    "measures": {
        "dense_accuracy_pct": "剪枝前的准确率", "uniform_accuracy_pct": "各层同比例的准确率",
        "scan_accuracy_pct": "按扫描分配的准确率", "global_accuracy_pct": "共用阈值的准确率",
        "sparsity_pct": "总共剪掉的比例", "loss": "loss 增量", "share": ("该层剪掉的比例", "%"), "conv 1": "卷积 1",
        "conv 2": "卷积 2", "linear 1": "全连接 1", "linear 2": "全连接 2", "scan_shares": ("扫描给出的比例", "%"),
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
