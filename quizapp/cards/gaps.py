"""The gaps of a cloze: `{{c1::answer::hint}}` in a text."""

import re

# Number, answer, hint or None. Neither holds what starts another gap: a gap that is never closed would else be looked
# through to the end, and a text of a hundred thousand of them for hours.
_INSIDE = r"(?:(?!\}\}|\{\{c[1-9]).)"
CLOZE = re.compile(rf"\{{\{{c([1-9][0-9]?)::(.(?:(?!::){_INSIDE})*)(?:::({_INSIDE}*))?\}}\}}", re.DOTALL)


def gap(text: str, number: int, *, fill: bool = False) -> str:
    """A cloze text with gap `number` (0: every gap) open, or filled, in bold; and every other gap filled."""

    def one(hidden: re.Match[str]) -> str:
        if number and int(hidden[1]) != number:
            return also(hidden[2])[0]
        inside = also(hidden[2])[0] if fill else f"[… {hidden[3]}]" if hidden[3] else "[…]"
        before, after = text[: hidden.start()][-1:], text[hidden.end() :][:1]
        if (inside[0].isalnum() or not before.isalnum()) and (inside[-1].isalnum() or not after.isalnum()):
            return f"**{inside}**"
        # no bold in Markdown between a letter and a bracket: 的**[…]**
        return inside if "`" in inside else f"`{inside}`"

    return CLOZE.sub(one, text)


def also(hidden: str) -> tuple[str, str]:
    """What a gap hides, and what counts as right besides: "L2 norm" and "norm" of "L2 norm (norm)"; "" for nothing."""
    for opens, closes in (" (", ")"), ("（", "）"):
        stem, _, other = hidden.rpartition(opens)
        if stem[-1:].isalnum() and other.endswith(closes) and other[:-1].strip():
            return stem, other[:-1].strip()
    return hidden, ""


def to_fill(answers: list[str]) -> list[str]:
    """What is to be written for gaps of one number, in order: once where all of them hide the same."""
    return answers if len({answer.casefold() for answer in answers}) > 1 else answers[:1]


def gap_answers(text: str, number: int) -> list[str]:
    """What the gaps numbered `number` hide, in order."""
    return [hidden[2] for hidden in CLOZE.finditer(text) if int(hidden[1]) == number]
