"""Which known mistakes are in an attempt: alone, or mixed."""

from quizapp.lab.exam import Came, Raised
from quizapp.lab.known_mistakes import known_parts, known_trap
from quizapp.lab.plain import PlainOne


def came(*results: int | str) -> tuple[Came, ...]:
    """What came of every case: a number, or an error of that kind."""
    return tuple(
        Came(raised=Raised(one, "", 1)) if isinstance(one, str) else Came(PlainOne("int", str(one))) for one in results
    )


RIGHT = came(1, 2, 3, 4)
TRAPS = {"a": came(9, 2, 8, 4), "b": came(1, 7, 6, 4), "c": came(9, 2, 3, 5)}


def parts(*results: int | str) -> tuple[str, ...]:
    return known_parts(TRAPS, RIGHT, came(*results))


def test_one_mistake_in_all_that_fails_is_that_one() -> None:
    assert known_trap(TRAPS, came(9, 2, 8, 4), 4) == "a" and known_trap(TRAPS, came(9, 7, 8, 4), 4) == ""
    assert known_trap(TRAPS, (*RIGHT[:3], None), 4) == known_trap(TRAPS, RIGHT, 4) == ""


def test_each_of_two_mixed_is_seen_where_only_it_shows() -> None:
    assert parts(9, 7, 0, 4) == ("a", "b")
    assert parts(0, 7, 0, 4) == ("b",)  # the rest is something else


def test_none_that_a_case_speaks_against() -> None:
    assert parts(9, 2, 3, 4) == ()  # a would fail in the third too, c in the fourth
    assert parts(1, 7, 3, 4) == ()


def test_nothing_is_concluded_from_an_error_or_from_what_two_explain() -> None:
    assert parts("NameError", "NameError", "NameError", "NameError") == ()
    assert known_parts({"raises": came("TypeError", 2, 3, 4)}, RIGHT, came("TypeError", 7, 3, 4)) == ()
    assert parts(9, 2, 0, 0) == ()  # a or c


def test_what_left_no_record_is_no_reason() -> None:
    assert known_parts(TRAPS, RIGHT, (*came(9, 7, 8), None)) == ("a", "b")
    assert known_parts(TRAPS, RIGHT, ()) == ()
