"""The 1,797 handwritten digits of the UCI repository (CC BY 4.0, see data/README.md): real data that fits in a demo."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor


def load(seed: int = 0, train: int = 1000) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Shuffle and split: (x, y, x_test, y_test); x is float32 in 0..1, shape (n, 64), y is int64 in 0..9."""
    with np.load(Path(__file__).parent / "data" / "digits.npz") as file:
        x, y = torch.tensor(file["images"]).float() / 16, torch.tensor(file["labels"]).long()
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(1000 + seed))
    x, y = x[order], y[order]
    return x[:train], y[:train], x[train:], y[train:]
