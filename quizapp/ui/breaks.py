"""Where lines break: between Chinese characters too, not at spaces alone."""

import textual.content
from rich._wrap import divide_line
from rich.cells import cell_len, get_character_cell_size

_NOT_FIRST = frozenset("，。、；：？！）】》」』〉〕”’…—·～％‰,.;:?!)]}>%")
_NOT_LAST = frozenset("（【《「『〈〔“‘([{<")


def breaks(text: str, width: int) -> list[int]:
    """The offsets at which one line of text is cut so that each piece fits `width` cells (trailing spaces may hang).

    A line breaks at spaces, and before or after a wide character unless that would begin a line with a closing mark or
    end it with an opening one. What has no such place is cut where the width ends.
    """
    if cell_len(text) <= width:
        return []
    cuts: list[int] = []
    start = used = 0
    place = 0  # the last offset at which this line may be cut
    place_used = 0  # the cells of the line up to there
    before, before_wide = " ", False
    for i, char in enumerate(text):
        cells = get_character_cell_size(char)
        wide = cells == 2
        if before == " ":
            allowed = char != " "
        else:
            allowed = (wide or before_wide) and char != " " and char not in _NOT_FIRST and before not in _NOT_LAST
        if allowed and i > start:
            place, place_used = i, used
        if used + cells > width and char != " " and i > start:
            if place > start:
                start, used = place, used - place_used
                cuts.append(start)
            if used + cells > width and i > start:  # what was moved down leaves no room either
                start, used = i, 0
                cuts.append(start)
            place = start
        used += cells
        before, before_wide = char, wide
    return cuts


def at_characters(text: str, width: int, fold: bool = True) -> list[int]:
    """`divide_line`, which Textual asks where a line breaks, but `breaks` for what is not English alone."""
    return breaks(text, width) if fold and not text.isascii() else divide_line(text, width, fold)


def break_at_characters() -> None:
    """From now on, in whatever Textual draws: toasts, lists and the palette too."""
    textual.content.divide_line = at_characters  # type: ignore[attr-defined]
