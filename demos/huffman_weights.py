"""Deep Compression: prune, share, Huffman, with an account of every bit.

A net trained on real digits loses its smallest weights and is trained on; those left share a few values (k-means, then
tuned by gradient); the codes of the values, and the gaps between kept places, are Huffman coded. The account includes
biases, shared values, code tables and the filler zeros that long gaps need. Huffman loses nothing: all is decoded and
compared. It saves storage only, for weights are unpacked to be used, and it gains little where codes are evenly used.
"""

import heapq
import math
from collections import Counter
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import prune


def share(values: Tensor, n: int) -> tuple[Tensor, Tensor]:
    """n shared values by k-means in one dimension, and which of them each value takes."""
    centers = torch.linspace(values.min(), values.max(), n)
    for _ in range(30):
        nearest = torch.bucketize(values, (centers[1:] + centers[:-1]) / 2)
        sums, counts = torch.zeros(n).index_add(0, nearest, values), nearest.bincount(minlength=n)
        centers = torch.where(counts > 0, sums / counts, centers).sort().values
    return centers, torch.bucketize(values, (centers[1:] + centers[:-1]) / 2)


def huffman(symbols: list[int]) -> tuple[int, list[int]]:
    """Size in bits of the coded symbols and their table (8 bits an entry), and the symbols decoded again."""
    trees = [(count, i, {symbol: ""}) for i, (symbol, count) in enumerate(Counter(symbols).items())]
    heapq.heapify(trees)
    while len(trees) > 1:  # join the two rarest until one tree is left
        (a, i, left), (b, _, right) = heapq.heappop(trees), heapq.heappop(trees)
        joined = {s: "0" + word for s, word in left.items()} | {s: "1" + word for s, word in right.items()}
        heapq.heappush(trees, (a + b, i, joined))
    words = trees[0][2]
    bits, meaning, word, decoded = "".join(words[s] for s in symbols), {w: s for s, w in words.items()}, "", []
    for bit in bits:
        word += bit
        if word in meaning:  # no word begins another, so the first that fits is the one
            decoded.append(meaning[word])
            word = ""
    return len(bits) + 8 * len(words), decoded


