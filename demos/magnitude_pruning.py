"""Prune single weights by magnitude: how many can go, and why zeros are not speed.

A net trained on real digits loses its smallest weights and is trained on with those held at zero. The control drops
weights at random: worse at once, and still worse after training. Then a 1024x1024 layer with as many zeros is timed
live. Under PyTorch's mask it is slower, for the mask is multiplied in at each use, and the file holds weights and mask.
With the zeros made permanent it is as large and as fast as before. A sparse format pays only when most are gone.
"""

import copy
import io
import time
import warnings
from collections.abc import Callable
from typing import Annotated

import digits
import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import prune

warnings.filterwarnings("ignore", message="Sparse CSR tensor support")
METHODS = {"magnitude": prune.L1Unstructured, "random": prune.RandomUnstructured}


@torch.no_grad()
def fastest(runs: dict[str, Callable[[], Tensor]]) -> dict[str, float]:
    """Seconds of the fastest of 30 runs of each, taking turns."""
    seconds = dict.fromkeys(runs, float("inf"))
    for _ in range(30):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


def file_size(saved: object) -> int:
    file = io.BytesIO()
    torch.save(saved, file)
    return file.tell()


def main(
    sparsity: Annotated[int, range(50, 100, 5)] = 80, epochs: Annotated[int, range(1, 21)] = 12, seed: int = 0
) -> dict:
    torch.manual_seed(seed)
    x, y, x_test, y_test = digits.load(seed)
    net = nets.mlp(64, 128, 128, 10)
    nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs=15)
    dense = nets.accuracy(net, x_test, y_test)
    print(f"all weights: {dense:.1f} % of the test digits right")

    def pruned(method: str, sparsity: int) -> nn.Sequential:
        smaller = copy.deepcopy(net)
        weights = [(layer, "weight") for layer in smaller[::2]]
        prune.global_unstructured(weights, METHODS[method], amount=sparsity / 100)
        return smaller

    def trained_on(net: nn.Sequential) -> nn.Sequential:  # the mask stays on
        return nets.fit(net, lambda rows: F.cross_entropy(net(x[rows]), y[rows]), len(x), epochs)

    measured = {"dense_accuracy_pct": dense}
    for method in METHODS:
        smaller = pruned(method, sparsity)
        now = nets.accuracy(smaller, x_test, y_test)
        later = nets.accuracy(trained_on(smaller), x_test, y_test)
        measured |= {f"{method}_accuracy_pct": now, f"{method}_retrained_accuracy_pct": later}
        print(f"{sparsity} % gone, {method}: {now:.1f} % right, {later:.1f} % after {epochs} epochs")

    token, full = torch.randn(1024), nn.Linear(1024, 1024, bias=False)
    masked, zeros = (prune.l1_unstructured(copy.deepcopy(full), "weight", sparsity / 100) for _ in range(2))
    prune.remove(zeros, "weight")
    sparse = zeros.weight.detach().to_sparse_csr()
    runs = {"full": lambda: full(token), "mask": lambda: masked(token)}
    seconds = fastest({**runs, "zeros": lambda: zeros(token), "sparse": lambda: sparse @ token})
    parts = sparse.crow_indices(), sparse.col_indices(), sparse.values()
    compact = [part.clone() for part in parts]  # the positions are a view of a storage twice as large
    saved = {"mask": masked.state_dict(), "zeros": zeros.state_dict(), "sparse": compact}
    speed = {name: seconds["full"] / seconds[name] for name in saved}
    files = {name: file_size(what) / file_size(full.state_dict()) for name, what in saved.items()}
    for name in saved:
        print(f"a large layer, {name}: {speed[name]:.2f}x as fast, file {files[name]:.2f}x as large")

    shares = [50, 80, 90, 95]
    smaller = {method: [pruned(method, share) for share in shares] for method in METHODS}
    curves = {method: [nets.accuracy(n, x_test, y_test) for n in smaller[method]] for method in METHODS}
    curves["magnitude, retrained"] = [nets.accuracy(trained_on(n), x_test, y_test) for n in smaller["magnitude"]]
    return {
        **measured,
        **{f"{name}_speed_x": value for name, value in speed.items()},
        **{f"{name}_file_x": value for name, value in files.items()},
        "accuracy_by_sparsity": {"x": shares, **curves},
        "speed": speed,
    }


if __name__ == "__main__":
    main()
