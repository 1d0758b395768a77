"""Causal attention over a KV cache, for one new token or a block of them.

q, k, v: (batch, heads, new, size), of the new tokens. cache: None, or (keys,
values) of the tokens before them, each (batch, heads, old, size). Each new
token sees all old ones, the new ones before it, and itself; scores are
scaled by 1 / sqrt(size). Returns (out, cache): out (batch, heads, new,
size), and (keys, values) of all old + new tokens, in order. The cache that
came in stays as it is. Torch's own attention is not to be called.
"""

import torch

ZH = """带 KV cache 的因果 attention，一次处理一个或几个新 token。

q、k、v：新 token 的，(batch, heads, new, size)。cache：None，或者之前 token
的 (keys, values)，各为 (batch, heads, old, size)。每个新 token 能看到所有旧
token、它之前的新 token 和它自己；分数乘以 1 / sqrt(size)。返回 (out, cache)：
out 是 (batch, heads, new, size)；cache 是全部 old + new 个 token 的 (keys,
values)，按顺序排列。传入的 cache 不能改动。不许调用 torch 自带的 attention。
"""

forbid = ["torch.nn.functional.scaled_dot_product_attention"]


def kv_cache_attention(q, k, v, cache):
    if cache is not None:
        k = torch.cat([cache[0], k], dim=2)  # (batch, heads, old + new, size)
        v = torch.cat([cache[1], v], dim=2)
    new, total = q.shape[2], k.shape[2]
    position = torch.arange(total - new, total)[:, None]  # of the new ones
    future = torch.arange(total) > position  # (new, total)
    scores = q @ k.transpose(2, 3) / q.shape[-1] ** 0.5  # (..., new, total)
    p = scores.masked_fill(future, float("-inf")).softmax(dim=-1)
    return p @ v, (k, v)


def _given(randn, new, old, batch, heads, size):
    given = {name: randn(batch, heads, new, size).requires_grad_() for name in ("q", "k", "v")}
    past = tuple(randn(batch, heads, old, size).requires_grad_() for _ in range(2)) if old else None
    return given | {"cache": past}


def cases(rand, randn, randint):
    yield "first_block", _given(randn, 5, 0, 2, 3, 7)
    yield "one_token", _given(randn, 1, 7, 3, 2, 5)
    yield "block_after_cache", _given(randn, 3, 5, 2, 2, 7)
    yield "block_longer_than_cache", _given(randn, 5, 2, 3, 2, 3)
    large = _given(randn, 2, 3, 2, 3, 5)
    yield "large_scores", large | {"q": (60 * large["q"].detach()).requires_grad_()}


def also_two_parts(q, k, v, cache):
    old = 0 if cache is None else cache[0].shape[-2]
    keys = k if cache is None else torch.cat((cache[0], k), -2)
    values = v if cache is None else torch.cat((cache[1], v), -2)
    new = q.shape[-2]
    mask = torch.cat([torch.zeros(new, old), torch.full((new, new), float("-inf")).triu(1)], dim=1)
    scores = torch.einsum("bhqd,bhkd->bhqk", q * q.shape[-1] ** -0.5, keys) + mask
    return torch.einsum("bhqk,bhkd->bhqd", torch.softmax(scores, -1), values), (keys, values)


def also_token_by_token(q, k, v, cache):
    keys, values = cache if cache is not None else (k[:, :, :0], v[:, :, :0])
    outs = []
    for i in range(q.size(2)):
        keys = torch.cat([keys, k[:, :, i : i + 1]], 2)
        values = torch.cat([values, v[:, :, i : i + 1]], 2)
        weights = torch.softmax(q[:, :, i : i + 1] @ keys.mT / q.size(3) ** 0.5, dim=3)
        outs.append(weights @ values)
    return torch.cat(outs, 2), (keys, values)


def also_triangle(q, k, v, cache):
    if cache is not None:
        k = torch.cat([cache[0], k], dim=2)
        v = torch.cat([cache[1], v], dim=2)
    n, total = q.shape[2], k.shape[2]
    mask = torch.ones(n, total, dtype=torch.bool).tril(diagonal=total - n)
    s = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
    s = s.masked_fill(~mask, float("-inf"))
    return s.softmax(-1) @ v, (k, v)


def trap_mask_from_the_corner(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    if q.shape[2] > 1:
        seen = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool).tril()
        scores = scores.masked_fill(~seen, float("-inf"))
    return scores.softmax(dim=-1) @ v, (k, v)


def trap_one_token_sees_one_key(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
    seen = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool).tril()
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    return scores.masked_fill(~seen, float("-inf")).softmax(dim=-1) @ v, (k, v)


def trap_no_mask(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    return scores.softmax(dim=-1) @ v, (k, v)


def trap_keeps_only_the_new(q, k, v, cache):
    keys, values = k, v
    if cache is not None:
        keys, values = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
    new, total = q.shape[2], keys.shape[2]
    seen = torch.ones(new, total, dtype=torch.bool).tril(total - new)
    scores = q @ keys.transpose(-2, -1) / q.shape[-1] ** 0.5
    return scores.masked_fill(~seen, float("-inf")).softmax(dim=-1) @ values, (k, v)


def trap_new_before_old(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([k, cache[0]], dim=2), torch.cat([v, cache[1]], dim=2)
    new, total = q.shape[2], k.shape[2]
    seen = torch.ones(new, total, dtype=torch.bool).tril(total - new)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    return scores.masked_fill(~seen, float("-inf")).softmax(dim=-1) @ v, (k, v)


def trap_not_scaled(q, k, v, cache):
    if cache is not None:
        k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
    new, total = q.shape[2], k.shape[2]
    seen = torch.ones(new, total, dtype=torch.bool).tril(total - new)
    scores = q @ k.transpose(-2, -1)
    return scores.masked_fill(~seen, float("-inf")).softmax(dim=-1) @ v, (k, v)
