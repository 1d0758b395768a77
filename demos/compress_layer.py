"""Prune, factorize or quantize one layer: which does best with the same bytes?

The 256x256 layer of a net trained on real digits gets a budget in bits per weight, and three methods spend it.
Pruning marks each place with one bit and keeps the largest weights, in as many bits each as leave the least error.
Low rank keeps two thin 16-bit factors from the SVD. Quantization rounds every weight to 2**bits levels, and each group
of 32 has the 16-bit scale that fits it best. Nothing is trained again. The control is the same layer before training,
which has no low rank to find. What does not show here: the digits are so easy that the accuracy hardly tells the three
apart; the error of the layer's output does.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def rounded(groups: Tensor, bits: int) -> Tensor:
    """Each row to 2**bits levels, evenly spaced around zero, with the scale of six tried that leaves least error."""
    half, best = 2 ** (bits - 1), torch.full_like(groups, torch.inf)
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        step = groups.abs().amax(1, keepdim=True) * share / (half - 0.5)
        tried = ((groups / step).floor().clamp(-half, half - 1) + 0.5) * step
        closer = (tried - groups).square().sum(1) < (best - groups).square().sum(1)
        best = torch.where(closer[:, None], tried, best)
    return best


def prune(weight: Tensor, bits: float) -> tuple[Tensor, float]:
    found = []
    for each in (3, 4, 6, 8):  # bits of a weight that is kept; the places take one for every weight
        kept = min(weight.numel(), int(weight.numel() * (bits - 1) / (each + 16 / 32)))
        places = weight.abs().flatten().topk(kept - kept % 32).indices.sort().values
        smaller = torch.zeros(weight.numel())
        smaller[places] = rounded(weight.flatten()[places].reshape(-1, 32), each).flatten()
        found.append((smaller.reshape(weight.shape), weight.numel() / 8 + kept * (each + 16 / 32) / 8))
    return min(found, key=lambda pair: (pair[0] - weight).norm().item())


def factorize(weight: Tensor, bits: float) -> tuple[Tensor, float]:
    rank = int(weight.numel() * bits / 16 / sum(weight.shape))
    u, s, v = torch.linalg.svd(weight)
    return (u[:, :rank] * s[:rank]) @ v[:rank], 2 * rank * sum(weight.shape)


def quantize(weight: Tensor, bits: float) -> tuple[Tensor, float]:
    whole = int(bits)  # the half bit pays for the scales
    return rounded(weight.reshape(-1, 32), whole).reshape(weight.shape), weight.numel() / 8 * (whole + 16 / 32)


METHODS = {"prune": prune, "factorize": factorize, "quantize": quantize}


@torch.no_grad()
def main(bits: Annotated[int, range(2, 9)] = 2, trained: bool = True, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    if trained:
        with torch.enable_grad():
            nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    weight = net[2].weight.clone()
    outputs = net[:2](x_test) @ weight.T
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"fp32: {4 * weight.numel()} bytes, {fp32:.1f} % of the test digits right")

    measured, of_weights, sizes, accuracies = {}, {}, {}, {}
    for name, method in METHODS.items():
        smaller, sizes[name] = method(weight, bits + 0.5)
        net[2].weight.copy_(smaller)
        accuracies[name] = nets.accuracy(net, x_test, y_test)
        error = 100 * ((net[:2](x_test) @ smaller.T - outputs).norm() / outputs.norm()).item()
        off = 100 * ((smaller - weight).norm() / weight.norm()).item()
        print(f"{name:9} {sizes[name]:6.0f} bytes: weights {off:4.1f} % off, output {error:5.2f} % off,", end=" ")
        print(f"{accuracies[name]:.1f} % right")
        measured[f"{name}_error_pct"], of_weights[f"{name}_weight_error_pct"] = error, off

    def error(method: str, bits: int) -> float:
        smaller, _ = METHODS[method](weight, bits + 0.5)
        return 100 * ((net[:2](x_test) @ smaller.T - outputs).norm() / outputs.norm()).item()

    return {
        **measured,
        **{f"{name}_accuracy_pct": right for name, right in accuracies.items()},
        "fp32_accuracy_pct": fp32,
        **of_weights,
        "size_pct": 100 * max(sizes.values()) / (4 * weight.numel()),
        "error_by_bits": {"x": list(range(2, 9)), **{m: [error(m, b) for b in range(2, 9)] for m in METHODS}},
        "bytes": sizes,
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "prune_error_pct": "error, pruned",
    "prune_weight_error_pct": "error of weights, pruned",
    "factorize_error_pct": "error, factorized",
    "factorize_weight_error_pct": "error of weights, factorized",
    "quantize_error_pct": "error, quantized",
    "quantize_weight_error_pct": "error of weights, quantized",
    "prune_accuracy_pct": "accuracy, pruned",
    "factorize_accuracy_pct": "accuracy, factorized",
    "quantize_accuracy_pct": "accuracy, quantized",
    "size_pct": "bytes, of FP32",
    "error": ("error of the output", "%"),
    "prune": "pruned",
    "factorize": "factorized",
    "quantize": "quantized",
}
ZH = {
    "title": "剪枝、低秩分解、量化：同样的字节数，哪种最好？",
    "about": "用手写数字训练的网络里有一个 256x256 的层，预算是平均每个权重若干 bit，三种方法的预算一样。剪枝用 1 bit "
    "标出每个位置，留下最大的权重，每个用误差最小的 bit 数来存。低秩只存 SVD 分解出的两个 16 bit 窄矩阵。量化把每个权重"
    "舍入到 2**bits 级，每 32 个一组，用最合适的 16 bit scale。之后都不再训练。对照是训练前的同一层，那里没有低秩结构可"
    "用。手写数字太容易认，准确率几乎分不出三者的好坏，要看这一层的输出误差。",
    "knobs": {"bits": "bit 数", "trained": "是否训练过", "seed": "种子"},
    "measures": {
        "prune_error_pct": "剪枝的误差", "prune_weight_error_pct": "剪枝的权重误差",
        "factorize_error_pct": "低秩的误差", "factorize_weight_error_pct": "低秩的权重误差",
        "quantize_error_pct": "量化的误差", "quantize_weight_error_pct": "量化的权重误差",
        "prune_accuracy_pct": "剪枝的准确率", "factorize_accuracy_pct": "低秩的准确率",
        "quantize_accuracy_pct": "量化的准确率", "fp32_accuracy_pct": "FP32 准确率", "size_pct": "大小与 FP32 之比",
        "error": ("输出误差", "%"), "prune": "剪枝", "factorize": "低秩", "quantize": "量化", "bytes": "字节数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
