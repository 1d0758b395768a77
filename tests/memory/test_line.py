"""One event, one line: what is written is read, and no change goes unnoticed."""

import json
import zlib
from datetime import datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_world import KEY, NOW, RULES, Device, a_review
from msgspec.structs import replace

from quizapp.memory import events
from quizapp.memory.events import Opened, Predicted, Unknown, link
from quizapp.memory.line import Damaged, from_line, seal, sealed, to_line
from quizapp.memory.rules_named import rules_record
from quizapp.memory.schedule import GRADES, Grade

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))

times = st.datetimes(datetime(1980, 1, 1), datetime(9998, 12, 31), timezones=offsets)


@given(
    st.sampled_from(GRADES), texts, texts, st.none() | texts, times,
    st.lists(st.integers(0, 9)), st.none() | st.floats(0, 1e6), st.none() | st.integers(0, 100),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read(
    grade: Grade, card: str, on: str, typed: str | None, at: datetime,
    ticks: list[int], took_s: float | None, confidence: int | None,
) -> None:  # fmt: skip
    event = replace(
        a_review(), grade=grade, card=card, on=on, typed=typed, at=at, ticks=tuple(ticks), took_s=took_s,
        confidence=confidence,
    )  # fmt: skip
    line = to_line(event)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert from_line(line) == from_line(line[:-1]) == event
    assert json.loads(line)["type"] == "reviewed"
    assert list(json.loads(line))[-1] == "crc"


def test_every_type_is_read_back() -> None:
    device = Device("a")
    for what in events.CHANGES:
        device.change(what, NOW)
    device.undo(NOW)
    more: list[events.Event] = [
        Opened(1, "x", NOW, 1, "abc"),
        rules_record(RULES, 2, "y", NOW),
        Predicted(
            3, "z", NOW, NOW.date(), KEY, "quantize", "sqnr_db", knobs={"bits": 4, "scale": "tensor", "on": True}
        ),
        events.Optimized(4, "w", NOW, None, RULES.weights, 500, 0.4, 0.3),
    ]
    for event in [*device.known.values(), *more]:
        assert isinstance(event, events.Event)
        again = from_line(to_line(event))
        assert isinstance(again, events.Event)
        assert to_line(again) == to_line(event)
        assert type(again) is type(event)


def test_the_checksum_is_the_one_that_is_documented() -> None:
    line = to_line(a_review())
    body, _, end = line.rpartition(b',"crc":')
    assert json.loads(end.rstrip()[:-1]) == f"{zlib.crc32(body):08x}"


@pytest.mark.parametrize("change", [0x01, 0x20, 0x80])
def test_no_changed_byte_goes_unnoticed(change: int) -> None:
    line = to_line(a_review())
    for n in range(len(line) - 1):
        with pytest.raises(Damaged):
            from_line(line[:n] + bytes([line[n] ^ change]) + line[n + 1 :])


def test_no_cut_goes_unnoticed() -> None:
    line = to_line(a_review())
    for n in range(len(line) - 1):
        assert not sealed(line[:n])
        with pytest.raises(Damaged):
            from_line(line[:n])
        with pytest.raises(Damaged):
            from_line(line[len(line) - n :])


@pytest.mark.parametrize("line", [b"", b"\n", b"\0" * 50, b"{}\n", seal(b"{}"), seal(b'{"type":"x"}'), b"\xff\xfe\n"])
def test_what_is_no_event_is_damaged(line: bytes) -> None:
    with pytest.raises(Damaged):
        from_line(line)


def keeps_its_place(event: events.AnyEvent) -> bool:
    found: object = link(event)
    return found is event


def test_a_type_of_a_newer_program_keeps_its_place() -> None:
    raw = b'{"type":"rescheduled","seq":9,"id":"q","at":"2026-01-02T03:04:05+01:00","card":"a/b","on":null,"nth":0'
    event = from_line(seal(raw + b',"by":{}}'))
    assert isinstance(event, Unknown)
    assert event.type == "rescheduled"
    assert keeps_its_place(event)
    assert (event.card, event.on, event.nth) == ("a/b", None, 0)


def test_a_known_type_with_values_we_do_not_know_is_not_lost() -> None:
    raw = msgspec.to_builtins(a_review()) | {"grade": "perfect"}
    event = from_line(seal(msgspec.json.encode(raw)))
    assert isinstance(event, Unknown)
    assert keeps_its_place(event)
    assert (event.card, event.on, event.nth) == (KEY, None, 0)


def test_members_we_do_not_know_are_ignored() -> None:
    event = a_review()
    raw = msgspec.to_builtins(event) | {"mood": ["fine"]}
    assert from_line(seal(msgspec.json.encode(raw))) == event


@pytest.mark.parametrize("depth", [100, 100_000])
@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_what_is_nested_deep_is_read_or_damaged(depth: int, bracket: str) -> None:
    inside = b"[" * depth + b"]" * depth if bracket == "[]" else b'{"x":' * depth + b"0" + b"}" * depth
    for member in (b"rules", b"mood"):
        start = b'{"type":"rules","seq":1,"id":"q","at":"2026-01-02T03:04:05Z","name":"n","scheduler":"s"'
        line = seal(start + b',"' + member + b'":' + inside + b"}")
        if depth > 100:
            with pytest.raises(Damaged, match="not an event"):
                from_line(line)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("member", ["at", "day"])
def test_a_time_that_not_every_zone_has_is_no_event(at: str, member: str) -> None:
    raw = msgspec.to_builtins(a_review()) | {member: at if member == "at" else at[:10]}
    for kind in ("reviewed", "sung"):
        with pytest.raises(Damaged, match="no clock shows"):
            from_line(seal(msgspec.json.encode(raw | {"type": kind})))


@pytest.mark.parametrize(
    ("member", "value"), [("seq", -1), ("seq", 2**64), ("nth", -1), ("nth", 2**64), ("nth", 10**30), ("id", 7)]
)
def test_numbers_that_nobody_counts_to_are_damage(member: str, value: int) -> None:
    raw = msgspec.to_builtins(a_review()) | {member: value}
    with pytest.raises(Damaged, match=member):
        from_line(seal(json.dumps(raw).encode()))


@pytest.mark.parametrize(("member", "value"), [("confidence", 101), ("ticks", [2**64]), ("chosen", [-1])])
def test_a_review_with_numbers_that_make_no_sense_keeps_its_place_alone(member: str, value: object) -> None:
    event = from_line(seal(json.dumps(msgspec.to_builtins(a_review()) | {member: value}).encode()))
    assert isinstance(event, Unknown) and keeps_its_place(event)


def test_a_time_without_its_offset_is_no_event() -> None:
    raw = msgspec.to_builtins(a_review()) | {"at": "2026-01-02T03:04:05"}
    with pytest.raises(Damaged, match="at"):
        from_line(seal(msgspec.json.encode(raw)))
