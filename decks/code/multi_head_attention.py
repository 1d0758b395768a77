"""Multi-head self-attention with a mask.

x: (batch, tokens, width). wq, wk, wv, wo: (width, width), used as nn.Linear
does, x @ w.T, without biases. Head h has the h-th width / heads consecutive
channels of query, key and value; scores are scaled by 1 / sqrt(width /
heads). mask: bool (batch, tokens, tokens), True where the query (second
axis) may look at the key (last). A query that may look at nothing gets zeros
from every head, and makes no gradient NaN. The heads' outputs stand side by
side before wo. Returns (batch, tokens, width). Torch's own attention is not to
be called.
"""

import torch

ZH = """带 mask 的多头自注意力。

x：(batch, tokens, width)。wq、wk、wv、wo：(width, width)，用法与 nn.Linear 相
同，即 x @ w.T，没有 bias。第 h 个头取 query、key、value 中第 h 组连续的 width
/ heads 个通道；分数乘以 1 / sqrt(width / heads)。mask：布尔 (batch, tokens,
tokens)，True 表示 query（第二维）可以看 key（最后一维）。什么都看不到的
query，每个头都输出零，也不能让任何梯度变成 NaN。各头的输出并排拼接后再乘 wo。
返回 (batch, tokens, width)。不许调用 torch 自带的 attention。
"""

forbid = ["torch.nn.functional.scaled_dot_product_attention", "torch.nn.functional.multi_head_attention_forward"]


def multi_head_attention(x, wq, wk, wv, wo, heads, mask):
    batch, tokens, width = x.shape

    def split(y):  # (batch, tokens, width) -> (batch, heads, tokens, size)
        return y.view(batch, tokens, heads, width // heads).transpose(1, 2)

    q, k, v = split(x @ wq.T), split(x @ wk.T), split(x @ wv.T)
    hidden = ~mask[:, None]  # (batch, 1, tokens, tokens)
    scores = q @ k.transpose(2, 3) / (width // heads) ** 0.5
    scores = scores.masked_fill(hidden, torch.finfo(x.dtype).min)  # not -inf: NaN
    p = scores.softmax(dim=-1).masked_fill(hidden, 0)  # (batch, heads, tokens, tokens)
    out = (p @ v).transpose(1, 2).reshape(batch, tokens, width)
    return out @ wo.T


def _given(randn, batch, tokens, width):
    x = randn(batch, tokens, width)
    weights = {name: randn(width, width) / width**0.5 for name in ("wq", "wk", "wv", "wo")}
    return {"x": x.requires_grad_()} | {name: w.requires_grad_() for name, w in weights.items()}


def cases(rand, randn, randint):
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    yield "causal", dict(**_given(randn, 2, 5, 6), heads=3, mask=causal.expand(2, 5, 5).clone())
    lengths = torch.tensor([2, 5, 3])
    padding = (torch.arange(5) < lengths[:, None])[:, None].expand(3, 5, 5).clone()
    yield "padded_keys", dict(**_given(randn, 3, 5, 14), heads=2, mask=padding)
    mask = rand(2, 3, 3) < 0.5
    mask |= torch.eye(3, dtype=torch.bool)
    mask[1, 2] = False
    yield "sees_nothing", dict(**_given(randn, 2, 3, 10), heads=5, mask=mask)
    large = {name: (8 * value.detach()).requires_grad_(name == "wo") for name, value in _given(randn, 2, 7, 6).items()}
    yield "large_scores", dict(**large, heads=2, mask=torch.ones(2, 7, 7, dtype=torch.bool).triu())


def also_einsum(x, wq, wk, wv, wo, heads, mask):
    size = x.shape[-1] // heads
    q, k, v = (torch.einsum("btw,hdw->bhtd", x, w.reshape(heads, size, -1)) for w in (wq, wk, wv))
    scores = torch.einsum("bhqd,bhkd->bhqk", q * size**-0.5, k)
    peak = scores.masked_fill(~mask.unsqueeze(1), -1e30).amax(-1, keepdim=True)
    e = torch.where(mask.unsqueeze(1), torch.exp(torch.where(mask.unsqueeze(1), scores - peak, 0.0)), 0.0)
    total = e.sum(-1, keepdim=True)
    p = e / torch.where(total > 0, total, 1.0)
    return torch.einsum("bhqk,bhkd,whd->bqw", p, v, wo.reshape(-1, heads, size))


def also_head_by_head(x, wq, wk, wv, wo, heads, mask):
    size, out = x.shape[2] // heads, 0
    for h in range(heads):
        own = slice(h * size, (h + 1) * size)
        q, k, v = x @ wq[own].T, x @ wk[own].T, x @ wv[own].T
        scores = torch.bmm(q, k.mT) / size**0.5
        p = torch.softmax(scores.masked_fill(~mask, float("-inf")), -1)
        out = out + p.nan_to_num() @ v @ wo[:, own].T  # filling cuts NaN off from the scores' gradient
    return out


def trap_scaled_by_the_width(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, heads, -1).transpose(1, 2) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / width**0.5
    hidden = ~mask[:, None]
    p = scores.masked_fill(hidden, torch.finfo(scores.dtype).min).softmax(dim=-1).masked_fill(hidden, 0)
    return (p @ v).transpose(1, 2).reshape(b, t, width) @ wo.T


def trap_split_without_transpose(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, heads, t, -1) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / (width // heads) ** 0.5
    hidden = ~mask[:, None]
    p = scores.masked_fill(hidden, torch.finfo(scores.dtype).min).softmax(dim=-1).masked_fill(hidden, 0)
    return (p @ v).transpose(1, 2).reshape(b, t, width) @ wo.T


def trap_merged_without_transpose(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, heads, -1).transpose(1, 2) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / (width // heads) ** 0.5
    hidden = ~mask[:, None]
    p = scores.masked_fill(hidden, torch.finfo(scores.dtype).min).softmax(dim=-1).masked_fill(hidden, 0)
    return (p @ v).reshape(b, t, width) @ wo.T


def trap_nan_in_the_gradient(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, heads, -1).transpose(1, 2) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / (width // heads) ** 0.5
    bias = torch.zeros_like(mask, dtype=scores.dtype).masked_fill(~mask, float("-inf"))
    p = (scores + bias[:, None]).softmax(dim=-1).nan_to_num()
    return (p @ v).transpose(1, 2).reshape(b, t, width) @ wo.T


def trap_nan_where_nothing_is_seen(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, heads, -1).transpose(1, 2) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / (width // heads) ** 0.5
    p = scores.masked_fill(~mask[:, None], float("-inf")).softmax(dim=-1)
    return (p @ v).transpose(1, 2).reshape(b, t, width) @ wo.T


def trap_mask_after_softmax(x, wq, wk, wv, wo, heads, mask):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, heads, -1).transpose(1, 2) for w in (wq, wk, wv))
    scores = q @ k.transpose(-2, -1) / (width // heads) ** 0.5
    p = scores.softmax(dim=-1).masked_fill(~mask[:, None], 0)
    return (p @ v).transpose(1, 2).reshape(b, t, width) @ wo.T
