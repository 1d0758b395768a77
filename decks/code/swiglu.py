"""The SwiGLU feed-forward block.

x: (..., width). w_gate, w_up: (hidden, width); w_down: (width, hidden); used
as nn.Linear does, x @ w.T, without biases. The gate's projection goes through
SiLU, z * sigmoid(z), and multiplies the up projection entry by entry; then
comes w_down. Returns (..., width). Projections may be in the hundreds, and
the gradients of all arguments have to stay finite there. Torch's own silu is
not to be called.
"""

import torch

ZH = """SwiGLU 前馈层。

x：(..., width)。w_gate、w_up：(hidden, width)；w_down：(width, hidden)；用法
与 nn.Linear 相同，即 x @ w.T，没有 bias。gate 投影经过 SiLU，即 z *
sigmoid(z)，与 up 投影逐元素相乘，再经过 w_down。返回 (..., width)。投影可能有
几百那么大，此时所有参数的梯度仍须是有限值。不许调用 torch 自带的 silu。
"""

forbid = ["torch.nn.functional.silu"]


def swiglu(x, w_gate, w_up, w_down):
    gate = x @ w_gate.T  # (..., hidden)
    up = x @ w_up.T  # (..., hidden)
    return (gate * gate.sigmoid() * up) @ w_down.T  # (..., width)


def _given(randn, lead, width, hidden):
    shapes = {"x": (*lead, width), "w_gate": (hidden, width), "w_up": (hidden, width), "w_down": (width, hidden)}
    return {name: randn(*shape).requires_grad_() for name, shape in shapes.items()}


def cases(rand, randn, randint):
    yield "matrix", _given(randn, (2,), 3, 5)
    yield "sequences", _given(randn, (2, 3), 5, 7)
    yield "narrow_hidden", _given(randn, (5,), 7, 2)
    large = _given(randn, (3,), 2, 7)
    yield "large", large | {"w_gate": (300 * large["w_gate"].detach()).requires_grad_()}


def also_one_product(x, w_gate, w_up, w_down):
    both = torch.nn.functional.linear(x, torch.cat([w_gate, w_up]))
    gate, up = both.chunk(2, dim=-1)
    return torch.nn.functional.linear(gate * torch.sigmoid(gate) * up, w_down)


def also_tanh(x, w_gate, w_up, w_down):
    z = torch.einsum("...w,hw->...h", x, w_gate)
    h = z / 2 * (1 + torch.tanh(z / 2)) * torch.einsum("...w,hw->...h", x, w_up)
    return torch.einsum("...h,wh->...w", h, w_down)


def trap_up_is_activated(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate.T, x @ w_up.T
    return (gate * up * up.sigmoid()) @ w_down.T


def trap_sigmoid_for_silu(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate.T, x @ w_up.T
    return (gate.sigmoid() * up) @ w_down.T


def trap_product_is_activated(x, w_gate, w_up, w_down):
    h = (x @ w_gate.T) * (x @ w_up.T)
    return (h * h.sigmoid()) @ w_down.T


def trap_exp_overflows(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate.T, x @ w_up.T
    return (gate / (1 + (-gate).exp()) * up) @ w_down.T


def trap_gelu(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate.T, x @ w_up.T
    return (torch.nn.functional.gelu(gate) * up) @ w_down.T
