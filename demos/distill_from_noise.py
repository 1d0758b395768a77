"""Distil from noise: no data and no labels, only a teacher that answers.

The student never sees a digit. It asks the teacher about random pixels and learns its soft outputs. Uniform noise,
every pixel somewhere between black and white, looks like nothing the teacher knows, and its answers are lopsided. Noise
with most pixels black has the digits' kind of contrast and is nearly as good as the control, real unlabelled images.
That the teacher's mere best guess (`answers="hard"`) does as well there says that this is copying a function by asking
it, not dark knowledge; and 64 pixels are few: large images need a generator.
"""

from collections.abc import Callable
from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    density: Annotated[float, 0.1, 1, 0.1] = 0.3,
    steps: Annotated[int, range(100, 1001, 100)] = 400,
    answers: Literal["soft", "hard"] = "soft",
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10, dropout=0.3)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=len(x), epochs=30, batch=100)
    teacher_pct = nets.accuracy(teacher, x_test, y_test)
    print(f"teacher: {teacher_pct:.1f}%")

    def noise(n: int) -> Tensor:
        return torch.rand(n, 64)

    def sparse(n: int) -> Tensor:
        return torch.rand(n, 64) * (torch.rand(n, 64) < density)

    def real(n: int) -> Tensor:
        return x[torch.randint(0, len(x), (n,))]

    T = 4 if answers == "soft" else 1

    def train(name: str, draw: Callable[[int], Tensor]) -> float:
        torch.manual_seed(seed + 50)  # every student starts from the same weights
        student = nets.mlp(64, 32, 10)

        def loss(_: Tensor) -> Tensor:
            images = draw(100)
            with torch.no_grad():
                z = teacher(images)
                target = F.softmax(z / T, dim=1) if answers == "soft" else F.one_hot(z.argmax(1), 10).float()
            return T**2 * F.cross_entropy(student(images) / T, target)

        nets.fit(student, loss, n=1, epochs=steps, lr=2e-2)  # one batch of fresh images a step
        accuracy = nets.accuracy(student, x_test, y_test)
        with torch.no_grad():
            most = 100 * teacher(draw(2000)).argmax(1).bincount().max().item() / 2000
        print(f"{name}: {accuracy:.1f}%; the teacher gives {most:.0f}% of these images the same answer")
        return accuracy

    uniform = train("uniform noise", noise)
    sparser = train(f"noise, {1 - density:.0%} of the pixels black", sparse)
    images = train("control, real unlabelled images", real)
    return {
        "teacher_pct": teacher_pct,
        "uniform_pct": uniform,
        "sparse_pct": sparser,
        "real_pct": images,
        "accuracy_pct": {
            "teacher": teacher_pct,
            "uniform noise": uniform,
            "sparse noise": sparser,
            "real images": images,
        },
    }


if __name__ == "__main__":
    main()
