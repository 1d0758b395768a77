"""Cross-entropy from logits, and its gradient by hand.

logits: float (rows, classes), finite, may be in the hundreds. labels: int64
(rows,), class numbers; -100 marks padding, which counts for nothing. Returns
(loss, grad): loss, a scalar tensor, the mean of -log softmax(logits)[label]
over the rows that count (at least one does); grad, the derivative of that
mean by logits, of their shape. Neither torch's cross-entropy nor autograd is
to be called.
"""

import torch
import torch.nn.functional as F

ZH = """由 logits 计算交叉熵，并手写它的梯度。

logits：浮点 (rows, classes)，都是有限值，可能有几百那么大。labels：int64
(rows,)，类别编号；-100 表示 padding，不参与计算。返回 (loss, grad)：loss 是标
量张量，即 -log softmax(logits)[y] 在参与计算的行（至少有一行）上的平均，y 是
该行的标签；grad 是这个平均值对 logits 的导数，形状与 logits 相同。不许调用
torch 自带的交叉熵，也不许用 autograd。
"""


forbid = [
    "torch.nn.functional.cross_entropy",
    "torch.nn.functional.nll_loss",
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.Tensor.backward",
]


def cross_entropy(logits, labels):
    kept = (labels != -100).unsqueeze(1)  # (rows, 1)
    log_p = F.log_softmax(logits, dim=1)  # (rows, classes)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1]) * kept  # like log_p
    loss = -(log_p * target).sum() / kept.sum()
    grad = (log_p.exp() - target) * kept / kept.sum()
    return loss, grad


def cases(rand, randn, randint):
    yield "plain", dict(logits=2 * randn(3, 5), labels=torch.tensor([4, 0, 2]))
    yield "padding", dict(logits=randn(7, 3), labels=torch.tensor([2, -100, 0, -100, 1, 1, -100]))
    yield "large_logits", dict(logits=300 * randn(5, 7), labels=randint(7, (5,)))
    yield "one_row_counts", dict(logits=randn(2, 3), labels=torch.tensor([-100, 0]))


def also_by_index(logits, labels):
    rows = (labels != -100).nonzero().squeeze(1)
    n = len(rows)
    z = logits[rows]
    log_p = z - z.logsumexp(1, keepdim=True)
    picked = log_p.gather(1, labels[rows, None])
    delta = log_p.exp()
    delta[torch.arange(n), labels[rows]] -= 1
    grad = torch.zeros_like(logits)
    grad[rows] = delta / n
    return -picked.mean(), grad


def also_row_by_row(logits, labels):
    grad, losses = torch.zeros_like(logits), []
    for i, label in enumerate(labels.tolist()):
        if label == -100:
            continue
        shifted = logits[i] - logits[i].max()
        total = shifted.exp().sum()
        losses.append(total.log() - shifted[label])
        grad[i] = shifted.exp() / total
        grad[i, label] -= 1
    return sum(losses) / len(losses), grad / len(losses)


def trap_gradient_of_the_sum(logits, labels):
    kept = (labels != -100).unsqueeze(1)
    log_p = F.log_softmax(logits, dim=1)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1]) * kept
    loss = -(log_p * target).sum() / kept.sum()
    return loss, (log_p.exp() - target) * kept


def trap_mean_counts_padding(logits, labels):
    kept = (labels != -100).unsqueeze(1)
    log_p = F.log_softmax(logits, dim=1)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1]) * kept
    return -(log_p * target).sum() / len(labels), (log_p.exp() - target) * kept / len(labels)


def trap_padding_has_a_gradient(logits, labels):
    kept = (labels != -100).unsqueeze(1)
    log_p = F.log_softmax(logits, dim=1)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1]) * kept
    loss = -(log_p * target).sum() / kept.sum()
    return loss, (log_p.exp() - target) / kept.sum()


def trap_log_of_softmax(logits, labels):
    kept = labels != -100
    p = F.softmax(logits, dim=1)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1])
    loss = -p[kept, labels[kept]].log().mean()
    return loss, (p - target) * kept.unsqueeze(1) / kept.sum()


def trap_sign_of_the_gradient(logits, labels):
    kept = (labels != -100).unsqueeze(1)
    log_p = F.log_softmax(logits, dim=1)
    target = F.one_hot(labels.clamp(min=0), logits.shape[1]) * kept
    loss = -(log_p * target).sum() / kept.sum()
    return loss, (target - log_p.exp()) * kept / kept.sum()
