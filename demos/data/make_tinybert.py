"""Train the teacher of tinybert.py and distilbert_init.py and write tinybert.npz (float16, about 70 kB).

Run it with `python demos/data/make_tinybert.py`; it takes about ten seconds. Other machines round differently, so the
file will differ a little; tests/demos/test_distillation.py checks that a retrained teacher is as good.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import nets  # noqa: E402
import tinybert  # noqa: E402


def train(seed: int = 100) -> tinybert.Transformer:
    torch.manual_seed(seed)
    x, y = tinybert.sentences(4000)
    teacher = tinybert.Transformer(layers=4, width=32)
    nets.fit(teacher, lambda rows: F.cross_entropy(teacher(x[rows]), y[rows]), n=4000, epochs=8, lr=3e-3)
    return teacher


if __name__ == "__main__":
    weights = {name: value.half().numpy() for name, value in train().state_dict().items()}
    np.savez_compressed(HERE / "tinybert.npz", **weights)
    x, y = tinybert.sentences(2000)
    print(
        f"{nets.accuracy(tinybert.load_teacher(), x, y):.1f}% right, {(HERE / 'tinybert.npz').stat().st_size:,} bytes"
    )
