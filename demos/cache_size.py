"""The size of a KV cache: heads, latents and windows, chosen before training.

Every token leaves a key and a value in every layer. Query heads that share keys (GQA) divide that by the size of their
groups; MLA (DeepSeek-V2) keeps one latent of which all heads make their keys and values; sliding windows let most
layers forget. Sizes are computed for a model of the shape of Llama 3.1 8B, some 15 GiB of weights in bf16, and its
imagined relatives. Measured on a small layer is why MLA may keep the latent alone: with the key's matrix moved to the
query's side the output is the same. Controls: as many KV heads as heads save nothing; and a cache of free keys and
values, squeezed to the latent's size afterwards by the best factorization, gives another output.
"""

from typing import Annotated, Literal

import torch
from torch import Tensor

torch.set_num_threads(1)
LAYERS, HEADS, SIZE = 32, 32, 128
LATENT, PLACED = 512, 64  # of MLA; `PLACED` carry the position, and are shared by all heads
WINDOW = 1024  # of five layers in six
WEIGHTS_GIB = 8.03e9 * 2 / 2**30


def attend(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """(heads, tokens, size) each."""
    return (queries @ keys.mT / keys.shape[2] ** 0.5).softmax(2) @ values


def latents() -> tuple[float, float]:
    """Errors in per cent: of attending to latents, and to a squeezed cache of as many numbers a token."""
    heads, size, latent, tokens = 8, 16, 32, 256
    queries, cache = torch.randn(heads, 64, size), torch.randn(tokens, latent)
    up_key, up_value = torch.randn(2, heads, latent, size) / latent**0.5
    exact = attend(queries, cache @ up_key, cache @ up_value)
    scores = queries @ up_key.mT @ cache.T / size**0.5  # the query goes to the latent, not the latent to the key
    absorbed = (scores.softmax(2) @ cache) @ up_value

    free = torch.randn(tokens, 2 * heads * size)  # keys and values that no latent made
    u, s, v = torch.linalg.svd(free, full_matrices=False)
    squeezed = (u[:, :latent] * s[:latent]) @ v[:latent]

    def output(cache: Tensor) -> Tensor:
        keys, values = cache.reshape(tokens, 2, heads, size).permute(1, 2, 0, 3)
        return attend(queries, keys, values)

    wanted = output(free)
    errors = ((absorbed - exact).norm() / exact.norm(), (output(squeezed) - wanted).norm() / wanted.norm())
    return 100 * errors[0].item(), 100 * errors[1].item()


def main(
    context: Annotated[int, range(8, 257, 8)] = 128,
    kv_heads: Literal[1, 2, 4, 8, 16, 32] = 8,
    bits: Literal[4, 8, 16] = 16,
    batch: Annotated[int, range(1, 33)] = 1,
    seed: int = 0,
) -> dict:
    def gib(kind: str, context: float, bits: int = bits) -> float:
        """Of `batch` sequences of `context` thousand (1,024) tokens."""
        tokens, pair = 1024 * context, 2 * SIZE
        full = LAYERS / 6 * tokens + LAYERS * 5 / 6 * min(tokens, WINDOW)
        numbers = {
            "MHA": LAYERS * tokens * HEADS * pair,
            "GQA": LAYERS * tokens * kv_heads * pair,
            "MQA": LAYERS * tokens * pair,
            "MLA": LAYERS * tokens * (LATENT + PLACED),
            "GQA and windows": full * kv_heads * pair,
        }
        return batch * numbers[kind] * bits / 8 / 2**30

    kinds = ("MHA", "GQA", "MQA", "MLA", "GQA and windows")
    now = {kind: gib(kind, context) for kind in kinds}
    print(f"{batch} x {context}K tokens, {bits} bits, {kv_heads} KV heads in GQA; weights {WEIGHTS_GIB:.1f} GiB")
    for kind, size in now.items():
        print(f"{kind}: {size:.2f} GiB, {size * 2**20 / (batch * context * 1024):.1f} KiB a token")
    torch.manual_seed(seed)
    absorbed, squeezed = latents()
    print(f"latent alone kept: error {absorbed:.6f} %; free keys and values squeezed to that size: {squeezed:.0f} %")

    contexts = [8, 16, 32, 64, 128, 256]
    return {
        "cache_gib": now["GQA"],
        "mha_gib": now["MHA"],
        "mla_gib": now["MLA"],
        "window_gib": now["GQA and windows"],
        "saved_x": now["MHA"] / now["GQA"],
        "of_weights_pct": 100 * now["GQA"] / WEIGHTS_GIB,
        "absorbed_error_pct": absorbed,
        "squeezed_error_pct": squeezed,
        "size_by_context": {"x": contexts, **{kind: [gib(kind, n) for n in contexts] for kind in kinds[1:]}},
        "sizes": now,
    }


LABELS = {
    "cache_gib": ("cache, GQA", "GiB"),
    "mha_gib": ("cache, MHA", "GiB"),
    "mla_gib": ("cache, MLA", "GiB"),
    "window_gib": ("cache, GQA and windows", "GiB"),
    "saved_x": "smaller than MHA",
    "of_weights_pct": "of the weights' size",
    "absorbed_error_pct": "error, latent alone kept",
    "squeezed_error_pct": "error, free cache squeezed afterwards",
    "size": ("cache", "GiB"),
    "sizes": ("cache", "GiB"),
    "context": "context, K tokens",
}
ZH = {
    "title": "KV cache 有多大：头数、latent 和窗口，都在训练之前定",
    "about": "每个 token 在每层都留下一个 key 和一个 value。多个 query 头共用一组 key 和 value（GQA），cache 就除以每组"
    "的头数；MLA（DeepSeek-V2）只存一个 latent，所有头的 key 和 value 都由它得出；滑动窗口让大多数层忘掉旧 token。大小"
    "按 Llama 3.1 8B 的形状（bf16 权重约 15 GiB）和它的几个假想变体计算。在一个小的层上实测 MLA 为什么只存 latent 就"
    "行：把 key 的矩阵挪到 query 一侧，输出不变。对照：KV 头和 query 头一样多时什么也不省；训练时没用 latent 的 key 和 "
    "value，事后用最好的低秩分解压到同样大小，输出就变了。",
    "knobs": {"context": ("上下文长度", "K token"), "kv_heads": "KV 头数", "bits": "bit 数", "batch": "batch",
    "seed": "种子"},
    "measures": {
        "cache_gib": ("GQA 的 cache", "GiB"), "mha_gib": ("MHA 的 cache", "GiB"), "mla_gib": ("MLA 的 cache", "GiB"),
        "window_gib": ("GQA 加窗口的 cache", "GiB"), "saved_x": "缩小倍数（比 MHA）",
        "of_weights_pct": "cache 与权重大小之比",
        "absorbed_error_pct": "只存 latent 的误差", "squeezed_error_pct": "事后压缩的误差",
        "size": ("cache 大小", "GiB"),
        "sizes": ("cache 大小", "GiB"), "GQA and windows": "GQA 加窗口",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
