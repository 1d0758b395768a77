"""Sequence distillation: forward and reverse KL between texts, small enough to count every sequence.

The teacher picks a topic and then mostly repeats it: five tokens of three kinds, 243 sequences. The student has no
memory, it draws every token alone. Forward KL makes it cover all topics, so it mixes them within a sequence and
rambles; reverse KL makes it keep to one topic and drop the others (MiniLLM 2023). The generalised JSD turns from one to
the other as beta grows; GKD uses it token by token on the student's own text, here it is counted over whole sequences.
REINFORCE learns reverse KL from the student's own samples, as one must where nobody can count. All this is the missing
memory's doing: with `memory`, the control, the student fits the teacher and the losses agree.
"""

from collections.abc import Callable
from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)
KINDS, LENGTH = 3, 5
ALL = torch.cartesian_prod(*[torch.arange(KINDS)] * LENGTH)  # every sequence there is
TOPICS = torch.tensor([0.45, 0.35, 0.20])


def kl(a: Tensor, b: Tensor) -> Tensor:
    return (a.exp() * (a - b)).sum()


def main(
    beta: Annotated[float, 0.01, 0.99, 0.01] = 0.1,
    noise: Annotated[float, 0.05, 0.5, 0.05] = 0.15,
    memory: bool = False,
    seed: int = 0,
) -> dict:
    said = torch.stack([(kind == ALL).sum(1) for kind in range(KINDS)], dim=1)  # how often each sequence says each kind
    repeat, stray = 1 - noise + noise / KINDS, noise / KINDS
    p = (TOPICS * repeat**said * stray ** (LENGTH - said)).sum(1).log()
    coherent = said.max(1).values >= LENGTH - 1
    print(f"teacher: {share(p, coherent):.1f}% of its sequences keep to a topic")

    def log_q(weights: Tensor) -> Tensor:
        """Of every sequence: tokens drawn alone, or, with memory, drawn alone given a topic."""
        topics, tokens = weights[0].log_softmax(0), weights[1:].log_softmax(1)
        return torch.logsumexp(topics + said.float() @ tokens.T, dim=1) if memory else said.float() @ tokens[0]

    def forward(q: Tensor) -> Tensor:
        return kl(p, q)

    def reverse(q: Tensor) -> Tensor:
        return kl(q, p)

    def jsd(q: Tensor, beta: float = beta) -> Tensor:
        middle = (beta * p.exp() + (1 - beta) * q.exp()).log()
        return beta * kl(p, middle) + (1 - beta) * kl(q, middle)

    def reinforce(q: Tensor) -> Tensor:
        drawn = torch.multinomial(q.detach().exp(), 64, replacement=True)
        reward = (p - q.detach())[drawn]
        return -((reward - reward.mean()) * q[drawn]).mean()

    def train(name: str, loss: Callable[[Tensor], Tensor]) -> tuple[float, float]:
        torch.manual_seed(seed)
        weights = (0.3 * torch.randn(1 + KINDS, KINDS)).requires_grad_()
        optimizer = torch.optim.Adam([weights], lr=0.1)
        for _ in range(200):
            optimizer.zero_grad()
            loss(log_q(weights)).backward()
            optimizer.step()
        q = log_q(weights).detach()
        favourite = max(share(q, coherent & (said[:, kind] >= LENGTH - 1)) for kind in range(KINDS))
        print(f"{name}: {share(q, coherent):.1f}% keep to a topic, {favourite:.1f}% to its favourite one")
        return share(q, coherent), favourite

    runs = {
        "forward KL": train("forward KL", forward),
        "JSD": train(f"JSD, beta {beta:g}", jsd),
        "reverse KL": train("reverse KL", reverse),
        "REINFORCE": train("reverse KL by REINFORCE", reinforce),
    }
    betas = [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9]
    by_beta = [train(f"JSD, beta {b:g}", lambda q, b=b: jsd(q, b)) for b in betas]
    return {
        "teacher_coherent_pct": share(p, coherent),
        "forward_coherent_pct": runs["forward KL"][0],
        "jsd_coherent_pct": runs["JSD"][0],
        "reverse_coherent_pct": runs["reverse KL"][0],
        "reverse_favourite_pct": runs["reverse KL"][1],
        "reinforce_coherent_pct": runs["REINFORCE"][0],
        "coherent_pct": {"teacher": share(p, coherent)} | {name: run[0] for name, run in runs.items()},
        "by_beta": {
            "x": betas,
            "kept to a topic": [run[0] for run in by_beta],
            "to the favourite": [run[1] for run in by_beta],
        },
    }


def share(log_p: Tensor, which: Tensor) -> float:
    """Per cent of the probability that falls on `which`."""
    return 100 * log_p[which].exp().sum().item()


LABELS = {
    "teacher_coherent_pct": "kept to a topic, teacher",
    "forward_coherent_pct": "kept to a topic, forward KL",
    "jsd_coherent_pct": "kept to a topic, JSD",
    "reverse_coherent_pct": "kept to a topic, reverse KL",
    "reverse_favourite_pct": "favourite topic, reverse KL",
    "reinforce_coherent_pct": "kept to a topic, REINFORCE",
    "coherent_pct": "kept to a topic",
    "by_beta": "share in % over beta",
}
ZH = {
    "title": "序列级蒸馏：整个序列上的 forward KL 与 reverse KL；例子很小，所有序列都能列举",
    "about": "teacher 先选一个主题，然后大多重复它：序列长五个 token，token 有三种，共 243 个序列。student 没有记忆，每"
    "个 token 单独抽。forward KL 让它覆盖所有主题，于是一句之内混着说；reverse KL 让它守住一个主题，丢掉其余（MiniLLM "
    "2023）。广义 JSD 随 beta 增大，从 forward KL 走向 reverse KL；GKD 把它逐 token 地用在 student 自己写的文本上，这里"
    "在所有序列上精确算出。REINFORCE 从 student 自己的样本学 reverse KL，序列太多、列举不完时只能这样。这一切都因为没有"
    "记忆。对照：让 student 有记忆，它就装得下 teacher，各种损失也就一致了。",
    "knobs": {"beta": "beta", "noise": "噪声", "memory": "是否有记忆", "seed": "种子"},
    "measures": {
        "teacher_coherent_pct": "teacher 守住主题的比例", "forward_coherent_pct": "forward KL 守住主题的比例",
        "jsd_coherent_pct": "JSD 守住主题的比例", "reverse_coherent_pct": "reverse KL 守住主题的比例",
        "reverse_favourite_pct": "reverse KL 守住最常选主题的比例",
        "reinforce_coherent_pct": "REINFORCE 守住主题的比例",
        "coherent_pct": "守住主题的比例", "by_beta": "占比（%）随 beta", "kept to a topic": "守住主题",
        "to the favourite": "守住最常选的主题", "forward KL": "forward KL", "reverse KL": "reverse KL",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
