"""2:4 sparsity: two of every four weights go, and it matters who chooses them.

Sparse units in hardware skip half the work if at most two of four neighbours in a row are left. Magnitude drops the
smallest; Wanda weighs each by the size of its input; SparseGPT also lets the weights left make up for those dropped.
Random choice is one control; the other is magnitude without the pattern, as many weights anywhere in the layer:
what the pattern costs. The neurons are rescaled at random and their outputs divided by the same factors: the
function is unchanged and so is Wanda's choice, but magnitude is misled. What counts is the error of the net's outputs:
by accuracy on easy digits magnitude can look as good as Wanda. Nothing is retrained, nor faster without such hardware.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def best(scores: Tensor, kept: int) -> Tensor:
    """Ones at the `kept` largest scores of every four neighbours in a row, zeros elsewhere."""
    fours = scores.reshape(len(scores), -1, 4)
    return torch.zeros_like(fours).scatter(2, fours.topk(kept, 2).indices, 1.0).reshape(scores.shape)


def sparsegpt(weight: Tensor, inputs: Tensor, kept: int) -> Tensor:
    """Column by column, the error of what is dropped is spread over the columns still to come (Frantar 2023)."""
    hessian = (inputs.T @ inputs).double()
    hessian += (0.01 * hessian.diag() + 1e-9).diag()  # damping, each input by its own size
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(hessian)), upper=True)
    weight = weight.double()
    for i in range(weight.shape[1]):
        if i % 4 == 0:
            mask = best(weight[:, i : i + 4].square() / inverse.diag()[i : i + 4].square(), kept)
        error = weight[:, i] * (1 - mask[:, i % 4]) / inverse[i, i]
        weight[:, i:] -= error[:, None] * inverse[i, i:]
    return weight.float()


def largest(scores: Tensor, kept: int) -> Tensor:
    """Ones at as many of the largest scores, anywhere."""
    return (scores >= scores.flatten().topk(scores.numel() * kept // 4).values[-1]).float()


METHODS = {
    "random": lambda weight, inputs, kept: weight * best(torch.rand_like(weight), kept),
    "magnitude": lambda weight, inputs, kept: weight * best(weight.abs(), kept),
    "anywhere": lambda weight, inputs, kept: weight * largest(weight.abs(), kept),
    "wanda": lambda weight, inputs, kept: weight * best(weight.abs() * inputs.norm(dim=0), kept),
    "sparsegpt": sparsegpt,
}


@torch.no_grad()
def main(kept: Annotated[int, range(1, 5)] = 2, spread: Annotated[float, 0.0, 2.0, 0.25] = 1.5, seed: int = 0) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    with torch.enable_grad():
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    draws = torch.randn(2, 128)

    def rescaled(spread: float) -> nn.Sequential:
        other = copy.deepcopy(net)
        for draw, before, after in ((draws[0], other[0], other[2]), (draws[1], other[2], other[4])):
            factor = (spread * draw).exp()
            before.weight *= factor[:, None]
            before.bias *= factor
            after.weight /= factor
        return other

    def prune(method: str, spread: float) -> tuple[float, float]:
        """Error of the outputs, in per cent of their energy, and accuracy."""
        torch.manual_seed(seed + 1)  # the random choice is the same at every spread
        pruned, inputs = rescaled(spread), x[:512]
        for layer in pruned:
            if isinstance(layer, nn.Linear):
                layer.weight.copy_(METHODS[method](layer.weight, inputs, kept))
            inputs = layer(inputs)
        wrong = (pruned(x_test) - net(x_test)).square().sum() / net(x_test).square().sum()
        return 100 * wrong.item(), nets.accuracy(pruned, x_test, y_test)

    dense = nets.accuracy(rescaled(spread), x_test, y_test)
    print(f"dense, the neurons rescaled with spread {spread}: {dense:.1f} % of the test digits right")
    measured, spreads = {"dense_accuracy_pct": dense}, [0.0, 0.5, 1.0, 1.5, 2.0]
    for method in METHODS:
        error, right = prune(method, spread)
        measured |= {f"{method}_error_pct": error, f"{method}_accuracy_pct": right}
        print(f"{kept} of every 4 kept, {method}: outputs {error:.1f} % off, {right:.1f} % right")
    curves = {method: [prune(method, s)[0] for s in spreads] for method in METHODS}
    return {**measured, "error_by_spread": {"x": spreads, **curves}}


LABELS = {
    "dense_accuracy_pct": "accuracy, dense",
    "random_error_pct": "error, at random",
    "random_accuracy_pct": "accuracy, at random",
    "magnitude_error_pct": "error, by magnitude",
    "magnitude_accuracy_pct": "accuracy, by magnitude",
    "anywhere_error_pct": "error, by magnitude anywhere",
    "anywhere_accuracy_pct": "accuracy, by magnitude anywhere",
    "wanda_error_pct": "error, Wanda",
    "wanda_accuracy_pct": "accuracy, Wanda",
    "sparsegpt_error_pct": "error, SparseGPT",
    "sparsegpt_accuracy_pct": "accuracy, SparseGPT",
    "error": ("error of the outputs", "%"),
    "wanda": "Wanda",
    "sparsegpt": "SparseGPT",
    "spread": "spread of the rescaling",
}
ZH = {
    "title": "2:4 稀疏：每四个权重去掉两个，按什么选很关键",
    "about": "如果一行里相邻四个最多留两个，硬件的稀疏单元就能少做一半的乘法。按幅值丢最小的；Wanda 再乘上输入的大小；"
    "SparseGPT 还让留下的权重替丢掉的补偿。随机选是一个对照；另一个是不限 2:4 的幅值剪枝，在整层里留下同样多的权重，看 "
    "2:4 这个限制的代价。神经元被随机缩放，输出再除以同样的倍数：函数不变，Wanda 的选择也不变，幅值却被误导。要紧的是网"
    "络输出的误差：手写数字太容易认，只看准确率，按幅值剪可能和 Wanda 一样好。没有再训练；没有这种硬件也不会更快。",
    "knobs": {"kept": "每四个保留的个数", "spread": "缩放离散度", "seed": "种子"},
    "measures": {
        "dense_accuracy_pct": "剪枝前的准确率", "random_error_pct": "随机剪的误差",
        "random_accuracy_pct": "随机剪的准确率",
        "magnitude_error_pct": "按幅值剪的误差", "magnitude_accuracy_pct": "按幅值剪的准确率",
        "anywhere_error_pct": "整层按幅值剪的误差", "anywhere_accuracy_pct": "整层按幅值剪的准确率",
        "wanda_error_pct": "Wanda 的误差", "wanda_accuracy_pct": "Wanda 的准确率",
        "sparsegpt_error_pct": "SparseGPT 的误差", "sparsegpt_accuracy_pct": "SparseGPT 的准确率",
        "error": ("输出误差", "%"), "random": "随机", "magnitude": "按幅值", "anywhere": "整层按幅值", "wanda": "Wanda",
        "sparsegpt": "SparseGPT",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
