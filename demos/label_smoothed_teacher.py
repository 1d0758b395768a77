"""A label-smoothed teacher is the better classifier and the worse teacher.

Label smoothing pulls the images of a class together and pushes all wrong classes to the same distance, which wipes out
just what distillation passes on: which wrong class this image resembles (Müller 2019). Two teachers differ only in
smoothing; their students, each from two starts, learn from soft outputs alone. Measured beside the errors: how much the
wrong-class logits still differ among the images of a class. It hinges on T: from T = 4 on the smoothed one's student is
mostly worse off, at T = 2 less so, and at T = 1, where the plain teacher tells little, it is a little better off. The
teachers saw 1,000 images, the students 200.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    smoothing: Annotated[float, 0.05, 0.3, 0.05] = 0.2,
    temperature: Annotated[float, 1, 8, 1] = 4.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    smooth = (0.0, smoothing)
    torch.manual_seed(seed)
    teachers = nets.SideBySide(2, 64, 256, 256, 10)  # they differ only in the smoothing

    def hard_loss(rows: Tensor) -> Tensor:
        outputs = zip(teachers(x[rows]), smooth, strict=True)
        return torch.stack([F.cross_entropy(out, y[rows], label_smoothing=s) for out, s in outputs]).sum()

    nets.fit(teachers, hard_loss, n=len(x), epochs=20, lr=6e-3, batch=100)
    teacher_errors = teachers.errors(x_test, y_test)
    with torch.no_grad():
        logits = teachers(x)
    spread = [wrong_class_spread(out, y) for out in logits]
    for s, errors, varies in zip(smooth, teacher_errors, spread, strict=True):
        print(f"teacher, smoothing {s:g}: {errors} errors, its wrong-class logits vary by {varies:.2f} within a class")

    soft = F.softmax(logits / temperature, dim=2)
    starts = []
    for start in (50, 51):
        torch.manual_seed(seed + start)
        students = nets.SideBySide(2, 64, 16, 10)  # one of each teacher

        def soft_loss(rows: Tensor, students=students) -> Tensor:
            log_q = F.log_softmax(students(x[rows]) / temperature, dim=2)
            return temperature**2 * F.kl_div(log_q, soft[:, rows], reduction="none").sum(2).mean(1).sum()

        nets.fit(students, soft_loss, n=200, epochs=200, lr=3e-2, batch=200)
        starts.append(students.errors(x_test, y_test))
    student_errors = [sum(pair) / 2 for pair in zip(*starts, strict=True)]
    for s, errors in zip(smooth, student_errors, strict=True):
        print(f"students of the teacher with smoothing {s:g}, T = {temperature:g}: {errors:g} errors, the mean of two")
    return {
        "teacher_errors": teacher_errors[0],
        "smoothed_teacher_errors": teacher_errors[1],
        "student_errors": student_errors[0],
        "smoothed_student_errors": student_errors[1],
        "harm_errors": student_errors[1] - student_errors[0],
        "spread": spread[0],
        "smoothed_spread": spread[1],
        "errors": {
            "teacher": teacher_errors[0],
            "smoothed teacher": teacher_errors[1],
            "its student": student_errors[0],
            "smoothed one's student": student_errors[1],
        },
    }


def wrong_class_spread(logits: Tensor, y: Tensor) -> float:
    """Standard deviation of the nine wrong-class logits over the images of a class, the mean of an image taken out."""
    others = logits[F.one_hot(y, 10) == 0].view(-1, 9)
    others = others - others.mean(1, keepdim=True)
    return torch.stack([others[y == digit].std(0).mean() for digit in range(10)]).mean().item()


LABELS = {
    "teacher_errors": "errors of the teacher",
    "smoothed_teacher_errors": "errors of the smoothed teacher",
    "student_errors": "errors of its student",
    "smoothed_student_errors": "errors, smoothed one's student",
    "harm_errors": "more errors by smoothing",
    "spread": "spread of wrong-class logits",
    "smoothed_spread": "spread, smoothed teacher",
}
ZH = {
    "title": "用 label smoothing 训练的 teacher：自己分得更准，教得更差",
    "about": "label smoothing 把同一类的图拉到一起，又把所有错误类别推到同样远，正好抹掉蒸馏要传的东西：一张图更接近哪"
    "个错误类别（Müller 2019）。两个 teacher 只差 smoothing；它们的 student 各从两次初始化出发，只学软输出。除错误数外"
    "还测了：同一类的图之间，错误类别的 logits 还差多少。关键在 T：从 T = 4 起，smoothing 的 teacher 教出的 student 明"
    "显更差；T = 2 时没有差那么多；T = 1 时普通 teacher 本来就说得少，smoothing 的 teacher 教出的 student 略好。"
    "teacher 看了 1,000 张图，student 看 200 张。",
    "knobs": {"smoothing": "smoothing 系数", "temperature": "温度", "seed": "种子"},
    "measures": {
        "teacher_errors": "普通 teacher 的错误数", "smoothed_teacher_errors": "smoothing teacher 的错误数",
        "student_errors": "普通 teacher 的 student 错误数",
        "smoothed_student_errors": "smoothing teacher 的 student 错误数",
        "harm_errors": "smoothing 让 student 多错的张数", "spread": "普通 teacher 的错误类别 logits 差异",
        "smoothed_spread": "smoothing teacher 的错误类别 logits 差异", "errors": "错误数", "teacher": "普通 teacher",
        "smoothed teacher": "smoothing teacher",
        "its student": "普通 teacher 的 student", "smoothed one's student": "smoothing teacher 的 student",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
