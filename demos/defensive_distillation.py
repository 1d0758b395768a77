"""Defensive distillation, and how it breaks: the attacker's gradient was hidden, not the weakness.

Teacher and student, the same network, are trained at a high temperature T; the student is then used at T = 1 (Papernot
2016). Its logits are T times too large, the softmax is exactly 0 or 1 in float32, and the gradient of the loss is
exactly zero: the attack has nowhere to go. Carlini & Wagner divided the logits by T again. The control is the same
network without any defence, under the same attack: PGD, 20 steps, each pixel moved by at most `eps`.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    temperature: Annotated[float, 1, 100, 1] = 40.0,
    eps: Annotated[float, 0.02, 0.2, 0.02] = 0.1,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)

    def train(target: Tensor, T: float, seed: int) -> nn.Module:
        torch.manual_seed(seed)
        net = nets.mlp(64, 128, 128, 10)
        return nets.fit(net, lambda r: F.cross_entropy(net(x[r]) / T, target[r]), len(x), epochs=30, lr=2e-2, batch=200)

    plain = train(F.one_hot(y, 10).float(), T=1, seed=seed)
    teacher = train(F.one_hot(y, 10).float(), T=temperature, seed=seed + 1)
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)
    student = train(soft, T=temperature, seed=seed + 2)

    def under_attack(net: nn.Module, divide_by: float) -> float:
        """Accuracy on images moved along the sign of the gradient of the loss of net(x) / divide_by."""
        torch.manual_seed(seed)
        low, high = (x_test - eps).clamp(min=0), (x_test + eps).clamp(max=1)
        moved = (x_test + eps * (2 * torch.rand_like(x_test) - 1)).clamp(0, 1)
        for _ in range(20):
            moved.requires_grad_()
            loss = F.cross_entropy(net(moved) / divide_by, y_test, reduction="sum")
            (gradient,) = torch.autograd.grad(loss, moved)
            moved = (moved.detach() + eps / 6 * gradient.sign()).clamp(low, high)
        return nets.accuracy(net, moved, y_test)

    def zero_gradients(net: nn.Module) -> float:
        images = x_test.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(F.cross_entropy(net(images), y_test, reduction="sum"), images)
        return 100 * (gradient == 0).all(1).float().mean().item()

    clean, naive = nets.accuracy(student, x_test, y_test), under_attack(student, divide_by=1)
    undefended = under_attack(plain, divide_by=1)
    print(f"no defence: {nets.accuracy(plain, x_test, y_test):.1f}%, under attack {undefended:.1f}%")
    print(f"distilled at T = {temperature:g}: {clean:.1f}%, under attack {naive:.1f}%: it looks safe")
    print(
        f"  but the gradient is exactly zero for {zero_gradients(student):.0f}% of the images "
        f"({zero_gradients(plain):.0f}% without the defence)"
    )
    adapted = under_attack(student, divide_by=temperature)
    print(f"the same attack on the logits divided by {temperature:g}: {adapted:.1f}%")
    return {
        "clean_pct": clean,
        "undefended_pct": undefended,
        "naive_pct": naive,
        "adapted_pct": adapted,
        "zero_gradients_pct": zero_gradients(student),
        "plain_zero_gradients_pct": zero_gradients(plain),
        "accuracy_pct": {"clean": clean, "no defence": undefended, "defended": naive, "attack on z/T": adapted},
    }


LABELS = {
    "clean_pct": "right, no attack",
    "undefended_pct": "attacked, no defence",
    "naive_pct": "attacked, defended",
    "adapted_pct": "attacked on z/T",
    "zero_gradients_pct": "gradients exactly 0",
    "plain_zero_gradients_pct": "the same, no defence",
    "accuracy_pct": "right",
}
ZH = {
    "title": "防御蒸馏（defensive distillation）是怎样被攻破的：藏起来的只是攻击要用的梯度，弱点还在",
    "about": "teacher 和 student 是同一种网络，都在很高的温度 T 下训练；student 推理时 T = 1（Papernot 2016）。这时送"
    "进 softmax 的 logits 是训练时的 T 倍，softmax 在 float32 里恰好是 0 或 1，损失的梯度恰好为零，攻击无处下手。"
    "Carlini 和 Wagner 把 logits 重新除以 T。对照是没有任何防御的同一网络，受同样的攻击：PGD，20 步，每个像素最多改动 "
    "eps。",
    "knobs": {"temperature": "温度", "eps": "扰动上限 eps", "seed": "种子"},
    "measures": {
        "clean_pct": "未受攻击的准确率", "undefended_pct": "无防御，受攻击的准确率",
        "naive_pct": "有防御，受攻击的准确率", "adapted_pct": "攻击 z/T 后的准确率",
        "zero_gradients_pct": "梯度为 0 的图像占比", "plain_zero_gradients_pct": "无防御时梯度为 0 的图像占比",
        "accuracy_pct": "准确率", "clean": "未受攻击", "no defence": "无防御", "defended": "有防御",
        "attack on z/T": "攻击 z/T",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
