"""How far chance may be off in a share: E. B. Wilson, Probable inference, the law of succession, and statistical
inference, Journal of the American Statistical Association 22 (1927), 209-212."""

from math import sqrt

_Z = 1.959964  # 95 % of a normal distribution lie so many deviations around its mean


def wilson_interval(passed: float, asked: float) -> tuple[float, float]:
    """The 95 % interval, 0 to 1, of a share of which `passed` of `asked` were seen, more than none asked.

    It stays inside 0 to 1 and has a width where all or none passed. Neither need be whole: judgements that hang
    together weigh as fewer.
    """
    middle = (passed + _Z**2 / 2) / (asked + _Z**2)
    half = _Z / (asked + _Z**2) * sqrt(max(0.0, passed * (asked - passed) / asked) + _Z**2 / 4)
    return max(0.0, round(middle - half, 9)), min(1.0, round(middle + half, 9))
