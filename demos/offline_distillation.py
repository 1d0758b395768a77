"""Offline distillation: a frozen teacher's soft outputs beside the hard labels.

A large network learns first and is then frozen. A small one learns from few images, once from their labels alone and
once from labels plus the teacher's softened outputs (Hinton 2015). The confound: the teacher saw all 1,000 images, the
student few, and that drives most of the gain. `teacher_saw="same"` takes it away: on the same 200 images little is
left. With `images=1000` both saw everything, and the gain is within the noise.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F


def main(
    images: Annotated[int, range(100, 1001, 100)] = 200,
    temperature: Annotated[float, 1, 20, 1] = 4.0,
    soft_weight: Annotated[float, 0, 1, 0.1] = 0.9,
    width: Annotated[int, range(8, 65, 8)] = 16,
    teacher_saw: Literal["all", "same"] = "all",
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    seen = len(x) if teacher_saw == "all" else images

    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10, dropout=0.3)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=seen, epochs=30_000 // seen)
    teacher_errors = errors(teacher, x_test, y_test)
    print(f"teacher, {size(teacher):,} weights, saw {seen} images: {teacher_errors} errors on {len(y_test)}")

    x, y = x[:images], y[:images]
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)  # the teacher is frozen: once is enough

    def train(soft_weight: float) -> int:
        torch.manual_seed(seed + 50)  # both students start from the same weights and see the same batches
        student = nets.mlp(64, width, 10)

        def loss(rows: torch.Tensor) -> torch.Tensor:
            logits = student(x[rows])
            hard_loss = F.cross_entropy(logits, y[rows])
            soft_loss = F.kl_div(F.log_softmax(logits / temperature, dim=1), soft[rows], reduction="batchmean")
            return (1 - soft_weight) * hard_loss + soft_weight * temperature**2 * soft_loss

        nets.fit(student, loss, n=images, epochs=max(60, 40_000 // images), lr=3e-2, batch=100)
        return errors(student, x_test, y_test)

    labels = train(soft_weight=0)
    print(f"student of width {width}, labels of {images} images: {labels} errors")
    distilled = train(soft_weight)
    print(f"the same student, labels and teacher: {distilled} errors")
    return {
        "teacher_errors": teacher_errors,
        "labels_errors": labels,
        "distilled_errors": distilled,
        "saved_errors": labels - distilled,
        "errors": {"teacher": teacher_errors, "labels only": labels, "distilled": distilled},
    }


def errors(net: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> int:
    return int((net(x).argmax(1) != y).sum())


def size(net: torch.nn.Module) -> int:
    return sum(weights.numel() for weights in net.parameters())


if __name__ == "__main__":
    main()
