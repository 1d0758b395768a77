"""A label-smoothed teacher is the better classifier and the worse teacher.

Label smoothing pulls the images of a class together and pushes all wrong classes to the same distance, which wipes out
just what distillation passes on: which wrong class this image resembles (Müller 2019). Two teachers differ only in
smoothing; their students learn from soft outputs alone. Measured beside the errors: how much the wrong-class logits
still differ among the images of a class. It hinges on T: at T = 4 the student is clearly worse off, at T = 2 less so,
and at T = 1 the smoothed teacher is often the better one. The teachers saw 1,000 images, the students 200.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    smoothing: Annotated[float, 0.05, 0.3, 0.05] = 0.1,
    temperature: Annotated[float, 1, 8, 1] = 4.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    teacher_errors, student_errors, spread = [], [], []
    for smooth in (0.0, smoothing):
        torch.manual_seed(seed)
        teacher = nets.mlp(64, 256, 256, 10, dropout=0.3)

        def hard_loss(rows: Tensor, teacher=teacher, smooth=smooth) -> Tensor:
            return F.cross_entropy(teacher(x[rows]), y[rows], label_smoothing=smooth)

        nets.fit(teacher, hard_loss, n=len(x), epochs=30)
        teacher_errors.append(int((teacher(x_test).argmax(1) != y_test).sum()))
        with torch.no_grad():
            out = teacher(x)
        spread.append(wrong_class_spread(out, y))
        print(
            f"teacher, smoothing {smooth:g}: {teacher_errors[-1]} errors on {len(y_test)}, "
            f"its wrong-class logits vary by {spread[-1]:.2f} within a class"
        )

        torch.manual_seed(seed + 50)  # both students start from the same weights
        student = nets.mlp(64, 16, 10)
        soft = F.softmax(out[:200] / temperature, dim=1)

        def soft_loss(rows: Tensor, student=student, soft=soft) -> Tensor:
            log_q = F.log_softmax(student(x[rows]) / temperature, dim=1)
            return temperature**2 * F.kl_div(log_q, soft[rows], reduction="batchmean")

        nets.fit(student, soft_loss, n=200, epochs=200, lr=3e-2, batch=100)
        student_errors.append(int((student(x_test).argmax(1) != y_test).sum()))
        print(f"  its student, T = {temperature:g}: {student_errors[-1]} errors")
    return {
        "teacher_errors": teacher_errors[0],
        "smoothed_teacher_errors": teacher_errors[1],
        "student_errors": student_errors[0],
        "smoothed_student_errors": student_errors[1],
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


if __name__ == "__main__":
    main()
