"""Robust distillation: what a student inherits of its teacher's resistance to adversarial pixels.

Every pixel may move by `eps` to fool the net (PGD, 20 steps). A student of an ordinary teacher is as helpless as one
without a teacher; a student of an adversarially trained teacher inherits a little, from clean images alone. What helps
is to train on attacked images, teacher or not. ARD (Goldblum 2020) does both: the student sees attacked images and must
say what the robust teacher says of the clean ones. The control is plain adversarial training of the same student, and
at this scale ARD does not beat it. Teacher and students saw the same 1,000 images.
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
    clean, attacked = {}, {}

    def train(name: str, net: nn.Module, loss: Callable[[nn.Module, Tensor], Tensor]) -> nn.Module:
        nets.fit(net, lambda rows: loss(net, rows), n=len(x), epochs=30, lr=1e-2, batch=100)
        clean[name] = nets.accuracy(net, x_test, y_test)
        attacked[name] = nets.accuracy(net, attack(net, x_test, y_test, eps, steps=20, size=eps / 6), y_test)
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
    fgsm = nets.accuracy(alone, attack(alone, x_test, y_test, eps, steps=1, size=eps, noise=False), y_test)
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


if __name__ == "__main__":
    main()
