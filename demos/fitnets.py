"""FitNets: a hint from the teacher's middle layer starts a network that is too deep to start by itself.

Stage one: the student's lower half learns to reproduce the teacher's hidden layer through a linear regressor. Stage
two: ordinary distillation (Romero 2015: thinner *and deeper* students). PyTorch's default initialisation loses more
than half of the signal at every layer, and with plain SGD (chosen to show the difficulty: the authors used RMSProp) 32
epochs of labels or of soft outputs do not move the deep student from guessing; 20 of its lower half alone and then 12
do. The control: He's initialisation, same rate, labels alone, needs no teacher at all, and on top of it (`init="he"`)
the hint adds little: hints mend optimisation here, not capacity. All students learn side by side.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

T, HINT, EPOCHS = 4, 20, 32


def main(
    depth: Annotated[int, range(2, 11)] = 8,
    width: Annotated[int, range(8, 41, 4)] = 20,
    init: Literal["default", "he"] = "default",
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    teacher = nets.mlp(64, 128, 128, 10)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=len(x), epochs=20, lr=8e-3, batch=100)
    with torch.no_grad():
        logits, hint = teacher(x), teacher[:2](x)
        hint = (hint - hint.mean(0)) / hint.std()

    torch.manual_seed(seed + 50)
    students = nets.SideBySide(4, 64, *[width] * depth, 10)  # labels, distilled, hints first, He's start with labels
    regressor = nn.Linear(width, 128)  # thrown away afterwards
    with torch.no_grad():
        for weights, biases in zip(students.weights[:-1], students.biases[:-1], strict=True):
            he = torch.randn(weights.shape[1:]) * (2 / weights.shape[1]) ** 0.5
            for net in range(4) if init == "he" else (3,):
                weights[net], biases[net] = he, 0
        states = [layer.relu() for layer in students.layers(x)[:-1]]
    signal = {"this": [s[0].std(0).mean().item() for s in states], "he": [s[3].std(0).mean().item() for s in states]}

    def loss(rows: Tensor, with_hint: bool) -> Tensor:
        outs = students.layers(x[rows])
        soft = F.softmax(logits[rows] / T, 1)

        def distil(out: Tensor) -> Tensor:
            kl = F.kl_div(F.log_softmax(out / T, 1), soft, reduction="batchmean")
            return 0.1 * F.cross_entropy(out, y[rows]) + 0.9 * T * kl  # T² at this rate makes plain SGD unsteady

        labels, distilled, hinted, he = outs[-1]
        middle = outs[depth // 2 - 1][2].relu()
        third = 8 * F.mse_loss(regressor(middle), hint[rows]) if with_hint else distil(hinted)
        return F.cross_entropy(labels, y[rows]) + distil(distilled) + third + F.cross_entropy(he, y[rows])

    optimizer = torch.optim.SGD([*students.parameters(), *regressor.parameters()], lr=0.05, momentum=0.9)
    for epoch in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(50):
            optimizer.zero_grad()
            loss(rows, with_hint=epoch < HINT).backward()
            clip(students)
            optimizer.step()
    teacher_errors = int((teacher(x_test).argmax(1) != y_test).sum())
    errors = dict(
        zip(("labels", "distilled", "hints, distilled", "he, labels"), students.errors(x_test, y_test), strict=True)
    )
    print(f"teacher, 2 hidden layers of 128: {teacher_errors} errors on {len(y_test)} (guessing: about 717)")
    for name, wrong in errors.items():
        print(f"student, {depth} layers of {width}, {name}: {wrong} errors")
    for name, left in signal.items():
        print(f"what is left of the signal, layer by layer, {name}: " + " ".join(f"{s:.3f}" for s in left))
    return {
        "teacher_errors": teacher_errors,
        "labels_errors": errors["labels"],
        "distilled_errors": errors["distilled"],
        "hinted_errors": errors["hints, distilled"],
        "he_errors": errors["he, labels"],
        "signal_left_pct": 100 * signal["this"][-1] / signal["this"][0],
        "errors": errors,
        "signal": {"x": list(range(1, depth + 1)), **signal},
    }


def clip(students: nets.SideBySide, norm: float = 3.0) -> None:
    """Shorten the gradient of each network alone to `norm`."""
    gradients = [parameter.grad.flatten(1) for parameter in students.parameters()]
    norms = sum(gradient.square().sum(1) for gradient in gradients).sqrt()
    for gradient in gradients:
        gradient *= (norm / (norms + 1e-9)).clamp(max=1)[:, None]


LABELS = {
    "teacher_errors": "errors of the teacher",
    "labels_errors": "errors with labels",
    "distilled_errors": "errors distilled",
    "hinted_errors": "errors with hints, then distilled",
    "he_errors": "errors with He's initialisation and labels",
    "signal_left_pct": "signal left after all layers",
    "signal": "signal left",
}
ZH = {
    "title": "FitNets：用 teacher 的中间层作 hint，帮助过深、难以独自训练的网络起步",
    "about": "第一阶段：student 的下半部分通过一个线性回归层学习重现 teacher 的隐层。第二阶段：普通蒸馏（Romero 2015："
    "更窄也更深的 student）。PyTorch 的默认初始化每层损失一半以上的信号；用普通 SGD（选它是为了看出困难，作者用的是 "
    "RMSProp），不管学标签还是学软输出，深的 student 训练 32 个 epoch 后仍在瞎猜；先用 20 个 epoch 只训练下半部分，再训"
    "练 12 个，就学会了。对照：He 初始化，同样的学习率，只用标签，不需要 teacher。在此基础上（初始化选 He），hint 几乎"
    "没有额外收益：hint 在这里补的是优化，不是容量。所有 student 同时训练。",
    "knobs": {"depth": "深度", "width": "宽度", "init": "初始化", "seed": "种子"},
    "measures": {
        "default": "默认",
        "teacher_errors": "teacher 的错误数", "labels_errors": "只用标签的错误数", "distilled_errors": "蒸馏的错误数",
        "hinted_errors": "先 hint 再蒸馏的错误数", "he_errors": "He 初始化加标签的错误数",
        "signal_left_pct": "过完所有层剩下的信号", "errors": "错误数", "labels": "标签", "distilled": "蒸馏",
        "hints, distilled": "hint，再蒸馏", "he, labels": "He，标签", "signal": "剩下的信号", "this": "这里的初始化",
        "he": "He",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
