"""One net through every method, with its account of bytes and accuracy.

A net trained on real digits loses most of its neurons (least-squares refit, then a little training), then most of its
bits (quantization-aware training), then what Huffman can save. The account counts weights, 16-bit biases, 16-bit scales
and the code table. One control rounds the pruned net without training; the other trains a net of the small size from
random weights, as long as the large one and what followed. What does not show here: distilling from the large net beats
plain labels by a few tenths at most, and by nothing once the bits are gone (turn it off and see).
"""

import copy
import heapq
from collections import Counter
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def shrink(net: nn.Sequential, kept: list[Tensor], x: Tensor) -> nn.Sequential:
    """Only the `kept` neurons of each hidden layer, their weights solved for to reproduce the old activations."""
    small, wanted, given = nets.mlp(64, *map(len, kept), 10), x, x
    for old, new, rows in zip(net[::2], small[::2], [*kept, torch.arange(10)], strict=True):
        inputs = F.pad(given, (0, 1), value=1.0).double()
        ridge = 1e-3 * inputs.square().sum() / inputs.shape[1] * torch.eye(inputs.shape[1])
        solved = torch.linalg.solve(inputs.T @ inputs + ridge, inputs.T @ old(wanted)[:, rows].double())
        new.weight.copy_(solved[:-1].T)
        new.bias.copy_(solved[-1])
        wanted, given = old(wanted).relu(), new(given).relu()
    return small


