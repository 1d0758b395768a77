"""The capacity gap: does a bigger teacher make a worse student? At this scale it does not.

Mirzadeh (2019) found that a student can suffer from a teacher too large for it, and put an assistant of middle size
between them. Here one student learns from four teachers of growing size, and from the largest by way of an assistant,
all on the same 1,000 images for as many epochs; what is told is the mean of two starts. A poor teacher makes a poor
student; from a width of 64 on it no longer matters how large the teacher is, and the assistant changes less than
another start does. At the default width of 8 no teacher beats the labels.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    width: Annotated[int, range(4, 33, 4)] = 8,
    assistant: Annotated[int, range(8, 65, 8)] = 16,
    temperature: Annotated[float, 1, 8, 1] = 4.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)

    teachers = {"8": (8,), "16": (16,), "64": (64,), "256x256": (256, 256)}
    soft, teacher_errors = [], {}

    def learned(name: str, net: nn.Module) -> None:
        """Note how often it errs, and what it says about the training images."""
        teacher_errors[name] = int((net(x_test).argmax(1) != y_test).sum())
        with torch.no_grad():
            soft.append(F.softmax(net(x) / temperature, dim=1))
        print(f"{name}: {teacher_errors[name]} errors on {len(y_test)}")

    def like(target: Tensor, out: Tensor) -> Tensor:
        """The soft loss, of one network or the sum of several."""
        log_q = F.log_softmax(out / temperature, dim=-1)
        return temperature**2 * F.kl_div(log_q, target, reduction="sum") / out.shape[-2]

    for name, hidden in teachers.items():
        torch.manual_seed(seed)
        net = nets.mlp(64, *hidden, 10)
        nets.fit(net, lambda r, net=net: F.cross_entropy(net(x[r]), y[r]), n=len(x), epochs=25, lr=1e-2, batch=200)
        learned(name, net)
    net = nets.mlp(64, assistant, 10)
    nets.fit(net, lambda r: like(soft[-1][r], net(x[r])), n=len(x), epochs=30, lr=3e-2, batch=200)
    learned("by assistant", net)

    starts = []
    for start in (50, 51):
        torch.manual_seed(seed + start)
        students = nets.SideBySide(1 + len(soft), 64, width, 10)

        def loss(rows: Tensor, students=students) -> Tensor:
            out = students(x[rows])
            return F.cross_entropy(out[0], y[rows]) + like(torch.stack(soft)[:, rows], out[1:])

        nets.fit(students, loss, n=len(x), epochs=30, lr=3e-2, batch=200)
        starts.append(students.errors(x_test, y_test))
    alone, *of_teacher = (sum(pair) / 2 for pair in zip(*starts, strict=True))
    students = dict(zip(teacher_errors, of_teacher, strict=True))
    print(f"students of width {width}, the mean of two starts: {alone:g} errors from labels; by teacher")
    for name, count in students.items():
        print(f"  {name}: {count:g}")
    return {
        "labels_errors": alone,
        "smallest_errors": students["8"],
        "middle_errors": students["64"],
        "direct_errors": students["256x256"],
        "assistant_errors": students["by assistant"],
        "start_errors": abs(starts[0][4] - starts[1][4]),
        "assistant_gain_errors": students["256x256"] - students["by assistant"],
        "gap_errors": students["256x256"] - students["64"],
        "teachers": teacher_errors,
        "students": students,
    }


LABELS = {
    "labels_errors": "errors with labels",
    "smallest_errors": "errors, teacher of width 8",
    "middle_errors": "errors, teacher of width 64",
    "direct_errors": "errors, the largest teacher",
    "assistant_errors": "errors, by assistant",
    "start_errors": "errors from start to start",
    "assistant_gain_errors": "errors saved by the assistant",
    "gap_errors": "errors, the largest over width 64",
    "teachers": "errors of the teachers",
    "students": "errors of their students",
}
ZH = {
    "title": "teacher 太大（capacity gap）：student 会不会反而学得更差？在这个规模上不会",
    "about": "Mirzadeh（2019）发现，teacher 太大时 student 会学不好，于是在中间加一个中等大小的 assistant。这里同一个 "
    "student 分别向四个由小到大的 teacher 学，再向最大的 teacher 教出的 assistant 学；都用同样的 1,000 张图，训练同样"
    "多的 epoch，报告的是两次初始化的平均。差的 teacher 教出差的 student；宽度到 64 以后，teacher 再大也没有区别，"
    "assistant 带来的变化比换一次初始化还小。默认宽度 8 时，没有哪个 teacher 胜过标签。",
    "knobs": {"width": "student 宽度", "assistant": "assistant 宽度", "temperature": "温度", "seed": "种子"},
    "measures": {
        "labels_errors": "只用标签的错误数", "smallest_errors": "teacher 宽 8 时的错误数",
        "middle_errors": "teacher 宽 64 时的错误数", "direct_errors": "teacher 最大时的错误数",
        "assistant_errors": "经由 assistant 的错误数", "start_errors": "两次初始化相差的错误数",
        "assistant_gain_errors": "assistant 少错的张数", "gap_errors": "teacher 最大时比宽 64 时多错的张数",
        "teachers": "各 teacher 的错误数", "students": "各 student 的错误数", "by assistant": "经由 assistant",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
