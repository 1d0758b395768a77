"""Similarity distillation: the student is shown which images the teacher finds alike, and nothing else.

The student has 50 labels and 500 unlabelled images. Of the teacher it never sees an output, only how the hidden
features of a batch relate: their inner products (SP, Tung & Mori 2019), their distances (RKD-D), distances and angles
(RKD-DA, Park 2019). The widths need not match: relations have none. The confound: the teacher knows 400 labels, and
through its features they reach the student; the control, labels alone, has only its own 50.
"""

from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    labels: Annotated[int, range(20, 101, 10)] = 50,
    weight: Annotated[float, 0.25, 4, 0.25] = 1.0,
    width: Annotated[int, range(8, 65, 8)] = 16,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    own_x, own_y, unlabelled = x[-labels:], y[-labels:], x[400:900]
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 128, 128, 10)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=400, epochs=50, lr=8e-3, batch=100)
    with torch.no_grad():
        known, known_test = teacher[:-1](unlabelled), teacher[:-1](x_test)
    errors = {"teacher": int((teacher(x_test).argmax(1) != y_test).sum())}
    print(f"teacher, 400 labels: {errors['teacher']} errors on {len(y_test)}")

    def train(name: str, relation: Callable[[Tensor, Tensor], Tensor] | None) -> Tensor:
        torch.manual_seed(seed + 50)  # every student starts from the same weights
        student = nets.mlp(64, width, width, 10)

        def loss(rows: Tensor) -> Tensor:
            features = student[:-1](torch.cat([own_x, unlabelled[rows]]))
            total = F.cross_entropy(student[-1](features[:labels]), own_y)
            return total + weight * relation(features[labels:], known[rows]) if relation else total

        nets.fit(student, loss, n=len(unlabelled), epochs=45, lr=3e-2, batch=125)
        errors[name] = int((student(x_test).argmax(1) != y_test).sum())
        features = student[:-1](x_test).detach()
        print(f"{name}: {errors[name]} errors, likeness to the teacher (CKA) {cka(features, known_test):.0f}%")
        return features

    alone = train("labels only", None)
    by_product = train("SP", lambda mine, known: 300 * products(mine, known))
    train("RKD-D", lambda mine, known: 10 * distances(mine, known))
    by_angle = train("RKD-DA", lambda mine, known: 10 * distances(mine, known) + 20 * angles(mine[:20], known[:20]))
    print("how alike the digits' mean features are: teacher, labels, RKD-DA")
    for digit, rows in enumerate(zip(*(shades(f, y_test) for f in (known_test, alone, by_angle)), strict=True)):
        print(f"  {digit} " + "   ".join(rows))
    return {
        "labels_errors": errors["labels only"],
        "sp_errors": errors["SP"],
        "rkd_errors": errors["RKD-D"],
        "rkd_angle_errors": errors["RKD-DA"],
        "rkd_saves_errors": errors["labels only"] - errors["RKD-D"],
        "labels_cka_pct": cka(alone, known_test),
        "sp_cka_pct": cka(by_product, known_test),
        "rkd_angle_cka_pct": cka(by_angle, known_test),
        "errors": errors,
    }


def products(a: Tensor, b: Tensor) -> Tensor:
    return F.mse_loss(F.normalize(a @ a.T, dim=1), F.normalize(b @ b.T, dim=1))


def distances(a: Tensor, b: Tensor) -> Tensor:
    a, b = F.pdist(a), F.pdist(b)
    return F.smooth_l1_loss(a / a.mean(), b / b.mean())


def angles(a: Tensor, b: Tensor) -> Tensor:
    a, b = (F.normalize(f[None] - f[:, None], dim=2) for f in (a, b))  # unit vectors from each image to each other one
    return F.smooth_l1_loss(a @ a.transpose(1, 2), b @ b.transpose(1, 2))


def cka(a: Tensor, b: Tensor) -> float:
    """Linear centred kernel alignment (Kornblith 2019), per cent."""
    a, b = a - a.mean(0), b - b.mean(0)
    return 100 * ((a.T @ b).norm() ** 2 / ((a.T @ a).norm() * (b.T @ b).norm())).item()


def shades(features: Tensor, y: Tensor) -> list[str]:
    means = torch.stack([features[y == digit].mean(0) for digit in range(10)])
    means = F.normalize(means - means.mean(0), dim=1)
    levels = ((means @ means.T + 0.5) / 1.5 * 4).round().int().clamp(0, 4)
    return ["".join(2 * " ░▒▓█"[level] for level in row) for row in levels.tolist()]


LABELS = {
    "labels_errors": "errors with labels",
    "sp_errors": "errors with SP",
    "rkd_errors": "errors with RKD-D",
    "rkd_angle_errors": "errors with RKD-DA",
    "rkd_saves_errors": "errors saved by RKD-D",
    "labels_cka_pct": "likeness (CKA), labels",
    "sp_cka_pct": "likeness (CKA), SP",
    "rkd_angle_cka_pct": "likeness (CKA), RKD-DA",
}
ZH = {
    "title": "相似性蒸馏：只告诉 student 哪些图在 teacher 看来相似，别的都不说",
    "about": "student 有 50 个标签和 500 张无标签图。teacher 的输出它一个也看不到，只看到一个 batch 里隐层特征之间的关"
    "系：内积（SP，Tung 和 Mori 2019）、距离（RKD-D）、距离和角度（RKD-DA，Park 2019）。宽度不必相同：关系没有宽度。混"
    "淆因素：teacher 知道 400 个标签，通过特征传给了 student；对照只用标签，只有自己的 50 个。",
    "knobs": {"labels": "标签数", "weight": "关系损失权重", "width": "student 宽度", "seed": "种子"},
    "measures": {
        "labels_errors": "只用标签的错误数", "sp_errors": "SP 的错误数", "rkd_errors": "RKD-D 的错误数",
        "rkd_angle_errors": "RKD-DA 的错误数", "rkd_saves_errors": "RKD-D 少错的张数",
        "labels_cka_pct": "只用标签的相似度（CKA）", "sp_cka_pct": "SP 的相似度（CKA）",
        "rkd_angle_cka_pct": "RKD-DA 的相似度（CKA）", "errors": "错误数", "labels only": "只用标签",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
