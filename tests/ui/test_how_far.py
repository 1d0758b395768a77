"""How far a session is, in one line."""

from datetime import datetime

from quizapp.study.queue import Counts
from quizapp.ui.how_far import how_far_said, with_said

AT = datetime(2026, 11, 23, 9, 4)


def test_what_this_sitting_asks_once_more_is_told_from_what_comes_only_later() -> None:
    counts = Counts(new=1, learning=15, due=2, done=3)
    assert how_far_said(counts, [AT] * 13, "en").plain == (
        "1 new   2 due   3 of 21 done, 2 once more, 13 later, from 09:04 on"
    )
    assert how_far_said(counts, [], "en").plain.endswith("3 of 21 done, 15 once more")
    assert how_far_said(Counts(learning=1), [AT], "zh").plain == "已完成 0 / 1，1 张 09:04 后再答"


def test_what_is_said_in_front_of_it_is_what_there_is_room_for() -> None:
    far, said = how_far_said(Counts(new=1), [], "en"), ["Last card: Good, back in 10 min", "Last card: Good"]
    assert with_said(far, said, 80).plain == "Last card: Good, back in 10 min   1 new   0 of 1 done"
    assert with_said(far, said, 40).plain == "Last card: Good   1 new   0 of 1 done"
    assert with_said(far, said, 20).plain == with_said(far, [""], 80).plain == "1 new   0 of 1 done"
