"""Rotary position embedding, in the convention of two halves.

x: (batch, heads, tokens, size), size even: queries or keys, float32 or
bfloat16. positions: int64 (tokens,), of the tokens in their sequence; behind
a cache they do not begin at 0. Channel i of the first half and channel i of
the second are a pair (a, b), i from 0 to size / 2 - 1; it turns by the angle
t = position * base^(-2 i / size) into (a cos t - b sin t, b cos t + a sin t).
Angles, sines and cosines are computed in float32. Returns x's shape and
dtype.
"""

import torch

ZH = """旋转位置编码（RoPE），采用前后两半配对的约定。

x：(batch, heads, tokens, size)，size 为偶数：query 或 key，float32 或
bfloat16。positions：int64 (tokens,)，各 token 在序列中的位置；接在 cache 之后
时不从 0 开始。前一半的第 i 个通道与后一半的第 i 个通道组成一对 (a, b)，i 从 0
到 size / 2 - 1；它转过角度 t = position * base^(-2 i / size)，变成 (a cos t -
b sin t, b cos t + a sin t)。角度、正弦和余弦用 float32 计算。返回值的形状和
dtype 与 x 相同。
"""


def rope(x, positions, base):
    half = x.shape[-1] // 2
    frequency = base ** (-torch.arange(half).float() / half)  # (half,)
    angle = positions[:, None] * frequency  # (tokens, half), float32
    cos, sin = angle.cos(), angle.sin()
    a, b = x.float().chunk(2, dim=-1)  # (batch, heads, tokens, half) each
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1).to(x.dtype)


def cases(rand, randn, randint):
    yield "from_zero", dict(x=randn(2, 3, 5, 6).requires_grad_(), positions=torch.arange(5), base=100.0)
    yield "behind_a_cache", dict(x=randn(3, 2, 4, 10).requires_grad_(), positions=torch.arange(7, 11), base=10000.0)
    yield "one_token", dict(x=randn(2, 5, 1, 14).requires_grad_(), positions=torch.tensor([23]), base=500.0)
    yield "out_of_order", dict(x=randn(2, 3, 3, 2).requires_grad_(), positions=torch.tensor([5, 2, 11]), base=10.0)
    yield "bfloat16", dict(x=randn(2, 3, 3, 10).bfloat16(), positions=torch.tensor([301, 303, 399]), base=10000.0)


def also_complex(x, positions, base):
    size = x.shape[-1]
    theta = 1.0 / base ** (torch.arange(0, size, 2) / size)
    turn = torch.polar(torch.ones(len(positions), size // 2), torch.outer(positions.float(), theta))
    z = torch.complex(x[..., : size // 2].float(), x[..., size // 2 :].float()) * turn
    return torch.cat([z.real, z.imag], -1).type_as(x)


def also_rotate_half(x, positions, base):
    size = x.size(-1)
    inv_freq = torch.exp(-torch.log(torch.tensor(float(base))) * torch.arange(0, size, 2).float() / size)
    angles = torch.einsum("t,f->tf", positions.float(), inv_freq)
    angles = torch.cat((angles, angles), dim=-1)
    x1, x2 = x[..., : size // 2], x[..., size // 2 :]
    rotated = torch.cat((-x2, x1), dim=-1)
    return x * angles.cos().to(x.dtype) + rotated * angles.sin().to(x.dtype)


def trap_neighbours_are_pairs(x, positions, base):
    half = x.shape[-1] // 2
    angle = positions[:, None] * base ** (-torch.arange(half).float() / half)
    a, b = x[..., 0::2].float(), x[..., 1::2].float()
    turned = torch.stack([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], dim=-1)
    return turned.flatten(-2).to(x.dtype)


def trap_turns_backwards(x, positions, base):
    half = x.shape[-1] // 2
    angle = positions[:, None] * base ** (-torch.arange(half).float() / half)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat([a * angle.cos() + b * angle.sin(), b * angle.cos() - a * angle.sin()], dim=-1).to(x.dtype)


def trap_positions_from_zero(x, positions, base):
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[2])[:, None] * base ** (-torch.arange(half).float() / half)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], dim=-1).to(x.dtype)


def trap_exponent_of_half(x, positions, base):
    size = x.shape[-1]
    angle = positions[:, None] * base ** (-torch.arange(size // 2).float() / size)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], dim=-1).to(x.dtype)


def trap_angles_in_bfloat16(x, positions, base):
    half = x.shape[-1] // 2
    angle = positions[:, None].to(x.dtype) * base ** (-torch.arange(half).to(x.dtype) / half)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], dim=-1)


def trap_one_sign_for_both(x, positions, base):
    half = x.shape[-1] // 2
    angle = positions[:, None] * base ** (-torch.arange(half).float() / half)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() - a * angle.sin()], dim=-1).to(x.dtype)
