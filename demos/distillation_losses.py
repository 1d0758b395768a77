"""The losses of distillation: forward and reverse KL, JSD, MSE differ little; what they carry differs a lot.

Nine students see the same 200 images. Every loss that carries the teacher's wrong-class probabilities ends at about the
same number of errors: with ten classes and a student that nearly fits them, the direction of the KL does not matter.
Controls: label smoothing, a soft target that carries nothing, and the halves of DKD (Zhao 2022): TCKD, how sure the
teacher is of the true class, against NCKD, how it ranks the others. The confound: the teacher saw all 1,000 images.
"""

from collections.abc import Callable
from math import log
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def kl(p: Tensor, q: Tensor) -> Tensor:
    """KL(p || q) from log-probabilities, the mean over the rows."""
    return (p.exp() * (p - q)).sum(1).mean()


def main(
    temperature: Annotated[float, 1, 20, 1] = 4.0, images: Annotated[int, range(100, 501, 100)] = 200, seed: int = 0
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10, dropout=0.3)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=len(x), epochs=30)
    x, y, T = x[:images], y[:images], temperature
    with torch.no_grad():
        answers = teacher(x)

    def hard(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # z: the student's logits, v: the teacher's
        return F.cross_entropy(z, y)

    def smoothing(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(z, y, label_smoothing=0.1)

    def forward(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return T**2 * kl(F.log_softmax(v / T, 1), F.log_softmax(z / T, 1))

    def reverse(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return forward(v, z, y)

    def jsd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # 4 x JSD: near its minimum as steep as a KL
        p, q = F.log_softmax(v / T, 1), F.log_softmax(z / T, 1)
        middle = torch.logaddexp(p, q) - log(2)
        return 2 * T**2 * (kl(p, middle) + kl(q, middle))

    def mse(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return 0.5 * F.mse_loss(z - z.mean(1, keepdim=True), v - v.mean(1, keepdim=True))

    def tckd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # the true class against all others together
        p, q = (F.log_softmax(out / T, 1).gather(1, y[:, None]).clamp(max=-1e-6) for out in (v, z))
        return T**2 * kl(*(torch.cat([true, torch.log1p(-true.exp())], 1) for true in (p, q)))

    def nckd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # the nine others among themselves
        others = F.one_hot(y, 10) == 0
        return T**2 * kl(*(F.log_softmax(out[others].view(-1, 9) / T, 1) for out in (v, z)))

    losses: dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
        "hard labels": hard,
        "label smoothing": smoothing,
        "TCKD + labels": lambda *a: tckd(*a) + hard(*a),
        "NCKD + labels": lambda *a: nckd(*a) + hard(*a),
        "DKD + labels": lambda *a: tckd(*a) + 4 * nckd(*a) + 0.1 * hard(*a),
        "forward KL": forward,
        "reverse KL": reverse,
        "JSD": jsd,
        "MSE of logits": mse,
    }

    def train(loss: Callable[[Tensor, Tensor, Tensor], Tensor]) -> int:
        torch.manual_seed(seed + 50)  # every student starts from the same weights
        student = nets.mlp(64, 16, 10)
        nets.fit(
            student,
            lambda r: loss(student(x[r]), answers[r], y[r]),
            n=images,
            epochs=40_000 // images,
            lr=3e-2,
            batch=200,
        )
        return int((student(x_test).argmax(1) != y_test).sum())

    errors = {}
    for name, loss in losses.items():
        errors[name] = train(loss)
        print(f"{name}: {errors[name]} errors on {len(y_test)}")
    alike = [errors[name] for name in ("forward KL", "reverse KL", "JSD", "MSE of logits")]
    names = ("labels", "smoothing", "tckd", "nckd", "dkd", "forward", "reverse", "jsd", "mse")
    measures = {f"{name}_errors": count for name, count in zip(names, errors.values(), strict=True)}
    return measures | {"spread_errors": max(alike) - min(alike), "errors": errors}


if __name__ == "__main__":
    main()
