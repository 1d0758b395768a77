"""Self-distillation: a network's own earlier or averaged answers protect it from wrong labels.

Some labels are random on purpose. Trained on, the network learns them by heart; from epoch 8 on its loss is mixed with
a teacher that is itself: a frozen snapshot of epoch 8, the epoch before, or a moving average of its weights (EMA). A
teacher there is, so this is not distillation without a teacher. The control is early stopping by an oracle that looks
at the test images: it does as well, so what self-distillation buys here is not to need the oracle. With `noise=0` it
costs a point or two.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F


def main(
    noise: Annotated[float, 0, 0.6, 0.1] = 0.4,
    self_weight: Annotated[float, 0, 1, 0.05] = 0.95,
    start: Annotated[int, range(4, 21, 4)] = 8,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    wrong = torch.rand(len(y)) < noise
    y = torch.where(wrong, torch.randint(0, 10, (len(y),)), y)
    print(f"{wrong.sum()} of {len(y)} labels were drawn at random")

    names = ("none", "snapshot", "previous epoch", "EMA")
    torch.manual_seed(seed + 50)
    students = nets.SideBySide(4, 64, 64, 64, 10)
    teachers = copy.deepcopy(students)
    optimizer = torch.optim.Adam(students.parameters(), lr=6e-3)
    by_epoch = []
    for epoch in range(40):
        if epoch == start:
            follow(teachers, students, 1)
        follow(teachers, students, 2)
        for rows in torch.randperm(len(x)).split(125):
            log_q = F.log_softmax(students(x[rows]), dim=2)  # of each network, each image, each class
            hard = -log_q[:, range(len(rows)), y[rows]].mean(1)
            loss = hard.sum()
            if epoch >= start:
                with torch.no_grad():
                    answers = F.softmax(teachers(x[rows]), dim=2)
                mixed = (1 - self_weight) * hard - self_weight * (answers * log_q).sum(2).mean(1)
                loss = hard[0] + mixed[1:].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            follow(teachers, students, 3, keep=0.96)
        by_epoch.append([100 * (1 - errors / len(y_test)) for errors in students.errors(x_test, y_test)])
    lines = dict(zip(names, map(list, zip(*by_epoch, strict=True)), strict=True))
    for name, line in lines.items():
        print(f"teacher: {name}: {line[-1]:.1f}% after 40 epochs, {max(line):.1f}% at its best")
    return {
        "labels_pct": lines["none"][-1],
        "oracle_stop_pct": max(lines["none"]),
        "snapshot_pct": lines["snapshot"][-1],
        "previous_pct": lines["previous epoch"][-1],
        "ema_pct": lines["EMA"][-1],
        "snapshot_gain_pct": lines["snapshot"][-1] - lines["none"][-1],
        "ema_gain_pct": lines["EMA"][-1] - lines["none"][-1],
        "accuracy_pct": {"x": list(range(1, 41)), **lines},
    }


@torch.no_grad()
def follow(teachers: nets.SideBySide, students: nets.SideBySide, which: int, keep: float = 0.0) -> None:
    """Move the teacher number `which` to its student: all the way, or with `keep` as a moving average."""
    for old, new in zip(teachers.parameters(), students.parameters(), strict=True):
        old[which].lerp_(new[which], 1 - keep)


LABELS = {
    "labels_pct": "right, no teacher",
    "oracle_stop_pct": "right, stopped by an oracle",
    "snapshot_pct": "right, teacher is a snapshot",
    "previous_pct": "right, teacher is the epoch before",
    "ema_pct": "right, teacher is an EMA",
    "snapshot_gain_pct": ("gain from the snapshot", "points"),
    "ema_gain_pct": ("gain from the EMA", "points"),
    "accuracy_pct": "accuracy over epochs",
}
ZH = {
    "title": "自蒸馏：用网络自己早期的或平均后的输出，挡住错误标签",
    "about": "故意把一部分标签换成随机的。一直训练下去，网络会把它们背下来；从第 8 个 epoch 起，损失里混入一个 "
    "teacher，就是它自己：第 8 个 epoch 的冻结快照、上一个 epoch 的网络，或权重的滑动平均（EMA）。teacher 还是有的，所"
    "以这不算 teacher-free 的蒸馏。对照组偷看测试图来决定何时早停，准确率和自蒸馏一样；所以自蒸馏在这里的好处只是不用偷"
    "看。噪声为 0 时，自蒸馏反而要损失一两个点。",
    "knobs": {"noise": "噪声", "self_weight": "自蒸馏权重", "start": "自蒸馏起始 epoch", "seed": "种子"},
    "measures": {
        "labels_pct": "无 teacher 的准确率", "oracle_stop_pct": "偷看测试图早停的准确率",
        "snapshot_pct": "快照作 teacher 的准确率", "previous_pct": "上一个 epoch 作 teacher 的准确率",
        "ema_pct": "EMA 作 teacher 的准确率", "snapshot_gain_pct": ("快照作 teacher 提高", "个点"),
        "ema_gain_pct": ("EMA 作 teacher 提高", "个点"),
        "accuracy_pct": "各 epoch 的准确率", "none": "无 teacher", "snapshot": "快照", "previous epoch": "上一个 epoch",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
