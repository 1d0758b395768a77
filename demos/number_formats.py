"""Number formats: range, precision, and what they leave of the weights.

A float spends bits on range (exponent) or on precision (mantissa); 4-bit formats leave range to a scale that a group of
weights shares. Weights are rounded to each format and the noise is measured. Formats also have to add: a sum stops
where 1 is half the spacing of the numbers around it. NF4 puts its levels where Gaussian weights are. It beats symmetric
integers on them and loses on uniform ones; asymmetric integers, at a quarter bit more, do as well there, and better on
uniform ones. Where a few weights are large (laplace) the small blocks of NVFP4 do best.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor

FLOATS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
FLOATS |= {"e4m3": torch.float8_e4m3fn, "e5m2": torch.float8_e5m2}
NF4 = [-1, -0.6962, -0.5251, -0.3949, -0.2844, -0.1848, -0.0911, 0]
NF4 = torch.tensor([*NF4, 0.0796, 0.1609, 0.2461, 0.3379, 0.4407, 0.5626, 0.723, 1])  # Dettmers 2023
FP4 = torch.tensor([-6, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6])  # one bit of mantissa


def nearest(x: Tensor, levels: Tensor) -> Tensor:
    return levels[torch.bucketize(x, (levels[1:] + levels[:-1]) / 2)]


def cast(x: Tensor, dtype: torch.dtype) -> Tensor:
    """Through the format and back; 8-bit floats are scaled to their largest number first."""
    scale = x.abs().max() / torch.finfo(dtype).max if dtype.itemsize == 1 else 1
    return (x / scale).to(dtype).float() * scale


def asymmetric(groups: Tensor) -> Tensor:
    low, high = groups.amin(1, keepdim=True), groups.amax(1, keepdim=True)
    return ((groups - low) / (high - low) * 15).round() / 15 * (high - low) + low


def shared(x: Tensor, name: str) -> Tensor:
    """The formats whose numbers mean something only with the scale of their group."""
    group = {"int8": x.shape[1], "mxfp4": 32, "nvfp4": 16}.get(name, 64)
    groups = x.reshape(-1, group)
    largest = groups.abs().amax(1, keepdim=True)
    rounded = {
        "int8": lambda: (groups / largest * 127).round() * largest / 127,
        "int4": lambda: (groups / largest * 7).round() * largest / 7,
        "int4_asymmetric": lambda: asymmetric(groups),
        "nf4": lambda: nearest(groups / largest, NF4) * largest,
        "mxfp4": lambda: nearest(groups / (scale := 2 ** (largest.log2().floor() - 2)), FP4) * scale,  # a power of two
        "nvfp4": lambda: nearest(groups / (scale := cast(largest / 6, torch.float8_e4m3fn)), FP4) * scale,
    }
    return rounded[name]().reshape(x.shape)


BITS = {"int8": 8, "int4": 4.25, "int4_asymmetric": 4.5, "nf4": 4.25, "mxfp4": 4.25, "nvfp4": 4.5}  # with the scales


@torch.no_grad()
def main(
    weights: Literal["digits", "gauss", "uniform", "laplace"] = "digits",
    ones: Annotated[int, range(500, 5001, 500)] = 5000,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    x, y, _, _ = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    if weights == "digits":
        with torch.enable_grad():
            nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    gauss, uniform = torch.randn(512, 512), torch.rand(512, 512) * 2 - 1
    laplace = -uniform.sign() * (1 - uniform.abs()).clamp(min=2**-24).log()  # the draw may be -1 exactly
    drawn = {"digits": net[2].weight, "gauss": gauss, "uniform": uniform, "laplace": laplace}[weights]

    def sqnr(rounded: Tensor) -> float:
        return 10 * torch.log10(drawn.square().sum() / (drawn - rounded).square().sum()).item()

    decibels, sums, width = {}, {}, {name: 8 * dtype.itemsize for name, dtype in FLOATS.items()}
    width |= BITS | {"int8": 8 + 16 / drawn.shape[1]}  # a scale per row
    for name, dtype in FLOATS.items():
        about = torch.finfo(dtype)
        print(
            f"{name}: {about.smallest_normal:.1e} to {about.max:.1e}, 1 + {about.eps:.1e} is the next after 1", end=""
        )
        if name != "fp32":
            decibels[name] = sqnr(cast(drawn, dtype))
            print(f", {decibels[name]:.1f} dB", end="")
        print()
    for name in BITS:
        decibels[name] = sqnr(shared(drawn, name))
        print(f"{name}, {width[name]:.4g} bits a weight: {decibels[name]:.1f} dB")
    for name in ("fp32", "fp16", "bf16"):
        total, one = torch.zeros(1, dtype=FLOATS[name]), torch.ones(1, dtype=FLOATS[name])
        for _ in range(ones):
            total += one
        sums[name] = total.item()
        print(f"1 added {ones} times in {name}: {sums[name]:.0f}")
    return {
        **{f"{name}_sqnr_db": value for name, value in decibels.items()},
        **{f"{name}_sum": value for name, value in sums.items()},
        "decibels": decibels,
        "decibels_per_bit": {name: value / width[name] for name, value in decibels.items()},
        "sums_of_ones": sums,
    }


LABELS = {
    "int4_asymmetric_sqnr_db": "SQNR, INT4 asymmetric",
    "decibels": ("SQNR", "dB"),
    "decibels_per_bit": ("SQNR per bit", "dB"),
    "sums_of_ones": "sum of the ones",
    "int4_asymmetric": "INT4 asymmetric",
    "bf16_sum": "sum of the ones in BF16",
    "fp16_sum": "sum of the ones in FP16",
    "fp32_sum": "sum of the ones in FP32",
}
ZH = {
    "title": "数值格式：范围、精度，以及权重舍入后还剩多少精度",
    "about": "浮点把 bit 花在范围（指数）或精度（尾数）上；4 bit 格式把范围交给一组权重共用的 scale。把权重舍入到各种格"
    "式，测噪声。格式还要能做加法：累加到一定程度，1 只有相邻两数间距的一半，就再也加不上去了。NF4 的取值在高斯权重密"
    "集的地方更密：在高斯权重上胜过对称整数，在均匀权重上不如它；非对称整数多花四分之一 bit，在高斯权重上和 NF4 一样"
    "好，在均匀权重上更好。少数权重很大时（拉普拉斯），NVFP4 的小块最好。",
    "knobs": {"weights": "权重", "ones": "累加次数", "seed": "种子"},
    "measures": {
        "digits": "手写数字网络", "gauss": "高斯", "uniform": "均匀", "laplace": "拉普拉斯",
        "int4_asymmetric_sqnr_db": "INT4 非对称的信噪比", "bf16_sqnr_db": "BF16 的信噪比",
        "fp16_sqnr_db": "FP16 的信噪比", "e4m3_sqnr_db": "E4M3 的信噪比", "e5m2_sqnr_db": "E5M2 的信噪比",
        "int8_sqnr_db": "INT8 的信噪比", "int4_sqnr_db": "INT4 的信噪比", "nf4_sqnr_db": "NF4 的信噪比",
        "mxfp4_sqnr_db": "MXFP4 的信噪比", "nvfp4_sqnr_db": "NVFP4 的信噪比", "fp32_sum": "FP32 累加的和",
        "fp16_sum": "FP16 累加的和", "bf16_sum": "BF16 累加的和", "decibels": ("信噪比", "dB"),
        "decibels_per_bit": ("每 bit 的信噪比", "dB"), "int4_asymmetric": "INT4 非对称", "sums_of_ones": "累加 1 的和",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
