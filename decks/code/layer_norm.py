"""LayerNorm, forward and backward by hand.

x: (..., features), at least one leading axis. gamma, beta: (features,).
Forward, over the last axis: y = gamma * (x - mean) / sqrt(variance + eps) +
beta, the variance with 1 / features. dy: the loss's gradient by y, of x's
shape. Returns (y, dx, dgamma, dbeta), the last three the loss's gradients,
each of its tensor's shape. x may have a mean far larger than its spread.
Neither torch's layer_norm nor autograd is to be called.
"""

import torch

ZH = """LayerNorm，手写前向和反向。

x：(..., features)，前面至少还有一维。gamma、beta：(features,)。前向沿最后一
维：y = gamma * (x - mean) / sqrt(variance + eps) + beta，方差除以 features。
dy：损失对 y 的梯度，形状与 x 相同。返回 (y, dx, dgamma, dbeta)，后三个是损失
的梯度，形状与对应的张量相同。x 的均值可能比它的离散程度大得多。不许调用 torch
自带的 layer_norm，也不许用 autograd。
"""

forbid = [
    "torch.layer_norm",
    "torch.native_layer_norm",
    "torch.nn.functional.layer_norm",
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.Tensor.backward",
]


def layer_norm(x, gamma, beta, eps, dy):
    centred = x - x.mean(dim=-1, keepdim=True)
    inv = (centred.square().mean(dim=-1, keepdim=True) + eps).rsqrt()  # (..., 1)
    n = centred * inv  # (..., features)
    y = gamma * n + beta
    dgamma = (dy * n).flatten(0, -2).sum(0)  # (features,), over all leading axes
    dbeta = dy.flatten(0, -2).sum(0)
    dn = dy * gamma
    through_mean = dn.mean(dim=-1, keepdim=True)
    through_variance = n * (dn * n).mean(dim=-1, keepdim=True)
    return y, inv * (dn - through_mean - through_variance), dgamma, dbeta


def cases(rand, randn, randint):
    yield "matrix", dict(x=2 * randn(3, 5) + 1, gamma=randn(5), beta=randn(5), eps=1e-5, dy=randn(3, 5))
    yield "sequences", dict(x=randn(2, 3, 7), gamma=randn(7), beta=randn(7), eps=1e-5, dy=randn(2, 3, 7))
    yield "large_eps", dict(x=0.3 * randn(5, 3), gamma=randn(3), beta=randn(3), eps=0.2, dy=randn(5, 3))
    yield (
        "constant_row",
        dict(
            x=torch.cat([torch.full((1, 5), 3.0), randn(1, 5)]),
            gamma=randn(5),
            beta=randn(5),
            eps=1e-3,
            dy=randn(2, 5),
        ),
    )
    far, g, b, dy = randn(2, 7).double() + 1e6, randn(7).double(), randn(7).double(), randn(2, 7).double()
    yield "far_from_zero", dict(x=far, gamma=g, beta=b, eps=1e-5, dy=dy)


def also_chain_rule(x, gamma, beta, eps, dy):
    d, lead = x.shape[-1], tuple(range(x.dim() - 1))
    mean, var = x.mean(-1, keepdim=True), x.var(-1, correction=0, keepdim=True)
    std = torch.sqrt(var + eps)
    n = (x - mean) / std
    dn = dy * gamma
    dvar = (dn * (x - mean)).sum(-1, keepdim=True) * -0.5 * std**-3
    dmean = -(dn / std).sum(-1, keepdim=True)  # the variance's own share is 0
    dx = dn / std + dvar * 2 * (x - mean) / d + dmean / d
    return gamma * n + beta, dx, (dy * n).sum(lead), dy.sum(lead)


