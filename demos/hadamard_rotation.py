"""A Hadamard rotation: outliers are spread over all channels, and 4 bits are enough for activations again.

A few channels of a language model's activations are many times as large as the rest, and one scale for a token is
stretched by them. Turn the inputs by an orthogonal matrix and the weights by the same one: the product stays as it was,
but every new channel is a mixture of all old ones, so that the peak of a token, over its root mean square, falls to
that of a bell curve or below (QuaRot, Ashkboos 2024). Controls: any random orthogonal matrix does nearly as well, and
without outliers there is nothing to gain. SmoothQuant, its alpha searched on other tokens, gains about as much here: it
must know which channels are large, a rotation need not. The layer and its outliers are synthetic.
"""

from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def quantize(x: Tensor, bits: int) -> Tensor:
    """Symmetric, one scale per row: of the inputs a token, of the weights an output."""
    step = x.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
    return (x / step).round() * step


def hadamard(n: int) -> Tensor:
    """(n, n) for n a power of two: entries of one size, orthogonal rows."""
    h = torch.ones(1, 1)
    while len(h) < n:
        h = torch.cat([torch.cat([h, h], 1), torch.cat([h, -h], 1)])
    return h / n**0.5


def sqnr(exact: Tensor, made: Tensor) -> float:
    return 10 * torch.log10(exact.square().sum() / (exact - made).square().sum()).item()


def main(
    bits: Annotated[int, range(3, 9)] = 4,
    outliers: Annotated[int, range(0, 33, 4)] = 4,
    factor: Annotated[int, range(1, 51)] = 20,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    size = 256
    inputs, others = torch.randn(2, 512, size)
    weight, large = torch.randn(128, size) / size**0.5, torch.randperm(size)[:outliers]
    turns = {
        "rotated": torch.randn(size).sign()[:, None] * hadamard(size),
        "random rotation": torch.linalg.qr(torch.randn(size, size))[0],
    }

    def crest(x: Tensor) -> float:
        """A token's largest magnitude over its root mean square, the mean over the tokens."""
        return (x.abs().amax(1) / x.square().mean(1).sqrt()).mean().item()

    def measure(bits: int, factor: int) -> tuple[dict[str, float], list[Tensor]]:
        scale = torch.ones(size)
        scale[large] = factor
        x, seen = inputs * scale, others * scale

        def product(x: Tensor, weight: Tensor) -> Tensor:
            return quantize(x, bits) @ quantize(weight, bits).T

        def smoothed(x: Tensor, alpha: float) -> float:
            s = seen.abs().amax(0) ** alpha / weight.abs().amax(0) ** (1 - alpha)
            return sqnr(x @ weight.T, product(x / s, weight * s))

        alpha = max((i / 10 for i in range(11)), key=lambda alpha: smoothed(seen, alpha))
        decibels = {"plain": sqnr(x @ weight.T, product(x, weight))}
        decibels |= {name: sqnr(x @ weight.T, product(x @ turn, weight @ turn)) for name, turn in turns.items()}
        return decibels | {"smoothed": smoothed(x, alpha)}, [x, x @ turns["rotated"]]

    now, (x, turned) = measure(bits, factor)
    peaks = {"plain": crest(x), "rotated": crest(turned)}
    print(f"{outliers} of {size} channels are {factor} times as large; weights and inputs in {bits} bits")
    print(f"a token's peak over its root mean square: {peaks['plain']:.1f}, rotated {peaks['rotated']:.1f}")
    for name, value in now.items():
        print(f"{name}: {value:.1f} dB in what the layer returns")

    factors, widths = [1, 2, 5, 10, 20, 35, 50], list(range(3, 9))
    by_factor, by_bits = [measure(bits, f)[0] for f in factors], [measure(b, factor)[0] for b in widths]
    return {
        **{f"{name.replace(' ', '_')}_sqnr_db": value for name, value in now.items()},
        "gain_db": now["rotated"] - now["plain"],
        "plain_crest": peaks["plain"],
        "rotated_crest": peaks["rotated"],
        "sqnr_by_factor": {"x": factors, **{name: [d[name] for d in by_factor] for name in now}},
        "sqnr_by_bits": {"x": widths, **{name: [d[name] for d in by_bits] for name in now}},
    }


LABELS = {
    "plain_sqnr_db": "SQNR, as it is",
    "rotated_sqnr_db": "SQNR, Hadamard rotation",
    "random_rotation_sqnr_db": "SQNR, random rotation",
    "smoothed_sqnr_db": "SQNR, SmoothQuant",
    "gain_db": "gained by the rotation",
    "plain_crest": "peak over root mean square",
    "rotated_crest": "the same, rotated",
    "sqnr": ("SQNR", "dB"),
    "plain": "as it is",
}
ZH = {
    "title": "Hadamard 旋转：把 outlier 摊到所有通道，激活用 4 bit 又够了",
    "about": "语言模型的激活里，少数通道比其余的大许多倍，一个 token 共用的 scale 就被撑大。把输入乘一个正交矩阵，权重"
    "也乘同一个：乘积不变，但每个新通道都是所有旧通道的混合，于是一个 token 的峰值与均方根之比降到正态分布的水平或更低"
    "（QuaRot，Ashkboos 2024）。对照：随便一个随机正交矩阵效果差不多；没有 outlier，就没有收益。SmoothQuant（alpha 在另"
    "一批 token 上搜索）在这里收益相当：它得知道哪些通道大，旋转不用。这一层和它的 outlier 都是合成的。",
    "knobs": {"bits": "bit 数", "outliers": "outlier 通道数", "factor": "outlier 倍数", "seed": "种子"},
    "measures": {
        "plain_sqnr_db": "不处理的信噪比", "rotated_sqnr_db": "Hadamard 旋转的信噪比",
        "random_rotation_sqnr_db": "随机旋转的信噪比", "smoothed_sqnr_db": "SmoothQuant 的信噪比",
        "gain_db": "旋转的收益", "plain_crest": "峰值与均方根之比", "rotated_crest": "旋转后的峰值与均方根之比",
        "sqnr": ("信噪比", "dB"), "plain": "不处理", "rotated": "Hadamard 旋转", "random rotation": "随机旋转",
        "smoothed": "SmoothQuant",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
