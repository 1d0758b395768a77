"""Causal grouped-query attention.

x: (batch, tokens, width). wq: (heads * size, width); wk, wv: (kv_heads *
size, width); wo: (width, heads * size); all used as nn.Linear does, x @ w.T,
without biases. heads is a multiple of kv_heads. Consecutive query heads
share a key and value head: the first heads / kv_heads of them the first, and
so on. A token sees itself and those before it; scores are scaled by 1 /
sqrt(size). The heads' outputs stand side by side before wo. Returns (batch,
tokens, width). Torch's own attention is not to be called.
"""

import torch

ZH = """因果的分组查询注意力（GQA）。

x：(batch, tokens, width)。wq：(heads * size, width)；wk、wv：(kv_heads *
size, width)；wo：(width, heads * size)；用法都与 nn.Linear 相同，即 x @ w.T，
没有 bias。heads 是 kv_heads 的倍数。相邻的 query 头共用一个 key/value 头：最
前面的 heads / kv_heads 个共用第一个，依次类推。一个 token 能看到自己和之前的
token；分数乘以 1 / sqrt(size)。各头的输出并排拼接后再乘 wo。返回 (batch,
tokens, width)。不许调用 torch 自带的 attention。
"""

forbid = ["torch.nn.functional.scaled_dot_product_attention", "torch.nn.functional.multi_head_attention_forward"]


