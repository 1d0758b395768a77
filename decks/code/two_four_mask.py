"""The 2:4 mask of a weight.

weight: (rows, columns) float, columns a multiple of 4. A group is four
neighbours in a row: columns 0 to 3, 4 to 7 and so on. In every group exactly
two weights stay, those whose magnitudes have the largest sum. Of equal
magnitudes the left ones stay.
Returns the mask: bool (rows, columns), True where a weight stays.
"""

import torch

ZH = """权重的 2:4 mask。

weight：(rows, columns) 浮点，columns 是 4 的倍数。一行里相邻四个为一组：第 0
到 3 列、第 4 到 7 列，依此类推。每组恰好保留两个权重，即绝对值之和最大的两
个。绝对值相等时保留左边的。
返回 mask：布尔 (rows, columns)，True 表示保留。
"""


def two_four_mask(weight):
    fours = weight.abs().reshape(len(weight), -1, 4)  # (rows, groups, 4)
    order = fours.argsort(dim=2, descending=True, stable=True)  # equal ones stay in their order
    mask = torch.zeros(fours.shape, dtype=torch.bool)
    mask.scatter_(2, order[:, :, :2], True)
    return mask.reshape(weight.shape)


def cases(rand, randn, randint):
    yield "plain", dict(weight=randn(3, 20))
    yield "square", dict(weight=randn(8, 8))
    yield "groups_differ", dict(weight=randn(2, 12) * torch.tensor([0.01, 10.0, 1.0]).repeat_interleave(4))
    yield "ties", dict(weight=0.5 * randint(-1, 2, (7, 8)).float())
    yield (
        "zero_groups",
        dict(weight=torch.cat([torch.zeros(2, 4), randn(2, 4), torch.tensor([[0.0, 0, 0, 3], [0, -2, 0, 0]])], dim=1)),
    )


def also_six_patterns(weight):
    kept = torch.tensor([[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])  # of equal sums the first is taken
    patterns = torch.zeros(6, 4, dtype=torch.bool).scatter(1, kept, True)
    sums = weight.abs().reshape(-1, 4) @ patterns.float().T
    return patterns[sums.argmax(dim=1)].reshape(weight.shape)


def also_largest_twice(weight):
    fours = weight.abs().view(len(weight), -1, 4)
    first = fours.argmax(dim=-1, keepdim=True)  # the first of the largest
    second = fours.scatter(-1, first, -1.0).argmax(dim=-1, keepdim=True)
    places = torch.arange(4)
    return ((places == first) | (places == second)).view(weight.shape)


def also_group_by_group(weight):
    mask = torch.zeros(weight.shape, dtype=torch.bool)
    for i, row in enumerate(weight.abs().tolist()):
        for start in range(0, len(row), 4):
            for j in sorted(range(start, start + 4), key=lambda j: -row[j])[:2]:
                mask[i, j] = True
    return mask


def trap_down_the_columns(weight):
    rows, columns = weight.shape
    order = weight.abs().T.reshape(-1, 4).argsort(dim=1, descending=True, stable=True)
    mask = torch.zeros(order.shape, dtype=torch.bool).scatter(1, order[:, :2], True)
    return mask.reshape(columns, rows).T


def trap_strided_groups(weight):
    fours = weight.abs().reshape(len(weight), 4, -1)
    order = fours.argsort(dim=1, descending=True, stable=True)
    mask = torch.zeros(fours.shape, dtype=torch.bool).scatter(1, order[:, :2], True)
    return mask.reshape(weight.shape)


def trap_half_of_each_row(weight):
    order = weight.abs().argsort(dim=1, descending=True, stable=True)
    mask = torch.zeros(weight.shape, dtype=torch.bool)
    return mask.scatter(1, order[:, : weight.shape[1] // 2], True)


def trap_without_magnitude(weight):
    fours = weight.reshape(len(weight), -1, 4)
    order = fours.argsort(dim=2, descending=True, stable=True)
    mask = torch.zeros(fours.shape, dtype=torch.bool).scatter(2, order[:, :, :2], True)
    return mask.reshape(weight.shape)


def trap_second_largest_as_threshold(weight):
    fours = weight.abs().reshape(len(weight), -1, 4)
    threshold = fours.sort(dim=2, descending=True).values[:, :, 1:2]
    return (fours >= threshold).reshape(weight.shape)


def trap_topk_of_ties(weight):
    fours = weight.abs().reshape(len(weight), -1, 4)
    mask = torch.zeros(fours.shape, dtype=torch.bool).scatter(2, fours.topk(2, dim=2).indices, True)
    return mask.reshape(weight.shape)
