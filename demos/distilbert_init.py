"""DistilBERT's start: a student that takes over layers of its teacher needs only a few steps to be good.

The student has the teacher's width, 2 of its 4 layers and 100 steps on 300 sentences (the toy reviews of `tinybert`).
It starts from the teacher's embeddings, head and two of its layers, and then distils; the control starts from random
weights and does the same. Before any step layers 1 and 3 only guess: they do not fit together yet. Nor is it
distillation that mends them: labels alone do as well, so here the start is all of it. The confound: the copied weights
have seen the teacher's 4,000 sentences. There is one teacher only, so which two layers are best (`copied`) says little.
"""

from typing import Annotated, Literal

import nets
import tinybert
import torch
import torch.nn.functional as F
from torch import Tensor


def main(
    copied: Literal["1 3", "1 4", "1 2", "3 4"] = "1 3",
    labelled: Annotated[int, range(100, 1001, 100)] = 300,
    steps: Annotated[int, range(20, 201, 20)] = 100,
    temperature: Annotated[float, 1, 8, 1] = 2.0,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    (x, y), (x_test, y_test) = tinybert.sentences(labelled), tinybert.sentences(1000)
    teacher = tinybert.load_teacher()
    with torch.no_grad():
        soft = F.softmax(teacher(x) / temperature, dim=1)
    print(f"teacher, 4 layers: {nets.accuracy(teacher, x_test, y_test):.1f}%")

    def train(name: str, copy: bool, distil: bool) -> tuple[float, float]:
        torch.manual_seed(seed + 50)
        student = tinybert.Transformer(layers=2, width=32)
        if copy:
            start = {key: value for key, value in teacher.state_dict().items() if not key.startswith("layers")}
            student.load_state_dict(start, strict=False)
            for mine, theirs in zip(student.layers, copied.split(), strict=True):
                mine.load_state_dict(teacher.layers[int(theirs) - 1].state_dict())

        def loss(rows: Tensor) -> Tensor:
            out = student(x[rows])
            soft_loss = F.kl_div(F.log_softmax(out / temperature, dim=1), soft[rows], reduction="batchmean")
            return 0.5 * F.cross_entropy(out, y[rows]) + (temperature**2 * soft_loss if distil else 0)

        before = nets.accuracy(student, x_test, y_test)
        nets.fit(student, loss, n=labelled, epochs=max(1, steps // -(-labelled // 32)), lr=3e-3, batch=32)
        after = nets.accuracy(student, x_test, y_test)
        print(f"{name}: {before:.1f}% before, {after:.1f}% after {steps} steps")
        return before, after

    random = train("random start", copy=False, distil=True)
    taken = train(f"layers {copied.replace(' ', ' and ')} copied", copy=True, distil=True)
    labels = train("copied, then labels only", copy=True, distil=False)
    return {
        "random_pct": random[1],
        "copied_before_pct": taken[0],
        "copied_pct": taken[1],
        "copied_labels_pct": labels[1],
        "accuracy_pct": {"random": random[1], "copied, distilled": taken[1], "copied, labels only": labels[1]},
    }


LABELS = {
    "random_pct": "right, random start",
    "copied_before_pct": "right, copied, before training",
    "copied_pct": "right, copied",
    "copied_labels_pct": "right, copied, labels only",
    "accuracy_pct": "right",
}
ZH = {
    "title": "DistilBERT 的初始化：student 从 teacher 拷来几层，几步就能学好",
    "about": "student 与 teacher 同宽，只有四层中的两层，在 300 个句子上训练 100 步（和实验“TinyBERT”一样，是人造的评"
    "论）。它从 teacher 的 embedding、输出头和其中两层开始，再做蒸馏；对照从随机权重开始，做同样的事。训练之前，第 1、"
    "3 层接在一起只能瞎猜：它们还不配套。让它们配合起来的也不是蒸馏：只用标签也一样好，所以这里全靠起点。混淆因素：拷来"
    "的权重见过 teacher 的 4,000 个句子。而且 teacher 只有一个，拷哪两层最好，结论不能推广。",
    "knobs": {"copied": "拷贝层", "labelled": "句子数", "steps": "步数", "temperature": "温度", "seed": "种子"},
    "measures": {
        "random_pct": "随机初始化的准确率", "copied_before_pct": "拷贝后、训练前的准确率",
        "copied_pct": "拷贝后的准确率", "copied_labels_pct": "拷贝后只用标签的准确率", "accuracy_pct": "准确率",
        "random": "随机初始化", "copied, distilled": "拷贝，再蒸馏", "copied, labels only": "拷贝，只用标签",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
