"""Symmetric int8 quantization of a weight, one scale per row.

weight: (rows, columns) float. Codes lie in -127..127; a row's largest
magnitude becomes 127 or -127, and codes are rounded to the nearest integer.
Returns (codes, scales): int8 of the weight's shape, and float (rows, 1), so
that codes * scales is near the weight. A row of zeros has scale 1.
"""

import torch

ZH = """权重的对称 int8 量化，每行一个 scale。

weight：(rows, columns) 浮点。编码在 -127..127 之内；每行绝对值最大的数变成
127 或 -127，编码舍入到最近的整数。返回 (codes, scales)：int8，形状与 weight
相同；浮点 (rows, 1)，使 codes * scales 接近原权重。全零的行 scale 为 1。
"""


def quantize_int8(weight):
    peak = weight.abs().amax(dim=1, keepdim=True)  # (rows, 1)
    scales = torch.where(peak > 0, peak / 127, torch.ones_like(peak))
    codes = (weight / scales).round().to(torch.int8)  # (rows, columns)
    return codes, scales


def cases(rand, randn, randint):
    yield "rows_differ", dict(weight=randn(3, 5) * torch.tensor([[1.0], [10.0], [0.1]]))
    yield "negative_peak", dict(weight=torch.cat([-2 - rand(2, 1), rand(2, 6)], dim=1))
    yield "zero_row", dict(weight=torch.cat([randn(1, 3), torch.zeros(1, 3), randn(3, 3)]))
    yield "one_column", dict(weight=torch.tensor([[0.3], [-0.7], [0.0], [11.0]]))


def also_by_rows(weight):
    codes, scales = torch.zeros_like(weight, dtype=torch.int8), torch.ones(len(weight), 1)
    for i, row in enumerate(weight):
        if row.any():
            scales[i] = max(abs(float(x)) for x in row) / 127
        codes[i] = torch.round(row / scales[i])
    return codes, scales


def also_peak_of_both_ends(weight):
    peak = torch.maximum(weight.amax(1), -weight.amin(1)).unsqueeze(1)
    peak = peak.masked_fill(peak == 0, 127.0)
    return torch.clamp(torch.round(127 * weight / peak), -127, 127).to(torch.int8), peak / 127


def trap_one_scale(weight):
    scales = weight.abs().max().expand(len(weight), 1) / 127
    return (weight / scales).round().to(torch.int8), scales


def trap_max_without_abs(weight):
    peak = weight.amax(dim=1, keepdim=True)
    scales = torch.where(peak > 0, peak / 127, torch.ones_like(peak))
    return (weight / scales).round().clamp(-127, 127).to(torch.int8), scales


def trap_truncates(weight):
    peak = weight.abs().amax(dim=1, keepdim=True)
    scales = torch.where(peak > 0, peak / 127, torch.ones_like(peak))
    return (weight / scales).to(torch.int8), scales


def trap_divides_by_zero(weight):
    scales = weight.abs().amax(dim=1, keepdim=True) / 127
    return (weight / scales).round().to(torch.int8), scales


def trap_by_columns(weight):
    peak = weight.abs().amax(dim=0, keepdim=True)
    scales = torch.where(peak > 0, peak / 127, torch.ones_like(peak))
    return (weight / scales).round().to(torch.int8), scales


def trap_scale_of_128(weight):
    peak = weight.abs().amax(dim=1, keepdim=True)
    scales = torch.where(peak > 0, peak / 128, torch.ones_like(peak))
    return (weight / scales).round().clamp(-128, 127).to(torch.int8), scales
