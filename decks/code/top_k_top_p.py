"""Temperature, top-k and top-p sampling, from uniform numbers that are given.

logits: float (batch, vocabulary), no two of a row alike. T > 0, k from 1 to
vocabulary, 0 < p < 1. u: float (batch, draws), uniform in [0, 1). First the
logits are divided by T; then the k most likely tokens are kept and their
probabilities renormalized; of these, in falling order, the fewest that
together have p or more are kept. A draw goes through the kept tokens in
falling order and takes the first at which the cumulated, again renormalized
probability exceeds u. Returns token numbers, int64 (batch, draws).
"""

import torch

ZH = """温度、top-k、top-p 采样，均匀随机数已给定。

logits：浮点 (batch, vocabulary)，同一行没有相等的两个。T > 0，k 从 1 到
vocabulary，0 < p < 1。u：浮点 (batch, draws)，在 [0, 1) 上均匀。先把 logits
除以 T；然后保留概率最大的 k 个 token，概率重新归一化；再从中按概率从大到小，
保留合计达到 p 的最少几个。每次抽取都按概率从大到小看留下的 token，取再次归一
化后累积概率首次超过 u 的那一个。返回 token 编号，int64 (batch, draws)。
"""

equivalent = {
    "before >= p → before > p": "differs only where a sum is p to the last bit, which rounding decides",
    "cdf[:, None, :] <= u[:, :, None] → cdf[:, None, :] < u[:, :, None]": "u would be a sum to the last bit",
}


def top_k_top_p(logits, T, k, p, u):
    top, order = (logits / T).topk(k, dim=1)  # (batch, k), falling
    probs = top.softmax(dim=1)  # renormalized over the k
    before = probs.cumsum(dim=1) - probs  # what stands before each token
    probs = probs.masked_fill(before >= p, 0)  # the token that reaches p stays
    cdf = probs.cumsum(dim=1)
    cdf = cdf / cdf[:, -1:]  # (batch, k)
    place = (cdf[:, None, :] <= u[:, :, None]).sum(dim=2)  # how many u has passed
    return order.gather(1, place)  # (batch, draws)


def cases(rand, randn, randint):
    yield "both_bite", dict(logits=2 * randn(3, 11), T=1.5, k=5, p=0.8, u=rand(3, 40))
    yield "top_p_alone", dict(logits=randn(2, 7), T=0.7, k=7, p=0.6, u=rand(2, 50))
    yield "top_k_alone", dict(logits=randn(5, 7), T=2.0, k=3, p=0.99, u=rand(5, 30))
    yield (
        "one_holds_p",
        dict(logits=torch.tensor([[0.3, 4.0, -1.0], [1.1, 0.2, 3.7]]), T=1.3, k=2, p=0.5, u=rand(2, 20)),
    )
    yield "large_logits", dict(logits=300 * randn(2, 5), T=3.0, k=3, p=0.9, u=rand(2, 20))


def also_sorts(logits, T, k, p, u):
    z = logits / T
    kth = z.sort(dim=-1).values[:, -k].unsqueeze(1)
    probs = torch.softmax(z.masked_fill(z < kth, float("-inf")), -1)
    probs, order = probs.sort(-1, descending=True)
    cum = probs.cumsum(-1)
    drop = torch.cat([torch.zeros_like(cum[:, :1], dtype=torch.bool), cum[:, :-1] >= p], -1)
    probs = torch.where(drop, 0.0, probs)
    cum = probs.cumsum(-1)
    place = torch.searchsorted(cum, u * cum[:, -1:], right=True)
    return torch.gather(order, -1, place)


def also_loops(logits, T, k, p, u):
    rows = []
    for row, draws in zip(logits / T, u, strict=True):
        order = sorted(range(len(row)), key=lambda i: -row[i])[:k]
        probs = torch.softmax(row[order], 0).tolist()
        kept, mass = [], 0.0
        for token, q in zip(order, probs, strict=True):
            kept.append((token, q))
            mass += q
            if mass >= p:
                break
        out = []
        for x in draws.tolist():
            cum, i = kept[0][1] / mass, 0
            while cum <= x and i + 1 < len(kept):
                i += 1
                cum += kept[i][1] / mass
            out.append(kept[i][0])
        rows.append(out)
    return torch.tensor(rows)


def also_first_above(logits, T, k, p, u):
    probs = (logits / T).softmax(-1)
    sp, idx = probs.sort(-1, descending=True)
    sp, idx = sp[:, :k], idx[:, :k]
    sp = sp / sp.sum(-1, keepdim=True)
    cum = sp.cumsum(-1)
    keep = cum - sp < p
    sp = sp * keep
    sp = sp / sp.sum(-1, keepdim=True)
    cum = sp.cumsum(-1)
    j = (cum[:, None, :] > u[:, :, None]).int().argmax(-1)
    return idx.gather(1, j)


def trap_crossing_token_dropped(logits, T, k, p, u):
    top, order = (logits / T).topk(k, dim=-1)
    probs = top.softmax(dim=-1)
    beyond = probs.cumsum(dim=-1) > p
    beyond[:, 0] = False
    cdf = probs.masked_fill(beyond, 0).cumsum(dim=-1)
    cdf = cdf / cdf[:, -1:]
    return order.gather(1, (cdf[:, None, :] <= u[:, :, None]).sum(dim=-1))


def trap_p_of_the_full_softmax(logits, T, k, p, u):
    probs, order = (logits / T).softmax(dim=-1).topk(k, dim=-1)
    probs = probs.masked_fill(probs.cumsum(dim=-1) - probs >= p, 0)
    cdf = probs.cumsum(dim=-1)
    cdf = cdf / cdf[:, -1:]
    return order.gather(1, (cdf[:, None, :] <= u[:, :, None]).sum(dim=-1))


def trap_not_renormalized(logits, T, k, p, u):
    top, order = (logits / T).topk(k, dim=-1)
    probs = top.softmax(dim=-1)
    probs = probs.masked_fill(probs.cumsum(dim=-1) - probs >= p, 0)
    place = (probs.cumsum(dim=-1)[:, None, :] <= u[:, :, None]).sum(dim=-1)
    return order.gather(1, place.clamp(max=k - 1))


def trap_places_for_tokens(logits, T, k, p, u):
    probs = (logits / T).topk(k, dim=-1).values.softmax(dim=-1)
    probs = probs.masked_fill(probs.cumsum(dim=-1) - probs >= p, 0)
    cdf = probs.cumsum(dim=-1)
    cdf = cdf / cdf[:, -1:]
    return (cdf[:, None, :] <= u[:, :, None]).sum(dim=-1)


def trap_p_ignored(logits, T, k, p, u):
    top, order = (logits / T).topk(k, dim=-1)
    cdf = top.softmax(dim=-1).cumsum(dim=-1)
    cdf = cdf / cdf[:, -1:]
    return order.gather(1, (cdf[:, None, :] <= u[:, :, None]).sum(dim=-1))


def trap_temperature_last(logits, T, k, p, u):
    top, order = logits.topk(k, dim=-1)
    probs = top.softmax(dim=-1)
    drop = probs.cumsum(dim=-1) - probs >= p
    cdf = (top / T).masked_fill(drop, float("-inf")).softmax(dim=-1).cumsum(dim=-1)
    cdf = cdf / cdf[:, -1:]
    return order.gather(1, (cdf[:, None, :] <= u[:, :, None]).sum(dim=-1))
