"""Quantize the KV cache: keys by channel, values by token.

A few channels of the keys are large in every token. One scale for a token is stretched by them; one scale for a channel
is not (KIVI, Liu 2024). Values have no such channels: per token or per channel is all the same to these. Per token is
easier, for a new token then changes no older scale, and real values need it: attention reads few tokens, whose errors
stay their own. Keys, values and queries are synthetic with the outlier channels put in, as real keys have them; put in
none, and the difference is gone. The offset put in is the same for all tokens, so softmax cancels it: with the mean key
subtracted first, per token does as well (SageAttention smooths so). Real outliers move less alike.
"""

from typing import Annotated

import torch
from torch import Tensor

torch.set_num_threads(1)


def quantize(x: Tensor, bits: int, along: str) -> Tensor:
    """Asymmetric, one scale for 32 neighbours: of one token (a row), or of one channel (a column)."""
    if along == "channel":
        return quantize(x.T, bits, "token").T
    groups = x.reshape(-1, 32)
    low, high = groups.amin(1, keepdim=True), groups.amax(1, keepdim=True)
    step = ((high - low) / (2**bits - 1)).clamp(min=1e-9)
    return (((groups - low) / step).round() * step + low).reshape(x.shape)


def main(
    bits: Annotated[int, range(2, 9)] = 4,
    outliers: Annotated[int, range(0, 17)] = 4,
    offset: Annotated[int, range(0, 21)] = 10,
    seed: int = 0,
) -> dict:
    torch.manual_seed(seed)
    tokens, channels = 256, 64
    keys, values, queries = torch.randn(tokens, channels), torch.randn(tokens, channels), torch.randn(64, channels)
    keys[:, :outliers] += offset * torch.randn(outliers).sign()

    def attend(keys: Tensor, values: Tensor) -> Tensor:
        return (queries @ keys.T / channels**0.5).softmax(1) @ values

    def sqnr(bits: int, k: str, v: str, keys: Tensor = keys) -> float:
        exact = attend(keys, values)
        noise = exact - attend(quantize(keys, bits, k), quantize(values, bits, v))
        return 10 * torch.log10(exact.square().sum() / noise.square().sum()).item()

    by_token, by_channel = sqnr(bits, "token", "token"), sqnr(bits, "channel", "channel")
    kivi, centred = sqnr(bits, "channel", "token"), sqnr(bits, "token", "token", keys - keys.mean(0))
    size = 16 / (bits + 2 * 16 / 32)  # 32 codes share an fp16 scale and an fp16 lowest value
    print(f"{bits} bits, {size:.1f}x smaller than fp16; {outliers} of {channels} key channels are off by {offset}")
    print(f"keys and values by token: {by_token:.1f} dB in what attention returns")
    print(f"keys and values by channel: {by_channel:.1f} dB")
    print(f"keys by channel, values by token (KIVI): {kivi:.1f} dB")
    print(f"all by token, the mean key subtracted first: {centred:.1f} dB")

    widths = list(range(2, 9))
    return {
        "token_sqnr_db": by_token,
        "channel_sqnr_db": by_channel,
        "kivi_sqnr_db": kivi,
        "centred_sqnr_db": centred,
        "gain_db": kivi - by_token,
        "size_x": size,
        "sqnr_by_bits": {
            "x": widths,
            "all by token": [sqnr(b, "token", "token") for b in widths],
            "KIVI": [sqnr(b, "channel", "token") for b in widths],
        },
    }


LABELS = {
    "token_sqnr_db": "SQNR, all by token",
    "channel_sqnr_db": "SQNR, all by channel",
    "kivi_sqnr_db": "SQNR, keys by channel, values by token",
    "centred_sqnr_db": "SQNR, all by token, mean key subtracted",
    "gain_db": "gained over all by token",
    "size_x": "how many times smaller",
    "sqnr": ("SQNR", "dB"),
}
ZH = {
    "title": "量化 KV cache：K 按通道，V 按 token",
    "about": "key 里有几个通道在每个 token 上都很大。每个 token 一个 scale 会被它们撑大，每个通道一个则不会（KIVI，"
    "Liu 2024）。value 没有这样的通道，按 token 或按通道都一样。按 token 更方便，因为新 token 不会改变旧的 scale；真实"
    "的 value 也需要按 token：注意力只读少数 token，其余 token 的误差只留在自己身上。key、value 和 query 都是合成的，"
    "outlier 通道是照真实 key 的样子放进去的；一个都不放，差别就消失。放进去的偏移对所有 token 都一样，softmax 会把它"
    "抵消：先减去 key 的均值，按 token 也一样好（SageAttention 的做法）。真实的 outlier 没有这么一致。",
    "knobs": {"bits": "bit 数", "outliers": "outlier 通道数", "offset": "偏移", "seed": "种子"},
    "measures": {
        "token_sqnr_db": "全部按 token 的信噪比", "channel_sqnr_db": "全部按通道的信噪比",
        "kivi_sqnr_db": "key 按通道、value 按 token 的信噪比", "centred_sqnr_db": "减去 key 均值后按 token 的信噪比",
        "gain_db": "比全部按 token 高出", "size_x": "缩小倍数", "sqnr": ("信噪比", "dB"),
        "all by token": "全部按 token",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
