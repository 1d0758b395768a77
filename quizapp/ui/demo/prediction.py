"""What was predicted of a card's demo, and what it came to."""

from msgspec import Struct


class Prediction(Struct, frozen=True):
    """A prediction for the card with the key `card`, beside what `measure` came to when `demo` ran with `knobs`.

    `choice` is the index of a choice, or `number` was typed, which is neither `right` nor wrong. `script` is a SHA-256.
    """

    card: str
    demo: str
    measure: str
    script: str = ""
    knobs: dict[str, int | float | bool | str] = {}
    choice: int | None = None
    number: float | None = None
    measured: float | None = None
    right: bool | None = None
