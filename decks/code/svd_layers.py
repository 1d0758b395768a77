"""Replace a linear layer by two thin ones, by truncated SVD.

layer: a nn.Linear of (in, out) features, with or without a bias. budget: how
many numbers the two new weights may have together, biases not counted, at
least in + out. The rank r is the largest that keeps to it, but never more
than min(in, out).
Returns a nn.Sequential of two nn.Linear, from in to r and from r to out,
with nothing between them. The product of their weights is the best of rank r
(least squared error) for the layer's weight; how the singular values are
shared out among the two is free. The bias, if there is one, is the second
layer's. The given layer stays as it is.
"""

import torch
from torch import nn

ZH = """用截断 SVD 把一个线性层换成两个较窄的线性层。

layer：一个 nn.Linear，特征数 (in, out)，有没有 bias 都可以。budget：两个新权
重合起来最多有几个数，不算 bias，至少为 in + out。秩 r 取不超过预算的最大值，
但不超过 min(in, out)。
返回由两个 nn.Linear 组成的 nn.Sequential，从 in 到 r，再从 r 到 out，中间没有
别的。两个权重的乘积是原权重在秩 r 下的最佳近似（平方误差最小）；奇异值怎样分
给两边不限。原来若有 bias，就放在第二层。传入的层不能改动。
"""

equivalent = {"full_matrices=False → full_matrices=True": "what is beyond rank r is cut off anyway"}


def svd_layers(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, S, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)  # (m, k) (k,) (k, n), k = min(m, n)
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * Vh[:r])  # (r, n)
        second.weight.copy_(U[:, :r])  # (m, r)
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def use(candidate, weight, bias, budget, x):
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    with torch.no_grad():
        layer.weight.copy_(weight)
        if bias is not None:
            layer.bias.copy_(bias)
    net = candidate(layer, budget)
    first, second = net
    shapes = [list(first.weight.shape), list(second.weight.shape)]
    found = {"weights": shapes, "biases": [first.bias is not None, second.bias is not None]}
    found |= {"product": second.weight @ first.weight, "output": net(x)}
    return found | {"the given layer": [layer.weight, layer.bias]}


def cases(rand, randn, randint):
    yield "wide", dict(weight=randn(5, 11), bias=randn(5), budget=39, x=randn(2, 11))
    yield "tall_without_bias", dict(weight=randn(7, 3), bias=None, budget=20, x=randn(2, 5, 3))
    yield "rank_1", dict(weight=randn(3, 5), bias=randn(3), budget=15, x=randn(2, 5))
    yield "more_than_enough", dict(weight=randn(2, 7), bias=randn(2), budget=90, x=randn(3, 7))
    yield (
        "sizes_differ",
        dict(
            weight=torch.tensor([[100.0], [1.0], [0.1], [10.0], [0.01], [1.0]]) * randn(6, 5),
            bias=randn(6),
            budget=33,
            x=randn(3, 5),
        ),
    )


def also_root_on_each_side(layer, budget):
    size = sum(layer.weight.shape)
    rank = min(budget // size, *layer.weight.shape)
    U, S, V = torch.svd(layer.weight.data)
    root = S[:rank].sqrt()
    down = nn.Linear(layer.in_features, rank, bias=False)
    up = nn.Linear(rank, layer.out_features, bias=False)
    down.weight.data = (V[:, :rank] * root).T.contiguous()
    up.weight.data = U[:, :rank] * root
    if layer.bias is not None:
        up.bias = nn.Parameter(layer.bias.data.clone())
    return nn.Sequential(down, up)


def also_project_on_directions(layer, budget):
    out, into = layer.weight.shape
    rank = 1
    while rank < min(out, into) and (rank + 1) * (out + into) <= budget:
        rank += 1
    w = layer.weight.detach().double()
    left = torch.linalg.eigh(w @ w.T).eigenvectors.flip(1)[:, :rank]  # the largest come last
    net = nn.Sequential(nn.Linear(into, rank, bias=False), nn.Linear(rank, out, bias=layer.bias is not None))
    net[0].weight = nn.Parameter((left.T @ w).float())
    net[1].weight = nn.Parameter(left.float())
    if layer.bias is not None:
        net[1].bias = nn.Parameter(layer.bias.detach().clone())
    return net


def trap_rank_by_share(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = max(1, min(n, m, int(budget / (n * m) * min(n, m))))
    U, S, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * Vh[:r])
        second.weight.copy_(U[:, :r])
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def trap_vh_taken_for_v(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, S, V = torch.linalg.svd(layer.weight.detach())
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * V[:, :r].T)
        second.weight.copy_(U[:, :r])
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def trap_singular_values_twice(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, S, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * Vh[:r])
        second.weight.copy_(U[:, :r] * S[:r])
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def trap_singular_values_forgotten(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, _, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(Vh[:r])
        second.weight.copy_(U[:, :r])
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def trap_bias_between(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, S, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)
    first, second = nn.Linear(n, r), nn.Linear(r, m, bias=layer.bias is not None)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * Vh[:r])
        second.weight.copy_(U[:, :r])
        if layer.bias is not None:
            second.bias.copy_(layer.bias)
    return nn.Sequential(first, second)


def trap_bias_lost(layer, budget):
    n, m = layer.in_features, layer.out_features
    r = min(budget // (n + m), n, m)
    U, S, Vh = torch.linalg.svd(layer.weight.detach(), full_matrices=False)
    first, second = nn.Linear(n, r, bias=False), nn.Linear(r, m, bias=False)
    with torch.no_grad():
        first.weight.copy_(S[:r, None] * Vh[:r])
        second.weight.copy_(U[:, :r])
    return nn.Sequential(first, second)
