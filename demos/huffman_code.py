"""Huffman's code, on a table small enough for a whiteboard.

Join the two rarest symbols until one tree is left; a symbol's word is the way down to it. Frequent symbols get short
words, and no word begins another, so the text needs no commas. The mean length is never below the entropy and less than
one bit above it; eight symbols that are equally frequent need 3 bits each with or without it. The symbols are drawn at
random. This is lossless entropy coding, for storage: it rounds nothing, so it is no quantization.
"""

import heapq
import math
import random
from collections import Counter
from typing import Annotated


def main(symbols: Annotated[int, range(2, 17)] = 6, skew: Annotated[float, 0.0, 2.0, 0.1] = 1.0, seed: int = 0) -> dict:
    alphabet = "ABCDEFGHIJKLMNOP"[:symbols]
    chances = [rank**-skew for rank in range(1, symbols + 1)]  # skew 0: all the same; 1: A twice as likely as B
    text = "".join(random.Random(seed).choices(alphabet, chances, k=1000))
    counts = Counter(text)

    trees = [(count, letter, {letter: ""}) for letter, count in counts.items()]
    heapq.heapify(trees)
    while len(trees) > 1:
        (a, name, left), (b, other, right) = heapq.heappop(trees), heapq.heappop(trees)
        print(f"join {name} ({a}) and {other} ({b})")
        joined = {s: "0" + word for s, word in left.items()} | {s: "1" + word for s, word in right.items()}
        heapq.heappush(trees, (a + b, name + other, joined))
    words = trees[0][2]
    for letter, count in counts.most_common():
        print(f"{letter}  {count:4} times  {words[letter]}")

    bits = "".join(words[letter] for letter in text)
    letters, decoded, word = {word: letter for letter, word in words.items()}, "", ""
    for bit in bits:
        word += bit
        if word in letters:
            decoded, word = decoded + letters[word], ""

    n = len(text)
    entropy = -sum(count / n * math.log2(count / n) for count in counts.values())
    fixed = math.ceil(math.log2(symbols))
    print(f"{len(bits) / n:.3f} bits a symbol; entropy {entropy:.3f}; a fixed length needs {fixed}")
    return {
        "mean_bits": len(bits) / n,
        "entropy_bits": entropy,
        "fixed_bits": fixed,
        "saved_pct": 100 * (1 - len(bits) / n / fixed),
        "wrong_symbols": sum(a != b for a, b in zip(text, decoded, strict=True)),
        "word_length": {letter: len(words[letter]) for letter in sorted(words)},
        "times": {letter: counts[letter] for letter in sorted(counts)},
    }


LABELS = {
    "mean_bits": "mean length of a word",
    "entropy_bits": "entropy",
    "fixed_bits": "a fixed length",
    "saved_pct": "saved",
    "wrong_symbols": "symbols decoded wrongly",
    "word_length": ("length of the word", "bits"),
    "times": "how often it occurs",
}
ZH = {
    "title": "Huffman 编码：例子很小，白板上就能写完",
    "about": "每次合并两个最少见的符号，直到只剩一棵树；从根走到一个符号的路径，就是它的码字。常见的符号码字短，没有一"
    "个码字是另一个的开头，所以不需要分隔。平均长度不低于熵，也不超过熵加 1 bit；8 个同样常见的符号，编不编码都要 3 bit"
    "。符号是随机抽的。这是无损的熵编码，只省存储：它不做舍入，所以不是量化。",
    "knobs": {"symbols": "符号数", "skew": "偏斜程度", "seed": "种子"},
    "measures": {
        "mean_bits": ("平均码长", "bit"), "entropy_bits": ("熵", "bit"), "fixed_bits": ("定长编码", "bit"),
        "saved_pct": "比定长省下", "wrong_symbols": "解码错的符号数", "word_length": ("码长", "bit"),
        "times": "出现次数",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
