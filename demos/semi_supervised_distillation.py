"""Semi-supervised distillation: the teacher labels what nobody labelled; soft answers carry what else it knows.

The student has 50 labels of its own and some unlabelled images. The teacher, who learned from 500 labelled ones, may
answer for those with its best guess (hard pseudo-labels) or with all of its probabilities (soft). Its guesses are worth
as much as true labels, the luxury control, and its probabilities more. But that is the teacher's 500 labels speaking:
with `teacher_saw="same"`, when it learned from those very images, soft answers are worth what their labels are worth.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    unlabelled: Annotated[int, range(50, 501, 50)] = 100,
    temperature: Annotated[float, 1, 10, 1] = 2.0,
    labels: Annotated[int, range(20, 101, 10)] = 50,
    teacher_saw: Literal["500", "same"] = "500",
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed, train=1000 + labels)
    xu, yu, xl, yl = x[500 : 500 + unlabelled], y[500 : 500 + unlabelled], x[1000:], y[1000:]
    xt, yt = (x[:500], y[:500]) if teacher_saw == "500" else (xu, yu)

    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10)
    epochs = 20_000 // len(xt)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(xt[rows]), yt[rows]), len(xt), epochs, lr=6e-3, batch=100)
    accuracy = {"teacher": nets.accuracy(teacher, x_test, y_test)}
    print(f"teacher, {len(xt)} labels: {accuracy['teacher']:.1f}%")
    with torch.no_grad():
        answers = teacher(xu)

    def soft_loss(out: Tensor, rows: Tensor) -> Tensor:
        target = F.softmax(answers[rows] / temperature, dim=1)
        return temperature**2 * F.kl_div(F.log_softmax(out / temperature, dim=1), target, reduction="batchmean")

    names = ("own labels", "hard pseudo-labels", "soft", "soft + own labels", "true labels")
    torch.manual_seed(seed + 50)
    students = nets.SideBySide(len(names), 64, 32, 10)

    def loss(rows: Tensor) -> Tensor:
        _, hard, soft, both, true = students(xu[rows])
        own, _, _, and_own, _ = students(xl)
        with_labels = F.cross_entropy(own, yl) + F.cross_entropy(true, yu[rows])
        with_teacher = F.cross_entropy(hard, answers[rows].argmax(1)) + soft_loss(soft, rows)
        return with_labels + with_teacher + soft_loss(both, rows) + 0.3 * F.cross_entropy(and_own, yl)

    nets.fit(students, loss, n=unlabelled, epochs=200, lr=2e-2, batch=250)
    for name, errors in zip(names, students.errors(x_test, y_test), strict=True):
        accuracy[name] = 100 * (1 - errors / len(y_test))
        print(f"{name}: {accuracy[name]:.1f}%")
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


LABELS = {
    "teacher_pct": "right, the teacher",
    "own_labels_pct": "right, own labels",
    "hard_pct": "right, hard pseudo-labels",
    "soft_pct": "right, soft answers",
    "soft_and_labels_pct": "right, soft and own labels",
    "true_pct": "right, true labels",
    "soft_over_true_pct": ("soft answers over true labels", "points"),
    "accuracy_pct": "right",
}
ZH = {
    "title": "半监督蒸馏：没人标的图由 teacher 来标；软输出里还有它学到的别的东西",
    "about": "student 有 50 张自己的有标签的图，和一些没有标签的图。teacher 学过 500 张有标签的图，可以用 top-1（硬伪标"
    "签）或全部概率（软输出）来回答。它的 top-1 和真标签（现实中拿不到，只作对照）一样好，全部概率还要更好。但这是 "
    "teacher 那 500 个标签在起作用：如果 teacher 学过的正是这些图，软输出就只和这些图的真标签一样好。",
    "knobs": {
        "unlabelled": "无标签图像数", "temperature": "温度", "labels": "自己的标签数",
        "teacher_saw": "teacher 看过的图", "seed": "种子",
    },
    "measures": {
        "teacher_pct": "teacher 的准确率", "own_labels_pct": "只用自己的标签的准确率", "hard_pct": "硬伪标签的准确率",
        "soft_pct": "软输出的准确率", "soft_and_labels_pct": "软输出加自己的标签的准确率", "true_pct": "真标签的准确率",
        "soft_over_true_pct": ("软输出比真标签高", "个点"), "accuracy_pct": "准确率", "own labels": "自己的标签",
        "hard pseudo-labels": "硬伪标签", "soft": "软输出", "soft + own labels": "软输出加自己的标签",
        "true labels": "真标签", "same": "同样的图",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
