"""FlashAttention's arithmetic: a softmax tile by tile, exact as long as old sums are rescaled.

A row of attention is a sum of values weighted by exp(score), divided by the sum of the weights. It can be added up tile
by tile, so that the scores of all keys never stand in memory at once (Dao 2022). To be safe from overflow the largest
score so far is subtracted; when a larger one comes, what was summed before has to be multiplied by exp(old - new). Two
versions get that wrong: one never rescales, one averages the tiles' outputs as if they counted alike. With sharpness 0
all scores are alike, and nobody notices: a test on tame inputs proves little. What does not show: speed, which comes
from where the tile lies.
"""

from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def tiled(scores: Tensor, values: Tensor, tile: int, rescale: bool = True) -> Tensor:
    """softmax(scores) @ values; scores (queries, keys), values (keys, size); only one tile is looked at at once."""
    top = torch.full((len(scores), 1), -torch.inf)
    weight, output = torch.zeros(len(scores), 1), torch.zeros(len(scores), values.shape[1])
    for part, rows in zip(scores.split(tile, 1), values.split(tile), strict=True):
        new = torch.maximum(top, part.amax(1, keepdim=True))
        old = (top - new).exp() if rescale else 1.0  # what the sums so far are worth under the new maximum
        weights = (part - new).exp()
        weight = weight * old + weights.sum(1, keepdim=True)
        output = output * old + weights @ rows
        top = new
    return output / weight


def averaged(scores: Tensor, values: Tensor, tile: int) -> Tensor:
    """Each tile with a softmax of its own, and the mean of their outputs."""
    parts = zip(scores.split(tile, 1), values.split(tile), strict=True)
    return torch.stack([part.softmax(1) @ rows for part, rows in parts]).mean(0)


def main(
    tile: Annotated[int, range(16, 513, 16)] = 64,
    sharpness: Annotated[float, 0, 6, 0.5] = 2.0,
    keys: Annotated[int, range(512, 4097, 512)] = 512,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    size, queries = 64, 128
    alike = torch.randn(queries, size) @ torch.randn(size, keys) / size**0.5
    scores, values = sharpness * alike, torch.randn(keys, size)

    def errors(scores: Tensor, tile: int) -> list[float]:
        """Of what attention returns, in per cent: one softmax, by tiles, never rescaled, averaged."""
        exact = scores.double().softmax(1) @ values.double()
        made = [scores.softmax(1) @ values, *(tiled(scores, values, tile, rescale) for rescale in (True, False))]
        return [100 * ((m - exact).norm() / exact.norm()).item() for m in (*made, averaged(scores, values, tile))]

    whole, right, unscaled, mean = errors(scores, tile)
    print(f"{queries} queries, {keys} keys in tiles of {tile}, scores with a deviation of {scores.std():.2f}")
    print(f"scores at once: {queries * keys} in one go, {queries * min(tile, keys)} by tiles")
    print(f"error of one softmax in float32: {whole:.6f} %; by tiles, rescaled: {right:.6f} %")
    print(f"by tiles, never rescaled: {unscaled:.1f} %; the tiles' outputs averaged: {mean:.1f} %")

    tiles, sharp = [16 * 2**i for i in range(6)], [i / 2 for i in range(13)]
    by_tile = list(zip(*(errors(scores, t) for t in tiles), strict=True))
    by_sharpness = list(zip(*(errors(factor * alike, tile) for factor in sharp), strict=True))
    names = ("rescaled", "never rescaled", "averaged")
    return {
        "whole_error_pct": whole,
        "rescaled_error_pct": right,
        "unscaled_error_pct": unscaled,
        "averaged_error_pct": mean,
        "scores_x": max(1, keys / tile),
        "error_by_tile": {"x": tiles, **dict(zip(names, by_tile[1:], strict=True))},
        "error_by_sharpness": {"x": sharp, **dict(zip(names, by_sharpness[1:], strict=True))},
    }


LABELS = {
    "whole_error_pct": "error, one softmax",
    "rescaled_error_pct": "error, tiles rescaled",
    "unscaled_error_pct": "error, never rescaled",
    "averaged_error_pct": "error, tiles averaged",
    "scores_x": "fewer scores in memory",
    "error": ("error", "%"),
}
ZH = {
    "title": "FlashAttention 的算术：softmax 逐块算，只要把之前的累加和重新缩放，结果就精确",
    "about": "一行注意力是 value 按 exp(分数) 加权的和，再除以权重之和。它可以一块一块地累加，全部 key 的分数不必同时放"
    "在内存里（Dao 2022）。为了不溢出，要减去到目前为止最大的分数；出现更大的时，之前累加的都要乘 exp(旧-新)。另有两个"
    "错误的版本：一个从不重新缩放，一个把各块的输出当成同等重要直接平均。尖锐程度为 0 时分数都一样，哪个版本都看不出"
    "错：只用温和的输入测试，说明不了什么。这里看不出速度：FlashAttention 快，是因为块放在片上 SRAM 里。",
    "knobs": {"tile": "每块 key 数", "sharpness": "分数尖锐程度", "keys": "key 数", "seed": "种子"},
    "measures": {
        "whole_error_pct": "一次 softmax 的误差", "rescaled_error_pct": "逐块、重新缩放的误差",
        "unscaled_error_pct": "从不缩放的误差", "averaged_error_pct": "各块平均的误差",
        "scores_x": "分数占内存的缩小倍数",
        "error": ("误差", "%"), "rescaled": "重新缩放", "never rescaled": "从不缩放", "averaged": "各块平均",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
