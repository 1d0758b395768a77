"""RMSNorm, in float32 whatever the input is.

x: (..., features), float32, float16 or bfloat16. weight: (features,), of x's
dtype. Over the last axis: weight * x / sqrt(mean of squares + eps); nothing
is subtracted, there is no bias. Everything is computed in float32, for the
squares of half floats overflow, and returned in x's dtype and shape. Torch's
own rms_norm is not to be called.
"""

import torch

ZH = """RMSNorm，不论输入是什么类型都用 float32 计算。

x：(..., features)，float32、float16 或 bfloat16。weight：(features,)，dtype
与 x 相同。沿最后一维：weight * x / sqrt(平方的平均 + eps)；不减均值，也没有
bias。全部用 float32 计算，因为半精度的平方会溢出；返回时转回 x 的 dtype，形状
不变。不许调用 torch 自带的 rms_norm。
"""

forbid = ["torch.rms_norm", "torch.nn.functional.rms_norm"]


def rms_norm(x, weight, eps):
    wide = x.float()
    mean_square = wide.square().mean(dim=-1, keepdim=True)  # (..., 1)
    return (weight * wide * (mean_square + eps).rsqrt()).to(x.dtype)


def cases(rand, randn, randint):
    yield "off_centre", dict(x=(randn(3, 5) + 2).requires_grad_(), weight=randn(5).requires_grad_(), eps=1e-6)
    yield "large_eps", dict(x=(0.3 * randn(2, 3, 7)).requires_grad_(), weight=randn(7).requires_grad_(), eps=0.2)
    yield "half_overflows", dict(x=(400 * randn(5, 7)).half(), weight=randn(7).half(), eps=1e-5)
    yield "zero_row", dict(x=torch.cat([torch.zeros(1, 3), randn(2, 3)]), weight=randn(3), eps=1e-5)
    yield "bfloat16", dict(x=(3 * randn(2, 5)).bfloat16(), weight=randn(5).bfloat16(), eps=1e-6)


def also_norm_over_root(x, weight, eps):
    x32 = x.to(torch.float32)
    norm = torch.linalg.vector_norm(x32, dim=-1, keepdim=True)
    rms = torch.sqrt(norm**2 / x.shape[-1] + eps)
    return (x32 / rms).to(x.dtype) * weight


def also_einsum(x, weight, eps):
    a = x.float()
    power = torch.einsum("...d,...d->...", a, a) / a.shape[-1]
    scaled = a / (power.unsqueeze(-1) + eps) ** 0.5
    return torch.mul(scaled, weight.float()).type_as(x)


def trap_subtracts_the_mean(x, weight, eps):
    wide = x.float()
    centred = wide - wide.mean(dim=-1, keepdim=True)
    return (weight * centred * (centred.square().mean(dim=-1, keepdim=True) + eps).rsqrt()).to(x.dtype)


def trap_eps_outside_the_root(x, weight, eps):
    wide = x.float()
    return (weight * wide / (wide.square().mean(dim=-1, keepdim=True).sqrt() + eps)).to(x.dtype)


def trap_in_half(x, weight, eps):
    return weight * x * (x.square().mean(dim=-1, keepdim=True) + eps).rsqrt()


def trap_sum_of_squares(x, weight, eps):
    wide = x.float()
    return (weight * wide * (wide.square().sum(dim=-1, keepdim=True) + eps).rsqrt()).to(x.dtype)


def trap_stays_float32(x, weight, eps):
    wide = x.float()
    return weight * wide * (wide.square().mean(dim=-1, keepdim=True) + eps).rsqrt()


def trap_over_all_axes(x, weight, eps):
    wide = x.float()
    return (weight * wide * (wide.square().mean() + eps).rsqrt()).to(x.dtype)