def main(
    sparsity: Annotated[int, range(50, 96, 5)] = 80,
    value_bits: Annotated[int, range(2, 7)] = 4,
    gap_bits: Annotated[int, range(2, 9)] = 4,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 300, 100, 10)
    layers, dense = list(net[::2]), 32 * sum(p.numel() for p in net.parameters())
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    fp32 = nets.accuracy(net, x_test, y_test)
    print(f"fp32: {dense / 8000:.1f} kB, {fp32:.1f} % of the test digits right")

    for layer in layers:
        prune.l1_unstructured(layer, "weight", sparsity / 100)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=12)
    for layer in layers:
        prune.remove(layer, "weight")
    pruned = nets.accuracy(net, x_test, y_test)
    print(f"{sparsity} % of the weights pruned, the rest trained on: {pruned:.1f} % right")

    flat = torch.cat([layer.weight.detach().flatten() for layer in layers])
    kept = flat != 0
    found, codes = share(flat[kept], 2**value_bits - 1)
    values = nn.ParameterList([found])

    def weights() -> dict[str, Tensor]:
        parts = torch.zeros(len(flat)).masked_scatter(kept, values[0][codes]).split([p.weight.numel() for p in layers])
        return {f"{2 * i}.weight": part.view_as(layers[i].weight) for i, part in enumerate(parts)}

    def loss(rows: Tensor) -> Tensor:
        return F.cross_entropy(torch.func.functional_call(net, weights(), (x[rows],)), y[rows])

    nets.fit(values, loss, len(x), epochs=5, lr=1e-3)
    net.load_state_dict(weights(), strict=False)
    shared = nets.accuracy(net, x_test, y_test)
    print(f"the rest share {2**value_bits - 1} values, tuned: {shared:.1f} % right")

    symbols, gaps = [], []
    distances = kept.nonzero().flatten().diff(prepend=torch.tensor([-1]))
    for distance, code in zip(distances.tolist(), codes.tolist(), strict=True):
        fillers, rest = divmod(distance - 1, 2**gap_bits)
        symbols += [0] * fillers + [code + 1]  # symbol 0 is a zero, stored where a gap is too long
        gaps += [2**gap_bits] * fillers + [rest + 1]
    symbol_size, symbols_again = huffman(symbols)
    gap_size, gaps_again = huffman(gaps)
    again = torch.zeros(len(flat))
    again[torch.tensor(gaps_again).cumsum(0) - 1] = torch.cat([torch.zeros(1), values[0].detach()])[symbols_again]
    changed = int((again != torch.cat([w.flatten() for w in weights().values()])).sum())

    n, fixed = len(symbols), 32 * (sum(layer.bias.numel() for layer in layers) + len(found))  # biases, shared values
    kilobytes = {
        "fp32": dense / 8000,
        "pruned": (fixed - 32 * len(found) + n * (32 + gap_bits)) / 8000,
        "shared": (fixed + n * (value_bits + gap_bits)) / 8000,
        "huffman": (fixed + symbol_size + gap_size) / 8000,
    }
    ratios = {f"{stage}_x": kilobytes["fp32"] / kilobytes[stage] for stage in ("pruned", "shared", "huffman")}
    entropy = -sum(count / n * math.log2(count / n) for count in Counter(symbols).values())
    print("smaller:", ", ".join(f"{name[:-2]} {ratio:.1f}x" for name, ratio in ratios.items()))
    print(f"{symbol_size / n:.2f} bits a value, entropy {entropy:.2f}; {changed} weights changed by packing")
    return {
        **ratios,
        "huffman_gain_pct": 100 * (1 - kilobytes["huffman"] / kilobytes["shared"]),
        "fp32_accuracy_pct": fp32,
        "pruned_accuracy_pct": pruned,
        "shared_accuracy_pct": shared,
        "coded_bits": symbol_size / n,
        "entropy_bits": entropy,
        "changed_weights": changed,
        "kilobytes": kilobytes,
    }


LABELS = {
    "fp32_accuracy_pct": "accuracy, FP32",
    "pruned_x": "smaller, pruned",
    "shared_x": "smaller, pruned and shared",
    "huffman_x": "smaller, with Huffman too",
    "huffman_gain_pct": "Huffman saves of the shared",
    "pruned_accuracy_pct": "accuracy, pruned",
    "shared_accuracy_pct": "accuracy, shared",
    "coded_bits": ("a coded value", "bits"),
    "entropy_bits": ("entropy of the values", "bits"),
    "changed_weights": "weights changed by packing",
    "kilobytes": ("size", "kB"),
    "pruned": "pruned",
    "shared": "shared",
    "huffman": "Huffman",
}
ZH = {
    "title": "Deep Compression：剪枝、共享、Huffman，逐 bit 算清大小",
    "about": "用手写数字训练的网络去掉最小的权重再继续训练；留下的权重共用几个值（k-means，再用梯度微调）；值的编号和保"
    "留位置之间的间隔做 Huffman 编码。账里算上 bias、共享值、码表，以及间隔太长时补的零。Huffman 什么都不丢：全部解码出"
    "来对过。它只省存储，因为用的时候要解开；编号用得均匀的地方也省不了多少。",
    "knobs": {"sparsity": "稀疏度", "value_bits": ("值的 bit 数", ""), "gap_bits": ("间隔的 bit 数", ""),
    "seed": "种子"},
    "measures": {
        "pruned_x": "剪枝的压缩倍数", "shared_x": "剪枝加共享的压缩倍数", "huffman_x": "再加 Huffman 的压缩倍数",
        "huffman_gain_pct": "Huffman 再省", "fp32_accuracy_pct": "FP32 准确率", "pruned_accuracy_pct": "剪枝的准确率",
        "shared_accuracy_pct": "共享的准确率", "coded_bits": ("每个值编码后", "bit"), "entropy_bits": ("值的熵", "bit"),
        "changed_weights": "编码后变了的权重数",
        "kilobytes": ("大小", "kB"), "pruned": "剪枝", "shared": "共享", "huffman": "Huffman",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
