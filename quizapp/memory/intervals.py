"""Intervals in days, as the buttons show them: hard before good before easy, and spread a little. Pure."""

import zlib
from collections.abc import Mapping
from math import floor, inf
from typing import TypeVar

_Grade = TypeVar("_Grade", bound=str)
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))  # from day, to day, share of the days between


def rising(days: Mapping[_Grade, int], most: int) -> dict[_Grade, int]:
    """Intervals of at most `most` days such that Hard < Good < Easy: py-fsrs can give two of them the same day, and a
    button that changes nothing misleads."""
    result: dict[_Grade, int] = {}
    least = 1
    for grade, count in days.items():
        if grade != "again":
            count = min(max(count, least), most)
            least = count + 1
        result[grade] = count
    return result


def fuzzed(days: Mapping[_Grade, int], name: str, most: int) -> dict[_Grade, int]:
    """Spread over the days that Anki's bounds allow, so that cards learned together do not stay together for ever;
    `name`, that of the card and this review, says where to."""
    share = _share(name)
    result: dict[_Grade, int] = {}
    least = 1
    for grade, count in days.items():
        if grade != "again":
            count = _spread(count, least, most, share)
            least = count + 1
        result[grade] = count
    return result


def _spread(days: int, least: int, most: int, share: float) -> int:
    """One of the days around `days`, between `least` and `most`; `share` in [0, 1) says which.

    The width grows with the interval: nothing under 2.5 days, then a day and 15 % of what lies over 2.5, 10 % of what
    lies over 7, 5 % of what lies over 20 (Anki's rule).
    """
    least = min(least, most)
    days = min(max(days, least), most)
    if days < 2.5:
        return days
    width = 1.0 + sum(part * max(min(days, end) - start, 0.0) for start, end, part in _FUZZ)
    low = min(max(floor(days - width + 0.5), 2, least), most)
    high = max(min(floor(days + width + 0.5), most), low)
    return low + floor(share * (high - low + 1))


def _share(text: str) -> float:
    """A number in [0, 1) that looks random and depends on `text` alone: CRC-32, then murmur3's 32-bit finalizer."""
    mixed = zlib.crc32(text.encode())
    mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return (mixed ^ mixed >> 16) / 2**32
