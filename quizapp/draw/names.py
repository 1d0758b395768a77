"""What the names in a result are called before a person: words for snake_case, and the unit that a name ends in.

A demo names what it measures `sqnr_db`, `bits_per_weight`, `accuracy_by_bits`. Measures, titles, axes and labels all
say it by the one rule here: "SQNR" in dB, "bits per weight", "accuracy over bits". A demo may have words of its own for
a name: its label.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from quizapp.words import clean


class Label(Struct, frozen=True):
    """What a demo itself calls one of its names; without a `unit` it is the one that the name ends in. What is `timed`
    varies by itself."""

    words: str
    unit: str | None = None
    timed: bool = False


Labels = Mapping[str, Label]
NO_LABELS: Labels = {}

UNITS = {
    "pct": "%",
    "db": "dB",
    "x": "x",
    "s": "s",
    "ms": "ms",
    "kb": "KB",
    "mb": "MB",
    "gb": "GB",
    "bits": "bits",
    "bytes": "bytes",
}
"""Units by the last part of a name, as they are shown."""

SEED = "seed"
"""The knob that is but chance: its values have no order."""

_HAN = "[\u4e00-\u9fff]"
_STAY = ("bits", "bytes")  # units that are words of the name too: "gap bits"
_WRITTEN = (
    "APoZ ARD AWQ BERT BF16 CKA CPU DistilBERT DKD E4M3 E5M2 EMA FGSM FLOP FLOPs FP16 FP32 FP4 FP8 GKD GPTQ GPU INT2 "
    "INT4 INT8 JSD KD KIVI KL KV LLM LoRA MACs MSE MXFP4 NCKD NF4 NVFP4 PTQ QAT RKD RMSE RTN SNR SP SQNR STE SVD TCKD "
    "TinyBERT"
)
_ABBREVIATIONS = {word.lower(): word for word in _WRITTEN.split()}


def on_one_line(text: str) -> str:
    """`text` cleaned of all that a terminal would obey, on one line."""
    return " ".join(clean(text).split())


def in_words(name: str, labels: Labels = NO_LABELS) -> str:
    """A name as words, without its unit: "SQNR" for `sqnr_db`, "bits per weight" for `bits_per_weight`."""
    if name in labels:
        return labels[name].words
    parts, unit = _parts(name)
    words = [*parts, unit] if unit in _STAY else parts
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def unit_of(name: str, labels: Labels = NO_LABELS) -> str:
    """The unit that a name ends in, as it is shown: "dB" for `sqnr_db`; "" where there is none."""
    unit = labels[name].unit if name in labels else None
    return unit if unit is not None else UNITS.get(_parts(name)[1], "")


def axis_name(name: str, labels: Labels = NO_LABELS) -> str:
    """A name as it stands at an axis, with its unit: "SQNR, dB" for `sqnr_db`, "error, %" for `error_pct`, which is
    "误差（%）" in Chinese."""
    words, unit = in_words(name, labels), unit_of(name, labels)
    if not unit or (name not in labels and unit in _STAY):
        return words
    return f"{words}（{unit}）" if re.search(_HAN, words) else f"{words}, {unit}"


def measured_over(name: str) -> tuple[str, str]:
    """What is measured, and over what: `accuracy` and `bits` for `accuracy_by_bits`; a name without "by" is measured
    over nothing, and `by_beta` says only over what."""
    before, by, after = f"_{name}".rpartition("_by_")
    return (before.removeprefix("_"), after) if by and after else (name, "")


def _parts(name: str) -> tuple[list[str], str]:
    """The words of a name, and its last one apart if that is a unit."""
    name = on_one_line(name)
    parts = [part for piece in name.split("_") for part in piece.split()]
    unit = parts[-1] if "_" in name and len(parts) > 1 and parts[-1] in UNITS else ""
    return (parts[:-1] if unit else parts or [name.strip("_ ")]), unit
