"""Affine uint8 quantization with a zero point, and a product of integers brought back to uint8.

x: (rows, inner) float, w: (inner, columns) float. y_low, y_high: numbers, the
range of the product, from calibration. A range low..high is first widened so
that it holds 0; then scale = (high - low) / 255, or 1 if that is 0, and
zero_point = -low / scale, rounded. A value's code is value / scale, rounded,
plus zero_point, clamped to 0..255. x and w each have one scale and zero
point, of their smallest and largest entries. Multiply their codes as
integers, with the zero points taken into account, so that the int32 sums
times both scales are the product of the values that the codes stand for. Turn
the sums into codes of y's own scale and zero point, rounded and clamped.
Returns (codes, scale, zero_point) of y: uint8 (rows, columns), a float, an
int.
"""

import torch

ZH = """带 zero-point 的仿射 uint8 量化，以及把整数乘积重新量化回 uint8。

x：(rows, inner) 浮点；w：(inner, columns) 浮点。y_low、y_high：两个数，乘积的
取值范围，由校准得到。任何范围 low..high 都先扩展到包含 0；然后 scale = (high
- low) / 255，若为 0 则取 1；zero_point = -low / scale，再舍入。一个值的编码是
value / scale 舍入后加 zero_point，再截断到 0..255。x 和 w 各用一个 scale 和一
个 zero-point，由各自的最小、最大元素得到。编码之间做整数乘法，并计入
zero-point，使 int32 的累加和乘以两个 scale，就等于编码所代表的值的乘积。最后把
累加和转成 y 的编码：用 y 自己的 scale 和 zero-point，舍入并截断。返回 y 的
(codes, scale, zero_point)：uint8 (rows, columns)、一个 float、一个 int。
"""


def affine_matmul(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):  # int32, of t's shape
        return ((t / scale).round() + zero).clamp(0, 255).int()

    x_scale, x_zero = grid(x.min().item(), x.max().item())
    w_scale, w_zero = grid(w.min().item(), w.max().item())
    y_scale, y_zero = grid(y_low, y_high)
    sums = (codes(x, x_scale, x_zero) - x_zero) @ (codes(w, w_scale, w_zero) - w_zero)  # int32 (rows, columns)
    return codes(sums * (x_scale * w_scale), y_scale, y_zero).to(torch.uint8), y_scale, y_zero


equivalent = {
    "(high - low) / 255 or 1.0 → (high - low) / 255 or 2.0": "the codes of zeros are the same at every scale",
}


def _spread(rand, randint, shape, scale, zero):
    """Entries near the middles of codes, 0 and 255 among them, so that nothing is near a tie."""
    codes = randint(256, shape)
    codes.view(-1)[0], codes.view(-1)[-1] = 0, 255
    off = 0.2 * (2 * rand(*shape) - 1)
    off.view(-1)[0], off.view(-1)[-1] = (-0.1 if zero else 0.0), (-0.1 if zero < 255 else 0.0)
    return scale * (codes - zero + off)


def cases(rand, randn, randint):
    def drawn(rows, inner, columns, zeros, y_zero, odd, steps=254.8):
        x = _spread(rand, randint, (rows, inner), 0.031, zeros[0])
        w = _spread(rand, randint, (inner, columns), 0.0042, zeros[1])
        scale = odd * ((x.max() - x.min().clamp(max=0)) / 255 * (w.max() - w.min().clamp(max=0)) / 255).item()
        return dict(x=x, w=w, y_low=-(y_zero + 0.2) * scale, y_high=(steps - y_zero) * scale)

    yield "plain", drawn(2, 5, 3, (100, 131), 87, 301)
    yield "more_rows", drawn(7, 3, 2, (37, 160), 60, 205)
    yield "positive_inputs", drawn(3, 7, 5, (0, 120), 143, 401)
    yield "saturates", drawn(5, 7, 2, (90, 110), 121, 41)
    yield "negative_weights", drawn(2, 3, 7, (140, 255), 30, 333)
    raised = drawn(3, 2, 5, (0, 0), 0, 555)
    yield "all_above_zero", {**raised, "x": raised["x"].clamp(min=0.031 * 90), "y_low": 2 * raised["y_high"] / 255}
    yield "zeros", {**drawn(2, 3, 5, (128, 77), 45, 101), "x": torch.zeros(2, 3)}


