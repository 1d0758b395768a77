"""A small network, the loop that trains it, and how often it is right: what nearly every demo needs."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn

torch.set_num_threads(1)  # nets this small are faster on one thread


def mlp(*sizes: int, dropout: float = 0.0) -> nn.Sequential:
    """Linear layers with ReLU (and dropout) between them: mlp(64, 128, 10)."""
    layers: list[nn.Module] = []
    for fan_in, fan_out in pairwise(sizes):
        layers += [nn.Linear(fan_in, fan_out), nn.ReLU()] + ([nn.Dropout(dropout)] if dropout else [])
    return nn.Sequential(*layers[: -2 if dropout else -1])


class SideBySide(nn.Module):
    """`count` networks like mlp(*sizes) that start alike and are trained at once: x (n, in) to (count, n, out).

    Minimising the sum of their losses trains each as if it were alone, on the same batches, in little more time.
    """

    def __init__(self, count: int, *sizes: int) -> None:
        super().__init__()
        layers = mlp(*sizes)[::2]
        self.weights = nn.ParameterList(layer.weight.detach().T.repeat(count, 1, 1) for layer in layers)
        self.biases = nn.ParameterList(layer.bias.detach().repeat(count, 1, 1) for layer in layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)[-1]

    def layers(self, x: Tensor) -> list[Tensor]:
        """What every layer makes of `x`, before its ReLU; each of shape (count, n, its width)."""
        made: list[Tensor] = []
        for weights, bias in zip(self.weights, self.biases, strict=True):
            made.append((made[-1].relu() if made else x) @ weights + bias)
        return made

    def errors(self, x: Tensor, y: Tensor) -> list[int]:
        """Of each network how many rows of `x` it does not label as `y` says."""
        return (self(x).argmax(2) != y).sum(1).tolist()


def fit(
    net: nn.Module, loss: Callable[[Tensor], Tensor], n: int, epochs: int, lr: float = 4e-3, batch: int = 64
) -> nn.Module:
    """Minimise `loss(rows)` over shuffled batches of the row numbers 0..n-1: Adam, one cycle with peak rate `lr`."""
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr, total_steps=epochs * -(-n // batch))
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(n).split(batch):
            optimizer.zero_grad()
            loss(rows).backward()
            optimizer.step()
            schedule.step()
    return net.eval()


@torch.no_grad()
def accuracy(net: nn.Module, x: Tensor, y: Tensor) -> float:
    """Per cent of the rows of `x` that `net` labels as `y` says."""
    return 100 * (net.eval()(x).argmax(1) == y).float().mean().item()
