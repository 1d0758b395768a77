"""Multi-task distillation: three teachers, one task each, share one small student.

Which digit, odd or even, five or more: one teacher each, trained on 1,000 images. The student has one hidden layer and
three heads and sees 200 images, once with the labels of all tasks, once with the teachers' soft outputs (BAM, Clark
2019, which also anneals from the teachers to the labels; left out here). A teacher with two classes has only one number
to add to its answer, and its task gains less. The confound: the teachers saw 1,000 images; with `images=1000`, the
control, the gain is gone.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    width: Annotated[int, range(8, 65, 8)] = 16,
    images: Annotated[int, range(100, 1001, 100)] = 200,
    soft_weight: Annotated[float, 0, 1, 0.1] = 0.9,
    temperature: Annotated[float, 1, 8, 1] = 4.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    tasks = {"digit": (10, lambda y: y), "odd": (2, lambda y: y % 2), "five or more": (2, lambda y: (y >= 5).long())}
    labels = [label(y) for _, label in tasks.values()]
    truth = [label(y_test) for _, label in tasks.values()]
    classes = [n for n, _ in tasks.values()]

    def train_teacher(n: int, labels: Tensor) -> nn.Module:
        teacher = nets.mlp(64, 128, 128, n, dropout=0.2)
        return nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), labels[r]), n=len(x), epochs=20, batch=100)

    torch.manual_seed(seed)
    answers, teacher_pct = [], {}
    for name, n, task_labels, right in zip(tasks, classes, labels, truth, strict=True):
        teacher = train_teacher(n, task_labels)
        teacher_pct[name] = nets.accuracy(teacher, x_test, right)
        with torch.no_grad():
            answers.append(F.softmax(teacher(x) / temperature, dim=1))
        print(f"teacher of '{name}': {teacher_pct[name]:.1f}%")

    def train(soft_weight: float) -> dict[str, float]:
        torch.manual_seed(seed + 50)  # both students start from the same weights
        student = nets.mlp(64, width, sum(classes))  # three heads side by side

        def loss(rows: Tensor) -> Tensor:
            total = torch.tensor(0.0)
            for z, right, soft in zip(student(x[rows]).split(classes, dim=1), labels, answers, strict=True):
                log_q = F.log_softmax(z / temperature, dim=1)
                soft_loss = temperature**2 * F.kl_div(log_q, soft[rows], reduction="batchmean")
                total = total + (1 - soft_weight) * F.cross_entropy(z, right[rows]) + soft_weight * soft_loss
            return total / 3

        nets.fit(student, loss, n=images, epochs=max(40, 40_000 // images), lr=3e-2, batch=100)
        heads = student(x_test).split(classes, dim=1)
        right = [100 * (z.argmax(1) == t).float().mean().item() for z, t in zip(heads, truth, strict=True)]
        shown = ", ".join(f"{name} {pct:.1f}%" for name, pct in zip(tasks, right, strict=True))
        print(f"student, soft weight {soft_weight:g}: {shown}")
        return dict(zip(tasks, right, strict=True))

    alone, distilled = train(0), train(soft_weight)
    return {
        "labels_digit_pct": alone["digit"],
        "distilled_digit_pct": distilled["digit"],
        "digit_gain_pct": distilled["digit"] - alone["digit"],
        "odd_gain_pct": distilled["odd"] - alone["odd"],
        "five_gain_pct": distilled["five or more"] - alone["five or more"],
        "mean_gain_pct": (sum(distilled.values()) - sum(alone.values())) / 3,
        "labels_pct": alone,
        "distilled_pct": distilled,
        "teachers_pct": teacher_pct,
    }


if __name__ == "__main__":
    main()
