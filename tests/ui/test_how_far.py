"""How far a session is, in one line."""

from datetime import datetime

from quizapp.study.queue import Counts
from quizapp.ui.how_far import how_far_said, to_go_said, with_said

AT = datetime(2026, 11, 23, 9, 4)


def test_the_parts_of_the_day_add_up_and_what_comes_later_says_when() -> None:
    counts = Counts(new=1, learning=15, due=2, done=14, once_more=13)
    assert how_far_said(counts, (None, AT), "en").plain == "1 new   4 due   14 of 19 done, 13 once more (from 09:04)"
    assert how_far_said(counts, (None, None), "en").plain.endswith("14 of 19 done, 13 once more")
    assert how_far_said(Counts(learning=1), (AT, None), "zh").plain == "待复习 1（09:04 起）   已完成 0 / 1"
    assert to_go_said(counts, (None, AT), "en") == ["5 cards to go", ", 13 come once more", " (from 09:04)"]
    now_too = "".join(to_go_said(counts, (AT, AT), "zh"))
    assert now_too == "还要学 5 张，另有 13 张要再答（09:04 起）", "a new one can be asked now"
    failed = Counts(learning=3, done=1, once_more=1)
    said = "2 cards to go (from 09:04), 1 comes once more (at 09:04)"
    assert "".join(to_go_said(failed, (AT, AT), "en")) == said
    again = Counts(learning=1, done=1, once_more=1)
    assert to_go_said(again, (None, AT), "en") == ["1 card comes once more", " (at 09:04)"]


def test_what_is_said_in_front_of_it_is_what_there_is_room_for() -> None:
    far, said = how_far_said(Counts(new=1), (None, None), "en"), ["Last card: Good, back in 10 min", "Last card: Good"]
    assert with_said(far, said, 80).plain == "Last card: Good, back in 10 min   1 new   0 of 1 done"
    assert with_said(far, said, 40).plain == "Last card: Good   1 new   0 of 1 done"
    assert with_said(far, said, 20).plain == with_said(far, [""], 80).plain == "1 new   0 of 1 done"
