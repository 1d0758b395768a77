"""What the examiner was asked and said, a line each in a file of the home: so that nothing is sent twice, and one sees
what it costs by day."""

from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from quizapp.examiner.place import Place
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost, Verdict


class Spent(Struct, frozen=True):
    """Of one day and model: how many times it was asked, the tokens as far as they are known, and the seconds."""

    day: date
    model: str
    times: int
    tokens_in: int
    tokens_out: int
    seconds: float


class Record:
    """The file at `path`, which need not exist. What cannot be read of it is left out; a file that cannot be written
    loses no verdict on the screen."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def agreed(self, address: str) -> bool:
        """Did the user say once that their answers may be sent there?"""
        raise NotImplementedError

    def agree(self, address: str, now: datetime) -> None:
        """They did."""
        raise NotImplementedError

    def found(self, place: Place, task: Task) -> Verdict | None:
        """The verdict that this model at this address gave on just this, with the same prompt."""
        raise NotImplementedError

    def keep(self, place: Place, task: Task, verdict: Verdict | None, cost: Cost, now: datetime) -> None:
        """A verdict, or (None) a follow-up question, that was paid for."""
        raise NotImplementedError

    def spent(self) -> tuple[Spent, ...]:
        """By day and model, the newest day first."""
        raise NotImplementedError
