"""Relational distillation by distances (RKD-D): pairs as far apart as they are for the teacher.

student: features (batch, d). teacher: features (batch, e); d and e may
differ. For each of the two take the Euclidean distance of every pair of
different samples and divide it by the mean of its own network's distances
over these pairs. The loss is Huber's with delta 1 (half the square up to 1,
linear beyond) of the student's relative distance less the teacher's, averaged
over the pairs. The teacher gets no gradient; the mean of the student's
distances gets its own. Features may lie far from the origin. Two samples may
coincide: their distance is 0 and its gradient 0, never NaN. batch is 3 or
more, and not all samples coincide. Returns a scalar.
"""

import torch
import torch.nn.functional as F

ZH = """用距离做关系蒸馏（RKD-D）：样本之间的远近要和 teacher 那里一样。

student：特征 (batch, d)。teacher：特征 (batch, e)；d 和 e 可以不同。两边各自
计算每一对不同样本的欧氏距离，再除以自己网络在这些样本对上的平均距离。损失是
delta 为 1 的 Huber 损失（1 以内是平方的一半，之外是线性的），作用在 student
与 teacher 的相对距离之差上，对样本对求平均。teacher 没有梯度；student 的平均
距离也要传梯度。特征可能离原点很远。两个样本可能重合：此时距离为 0，梯度也为
0，不能是 NaN。batch 至少为 3，且不会所有样本都重合。返回标量。
"""


def rkd_distance(student, teacher):
    def relative(features):
        d = F.pdist(features)  # (pairs,), each pair once
        return d / d.mean()

    return F.smooth_l1_loss(relative(student), relative(teacher.detach()))


def cases(rand, randn, randint):
    yield "plain", dict(student=randn(5, 3).requires_grad_(), teacher=(4 * randn(5, 7)).requires_grad_())
    outlier = torch.cat([50 + 20 * rand(1, 2), randn(6, 2)])
    yield "outlier", dict(student=outlier.requires_grad_(), teacher=randn(7, 5).requires_grad_())
    twins = randn(4, 3)[[0, 1, 2, 2, 3]]
    yield "twins", dict(student=twins.requires_grad_(), teacher=randn(5, 2).requires_grad_())
    yield "far_away", dict(student=(500 + randn(3, 7)).requires_grad_(), teacher=(-800 + randn(3, 2)).requires_grad_())


def also_differences(student, teacher):
    i, j = torch.triu_indices(len(student), len(student), offset=1)

    def relative(features):
        d = torch.linalg.vector_norm(features[i] - features[j], dim=1)
        return d * len(d) / d.sum()

    return F.huber_loss(relative(student), relative(teacher).detach())


def also_whole_matrix(student, teacher):
    n = len(student)

    def relative(features):
        d = torch.cdist(features, features, compute_mode="donot_use_mm_for_euclid_dist")
        return d / (d.sum() / (n * (n - 1)))

    with torch.no_grad():
        wanted = relative(teacher)
    return F.smooth_l1_loss(relative(student), wanted, reduction="sum") / (n * (n - 1))


def also_safe_root(student, teacher):
    off = ~torch.eye(len(student), dtype=torch.bool)

    def relative(features):
        square = (features[:, None] - features).square().sum(dim=2)[off]
        same = square == 0
        d = square.masked_fill(same, 1.0).sqrt().masked_fill(same, 0.0)
        return d / d.mean()

    x = relative(student) - relative(teacher.detach())
    return torch.where(x.abs() <= 1, x.square() / 2, x.abs() - 0.5).mean()


def trap_not_relative(student, teacher):
    return F.smooth_l1_loss(F.pdist(student), F.pdist(teacher.detach()))


def trap_diagonal_counts(student, teacher):
    def relative(features):
        d = torch.cdist(features, features)
        return d / d.mean()

    return F.smooth_l1_loss(relative(student), relative(teacher.detach()))


def trap_root_of_zero(student, teacher):
    n = len(student)

    def relative(features):
        d = (features[:, None] - features).square().sum(dim=2).sqrt()
        return d / (d.sum() / (n * (n - 1)))

    loss = F.smooth_l1_loss(relative(student), relative(teacher.detach()), reduction="sum")
    return loss / (n * (n - 1))


def trap_by_products(student, teacher):
    i, j = torch.triu_indices(len(student), len(student), offset=1)

    def relative(features):
        square = features.square().sum(dim=1)
        d = (square[i] + square[j] - 2 * (features @ features.T)[i, j]).clamp(min=1e-12).sqrt()
        return d / d.mean()

    return F.smooth_l1_loss(relative(student), relative(teacher.detach()))


def trap_mean_is_constant(student, teacher):
    def relative(features):
        d = F.pdist(features)
        return d / d.mean().detach()

    return F.smooth_l1_loss(relative(student), relative(teacher.detach()))


def trap_teacher_learns(student, teacher):
    def relative(features):
        d = F.pdist(features)
        return d / d.mean()

    return F.smooth_l1_loss(relative(student), relative(teacher))
