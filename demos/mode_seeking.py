"""Mode seeking: one Gaussian must stand in for two, and the direction of the KL decides how it fails.

Forward KL(p || q) punishes missing what the teacher does: the student spreads over both modes and puts mass into the
valley that the teacher avoids. Reverse KL(q || p) punishes doing what the teacher does not: the student takes one mode
and drops the other; which one, the start decides. JSD sides with one or the other, as the start has it. The
integrals are sums on a grid, so there is no chance in it. It bites because the student cannot fit the teacher: with
`apart=0` it can, and all three agree.
"""

from math import log, pi
from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)
x = torch.linspace(-8, 8, 801)
dx = 16 / 800


def log_gauss(mean: Tensor | float, log_std: Tensor | float) -> Tensor:
    return -0.5 * ((x - mean) / torch.as_tensor(log_std).exp()) ** 2 - log_std - 0.5 * log(2 * pi)


def student(mean: Tensor, log_std: Tensor) -> Tensor:
    """Log density on the grid, with all its mass there."""
    q = log_gauss(mean, log_std)
    return q - torch.logsumexp(q, 0) - log(dx)


def kl(a: Tensor, b: Tensor) -> Tensor:
    return (a.exp() * (a - b)).sum() * dx


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

    def jsd(q: Tensor) -> Tensor:
        middle = torch.logaddexp(p, q) - log(2)
        return (kl(p, middle) + kl(q, middle)) / 2

    fits = {}
    for name, loss in (("forward", lambda q: kl(p, q)), ("reverse", lambda q: kl(q, p)), ("jsd", jsd)):
        mean, log_std = torch.tensor(start, requires_grad=True), torch.tensor(log(1.5), requires_grad=True)
        optimizer = torch.optim.Adam([mean, log_std], lr=0.05)
        for _ in range(400):
            optimizer.zero_grad()
            loss(student(mean, log_std)).backward()
            optimizer.step()
        q = student(mean, log_std).detach()
        fits[name] = {
            "mean": mean.item(),
            "std": log_std.exp().item(),
            "valley": 100 * q[valley].exp().sum().item() * dx,
            "q": q.exp(),
        }
        print(
            f"{name}: mean {mean.item():.2f}, std {log_std.exp().item():.2f}, {fits[name]['valley']:.1f}% in the valley"
        )

    return {
        "forward_mean": fits["forward"]["mean"],
        "forward_std": fits["forward"]["std"],
        "forward_valley_pct": fits["forward"]["valley"],
        "reverse_mean": fits["reverse"]["mean"],
        "reverse_std": fits["reverse"]["std"],
        "reverse_valley_pct": fits["reverse"]["valley"],
        "teacher_valley_pct": 100 * p[valley].exp().sum().item() * dx,
        "density": {"x": x[::10].tolist(), "teacher": p[::10].exp().tolist()}
        | {name: fit["q"][::10].tolist() for name, fit in fits.items()},
    }


if __name__ == "__main__":
    main()
