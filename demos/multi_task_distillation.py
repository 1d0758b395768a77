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
from torch import Tensor


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

    torch.manual_seed(seed)
    answers, teacher_pct = [], {}
    for name, n, task_labels, right in zip(tasks, classes, labels, truth, strict=True):
        teacher = nets.mlp(64, 128, 128, n)

        def hard_loss(rows: Tensor, teacher=teacher, labels=task_labels) -> Tensor:
            return F.cross_entropy(teacher(x[rows]), labels[rows])

        nets.fit(teacher, hard_loss, n=len(x), epochs=25, lr=8e-3, batch=200)
        teacher_pct[name] = nets.accuracy(teacher, x_test, right)
        with torch.no_grad():
            answers.append(F.softmax(teacher(x) / temperature, dim=1))
        print(f"teacher of '{name}': {teacher_pct[name]:.1f}%")

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(2, 64, width, sum(classes))  # each has the three heads side by side
    weights = (0, soft_weight)  # of the soft loss: the first student has the labels alone

    def loss(rows: Tensor) -> Tensor:
        total = torch.tensor(0.0)
        for out, weight in zip(students(x[rows]), weights, strict=True):
            for z, right, soft in zip(out.split(classes, dim=1), labels, answers, strict=True):
                log_q = F.log_softmax(z / temperature, dim=1)
                soft_loss = temperature**2 * F.kl_div(log_q, soft[rows], reduction="batchmean")
                total = total + ((1 - weight) * F.cross_entropy(z, right[rows]) + weight * soft_loss) / 3
        return total

    nets.fit(students, loss, n=images, epochs=max(40, 30_000 // images), lr=3e-2, batch=200)
    pct = []
    for out, weight in zip(students(x_test), weights, strict=True):
        heads = zip(tasks, out.split(classes, dim=1), truth, strict=True)
        pct.append({name: 100 * (z.argmax(1) == right).float().mean().item() for name, z, right in heads})
        print(f"student, soft weight {weight:g}: " + ", ".join(f"{name} {p:.1f}%" for name, p in pct[-1].items()))
    alone, distilled = pct
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


LABELS = {
    "labels_digit_pct": "digit right, labels",
    "distilled_digit_pct": "digit right, distilled",
    "digit_gain_pct": ("gain on the digit", "points"),
    "odd_gain_pct": ("gain on odd or even", "points"),
    "five_gain_pct": ("gain on five or more", "points"),
    "mean_gain_pct": ("gain, mean of the tasks", "points"),
    "labels_pct": "right, labels",
    "distilled_pct": "right, distilled",
    "teachers_pct": "right, the teachers",
}
ZH = {
    "title": "多任务蒸馏：三个 teacher 各管一项任务，共教一个小 student",
    "about": "是哪个数字、奇数还是偶数、是否不小于 5：各有一个 teacher，都用 1,000 张图训练。student 一个隐层、三个输出"
    "头，只看 200 张图，一次用全部任务的标签，一次用各 teacher 的软输出（BAM，Clark 2019；它还会从 teacher 逐渐过渡到标"
    "签，这里没有）。只有两类的 teacher，在答案之外只能多给一个数，它那项任务的收益也小。混淆因素：teacher 看了 1,000 "
    "张图；student 也看 1,000 张时（对照），收益消失。",
    "knobs": {
        "width": "student 宽度", "images": "图像数", "soft_weight": "软损失权重", "temperature": "温度", "seed": "种子",
    },
    "measures": {
        "labels_digit_pct": "只用标签的数字准确率", "distilled_digit_pct": "蒸馏后的数字准确率",
        "digit_gain_pct": ("数字任务提高", "个点"), "odd_gain_pct": ("奇偶任务提高", "个点"),
        "five_gain_pct": ("“不小于 5”任务提高", "个点"),
        "mean_gain_pct": ("三项平均提高", "个点"), "labels_pct": "只用标签的准确率", "distilled_pct": "蒸馏后的准确率",
        "teachers_pct": "各 teacher 的准确率", "digit": "数字", "odd": "奇偶", "five or more": "不小于 5",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
