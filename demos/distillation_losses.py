"""The losses of distillation: from T = 4 on forward and reverse KL, JSD, MSE are alike; what they carry is not.

Nine students see the same 200 images. Every loss that carries the teacher's wrong-class probabilities ends at about the
same number of errors: softened, the ten classes nearly fit into the student, and the direction of the KL matters
little. At T = 1 it does: reverse KL makes far more errors than the others, while MSE and DKD, which no temperature
touches or which weigh the wrong classes up, keep theirs. DKD does not beat forward KL from T = 4 on. Controls: label
smoothing, a soft target that carries nothing, and the halves of DKD (Zhao 2022): TCKD, how sure the teacher is of the
true class, against NCKD, how it ranks the others. The confound: the teacher saw all 1,000 images.
"""

from collections.abc import Callable
from math import log
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor


def kl(p: Tensor, q: Tensor) -> Tensor:
    """KL(p || q) from log-probabilities, the mean over the rows."""
    return (p.exp() * (p - q)).sum(1).mean()


def main(
    temperature: Annotated[float, 1, 20, 1] = 4.0, images: Annotated[int, range(100, 501, 100)] = 200, seed: int = 0
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 256, 256, 10)
    nets.fit(teacher, lambda r: F.cross_entropy(teacher(x[r]), y[r]), n=len(x), epochs=20, lr=6e-3, batch=100)
    x, y, T = x[:images], y[:images], temperature
    with torch.no_grad():
        answers = teacher(x)

    def hard(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # z: the student's logits, v: the teacher's
        return F.cross_entropy(z, y)

    def smoothing(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(z, y, label_smoothing=0.1)

    def forward(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return T**2 * kl(F.log_softmax(v / T, 1), F.log_softmax(z / T, 1))

    def reverse(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return forward(v, z, y)

    def jsd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # 4 x JSD: near its minimum as steep as a KL
        p, q = F.log_softmax(v / T, 1), F.log_softmax(z / T, 1)
        middle = torch.logaddexp(p, q) - log(2)
        return 2 * T**2 * (kl(p, middle) + kl(q, middle))

    def mse(z: Tensor, v: Tensor, y: Tensor) -> Tensor:
        return 0.5 * F.mse_loss(z - z.mean(1, keepdim=True), v - v.mean(1, keepdim=True))

    def tckd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # the true class against all others together
        p, q = (F.log_softmax(out / T, 1).gather(1, y[:, None]).clamp(max=-1e-6) for out in (v, z))
        return T**2 * kl(*(torch.cat([true, torch.log1p(-true.exp())], 1) for true in (p, q)))

    def nckd(z: Tensor, v: Tensor, y: Tensor) -> Tensor:  # the nine others among themselves
        others = F.one_hot(y, 10) == 0
        return T**2 * kl(*(F.log_softmax(out[others].view(-1, 9) / T, 1) for out in (v, z)))

    losses: dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
        "hard labels": hard,
        "label smoothing": smoothing,
        "TCKD + labels": lambda *a: tckd(*a) + hard(*a),
        "NCKD + labels": lambda *a: nckd(*a) + hard(*a),
        "DKD + labels": lambda *a: tckd(*a) + 4 * nckd(*a) + 0.1 * hard(*a),
        "forward KL": forward,
        "reverse KL": reverse,
        "JSD": jsd,
        "MSE of logits": mse,
    }

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(len(losses), 64, 16, 10)  # one for each loss

    def all_losses(rows: Tensor) -> Tensor:
        outputs = zip(losses.values(), students(x[rows]), strict=True)
        return torch.stack([loss(out, answers[rows], y[rows]) for loss, out in outputs]).sum()

    nets.fit(students, all_losses, n=images, epochs=32_000 // images, lr=3e-2, batch=200)
    errors = dict(zip(losses, students.errors(x_test, y_test), strict=True))
    for name, count in errors.items():
        print(f"{name}: {count} errors on {len(y_test)}")
    alike = [errors[name] for name in ("forward KL", "reverse KL", "JSD", "MSE of logits")]
    names = ("labels", "smoothing", "tckd", "nckd", "dkd", "forward", "reverse", "jsd", "mse")
    measures = {f"{name}_errors": count for name, count in zip(names, errors.values(), strict=True)}
    saved = errors["hard labels"] - errors["NCKD + labels"]
    return measures | {"nckd_saves_errors": saved, "spread_errors": max(alike) - min(alike), "errors": errors}


LABELS = {
    "labels_errors": "errors with hard labels",
    "smoothing_errors": "errors with label smoothing",
    "tckd_errors": "errors with TCKD and labels",
    "nckd_errors": "errors with NCKD and labels",
    "dkd_errors": "errors with DKD and labels",
    "forward_errors": "errors with forward KL",
    "reverse_errors": "errors with reverse KL",
    "jsd_errors": "errors with JSD",
    "mse_errors": "errors with MSE of logits",
    "nckd_saves_errors": "errors saved by NCKD",
    "spread_errors": "from the best to the worst of the four",
}
ZH = {
    "title": "蒸馏的损失：从 T = 4 起 forward KL、reverse KL、JSD 和 MSE 差不多，关键看损失里带了什么信息",
    "about": "九个 student 看同样的 200 张图。凡是用到 teacher 给错误类别的概率的损失，错误数都差不多：软化之后，"
    "student 几乎能拟合这十个类别，KL 的方向关系不大。T = 1 时有关系：reverse KL 的错误多得多，而温度管不到的 MSE 和放"
    "大错误类别的 DKD 保持不变。从 T = 4 起 DKD 并不胜过 forward KL。对照有两组：label smoothing 是不带任何信息的软目"
    "标；DKD（Zhao 2022）拆成两半，TCKD 是 teacher 对正确类别有多确定，NCKD 是它怎样给其余类别排序。混淆因素：teacher "
    "看了全部 1,000 张图。",
    "knobs": {"temperature": "温度", "images": "图像数", "seed": "种子"},
    "measures": {
        "labels_errors": "只用硬标签的错误数", "smoothing_errors": "label smoothing 的错误数",
        "tckd_errors": "TCKD 加标签的错误数",
        "nckd_errors": "NCKD 加标签的错误数", "dkd_errors": "DKD 加标签的错误数", "jsd_errors": "JSD 的错误数",
        "forward_errors": "forward KL 的错误数", "reverse_errors": "reverse KL 的错误数",
        "mse_errors": "logits 的 MSE 的错误数",
        "nckd_saves_errors": "NCKD 比硬标签少错的张数", "errors": "错误数",
        "spread_errors": "KL、JSD、MSE 四种最多相差的张数",
        "hard labels": "硬标签", "label smoothing": "label smoothing", "TCKD + labels": "TCKD 加标签",
        "NCKD + labels": "NCKD 加标签", "DKD + labels": "DKD 加标签", "forward KL": "forward KL",
        "reverse KL": "reverse KL", "MSE of logits": "logits 的 MSE",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
