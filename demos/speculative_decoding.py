"""Speculative decoding: a small draft guesses four words ahead, the large model checks them in one call.

A drafted word is kept with probability min(1, p/q), p the target's and q the draft's; the first one refused is drawn
anew from what p has more of than q (Leviathan 2023). The text is distributed exactly as the target's: measured after
one beginning, 20,000 times, beside as many words from the target itself and from the draft unchecked. Speed is how
often the draft is believed: one distilled from the target more often than one that learned from the labels of the same
200 sentences, which is stopped before it knows them by heart. Calls are counted, not seconds: at this size none are
saved. The confound: the target saw 4,000 sentences.
"""

import random
from typing import Annotated

import nets
import torch
import torch.nn.functional as F
from torch import Tensor, nn

NOUNS, VERBS = ["dog", "cat", "bird", "child", "horse"], ["see", "chase", "like", "follow"]
WORDS = [".", "the", "near", "that", "old"] + NOUNS + [n + "s" for n in NOUNS] + [v + "s" for v in VERBS] + VERBS
ID = {word: i for i, word in enumerate(WORDS)}
LOOK = 6  # how many words back both models see


def sentence(chance: random.Random) -> list[int]:
    """Such as: the old dogs near the cat that sees the bird chase the child ."""
    many = [chance.random() < 0.5 for _ in range(4)]
    things = [chance.choices(NOUNS, weights=[8, 5, 3, 2, 1])[0] + ("s" if m else "") for m in many]
    things = [f"the old {thing}" if chance.random() < 0.3 else f"the {thing}" for thing in things]
    does = [chance.choices(VERBS, weights=[5, 3, 2, 1])[0] + ("" if m else "s") for m in many[:2]]
    aside = f"near {things[1]} " if chance.random() < 0.4 else ""
    clause = f"that {does[1]} {things[2]} " if aside and chance.random() < 0.4 else ""
    return [ID[word] for word in f"{things[0]} {aside}{clause}{does[0]} {things[3]} .".split()]


def contexts(words: list[int]) -> Tensor:
    """The LOOK words before each word, and before the one to come."""
    return torch.tensor([0] * LOOK + words).unfold(0, LOOK, 1)


def model(width: int) -> nn.Module:
    return nn.Sequential(nn.Embedding(len(WORDS), 16), nn.Flatten(), nets.mlp(16 * LOOK, width, len(WORDS)))


def verify(p: Tensor, q: Tensor, drafted: Tensor) -> tuple[Tensor, Tensor]:
    """Row by row: is the drafted word kept, and which word takes its place if not."""
    odds = (p / q).gather(1, drafted[:, None])[:, 0]
    return torch.rand(len(p)) < odds, torch.multinomial((p - q).clamp(min=1e-12), 1)[:, 0]


@torch.no_grad()
def speak(target: nn.Module, draft: nn.Module, ahead: int, sentences: int) -> tuple[float, float]:
    """Words kept of those drafted, per cent, and words for each call of the target."""
    drafted, kept, calls, words = 0, 0, 0, []
    while words.count(0) < sentences:
        guess, q = list(words), []
        for _ in range(ahead):
            q.append(F.softmax(draft(contexts(guess[-LOOK:])[-1:]), dim=1))
            guess.append(torch.multinomial(q[-1], 1).item())
        p = F.softmax(target(contexts(guess[-LOOK - ahead :])[-ahead - 1 :]), dim=1)  # one call for all places
        keep, instead = verify(p[:-1], torch.cat(q), torch.tensor(guess[-ahead:]))
        good = keep.long().cumprod(0).sum().item()
        last = instead[good] if good < ahead else torch.multinomial(p[-1], 1)  # all kept: one more for nothing
        words = [*guess[: len(words) + good], last.item()]
        drafted, kept, calls = drafted + min(good + 1, ahead), kept + good, calls + 1
    return 100 * kept / drafted, len(words) / calls


