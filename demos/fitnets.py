"""FitNets: a hint from the teacher's middle layer starts a network that is too deep to start by itself.

Stage one: the student's lower half learns to reproduce the teacher's hidden layer through a linear regressor. Stage
two: ordinary distillation (Romero 2015: thinner *and deeper* students). PyTorch's default initialisation loses more
than half of the signal at every layer, and with plain SGD (chosen to show the difficulty: the authors used RMSProp) 30
epochs of labels or of soft outputs do not move the deep student from guessing; 20 of its lower half alone, which are
half the work, and then 20 do. The control: He's initialisation, same rate, labels alone, needs no teacher at all, and
on top of it (`init="he"`) the hint adds little: hints mend optimisation here, not capacity.
"""

from collections.abc import Callable
from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

T = 4


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

    def student(init: str) -> nn.Sequential:
        torch.manual_seed(seed + 50)
        net = nets.mlp(64, *[width] * depth, 10)
        for layer in net[:-1:2]:
            if init == "he":
                nn.init.kaiming_normal_(layer.weight)
                nn.init.zeros_(layer.bias)
        return net

    def labels(net: nn.Module, rows: Tensor) -> Tensor:
        return F.cross_entropy(net(x[rows]), y[rows])

    def distil(net: nn.Module, rows: Tensor) -> Tensor:
        out = net(x[rows])
        soft = F.kl_div(F.log_softmax(out / T, 1), F.softmax(logits[rows] / T, 1), reduction="batchmean")
        return 0.1 * F.cross_entropy(out, y[rows]) + 0.9 * T * soft  # T² at this rate makes plain SGD unsteady

    def errors(net: nn.Module) -> int:
        return int((net(x_test).argmax(1) != y_test).sum())

    teacher_errors = errors(teacher)
    print(f"teacher, 2 hidden layers of 128: {teacher_errors} errors on {len(y_test)}")

    alone = sgd(student(init), labels, len(x), epochs=30)
    print(f"student, {depth} layers of {width}, labels: {errors(alone)} errors (guessing: about 717)")
    soft = sgd(student(init), distil, len(x), epochs=30)
    print(f"distilled: {errors(soft)} errors")

    hinted = student(init)
    lower = nn.Sequential(*hinted[: depth // 2 * 2], nn.Linear(width, 128))  # the regressor is thrown away afterwards
    sgd(lower, lambda net, rows: F.mse_loss(net(x[rows]), hint[rows]), len(x), epochs=20, lr=0.2)
    sgd(hinted, distil, len(x), epochs=20)
    print(f"hints first, then distilled: {errors(hinted)} errors")
    control = sgd(student("he"), labels, len(x), epochs=30)
    print(f"control, He's initialisation and labels, no teacher: {errors(control)} errors")

    signal = {}
    for name in ("default", "he"):
        net = student(name)
        signal[name] = [net[: 2 * layer](x).std(0).mean().item() for layer in range(1, depth + 1)]
        print(f"what is left of the signal, layer by layer, {name}: " + " ".join(f"{s:.3f}" for s in signal[name]))
    return {
        "teacher_errors": teacher_errors,
        "labels_errors": errors(alone),
        "distilled_errors": errors(soft),
        "hinted_errors": errors(hinted),
        "he_errors": errors(control),
        "signal_left_pct": 100 * signal[init][-1] / signal[init][0],
        "errors": {
            "labels": errors(alone),
            "distilled": errors(soft),
            "hints, distilled": errors(hinted),
            "he, labels": errors(control),
        },
        "signal": {"x": list(range(1, depth + 1)), **signal},
    }


def sgd(
    net: nn.Module, loss: Callable[[nn.Module, Tensor], Tensor], n: int, epochs: int, lr: float = 0.05
) -> nn.Module:
    """Plain momentum: Adam would hide the difficulty."""
    optimizer = torch.optim.SGD(net.parameters(), lr=lr, momentum=0.9)
    for _ in range(epochs):
        for rows in torch.randperm(n).split(50):
            optimizer.zero_grad()
            loss(net, rows).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
    return net


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
    "title": "FitNets：teacher中间层的提示，帮助过深、难以独自训练的网络起步",
    "about": "第一阶段：student的下半部分通过一个线性回归层学习重现teacher的隐藏层。第二阶段：普通蒸馏（Romero 2015："
    "更窄也更深的student）。PyTorch的默认初始化每层损失一半以上的信号；用普通SGD（选它是为了看出困难，作者用"
    "的是RMSProp），标签或软输出训练30轮都没能让深的student离开瞎猜；先用20轮只训练下半部分（工作量只有一半）"
    "，再训练20轮就可以。对照：He初始化，同样的学习率，只用标签，不需要teacher；在它之上（init=he）提示几乎没"
    "有额外收益：提示在这里补的是优化，不是容量。",
    "knobs": {"depth": "深度", "width": "宽度", "init": "初始化", "seed": "种子"},
    "measures": {
        "teacher_errors": "teacher的错误数", "labels_errors": "用标签的错误数", "distilled_errors": "蒸馏的错误数",
        "hinted_errors": "先提示再蒸馏的错误数", "he_errors": "He初始化加标签的错误数",
        "signal_left_pct": "过完所有层剩下的信号",
        "errors": "错误数", "labels": "标签", "distilled": "蒸馏", "hints, distilled": "提示，再蒸馏",
        "he, labels": "He，标签",
        "signal": "剩下的信号", "default": "默认", "he": "He",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