def codes(weight: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """Integers and their scale: symmetric, one scale per row."""
    step = weight.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
    return (weight / step).round(), step


def rounded(net: nn.Sequential, x: Tensor, bits: int) -> Tensor:
    """The outputs with rounded weights; gradients pass straight through."""
    products = [(name, p, codes(p, bits)) for name, p in net.named_parameters() if p.ndim == 2]
    weights = {name: p + (integers * step - p).detach() for name, p, (integers, step) in products}
    return torch.func.functional_call(net, weights, (x,))


def huffman_size(symbols: list[int]) -> int:
    """Bits of the symbols in their Huffman code, with 8 for each entry of its table."""
    trees = [(count, i, {symbol: 0}) for i, (symbol, count) in enumerate(Counter(symbols).items())]
    heapq.heapify(trees)
    while len(trees) > 1:
        (a, i, left), (b, _, right) = heapq.heappop(trees), heapq.heappop(trees)
        heapq.heappush(trees, (a + b, i, {symbol: length + 1 for symbol, length in (left | right).items()}))
    lengths = trees[0][2]
    return sum(lengths[symbol] for symbol in symbols) + 8 * len(lengths)


def main(
    kept: Annotated[int, range(5, 51, 5)] = 15,
    bits: Annotated[int, range(2, 7)] = 3,
    distill: bool = True,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 256, 256, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    first, second, third = net[::2]
    accuracy, kilobytes = {}, {}

    @torch.no_grad()
    def account(stage: str, net: nn.Sequential, bits: int = 32, huffman: bool = False) -> None:
        size = sum(p.numel() for p in net.parameters()) * 32
        if bits < 32:
            weights = [p for p in net.parameters() if p.ndim == 2]
            integers = [codes(weight, bits)[0].flatten().int().tolist() for weight in weights]
            size = 2 * 16 * sum(len(w) for w in weights)  # a bias and a scale for each row
            size += sum(huffman_size(i) if huffman else bits * len(i) for i in integers)
        out = rounded(net, x_test, bits) if bits < 32 else net(x_test)
        accuracy[stage], kilobytes[stage] = 100 * (out.argmax(1) == y_test).float().mean().item(), size / 8000
        print(
            f"{stage}: {size / 8000:.2f} kB, {kilobytes['fp32'] / kilobytes[stage]:.0f}x, {accuracy[stage]:.1f} % right"
        )

    account("fp32", net)
    with torch.no_grad():
        teacher = net(x)
        scores = [
            first.weight.norm(dim=1) * second.weight.norm(dim=0),
            second.weight.norm(dim=1) * third.weight.norm(dim=0),
        ]
        small = shrink(net, [score.topk(256 * kept // 100).indices for score in scores], x)
    account("pruned", small)

    def loss(out: Tensor, rows: Tensor) -> Tensor:
        labels = F.cross_entropy(out, y[rows])
        soft = F.kl_div((out / 3).log_softmax(1), (teacher[rows] / 3).softmax(1), reduction="batchmean") * 9
        return 0.3 * labels + 0.7 * soft if distill else labels

    nets.fit(small, lambda rows: loss(small(x[rows]), rows), len(x), epochs=5, lr=3e-3)
    account("trained on", small)
    fresh = nets.mlp(*[small[0].in_features, *[layer.out_features for layer in small[::2]]])
    nets.fit(fresh, lambda rows: F.cross_entropy(fresh(x[rows]), y[rows]), len(x), epochs=20)
    account("from scratch", fresh)
    account("rounded", small, bits)
    aware = copy.deepcopy(small)
    nets.fit(aware, lambda rows: loss(rounded(aware, x[rows], bits), rows), len(x), epochs=8, lr=3e-3)
    account("aware", aware, bits)
    account("huffman", aware, bits, huffman=True)
    return {
        "ratio_x": kilobytes["fp32"] / kilobytes["huffman"],
        **{f"{stage.replace(' ', '_')}_accuracy_pct": value for stage, value in accuracy.items() if stage != "huffman"},
        "huffman_gain_pct": 100 * (1 - kilobytes["huffman"] / kilobytes["aware"]),
        "kilobytes": kilobytes,
        "accuracy": accuracy,
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "ratio_x": "smaller in all",
    "pruned_accuracy_pct": "accuracy, pruned and refitted",
    "trained_on_accuracy_pct": "accuracy, trained on",
    "from_scratch_accuracy_pct": "accuracy, small net from scratch",
    "rounded_accuracy_pct": "accuracy, rounded",
    "aware_accuracy_pct": "accuracy, trained with rounding",
    "huffman_gain_pct": "saved by Huffman",
    "kilobytes": ("size", "kB"),
    "accuracy": ("accuracy", "%"),
    "aware": "trained with rounding",
}
ZH = {
    "title": "各种方法叠加：同一个网络走一遍，每一步记下字节数和准确率",
    "about": "用手写数字训练的网络先丢掉大部分神经元（最小二乘重新拟合，再训练一点），再丢掉大部分 bit（量化感知训练，"
    "QAT），最后用 Huffman 编码再省一点。账里有权重、16 bit 的 bias、16 bit 的 scale 和码表。一个对照把剪过的网络直接舍"
    "入，不训练；另一个从随机权重训练同样小的网络，训练时间等于大网络和后面各步之和。这里看不出蒸馏的好处：向大网络蒸"
    "馏，最多比只用标签高零点几个点，量化之后就没有差别了（关掉蒸馏试试）。",
    "knobs": {"kept": "保留比例", "bits": "bit 数", "distill": "蒸馏", "seed": "种子"},
    "measures": {
        "ratio_x": "总压缩倍数", "fp32_accuracy_pct": "FP32 准确率", "pruned_accuracy_pct": "剪枝并重新拟合的准确率",
        "trained_on_accuracy_pct": "继续训练的准确率", "from_scratch_accuracy_pct": "小网络从头训练的准确率",
        "rounded_accuracy_pct": "直接舍入的准确率", "aware_accuracy_pct": "QAT 的准确率",
        "huffman_gain_pct": "Huffman 省下", "kilobytes": ("大小", "kB"), "accuracy": ("准确率", "%"), "pruned": "剪枝",
        "trained on": "继续训练", "from scratch": "从头训练", "rounded": "直接舍入", "aware": "QAT",
        "huffman": "Huffman", "true": "开", "false": "关",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
