"""Layer-wise pruning: ask each layer how much it can lose, and share out the zeros accordingly.

A small convolutional net is trained on real digits. A scan prunes one layer at a time and notes how the loss on some
training digits grows; then every layer loses as much as one common tolerance allows, chosen to give the total asked
for. The control takes the same share from every layer, so that the small first and last layers pay as much as the large
ones. One threshold for all weights ("global") needs no scan and does as well here. Nothing is trained afterwards.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import nn

SHARES = [*range(0, 70, 10), *range(70, 100, 2)]  # per cent of a layer


@torch.no_grad()
def prune(net: nn.Sequential, shares: list[float]) -> nn.Sequential:
    """A copy without the smallest weights of each layer, a share in per cent of each."""
    net = copy.deepcopy(net)
    for layer, share in zip([m for m in net if hasattr(m, "weight")], shares, strict=True):
        smallest = layer.weight.abs().flatten().argsort()[: round(layer.weight.numel() * share / 100)]
        layer.weight.view(-1)[smallest] = 0
    return net


def main(sparsity: Annotated[int, range(50, 96, 5)] = 70, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    x, x_test = x.view(-1, 1, 8, 8), x_test.view(-1, 1, 8, 8)
    convolutions = [nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU()]
    dense_part = [nn.MaxPool2d(2), nn.Flatten(), nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10)]
    net = nn.Sequential(*convolutions, *dense_part)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=8)
    dense = nets.accuracy(net, x_test, y_test)
    print(f"dense: {dense:.1f} % of the test digits right")

    weights = [m.weight.detach() for m in net if hasattr(m, "weight")]
    sizes = torch.tensor([w.numel() for w in weights])

    @torch.no_grad()
    def loss(shares: list[float]) -> float:
        return F.cross_entropy(prune(net, shares)(x[:300]), y[:300]).item()

    names, scan, base = ("conv 1", "conv 2", "linear 1", "linear 2"), {}, loss([0] * 4)
    for i, name in enumerate(names):
        scan[name] = [loss([s if layer == i else 0 for layer in range(4)]) - base for s in SHARES]
        print(f"{name}, {sizes[i]} weights: loss {scan[name][SHARES.index(80)]:+.3f} with 80 % of them gone")

    rises, choices = torch.tensor(list(scan.values())), torch.tensor(SHARES)
    for tolerance in rises.flatten().sort().values:
        shares = torch.where(rises <= tolerance, choices, 0).amax(1)  # the most that each layer can lose
        total = ((shares * sizes).sum() / sizes.sum()).item()
        if total >= sparsity:
            break
    threshold = torch.cat([w.abs().flatten() for w in weights]).quantile(total / 100)
    common = [100 * (w.abs() <= threshold).float().mean().item() for w in weights]

    policies = {"uniform": [total] * 4, "scan": shares.tolist(), "global": common}
    right = {name: nets.accuracy(prune(net, policy), x_test, y_test) for name, policy in policies.items()}
    for name, policy in policies.items():
        print(f"{name}: {', '.join(f'{share:.0f}' for share in policy)} % gone, {total:.1f} % in all: ", end="")
        print(f"{right[name]:.1f} % right")
    return {
        "dense_accuracy_pct": dense,
        **{f"{name}_accuracy_pct": value for name, value in right.items()},
        "sparsity_pct": total,
        "loss_by_share": {"x": SHARES, **scan},
        "scan_shares": dict(zip(names, shares.tolist(), strict=True)),
    }


if __name__ == "__main__":
    main()
