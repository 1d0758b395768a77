"""How many bits each symbol's word has in a Huffman code.

counts: a list of whole numbers >= 0, how often each symbol occurs; at least
one is not 0. Returns a list of as many ints: the lengths of the words of a
code in which no word begins another and the whole text takes as few bits as
possible. A symbol that never occurs gets no word: its length is 0. If only
one symbol occurs, its word has 1 bit.
Where several such codes exist, any of them is right. The words themselves
are not asked for.
"""

import heapq

ZH = """Huffman 编码里每个符号的码字有几个 bit。

counts：非负整数的列表，即每个符号出现的次数；至少有一个不为 0。返回同样长度的
int 列表：码字的长度，要求任何码字都不是别的码字的前缀，并且整段文本用的 bit
最少。从不出现的符号没有码字，长度为 0。如果只有一个符号出现，它的码字是 1 bit。
这样的编码若有多种，任何一种都算对。不要求给出码字本身。
"""


def huffman_lengths(counts):
    lengths = [0] * len(counts)
    heap = [(count, [symbol]) for symbol, count in enumerate(counts) if count > 0]  # a tree: count, its symbols
    if len(heap) == 1:
        lengths[heap[0][1][0]] = 1
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, left), (b, right) = heapq.heappop(heap), heapq.heappop(heap)  # the two rarest
        for symbol in left + right:
            lengths[symbol] += 1  # one step farther from the root
        heapq.heappush(heap, (a + b, left + right))
    return lengths


def use(candidate, counts):
    lengths = list(candidate(counts))
    found = {"lengths": len(lengths), "symbols without a word": [i for i, n in enumerate(lengths) if n == 0]}
    found["sum of 2**-length"] = float(sum(2.0**-n for n in lengths if n > 0))  # at most 1: such words exist
    return found | {"bits of the text": sum(count * n for count, n in zip(counts, lengths, strict=False))}


def cases(rand, randn, randint):
    yield "five_symbols", dict(counts=[6, 15, 5, 7, 6])
    yield "drawn", dict(counts=(1 + randint(90, (11,))).tolist())
    yield "equal", dict(counts=[3, 3, 3, 3, 3, 3, 3])
    yield "halves", dict(counts=[2, 64, 8, 1, 32, 16, 4, 1])
    yield "never_occurs", dict(counts=[0, 13, 0, 2, 5, 0, 3])
    yield "one_symbol", dict(counts=[0, 0, 7, 0, 0])
    yield "two_symbols", dict(counts=[1, 99])


def also_words_joined(counts):
    trees = [(n, {i: ""}) for i, n in enumerate(counts) if n != 0]
    while len(trees) > 1:
        trees = sorted(trees, key=lambda tree: tree[0])
        (a, zero), (b, one), *others = trees
        words = {i: "0" + word for i, word in zero.items()} | {i: "1" + word for i, word in one.items()}
        trees = [*others, (a + b, words)]
    words = trees[0][1]
    return [max(1, len(words[i])) if i in words else 0 for i in range(len(counts))]


def also_walk_down_the_tree(counts):
    lengths = [0] * len(counts)
    trees = [(n, i) for i, n in enumerate(counts) if n > 0]

    def walk(tree, depth):
        if isinstance(tree, int):
            lengths[tree] = max(depth, 1)
        else:
            walk(tree[0], depth + 1)
            walk(tree[1], depth + 1)

    while len(trees) > 1:
        trees.sort(key=lambda tree: tree[0], reverse=True)
        (a, one), (b, other) = trees.pop(), trees.pop()
        trees.append((a + b, (one, other)))
    walk(trees[0][1], 0)
    return lengths


def also_count_the_parents(counts):
    nodes, parent = [(n, i) for i, n in enumerate(counts) if n > 0], {}
    while len(nodes) > 1:
        nodes.sort()
        (a, one), (b, other) = nodes[:2]
        new = len(counts) + len(parent)
        parent[one] = parent[other] = new
        nodes = [(a + b, new), *nodes[2:]]

    def depth(node):
        return 1 + depth(parent[node]) if node in parent else 0

    return [max(1, depth(i)) if n > 0 else 0 for i, n in enumerate(counts)]


def trap_ceiling_of_information(counts):
    import math

    total = sum(counts)
    return [max(1, math.ceil(math.log2(total / n))) if n else 0 for n in counts]


def trap_fixed_length(counts):
    symbols = sum(n > 0 for n in counts)
    bits = max(1, (symbols - 1).bit_length())
    return [bits if n else 0 for n in counts]


def trap_sorted_once(counts):
    lengths = [0] * len(counts)
    order = sorted((i for i, n in enumerate(counts) if n > 0), key=lambda i: counts[i])
    if len(order) == 1:
        lengths[order[0]] = 1
    for joined in range(2, len(order) + 1):
        for symbol in order[:joined]:
            lengths[symbol] += 1
    return lengths


def trap_split_from_the_top(counts):
    lengths = [0] * len(counts)
    order = sorted((i for i, n in enumerate(counts) if n > 0), key=lambda i: -counts[i])

    def split(part):
        if len(part) == 1:
            return
        total = sum(counts[i] for i in part)
        at = min(range(1, len(part)), key=lambda k: abs(total - 2 * sum(counts[i] for i in part[:k])))
        for symbol in part:
            lengths[symbol] += 1
        split(part[:at])
        split(part[at:])

    split(order)
    if len(order) == 1:
        lengths[order[0]] = 1
    return lengths


def trap_one_symbol_takes_nothing(counts):
    lengths = [0] * len(counts)
    heap = [(count, [symbol]) for symbol, count in enumerate(counts) if count > 0]
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, left), (b, right) = heapq.heappop(heap), heapq.heappop(heap)
        for symbol in left + right:
            lengths[symbol] += 1
        heapq.heappush(heap, (a + b, left + right))
    return lengths


def trap_words_for_zeros(counts):
    lengths = [0] * len(counts)
    heap = [(count, [symbol]) for symbol, count in enumerate(counts)]
    heapq.heapify(heap)
    while len(heap) > 1:
        (a, left), (b, right) = heapq.heappop(heap), heapq.heappop(heap)
        for symbol in left + right:
            lengths[symbol] += 1
        heapq.heappush(heap, (a + b, left + right))
    return lengths
