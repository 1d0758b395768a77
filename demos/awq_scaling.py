"""AWQ: weights that meet large inputs deserve the finer grid, so scale them up before rounding.

A few input channels are much larger than the rest, so an error in their weights costs most. AWQ (Lin 2023) multiplies
those columns by size**alpha and divides the inputs by it: nothing changes but where the grid is fine. The best alpha is
searched on calibration inputs. The layer and its salient channels are synthetic; without them there is nothing to gain.
Keeping those columns in fp16 is better still, but a layer of two number formats is slow and awkward in hardware.
"""

from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def quantize(weight: Tensor, bits: int) -> Tensor:
    """Asymmetric, one scale for each group of 64 weights in a row."""
    groups = weight.reshape(-1, 64)
    low, high = groups.amin(1, keepdim=True).clamp(max=0), groups.amax(1, keepdim=True).clamp(min=0)
    step = (high - low) / (2**bits - 1)
    zero = (-low / step).round()
    return ((((groups / step).round() + zero).clamp(0, 2**bits - 1) - zero) * step).reshape(weight.shape)


def main(
    bits: Annotated[int, range(2, 9)] = 3,
    salient: Annotated[int, range(0, 17)] = 3,
    size: Annotated[int, range(5, 51, 5)] = 30,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    weight = torch.randn(256, 256) / 16
    sizes = torch.ones(256)
    sizes[torch.randperm(256)[:salient]] = size
    known, fresh = torch.randn(512, 256) * sizes, torch.randn(512, 256) * sizes

    def error(made: Tensor, inputs: Tensor) -> float:
        """Of the outputs, in per cent of their energy."""
        return 100 * ((inputs @ (made - weight).T).square().sum() / (inputs @ weight.T).square().sum()).item()

    def scaled(alpha: float) -> Tensor:
        scale = known.abs().mean(0) ** alpha
        return quantize(weight * scale, bits) / scale

    alphas = [i / 20 for i in range(21)]
    curve = [error(scaled(alpha), known) for alpha in alphas]
    best = alphas[curve.index(min(curve))]
    mixed = quantize(weight, bits)
    largest = known.abs().mean(0).topk(salient).indices
    mixed[:, largest] = weight[:, largest]
    rtn, awq, fp16 = (error(made, fresh) for made in (quantize(weight, bits), scaled(best), mixed))
    print(f"{bits} bits, {salient} of 256 inputs {size}x as large: round to nearest, {rtn:.2f} % output error")
    print(f"AWQ, alpha {best:.2f} found on calibration inputs: {awq:.2f} %")
    print(f"the {salient} salient columns in fp16 instead: {fp16:.2f} %")
    return {
        "rtn_error_pct": rtn,
        "awq_error_pct": awq,
        "mixed_error_pct": fp16,
        "gain_x": rtn / awq,
        "best_alpha": best,
        "error_by_alpha": {
            "x": alphas,
            "calibration": curve,
            "fresh inputs": [error(scaled(a), fresh) for a in alphas],
        },
    }


LABELS = {
    "rtn_error_pct": "error, round to nearest",
    "awq_error_pct": "error, AWQ",
    "mixed_error_pct": "error, salient columns in FP16",
    "gain_x": "AWQ's error is smaller by",
    "best_alpha": "alpha found",
    "error": ("error of the output", "%"),
}
ZH = {
    "title": "AWQ：大输入对应的权重，舍入前先放大，网格就更细",
    "about": "少数输入通道比其余的大得多，它们的权重一有误差，代价就最大。AWQ（Lin 2023）把这些列乘以 size**alpha，再把"
    "输入除以同样的数：乘积不变，只是这些列用上了更细的网格。最好的 alpha 在校准输入上搜索。这一层和它的重要通道都是合"
    "成的；没有重要通道就没有收益。把这些列留在 fp16，误差还要更小，但一层里有两种格式，硬件上又慢又麻烦。",
    "knobs": {"bits": "bit 数", "salient": "重要通道数", "size": "重要通道倍数", "seed": "种子"},
    "measures": {
        "rtn_error_pct": "就近舍入的误差", "awq_error_pct": "AWQ 的误差", "mixed_error_pct": "重要列留 FP16 的误差",
        "gain_x": "AWQ 误差缩小倍数", "best_alpha": "搜到的 alpha", "error": ("输出误差", "%"),
        "calibration": "校准输入", "fresh inputs": "新输入",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
