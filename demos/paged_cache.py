"""A paged cache: blocks instead of reservations, shared until somebody writes.

An answer's length is not known beforehand. To reserve the longest for each wastes most of the memory; a table of small
blocks, taken when they are needed, wastes less than one block for each request (vLLM, Kwon 2023). Samples of one prompt
share its blocks. The last one is half full and every sample writes into it, so whoever writes copies it first, as long
as others hold it. Here blocks really are filled and read back: without the copy the samples overwrite each other's
tokens. Controls: nothing shared; answers that all have the longest length, for which a reservation wastes nothing; a
prompt that ends at the end of a block, where there is nothing to copy. What does not show: tables cost the kernel time.
"""

import random
from typing import Annotated, Literal


class Cache:
    """Blocks of `size` tokens; `held[b]` sequences have block b in their table."""

    def __init__(self, size: int) -> None:
        self.size, self.blocks, self.held = size, [], []

    def append(self, table: list[int], length: int, token: object, copy: bool) -> None:
        """Write `token` behind the `length` tokens of the sequence with this `table`."""
        if length % self.size == 0:
            table.append(self.take([]))
        elif copy and self.held[table[-1]] > 1:
            self.held[table[-1]] -= 1
            table[-1] = self.take(self.blocks[table[-1]][: length % self.size])
        block, place = self.blocks[table[-1]], length % self.size
        block[place : place + 1] = [token]

    def take(self, tokens: list) -> int:
        self.blocks.append([*tokens])
        self.held.append(1)
        return len(self.blocks) - 1


def sample(prompt: int, answer: int, samples: int, size: int, share: bool, copy: bool) -> tuple[int, int]:
    """Blocks in use after `samples` answers to one prompt, and how many tokens are read back wrong."""
    cache, tables = Cache(size), [[]]
    for i in range(prompt):
        cache.append(tables[0], i, i, copy)
    for _ in range(samples - 1):
        tables.append([*tables[0]] if share else [cache.take(cache.blocks[b]) for b in tables[0]])
    if share:
        cache.held = [samples for _ in cache.held]
    for i in range(answer):
        for number, table in enumerate(tables):
            cache.append(table, prompt + i, (number, i), copy)
    wrong = 0
    for number, table in enumerate(tables):
        read = [token for block in table for token in cache.blocks[block]]
        meant = [*range(prompt), *((number, i) for i in range(answer))]
        wrong += sum(a != b for a, b in zip(read, meant, strict=True))
    return len(cache.blocks), wrong


def main(
    block: Literal[1, 4, 8, 16, 32, 64] = 16,
    prompt: Annotated[int, range(100, 1101, 4)] = 1000,
    answer: Annotated[int, range(20, 401, 20)] = 200,
    samples: Annotated[int, range(1, 17)] = 4,
    lengths: Literal["mixed", "longest"] = "mixed",
    seed: int = 0,
) -> dict:
    shared, wrong = sample(prompt, answer, samples, block, share=True, copy=True)
    unshared, _ = sample(prompt, answer, samples, block, share=False, copy=True)
    _, overwritten = sample(prompt, answer, samples, block, share=True, copy=False)
    print(f"{samples} answers of {answer} to a prompt of {prompt}, blocks of {block}: {shared} in use, ", end="")
    print(f"{unshared} if nothing is shared\nread back wrong: {wrong} tokens, without the copy {overwritten}")

    draw, longest = random.Random(seed), 2048
    sizes = [min(longest, 1 + int(draw.expovariate(1 / 300))) if lengths == "mixed" else longest for _ in range(500)]

    def waste(size: int) -> float:
        """Per cent of the memory taken that holds no token."""
        return 100 * (1 - sum(sizes) / sum(-(-n // size) * size for n in sizes))

    reserved = waste(longest)
    print(
        f"500 requests, {sum(sizes) / 500:.0f} tokens on average: wasted {reserved:.1f} % if {longest} are reserved, "
    )
    print(f"{waste(block):.1f} % with blocks")
    tried, many = [1, 4, 8, 16, 32, 64, 128, 256], [1, 2, 4, 8, 12, 16]
    uses = [[sample(prompt, answer, n, block, share, copy=True)[0] for n in many] for share in (True, False)]
    return {
        "blocks_in_use": shared,
        "unshared_blocks": unshared,
        "saved_pct": 100 * (1 - shared / unshared),
        "wrong_tokens": wrong,
        "overwritten_tokens": overwritten,
        "reserved_waste_pct": reserved,
        "paged_waste_pct": waste(block),
        "blocks_by_samples": {"x": many, "shared": uses[0], "not shared": uses[1]},
        "waste_by_block": {"x": tried, "in blocks": [waste(b) for b in tried], "reserved": [reserved] * len(tried)},
    }


LABELS = {
    "unshared_blocks": "blocks, not shared",
    "saved_pct": "blocks saved by sharing",
    "wrong_tokens": "tokens read back wrong",
    "overwritten_tokens": "the same, without the copy",
    "reserved_waste_pct": "waste, longest reserved",
    "paged_waste_pct": "waste, in blocks",
    "waste": ("waste", "%"),
}
ZH = {
    "title": "分页 cache：按块分配，不再预留；先共享，写时才复制",
    "about": "回答多长事先不知道。给每个请求都按最长预留，大部分显存都浪费；用小块和块表，需要时再取，每个请求浪费不到"
    "一块（vLLM，Kwon 2023）。同一个 prompt 的多次采样共享它的块。最后一块只装了一部分，每条都要往里写，所以只要还有别"
    "人在用，写之前先复制。这里真的往块里写、再读回来：不复制，各条就互相覆盖。对照：完全不共享；回答全都最长，这时预留"
    "也不浪费；prompt 正好填满最后一块，就没有什么要复制。kernel 查块表也要花时间，这里没有算进去。",
    "knobs": {
        "block": "每块 token 数", "prompt": "prompt 长度", "answer": "回答长度", "samples": "采样数",
        "lengths": "回答长度分布", "seed": "种子",
    },
    "measures": {
        "blocks_in_use": "占用的块数", "unshared_blocks": "不共享时占用的块数", "saved_pct": "共享省下的块占比",
        "wrong_tokens": "读错的 token 数", "overwritten_tokens": "不复制时读错的 token 数",
        "reserved_waste_pct": "按最长预留的浪费", "paged_waste_pct": "分块的浪费", "waste": ("显存浪费", "%"),
        "blocks": "占用的块数", "in blocks": "分块", "shared": "共享", "not shared": "不共享", "reserved": "按最长预留",
        "mixed": "有长有短",
        "longest": "都最长", "samples": "采样数", "block": "每块 token 数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
