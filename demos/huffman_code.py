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


if __name__ == "__main__":
    main()
