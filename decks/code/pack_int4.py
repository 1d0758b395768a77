"""A weight in int4, one scale for each group, two codes to a byte; and back.

PackedInt4(weight, group), weight (rows, columns) float, columns divisible by
2 and by group: each row is cut into groups of `group` neighbours. Symmetric:
a group's scale is its largest magnitude / 7, or 1 if all are zero, and a
code is weight / scale, rounded, -7..7. Stored is code + 8, in four bits: of
columns 0 and 1 in the first byte, 2 and 3 in the next, the even column in
the lower half of the byte. Attributes: packed, uint8 (rows, columns / 2), and
scales, of the weight's dtype, (rows, columns / group). unpack() returns the
weight that packed and scales, as they then are, stand for: (rows, columns)
in the scales' dtype. Both may be replaced by those of another weight, cut
into groups of another size.
"""

import torch

ZH = """int4 权重：每组一个 scale，两个编码装一个字节；再还原回来。

PackedInt4(weight, group)，weight 是 (rows, columns) 浮点，columns 能被 2 和
group 整除：每行切成相邻 group 个一组。对称量化：一组的 scale 是组内最大绝对值
/ 7，全为零时取 1；编码是 weight / scale 舍入，在 -7..7 之内。存的是编码 + 8，
占 4 bit：第 0、1 列放第一个字节，第 2、3 列放下一个，偶数列放低 4 位。属性：
packed，uint8 (rows, columns / 2)；scales，dtype 与 weight 相同，(rows,
columns / group)。unpack() 返回 packed 和 scales 当时所代表的权重：(rows,
columns)，dtype 与 scales 相同。这两个属性都可能被换成另一个权重的，而且分组大
小不同。
"""


class PackedInt4:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)  # (rows, columns / group, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        stored = ((groups / scales).round() + 8).to(torch.uint8).view(weight.shape)
        self.packed = stored[:, 0::2] | (stored[:, 1::2] << 4)  # (rows, columns / 2)
        self.scales = scales.squeeze(dim=2)  # (rows, columns / group)

    def unpack(self):
        stored = torch.stack([self.packed & 15, self.packed >> 4], dim=2)  # (rows, columns / 2, 2)
        codes = stored.to(self.scales.dtype) - 8
        groups = codes.view(*self.scales.shape, -1)  # (rows, columns / group, group)
        return (groups * self.scales[:, :, None]).view(len(codes), -1)


def use(candidate, weight, group, packed, scales):
    layer = candidate(weight, group)
    found = {"packed": layer.packed, "scales": layer.scales, "unpacked": layer.unpack()}
    layer.packed, layer.scales = packed, scales
    return found | {"other bytes unpacked": layer.unpack()}


