"""Self-distillation: a network's own earlier or averaged answers protect it from wrong labels.

Some labels are random on purpose. Trained on, the network learns them by heart; from epoch 8 on its loss is mixed with
a teacher that is itself: a frozen snapshot of epoch 8, the epoch before, or a moving average of its weights (EMA). A
teacher there is, so this is not distillation without a teacher. The control is early stopping by an oracle that looks
at the test images: it does as well, so what self-distillation buys here is not to need the oracle. With `noise=0`
a snapshot does harm and an average gains nothing.
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

    def train(teacher_is: str) -> list[float]:
        torch.manual_seed(seed + 50)
        net = nets.mlp(64, 128, 128, 10)
        teacher, by_epoch = copy.deepcopy(net), []
        optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
        for epoch in range(40):
            if (teacher_is == "snapshot" and epoch == start) or teacher_is == "previous epoch":
                teacher.load_state_dict(net.state_dict())
            for rows in torch.randperm(len(x)).split(64):
                out = net(x[rows])
                loss = F.cross_entropy(out, y[rows])
                if teacher_is != "none" and epoch >= start:
                    with torch.no_grad():
                        answer = F.softmax(teacher(x[rows]), dim=1)
                    loss = (1 - self_weight) * loss + self_weight * F.cross_entropy(out, answer)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                if teacher_is == "EMA":
                    average(teacher, net)
            by_epoch.append(nets.accuracy(net, x_test, y_test))
        print(f"teacher: {teacher_is}: {by_epoch[-1]:.1f}% after 40 epochs, {max(by_epoch):.1f}% at its best")
        return by_epoch

    lines = {name: train(name) for name in ("none", "snapshot", "previous epoch", "EMA")}
    return {
        "labels_pct": lines["none"][-1],
        "oracle_stop_pct": max(lines["none"]),
        "snapshot_pct": lines["snapshot"][-1],
        "previous_pct": lines["previous epoch"][-1],
        "ema_pct": lines["EMA"][-1],
        "ema_gain_pct": lines["EMA"][-1] - lines["none"][-1],
        "accuracy_pct": {"x": list(range(1, 41)), **lines},
    }


@torch.no_grad()
def average(teacher: torch.nn.Module, net: torch.nn.Module, keep: float = 0.98) -> None:
    for old, new in zip(teacher.parameters(), net.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


if __name__ == "__main__":
    main()
