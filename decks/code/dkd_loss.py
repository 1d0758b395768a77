"""Decoupled distillation (DKD): how sure of the true class, and how the others are ranked.

student, teacher: logits (batch, classes). labels: class numbers (batch,), the
true classes. All probabilities are softmax at temperature T. The target part
is KL(teacher || student) of two probabilities: the true class's, and that of
all others together. The other part is KL(teacher || student) among the
classes that are not the true one, each network's probabilities there scaled
to sum to 1. Both are averaged over the batch. The loss is T squared times
(alpha * target part + beta * other part). Returns a scalar. Logits may be
large; the teacher needs no gradient.
"""

import torch
import torch.nn.functional as F

ZH = """解耦蒸馏（DKD）：对真实类别有多大把握，以及其余类别如何排序。

student、teacher：logits (batch, classes)。labels：类别编号 (batch,)，即真实类
别。所有概率都是温度 T 下的 softmax。目标类一项是两个概率上的 KL(teacher ||
student)：真实类别的概率，以及其余类别的概率之和。另一项是其余类别之间的
KL(teacher || student)，两个网络各自把这些概率重新归一化到和为 1。两项都对
batch 求平均。损失是 T 的平方乘以 (alpha * 目标类一项 + beta * 另一项)。返回标
量。logits 可能很大；teacher 不需要梯度。
"""


def dkd_loss(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()  # (batch, classes)

    def split(logits):
        z = logits / T
        others = z[~true].view(len(z), -1)  # (batch, classes - 1)
        two = torch.stack([z[true], others.logsumexp(dim=1)], dim=1)  # (batch, 2)
        return two.log_softmax(dim=1), others.log_softmax(dim=1)

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q, two_p, reduction="batchmean", log_target=True)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)


def cases(rand, randn, randint):
    def drawn(batch, classes, size, **given):
        labels = randint(classes, (batch,))
        return dict(
            student=(size * randn(batch, classes)).requires_grad_(),
            teacher=size * randn(batch, classes),
            labels=labels,
            **given,
        )

    yield "target_only", drawn(2, 5, 1.0, T=2.0, alpha=1.5, beta=0.0)
    yield "others_only", drawn(3, 7, 1.0, T=4.0, alpha=0.0, beta=0.8)
    yield "both", drawn(5, 3, 2.0, T=0.5, alpha=0.7, beta=3.0)
    yield "two_classes", drawn(3, 2, 1.0, T=3.0, alpha=0.6, beta=2.0)
    yield "large_logits", drawn(5, 7, 300.0, T=1.5, alpha=1.2, beta=0.4)


def also_from_log_softmax(student, teacher, labels, T, alpha, beta):
    true = torch.zeros_like(student, dtype=torch.bool).scatter_(1, labels[:, None], True)

    def parts(logits):
        log_p = torch.log_softmax(logits / T, dim=1)
        rest = log_p.masked_fill(true, -torch.inf).logsumexp(dim=1)
        return log_p[true], rest, (log_p - rest[:, None])[~true].view(len(log_p), -1)

    q_true, q_rest, q_others = parts(student)
    p_true, p_rest, p_others = parts(teacher)
    target = p_true.exp() * (p_true - q_true) + p_rest.exp() * (p_rest - q_rest)
    other = (p_others.exp() * (p_others - q_others)).sum(dim=1)
    return T * T * (alpha * target.mean() + beta * other.mean())


def also_row_by_row(student, teacher, labels, T, alpha, beta):
    total = 0.0
    for s, t, label in zip(student / T, teacher / T, labels.tolist(), strict=True):
        keep = [c for c in range(len(s)) if c != label]
        gap = torch.stack([z[label] - z[keep].logsumexp(0) for z in (s, t)])  # log odds of the true class
        p = torch.stack([gap[1].sigmoid(), (-gap[1]).sigmoid()])
        log_p, log_q = (F.logsigmoid(torch.stack([g, -g])) for g in (gap[1], gap[0]))
        total = total + alpha * (p * (log_p - log_q)).sum()
        log_p, log_q = t[keep].log_softmax(0), s[keep].log_softmax(0)
        total = total + beta * (log_p.exp() * (log_p - log_q)).sum()
    return T**2 * total / len(student)


def trap_no_t_squared(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()

    def split(logits):
        z = logits / T
        others = z[~true].view(len(z), -1)
        two = torch.stack([z[true], others.logsumexp(dim=1)], dim=1)
        return two.log_softmax(dim=1), others.log_softmax(dim=1)

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q, two_p, reduction="batchmean", log_target=True)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return alpha * target + beta * other


def trap_still_coupled(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()

    def split(logits):
        log_p = F.log_softmax(logits / T, dim=1)
        others = log_p[~true].view(len(log_p), -1)
        return torch.stack([log_p[true], others.logsumexp(dim=1)], dim=1), others

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q, two_p, reduction="batchmean", log_target=True)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)


def trap_true_class_stays(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()

    def split(logits):
        z = logits / T
        others = z[~true].view(len(z), -1)
        two = torch.stack([z[true], others.logsumexp(dim=1)], dim=1)
        return two.log_softmax(dim=1), z.log_softmax(dim=1)

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q, two_p, reduction="batchmean", log_target=True)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)


def trap_log_of_a_sum(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()

    def split(logits):
        p = F.softmax(logits / T, dim=1)
        others = (logits / T)[~true].view(len(p), -1)
        return torch.stack([p[true], 1 - p[true]], dim=1), others.log_softmax(dim=1)

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q.log(), two_p, reduction="batchmean")
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)


def trap_half_of_the_target(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(labels, student.shape[1]).bool()
    log_q, log_p = F.log_softmax(student / T, dim=1)[true], F.log_softmax(teacher / T, dim=1)[true]
    target = (log_p.exp() * (log_p - log_q)).mean()
    others_q = (student / T)[~true].view(len(student), -1).log_softmax(dim=1)
    others_p = (teacher / T)[~true].view(len(student), -1).log_softmax(dim=1)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)


def trap_teachers_favourite(student, teacher, labels, T, alpha, beta):
    true = F.one_hot(teacher.argmax(dim=1), student.shape[1]).bool()

    def split(logits):
        z = logits / T
        others = z[~true].view(len(z), -1)
        two = torch.stack([z[true], others.logsumexp(dim=1)], dim=1)
        return two.log_softmax(dim=1), others.log_softmax(dim=1)

    (two_q, others_q), (two_p, others_p) = split(student), split(teacher)
    target = F.kl_div(two_q, two_p, reduction="batchmean", log_target=True)
    other = F.kl_div(others_q, others_p, reduction="batchmean", log_target=True)
    return T**2 * (alpha * target + beta * other)