def cases(rand, randn, randint):
    def drawn(rows, groups, group, **given):
        packed = 1 + randint(15, (rows, groups * group // 2)) + 16 * (1 + randint(15, (rows, groups * group // 2)))
        sizes = torch.tensor([0.3, 2.0, 30.0, 0.07, 5.0])[:groups, None]
        weight = (randn(rows, groups, group) * sizes).view(rows, -1)
        scales = 0.1 + rand(rows, groups)
        return dict(weight=weight, group=group, packed=packed.to(torch.uint8), scales=scales) | given

    yield "pairs", drawn(3, 5, 2)
    yield "odd_group", drawn(2, 2, 7)
    other = drawn(5, 2, 3)
    yield "other_size_put_in", drawn(3, 2, 5, packed=other["packed"], scales=other["scales"])
    zeros = drawn(2, 3, 4)
    zeros["weight"][1, 4:8] = 0.0
    yield "zero_group", zeros
    negative = drawn(2, 3, 6)
    yield "negative_peak", {**negative, "weight": -negative["weight"].abs().T.contiguous().T}
    double = drawn(7, 2, 5)
    yield "doubles", {**double, "weight": double["weight"].double(), "scales": double["scales"].double()}


class also_one_at_a_time:
    def __init__(self, weight, group):
        rows, columns = weight.shape
        self.packed = torch.zeros(rows, columns // 2, dtype=torch.uint8)
        self.scales = torch.ones(rows, columns // group, dtype=weight.dtype)
        for row in range(rows):
            for column in range(columns):
                g = column // group
                peak = weight[row, g * group : (g + 1) * group].abs().max()
                if peak > 0:
                    self.scales[row, g] = peak / 7
                code = int(torch.round(weight[row, column] / self.scales[row, g])) + 8
                self.packed[row, column // 2] += code * (16 if column % 2 else 1)

    def unpack(self):
        rows, half = self.packed.shape
        out = torch.empty(rows, 2 * half, dtype=self.scales.dtype)
        out[:, ::2] = (self.packed % 16).to(out.dtype) - 8
        out[:, 1::2] = (self.packed // 16).to(out.dtype) - 8
        return out * self.scales.repeat_interleave(2 * half // self.scales.shape[1], dim=1)


class also_signed_bytes:
    def __init__(self, weight, group):
        parts = torch.stack(weight.split(group, dim=1), dim=1)
        largest = torch.maximum(parts.amax(2), -parts.amin(2))
        self.scales = (largest / 7).masked_fill(largest == 0, 1)
        codes = torch.round(weight / self.scales.repeat_interleave(group, 1)).clamp(-7, 7).to(torch.int8)
        even, odd = (codes + 8).view(torch.uint8).unflatten(1, (-1, 2)).unbind(2)
        self.packed = even + odd * 16

    def unpack(self):
        halves = torch.tensor([0, 4], dtype=torch.uint8)
        codes = ((self.packed[..., None] >> halves) & 0xF).to(torch.int16).flatten(1) - 8
        return (codes.unflatten(1, (self.scales.shape[1], -1)) * self.scales.unsqueeze(-1)).flatten(1)


class trap_even_column_on_top:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        stored = ((groups / scales).round() + 8).to(torch.uint8).view(weight.shape)
        self.packed = (stored[:, 0::2] << 4) | stored[:, 1::2]
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        stored = torch.stack([self.packed >> 4, self.packed & 15], dim=2)
        groups = (stored.to(self.scales.dtype) - 8).view(*self.scales.shape, -1)
        return (groups * self.scales[:, :, None]).view(len(groups), -1)


class trap_halves_of_the_row:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        stored = ((groups / scales).round() + 8).to(torch.uint8).view(weight.shape)
        half = stored.shape[1] // 2
        self.packed = stored[:, :half] | (stored[:, half:] << 4)
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        stored = torch.cat([self.packed & 15, self.packed >> 4], dim=1)
        groups = (stored.to(self.scales.dtype) - 8).view(*self.scales.shape, -1)
        return (groups * self.scales[:, :, None]).view(len(groups), -1)


class trap_wraps_below_zero:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        stored = ((groups / scales).round() + 8).to(torch.uint8).view(weight.shape)
        self.packed = stored[:, 0::2] | (stored[:, 1::2] << 4)
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        stored = torch.stack([self.packed & 15, self.packed >> 4], dim=2)
        groups = (stored - 8).to(self.scales.dtype).view(*self.scales.shape, -1)
        return (groups * self.scales[:, :, None]).view(len(groups), -1)


class trap_scales_tiled:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        stored = ((groups / scales).round() + 8).to(torch.uint8).view(weight.shape)
        self.packed = stored[:, 0::2] | (stored[:, 1::2] << 4)
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        stored = torch.stack([self.packed & 15, self.packed >> 4], dim=2).flatten(1)
        codes = stored.to(self.scales.dtype) - 8
        return codes * self.scales.repeat(1, codes.shape[1] // self.scales.shape[1])


class trap_scale_of_8:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 8, 1.0)
        stored = ((groups / scales).round().clamp(-8, 7) + 8).to(torch.uint8).view(weight.shape)
        self.packed = stored[:, 0::2] | (stored[:, 1::2] << 4)
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        stored = torch.stack([self.packed & 15, self.packed >> 4], dim=2)
        groups = (stored.to(self.scales.dtype) - 8).view(*self.scales.shape, -1)
        return (groups * self.scales[:, :, None]).view(len(groups), -1)


class trap_unpack_keeps_the_floats:
    def __init__(self, weight, group):
        groups = weight.reshape(len(weight), -1, group)
        peak = groups.abs().amax(dim=2, keepdim=True)
        scales = torch.where(peak > 0, peak / 7, 1.0)
        codes = (groups / scales).round()
        self.weight = (codes * scales).view(weight.shape)
        stored = (codes + 8).to(torch.uint8).view(weight.shape)
        self.packed = stored[:, 0::2] | (stored[:, 1::2] << 4)
        self.scales = scales.squeeze(dim=2)

    def unpack(self):
        return self.weight
