"""The missing digit: a student that was never shown a 3 learns it from the shadows in the teacher's other answers.

All 3s are taken out of the student's images; it learns from the teacher's soft outputs alone. A teacher that sees an 8
as 4% a 3 says what a 3 is like (Hinton 2015, section 3). What is missing is mostly how common 3s are, so one number,
the bias of that class, mends much of it: it is chosen until a tenth of the training images is called a 3. That needs no
label, but it needs images that hold 3s and to know how common they are. The control, hard labels, never says 3. The
confound: the teacher did see the 3s.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    missing: Annotated[int, range(0, 10)] = 3,
    temperature: Annotated[float, 1, 20, 1] = 8.0,
    seed: int = 0,
) -> dict:
    x_all, y_all, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10)
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x_all[r]), y_all[r]), len(x_all), epochs=20, lr=6e-3, batch=100)

    x, y = x_all[y_all != missing], y_all[y_all != missing]
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)
    there = y_test == missing
    print(f"{len(x)} images for the students, no {missing} among them; the test has {there.sum()}")

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(2, 64, 16, 10)

    def loss(rows: Tensor) -> Tensor:
        hard, out = students(x[rows])
        log_q = F.log_softmax(out / temperature, dim=1)
        return F.cross_entropy(hard, y[rows]) + temperature**2 * F.kl_div(log_q, soft[rows], reduction="batchmean")

    nets.fit(students, loss, n=len(x), epochs=40, lr=2e-2, batch=100)
    with torch.no_grad():
        (_, seen), (hard, out) = students(x_all), students(x_test)
    control = recall(hard, there, missing)
    print(f"hard labels: {control:.1f}% of the {missing}s recognised")
    biases = [step / 4 for step in range(0, 33)]
    here = F.one_hot(torch.tensor(missing), 10).float()  # what a bias of 1 adds to the logits
    soft_recall = recall(out, there, missing)
    print(f"soft outputs, T = {temperature:g}: {soft_recall:.1f}%")
    called = [((seen + bias * here).argmax(1) == missing).float().mean().item() for bias in biases]
    bias = min(biases, key=lambda b: abs(called[biases.index(b)] - 0.1))
    mended = out + bias * here
    print(f"and its bias raised by {bias:g}: {recall(mended, there, missing):.1f}%")
    return {
        "labels_recall_pct": control,
        "recall_pct": soft_recall,
        "mended_recall_pct": recall(mended, there, missing),
        "errors": int((out.argmax(1) != y_test).sum()),
        "mended_errors": int((mended.argmax(1) != y_test).sum()),
        "bias": bias,
        "recall": {
            "hard labels": control,
            "soft outputs": soft_recall,
            "and the bias": recall(mended, there, missing),
        },
        "by_bias": {
            "x": biases,
            "recall_pct": [recall(out + b * here, there, missing) for b in biases],
            "error_pct": [100 * ((out + b * here).argmax(1) != y_test).float().mean().item() for b in biases],
        },
    }


def recall(logits: Tensor, there: Tensor, digit: int) -> float:
    return 100 * (logits[there].argmax(1) == digit).float().mean().item()


LABELS = {
    "recall": ("recall", "%"),
    "labels_recall_pct": "recall with hard labels",
    "recall_pct": "recall with soft outputs",
    "mended_recall_pct": "recall with the bias mended",
    "errors": "errors",
    "mended_errors": "errors with the bias mended",
    "bias": "added to the bias",
    "by_bias": "over the bias",
    "error_pct": "errors",
}
ZH = {
    "title": "缺席的数字：从没见过 3 的 student，从 teacher 对其他数字的输出里学会了 3",
    "about": "student 的图像里去掉所有的 3；它只学 teacher 的软输出。teacher 把一个 8 看成 4% 的 3，就说明了 3 长什么样"
    "（Hinton 2015，第 3 节）。student 缺的主要是“3 有多常见”，所以只调一个数，也就是这一类的 bias，就能补上大半：调到"
    "训练图像里有十分之一被判为 3。这不用标签，但要有含 3 的图，还要知道 3 有多常见。对照用硬标签，从不说 3。混淆因素："
    "teacher 确实见过 3。",
    "knobs": {"missing": "缺席的数字", "temperature": "温度", "seed": "种子"},
    "measures": {
        "labels_recall_pct": "只用硬标签的召回率", "recall_pct": "软输出的召回率",
        "mended_recall_pct": "补 bias 后的召回率",
        "errors": "错误数", "mended_errors": "补 bias 后的错误数", "bias": "bias 增量", "recall": ("召回率", "%"),
        "error_pct": "错误率", "hard labels": "硬标签", "soft outputs": "软输出", "and the bias": "再补 bias",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
