"""LoRA: why a change of low rank is enough to adapt a net whose weights are not of low rank.

A net trained on real digits must learn them mirrored. Ordinary fine-tuning changes every weight, yet the change of the
256x256 layer has nearly all its energy in a few directions; the weights themselves spread theirs over many more. LoRA
trains only such a change: the old weights stay frozen, and each gets a product of two thin matrices added. With a small
rank it nearly does what fine-tuning does; rank 1 is too little. Both train for 10 epochs, each at a rate that suits it.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def energy_rank(matrix: Tensor) -> int:
    """How many directions hold 90 % of the squared singular values."""
    energy = torch.linalg.svdvals(matrix.detach()).square()
    return int((energy.cumsum(0) < 0.9 * energy.sum()).sum()) + 1


def main(rank: Annotated[int, range(1, 33)] = 4, epochs: Annotated[int, range(1, 21)] = 10, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    start = net[2].weight.detach().clone()
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15, lr=6e-3, batch=100)
    x, x_test = (images.view(-1, 8, 8).flip(2).reshape(-1, 64) for images in (x, x_test))
    before = nets.accuracy(net, x_test, y_test)
    print(f"a net trained on digits, on mirrored digits: {before:.1f} % right")

    tuned = copy.deepcopy(net)
    nets.fit(tuned, lambda rows: F.cross_entropy(tuned(x[rows]), y[rows]), len(x), epochs, lr=6e-3, batch=100)
    full = nets.accuracy(tuned, x_test, y_test)
    weight = net[2].weight
    found = {"at the start": start, "weights": weight, "first training": weight - start}
    found["fine-tuning"] = tuned[2].weight - weight
    ranks = {name: energy_rank(matrix) for name, matrix in found.items()}
    n_full = sum(p.numel() for p in net.parameters())
    print(f"fine-tuned, all {n_full} parameters: {full:.1f} % right")
    print("directions with 90 % of the energy:", ", ".join(f"{name} {rank}" for name, rank in ranks.items()))

    def lora(rank: int) -> tuple[float, int]:
        torch.manual_seed(seed + 1)
        down = nn.ParameterList([torch.randn(rank, layer.in_features) / layer.in_features**0.5 for layer in net[::2]])
        up = nn.ParameterList([torch.zeros(layer.out_features, rank) for layer in net[::2]])  # starts as the old net

        def outputs(x: Tensor) -> Tensor:
            weights = {f"{2 * i}.weight": net[2 * i].weight.detach() + up[i] @ down[i] for i in range(3)}
            return torch.func.functional_call(net, weights, (x,))

        trained = nn.ModuleList([down, up])
        nets.fit(trained, lambda rows: F.cross_entropy(outputs(x[rows]), y[rows]), len(x), epochs, lr=2e-2, batch=100)
        with torch.no_grad():
            right = 100 * (outputs(x_test).argmax(1) == y_test).float().mean().item()
        return right, sum(p.numel() for p in trained.parameters())

    right, n = lora(rank)
    print(f"LoRA of rank {rank}, {100 * n / n_full:.1f} % as many: {right:.1f} % right")
    tried = sorted({1, 2, 4, rank})
    curve = [right if r == rank else lora(r)[0] for r in tried]
    return {
        "before_accuracy_pct": before,
        "full_accuracy_pct": full,
        "lora_accuracy_pct": right,
        "trained_pct": 100 * n / n_full,
        "weight_rank": ranks["weights"],
        "learned_rank": ranks["first training"],
        "update_rank": ranks["fine-tuning"],
        "accuracy_by_rank": {"x": tried, "LoRA": curve, "fine-tuned": [full] * len(tried)},
        "energy_rank": ranks,
    }


LABELS = {
    "before_accuracy_pct": "accuracy before",
    "full_accuracy_pct": "accuracy, all weights tuned",
    "lora_accuracy_pct": "accuracy, LoRA",
    "trained_pct": "parameters trained by LoRA",
    "weight_rank": "directions of the weights",
    "learned_rank": "directions of the first training",
    "update_rank": "directions of fine-tuning",
    "accuracy": ("accuracy", "%"),
    "energy_rank": "directions with 90 % of the energy",
}
ZH = {
    "title": "LoRA：权重不是低秩的，训练带来的改变量却是低秩的",
    "about": "用手写数字训练的网络要学会认左右翻转的数字。普通微调改动每个权重，但 256x256 那一层的改变量，能量几乎都在"
    "少数几个方向上；第一次训练的改变量也是。权重本身要多得多的方向，因为大部分还是随机初始化。LoRA 只训练这种低秩的改"
    "变量：旧权重冻结，每个矩阵加上两个窄矩阵的乘积。秩很小就几乎赶上全量微调；但秩 1 不够。两者都训练 10 个 epoch，学"
    "习率各自调好。",
    "knobs": {"rank": "秩", "epochs": "epoch 数", "seed": "种子"},
    "measures": {
        "before_accuracy_pct": "微调前的准确率", "full_accuracy_pct": "全量微调的准确率",
        "lora_accuracy_pct": "LoRA 的准确率", "trained_pct": "LoRA 训练的参数占比", "weight_rank": "权重的方向数",
        "learned_rank": "第一次训练改变量的方向数", "update_rank": "微调改变量的方向数", "accuracy": ("准确率", "%"),
        "fine-tuned": "全量微调", "energy_rank": "占 90% 能量的方向数", "at the start": "初始化", "weights": "权重",
        "first training": "第一次训练", "fine-tuning": "微调",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
