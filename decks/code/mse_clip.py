"""Symmetric quantization of a weight whose rows are clipped where the squared error is least.

weight: (rows, columns) float. bits: 2 or more; codes lie in -top..top with
top = 2 ** (bits - 1) - 1. steps: how many clips are tried. For each row the
clip is one of absmax * k / steps, k = 1..steps, where absmax is the row's
largest magnitude; its scale is clip / top, a code is weight / scale, rounded
and clamped. Take the clip with the smallest sum of squared differences
between codes * scale and the weight, over the whole row, clipped entries
included; of equal ones the largest clip. A row of zeros has scale 1 and codes
0. Returns (codes, scales): int8 (rows, columns), and float (rows, 1). No case
lies near a tie.
"""

import torch

ZH = """权重的对称量化，每行在平方误差最小的位置截断。

weight：(rows, columns) 浮点。bits：2 或以上；编码在 -top..top 之内，top = 2
** (bits - 1) - 1。steps：尝试几个截断值。每行的截断值是 absmax * k / steps 之
一，k = 1..steps，absmax 是该行最大的绝对值；scale 是截断值除以 top，编码是
weight / scale 舍入并截断。取 codes * scale 与权重之差的平方和最小的那个截断
值，按整行计算，被截断的元素也算在内；相等时取最大的截断值。全零的行 scale 为
1，编码为 0。返回 (codes, scales)：int8 (rows, columns)，浮点 (rows, 1)。用例
都避开了临界值。
"""


def mse_clip(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)  # (rows, 1)
    full = torch.where(peak > 0, peak / top, 1.0)  # absmax: nothing is clipped
    scales, least = full, torch.full_like(full, torch.inf)
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round().clamp(-top, top) * scale
        error = (near - weight).square().sum(dim=1, keepdim=True)  # (rows, 1)
        scales = torch.where(error < least, scale, scales)
        least = torch.minimum(error, least)
    return (weight / scales).round().clamp(-top, top).to(torch.int8), scales


def cases(rand, randn, randint):
    yield "two_bits", dict(weight=randn(3, 35) * torch.tensor([[1.0], [20.0], [0.05]]), bits=2, steps=7)
    outliers = torch.cat([randn(2, 50), 9 + rand(2, 1)], dim=1)
    coarse = torch.cat([randn(2, 50), 4 + 0.2 * rand(2, 1)], dim=1)
    yield "smallest_clip", dict(weight=coarse, bits=2, steps=3)
    yield "outlier", dict(weight=outliers, bits=4, steps=20)
    levels = torch.tensor([[-7.0, 5.0, 3.0, 7.0, -2.0, 1.0], [0.3, 0.0, -0.6, 2.1, 0.9, -1.8]])
    yield "absmax_is_best", dict(weight=levels + 0.02 * rand(2, 6), bits=4, steps=5)
    yield "zero_row", dict(weight=torch.cat([randn(1, 21), torch.zeros(1, 21), randn(1, 21)]), bits=3, steps=10)
    yield "negative_outlier", dict(weight=torch.cat([-6 - rand(5, 1), 0.7 * randn(5, 33)], dim=1), bits=3, steps=16)


def also_row_by_row(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    codes, scales = torch.zeros(weight.shape, dtype=torch.int8), torch.ones(len(weight), 1, dtype=weight.dtype)
    for i, row in enumerate(weight):
        least = float("inf")
        for k in range(steps, 0, -1):
            scale = row.abs().max() * (k / steps) / top
            if scale == 0:
                break
            found = torch.clamp(torch.round(row / scale), -top, top)
            error = ((row - found * scale) ** 2).sum().item()
            if error < least:
                least, scales[i], codes[i] = error, scale, found.to(torch.int8)
    return codes, scales


def also_all_at_once(weight, bits, steps):
    top = (1 << (bits - 1)) - 1
    peak = weight.abs().amax(1)
    shares = torch.arange(steps, 0, -1, dtype=weight.dtype) / steps
    tried = shares[:, None] * peak / top  # (steps, rows)
    tried[:, peak == 0] = 1.0
    near = tried[..., None] * (weight / tried[..., None]).round().clamp(-top, top)
    best = (near - weight).pow(2).mean(-1).argmin(dim=0)  # the first of equal ones
    scales = tried.gather(0, best[None]).T
    return (weight / scales).round().clamp(-top, top).char(), scales


def trap_absmax(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)
    scales = torch.where(peak > 0, peak / top, 1.0)
    return (weight / scales).round().clamp(-top, top).to(torch.int8), scales


def trap_clipped_ones_ignored(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)
    full = torch.where(peak > 0, peak / top, 1.0)
    scales, least = full, torch.full_like(full, torch.inf)
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round() * scale
        error = (near - weight).square().sum(dim=1, keepdim=True)
        scales = torch.where(error < least, scale, scales)
        least = torch.minimum(error, least)
    return (weight / scales).round().clamp(-top, top).to(torch.int8), scales


def trap_codes_not_clamped(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)
    full = torch.where(peak > 0, peak / top, 1.0)
    scales, least = full, torch.full_like(full, torch.inf)
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round().clamp(-top, top) * scale
        error = (near - weight).square().sum(dim=1, keepdim=True)
        scales = torch.where(error < least, scale, scales)
        least = torch.minimum(error, least)
    return (weight / scales).round().to(torch.int8), scales


def trap_largest_error(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)
    full = torch.where(peak > 0, peak / top, 1.0)
    scales, least = full, torch.full_like(full, torch.inf)
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round().clamp(-top, top) * scale
        error = (near - weight).abs().amax(dim=1, keepdim=True)
        scales = torch.where(error < least, scale, scales)
        least = torch.minimum(error, least)
    return (weight / scales).round().clamp(-top, top).to(torch.int8), scales


def trap_one_share_for_all(weight, bits, steps):
    top = 2 ** (bits - 1) - 1
    peak = weight.abs().amax(dim=1, keepdim=True)
    full = torch.where(peak > 0, peak / top, 1.0)
    scales, least = full, torch.inf
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round().clamp(-top, top) * scale
        error = (near - weight).square().sum().item()
        if error < least:
            scales, least = scale, error
    return (weight / scales).round().clamp(-top, top).to(torch.int8), scales


def trap_top_of_all_codes(weight, bits, steps):
    top = 2 ** (bits - 1)
    peak = weight.abs().amax(dim=1, keepdim=True)
    full = torch.where(peak > 0, peak / top, 1.0)
    scales, least = full, torch.full_like(full, torch.inf)
    for k in range(steps, 0, -1):
        scale = full * k / steps
        near = (weight / scale).round().clamp(-top, top - 1) * scale
        error = (near - weight).square().sum(dim=1, keepdim=True)
        scales = torch.where(error < least, scale, scales)
        least = torch.minimum(error, least)
    return (weight / scales).round().clamp(-top, top - 1).to(torch.int8), scales
