"""The distillation loss: the teacher's soft targets and the labels.

student, teacher: logits (batch, classes). labels: class numbers (batch,).
The soft term is KL(teacher || student) at temperature T, summed over
classes, averaged over the batch, and scaled so that its gradient keeps its
size for large T. The hard term is cross-entropy with the labels at
temperature 1. alpha weighs the soft term, 1 - alpha the hard one.
Returns a scalar. Logits may be large; the teacher needs no gradient.
"""

import torch
import torch.nn.functional as F

ZH = """蒸馏损失：teacher 的软目标和标签。

student、teacher：logits (batch, classes)。labels：类别编号 (batch,)。软损失是
温度 T 下的 KL(teacher || student)，对类别求和、对 batch 求平均，再乘一个系
数，使 T 较大时梯度大小保持不变。硬损失是温度 1 下与标签的交叉熵。alpha 是软损
失的权重，1 - alpha 是硬损失的权重。返回标量。logits 可能很大；teacher 不需要
梯度。
"""


def kd_loss(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)  # (batch, classes)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="batchmean")  # KL(p || q), 0 where p is 0
    hard = F.cross_entropy(student, labels)
    return alpha * T**2 * soft + (1 - alpha) * hard


def cases(rand, randn, randint):
    yield (
        "soft_only",
        dict(student=randn(2, 7).requires_grad_(), teacher=2 * randn(2, 7), labels=randint(7, (2,)), T=4.0, alpha=1.0),
    )
    yield (
        "plain",
        dict(student=randn(3, 5).requires_grad_(), teacher=randn(3, 5), labels=randint(5, (3,)), T=2.0, alpha=0.7),
    )
    yield (
        "cold",
        dict(student=randn(7, 3).requires_grad_(), teacher=randn(7, 3), labels=randint(3, (7,)), T=0.5, alpha=0.2),
    )
    yield (
        "large_logits",
        dict(
            student=(300 * randn(2, 5)).requires_grad_(),
            teacher=300 * randn(2, 5),
            labels=randint(5, (2,)),
            T=3.0,
            alpha=0.4,
        ),
    )


def also_by_hand(student, teacher, labels, T, alpha):
    p, log_q = torch.softmax(teacher / T, 1), torch.log_softmax(student / T, 1)
    soft = (torch.xlogy(p, p) - p * log_q).sum(1).mean()
    hard = -torch.log_softmax(student, 1)[torch.arange(len(labels)), labels].mean()
    return alpha * T * T * soft + (1 - alpha) * hard


def also_cross_entropy_less_entropy(student, teacher, labels, T, alpha):
    p = F.softmax(teacher / T, dim=-1)
    entropy = torch.special.entr(p).sum(dim=-1).mean()
    soft = F.cross_entropy(student / T, p) - entropy
    return (1 - alpha) * F.cross_entropy(student, labels) + alpha * (T * T) * soft


def trap_no_t_squared(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="batchmean")
    return alpha * soft + (1 - alpha) * F.cross_entropy(student, labels)


def trap_mean_over_classes(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="mean")
    return alpha * T**2 * soft + (1 - alpha) * F.cross_entropy(student, labels)


def trap_reverse_kl(student, teacher, labels, T, alpha):
    log_p = F.log_softmax(teacher / T, dim=1)
    q = F.softmax(student / T, dim=1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    return alpha * T**2 * soft + (1 - alpha) * F.cross_entropy(student, labels)


def trap_hard_loss_at_t(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="batchmean")
    return alpha * T**2 * soft + (1 - alpha) * F.cross_entropy(student / T, labels)


def trap_log_of_softmax(student, teacher, labels, T, alpha):
    p, q = F.softmax(teacher / T, dim=1), F.softmax(student / T, dim=1)
    soft = (p * (p.log() - q.log())).sum(dim=1).mean()
    return alpha * T**2 * soft + (1 - alpha) * F.cross_entropy(student, labels)


def trap_weights_swapped(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="batchmean")
    return (1 - alpha) * T**2 * soft + alpha * F.cross_entropy(student, labels)
