"""The capacity gap: does a bigger teacher make a worse student? At this scale it does not.

Mirzadeh (2019) found that a student can suffer from a teacher too large for it, and put an assistant of middle size
between them. Here one student learns from four teachers of growing size, and from the largest by way of an assistant. A
poor teacher makes a poor student; from a width of 16 or so on it no longer matters how large the teacher is, and the
assistant changes less than another random start mostly does. All learn from the same 1,000 images. Searched for: with a
student of width 4 at T = 1 the assistant was better on 11 of 16 seeds, by 5 errors of 113, where seeds differ by 40.
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

    def errors(net: nn.Module) -> int:
        return int((net(x_test).argmax(1) != y_test).sum())

    def from_labels(*hidden: int, start: int = 0, lr: float = 1e-2) -> nn.Module:
        torch.manual_seed(seed + start)
        net = nets.mlp(64, *hidden, 10)
        return nets.fit(net, lambda r: F.cross_entropy(net(x[r]), y[r]), n=len(x), epochs=30, lr=lr, batch=100)

    def from_teacher(teacher: nn.Module, width: int, start: int = 50) -> nn.Module:
        with torch.no_grad():
            soft = F.softmax(teacher(x) / temperature, dim=1)
        torch.manual_seed(seed + start)
        net = nets.mlp(64, width, 10)

        def loss(rows: Tensor) -> Tensor:
            log_q = F.log_softmax(net(x[rows]) / temperature, dim=1)
            return temperature**2 * F.kl_div(log_q, soft[rows], reduction="batchmean")

        return nets.fit(net, loss, n=len(x), epochs=40, lr=3e-2, batch=100)

    alone = errors(from_labels(width, start=50, lr=3e-2))
    print(f"student of width {width}, labels: {alone} errors on {len(y_test)}")
    teacher_errors, student_errors = {}, {}
    for hidden in ((8,), (16,), (64,), (256, 256)):
        teacher = from_labels(*hidden)
        name = "x".join(str(h) for h in hidden)
        teacher_errors[name], student_errors[name] = errors(teacher), errors(from_teacher(teacher, width))
        print(f"teacher {name}: {teacher_errors[name]} errors, its student {student_errors[name]}")
    again = errors(from_teacher(teacher, width, start=51))
    print(f"  the last student from another start: {again}")
    between = from_teacher(teacher, assistant, start=52)
    helped = errors(from_teacher(between, width))
    print(f"assistant of width {assistant}, taught by the largest: {errors(between)} errors, its student {helped}")
    return {
        "labels_errors": alone,
        "smallest_errors": student_errors["8"],
        "middle_errors": student_errors["64"],
        "direct_errors": student_errors["256x256"],
        "assistant_errors": helped,
        "another_start_errors": again,
        "assistant_gain_errors": student_errors["256x256"] - helped,
        "gap_errors": student_errors["256x256"] - student_errors["64"],
        "teachers": teacher_errors,
        "students": student_errors | {"by assistant": helped},
    }


if __name__ == "__main__":
    main()
