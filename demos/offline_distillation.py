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
    teacher = nets.mlp(64, 256, 256, 10)
    epochs = 20_000 // seen
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), y[r]), n=seen, epochs=epochs, lr=6e-3, batch=100)
    teacher_errors = errors(teacher, x_test, y_test)
    print(f"teacher, {size(teacher):,} weights, saw {seen} images: {teacher_errors} errors on {len(y_test)}")

    x, y = x[:images], y[:images]
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)  # the teacher is frozen: once is enough

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(2, 64, width, 10)  # both start from the same weights and see the same batches

    def loss(rows: torch.Tensor) -> torch.Tensor:
        alone, taught = students(x[rows])
        soft_loss = F.kl_div(F.log_softmax(taught / temperature, dim=1), soft[rows], reduction="batchmean")
        both = (1 - soft_weight) * F.cross_entropy(taught, y[rows]) + soft_weight * temperature**2 * soft_loss
        return F.cross_entropy(alone, y[rows]) + both

    nets.fit(students, loss, n=images, epochs=max(60, 40_000 // images), lr=3e-2, batch=200)
    labels, distilled = students.errors(x_test, y_test)
    print(f"student of width {width}, labels of {images} images: {labels} errors")
    by = {0: "labels again", 1: "the teacher alone"}.get(soft_weight, "labels and teacher")
    print(f"the same student, {by}: {distilled} errors")
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


LABELS = {
    "teacher_errors": "errors of the teacher",
    "labels_errors": "errors with labels only",
    "distilled_errors": "errors distilled",
    "saved_errors": "errors saved by the teacher",
}
ZH = {
    "title": "离线蒸馏：硬标签之外，再学一个冻结的 teacher 的软输出",
    "about": "大网络先学好，然后冻结。小网络用很少的图来学，一次只用标签，一次用标签加 teacher 的软输出（Hinton "
    "2015）。混淆因素：teacher 看过全部 1,000 张图，student 只看了很少，收益主要由此而来。让 teacher 也只看 student 那 "
    "200 张图，就去掉了这个因素，收益几乎没有了。图像数为 1000 时两者都看了全部，收益在噪声以内。",
    "knobs": {
        "images": "图像数", "temperature": "温度", "soft_weight": "软损失权重", "width": "student 宽度",
        "teacher_saw": "teacher 看过的图", "seed": "种子",
    },
    "measures": {
        "teacher_errors": "teacher 的错误数", "labels_errors": "只用标签的错误数", "distilled_errors": "蒸馏的错误数",
        "saved_errors": "蒸馏少错的张数", "errors": "错误数", "labels only": "只用标签", "distilled": "蒸馏",
        "all": "全部", "same": "同样的图",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
