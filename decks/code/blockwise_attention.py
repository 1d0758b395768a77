"""Attention over keys that arrive block by block, with an online softmax.

q: (queries, size). blocks: an iterator, to be run through once, of (k, v): k
(n, size), v (n, value_size), n differs from block to block. They lie in one
buffer: a block is overwritten when the next one is asked for. Every query
sees every key; scores are scaled by 1 / sqrt(size) and may be in the
hundreds. No gradient is asked for. Returns (out, lse): out (queries,
value_size), what softmax attention over all keys gives, and lse (queries,),
the logarithm of the sum of exp(score) over all keys.
"""

import torch

ZH = """用 online softmax 计算 attention，key 分块到来。

q：(queries, size)。blocks：一个迭代器，只能遍历一次，每次给出 (k, v)：k 是
(n, size)，v 是 (n, value_size)，各块的 n 不同。它们共用一块缓冲区：取下一块
时，上一块就被覆盖。每个 query 都能看到所有 key；分数乘以 1 / sqrt(size)，可能
有几百那么大。不要求梯度。返回 (out, lse)：out 是 (queries, value_size)，等于
对全部 key 做 softmax attention 的结果；lse 是 (queries,)，即 exp(score) 对全
部 key 求和后取对数。
"""

equivalent = {
    "(0.0, 0.0) → (1.0, 0.0)": "the first block multiplies it by exp(-inf), which is 0",
    "(0.0, 0.0) → (0.0, 1.0)": "the first block multiplies it by exp(-inf), which is 0",
}


def blockwise_attention(q, blocks):
    peak = torch.full((len(q), 1), float("-inf"))  # maximum so far
    total, out = 0.0, 0.0  # sums of exp(score - peak), and of that times v
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5  # (queries, n)
        higher = torch.maximum(peak, scores.amax(dim=1, keepdim=True))
        shrink = (peak - higher).exp()  # (queries, 1), for what was gathered
        e = (scores - higher).exp()
        total = total * shrink + e.sum(dim=1, keepdim=True)  # (queries, 1)
        out = out * shrink + e @ v  # (queries, value_size)
        peak = higher
    return out / total, (peak + total.log()).squeeze(1)


def use(candidate, q, k, v, lengths):
    k_buffer, v_buffer = torch.empty(max(lengths), k.shape[1]), torch.empty(max(lengths), v.shape[1])

    def blocks():
        start = 0
        for n in lengths:
            k_buffer.fill_(float("nan")), v_buffer.fill_(float("nan"))
            k_buffer[:n], v_buffer[:n] = k[start : start + n], v[start : start + n]
            yield k_buffer[:n], v_buffer[:n]
            start += n
        k_buffer.fill_(float("nan")), v_buffer.fill_(float("nan"))

    return candidate(q, blocks())


def cases(rand, randn, randint):
    yield "even_blocks", dict(q=2 * randn(3, 5), k=randn(6, 5), v=randn(6, 7), lengths=[2, 2, 2])
    q, k = rand(2, 3), randn(7, 3)
    yield "scores_rise", dict(q=q, k=k + torch.arange(7)[:, None], v=randn(7, 5), lengths=[2, 3, 2])
    yield "scores_fall", dict(q=q, k=k - torch.arange(7)[:, None], v=randn(7, 2), lengths=[3, 1, 3])
    yield "large_scores", dict(q=40 * randn(5, 7), k=10 * randn(10, 7), v=randn(10, 3), lengths=[5, 3, 2])
    yield "one_key_each", dict(q=5 * randn(7, 2), k=randn(5, 2), v=randn(5, 3), lengths=[1, 1, 1, 1, 1])


def also_merges_partials(q, blocks):
    out, lse = None, None
    for k, v in blocks:
        scores = torch.einsum("qd,kd->qk", q, k) * k.size(1) ** -0.5
        part, part_lse = torch.softmax(scores, 1) @ v, torch.logsumexp(scores, 1)
        if out is None:
            out, lse = part, part_lse
            continue
        both = torch.logaddexp(lse, part_lse)
        out = out * torch.exp(lse - both)[:, None] + part * torch.exp(part_lse - both)[:, None]
        lse = both
    return out, lse


def also_normalized_as_it_goes(q, blocks):
    m, s, out = torch.full((q.shape[0],), -1e30), torch.zeros(q.shape[0]), None
    for k, v in blocks:
        for key, value in zip(k, v, strict=True):
            score = (q * key).sum(1) / len(key) ** 0.5
            new = torch.where(score > m, score, m)
            s_new = s * torch.exp(m - new) + torch.exp(score - new)
            weight = (torch.exp(score - new) / s_new)[:, None]
            out = value.repeat(len(q), 1) if out is None else out * (1 - weight) + weight * value
            m, s = new, s_new
    return out, m + torch.log(s)


def trap_output_not_rescaled(q, blocks):
    peak = torch.full((len(q), 1), float("-inf"))
    total, out = 0.0, 0.0
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5
        higher = torch.maximum(peak, scores.amax(dim=1, keepdim=True))
        e = (scores - higher).exp()
        total = total * (peak - higher).exp() + e.sum(dim=1, keepdim=True)
        out = out + e @ v
        peak = higher
    return out / total, (peak + total.log()).squeeze(1)


def trap_peak_of_the_block(q, blocks):
    peak = torch.full((len(q), 1), float("-inf"))
    total, out = 0.0, 0.0
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5
        here = scores.amax(dim=1, keepdim=True)
        e = (scores - here).exp()
        total = total + e.sum(dim=1, keepdim=True)
        out = out + e @ v
        peak = torch.maximum(peak, here)
    return out / total, (peak + total.log()).squeeze(1)


def trap_rescaled_the_wrong_way(q, blocks):
    peak = torch.full((len(q), 1), -1e4)
    total, out = 0.0, 0.0
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5
        higher = torch.maximum(peak, scores.amax(dim=1, keepdim=True))
        grow = (higher - peak).exp() if torch.is_tensor(total) else 1.0
        e = (scores - higher).exp()
        total = total * grow + e.sum(dim=1, keepdim=True)
        out = out * grow + e @ v
        peak = higher
    return out / total, (peak + total.log()).squeeze(1)


def trap_mean_of_the_blocks(q, blocks):
    outs, sums = [], []
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5
        outs.append(scores.softmax(dim=1) @ v)
        sums.append(scores.logsumexp(dim=1))
    return torch.stack(outs).mean(0), torch.stack(sums).logsumexp(0)


def trap_no_peak(q, blocks):
    total, out = 0.0, 0.0
    for k, v in blocks:
        e = (q @ k.T / q.shape[1] ** 0.5).exp()
        total = total + e.sum(dim=1, keepdim=True)
        out = out + e @ v
    return out / total, total.log().squeeze(1)


def trap_lse_without_the_peak(q, blocks):
    peak = torch.full((len(q), 1), float("-inf"))
    total, out = 0.0, 0.0
    for k, v in blocks:
        scores = q @ k.T / q.shape[1] ** 0.5
        higher = torch.maximum(peak, scores.amax(dim=1, keepdim=True))
        shrink = (peak - higher).exp()
        e = (scores - higher).exp()
        total = total * shrink + e.sum(dim=1, keepdim=True)
        out = out * shrink + e @ v
        peak = higher
    return out / total, total.log().squeeze(1)
