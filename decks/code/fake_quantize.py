"""Fake quantization with the straight-through estimator.

x: a float tensor of any shape. scale: a positive number; zero_point, low,
high: ints with low < high. Forward: x / scale is rounded, zero_point is
added, and the code clamped to low..high; returned is (code - zero_point) *
scale, of x's shape and dtype. Backward: rounding counts as the identity. So
the gradient passes unchanged where the rounded code lay in low..high by
itself, both ends included, and is 0 where it had to be clamped. scale and
zero_point are not learned. Entries may lie far out of the range. torch's own
fake_quantize functions are refused.
"""

import torch

ZH = """带直通估计（STE）的伪量化。

x：任意形状的浮点张量。scale：一个正数；zero_point、low、high：整数，low <
high。前向：x / scale 舍入，加 zero_point，编码截断到 low..high；返回 (code -
zero_point) * scale，形状和 dtype 与 x 相同。反向：舍入当作恒等函数。所以，舍
入后的编码本来就在 low..high 之内的（含两端），梯度原样通过；需要截断的，梯度
为 0。scale 和 zero_point 不参与训练。元素可能远远超出范围。不许用 torch 自带
的 fake_quantize 系列函数。
"""

equivalent = {
    "torch.where(codes == kept, x, 0.0) → torch.where(codes == kept, x, 1.0)": "a constant, which is taken off again",
}
forbid = ["torch.fake_quantize_per_tensor_affine", "torch.fake_quantize_per_channel_affine"]


def fake_quantize(x, scale, zero_point, low, high):
    codes = (x / scale).round() + zero_point
    kept = codes.clamp(low, high)
    y = ((kept - zero_point) * scale).detach()
    through = torch.where(codes == kept, x, 0.0)  # its gradient is 1 where nothing was clamped
    return y + (through - through.detach())


def _spread(rand, randint, shape, first, end, scale, zero_point):
    """Entries whose codes are drawn from first..end - 1, up to 0.4 of a step off."""
    codes = randint(first, end, shape)
    codes.view(-1)[0], codes.view(-1)[-1] = first, end - 1
    return (scale * (codes - zero_point + 0.8 * rand(*shape) - 0.4)).requires_grad_()


def cases(rand, randn, randint):
    unsigned = dict(scale=0.04, zero_point=11, low=0, high=15)
    yield "inside", dict(x=_spread(rand, randint, (3, 5), 1, 15, 0.04, 11), **unsigned)
    yield "half_is_clamped", dict(x=_spread(rand, randint, (5, 7), -12, 29, 0.04, 11), **unsigned)
    signed = dict(scale=0.7, zero_point=0, low=-7, high=7)
    yield "symmetric", dict(x=_spread(rand, randint, (2, 3, 7), -10, 11, 0.7, 0), **signed)
    edges = 0.5 * (torch.tensor([-0.4, 0.3, 254.7, 255.4, 255.6, -0.7, 256.0]) - 100)
    yield "ends_of_the_range", dict(x=edges.requires_grad_(), scale=0.5, zero_point=100, low=0, high=255)
    far = torch.tensor([[3e7, -0.31, 0.62], [-2e8, 1.18, -5e6]])
    yield "far_out", dict(x=far.requires_grad_(), scale=0.3, zero_point=-2, low=-8, high=7)


def also_own_backward(x, scale, zero_point, low, high):
    class Fake(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            codes = torch.round(x / scale) + zero_point
            ctx.save_for_backward((codes >= low) & (codes <= high))
            return (codes.clamp(low, high) - zero_point) * scale

        @staticmethod
        def backward(ctx, grad):
            (inside,) = ctx.saved_tensors
            return grad * inside

    return Fake.apply(x)


def also_clamp_after_the_trick(x, scale, zero_point, low, high):
    steps = x / scale
    steps = steps + (steps.round() - steps).detach()
    return (torch.clamp(steps, low - zero_point, high - zero_point)) * scale


def trap_no_gradient(x, scale, zero_point, low, high):
    codes = ((x / scale).round() + zero_point).clamp(low, high)
    return (codes - zero_point) * scale


def trap_gradient_everywhere(x, scale, zero_point, low, high):
    codes = ((x / scale).round() + zero_point).clamp(low, high)
    return x + ((codes - zero_point) * scale - x).detach()


def trap_ends_half_a_step_early(x, scale, zero_point, low, high):
    inside = x.clamp((low - zero_point) * scale, (high - zero_point) * scale)
    codes = ((x / scale).round() + zero_point).clamp(low, high)
    return inside + ((codes - zero_point) * scale - inside).detach()


def trap_zero_point_after_clamping(x, scale, zero_point, low, high):
    steps = (x / scale).round()
    kept = steps.clamp(low, high)
    through = torch.where(steps == kept, x, 0.0)
    return (kept * scale).detach() + (through - through.detach())


def trap_stays_a_code(x, scale, zero_point, low, high):
    codes = (x / scale).round() + zero_point
    kept = codes.clamp(low, high)
    through = torch.where(codes == kept, x, 0.0)
    return kept.detach() + (through - through.detach())


def trap_rounds_down(x, scale, zero_point, low, high):
    codes = (x / scale).floor() + zero_point
    kept = codes.clamp(low, high)
    y = ((kept - zero_point) * scale).detach()
    through = torch.where(codes == kept, x, 0.0)
    return y + (through - through.detach())
