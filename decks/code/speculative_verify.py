"""Speculative decoding: which drafted tokens stay, and the one token that is sampled after them.

draft: (k,) int64, the drafted tokens. q: (k, vocabulary), the draft model's
probabilities where each was drawn. p: (k + 1, vocabulary), the target
model's at these positions and at the one after them. u: (k,) and v (a
number), drawn uniformly from [0, 1). Token i is accepted if
u[i] < p[i, token] / q[i, token]; from the first rejection on all are dropped.
Then one token is sampled: after a rejection at i from max(0, p[i] - q[i]),
scaled to sum to 1; if all were accepted from p[k]. Sampling takes the
smallest token whose cumulative probability is above v; in every case there is
one, however it is rounded. Returns the accepted tokens and the sampled one,
int64 of shape (accepted + 1,).
"""

import torch

ZH = """投机解码：哪些 draft token 留下，以及在它们之后采样的那一个 token。

draft：(k,) int64，猜的 token。q：(k, vocabulary)，抽取每个 token 时 draft 模
型的概率。p：(k + 1, vocabulary)，目标模型在这些位置以及下一个位置的概率。u：
(k,)，v：一个数，都从 [0, 1) 均匀抽取。若 u[i] < p[i, token] / q[i, token]，就
接受第 i 个 token；从第一个被拒绝的开始，后面的全部丢掉。然后采样一个 token：
若在 i 处拒绝，就从 max(0, p[i] - q[i]) 归一化到和为 1 之后采样；若全部接受，
就从 p[k] 采样。采样取累积概率大于 v 的最小的 token；每个用例里，不论怎样舍
入，都有这样的 token。返回接受的 token 和采样的那一个，int64，形状 (accepted +
1,)。
"""


def speculative_verify(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = u < p[place, draft] / q[place, draft]  # (k,)
    n = int(stays.long().cumprod(dim=0).sum())  # how many before the first rejection
    left = (p[n] - q[n]).clamp(min=0) if n < k else p[k]  # (vocabulary,)
    cumulative = left.cumsum(dim=0) / left.sum()
    token = (cumulative <= v).sum()
    return torch.cat([draft[:n], token.view(1)])


def _drawn(randn, rand, k, vocabulary, rejected, v):
    """Drafts that all would be accepted but for those at `rejected`."""
    q, p = (1.5 * randn(k, vocabulary)).softmax(dim=1), (1.5 * randn(k + 1, vocabulary)).softmax(dim=1)
    more = p[:k] - q
    draft, u = more.argmax(dim=1), 0.9 * rand(k)
    for i in rejected:
        draft[i], u[i] = more[i].argmin(), 0.97
    return dict(draft=draft, q=q, p=p, u=u, v=v)


def cases(rand, randn, randint):
    yield "all_stay", _drawn(randn, rand, 3, 5, [], 0.41)
    yield "first_goes", _drawn(randn, rand, 3, 7, [0], 0.73)
    yield "middle_goes", _drawn(randn, rand, 5, 7, [2, 4], 0.58)
    yield "last_goes", _drawn(randn, rand, 2, 5, [1], 0.94)
    lucky = _drawn(randn, rand, 2, 7, [0], 0.86)
    yield "less_likely_stays", {**lucky, "u": torch.tensor([1e-4, 0.5])}
    p = torch.tensor([[0.45, 0.05, 0.2, 0.2, 0.1], [0.3, 0.1, 0.2, 0.15, 0.25]])
    q = torch.tensor([[0.2, 0.4, 0.2, 0.1, 0.1]])
    yield "what_is_left", dict(draft=torch.tensor([1]), q=q, p=p, u=torch.tensor([0.9]), v=0.6)
    p = torch.tensor([[0.0, 0.3, 0.0, 0.45, 0.25], [0.1, 0.2, 0.3, 0.15, 0.25], [0.2, 0.2, 0.2, 0.2, 0.2]])
    q = torch.tensor([[0.4, 0.1, 0.2, 0.1, 0.2], [0.1, 0.2, 0.3, 0.15, 0.25]])
    yield "v_is_zero", dict(draft=torch.tensor([0, 4]), q=q, p=p, u=torch.tensor([0.0, 0.9]), v=0.0)
    yield "same_models", dict(draft=torch.tensor([3, 4]), q=q, p=p, u=torch.tensor([0.2, 0.999]), v=0.37)


def also_loop(draft, q, p, u, v):
    def sample(weights):
        total, so_far = float(weights.sum()), 0.0
        for token, weight in enumerate(weights.tolist()):
            so_far += weight
            if so_far > v * total:
                return token
        return len(weights) - 1

    kept = []
    for i, token in enumerate(draft.tolist()):
        if u[i] * q[i, token] >= p[i, token]:
            return torch.tensor([*kept, sample(torch.relu(p[i] - q[i]))])
        kept.append(token)
    return torch.tensor([*kept, sample(p[-1])])


def also_padded(draft, q, p, u, v):
    q = torch.cat([q, torch.zeros_like(p[:1])])  # nothing to take off after the last
    goes = u >= (p[:-1].gather(1, draft[:, None]) / q[:-1].gather(1, draft[:, None])).squeeze(1).clamp(max=1)
    n = int(torch.cat([goes, torch.tensor([True])]).long().argmax())
    left = torch.maximum(p[n] - q[n], torch.zeros(()))
    edges = torch.cumsum(left / left.sum(), 0)
    token = torch.searchsorted(edges, torch.tensor([v], dtype=edges.dtype), right=True)
    return torch.cat((draft[:n], token))


def trap_accepts_all(draft, q, p, u, v):
    cumulative = p[len(draft)].cumsum(dim=0)
    return torch.cat([draft, (cumulative <= v).sum().view(1)])


def trap_samples_from_target(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = u < p[place, draft] / q[place, draft]
    n = int(stays.long().cumprod(dim=0).sum())
    cumulative = p[n].cumsum(dim=0)
    return torch.cat([draft[:n], (cumulative <= v).sum().view(1)])


def trap_not_scaled(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = u < p[place, draft] / q[place, draft]
    n = int(stays.long().cumprod(dim=0).sum())
    left = (p[n] - q[n]).clamp(min=0) if n < k else p[k]
    token = (left.cumsum(dim=0) <= v).sum().clamp(max=len(left) - 1)
    return torch.cat([draft[:n], token.view(1)])


def trap_keeps_later_ones(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = u < p[place, draft] / q[place, draft]
    n = int(stays.sum())
    left = (p[n] - q[n]).clamp(min=0) if n < k else p[k]
    cumulative = left.cumsum(dim=0) / left.sum()
    return torch.cat([draft[stays], (cumulative <= v).sum().view(1)])


def trap_no_bonus(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = u < p[place, draft] / q[place, draft]
    n = int(stays.long().cumprod(dim=0).sum())
    if n == k:
        return draft
    left = (p[n] - q[n]).clamp(min=0)
    cumulative = left.cumsum(dim=0) / left.sum()
    return torch.cat([draft[:n], (cumulative <= v).sum().view(1)])


def trap_only_if_likelier(draft, q, p, u, v):
    k = len(draft)
    place = torch.arange(k)
    stays = p[place, draft] >= q[place, draft]
    n = int(stays.long().cumprod(dim=0).sum())
    left = (p[n] - q[n]).clamp(min=0) if n < k else p[k]
    cumulative = left.cumsum(dim=0) / left.sum()
    return torch.cat([draft[:n], (cumulative <= v).sum().view(1)])
