"""What `quizapp new` writes: a starter deck, a starter demo, a card that asks for code. Braces stand twice."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "starter.deck": Words(
        """\
# yaml-language-server: $schema={schema}
# Every card needs a question `q` and an answer `a`; all the rest may go. `quizapp check FILE` finds mistakes.
title: A deck of mine
cards:
  - id: kv-cache           # given once: a card's history hangs on it. `quizapp check --fix` writes missing ones
    level: basic           # basic, intermediate or advanced
    tags: [inference]
    q: What does the KV cache hold?
    a: |
      The **keys and values** of all past tokens, of every layer and head.
    points:                # what to tick once the answer shows: at most four, each one idea
      - keys and values of past tokens
      - for every layer and head
    why: Without it, each new token would compute the keys and values of the whole prompt again.
    refs: ["arXiv:2211.05102"]

  # A text may be in two languages, and `l` switches:  q: {{en: "What is ...?", zh: "……是什么？"}}

  - id: decode-limit
    type: choice           # free (default), choice, cloze, numeric, order, fix or code
    q: What limits the speed of decoding one sequence?
    choices:
      - {{text: reading the weights from memory, ok: true}}
      - {{text: multiplying the matrices, why: "At batch size one, the arithmetic units mostly wait."}}
    why: Every token reads all weights once and uses each of them only once.

  - id: softmax-temperature
    type: cloze            # one card for each number
    text: A temperature above one makes the softmax {{{{c1::flatter}}}}, below one {{{{c2::sharper}}}}.
    why: The logits are divided by the temperature before they are exponentiated.

  - id: bits-and-noise
    q: What does one bit less do to the error of a quantized layer?
    a: It roughly doubles the error, which costs about 6 dB.
    why: One bit less makes each step of the grid twice as wide.
    demo:                  # NAME.py beside this file, else in your demos folder, else a bundled one
      run: quantize_layer  # `quizapp demo --list` names them; `quizapp new --demo my_demo.py` starts your own
      with: {{bits: 4}}
      predict: {{ask: "SQNR at 4 bits, in dB?", read: sqnr_db}}
""",
        """\
# yaml-language-server: $schema={schema}
# 每张卡片都要有问题 `q` 和答案 `a`，其余都可以省略。`quizapp check FILE` 会找出错误。
title: 我的题库
cards:
  - id: kv-cache           # 只定一次：学习记录靠它对应。`quizapp check --fix` 会补写缺少的 id
    level: basic           # basic（基础）、intermediate（中级）或 advanced（高级）
    tags: [inference]
    q: KV cache 里存的是什么？
    a: |
      过去所有 token 的 **key 和 value**，每一层、每个注意力头都有。
    points:                # 看过答案后勾选的要点：最多四个，每个只说一件事
      - 过去 token 的 key 和 value
      - 每一层、每个头都有
    why: 没有它，每生成一个 token 都要把整个 prompt 的 key 和 value 重算一遍。
    refs: ["arXiv:2211.05102"]

  # 一段文字可以写两种语言，按 `l` 切换：  q: {{en: "What is ...?", zh: "……是什么？"}}

  - id: decode-limit
    type: choice           # free（默认）、choice、cloze、numeric、order、fix 或 code
    q: decode 单个序列的速度受什么限制？
    choices:
      - {{text: 从显存读取权重, ok: true}}
      - {{text: 做矩阵乘法, why: "batch 为 1 时，计算单元大多在等待。"}}
    why: 每个 token 都要读一遍全部权重，而每个权重只用一次。

  - id: softmax-temperature
    type: cloze            # 每个编号一张卡片
    text: 温度大于 1 会让 softmax {{{{c1::更平}}}}，小于 1 则{{{{c2::更尖}}}}。
    why: 取指数之前，logits 要先除以温度。

  - id: bits-and-noise
    q: 量化后的一层再少用 1 bit，误差会怎样？
    a: 误差大约翻倍，相当于损失约 6 dB。
    why: 少 1 bit，量化网格的步长就变成两倍。
    demo:                  # 先找本文件旁边的 NAME.py，再找你的实验文件夹，最后找自带的
      run: quantize_layer  # `quizapp demo --list` 列出全部；`quizapp new --demo my_demo.py` 写一个自己的
      with: {{bits: 4}}
      predict: {{ask: "4 bit 时的 SQNR 是多少 dB？", read: sqnr_db}}
