"""Softmax and its logarithm along an axis, without torch's own.

x: float, of any shape. Returns (p, log_p), both of x's shape: along axis dim
p sums to 1, and log_p is its logarithm, right also where p underflows to 0.
Entries may be in the thousands, or -inf (masked); at least one along dim is
finite. softmax, log_softmax and logsumexp of torch are not to be called.
"""

import torch

ZH = """沿某一维的 softmax 和它的对数，不用 torch 自带的函数。

x：浮点，任意形状。返回 (p, log_p)，形状都与 x 相同：p 沿 dim 这一维的和为 1；
log_p 是它的对数，在 p 下溢成 0 的地方也要算对。元素可能有几千那么大，也可能是
-inf（被 mask 掉）；沿 dim 至少有一个是有限值。不许调用 torch 的 softmax、
log_softmax 和 logsumexp。
"""

forbid = [
    "torch.softmax",
    "torch.log_softmax",
    "torch.logsumexp",
    "torch.Tensor.softmax",
    "torch.Tensor.log_softmax",
    "torch.Tensor.logsumexp",
    "torch.nn.functional.softmax",
    "torch.nn.functional.log_softmax",
    "torch.special.softmax",
    "torch.special.log_softmax",
    "torch.special.logsumexp",
]


def stable_softmax(x, dim):
    z = x - x.amax(dim=dim, keepdim=True)  # at most 0
    log_p = z - z.exp().sum(dim=dim, keepdim=True).log()  # sum >= 1
    return log_p.exp(), log_p


def cases(rand, randn, randint):
    yield "middle_axis", dict(x=randn(2, 3, 5).requires_grad_(), dim=1)
    yield "large", dict(x=(1000 * randn(3, 7)).requires_grad_(), dim=-1)
    yield (
        "rows_far_apart",
        dict(x=(randn(3, 5) + torch.tensor([[0.0], [-400.0], [700.0]])).requires_grad_(), dim=1),
    )
    x = randn(7, 2)
    x[0, 0] = x[4, 0] = x[2, 1] = float("-inf")
    yield "masked", dict(x=x.requires_grad_(), dim=0)
    yield "p_underflows", dict(x=torch.cat([randn(2, 3), randn(2, 2) - 150], dim=1).requires_grad_(), dim=1)


def also_p_first(x, dim):
    m = x.max(dim, keepdim=True).values.detach()
    e = torch.exp(x - m)
    s = e.sum(dim, keepdim=True)
    return e / s, x - m - torch.log(s)


def also_row_by_row(x, dim):
    rows = x.movedim(dim, -1)
    flat = rows.reshape(-1, rows.shape[-1])
    log_p = []
    for row in flat:
        shifted = row - max(row)
        log_p.append(shifted - torch.exp(shifted).sum().log())
    log_p = torch.stack(log_p).reshape(rows.shape).movedim(-1, dim)
    return torch.exp(log_p), log_p


def trap_no_maximum(x, dim):
    e = x.exp()
    s = e.sum(dim=dim, keepdim=True)
    return e / s, x - s.log()


def trap_log_of_p(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    return p, p.log()


def trap_epsilon_in_the_log(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    return p, (p + 1e-9).log()


def trap_maximum_of_all(x, dim):
    z = x - x.max()
    s = z.exp().sum(dim=dim, keepdim=True)
    return z.exp() / s, z - s.log()


def trap_always_last_axis(x, dim):
    z = x - x.amax(dim=-1, keepdim=True)
    log_p = z - z.exp().sum(dim=-1, keepdim=True).log()
    return log_p.exp(), log_p
