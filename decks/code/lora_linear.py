"""A linear layer with a low-rank update, as LoRA trains it.

base: a nn.Linear of (in, out) features, with or without a bias; it is frozen.
Trained are the nn.Parameters A (rank, in), drawn at random, from which
distribution is free, and B (out, rank), which begins at zero. forward(x), x
(..., in): what base gives plus the update, scaled by alpha / rank. merge()
returns one nn.Linear that gives the same, and leaves the layer as it is.
"""

import copy

import torch
import torch.nn.functional as F
from torch import nn

ZH = """带低秩更新的线性层，也就是 LoRA 训练的形式。

base：一个 nn.Linear，特征数 (in, out)，有没有 bias 都可以；它是冻结的。训练的
是两个 nn.Parameter：A (rank, in)，随机初始化，分布不限；B (out, rank)，初始为
零。forward(x)，x 是 (..., in)：base 的输出加上低秩更新，更新乘以 alpha /
rank。merge() 返回一个输出相同的 nn.Linear，这一层本身保持不变。
"""

equivalent = {
    "torch.randn(rank, base.in_features) * 0.02 → torch.randn(rank, base.in_features) / 0.02": "the size of A is free",
    "torch.randn(rank, base.in_features) * 0.02 → torch.randn(rank, base.in_features)": "the size of A is free",
    "torch.randn(rank, base.in_features) * 0.02 → torch.randn(rank, base.in_features) * 0.04": "the size of A is free",
}


class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)  # (rank, in)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))  # (out, rank)

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged


def use(candidate, weight, bias, x, A, B, alpha):
    base = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    with torch.no_grad():
        base.weight.copy_(weight)
        if bias is not None:
            base.bias.copy_(bias)
    layer = candidate(base, len(A), alpha)
    starts = layer(x)
    starts.square().sum().backward()
    learns = bool(layer.B.grad.abs().sum() > 0)  # else it never would
    layer.zero_grad()
    with torch.no_grad():
        layer.A.copy_(A)
        layer.B.copy_(B)
    y = layer(x)
    y.square().sum().backward()
    trained = sorted(name for name, p in layer.named_parameters() if p.requires_grad)
    found = {"as it starts": starts, "B learns at the start": learns, "trained": trained, "forward": y}
    found |= {"gradient of A": layer.A.grad, "gradient of B": layer.B.grad}
    return found | {"merged": layer.merge()(x), "forward after merging": layer(x)}


def cases(rand, randn, randint):
    yield "rank_2", dict(weight=randn(5, 3), bias=randn(5), x=randn(4, 3), A=randn(2, 3), B=randn(5, 2), alpha=6.0)
    yield "rank_1", dict(weight=randn(2, 7), bias=randn(2), x=randn(3, 7), A=randn(1, 7), B=randn(2, 1), alpha=0.5)
    yield "no_bias", dict(weight=randn(3, 5), bias=None, x=randn(2, 5), A=randn(2, 5), B=randn(3, 2), alpha=1.0)
    yield (
        "sequences",
        dict(weight=randn(2, 3), bias=randn(2), x=randn(5, 7, 3), A=randn(4, 3), B=randn(2, 4), alpha=10.0),
    )


class also_functional(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.rank, self.alpha = rank, alpha
        self.A = nn.Parameter(torch.empty(rank, base.in_features).normal_(0, 0.02))
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def delta(self):
        return (self.B @ self.A) * (self.alpha / self.rank)

    def forward(self, x):
        return F.linear(x, self.base.weight + self.delta(), self.base.bias)

    def merge(self):
        layer = nn.Linear(self.base.in_features, self.base.out_features, bias=self.base.bias is not None)
        state = self.base.state_dict()
        layer.load_state_dict({**state, "weight": state["weight"] + self.delta().detach()})
        return layer


class also_two_layers(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        base.weight.requires_grad = False
        if base.bias is not None:
            base.bias.requires_grad = False
        self.A = nn.Parameter(nn.init.kaiming_uniform_(torch.empty(rank, base.in_features), a=5**0.5))
        self.B = nn.Parameter(base.weight.new_zeros(base.out_features, rank))

    def forward(self, x):
        down = F.linear(x, self.A)
        return torch.add(self.base(x), F.linear(down, self.B), alpha=self.scale)

    def merge(self):
        out = nn.Linear(self.base.in_features, self.base.out_features, bias=False)
        out.weight = nn.Parameter(self.base.weight + self.scale * torch.einsum("or,ri->oi", self.B, self.A))
        out.bias = self.base.bias
        return out


class trap_no_scale(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.B @ self.A
        return merged


class trap_scale_not_over_rank(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged


class trap_both_at_zero(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.zeros(rank, base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged


class trap_base_trains(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged


class trap_b_random(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.randn(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged


class trap_merge_forgets_scale(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.B @ self.A
        return merged


class trap_merge_changes_base(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        for p in base.parameters():
            p.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        with torch.no_grad():
            self.base.weight += self.scale * self.B @ self.A
        return self.base
