"""Remove hidden neurons, and fold what they give on average into a bias.

The network is y = w2 relu(w1 x + b1) + b2, with w1 (hidden, in), b1
(hidden,), w2 (out, hidden), b2 (out,). gone: a list of the numbers of the
neurons to remove, each once, in any order; at least one neuron stays.
x: calibration inputs (n, in). A removed neuron is replaced by its mean
activation (behind the ReLU) over x: what that adds to the outputs goes into
the second bias, nothing else is refitted.
Returns (w1, b1, w2, b2) of the smaller network, the neurons that stay in
their order. The given tensors stay as they are.
"""

import torch

ZH = """删除隐层神经元，并把它们的平均输出并入 bias。

网络是 y = w2 relu(w1 x + b1) + b2，其中 w1 (hidden, in)、b1 (hidden,)、w2
(out, hidden)、b2 (out,)。gone：要删除的神经元编号的列表，各出现一次，顺序任
意；至少留下一个神经元。x：校准输入 (n, in)。被删除的神经元用它在 x 上的平均激
活（ReLU 之后）代替：它给输出带来的那部分并入第二层的 bias，别的都不重新拟合。
返回缩小后的网络 (w1, b1, w2, b2)，留下的神经元保持原来的顺序。传入的张量不能
改动。
"""


def remove_neurons(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)  # (hidden,)
    stays[gone] = False
    mean = torch.relu(x @ w1.T + b1).mean(dim=0)  # (hidden,)
    folded = b2 + w2[:, ~stays] @ mean[~stays]  # (out,)
    return w1[stays], b1[stays], w2[:, stays], folded


def cases(rand, randn, randint):
    yield "one", dict(w1=randn(5, 3), b1=randn(5), w2=randn(2, 5), b2=randn(2), gone=[1], x=randn(7, 3))
    yield "a_pair", dict(w1=randn(7, 2), b1=randn(7), w2=randn(3, 7), b2=randn(3), gone=[0, 3], x=randn(5, 2))
    yield "any_order", dict(w1=randn(7, 5), b1=randn(7), w2=randn(3, 7), b2=randn(3), gone=[6, 0, 2], x=randn(11, 5))
    yield (
        "rarely_on",
        dict(w1=randn(5, 3), b1=randn(5) - 1, w2=randn(5, 5), b2=randn(5), gone=[4, 2], x=3 * randn(13, 3)),
    )
    yield "one_input", dict(w1=randn(3, 5), b1=rand(3), w2=randn(2, 3), b2=randn(2), gone=[2, 1], x=randn(1, 5))


def also_mean_of_outputs(w1, b1, w2, b2, gone, x):
    left = [i for i in range(w1.shape[0]) if i not in gone]
    hidden = (x @ w1.t() + b1).clamp(min=0)
    before = hidden @ w2.t()  # what the outputs lose on average is what the bias has to give
    after = hidden[:, left] @ w2[:, left].t()
    return w1[left], b1[left], w2[:, left], b2 + (before - after).mean(0)


def also_one_after_another(w1, b1, w2, b2, gone, x):
    for i in sorted(gone, reverse=True):
        b2 = b2 + w2[:, i] * torch.relu(x @ w1[i] + b1[i]).mean()
        w1 = torch.cat([w1[:i], w1[i + 1 :]])
        b1 = torch.cat([b1[:i], b1[i + 1 :]])
        w2 = torch.cat([w2[:, :i], w2[:, i + 1 :]], dim=1)
    return w1, b1, w2, b2


def trap_only_removed(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)
    stays[gone] = False
    return w1[stays], b1[stays], w2[:, stays], b2


def trap_relu_of_the_mean(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)
    stays[gone] = False
    mean = torch.relu(w1 @ x.mean(dim=0) + b1)
    return w1[stays], b1[stays], w2[:, stays], b2 + w2[:, ~stays] @ mean[~stays]


def trap_before_the_relu(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)
    stays[gone] = False
    mean = (x @ w1.T + b1).mean(dim=0)
    return w1[stays], b1[stays], w2[:, stays], b2 + w2[:, ~stays] @ mean[~stays]


def trap_first_bias_forgotten(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)
    stays[gone] = False
    mean = torch.relu(x @ w1.T).mean(dim=0)
    return w1[stays], b1[stays], w2[:, stays], b2 + w2[:, ~stays] @ mean[~stays]


def trap_numbers_shift(w1, b1, w2, b2, gone, x):
    mean = torch.relu(x @ w1.T + b1).mean(dim=0)
    b2 = b2 + w2[:, gone] @ mean[gone]
    for i in gone:
        w1 = torch.cat([w1[:i], w1[i + 1 :]])
        b1 = torch.cat([b1[:i], b1[i + 1 :]])
        w2 = torch.cat([w2[:, :i], w2[:, i + 1 :]], dim=1)
    return w1, b1, w2, b2


def trap_changes_the_bias(w1, b1, w2, b2, gone, x):
    stays = torch.ones(len(b1), dtype=torch.bool)
    stays[gone] = False
    mean = torch.relu(x @ w1.T + b1).mean(dim=0)
    b2 += w2[:, ~stays] @ mean[~stays]
    return w1[stays], b1[stays], w2[:, stays], b2
