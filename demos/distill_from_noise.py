"""Distil from noise: no data and no labels, only a teacher that answers.

The student never sees a digit. It asks the teacher about random pixels and learns its soft outputs. Uniform noise,
every pixel somewhere between black and white, looks like nothing the teacher knows, and its answers are lopsided. Noise
with most pixels black has the digits' kind of contrast and is nearly as good as the control, real images without labels
that the teacher has not seen either. That its mere best guess (`answers="hard"`) does as well there says that this is
copying a function by asking it, not dark knowledge; and 64 pixels are few: large images need a generator.
"""

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
    x, y, x_test, y_test = digits.load(seed, train=1200)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 128, 128, 10)
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), y[r]), n=700, epochs=30, lr=8e-3, batch=100)
    teacher_pct = nets.accuracy(teacher, x_test, y_test)
    print(f"teacher, 700 labels: {teacher_pct:.1f}%")

    def draw(n: int) -> Tensor:
        """Of each kind n images: uniform noise, sparse noise, digits that the teacher has not seen."""
        sparse = torch.rand(n, 64) * (torch.rand(n, 64) < density)
        return torch.stack([torch.rand(n, 64), sparse, x[torch.randint(700, 1200, (n,))]])

    T = 4 if answers == "soft" else 1
    torch.manual_seed(seed + 50)
    students = nets.SideBySide(3, 64, 32, 10)

    def loss(_: Tensor) -> Tensor:
        images = draw(100)
        with torch.no_grad():
            z = teacher(images).flatten(0, 1)
            target = F.softmax(z / T, dim=1) if answers == "soft" else F.one_hot(z.argmax(1), 10).float()
        return T**2 * F.cross_entropy(students(images).flatten(0, 1) / T, target, reduction="sum") / 100

    nets.fit(students, loss, n=1, epochs=steps, lr=2e-2)  # fresh images for every step
    uniform, sparse, real = (100 * (1 - errors / len(y_test)) for errors in students.errors(x_test, y_test))
    with torch.no_grad():
        most = [answer.bincount().max().item() / 20 for answer in teacher(draw(2000)).argmax(2)]
    names = ("uniform noise", f"noise, {1 - density:.0%} of the pixels black", "control, real unlabelled images")
    for name, right, same in zip(names, (uniform, sparse, real), most, strict=True):
        print(f"{name}: {right:.1f}%; the teacher gives {same:.0f}% of these images the same answer")
    return {
        "teacher_pct": teacher_pct,
        "uniform_pct": uniform,
        "sparse_pct": sparse,
        "real_pct": real,
        "accuracy_pct": {
            "teacher": teacher_pct,
            "uniform noise": uniform,
            "sparse noise": sparse,
            "real images": real,
        },
    }


LABELS = {
    "teacher_pct": "right, the teacher",
    "uniform_pct": "right, from uniform noise",
    "sparse_pct": "right, from sparse noise",
    "real_pct": "right, from real images",
    "accuracy_pct": "right on real digits",
}
ZH = {
    "title": "从噪声蒸馏：没有数据，没有标签，只有一个会回答的 teacher",
    "about": "student 从没见过数字。它拿随机像素去问 teacher，学它的软输出。均匀噪声（每个像素在黑白之间随便取）不像 "
    "teacher 见过的任何东西，teacher 的回答会偏向少数几类。稀疏噪声（大部分像素为黑）有数字那样的对比度，几乎和对照一"
    "样好；对照是 teacher 也没见过的、没有标签的真实图像。只用 teacher 的 top-1，在稀疏噪声上也一样好，说明这是靠提问"
    "复制一个函数，不是 dark knowledge；而且只有 64 个像素，大图需要生成器。",
    "knobs": {"density": "非黑像素比例", "steps": "步数", "answers": "teacher 回答形式", "seed": "种子"},
    "measures": {
        "teacher_pct": "teacher 的准确率", "uniform_pct": "用均匀噪声蒸馏的准确率",
        "sparse_pct": "用稀疏噪声蒸馏的准确率",
        "real_pct": "用真实图像蒸馏的准确率", "accuracy_pct": "手写数字上的准确率", "uniform noise": "均匀噪声",
        "sparse noise": "稀疏噪声", "real images": "真实图像", "soft": "软输出", "hard": "top-1",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