def also_jacobian(x, gamma, beta, eps, dy):
    d = x.shape[-1]
    rows, grads = x.reshape(-1, d), dy.reshape(-1, d)
    y, dx, dgamma, dbeta = [], [], torch.zeros_like(gamma), torch.zeros_like(beta)
    for row, grad in zip(rows, grads, strict=True):
        c = row - row.mean()
        std = ((c * c).sum() / d + eps) ** 0.5
        n = c / std
        jacobian = (torch.eye(d, dtype=x.dtype) - 1 / d - torch.outer(n, n) / d) / std
        y.append(n * gamma + beta)
        dx.append(jacobian @ (grad * gamma))
        dgamma += grad * n
        dbeta += grad
    return torch.stack(y).reshape(x.shape), torch.stack(dx).reshape(x.shape), dgamma, dbeta


def also_sums_over_d(x, gamma, beta, eps, dy):
    mu = x.mean(-1, keepdim=True)
    xc = x - mu
    var = (xc**2).mean(-1, keepdim=True)
    std = (var + eps).sqrt()
    n = xc / std
    y = gamma * n + beta
    D = x.shape[-1]
    dgamma = (dy * n).reshape(-1, D).sum(0)
    dbeta = dy.reshape(-1, D).sum(0)
    dn = dy * gamma
    dx = (D * dn - dn.sum(-1, keepdim=True) - n * (dn * n).sum(-1, keepdim=True)) / (D * std)
    return y, dx, dgamma, dbeta


def trap_unbiased_variance(x, gamma, beta, eps, dy):
    inv = (x.var(dim=-1, keepdim=True) + eps).rsqrt()
    n = (x - x.mean(dim=-1, keepdim=True)) * inv
    dn = dy * gamma
    dx = inv * (dn - dn.mean(-1, keepdim=True) - n * (dn * n).mean(-1, keepdim=True))
    return gamma * n + beta, dx, (dy * n).flatten(0, -2).sum(0), dy.flatten(0, -2).sum(0)


def trap_eps_outside_the_root(x, gamma, beta, eps, dy):
    inv = 1 / (x.var(dim=-1, correction=0, keepdim=True).sqrt() + eps)
    n = (x - x.mean(dim=-1, keepdim=True)) * inv
    dn = dy * gamma
    dx = inv * (dn - dn.mean(-1, keepdim=True) - n * (dn * n).mean(-1, keepdim=True))
    return gamma * n + beta, dx, (dy * n).flatten(0, -2).sum(0), dy.flatten(0, -2).sum(0)


def trap_statistics_held_fixed(x, gamma, beta, eps, dy):
    inv = (x.var(dim=-1, correction=0, keepdim=True) + eps).rsqrt()
    n = (x - x.mean(dim=-1, keepdim=True)) * inv
    return gamma * n + beta, dy * gamma * inv, (dy * n).flatten(0, -2).sum(0), dy.flatten(0, -2).sum(0)


def trap_gamma_outside_the_means(x, gamma, beta, eps, dy):
    inv = (x.var(dim=-1, correction=0, keepdim=True) + eps).rsqrt()
    n = (x - x.mean(dim=-1, keepdim=True)) * inv
    dx = gamma * inv * (dy - dy.mean(-1, keepdim=True) - n * (dy * n).mean(-1, keepdim=True))
    return gamma * n + beta, dx, (dy * n).flatten(0, -2).sum(0), dy.flatten(0, -2).sum(0)


def trap_first_axis_only(x, gamma, beta, eps, dy):
    inv = (x.var(dim=-1, correction=0, keepdim=True) + eps).rsqrt()
    n = (x - x.mean(dim=-1, keepdim=True)) * inv
    dn = dy * gamma
    dx = inv * (dn - dn.mean(-1, keepdim=True) - n * (dn * n).mean(-1, keepdim=True))
    return gamma * n + beta, dx, (dy * n).sum(0), dy.sum(0)


def trap_variance_by_squares(x, gamma, beta, eps, dy):
    mean = x.mean(dim=-1, keepdim=True)
    inv = ((x * x).mean(dim=-1, keepdim=True) - mean * mean + eps).rsqrt()
    n = (x - mean) * inv
    dn = dy * gamma
    dx = inv * (dn - dn.mean(-1, keepdim=True) - n * (dn * n).mean(-1, keepdim=True))
    return gamma * n + beta, dx, (dy * n).flatten(0, -2).sum(0), dy.flatten(0, -2).sum(0)
