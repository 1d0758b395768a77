"""What an examiner says of an answer: point by point, what is wrong in it, and how to make it better.

All of it comes from a model and is untrusted: `clean`, bounded by `MOST_*`, and never markup.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Heard = Literal["made", "partly", "missed"]
MOST_WORDS = 300  # characters of any one text
MOST_WRONG = 8


class PointVerdict(Struct, frozen=True):
    """Of one point: whether the answer makes it, None where the examiner abstains or has not said yet; and the words of
    the answer that say so, or that contradict it."""

    made: Heard | None = None
    words: str = ""


class Verdict(Struct, frozen=True):
    """As many `points` as the card has, in its order; the claims of the answer that are `wrong`; one sentence that
    makes it `better`. While it streams, what is not there yet is empty."""

    points: tuple[PointVerdict, ...]
    wrong: tuple[str, ...] = ()
    better: str = ""

    def against(self, ticks: frozenset[int]) -> tuple[int, ...]:
        """The points at which it says otherwise than the user: made and not ticked, or missed and ticked. Of what is
        made partly both may be right."""
        return tuple(
            i
            for i, point in enumerate(self.points)
            if (point.made == "made" and i not in ticks) or (point.made == "missed" and i in ticks)
        )


Tokens = Annotated[int, Meta(ge=0, lt=10**9)]


class Cost(Struct, frozen=True):
    """What one verdict or question took: tokens as the server counts them (None where it does not) and seconds."""

    tokens_in: Tokens | None
    tokens_out: Tokens | None
    seconds: Annotated[float, Meta(ge=0, le=1e7)]
