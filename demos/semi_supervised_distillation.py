"""Semi-supervised distillation: the teacher labels what nobody labelled, and its doubts are worth keeping.

The teacher learned from 500 labelled images. The student has 50 labels of its own and some unlabelled images. The
teacher may answer for those with its best guess (hard pseudo-labels) or with all of its probabilities (soft). The
control is a luxury: the true labels of the same images. The confound: the teacher's 500 labels are knowledge that the
student's own 50 do not hold; that soft beats *true* labels is what cannot be explained by it alone.
"""

from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    unlabelled: Annotated[int, range(50, 501, 50)] = 100,
    temperature: Annotated[float, 1, 10, 1] = 2.0,
    labels: Annotated[int, range(20, 101, 10)] = 50,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed, train=1000 + labels)
    taught, unseen, own = slice(0, 500), slice(500, 500 + unlabelled), slice(1000, None)

    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10, dropout=0.3)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[taught][rows]), y[taught][rows]), n=500, epochs=50)
    accuracy = {"teacher": nets.accuracy(teacher, x_test, y_test)}
    print(f"teacher, 500 labels: {accuracy['teacher']:.1f}%")

    xu, (xl, yl) = x[unseen], (x[own], y[own])
    with torch.no_grad():
        answers = teacher(xu)

    def soft_loss(out: Tensor, rows: Tensor) -> Tensor:
        target = F.softmax(answers[rows] / temperature, dim=1)
        return temperature**2 * F.kl_div(F.log_softmax(out / temperature, dim=1), target, reduction="batchmean")

    def train(name: str, loss: Callable[[nn.Module, Tensor], Tensor], n: int) -> None:
        torch.manual_seed(seed + 50)  # the same start for every student
        student = nets.mlp(64, 32, 10)
        nets.fit(student, lambda rows: loss(student, rows), n=n, epochs=200, lr=2e-2, batch=100)
        accuracy[name] = nets.accuracy(student, x_test, y_test)
        print(f"{name}: {accuracy[name]:.1f}%")

    train("own labels", lambda net, rows: F.cross_entropy(net(xl[rows]), yl[rows]), labels)
    train("hard pseudo-labels", lambda net, rows: F.cross_entropy(net(xu[rows]), answers[rows].argmax(1)), unlabelled)
    train("soft", lambda net, rows: soft_loss(net(xu[rows]), rows), unlabelled)
    train(
        "soft + own labels",
        lambda net, rows: soft_loss(net(xu[rows]), rows) + 0.3 * F.cross_entropy(net(xl), yl),
        unlabelled,
    )
    train("true labels", lambda net, rows: F.cross_entropy(net(xu[rows]), y[unseen][rows]), unlabelled)
    gain = accuracy["soft"] - accuracy["true labels"]
    print(f"{unlabelled} soft answers against {unlabelled} true labels: {gain:+.1f} points")
    return {
        "teacher_pct": accuracy["teacher"],
        "own_labels_pct": accuracy["own labels"],
        "hard_pct": accuracy["hard pseudo-labels"],
        "soft_pct": accuracy["soft"],
        "soft_and_labels_pct": accuracy["soft + own labels"],
        "true_pct": accuracy["true labels"],
        "soft_over_true_pct": gain,
        "accuracy_pct": accuracy,
    }


if __name__ == "__main__":
    main()
