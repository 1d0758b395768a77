"""A mixture of experts: top-k routing, the experts' load, the balance loss.

x: (tokens, width). router: (experts, width), logits x @ router.T. experts:
(experts, width, out); expert e gives x @ experts[e], no activation. Each
token goes to the k experts of its largest logits (no ties), and their outputs
are added up with weights: the softmax over these k logits alone. Returns
(y, load, balance): y (tokens, out); load (experts,), float32, each expert's
share of all tokens * k assignments, 0 for one that gets none; balance, a
scalar tensor: experts * sum over e of load[e] * (mean over tokens of e's
probability in the softmax over all logits).
"""

import torch

ZH = """混合专家（MoE）：top-k 路由、各专家的负载、负载均衡损失。

x：(tokens, width)。router：(experts, width)，logits 是 x @ router.T。
experts：(experts, width, out)；专家 e 的输出是 x @ experts[e]，没有激活函数。
每个 token 交给 logits 最大的 k 个专家（没有并列），它们的输出加权求和，权重是
只在这 k 个 logits 上做的 softmax。返回 (y, load, balance)：y 是 (tokens,
out)；load 是 (experts,)，float32，每个专家在全部 tokens * k 次分配中所占的比
例，没有分到的为 0；balance 是标量张量：专家数乘以各专家 load[e] * P[e] 之
和，P[e] 是专家 e 的概率对 token 的平均，概率取全部 logits 上的 softmax。
"""


def moe_routing(x, router, experts, k):
    logits = x @ router.T  # (tokens, experts)
    top, chosen = logits.topk(k, dim=1)  # (tokens, k)
    weights = top.softmax(dim=1)
    y = x.new_zeros(len(x), experts.shape[2])
    for e in range(len(experts)):
        token, slot = (chosen == e).nonzero(as_tuple=True)  # who, as which choice
        own = weights[token, slot, None] * (x[token] @ experts[e])
        y = y.index_add(0, token, own)
    load = torch.bincount(chosen.flatten(), minlength=len(experts)) / chosen.numel()
    balance = len(experts) * (load * logits.softmax(dim=1).mean(dim=0)).sum()
    return y, load, balance


def _given(randn, tokens, width, experts, out, k):
    return dict(
        x=randn(tokens, width).requires_grad_(),
        router=randn(experts, width).requires_grad_(),
        experts=randn(experts, width, out).requires_grad_(),
        k=k,
    )


def cases(rand, randn, randint):
    yield "two_of_five", _given(randn, 7, 3, 5, 2, 2)
    yield "three_of_seven", _given(randn, 5, 2, 7, 3, 3)
    idle = _given(randn, 7, 2, 5, 3, 2)
    idle["x"] = (rand(7, 2) + 0.5).requires_grad_()
    idle["router"] = torch.cat([randn(4, 2), torch.full((1, 2), -9.0)]).requires_grad_()
    yield "last_is_idle", idle
    yield "one_of_three", _given(randn, 5, 7, 3, 2, 1)
    large = _given(randn, 3, 5, 7, 2, 2)
    yield "large_logits", large | {"router": (100 * large["router"].detach()).requires_grad_()}


def also_dense(x, router, experts, k):
    logits = torch.einsum("td,ed->te", x, router)
    kth = logits.sort(dim=1, descending=True).values[:, k - 1 : k]
    mask = logits >= kth
    gates = torch.where(mask, logits, float("-inf")).softmax(1)
    y = torch.einsum("te,td,edo->to", gates, x, experts)
    load = mask.float().mean(0) / k
    return y, load, experts.shape[0] * torch.dot(load, torch.softmax(logits, 1).mean(0))


def also_token_by_token(x, router, experts, k):
    n, rows = experts.shape[0], []
    counts, mass = torch.zeros(n), torch.zeros(n)
    for token in x:
        logits = router @ token
        p = torch.softmax(logits, 0)
        best = torch.argsort(logits, descending=True)[:k]
        w = p[best] / p[best].sum()
        rows.append(sum(w[i] * (token @ experts[e]) for i, e in enumerate(best.tolist())))
        counts[best] += 1
        mass = mass + p
    load = counts / counts.sum()
    return torch.stack(rows), load, n * (load * mass / len(x)).sum()


def also_choice_by_choice(x, router, experts, k):
    logits = x @ router.T
    n, E = logits.shape
    val, idx = logits.topk(k, -1)
    w = val.softmax(-1)
    y = 0
    for j in range(k):
        out = torch.bmm(x[:, None, :], experts[idx[:, j]])[:, 0]
        y = y + w[:, j, None] * out
    load = torch.nn.functional.one_hot(idx, E).sum((0, 1)).float() / (n * k)
    probs = logits.softmax(-1).mean(0)
    return y, load, E * (load * probs).sum()


def trap_weights_over_all_experts(x, router, experts, k):
    p = (x @ router.T).softmax(dim=-1)
    weights, chosen = p.topk(k, dim=-1)
    every = torch.einsum("td,edo->teo", x, experts)
    y = (weights[..., None] * every.gather(1, chosen[..., None].expand(-1, -1, every.shape[2]))).sum(1)
    load = torch.bincount(chosen.flatten(), minlength=len(experts)) / chosen.numel()
    return y, load, len(experts) * (load * p.mean(0)).sum()


def trap_mean_of_the_chosen(x, router, experts, k):
    logits = x @ router.T
    chosen = logits.topk(k, dim=-1).indices
    every = torch.einsum("td,edo->teo", x, experts)
    y = every.gather(1, chosen[..., None].expand(-1, -1, every.shape[2])).mean(1)
    load = torch.bincount(chosen.flatten(), minlength=len(experts)) / chosen.numel()
    return y, load, len(experts) * (load * logits.softmax(-1).mean(0)).sum()


def trap_load_without_the_idle(x, router, experts, k):
    logits = x @ router.T
    top, chosen = logits.topk(k, dim=-1)
    gates = torch.zeros_like(logits).scatter(1, chosen, top.softmax(-1))
    y = torch.einsum("te,td,edo->to", gates, x, experts)
    load = chosen.unique(return_counts=True)[1] / chosen.numel()
    return y, load, len(experts) * (load * logits.softmax(-1).mean(0)[: len(load)]).sum()


def trap_load_of_probabilities(x, router, experts, k):
    logits = x @ router.T
    top, chosen = logits.topk(k, dim=-1)
    gates = torch.zeros_like(logits).scatter(1, chosen, top.softmax(-1))
    y = torch.einsum("te,td,edo->to", gates, x, experts)
    load = logits.softmax(-1).mean(0)
    return y, load, len(experts) * (load * load).sum()


def trap_load_adds_up_to_k(x, router, experts, k):
    logits = x @ router.T
    top, chosen = logits.topk(k, dim=-1)
    gates = torch.zeros_like(logits).scatter(1, chosen, top.softmax(-1))
    y = torch.einsum("te,td,edo->to", gates, x, experts)
    load = torch.bincount(chosen.flatten(), minlength=len(experts)) / len(x)
    return y, load, len(experts) * (load * logits.softmax(-1).mean(0)).sum()


def trap_balance_of_the_gates(x, router, experts, k):
    logits = x @ router.T
    top, chosen = logits.topk(k, dim=-1)
    gates = torch.zeros_like(logits).scatter(1, chosen, top.softmax(-1))
    y = torch.einsum("te,td,edo->to", gates, x, experts)
    load = torch.bincount(chosen.flatten(), minlength=len(experts)) / chosen.numel()
    return y, load, len(experts) * (load * gates.mean(0)).sum()
