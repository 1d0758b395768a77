"""Calibrate the range of activations: where to clip, and why that depends on the bits.

A scale must cover the activations, and most of them are small: reaching to the largest wastes levels on a few values,
and clipping costs those few dearly. Four ways to choose the limit on calibration data: the largest value, a percentile,
the least squared error, and the least divergence between histograms (KL, as in TensorRT). At 4 bits clipping wins; at 8
the same percentile costs many decibels. The values are the inner sums of a net on real digits, or drawn at random.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def clip_and_round(x: Tensor, limit: float, bits: int) -> Tensor:
    top = 2 ** (bits - 1) - 1
    return (x / limit * top).round().clamp(-top, top) * limit / top


def least_error(x: Tensor, bits: int) -> float:
    limits = [x.abs().max().item() * i / 80 for i in range(2, 81)]
    return min(limits, key=lambda limit: (x - clip_and_round(x, limit, bits)).square().sum().item())


def least_divergence(x: Tensor, bits: int) -> float:
    """The limit at which the histogram, merged into 2**(bits-1) levels, tells least from the unmerged one."""
    bins, levels, largest = 2048, 2 ** (bits - 1), x.abs().max().item()
    counts = torch.histc(x.abs(), bins, 0, largest)
    best, limit = torch.inf, largest
    for n in range(levels, bins + 1, 16):
        kept = counts[:n]
        p = kept.clone()
        p[-1] += counts[n:].sum()  # what is clipped lands in the last bin
        level = torch.arange(n) * levels // n
        total = torch.zeros(levels).index_add(0, level, kept)
        filled = torch.zeros(levels).index_add(0, level, (kept > 0).float())
        q = torch.where(kept > 0, (total / filled.clamp(min=1))[level], 0)
        p, q = p / p.sum(), q / q.sum()
        divergence = torch.where(p > 0, p * (p / q.clamp(min=1e-10)).log(), 0).sum().item()
        if divergence < best:
            best, limit = divergence, (n + 0.5) * largest / bins
    return limit


def main(
    bits: Annotated[int, range(3, 9)] = 4,
    percentile: Annotated[float, 90.0, 100.0, 0.1] = 99.0,
    values: Literal["digits", "laplace", "gauss"] = "digits",
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    if values == "digits":
        x, y, x_test, _ = digits.load(seed)
        net = nets.mlp(64, 128, 128, 10)
        nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
        with torch.no_grad():
            known, fresh = net[:3](x).flatten(), net[:3](x_test).flatten()
    else:
        draw = torch.distributions.Laplace(0.0, 1.0) if values == "laplace" else torch.distributions.Normal(0.0, 1.0)
        known, fresh = draw.sample((25000,)), draw.sample((25000,))

    def limits(bits: int) -> dict[str, float]:
        return {
            "minmax": known.abs().max().item(),
            "percentile": known.abs().kthvalue(round(len(known) * percentile / 100)).values.item(),
            "mse": least_error(known, bits),
            "kl": least_divergence(known, bits),
        }

    def sqnr(limit: float, bits: int) -> float:
        noise = fresh - clip_and_round(fresh, limit, bits)
        return 10 * torch.log10(fresh.square().sum() / noise.square().sum()).item()

    chosen = limits(bits)
    measured = {f"{name}_sqnr_db": sqnr(limit, bits) for name, limit in chosen.items()}
    for name, limit in chosen.items():
        print(f"{bits} bits, {name}: clipped at {limit:.2f}, {measured[f'{name}_sqnr_db']:.1f} dB on fresh data")

    curves = {name: [] for name in chosen}
    for b in range(3, 9):
        for name, limit in limits(b).items():
            curves[name].append(sqnr(limit, b))
    return {**measured, "sqnr_by_bits": {"x": list(range(3, 9)), **curves}, "limits": chosen}


LABELS = {
    "minmax_sqnr_db": "SQNR, largest value",
    "percentile_sqnr_db": "SQNR, percentile",
    "mse_sqnr_db": "SQNR, least squared error",
    "kl_sqnr_db": "SQNR, least divergence",
    "sqnr": ("SQNR", "dB"),
    "minmax": "largest",
    "mse": "squared error",
    "kl": "KL",
    "limits": "clipped at",
}
ZH = {
    "title": "校准激活的范围：在哪里截断，以及为什么取决于 bit 数",
    "about": "scale 要覆盖所有激活，而大部分激活都很小：范围取到最大值，就把量化级浪费在少数几个值上；截断则让这几个值"
    "误差很大。在校准数据上选截断点有四种办法：最大值、分位数、均方误差最小、直方图之间的 KL 散度最小（TensorRT 的做"
    "法）。4 bit 时截断更好；8 bit 时，在同一个分位数上截断要丢很多 dB。数值是网络认手写数字时的中间结果，或者随机抽"
    "取。",
    "knobs": {"bits": "bit 数", "percentile": "分位数", "values": "数值来源", "seed": "种子"},
    "measures": {
        "digits": "手写数字", "laplace": "拉普拉斯", "gauss": "高斯",
        "minmax_sqnr_db": "取最大值的信噪比", "percentile_sqnr_db": "取分位数的信噪比",
        "mse_sqnr_db": "均方误差最小的信噪比", "kl_sqnr_db": "KL 最小的信噪比", "sqnr": ("信噪比", "dB"),
        "minmax": "最大值", "percentile": "分位数", "mse": "均方误差", "kl": "KL", "limits": "截断点",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