def grouped_query_attention(x, wq, wk, wv, wo, heads, kv_heads):
    batch, tokens, _ = x.shape
    size = len(wq) // heads
    q = (x @ wq.T).view(batch, tokens, heads, size).transpose(1, 2)
    k = (x @ wk.T).view(batch, tokens, kv_heads, size).transpose(1, 2)
    v = (x @ wv.T).view(batch, tokens, kv_heads, size).transpose(1, 2)
    # (batch, kv_heads, tokens, size) -> (batch, heads, tokens, size): 0 0 0 1 1 1
    k = k.repeat_interleave(heads // kv_heads, dim=1)
    v = v.repeat_interleave(heads // kv_heads, dim=1)
    future = torch.ones(tokens, tokens, dtype=torch.bool).triu(1)
    scores = q @ k.transpose(2, 3) / size**0.5  # (batch, heads, tokens, tokens)
    p = scores.masked_fill(future, float("-inf")).softmax(dim=-1)
    out = (p @ v).transpose(1, 2).reshape(batch, tokens, heads * size)
    return out @ wo.T


def _given(randn, batch, tokens, width, heads, kv_heads, size):
    return dict(
        x=randn(batch, tokens, width).requires_grad_(),
        wq=(randn(heads * size, width) / width**0.5).requires_grad_(),
        wk=(randn(kv_heads * size, width) / width**0.5).requires_grad_(),
        wv=(randn(kv_heads * size, width) / width**0.5).requires_grad_(),
        wo=(randn(width, heads * size) / (heads * size) ** 0.5).requires_grad_(),
        heads=heads,
        kv_heads=kv_heads,
    )


def cases(rand, randn, randint):
    yield "two_groups_of_three", _given(randn, 2, 5, 7, 6, 2, 3)
    yield "three_groups_of_two", _given(randn, 3, 4, 10, 6, 3, 2)
    yield "one_kv_head", _given(randn, 2, 3, 10, 5, 1, 2)
    yield "as_many_kv_heads", _given(randn, 2, 7, 6, 3, 3, 5)
    large = _given(randn, 2, 5, 6, 4, 2, 7)
    large["x"], large["wq"] = large["x"].detach(), (40 * large["wq"].detach()).requires_grad_()
    yield "large_scores", large


def also_grouped_axes(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, _ = x.shape
    size, group = wq.shape[0] // heads, heads // kv_heads
    q = (x @ wq.T).reshape(b, t, kv_heads, group, size)
    k, v = ((x @ w.T).reshape(b, t, kv_heads, size) for w in (wk, wv))
    scores = torch.einsum("bqngd,bknd->bngqk", q, k) * size**-0.5
    scores = scores + torch.full((t, t), float("-inf")).triu(1)
    out = torch.einsum("bngqk,bknd->bqngd", torch.softmax(scores, -1), v)
    return out.reshape(b, t, -1) @ wo.T


def also_head_by_head(x, wq, wk, wv, wo, heads, kv_heads):
    q, k, v = (x @ wq.T).chunk(heads, -1), (x @ wk.T).chunk(kv_heads, -1), (x @ wv.T).chunk(kv_heads, -1)
    seen = torch.tril(torch.ones(x.shape[1], x.shape[1])) == 1
    outs = []
    for h in range(heads):
        g = h * kv_heads // heads
        scores = q[h] @ k[g].mT / q[h].shape[-1] ** 0.5
        outs.append(torch.where(seen, scores, -torch.inf).softmax(-1) @ v[g])
    return torch.cat(outs, dim=-1) @ wo.T


def trap_heads_tiled(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, _ = x.shape
    q, k, v = ((x @ w.T).view(b, t, n, -1).transpose(1, 2) for w, n in ((wq, heads), (wk, kv_heads), (wv, kv_heads)))
    k, v = k.repeat(1, heads // kv_heads, 1, 1), v.repeat(1, heads // kv_heads, 1, 1)
    future = torch.ones(t, t, dtype=torch.bool).triu(1)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    out = scores.masked_fill(future, float("-inf")).softmax(dim=-1) @ v
    return out.transpose(1, 2).reshape(b, t, -1) @ wo.T


def trap_mask_of_folded_rows(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, _ = x.shape
    group = heads // kv_heads
    q, k, v = ((x @ w.T).view(b, t, n, -1).transpose(1, 2) for w, n in ((wq, heads), (wk, kv_heads), (wv, kv_heads)))
    q = q.reshape(b, kv_heads, group * t, -1)
    seen = torch.ones(group * t, t, dtype=torch.bool).tril()
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    out = scores.masked_fill(~seen, float("-inf")).softmax(dim=-1) @ v
    return out.reshape(b, heads, t, -1).transpose(1, 2).reshape(b, t, -1) @ wo.T


def trap_scaled_by_width_over_heads(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, width = x.shape
    q, k, v = ((x @ w.T).view(b, t, n, -1).transpose(1, 2) for w, n in ((wq, heads), (wk, kv_heads), (wv, kv_heads)))
    k, v = (y.repeat_interleave(heads // kv_heads, dim=1) for y in (k, v))
    future = torch.ones(t, t, dtype=torch.bool).triu(1)
    scores = q @ k.transpose(-2, -1) / (width / heads) ** 0.5
    out = scores.masked_fill(future, float("-inf")).softmax(dim=-1) @ v
    return out.transpose(1, 2).reshape(b, t, -1) @ wo.T


def trap_merged_without_transpose(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, _ = x.shape
    q, k, v = ((x @ w.T).view(b, t, n, -1).transpose(1, 2) for w, n in ((wq, heads), (wk, kv_heads), (wv, kv_heads)))
    k, v = (y.repeat_interleave(heads // kv_heads, dim=1) for y in (k, v))
    future = torch.ones(t, t, dtype=torch.bool).triu(1)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    out = scores.masked_fill(future, float("-inf")).softmax(dim=-1) @ v
    return out.reshape(b, t, -1) @ wo.T


def trap_sees_the_future(x, wq, wk, wv, wo, heads, kv_heads):
    b, t, _ = x.shape
    q, k, v = ((x @ w.T).view(b, t, n, -1).transpose(1, 2) for w, n in ((wq, heads), (wk, kv_heads), (wv, kv_heads)))
    k, v = (y.repeat_interleave(heads // kv_heads, dim=1) for y in (k, v))
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    return (scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(b, t, -1) @ wo.T
