"""How numbers are written in figures, with the unit that a name ends in."""

_UNITS = {
    "db": " dB",
    "ms": " ms",
    "s": " s",
    "pct": "%",
    "x": "x",
    "mb": " MB",
    "kb": " KB",
    "gb": " GB",
    "bits": " bits",
}


def short_number(value: float) -> str:
    """Four significant digits, or all of a whole number: 93.12, 0.004213, 12,346."""
    if float(value).is_integer() and abs(value) < 1e7:
        return f"{value:,.0f}"
    if 1000 <= abs(value) < 1e7:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def with_unit(name: str, value: float) -> str:
    """`value` with the unit that `name` ends in, if it ends in one: "14.2 dB" for `sqnr_db`."""
    unit = _UNITS.get(name.rpartition("_")[2], "") if "_" in name else ""
    return short_number(value) + unit
