"""Robust distillation: what a student inherits of its teacher's resistance to adversarial pixels.

Every pixel of 400 test images may move by `eps` to fool the net (PGD, 20 steps). A student of an ordinary teacher is as
helpless as one without a teacher; a student of an adversarially trained teacher inherits a little, from clean images
alone. What helps is to train on attacked images, teacher or not. ARD (Goldblum 2020) does both: the student sees
attacked images and must say what the robust teacher says of the clean ones. The control is plain adversarial training
of the same student, and at this scale ARD does not beat it. Teacher and students saw the same 1,000 images.
"""

from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def attack(net: nn.Module, x: Tensor, y: Tensor, eps: float, steps: int, size: float, noise: bool = True) -> Tensor:
    """PGD: `steps` steps up the loss, kept within `eps` of x and within 0..1. One step of size eps is FGSM."""
    low, high = (x - eps).clamp(min=0), (x + eps).clamp(max=1)
    moved = x + eps * (2 * torch.rand_like(x) - 1) if noise else x
    for _ in range(steps):
        moved = moved.clamp(low, high).requires_grad_()  # outside of what is differentiated: a clamp has no gradient
        (gradient,) = torch.autograd.grad(F.cross_entropy(net(moved), y), moved)
        moved = moved.detach() + size * gradient.sign()
    return moved.clamp(low, high)


def main(
    eps: Annotated[float, 0.02, 0.2, 0.02] = 0.1,
    temperature: Annotated[float, 1, 8, 1] = 4.0,
    width: Annotated[int, range(16, 65, 16)] = 32,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    shown, truth = x_test[:400], y_test[:400]  # what is attacked
    clean, attacked = {}, {}

    def train(name: str, net: nn.Module, loss: Callable[[nn.Module, Tensor], Tensor]) -> nn.Module:
        nets.fit(net, lambda rows: loss(net, rows), n=len(x), epochs=25, lr=2e-2, batch=250)
        clean[name] = nets.accuracy(net, x_test, y_test)
        attacked[name] = nets.accuracy(net, attack(net, shown, truth, eps, steps=20, size=eps / 6), truth)
        print(f"{name}: {clean[name]:.1f}%, attacked {attacked[name]:.1f}%")
        return net

    def moved(net: nn.Module, rows: Tensor) -> Tensor:
        return attack(net, x[rows], y[rows], eps, steps=3, size=eps / 1.2)

    def natural(net: nn.Module, rows: Tensor) -> Tensor:
        return F.cross_entropy(net(x[rows]), y[rows])

    def adversarial(net: nn.Module, rows: Tensor) -> Tensor:
        return F.cross_entropy(net(moved(net, rows)), y[rows])

    def soft(out: Tensor, teacher: nn.Module, rows: Tensor) -> Tensor:
        with torch.no_grad():
            target = F.softmax(teacher(x[rows]) / temperature, dim=1)
        return temperature**2 * F.kl_div(F.log_softmax(out / temperature, dim=1), target, reduction="batchmean")

    torch.manual_seed(seed)
    ordinary = train("teacher", nets.mlp(64, 128, 128, 10), natural)
    robust = train("robust teacher", nets.mlp(64, 128, 128, 10), adversarial)

    def student() -> nn.Module:
        torch.manual_seed(seed + 50)  # every student starts from the same weights
        return nets.mlp(64, width, 10)

    alone = train("student", student(), natural)
    fgsm = nets.accuracy(alone, attack(alone, shown, truth, eps, steps=1, size=eps, noise=False), truth)
    train("of the teacher", student(), lambda net, rows: soft(net(x[rows]), ordinary, rows))
    train("of the robust one", student(), lambda net, rows: soft(net(x[rows]), robust, rows))
    train("adversarial", student(), adversarial)
    train("ARD", student(), lambda net, r: 0.9 * soft(net(moved(net, r)), robust, r) + 0.1 * natural(net, r))
    return {
        "student_pct": attacked["student"],
        "fgsm_pct": fgsm,
        "of_teacher_pct": attacked["of the teacher"],
        "of_robust_pct": attacked["of the robust one"],
        "adversarial_pct": attacked["adversarial"],
        "ard_pct": attacked["ARD"],
        "adversarial_clean_pct": clean["adversarial"],
        "ard_clean_pct": clean["ARD"],
        "attacked_pct": attacked,
        "clean_pct": clean,
    }


LABELS = {
    "student_pct": "attacked, student alone",
    "fgsm_pct": "attacked by one step (FGSM)",
    "of_teacher_pct": "attacked, of the teacher",
    "of_robust_pct": "attacked, of the robust one",
    "adversarial_pct": "attacked, adversarial training",
    "ard_pct": "attacked, ARD",
    "adversarial_clean_pct": "clean, adversarial training",
    "ard_clean_pct": "clean, ARD",
    "attacked_pct": "right under attack",
    "clean_pct": "right, clean",
}
ZH = {
    "title": "鲁棒蒸馏：teacher 抵抗对抗攻击的本领，student 能继承多少",
    "about": "攻击者可以把 400 张测试图的每个像素改动 eps 以内，来骗过网络（PGD，20 步）。普通 teacher 的 student 和没"
    "有 teacher 的一样不堪一击；对抗训练过的 teacher 的 student 只看干净图也能继承一点。真正有用的是在受攻击的图上训练"
    "，有没有 teacher 都行。ARD（Goldblum 2020）两样都做：student 看受攻击的图，要给出鲁棒 teacher 对干净图的输出。对照"
    "是同一 student 的普通对抗训练，在这个规模上 ARD 并没有胜过它。teacher 和 student 看的是同样的 1,000 张图。",
    "knobs": {"eps": "扰动上限 eps", "temperature": "温度", "width": "student 宽度", "seed": "种子"},
    "measures": {
        "student_pct": "无 teacher，受攻击的准确率", "fgsm_pct": "无 teacher，只受一步攻击（FGSM）的准确率",
        "of_teacher_pct": "普通 teacher 的 student 受攻击的准确率",
        "of_robust_pct": "鲁棒 teacher 的 student 受攻击的准确率",
        "adversarial_pct": "对抗训练受攻击的准确率", "ard_pct": "ARD 受攻击的准确率",
        "adversarial_clean_pct": "对抗训练在干净图上的准确率",
        "ard_clean_pct": "ARD 在干净图上的准确率", "attacked_pct": "受攻击的准确率", "clean_pct": "干净图的准确率",
        "robust teacher": "鲁棒 teacher", "of the teacher": "普通 teacher 的 student",
        "of the robust one": "鲁棒 teacher 的 student",
        "adversarial": "对抗训练", "student": "无 teacher 的 student",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
