"""The hint loss of FitNets: the student's features, through a regressor, predict the teacher's.

student: features (batch, channels, height, width) of the student's guided
layer. hint: the teacher's, (batch, hints, height - k + 1, width - k + 1).
The regressor is a convolution without padding, stride 1: weight (hints,
channels, k, k) and bias (hints,), followed by ReLU, for the hint is what
comes out of a ReLU. The loss is half the squared error, summed over channels
and positions and averaged over the batch. Student and regressor learn from
it; the hint gets no gradient. Returns a scalar.
"""

import torch
import torch.nn.functional as F

ZH = """FitNets 的 hint loss：student 的特征经过 regressor 去预测 teacher 的特征。

student：student 的 guided layer 的特征，(batch, channels, height, width)。
hint：teacher 的特征，(batch, hints, height - k + 1, width - k + 1)。regressor
是一个不加 padding、步幅为 1 的卷积：weight (hints, channels, k, k)，bias
(hints,)；后面接 ReLU，因为 hint 就是 ReLU 的输出。损失是平方误差的一半，对通
道和位置求和，对 batch 求平均。student 和 regressor 都靠它学习；hint 没有梯
度。返回标量。
"""


def hint_loss(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student, weight, bias))  # (batch, hints, height - k + 1, width - k + 1)
    error = guess - hint.detach()
    return error.square().sum(dim=(1, 2, 3)).mean() / 2


def cases(rand, randn, randint):
    def drawn(batch, channels, hints, size, k):
        return dict(
            student=randn(batch, channels, *size).requires_grad_(),
            hint=(3 * rand(batch, hints, size[0] - k + 1, size[1] - k + 1)).requires_grad_(),
            weight=randn(hints, channels, k, k).requires_grad_(),
            bias=randn(hints).requires_grad_(),
        )

    yield "one_by_one", drawn(2, 3, 5, (3, 7), 1)
    yield "three_by_three", drawn(3, 2, 7, (5, 6), 3)
    yield "one_pixel", drawn(5, 3, 2, (2, 2), 2)
    off = drawn(2, 3, 3, (4, 3), 2)
    yield "channel_is_off", {**off, "bias": torch.tensor([-100.0, 0.5, 20.0], requires_grad=True)}


def also_mse_summed(student, hint, weight, bias):
    guess = torch.conv2d(student, weight, bias).clamp(min=0)
    return F.mse_loss(guess, hint.detach(), reduction="sum") / (2 * len(student))


def also_patches(student, hint, weight, bias):
    patches = F.unfold(student, weight.shape[-1])  # (batch, channels * k * k, positions)
    guess = (weight.flatten(1) @ patches + bias[:, None]).relu()
    with torch.no_grad():
        target = hint.flatten(2)
    return 0.5 * (guess - target).pow(2).flatten(1).sum(1).mean()


def trap_mean_of_all(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student, weight, bias))
    return F.mse_loss(guess, hint.detach()) / 2


def trap_summed_over_batch(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student, weight, bias))
    return (guess - hint.detach()).square().sum() / 2


def trap_teacher_learns(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student, weight, bias))
    return (guess - hint).square().sum(dim=(1, 2, 3)).mean() / 2


def trap_no_relu(student, hint, weight, bias):
    guess = F.conv2d(student, weight, bias)
    return (guess - hint.detach()).square().sum(dim=(1, 2, 3)).mean() / 2


def trap_not_squared(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student, weight, bias))
    return (guess - hint.detach()).flatten(1).norm(dim=1).mean() / 2


def trap_student_detached(student, hint, weight, bias):
    guess = F.relu(F.conv2d(student.detach(), weight, bias))
    return (guess - hint.detach()).square().sum(dim=(1, 2, 3)).mean() / 2
