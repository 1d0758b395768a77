"""Temperature: dividing the logits by T shows what the teacher thinks of the wrong classes.

At T = 1 the teacher is so sure of itself that its output is nearly the hard label. A higher T lifts the small
probabilities, which is where it says that this 8 looks a little like a 1. More is not better for ever: from about 4
on the students are much the same. The confound: the teacher saw 1,000 images, the students 200, and they learn from its
soft outputs alone; how much of the gain is owed to that is what `offline_distillation` takes apart.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F


def main(
    temperature: Annotated[float, 1, 20, 1] = 4.0,
    images: Annotated[int, range(100, 501, 100)] = 200,
    digit: Annotated[int, range(0, 10)] = 8,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10)
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), y[r]), n=len(x), epochs=20, lr=6e-3, batch=100)
    with torch.no_grad():
        logits, mean_of = teacher(x), {}
        for T in sorted({1.0, temperature}):
            mean_of[T] = F.softmax(logits[y == digit] / T, dim=1).mean(0)
            print(f"what the teacher sees in an image of {digit}, T = {T:g}:")
            print("  " + "  ".join(f"{k}: {p:.1%}" for k, p in enumerate(mean_of[T].tolist())))

    x, y, logits = x[:images], y[:images], logits[:images]
    tried = sorted({1.0, 2.0, 4.0, 8.0, 20.0, temperature})
    T = torch.tensor(tried)[:, None, None]
    torch.manual_seed(seed + 50)
    students = nets.SideBySide(1 + len(tried), 64, 16, 10)  # the first learns from labels, the others at one T each

    def loss(rows: torch.Tensor) -> torch.Tensor:
        out = students(x[rows])  # of each student, each image, each class
        soft = F.softmax(logits[rows] / T, dim=2)
        kl = F.kl_div(F.log_softmax(out[1:] / T, dim=2), soft, reduction="none").sum(2).mean(1, keepdim=True)
        return F.cross_entropy(out[0], y[rows]) + (T[:, 0] ** 2 * kl).sum()

    nets.fit(students, loss, n=images, epochs=40_000 // images, lr=3e-2, batch=200)
    labels_errors, *errors = students.errors(x_test, y_test)
    print(f"student from {images} hard labels: {labels_errors} errors on {len(y_test)}")
    for of, count in zip(tried, errors, strict=True):
        print(f"student from soft outputs, T = {of:g}: {count} errors")
    return {
        "labels_errors": labels_errors,
        "t1_errors": errors[0],
        "errors": errors[tried.index(temperature)],
        "over_t4_errors": errors[tried.index(temperature)] - errors[tried.index(4.0)],
        "wrong_classes_t1_pct": 100 * (1 - mean_of[1.0][digit].item()),
        "wrong_classes_pct": 100 * (1 - mean_of[temperature][digit].item()),
        "seen_pct": {str(k): 100 * p for k, p in enumerate(mean_of[temperature].tolist())},
        "students": {"x": tried, "errors": errors},
    }


LABELS = {
    "labels_errors": "errors with hard labels",
    "t1_errors": "errors at T = 1",
    "errors": "errors",
    "over_t4_errors": "more errors than at T = 4",
    "wrong_classes_t1_pct": "share of the wrong classes at T = 1",
    "wrong_classes_pct": "share of the wrong classes",
    "seen_pct": "what the teacher sees",
}
ZH = {
    "title": "温度：把 logits 除以 T，才看得出 teacher 怎样看待错误类别",
    "about": "T = 1 时 teacher 过于自信，输出几乎就是硬标签。更高的 T 把小概率抬起来，从中才看得出“这个 8 有点像 1”。并"
    "不是越高越好：从大约 4 起，student 都差不多。混淆因素：teacher 看了 1,000 张图，student 只看 200 张，而且只学软输"
    "出；收益里有多少来自这一点，另一个实验“离线蒸馏”把它拆开来看。",
    "knobs": {"temperature": "温度", "images": "图像数", "digit": "数字", "seed": "种子"},
    "measures": {
        "labels_errors": "只用硬标签的错误数", "t1_errors": "T = 1 的错误数", "errors": "错误数",
        "over_t4_errors": "比 T = 4 多错的张数", "wrong_classes_t1_pct": "T = 1 时错误类别的概率",
        "wrong_classes_pct": "错误类别的概率", "seen_pct": "teacher 给各类的概率", "students": "student 的错误数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
