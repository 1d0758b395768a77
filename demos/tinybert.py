"""TinyBERT: a small transformer learns from inside a large one before it learns the answers.

Toy reviews: an aspect is asked about, and of the four words that follow one fits it: "screen tasty rude sharp steep" is
good. The teacher (4 layers of 32) learned from 4,000 sentences and comes with the demo; the student (2 layers of 24)
has 300. For two thirds of its steps it imitates embeddings, attention scores and hidden states, its layer k those of
layer 2k, then the outputs. The control: outputs alone, for as many steps. From this teacher it is the attention scores
that help most (`losses` keeps them alone or leaves one thing out), while hidden states and which layers are copied
matter little; with other teachers that differs. The confound: the teacher's 4,000 sentences.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import nets
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

ASPECTS = """food tasty fresh bland stale, service prompt polite rude sloppy, price cheap fair costly steep,
room cosy airy cramped musty, view sunny open grim gloomy, screen sharp vivid blurry dim,
battery lasting sturdy weak leaky, sound clear rich tinny harsh"""
WORDS = ["[cls]"] + [
    word for aspect in ASPECTS.split(",") for word in aspect.split()
]  # aspect, 2 good words, 2 bad ones


def sentences(n: int) -> tuple[Tensor, Tensor]:
    """[cls], the aspect asked about, four words on four aspects; is the word on that aspect a good one?"""
    aspects = torch.rand(n, 8).argsort(1)[:, :4]
    asked, bad, which = torch.randint(0, 4, (n, 1)), torch.randint(0, 2, (n, 4)), torch.randint(0, 2, (n, 4))
    x = torch.cat([torch.zeros_like(asked), 1 + 5 * aspects.gather(1, asked), 2 + 5 * aspects + 2 * bad + which], dim=1)
    return x, 1 - bad.gather(1, asked)[:, 0]


class Layer(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.qkv, self.out, self.mlp = (
            nn.Linear(width, 3 * width),
            nn.Linear(width, width),
            nets.mlp(width, 2 * width, width),
        )
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        q, k, v = self.qkv(x).unflatten(2, (3, 2, -1)).permute(2, 0, 3, 1, 4)  # two heads
        scores = q @ k.transpose(2, 3) / k.shape[3] ** 0.5
        x = self.norm1(x + self.out((scores.softmax(3) @ v).transpose(1, 2).flatten(2)))
        return self.norm2(x + self.mlp(x)), scores


class Transformer(nn.Module):
    def __init__(self, layers: int, width: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(len(WORDS), width), nn.Parameter(torch.randn(6, width) / 2)
        nn.init.normal_(self.words.weight, std=0.5)
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 2)
        self.layers = nn.ModuleList(Layer(width) for _ in range(layers))

    def inside(self, x: Tensor) -> tuple[Tensor, list[Tensor], list[Tensor]]:
        """The logits, the hidden states (the embeddings first) and the attention scores of every layer."""
        hidden, attention = [self.norm(self.words(x) + self.places)], []
        for layer in self.layers:
            state, scores = layer(hidden[-1])
            hidden.append(state)
            attention.append(scores)
        return self.head(hidden[-1][:, 0]), hidden, attention

    def forward(self, x: Tensor) -> Tensor:
        return self.inside(x)[0]


def load_teacher() -> Transformer:
    teacher = Transformer(layers=4, width=32)
    with np.load(Path(__file__).parent / "data" / "tinybert.npz") as file:
        teacher.load_state_dict({name: torch.tensor(file[name]).float() for name in file.files})
    return teacher.eval()


def main(
    labelled: Annotated[int, range(100, 1001, 100)] = 300,
    losses: Literal["all", "attention only", "no attention", "no hidden"] = "all",
    layers: Literal["uniform", "bottom", "top"] = "uniform",
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    (x, y), (x_test, y_test), teacher = sentences(labelled), sentences(1000), load_teacher()
    print(f"'{' '.join(WORDS[word] for word in x[0, 1:])}': {'good' if y[0] else 'bad'}")
    with torch.no_grad():
        logits, their_hidden, their_attention = teacher.inside(x)
    accuracy = {"teacher": nets.accuracy(teacher, x_test, y_test)}
    print(f"teacher: {accuracy['teacher']:.1f}%")

    def from_outputs(student: Transformer, rows: Tensor) -> Tensor:
        return F.cross_entropy(student(x[rows]), F.softmax(logits[rows], dim=1))

    def from_inside(student: Transformer, rows: Tensor) -> Tensor:
        _, hidden, attention = student.inside(x[rows])
        loss = 0 if losses == "attention only" else F.mse_loss(student.widen_words(hidden[0]), their_hidden[0][rows])
        for k, copied in enumerate({"uniform": (2, 4), "bottom": (1, 2), "top": (3, 4)}[layers]):
            if losses in ("all", "no attention"):
                loss = loss + F.mse_loss(student.widen(hidden[k + 1]), their_hidden[copied][rows])
            if losses != "no attention":
                loss = loss + F.mse_loss(attention[k], their_attention[copied - 1][rows])
        return loss

    def train(name: str, *stages: tuple[Callable[[Transformer, Tensor], Tensor], int]) -> float:
        torch.manual_seed(seed + 50)  # every student starts from the same weights
        student = Transformer(layers=2, width=24)
        student.widen, student.widen_words = nn.Linear(24, 32, bias=False), nn.Linear(24, 32, bias=False)
        for loss, steps in stages:
            epochs = steps // -(-labelled // 32)
            nets.fit(student, partial(loss, student), n=labelled, epochs=epochs, lr=1e-2, batch=32)
        accuracy[name] = nets.accuracy(student, x_test, y_test)
        print(f"student, {name}: {accuracy[name]:.1f}%")
        return accuracy[name]

    return {
        "teacher_pct": accuracy["teacher"],
        "outputs_pct": train("outputs", (from_outputs, 220)),
        "tinybert_pct": train("inside, then outputs", (from_inside, 160), (from_outputs, 60)),
        "accuracy_pct": accuracy,
    }


LABELS = {
    "teacher_pct": "right, the teacher",
    "outputs_pct": "right, outputs alone",
    "tinybert_pct": "right, inside, then outputs",
    "accuracy_pct": "right",
}
ZH = {
    "title": "TinyBERT：小 transformer 先学大模型的中间表示，再学它的输出",
    "about": "数据是人造的评论：第一个词问某个方面，后面四个词里有一个在评它，如“screen tasty rude sharp steep”是好评（"
    "sharp 评的是 screen）。teacher（4 层，宽 32）学过 4,000 个句子，随实验附上；student（2 层，宽 24）只有 300 个。三"
    "分之二的步数里它模仿 embedding、attention 分数和 hidden state，第 k 层学第 2k 层，然后学输出。对照：同样的步数只学"
    "输出。对这个 teacher，最有用的是 attention 分数（参数“内部损失”可以只留它，也可以去掉一项），hidden state 和学 "
    "teacher 的哪几层影响很小；换别的 teacher 会不同。混淆因素：teacher 的 4,000 个句子。",
    "knobs": {"labelled": "句子数", "losses": "内部损失", "layers": "层映射", "seed": "种子"},
    "measures": {
        "all": "全部", "attention only": "只留 attention", "no attention": "去掉 attention",
        "no hidden": "去掉 hidden state", "uniform": "均匀", "bottom": "底部", "top": "顶部",
        "teacher_pct": "teacher 的准确率", "outputs_pct": "只学输出的准确率", "tinybert_pct": "先内部后输出的准确率",
        "accuracy_pct": "准确率", "outputs": "只学输出", "inside, then outputs": "先内部，后输出",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
