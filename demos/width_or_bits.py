"""Width or bits: of nets that take the same bytes, the wide one with few bits wins.

The bytes are given. A net of 8-bit weights must be narrow to fit; with 4 bits it may be almost twice as wide. All are
trained alike, from four starts each, on real digits with the rounding in the loop, and every weight, bias and scale is
counted. From 8 to 4 bits it pays; below that it comes to about the same or costs a little. The control gives all of
them the width of the 8-bit net: there fewer bits gain nothing, so what wins is the width. With four times the bytes the
gain is small. Two bits are four levels around zero here. One small task, and the best rate may differ from net to net:
where the turn lies is different elsewhere.
"""

from typing import Annotated, Literal

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS, STARTS = (8, 4, 3, 2), 4  # bits


def rounded(weight: Tensor, bits: int) -> Tensor:
    """(nets, inputs, outputs), with one scale for each output; the gradient passes straight through."""
    if bits == 2:  # -1.5, -0.5, 0.5, 1.5 times the mean magnitude
        step = weight.detach().abs().mean(1, keepdim=True)
        levels = (weight / step - 0.5).round().clamp(-2, 1) + 0.5
    else:
        step = weight.detach().abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
        levels = (weight / step).round()
    return weight + (levels * step - weight).detach()


def size(width: int, bits: int) -> float:
    """Bytes of a net 64-width-width-10: weights, and 16 bits each for a row's scale and its bias."""
    return (bits * (64 * width + width * width + width * 10) + 32 * (2 * width + 10)) / 8


def main(
    bits: Literal[2, 3, 4, 8] = 4,
    kilobytes: Annotated[float, 1, 4, 0.5] = 1.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)

    def widest(bits: int) -> int:
        return max(w for w in range(1, 400) if size(w, bits) <= 1000 * kilobytes)

    def train(width: int, bits: int) -> float:
        """How often it is right, the mean of `STARTS` nets."""
        torch.manual_seed(seed)
        net = nets.SideBySide(STARTS, 64, width, width, 10)
        for weight in net.weights:  # each net with a start of its own
            nn.init.uniform_(weight, -(bound := weight.shape[1] ** -0.5), bound)

        def outputs(x: Tensor) -> Tensor:
            weights = {name: rounded(p, bits) for name, p in net.named_parameters() if "weights" in name}
            return torch.func.functional_call(net, weights, (x,))

        def loss(rows: Tensor) -> Tensor:
            return F.cross_entropy(outputs(x[rows]).flatten(0, 1), y[rows].repeat(STARTS)) * STARTS

        nets.fit(net, loss, len(x), epochs=15, lr=1e-2)
        with torch.no_grad():
            return 100 * (outputs(x_test).argmax(2) == y_test).float().mean().item()

    same, equal, control = widest(8), {}, {}
    for b in WIDTHS:
        width = widest(b)
        equal[b] = train(width, b)
        control[b] = equal[b] if width == same else train(same, b)
        print(f"{b} bits: width {width}, {size(width, b):.0f} bytes, {equal[b]:.1f} % right; ", end="")
        print(f"as wide as with 8 bits ({same}): {control[b]:.1f} %")
    return {
        "accuracy_pct": equal[bits],
        "eight_accuracy_pct": equal[8],
        "gain_points": equal[bits] - equal[8],
        "same_width_accuracy_pct": control[bits],
        "width": widest(bits),
        "accuracy_by_bits": {
            "x": list(WIDTHS[::-1]),
            "same bytes": [equal[b] for b in WIDTHS[::-1]],
            "same width": [control[b] for b in WIDTHS[::-1]],
        },
        "width_by_bits": {"x": list(WIDTHS[::-1]), "width": [widest(b) for b in WIDTHS[::-1]]},
    }


LABELS = {
    "accuracy_pct": "accuracy",
    "eight_accuracy_pct": "accuracy with 8 bits",
    "gain_points": ("gained over 8 bits", "points"),
    "same_width_accuracy_pct": "accuracy, as wide as with 8 bits",
    "accuracy": ("accuracy", "%"),
}
ZH = {
    "title": "宽度还是 bit：字节数相同时，bit 少而宽的网络赢",
    "about": "字节数固定。8 bit 权重的网络只能做窄；4 bit 的可以宽将近一倍。都用手写数字同样地训练，各从四个初始化开"
    "始，训练时带着舍入，权重、bias 和 scale 全都计入。从 8 bit 到 4 bit 是划算的；再往下差不多，或略亏。对照让它们都和"
    " 8 bit 的网络一样宽：这时少用 bit 没有任何好处，所以赢的是宽度。字节数放宽到四倍，差别就小了。2 bit 在这里是四个量"
    "化级，零的两侧各两个。只有一个小任务，各网络最好的学习率也可能不同：换个任务，转折点就不一样。",
    "knobs": {"bits": "bit 数", "kilobytes": "大小（KB）", "seed": "种子"},
    "measures": {
        "accuracy_pct": "准确率", "eight_accuracy_pct": "8 bit 的准确率", "gain_points": ("比 8 bit 高", "个点"),
        "same_width_accuracy_pct": "和 8 bit 一样宽时的准确率", "width": "宽度", "accuracy": ("准确率", "%"),
        "same bytes": "字节相同", "same width": "宽度相同",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
