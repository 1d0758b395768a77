"""Mode seeking: one Gaussian must stand in for two, and the direction of the KL decides how it fails.

Forward KL(p || q) punishes missing what the teacher does: the student spreads over both modes and puts mass into the
valley that the teacher avoids. Reverse KL(q || p) punishes doing what the teacher does not: the student takes one mode
and drops the other. Which one, start and weights decide together: with two thirds on the left only a start well on the
right ends there; and with equal weights a start in between may stay spread over both. The integrals are sums on a grid,
so there is no chance in it. It bites because the student cannot fit the teacher: with `apart=0` it can, and both agree.
"""

from collections.abc import Callable
from math import log, pi
from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)
x = torch.linspace(-8, 8, 801)
dx = 16 / 800
STARTS = [step / 2 for step in range(-6, 7)]


def log_gauss(mean: Tensor | float, log_std: Tensor | float) -> Tensor:
    return -0.5 * ((x - mean) / torch.as_tensor(log_std).exp()) ** 2 - log_std - 0.5 * log(2 * pi)


def kl(a: Tensor, b: Tensor) -> Tensor:
    return (a.exp() * (a - b)).sum(-1) * dx


def main(
    left: Annotated[float, 0.5, 0.95, 0.05] = 0.65,
    apart: Annotated[float, 0, 6, 0.5] = 5.0,
    start: Annotated[float, -3, 3, 0.5] = 0.5,
) -> dict:
    modes = log_gauss(-apart / 2, log(0.7)), log_gauss(apart / 2, log(0.7))
    p = torch.logaddexp(log(left) + modes[0], log(1 - left) + modes[1])
    valley = x.abs() < 1
    print(f"teacher: {left:.0%} at {-apart / 2:g}, {1 - left:.0%} at {apart / 2:g}")
    print(f"  {100 * p[valley].exp().sum() * dx:.1f}% of its mass in the valley, -1 to 1")

    def fit(name: str, loss: Callable[[Tensor], Tensor]) -> tuple[list[float], list[float], Tensor]:
        """A student from every start at once: where their means end, how wide they are, and their densities."""
        mean = torch.tensor(STARTS)[:, None].requires_grad_()
        log_std = torch.full_like(mean, log(1.5)).requires_grad_()
        optimizer = torch.optim.Adam([mean, log_std], lr=0.05)

        def student() -> Tensor:  # log density on the grid, with all its mass there
            q = log_gauss(mean, log_std)
            return q - torch.logsumexp(q, 1, keepdim=True) - log(dx)

        for _ in range(400):
            optimizer.zero_grad()
            loss(student()).sum().backward()
            optimizer.step()
        means, stds = mean.flatten().tolist(), log_std.exp().flatten().tolist()
        print(f"{name} KL from {start:g}: mean {means[here]:.2f}, std {stds[here]:.2f}")
        return means, stds, student().detach().exp()

    here = STARTS.index(start)
    forward_means, forward_stds, forward = fit("forward", lambda q: kl(p, q))
    reverse_means, reverse_stds, reverse = fit("reverse", lambda q: kl(q, p))
    in_valley = [100 * q[valley].sum().item() * dx for q in (forward[here], reverse[here], p.exp())]
    print("in the valley: forward {:.1f}%, reverse {:.1f}%".format(*in_valley))
    ends = ", ".join(f"{end:.1f} from {begin:g}" for begin, end in zip(STARTS[::3], reverse_means[::3], strict=True))
    print(f"reverse KL ends at {ends}")
    return {
        "forward_mean": forward_means[here],
        "forward_std": forward_stds[here],
        "forward_valley_pct": in_valley[0],
        "reverse_mean": reverse_means[here],
        "reverse_std": reverse_stds[here],
        "reverse_valley_pct": in_valley[1],
        "teacher_valley_pct": in_valley[2],
        "density": {
            "x": x[::10].tolist(),
            "teacher": p[::10].exp().tolist(),
            "forward": forward[here, ::10].tolist(),
            "reverse": reverse[here, ::10].tolist(),
        },
        "mean_by_start": {"x": STARTS, "forward": forward_means, "reverse": reverse_means},
    }


LABELS = {
    "forward_mean": "mean, forward KL",
    "forward_std": "width, forward KL",
    "forward_valley_pct": "mass in the valley, forward KL",
    "reverse_mean": "mean, reverse KL",
    "reverse_std": "width, reverse KL",
    "reverse_valley_pct": "mass in the valley, reverse KL",
    "teacher_valley_pct": "mass in the valley, teacher",
}
ZH = {
    "title": "盖住两个峰还是只守一个：一个高斯代替不了两个，KL 的方向决定它错在哪里",
    "about": "forward KL(p || q) 惩罚遗漏，teacher 有概率的地方 student 不能没有：student 铺开盖住两个峰，把概率放进 "
    "teacher 避开的谷里。reverse KL(q || p) 惩罚多余，teacher 没有概率的地方 student 不能有：student 只守一个峰，丢掉另"
    "一个。守哪一个，由起点和权重共同决定：左边占三分之二时，只有从右边较远处出发才停在右边；两边一样大时，从中间出发可"
    "能仍盖住两个。积分是网格上的求和，没有随机性。之所以有分歧，是因为 student 装不下 teacher：两峰距离为 0 时装得下，"
    "两者一致。",
    "knobs": {"left": "左峰权重", "apart": "两峰距离", "start": "起点"},
    "measures": {
        "forward_mean": "forward KL 的均值", "forward_std": "forward KL 的标准差", "reverse_mean": "reverse KL 的均值",
        "reverse_std": "reverse KL 的标准差", "forward_valley_pct": "forward KL 在谷中的概率",
        "reverse_valley_pct": "reverse KL 在谷中的概率", "teacher_valley_pct": "teacher 在谷中的概率",
        "density": "概率密度", "mean_by_start": "终点均值随起点",
        "forward": "forward KL", "reverse": "reverse KL", "mean": "均值",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
