"""Network Trimming: a neuron that never fires goes for free, and what its zeros say beyond that.

APoZ is the average percentage of zeros that a neuron puts out over the training data (Hu 2016). Neurons at 100 % go
without a trace: the outputs stay the same. To go further, Hu trims those with the highest APoZ and retrains. Here that
ranking is worse than a random choice, the control, though not since it drops specialists: what goes fires on two images
in three, what stays on nine in ten. Retraining makes good most of the difference. Digits on a small net are not the
VGG-16 of the paper.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


@torch.no_grad()
def trim(net: nn.Sequential, kept: list[Tensor]) -> nn.Sequential:
    """Only the `kept` neurons of each hidden layer: their rows, their biases, their columns in the next layer."""
    small, columns = nets.mlp(64, *map(len, kept), 10), torch.arange(64)
    for old, new, rows in zip(net[::2], small[::2], [*kept, torch.arange(10)], strict=True):
        new.weight.copy_(old.weight[rows][:, columns])
        new.bias.copy_(old.bias[rows])
        columns = rows
    return small


def main(
    kept: Annotated[int, range(10, 101, 10)] = 50, epochs: Annotated[int, range(1, 11)] = 3, seed: int = 0
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"all 512 hidden neurons: {fp32:.1f} % of the test digits right")

    with torch.no_grad():
        apoz = [100 * (hidden == 0).float().mean(0) for hidden in (net[:2](x), net[:4](x))]
        alive = [(percent < 100).nonzero().flatten() for percent in apoz]
        trimmed = trim(net, alive)
        changed = int((trimmed(x_test).argmax(1) != net(x_test).argmax(1)).sum())
    dead = 512 - sum(map(len, alive))
    sizes = [sum(p.numel() for p in n.parameters()) for n in (net, trimmed)]
    print(f"{dead} never fire; without them {100 * sizes[1] / sizes[0]:.0f} % of the parameters are left, ", end="")
    print(f"and {changed} of {len(x_test)} test labels change")

    chances = [torch.rand(len(layer)) for layer in alive]
    scores = {"apoz": [100 - percent[layer] for percent, layer in zip(apoz, alive, strict=True)], "random": chances}
    right, curves, percents = {}, {}, list(range(10, 101, 10))
    for name, score in scores.items():

        def further(percent: int, score: list[Tensor] = score) -> nn.Sequential:
            return trim(trimmed, [s.topk(len(s) * percent // 100).indices for s in score])

        curves[name] = [nets.accuracy(further(percent), x_test, y_test) for percent in percents]
        small = further(kept)
        right[name] = nets.accuracy(small, x_test, y_test)
        nets.fit(small, lambda rows, n=small: F.cross_entropy(n(x[rows]), y[rows]), len(x), epochs, lr=2e-3)
        right[f"{name}_retrained"] = nets.accuracy(small, x_test, y_test)
        print(f"{kept} % of the living, {name}: {right[name]:.1f} %, ", end="")
        print(f"after {epochs} epochs {right[f'{name}_retrained']:.1f} % right")

    counts = {f"layer {i}": torch.histc(percent, 10, 0, 100).tolist() for i, percent in enumerate(apoz, 1)}
    return {
        "fp32_accuracy_pct": fp32,
        "dead_neurons": dead,
        "parameters_pct": 100 * sizes[1] / sizes[0],
        "changed_labels": changed,
        **{f"{name}_accuracy_pct": value for name, value in right.items()},
        "accuracy_by_kept": {"x": percents, **curves},
        "neurons_by_apoz": {"x": percents, **counts},
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "dead_neurons": "neurons that never fire",
    "parameters_pct": "parameters left without them",
    "changed_labels": "labels changed without them",
    "apoz_accuracy_pct": "accuracy, by APoZ",
    "apoz_retrained_accuracy_pct": "accuracy, by APoZ and trained on",
    "random_accuracy_pct": "accuracy, at random",
    "random_retrained_accuracy_pct": "accuracy, at random and trained on",
    "accuracy": ("accuracy", "%"),
    "kept": ("kept of the living", "%"),
    "apoz": ("APoZ", "%"),
    "random": "at random",
}
ZH = {
    "title": "Network Trimming：从不激活的神经元删掉也没有损失；此外，零的比例还能说明什么",
    "about": "APoZ 是一个神经元在训练数据上输出为零的平均百分比（Hu 2016）。100% 的可以不留痕迹地删掉：输出不变。再往下"
    "，Hu 删 APoZ 最高的，然后重新训练。在这里这个排序比随机选（对照）还差，但不是因为删掉了只认一个数字的神经元：删掉"
    "的在三分之二的图上激活，留下的在九成的图上。重新训练补回大部分差距。这里是认数字的小网络，不是论文里的 VGG-16。",
    "knobs": {"kept": "保留比例", "epochs": "epoch 数", "seed": "种子"},
    "measures": {
        "fp32_accuracy_pct": "FP32 准确率", "dead_neurons": "从不激活的神经元数",
        "parameters_pct": "删掉后剩下的参数占比",
        "changed_labels": "预测变了的图像数", "apoz_accuracy_pct": "按 APoZ 剪的准确率",
        "apoz_retrained_accuracy_pct": "按 APoZ 剪再训练的准确率", "random_accuracy_pct": "随机剪的准确率",
        "random_retrained_accuracy_pct": "随机剪再训练的准确率", "accuracy": ("准确率", "%"), "apoz": ("APoZ", "%"),
        "random": "随机", "neurons": "神经元数", "layer 1": "第 1 层", "layer 2": "第 2 层",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