""",
    ),
    "starter.demo": Words(
        '''\
"""Round random numbers to a few bits and look at the error.

The numbers lie between 0 and 1; each bit more halves the step between the values that are left.
"""

import random
from typing import Annotated, Literal


# The parameters are the knobs. Each needs a type that says what it takes, and a default.
def main(
    bits: Annotated[int, range(1, 13)] = 4,
    how: Literal["nearest", "down"] = "nearest",
    seed: int = 0,  # the same seed gives the same numbers
) -> dict:
    numbers = [random.Random(seed + i).random() for i in range(1000)]
    tried = list(range(1, 13))
    errors = [mean_error_pct(numbers, n, how) for n in tried]
    print(f"{{bits}} bits, rounded {{how}}: off by {{errors[bits - 1]:.3f}}% on average")
    # What is returned is measured: a number (with its unit in the name), a list, or lines over "x".
    return {{"error_pct": errors[bits - 1], "error_by_bits": {{"x": tried, "error_pct": errors}}}}


def mean_error_pct(numbers: list, bits: int, how: str) -> float:
    steps = 2**bits
    shift = 0.5 if how == "nearest" else 0.0
    return 100 * sum(abs(number - int(number * steps + shift) / steps) for number in numbers) / len(numbers)


if __name__ == "__main__":
    main()
''',
        '''\
"""把随机数舍入到几个 bit，看看误差。

数都在 0 到 1 之间；每多 1 bit，留下的值之间的步长就减半。
"""

import random
from typing import Annotated, Literal


# main 的参数就是实验里可调的参数：每个都要写类型（说明能取哪些值）和默认值。
def main(
    bits: Annotated[int, range(1, 13)] = 4,
    how: Literal["nearest", "down"] = "nearest",
    seed: int = 0,  # 同样的 seed 得到同样的数
) -> dict:
    numbers = [random.Random(seed + i).random() for i in range(1000)]
    tried = list(range(1, 13))
    errors = [mean_error_pct(numbers, n, how) for n in tried]
    print(f"{{bits}} bit，{{how}}：平均误差 {{errors[bits - 1]:.3f}}%")
    # 返回的就是测量结果：一个数（单位写在名字里）、一个列表，或以 "x" 为横轴的几条线。
    return {{"error_pct": errors[bits - 1], "error_by_bits": {{"x": tried, "error_pct": errors}}}}


def mean_error_pct(numbers: list, bits: int, how: str) -> float:
    steps = 2**bits
    shift = 0.5 if how == "nearest" else 0.0
    return 100 * sum(abs(number - int(number * steps + shift) / steps) for number in numbers) / len(numbers)


if __name__ == "__main__":
    main()
''',
    ),
    "starter.code_deck": Words(
        """\
# yaml-language-server: $schema={schema}
title: Code of mine
cards:
  - id: {id}
    type: code
    code: {name}  # code/{name}.py
    level: basic
    q: Write the softmax over the last axis, for logits of any size.
    hints:
      - What does not change when a constant is taken from a whole row?
      - Take each row's own maximum.
    subgoals:
      - take each row's maximum away
      - exponentiate
      - divide by the row's sum
    cases:
      plain: a matrix and its gradient
      three_axes: more than two axes
      large_logits: logits for which exp overflows
      rows_far_apart: rows of very different size
    traps:
      no_maximum: Without the maximum taken away exp overflows.
      over_columns: It normalizes columns, not the last axis.
      one_maximum: One maximum for all rows makes the smaller ones underflow to 0 / 0.
    seconds: 120
    why: exp(x - m) / sum exp(x - m) is the same for every m; with the row's maximum the largest exponent is 0.
""",
        """\
