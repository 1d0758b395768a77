"""Early exit: easy inputs leave after the first layer, hard ones go through the whole net.

A small head behind the first layer is trained together with the net. An image whose highest probability there passes
the threshold is answered at once; the rest is computed to the end. Most digits are easy, so that much of the work is
saved for hardly an error more. A head that may not shape the layer (joint off) is right as often, but hardly ever sure.
The control lets as many leave, but chosen by lot: they keep the first head's errors. A batch that stops only when all
of it can leave loses the gain: of b images the share to the power b leaves together. The other control is the same net
trained without an exit. Work is counted in multiplications, not timed; in a language model the layers that were left
out also owe their keys and values.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

FIRST, WIDE = 32, 256  # the early layer, and the two that most of the work is in


class Exit(nn.Module):
    """(n, 64) to the early logits and the last ones, (n, 10) each."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.early = nn.Linear(64, FIRST), nn.Linear(FIRST, 10)
        self.rest = nets.mlp(FIRST, WIDE, WIDE, 10)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.first(x).relu()
        return self.early(hidden), self.rest(hidden)


def main(
    threshold: Annotated[int, range(30, 100, 5)] = 70,
    batch: Annotated[int, range(1, 17)] = 1,
    joint: bool = True,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)

    def train(early: float) -> tuple[Tensor, Tensor]:
        torch.manual_seed(seed)
        net = Exit()

        def loss(rows: Tensor) -> Tensor:
            sooner, later = net(x[rows])  # not joint: the head reads the first layer, and does not shape it
            head = sooner if joint else net.early(net.first(x[rows]).relu().detach())
            return F.cross_entropy(later, y[rows]) + early * F.cross_entropy(head, y[rows])

        nets.fit(net, loss, len(x), epochs=15)
        with torch.no_grad():
            return net(x_test)

    sooner, later = train(1.0)
    alone = 100 * (train(0.0)[1].argmax(1) == y_test).float().mean().item()
    sure, answers = sooner.softmax(1).amax(1), (sooner.argmax(1), later.argmax(1))
    right = [(answer == y_test).float() for answer in answers]
    begin, end = 64 * FIRST + FIRST * 10, FIRST * WIDE + WIDE * WIDE + WIDE * 10  # multiplications

    def leave(threshold: int, batch: int = 1) -> tuple[float, float, float]:
        """Shares: right, right if as many leave by lot, and of the work."""
        out = sure >= threshold / 100
        whole = out[: len(out) // batch * batch].reshape(-1, batch).all(1)  # a batch leaves if all of it can
        out = torch.cat([whole.repeat_interleave(batch), out[len(whole) * batch :]])
        part = out.float().mean().item()
        lot = part * right[0].mean() + (1 - part) * right[1].mean()
        return torch.where(out, *right).mean().item(), lot.item(), (begin + (1 - part) * end) / (begin + end)

    kept, by_lot, work = leave(threshold, batch)
    left = 1 - (work * (begin + end) - begin) / end
    print(
        f"the first head: {100 * right[0].mean():.1f} % right; the whole net: {100 * right[1].mean():.1f} %, ", end=""
    )
    print(
        f"trained without an exit {alone:.1f} %\nsure of {threshold} % or more: {100 * left:.0f} % leave early, ",
        end="",
    )
    print(
        f"with {100 * work:.0f} % of the work {100 * kept:.1f} % right; as many leaving at random: {100 * by_lot:.1f} %"
    )

    thresholds, batches = list(range(30, 100, 5)), [1, 2, 4, 8, 16]
    swept = [leave(t) for t in thresholds]
    return {
        "exit_accuracy_pct": 100 * kept,
        "full_accuracy_pct": 100 * right[1].mean().item(),
        "first_accuracy_pct": 100 * right[0].mean().item(),
        "lot_accuracy_pct": 100 * by_lot,
        "without_accuracy_pct": alone,
        "leave_pct": 100 * left,
        "work_pct": 100 * work,
        "accuracy_by_threshold": {
            "x": thresholds,
            "early exit": [100 * s[0] for s in swept],
            "by lot": [100 * s[1] for s in swept],
        },
        "work_by_batch": {"x": batches, "work": [100 * leave(threshold, b)[2] for b in batches]},
    }


LABELS = {
    "exit_accuracy_pct": "accuracy, early exit",
    "full_accuracy_pct": "accuracy, whole net",
    "first_accuracy_pct": "accuracy, first head",
    "lot_accuracy_pct": "accuracy, as many leaving at random",
    "without_accuracy_pct": "accuracy, trained without exit",
    "leave_pct": "leave early",
    "work_pct": "work",
    "by lot": "leaving at random",
    "accuracy": ("accuracy", "%"),
    "threshold": ("threshold", "%"),
    "work": ("work", "%"),
}
ZH = {
    "title": "Early exit：容易的输入在第一层之后就退出，难的走完整个网络",
    "about": "第一层后面接一个小的输出 head，和网络一起训练。图像在那里的最高概率达到阈值，就直接给出答案；其余的算到"
    "底。大多数数字很好认，所以省下很多计算，错误几乎没有增加。如果不让这个 head 影响第一层（不一起训练），它答对的一样"
    "多，置信度却几乎总是不够。对照随机挑同样多的图像提前退出：第一个 head 判错的，就错到底了。一个 batch 要等全部都能"
    "退出才停，收益就没了：b 张同时能退出的概率是单张的 b 次方。另一个对照是不带出口训练的同一网络。计算量数的是乘法次"
    "数，没有计时；在语言模型里，被跳过的层还要补上 key 和 value。",
    "knobs": {"threshold": "阈值", "batch": "batch", "joint": "是否一起训练", "seed": "种子"},
    "measures": {
        "exit_accuracy_pct": "early exit 的准确率", "full_accuracy_pct": "整个网络的准确率",
        "first_accuracy_pct": "第一个 head 的准确率", "lot_accuracy_pct": "随机退出的准确率",
        "without_accuracy_pct": "不带出口训练的准确率", "leave_pct": "提前退出的图像占比", "work_pct": "计算量",
        "accuracy": ("准确率", "%"), "threshold": ("阈值", "%"), "work": ("计算量", "%"), "by lot": "随机退出",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
