"""GPTQ: round one column at a time, and let the columns still open make up for the error.

Round-to-nearest (RTN) makes the smallest error in the weights; what counts is the error in the outputs. Where inputs
are correlated, one input's error can be answered by its neighbours: GPTQ (Frantar 2022) does so with the inverse of the
Hessian X'X of calibration inputs. The layer and its inputs are synthetic: neighbouring inputs have correlation rho.
Without correlation (rho 0) there is nothing to answer with, and what calibration finds is noise: GPTQ is a bit worse.
"""

from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def grid(weight: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """Scale and zero point of each row, asymmetric."""
    low, high = weight.amin(1).clamp(max=0), weight.amax(1).clamp(min=0)
    step = (high - low) / (2**bits - 1)
    return step, (-low / step).round()


def nearest(column: Tensor, step: Tensor, zero: Tensor, bits: int) -> Tensor:
    return (((column / step).round() + zero).clamp(0, 2**bits - 1) - zero) * step


def round_to_nearest(weight: Tensor, bits: int) -> Tensor:
    step, zero = grid(weight, bits)
    return nearest(weight.T, step, zero, bits).T


def gptq(weight: Tensor, inputs: Tensor, bits: int) -> Tensor:
    step, zero = grid(weight, bits)
    hessian = inputs.T @ inputs
    hessian += 0.01 * hessian.diag().mean() * torch.eye(len(hessian))  # damping
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(hessian)), upper=True)
    weight, rounded = weight.clone(), torch.empty_like(weight)
    for i in range(weight.shape[1]):
        rounded[:, i] = nearest(weight[:, i], step, zero, bits)
        error = (weight[:, i] - rounded[:, i]) / inverse[i, i]
        weight[:, i + 1 :] -= error[:, None] * inverse[i, i + 1 :]
    return rounded


def main(
    bits: Annotated[int, range(2, 9)] = 3,
    rho: Annotated[float, 0.0, 0.99, 0.01] = 0.9,
    samples: Annotated[int, range(32, 2049, 32)] = 1024,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    d = 256
    weight = torch.randn(d, d, dtype=torch.float64) / 16

    def draw(n: int, rho: float) -> Tensor:
        """Inputs whose features i and j have correlation rho ** |i - j|."""
        apart = (torch.arange(d)[:, None] - torch.arange(d)).abs()
        return torch.randn(n, d, dtype=torch.float64) @ torch.linalg.cholesky(rho ** apart.double()).T

    plain = round_to_nearest(weight, bits)

    def errors(rho: float, samples: int) -> tuple[float, float, float]:
        """Output error of RTN and of GPTQ on fresh inputs, in per cent of the outputs' energy; and how many times as
        far off GPTQ's weights are, squared."""
        fresh, ours = draw(512, rho), gptq(weight, draw(samples, rho), bits)
        energy = (fresh @ weight.T).square().sum()
        rtn, gptq_error = (100 * ((fresh @ (w - weight).T).square().sum() / energy).item() for w in (plain, ours))
        return rtn, gptq_error, ((ours - weight).square().sum() / (plain - weight).square().sum()).item()

    rtn, ours, apart = errors(rho, samples)
    print(f"{bits} bits, correlation {rho}, {samples} calibration inputs: ", end="")
    print(f"output error RTN {rtn:.2f} %, GPTQ {ours:.2f} %")
    print(f"GPTQ's weights are {apart:.2f}x as far off (squared) as RTN's")

    rhos, counts = [0.0, 0.25, 0.5, 0.75, 0.9, 0.99], [32, 128, 512, 1024]
    by_rho, by_count = [errors(r, samples) for r in rhos], [errors(rho, n) for n in counts]
    return {
        "rtn_error_pct": rtn,
        "gptq_error_pct": ours,
        "gain_x": rtn / ours,
        "weight_error_x": apart,
        "error_by_correlation": {"x": rhos, "RTN": [e[0] for e in by_rho], "GPTQ": [e[1] for e in by_rho]},
        "gain_by_samples": {"x": counts, "gain": [e[0] / e[1] for e in by_count]},
    }


LABELS = {
    "rtn_error_pct": "error, round to nearest",
    "gptq_error_pct": "error, GPTQ",
    "gain_x": "GPTQ's error is smaller by",
    "weight_error_x": "GPTQ's weights further off by",
    "error": ("error of the output", "%"),
    "gain": ("error smaller by", "x"),
    "correlation": "correlation of the inputs",
    "samples": "calibration inputs",
}
ZH = {
    "title": "GPTQ：一次舍入一列，让还没舍入的列来弥补误差",
    "about": "就近舍入（RTN）让权重误差最小，但要紧的是输出误差。输入相关时，一个输入上的误差可以由相邻的输入抵消：GPTQ"
    "（Frantar 2022）用校准输入的 Hessian 矩阵 X'X 的逆来做这件事。这一层和输入都是合成的：相邻输入的相关系数是 rho。没"
    "有相关性（rho 为 0）就没有能互相抵消的误差，校准学到的只是噪声，GPTQ 反而略差。",
    "knobs": {"bits": "bit 数", "rho": "相关系数 rho", "samples": "校准样本数", "seed": "种子"},
    "measures": {
        "rtn_error_pct": "就近舍入的误差", "gptq_error_pct": "GPTQ 的误差", "gain_x": "GPTQ 误差缩小倍数",
        "weight_error_x": "权重误差放大倍数", "error": ("输出误差", "%"), "gain": ("误差缩小倍数", "x"),
        "correlation": "输入的相关系数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