# yaml-language-server: $schema={schema}
title: 我的代码题
cards:
  - id: {id}
    type: code
    code: {name}  # code/{name}.py
    level: basic
    q: 写出沿最后一个轴的 softmax，logits 可以任意大。
    hints:
      - 整行减去一个常数，什么不变？
      - 每行减去自己的最大值。
    subgoals:
      - 减去每行的最大值
      - 取指数
      - 除以每行之和
    cases:
      plain: 一个矩阵及其梯度
      three_axes: 两个以上的轴
      large_logits: 会让 exp 溢出的 logits
      rows_far_apart: 大小相差很大的行
    traps:
      no_maximum: 没有减去最大值，exp 会溢出。
      over_columns: 它在列上归一化，而不是最后一个轴。
      one_maximum: 所有行共用一个最大值：较小的行会下溢成 0 / 0。
    seconds: 120
    why: exp(x - m) / sum exp(x - m) 对任何 m 都一样；取每行的最大值时，最大的指数是 0。
""",
    ),
    "starter.exercise": Words(
        '''\
"""The softmax over the last axis.

x: float, any shape. Returns the same shape; every row sums to 1. Logits may be large.
"""

import torch


def {name}(x):
    e = (x - x.amax(dim=-1, keepdim=True)).exp()  # no row overflows
    return e / e.sum(dim=-1, keepdim=True)


# What it is tried on: no two sizes alike, no value that changes nothing. requires_grad_() has the gradient compared.
def cases(rand, randn, randint):
    yield "plain", dict(x=randn(3, 5).requires_grad_())
    yield "three_axes", dict(x=randn(2, 3, 7))
    yield "large_logits", dict(x=300 * randn(2, 5))
    yield "rows_far_apart", dict(x=randn(3, 2) + torch.tensor([[0.0], [500.0], [-500.0]]))


# Right solutions written otherwise: they have to pass.
def also_built_in(x):
    return torch.softmax(x, dim=-1)


def also_by_logs(x):
    return (x - torch.logsumexp(x, dim=-1, keepdim=True)).exp()


# Wrong ones that people write: each has to fail some case, and the card says what is wrong with it.
def trap_no_maximum(x):
    e = x.exp()
    return e / e.sum(dim=-1, keepdim=True)


def trap_over_columns(x):
    e = (x - x.amax(dim=0, keepdim=True)).exp()
    return e / e.sum(dim=0, keepdim=True)


def trap_one_maximum(x):
    e = (x - x.max()).exp()
    return e / e.sum(dim=-1, keepdim=True)
''',
        '''\
"""沿最后一个轴的 softmax。

x：浮点数，任意形状。返回同样的形状；每行之和为 1。logits 可能很大。
"""

import torch


def {name}(x):
    e = (x - x.amax(dim=-1, keepdim=True)).exp()  # 任何一行都不会溢出
    return e / e.sum(dim=-1, keepdim=True)


# 检验用的输入：各维大小都不同，每个值都起作用。requires_grad_() 表示还要比较梯度。
def cases(rand, randn, randint):
    yield "plain", dict(x=randn(3, 5).requires_grad_())
    yield "three_axes", dict(x=randn(2, 3, 7))
    yield "large_logits", dict(x=300 * randn(2, 5))
    yield "rows_far_apart", dict(x=randn(3, 2) + torch.tensor([[0.0], [500.0], [-500.0]]))


# 换一种写法的正确解法：必须通过。
def also_built_in(x):
    return torch.softmax(x, dim=-1)


def also_by_logs(x):
    return (x - torch.logsumexp(x, dim=-1, keepdim=True)).exp()


# 人们常写的错误解法：每个都必须在某个用例上失败，卡片会说明错在哪里。
def trap_no_maximum(x):
    e = x.exp()
    return e / e.sum(dim=-1, keepdim=True)


def trap_over_columns(x):
    e = (x - x.amax(dim=0, keepdim=True)).exp()
    return e / e.sum(dim=0, keepdim=True)


def trap_one_maximum(x):
    e = (x - x.max()).exp()
    return e / e.sum(dim=-1, keepdim=True)
''',
    ),
}
