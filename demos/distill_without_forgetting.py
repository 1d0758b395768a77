"""Distil without forgetting: a network that learns new digits keeps the old ones by imitating its former self.

Trained on 0 to 4, then on 5 to 9 alone with a second head. Plain fine-tuning bends the shared layers and the old task
suffers. Learning without forgetting (Li & Hoiem 2016) freezes a copy first and adds a loss: on the *new* images, the
old head must still say what the copy says. No old image is kept. The controls: `strength=0`, which is fine-tuning, and
joint training, which may see the old images. It leans on new images that are much like the old ones, as digits are.
"""

import copy
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn


def main(
    strength: Annotated[float, 0, 4, 0.25] = 1.0,
    temperature: Annotated[float, 1, 8, 1] = 2.0,
    epochs: Annotated[int, range(10, 81, 10)] = 40,
    seed: int = 0,
) -> dict:
    x, y, x_test, y_test = digits.load(seed)
    old_x, old_y, new_x, new_y = x[y < 5], y[y < 5], x[y >= 5], y[y >= 5] - 5
    old_test, new_test = y_test < 5, y_test >= 5

    torch.manual_seed(seed)
    body, old_head, new_head = nn.Sequential(nets.mlp(64, 64, 64), nn.ReLU()), nn.Linear(64, 5), nn.Linear(64, 5)
    net = nn.ModuleList([body, old_head, new_head])

    def old(net: nn.ModuleList, x: Tensor) -> Tensor:
        return net[1](net[0](x))

    def new(net: nn.ModuleList, x: Tensor) -> Tensor:
        return net[2](net[0](x))

    def scores(net: nn.ModuleList) -> tuple[float, float]:
        right_old = (old(net, x_test[old_test]).argmax(1) == y_test[old_test]).float().mean().item()
        right_new = (new(net, x_test[new_test]).argmax(1) + 5 == y_test[new_test]).float().mean().item()
        return 100 * right_old, 100 * right_new

    nets.fit(
        net, lambda rows: F.cross_entropy(old(net, old_x[rows]), old_y[rows]), len(old_x), epochs=40, lr=8e-3, batch=100
    )
    before = scores(net)[0]
    print(f"trained on 0 to 4: {before:.1f}% of them right")
    with torch.no_grad():
        remembered = F.softmax(old(net, new_x) / temperature, dim=1)  # what the frozen copy sees in the new images

    def learn(name: str, strength: float, old_images: bool = False) -> tuple[float, float]:
        torch.manual_seed(seed + 1)
        pupil = copy.deepcopy(net)

        def loss(rows: Tensor) -> Tensor:
            total = F.cross_entropy(new(pupil, new_x[rows]), new_y[rows])
            if strength:
                said = F.log_softmax(old(pupil, new_x[rows]) / temperature, dim=1)
                total = total + strength * temperature**2 * F.kl_div(said, remembered[rows], reduction="batchmean")
            if old_images:
                total = total + F.cross_entropy(old(pupil, old_x), old_y)
            return total

        nets.fit(pupil, loss, n=len(new_x), epochs=epochs, lr=8e-3, batch=100)
        kept, learned = scores(pupil)
        print(f"{name}: {kept:.1f}% of 0 to 4, {learned:.1f}% of 5 to 9")
        return kept, learned

    tuned = learn("fine-tuned on 5 to 9", 0)
    kept = learn("and imitating its former self", strength)
    joint = learn("control, old images kept", 0, old_images=True)
    return {
        "before_pct": before,
        "tuned_old_pct": tuned[0],
        "kept_old_pct": kept[0],
        "joint_old_pct": joint[0],
        "tuned_new_pct": tuned[1],
        "kept_new_pct": kept[1],
        "joint_new_pct": joint[1],
        "old_digits_pct": {"before": before, "fine-tuned": tuned[0], "distilled": kept[0], "joint": joint[0]},
        "new_digits_pct": {"fine-tuned": tuned[1], "distilled": kept[1], "joint": joint[1]},
    }


LABELS = {
    "before_pct": "old digits right, before",
    "tuned_old_pct": "old digits right, fine-tuned",
    "kept_old_pct": "old digits right, distilled",
    "joint_old_pct": "old digits right, joint training",
    "tuned_new_pct": "new digits right, fine-tuned",
    "kept_new_pct": "new digits right, distilled",
    "joint_new_pct": "new digits right, joint training",
    "old_digits_pct": "old digits right",
    "new_digits_pct": "new digits right",
}
ZH = {
    "title": "用蒸馏防遗忘：学新数字时模仿过去的自己，旧数字就不会忘",
    "about": "先学 0 到 4，再接上第二个输出头，只用 5 到 9 训练。直接微调会把共享的层带偏，旧任务变差。Learning "
    "without Forgetting（Li 和 Hoiem 2016）先冻结一个副本，再加一项损失：在新图上，旧输出头要和副本给出同样的输出。一张"
    "旧图也不留。对照：蒸馏权重为 0 就是微调；联合训练则可以看旧图。这个办法要求新图与旧图很像，数字正是这样。",
    "knobs": {"strength": "蒸馏权重", "temperature": "温度", "epochs": "epoch 数", "seed": "种子"},
    "measures": {
        "before_pct": "训练前的旧数字准确率", "tuned_old_pct": "微调后的旧数字准确率",
        "kept_old_pct": "蒸馏后的旧数字准确率", "joint_old_pct": "联合训练的旧数字准确率",
        "tuned_new_pct": "微调后的新数字准确率", "kept_new_pct": "蒸馏后的新数字准确率",
        "joint_new_pct": "联合训练的新数字准确率", "old_digits_pct": "旧数字准确率", "new_digits_pct": "新数字准确率",
        "before": "训练前", "fine-tuned": "微调", "distilled": "蒸馏", "joint": "联合训练",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
