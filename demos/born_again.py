"""Born-again networks: the student has the teacher's architecture, a fresh start and the same data.

Each generation is initialised anew and learns from the outputs of the one before (Furlanello 2018); nothing is
compressed and no weight is inherited. Here it helps when labels are noisy and the first generation trained long enough
to learn many of them by heart, because its outputs are smoother than its labels. The controls: with `noise=0` nothing
is gained at this scale, and with `epochs=20` the first generation alone does better than the last one does after 50.
"""

from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    noise: Annotated[float, 0, 0.6, 0.1] = 0.4,
    epochs: Annotated[int, range(10, 61, 10)] = 50,
    generations: Annotated[int, range(1, 5)] = 2,
    temperature: Annotated[float, 1, 4, 1] = 1.0,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    torch.manual_seed(seed)
    wrong = torch.rand(len(y)) < noise
    y = torch.where(wrong, torch.randint(0, 10, (len(y),)), y)
    print(f"{wrong.sum()} of {len(y)} labels were drawn at random")

    def train(generation: int, target: Tensor, T: float) -> nn.Module:
        torch.manual_seed(100 * seed + generation)  # a fresh start: born again, not fine-tuned
        net = nets.mlp(64, 96, 96, 10, dropout=0.1)

        def loss(rows: Tensor) -> Tensor:
            return T**2 * F.cross_entropy(net(x[rows]) / T, target[rows])

        return nets.fit(net, loss, n=len(x), epochs=epochs, lr=1e-2, batch=200)

    net = train(0, F.one_hot(y, 10).float(), T=1.0)
    accuracy, outputs = [nets.accuracy(net, x_test, y_test)], [F.softmax(net(x_test), dim=1)]
    print(f"generation 0, from the labels: {accuracy[0]:.1f}%")
    for generation in range(1, generations + 1):
        with torch.no_grad():
            target = F.softmax(net(x) / temperature, dim=1)
        net = train(generation, target, temperature)
        accuracy.append(nets.accuracy(net, x_test, y_test))
        outputs.append(F.softmax(net(x_test), dim=1))
        print(f"generation {generation}, from generation {generation - 1}: {accuracy[-1]:.1f}%")

    together = 100 * (sum(outputs).argmax(1) == y_test).float().mean().item()
    print(f"all {generations + 1} together: {together:.1f}%")
    return {
        "first_pct": accuracy[0],
        "second_pct": accuracy[1],
        "last_pct": accuracy[-1],
        "gain_pct": accuracy[-1] - accuracy[0],
        "ensemble_pct": together,
        "accuracy_pct": {"x": list(range(generations + 1)), "accuracy": accuracy},
    }


LABELS = {
    "first_pct": "accuracy of the first generation",
    "second_pct": "accuracy of the second",
    "last_pct": "accuracy of the last",
    "gain_pct": ("gained by the last", "points"),
    "ensemble_pct": "accuracy of all together",
    "accuracy_pct": "accuracy over generations",
}
ZH = {
    "title": "Born-Again 网络：student 与 teacher 结构相同，重新初始化，数据也相同",
    "about": "每一代都重新初始化，向上一代的输出学习（Furlanello 2018）；没有压缩，也不继承权重。这里在标签有噪声、第一"
    "代又训练到把噪声背下来时才有用，因为它的输出比标签平滑。对照：噪声为 0 时，在这个规模上没有收益；epoch 数为 20 "
    "时，第一代自己就比 50 个 epoch 后的最后一代好。",
    "knobs": {"noise": "噪声", "epochs": "epoch 数", "generations": "蒸馏轮数", "temperature": "温度", "seed": "种子"},
    "measures": {
        "first_pct": "第一代的准确率", "second_pct": "第二代的准确率", "last_pct": "最后一代的准确率",
        "gain_pct": ("最后一代比第一代高", "个点"), "ensemble_pct": "集成的准确率", "accuracy_pct": "各代的准确率",
        "accuracy": "准确率",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
