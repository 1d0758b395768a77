"""A solution's lines while they are put in order, as plain state: those above the bar are used, those below it not."""

from msgspec import Struct
from msgspec.structs import replace

from quizapp.study.code import Lines, program_of, solved, standing

BAR = -1


class Puzzle(Struct, frozen=True):
    """`places` has the lines (by their place in `lines.texts`) as they stand, and `BAR`. The cursor is on one of them,
    and has it in hand where it is `held`. `marks` says of each line used whether it stands right; () until asked."""

    lines: Lines
    places: tuple[int, ...]
    cursor: int = 0
    held: bool = False
    marks: tuple[bool, ...] = ()

    @property
    def used(self) -> tuple[int, ...]:
        return self.places[: self.places.index(BAR)]

    @property
    def solved(self) -> bool:
        return not self.held and solved(self.lines, self.used)

    @property
    def program(self) -> str:
        return program_of(self.lines, self.used)

    def move(self, step: int) -> "Puzzle":
        """The cursor up (-1) or down (1), with what it holds."""
        to = self.cursor + step
        if not self.held and 0 <= to < len(self.places) and self.places[to] == BAR:
            to += step
        return self.go(to)

    def go(self, to: int) -> "Puzzle":
        """The cursor to that place, with what it holds; the others close up."""
        to = max(0, min(to, len(self.places) - 1))
        if not self.held:
            return self if self.places[to] == BAR else replace(self, cursor=to)
        rest = [*self.places[: self.cursor], *self.places[self.cursor + 1 :]]
        places = (*rest[:to], self.places[self.cursor], *rest[to:])
        return replace(self, places=places, cursor=to, marks=())

    def take(self) -> "Puzzle":
        """Take the line up, or put it down."""
        return replace(self, held=not self.held)

    def righted(self) -> "Puzzle":
        """As the solution stands."""
        others = tuple(i for i in range(len(self.lines.texts)) if i not in self.lines.right)
        return replace(self, places=(*self.lines.right, BAR, *others), cursor=0, held=False, marks=())

    def marked(self) -> "Puzzle":
        """Say which lines stand right."""
        return replace(self, held=False, marks=standing(self.lines, self.used))


def puzzle_of(lines: Lines) -> Puzzle:
    """Nothing was moved yet: all are used."""
    return Puzzle(lines, (*range(len(lines.texts)), BAR))


def in_one_row(text: str) -> str:
    """A line of a program that is written over several, as one."""
    first, *rest = text.split("\n")
    return " ".join([first, *(part.strip() for part in rest)])