def main(
    ahead: Annotated[int, range(1, 9)] = 4,
    width: Annotated[int, range(4, 65, 4)] = 16,
    sentences: Annotated[int, range(50, 1001, 50)] = 200,
    seed: int = 0,
) -> dict:
    chance = random.Random(seed)
    torch.manual_seed(seed)
    text = [sentence(chance) for _ in range(4300)]
    y = torch.tensor([word for s in text for word in s])
    x = contexts(y.tolist())[:-1]
    known, few = sum(map(len, text[:4000])), sum(map(len, text[:sentences]))
    target = model(128)
    nets.fit(target, lambda rows: F.cross_entropy(target(x[rows]), y[rows]), n=known, epochs=3, lr=1e-2, batch=256)
    with torch.no_grad():
        p = F.softmax(target(x), dim=1)

    found = {}
    for name, answers, epochs in (("distilled", p, 20), ("labels", F.one_hot(y, len(WORDS)).float(), 6)):
        torch.manual_seed(seed + 50)  # both drafts start from the same weights
        draft = model(width)

        def loss(rows: Tensor, draft: nn.Module = draft, answers: Tensor = answers) -> Tensor:
            return F.cross_entropy(draft(x[rows]), answers[rows])

        nets.fit(draft, loss, n=few, epochs=epochs, lr=2e-2, batch=100)
        with torch.no_grad():
            q = F.softmax(draft(x), dim=1)
        overlap = 100 * torch.minimum(p, q)[known:].sum(1).mean().item()
        kept, per_call = speak(target, draft, ahead, sentences=40)
        found[name] = overlap, kept, per_call
        print(f"draft, {name}: {kept:.1f}% of its words kept (expected {overlap:.1f}%), {per_call:.2f} words a call")

    place = torch.tensor([[ID[word] for word in ("the", "old", "dogs", "near", "the", "cat")]])
    with torch.no_grad():
        p, q = (F.softmax(net(place), dim=1).expand(20_000, -1) for net in (target, draft))  # the worse draft
    drafted, alone = torch.multinomial(q, 1)[:, 0], torch.multinomial(p, 1)[:, 0]
    keep, instead = verify(p, q, drafted)
    shares = [
        100 * w.bincount(minlength=len(WORDS)) / 20_000 for w in (torch.where(keep, drafted, instead), alone, drafted)
    ]
    off, target_off, draft_off = ((share - 100 * p[0]).abs().sum().item() / 2 for share in shares)
    print(f"after 'the old dogs near the cat', checked draft: {off:.1f}% of the words are not as the target has them")
    print(f"  (the target's own draws: {target_off:.1f}%, the draft unchecked: {draft_off:.1f}%)")
    likely = p[0].topk(5).indices.tolist()
    return {
        "labels_kept_pct": found["labels"][1],
        "distilled_kept_pct": found["distilled"][1],
        "distilled_expected_pct": found["distilled"][0],
        "labels_words_x": found["labels"][2],
        "distilled_words_x": found["distilled"][2],
        "calls_saved_pct": 100 * (1 - found["labels"][2] / found["distilled"][2]),
        "off_pct": off,
        "target_off_pct": target_off,
        "draft_off_pct": draft_off,
        "kept_pct": {name: run[1] for name, run in found.items()},
        "target_says_pct": {WORDS[i]: 100 * p[0][i].item() for i in likely},
        "checked_draft_says_pct": {WORDS[i]: shares[0][i].item() for i in likely},
    }


LABELS = {
    "labels_kept_pct": "words kept, draft from labels",
    "distilled_kept_pct": "words kept, distilled draft",
    "distilled_expected_pct": "expected, distilled draft",
    "labels_words_x": ("words a call, draft from labels", ""),
    "distilled_words_x": ("words a call, distilled draft", ""),
    "calls_saved_pct": "calls saved by distilling",
    "off_pct": "otherwise than the target, checked",
    "target_off_pct": "the target's own draws",
    "draft_off_pct": "the draft unchecked",
    "kept_pct": "words kept",
    "target_says_pct": "what the target says",
    "checked_draft_says_pct": "what the checked draft says",
}
ZH = {
    "title": "投机解码：小的 draft 先猜四个词，大模型一次前向验证",
    "about": "猜的词以 min(1, p/q) 的概率保留，p 是目标模型给它的概率，q 是 draft 给的；第一个被拒绝的词，从 p 比 q 多"
    "出来的部分重新抽（Leviathan 2023）。文本的分布和目标模型的完全一样：在同一个开头之后采样两万次，并和另外两组比较"
    "：目标模型自己的采样，以及不经检查的 draft。速度取决于 draft 的接受率：从目标模型蒸馏来的，比在同样 200 个句子上"
    "用标签学的接受率更高；用标签学的那个，在把句子背下来之前就停止训练。数的是前向次数，不是秒：这个规模省不了时间。"
    "混淆因素：目标模型看过 4,000 个句子。",
    "knobs": {"ahead": "每次猜的词数", "width": "draft 宽度", "sentences": "句子数", "seed": "种子"},
    "measures": {
        "labels_kept_pct": "用标签学的 draft 的接受率", "distilled_kept_pct": "蒸馏出的 draft 的接受率",
        "distilled_expected_pct": "蒸馏出的 draft 的预期接受率",
        "labels_words_x": ("用标签学的 draft 每次前向的词数", ""),
        "distilled_words_x": ("蒸馏出的 draft 每次前向的词数", ""), "calls_saved_pct": "蒸馏省下的前向占比",
        "off_pct": "draft 经检查后与目标分布的差距", "target_off_pct": "目标模型再采样一次的差距",
        "draft_off_pct": "draft 不经检查的差距",
        "kept_pct": "接受率", "distilled": "蒸馏", "labels": "标签", "target_says_pct": "目标模型的分布",
        "checked_draft_says_pct": "检查后 draft 的分布",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
