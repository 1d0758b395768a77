"""Draft heads: guesses made apart do not fit together, guesses made one by one do.

A head on the large model's last state guesses the word after next, another the one after that (Medusa, Cai 2024). Each
knows what is likely at its place, none what the others chose: where "the old dog" and "the cat near" can follow, they
draft "the old near". Fed with the words drafted so far (Hydra, EAGLE), heads of the same size are believed far more
often. What is kept follows the rule of speculative decoding, so the text is the target's in both cases; counted are
words for each call of the target, not seconds, and heads that go one by one take longer to draft. The control is a text
that repeats one sentence: nothing is left to choose, and heads that are blind for choices do as well.
"""

import random
from typing import Annotated, Literal

import nets
import torch
import torch.nn.functional as F
from speculative_decoding import WORDS, contexts, model, sentence
from torch import Tensor, nn

SIZE = len(WORDS)


def main(
    heads: Annotated[int, range(1, 5)] = 3,
    width: Annotated[int, range(8, 65, 8)] = 32,
    text: Literal["grammar", "one sentence"] = "grammar",
    seed: int = 0,
) -> dict:
    chance = random.Random(seed)
    torch.manual_seed(seed)
    words = sentence(chance)
    while len(words) < 16_000:
        words += sentence(chance) if text == "grammar" else words[: words.index(0) + 1]
    y, x, known = torch.tensor(words), contexts(words)[:-1], 14_500
    target = model(128)
    nets.fit(target, lambda rows: F.cross_entropy(target(x[rows]), y[rows]), n=known, epochs=3, lr=1e-2, batch=256)
    with torch.no_grad():
        state = target[2][:-1](target[:2](x))  # what its last layer makes the next word of

    later = y.unfold(0, heads + 1, 1)  # the next word, which the target says itself, and those after it
    parts = nn.ModuleDict({"word": nn.Embedding(SIZE, 8)})
    for k in range(heads):
        parts[f"apart {k}"] = nets.mlp(128, width, SIZE)
        parts[f"one by one {k}"] = nets.mlp(128 + 8 * (k + 1), width, SIZE)

    def guess(kind: str, k: int, state: Tensor, so_far: Tensor) -> Tensor:
        """Logits of the word `k + 1` after the next; so_far (n, k + 1) are the words before it."""
        seen = [parts["word"](so_far).flatten(1)] if kind == "one by one" else []
        return parts[f"{kind} {k}"](torch.cat([state, *seen], 1))

    def loss(rows: Tensor) -> Tensor:
        return sum(
            F.cross_entropy(guess(kind, k, state[rows], later[rows, : k + 1]), later[rows, k + 1])
            for kind in ("apart", "one by one")
            for k in range(heads)
        )

    nets.fit(parts, loss, n=known - heads, epochs=5, lr=1e-2, batch=256)

    @torch.no_grad()
    def draft(kind: str) -> tuple[list[float], float, float]:
        """Kept at each place if all before were, drafts with a word that the target gives under 1 %, words a call."""
        seen, so_far = x[known:], torch.multinomial(F.softmax(target(x[known:]), 1), 1)
        reach, kept, impossible = torch.ones(len(seen)), [], torch.zeros(len(seen), dtype=torch.bool)
        per_call = 1.0
        for k in range(heads):
            seen = torch.cat([seen[:, 1:], so_far[:, -1:]], 1)
            p, q = F.softmax(target(seen), 1), F.softmax(guess(kind, k, state[known:], so_far), 1)
            word = torch.multinomial(q, 1)
            impossible |= p.gather(1, word)[:, 0] < 0.01
            odds = (p / q).gather(1, word)[:, 0].clamp(max=1)
            kept.append(100 * (reach @ odds / reach.sum()).item())
            reach, so_far = reach * odds, torch.cat([so_far, word], 1)
            per_call += reach.mean().item()
        return kept, 100 * impossible.float().mean().item(), per_call

    apart, one_by_one = draft("apart"), draft("one by one")
    for name, (kept, impossible, per_call) in (("apart", apart), ("one by one", one_by_one)):
        print(f"{LABELS[name]}: kept of each place {', '.join(f'{share:.0f} %' for share in kept)}; ", end="")
        print(f"{per_call:.2f} words a call, {impossible:.0f} % of the drafts impossible")
    return {
        "apart_words": apart[2],
        "one_by_one_words": one_by_one[2],
        "gain_pct": 100 * (one_by_one[2] / apart[2] - 1),
        "apart_impossible_pct": apart[1],
        "one_by_one_impossible_pct": one_by_one[1],
        "kept_by_place": {"x": list(range(1, heads + 1)), "apart": apart[0], "one by one": one_by_one[0]},
    }


LABELS = {
    "apart_words": "words a call, guessed apart",
    "one_by_one_words": "words a call, guessed one by one",
    "gain_pct": "more words, guessed one by one",
    "apart_impossible_pct": "impossible drafts, guessed apart",
    "one_by_one_impossible_pct": "impossible drafts, guessed one by one",
    "apart": "guessed apart",
    "one by one": "guessed one by one",
    "kept": ("kept, if all before were", "%"),
}
ZH = {
    "title": "Draft head：各猜各的拼不到一起，一个接一个地猜就连得上",
    "about": "在大模型最后的 hidden state 上接几个 head：一个猜下下个词，另一个猜再下一个（Medusa，Cai 2024）。每个 "
    "head 都知道自己的位置上可能是什么词，却不知道别的 head 选了什么：“the old dog”和“the cat near”都可能时，会猜出“"
    "the old near”。把已经猜出的词喂进去（Hydra、EAGLE），同样大小的 head，猜的词被接受得多得多。接受用的是投机解码的规"
    "则，所以两种情况下，文本的分布都和目标模型的一样；数的是每次调用目标模型得到的词数，不是秒数，而逐个猜要花更多时"
    "间。对照是一直重复同一句的文本：没有什么可选，看不到别的 head 选了什么也一样好。",
    "knobs": {"heads": "head 数", "width": "宽度", "text": "文本", "seed": "种子"},
    "measures": {
        "apart_words": "各猜各的：每次调用的词数", "one_by_one_words": "逐个猜：每次调用的词数",
        "gain_pct": "逐个猜的词数增幅", "apart_impossible_pct": "各猜各的：不可能出现的 draft",
        "one_by_one_impossible_pct": "逐个猜：不可能出现的 draft", "kept": ("逐位置接受率（前面都已接受）", "%"),
        "apart": "各猜各的",
        "one by one": "逐个猜", "place": "位置", "grammar": "按语法生成", "one sentence": "重复同一句",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
