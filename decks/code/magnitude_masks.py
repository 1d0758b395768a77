"""Masks for pruning single weights by magnitude, over all layers at once.

weights: a list of float tensors, of any shapes. kept: how many of all their
entries stay, 0 <= kept <= their number. The largest magnitudes stay,
whichever layer they are in. Of equal magnitudes the first stay: earlier
tensors first, within a tensor row by row.
Returns a list of bool tensors shaped like weights, True where a weight
stays; in all exactly kept of them are True. A weight of 0 can stay.
"""

import torch

ZH = """按绝对值大小剪掉单个权重的 mask，所有层一起排序。

weights：浮点张量的列表，形状任意。kept：所有元素里一共保留几个，0 <= kept <=
元素总数。保留绝对值最大的，不论在哪一层。绝对值相等时先到先留：靠前的张量优
先，同一张量内按行的顺序。
返回布尔张量的列表，形状与 weights 对应，True 表示保留；其中恰好有 kept 个
True。值为 0 的权重也可能保留。
"""


def magnitude_masks(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights]).abs()  # (all weights,)
    order = flat.argsort(descending=True, stable=True)  # equal ones stay in their order
    mask = torch.zeros(len(flat), dtype=torch.bool)
    mask[order[:kept]] = True
    parts = mask.split([weight.numel() for weight in weights])
    return [part.reshape(weight.shape) for part, weight in zip(parts, weights, strict=True)]


def cases(rand, randn, randint):
    yield "layers_differ", dict(weights=[0.1 * randn(2, 3), randn(5, 7), 3 * randn(3, 5)], kept=17)
    yield "other_axes", dict(weights=[randn(7), randn(2, 3, 5), randn(3, 2, 1, 2)], kept=23)
    yield (
        "ties",
        dict(weights=[0.5 * randint(-2, 3, (3, 5)).float(), torch.full((2, 3), -0.5), torch.full((7,), 0.5)], kept=20),
    )
    yield "zeros_before", dict(weights=[torch.tensor([[0.0, 0.3, 0.0], [0.0, 0.0, -0.7]]), torch.zeros(5)], kept=4)
    yield "none_stay", dict(weights=[randn(3, 2), randn(5)], kept=0)
    yield "all_stay", dict(weights=[randn(2, 3), torch.zeros(2)], kept=8)


def also_one_by_one(weights, kept):
    masks = [torch.zeros(weight.shape, dtype=torch.bool) for weight in weights]
    places = [(-abs(x), i, j) for i, weight in enumerate(weights) for j, x in enumerate(weight.flatten().tolist())]
    for _, i, j in sorted(places)[:kept]:
        masks[i].view(-1)[j] = True
    return masks


def also_ties_counted(weights, kept):
    if kept == 0:
        return [torch.zeros_like(weight, dtype=torch.bool) for weight in weights]
    flat = torch.cat([weight.reshape(-1) for weight in weights]).abs()
    threshold = flat.kthvalue(len(flat) - kept + 1).values
    above, equal = flat > threshold, flat == threshold
    mask = above | (equal & (equal.cumsum(0) <= kept - above.sum()))
    masks, start = [], 0
    for weight in weights:
        masks.append(mask[start : start + weight.numel()].view_as(weight))
        start += weight.numel()
    return masks


def trap_share_of_each_layer(weights, kept):
    masks, share = [], kept / sum(weight.numel() for weight in weights)
    for weight in weights:
        order = weight.flatten().abs().argsort(descending=True, stable=True)
        mask = torch.zeros(weight.numel(), dtype=torch.bool)
        mask[order[: round(share * weight.numel())]] = True
        masks.append(mask.reshape(weight.shape))
    return masks


def trap_threshold_keeps_ties(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights]).abs()
    threshold = flat.sort(descending=True).values[kept - 1]
    return [weight.abs() >= threshold for weight in weights]


def trap_threshold_drops_ties(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights]).abs()
    threshold = flat.sort().values[len(flat) - kept - 1]
    return [weight.abs() > threshold for weight in weights]


def trap_without_magnitude(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights])
    order = flat.argsort(descending=True, stable=True)
    mask = torch.zeros(len(flat), dtype=torch.bool)
    mask[order[:kept]] = True
    parts = mask.split([weight.numel() for weight in weights])
    return [part.reshape(weight.shape) for part, weight in zip(parts, weights, strict=True)]


def trap_topk_of_ties(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights]).abs()
    mask = torch.zeros(len(flat), dtype=torch.bool)
    mask[flat.topk(kept).indices] = True
    parts = mask.split([weight.numel() for weight in weights])
    return [part.reshape(weight.shape) for part, weight in zip(parts, weights, strict=True)]


def trap_marks_what_goes(weights, kept):
    flat = torch.cat([weight.flatten() for weight in weights]).abs()
    order = flat.argsort(descending=True, stable=True)
    mask = torch.ones(len(flat), dtype=torch.bool)
    mask[order[:kept]] = False
    parts = mask.split([weight.numel() for weight in weights])
    return [part.reshape(weight.shape) for part, weight in zip(parts, weights, strict=True)]
