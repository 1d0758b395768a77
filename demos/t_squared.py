"""T squared: why the soft loss is multiplied by T² when it is added to a hard one.

The gradient of the soft loss by a logit is (softmax(z/T) - softmax(v/T)) / T: the chain rule gives one 1/T, and flatter
distributions lie closer together, which at a high T is another. Times T² it hardly depends on T any more from about 4
on, so that the weights of the two losses keep their meaning, and at a high T it points where matching the logits,
z - v, would point. Without the factor the hard loss drowns the soft one and most of the gain is lost. With the soft
loss alone the factor would only change the learning rate, which Adam does not notice. The teacher saw 1,000 images, the
students 200: that is where the gain itself comes from.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    temperature: Annotated[float, 1, 64, 1] = 20.0,
    hard_weight: Annotated[float, 0.1, 0.9, 0.1] = 0.5,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10)
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), y[r]), n=len(x), epochs=20, lr=6e-3, batch=100)
    student = nets.mlp(64, 16, 10)
    nets.fit(student, lambda rows: F.cross_entropy(student(x[rows]), y[rows]), n=len(x), epochs=5, lr=1e-2)

    with torch.no_grad():
        v, z = teacher(x), student(x)
    powers = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]
    size, cosine = {}, {}
    print("gradient of the soft loss by the logits of a student in its fifth epoch:")
    for T in sorted({*powers, temperature}):
        g = (F.softmax(z / T, dim=1) - F.softmax(v / T, dim=1)) / T
        matching = (z - v) - (z - v).mean(1, keepdim=True)
        size[T] = g.norm(dim=1).mean().item()
        cosine[T] = F.cosine_similarity(g, matching, dim=1).mean().item()
        print(f"  T = {T:2g}: {size[T]:.5f}, times T² {T**2 * size[T]:.2f}, cosine with z - v {cosine[T]:.3f}")

    x, y, v = x[:200], y[:200], v[:200]

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(3, 64, 16, 10)
    soft = F.softmax(v / temperature, dim=1)

    def loss(rows: Tensor) -> Tensor:
        labels, *others = students(x[rows])
        total = F.cross_entropy(labels, y[rows])
        for out, factor in zip(others, (1, temperature**2), strict=True):
            soft_loss = F.kl_div(F.log_softmax(out / temperature, dim=1), soft[rows], reduction="batchmean")
            total = total + hard_weight * F.cross_entropy(out, y[rows]) + (1 - hard_weight) * factor * soft_loss
        return total

    nets.fit(students, loss, n=len(x), epochs=200, lr=3e-2, batch=200)
    labels, without, with_factor = students.errors(x_test, y_test)
    print(f"student from 200 hard labels: {labels} errors on {len(y_test)}")
    print(f"hard and soft, T = {temperature:g}, no factor: {without} errors")
    print(f"hard and soft, T = {temperature:g}, times T²: {with_factor} errors")
    return {
        "shrink_x": size[1.0] / size[temperature],
        "scaled_x": temperature**2 * size[temperature] / size[1.0],
        "cosine": cosine[temperature],
        "labels_errors": labels,
        "without_errors": without,
        "with_errors": with_factor,
        "factor_saves_errors": without - with_factor,
        "errors": {"hard labels": labels, "soft, no factor": without, "soft, times T²": with_factor},
        "gradient": {"x": powers, "as it is": [size[T] for T in powers], "times T²": [T**2 * size[T] for T in powers]},
    }


LABELS = {
    "shrink_x": "gradient at T = 1 over gradient at T",
    "scaled_x": "the same, times T²",
    "cosine": "cosine with the gradient of matching logits",
    "labels_errors": "errors with hard labels",
    "without_errors": "errors without the factor",
    "with_errors": "errors with the factor",
    "factor_saves_errors": "errors saved by the factor",
}
ZH = {
    "title": "T 平方：软损失与硬损失相加时，为什么要乘 T²",
    "about": "软损失对 logit 的梯度是 (softmax(z/T) - softmax(v/T)) / T：链式法则给出一个 1/T，分布变平后彼此更近，高 "
    "T 时又带来一个。乘上 T² 后，T 从大约 4 起，梯度几乎不再随 T 变化，两个损失的权重保持原意；高 T 时它指向直接匹配 "
    "logits 的方向 z - v。没有这个因子，硬损失会盖过软损失，大部分收益消失。只用软损失时，这个因子只改变学习率，而 "
    "Adam 感觉不到。teacher 看了 1,000 张图，student 只看了 200 张：收益由此而来。",
    "knobs": {"temperature": "温度", "hard_weight": "硬损失权重", "seed": "种子"},
    "measures": {
        "shrink_x": "T = 1 与当前 T 的梯度之比", "scaled_x": "乘 T² 后的同一比值",
        "cosine": "与匹配 logits 的梯度的余弦", "labels_errors": "只用硬标签的错误数",
        "without_errors": "不乘 T² 的错误数", "with_errors": "乘 T² 的错误数",
        "factor_saves_errors": "乘 T² 少错的张数", "errors": "错误数", "gradient": "梯度", "as it is": "原样",
        "times T²": "乘 T²", "hard labels": "硬标签", "soft, no factor": "软损失，不乘 T²",
        "soft, times T²": "软损失，乘 T²",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