def also_four_sums(x, w, y_low, y_high):
    found = []
    for low, high in ((float(x.min()), float(x.max())), (float(w.min()), float(w.max())), (y_low, y_high)):
        low, high = (low if low < 0 else 0.0), (high if high > 0 else 0.0)
        scale = (high - low) / 255 if high > low else 1.0
        found.append((scale, round(-low / scale)))
    (sx, zx), (sw, zw), (sy, zy) = found
    a = torch.clamp(torch.round(x / sx) + zx, 0, 255).to(torch.int64)
    b = torch.clamp(torch.round(w / sw) + zw, 0, 255).to(torch.int64)
    sums = a @ b - zw * a.sum(1, keepdim=True) - zx * b.sum(0) + x.shape[1] * zx * zw
    y = torch.round(sums.double() * (sx * sw / sy)) + zy
    return y.clamp(0, 255).to(torch.uint8), sy, zy


def also_through_floats(x, w, y_low, y_high):
    def around(low, high):
        low, high = min(0.0, low), max(0.0, high)
        step = (high - low) / 255
        return (step, round(-low / step)) if step > 0 else (1.0, 0)

    def stands_for(t):
        step, zero = around(t.amin().item(), t.amax().item())
        return step * (torch.clamp(torch.round(t.double() / step), -zero, 255 - zero))

    step, zero = around(y_low, y_high)
    y = torch.round(stands_for(x) @ stands_for(w) / step).clamp(-zero, 255 - zero) + zero
    return y.to(torch.uint8), step, zero


def trap_zero_points_forgotten(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):
        return ((t / scale).round() + zero).clamp(0, 255).int()

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    sums = codes(x, x_scale, x_zero) @ codes(w, w_scale, w_zero)
    return codes(sums * (x_scale * w_scale), y_scale, y_zero).to(torch.uint8), y_scale, y_zero


def trap_last_term_once(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):
        return ((t / scale).round() + zero).clamp(0, 255).int()

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    a, b = codes(x, x_scale, x_zero), codes(w, w_scale, w_zero)
    sums = a @ b - w_zero * a.sum(dim=1, keepdim=True) - x_zero * b.sum(dim=0) + x_zero * w_zero
    return codes(sums * (x_scale * w_scale), y_scale, y_zero).to(torch.uint8), y_scale, y_zero


def trap_range_without_zero(x, w, y_low, y_high):
    def grid(low, high):
        scale = (high - low) / 255 or 1.0
        return scale, min(255, max(0, round(-low / scale)))

    def codes(t, scale, zero):
        return ((t / scale).round() + zero).clamp(0, 255).int()

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    sums = (codes(x, x_scale, x_zero) - x_zero) @ (codes(w, w_scale, w_zero) - w_zero)
    return codes(sums * (x_scale * w_scale), y_scale, y_zero).to(torch.uint8), y_scale, y_zero


def trap_sums_in_eight_bits(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):
        return ((t / scale).round() + zero).clamp(0, 255).to(torch.uint8)

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    sums = (codes(x, x_scale, x_zero) - x_zero) @ (codes(w, w_scale, w_zero) - w_zero)
    return codes(sums * (x_scale * w_scale), y_scale, y_zero), y_scale, y_zero


def trap_wraps_around(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):
        return (t / scale).round().int() + zero

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    sums = (codes(x, x_scale, x_zero) - x_zero) @ (codes(w, w_scale, w_zero) - w_zero)
    return codes(sums * (x_scale * w_scale), y_scale, y_zero).to(torch.uint8), y_scale, y_zero


def trap_no_output_zero(x, w, y_low, y_high):
    def grid(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
        scale = (high - low) / 255 or 1.0
        return scale, round(-low / scale)

    def codes(t, scale, zero):
        return ((t / scale).round() + zero).clamp(0, 255).int()

    (x_scale, x_zero), (w_scale, w_zero) = (grid(t.min().item(), t.max().item()) for t in (x, w))
    y_scale, y_zero = grid(y_low, y_high)
    sums = (codes(x, x_scale, x_zero) - x_zero) @ (codes(w, w_scale, w_zero) - w_zero)
    return codes(sums * (x_scale * w_scale), y_scale, 0).to(torch.uint8), y_scale, y_zero
