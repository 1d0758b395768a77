"""Events of all cards added up one by one: the same as each card's history brought in order."""

from pathlib import Path

import pytest
from memory_world import DAY, KEY, NAMED, NOW, RULES, Device, give, lived_in, opened, written
from msgspec.structs import replace

from quizapp.memory.all_cards import AllCards
from quizapp.memory.events import AnyEvent, Link, Optimized, Undone, link
from quizapp.memory.replay import UNTOUCHED, fold, turns
from quizapp.memory.rules_named import rules_record
from quizapp.memory.schedule import Rules

pytestmark = pytest.mark.usefixtures("no_waiting")


def histories(events: list[AnyEvent]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for event in events:
        if (place := link(event)) is not None:
            found.setdefault(place.card, []).append(place)
    return found


def test_what_follows_is_added_and_what_does_not_waits_for_all_its_events(folder: Path) -> None:
    stood = lived_in(folder)
    events = written(folder)
    cards = AllCards({})
    for event in events:
        cards.add(event, mine=True)
    assert cards.unsettled == {"deck/2"}  # of it something was undone
    assert {key: cards.standings[key] for key in stood if key != "deck/2"} == {
        key: standing for key, standing in stood.items() if key != "deck/2"
    }
    cards.settle({"deck/2": histories(events)["deck/2"]})
    assert (cards.standings, cards.unsettled) == (stood, set())
    assert (cards.added, cards.days) == (len(events), {(NOW + n * 5 * DAY).date() for n in range(3)})


def test_an_event_says_how_its_card_stood_before_it() -> None:
    device, cards = Device("a"), AllCards({})
    cards.rules = dict(NAMED)
    stood = []
    for day in range(4):
        before = device.standing
        event = device.review("good", NOW + day * DAY)
        stood.append((before, cards.add(event, mine=True)))
    assert [before for before, _ in stood] == [found for _, found in stood]
    device.undo(NOW + 5 * DAY)
    (undone,) = [event for event in device.known.values() if event.id == "a-5"]
    assert isinstance(undone, Undone)
    assert cards.add(undone, mine=True) is None and cards.unsettled == {KEY}
    assert cards.add(undone, mine=True) is None  # nor does anything that comes then


def test_a_history_taken_turn_by_turn_ends_as_the_card_stands() -> None:
    device = Device("a")
    for day in range(3):
        device.review("good", NOW + day * DAY)
    device.undo(NOW + 4 * DAY, back=1)
    events = list(device.known.values())
    found = list(turns(reversed(events), NAMED))
    assert [turn.event.id for turn in found] == ["a-1", "a-2", "a-3", "a-4"]
    assert [turn.counts for turn in found] == [True, False, True, True]
    assert found[0].before == UNTOUCHED and found[-1].after == fold(events, NAMED)
    assert [turn.before for turn in found[1:]] == [turn.after for turn in found[:-1]]


def test_no_other_device_displaces_what_this_one_says_of_rules_and_weights() -> None:
    mine, theirs = rules_record(RULES, 1, "m", NOW), rules_record(Rules(retention=0.8), 1, "t", NOW)
    forged = replace(theirs, name=mine.name)
    fitted = Optimized(2, "same", NOW, None, RULES.weights, 500, 0.4, 0.3)
    other = replace(fitted, before=0.9)
    for order in ((forged, mine, other, fitted), (mine, forged, fitted, other)):
        cards = AllCards({})
        for event in order:
            cards.add(event, mine=event in (mine, fitted))
        assert (cards.rules, cards.last_fit()) == ({mine.name: RULES}, fitted)


def test_renames_unsettle_whom_they_join_or_part(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good", key="deck/old")
    give(recorder, "easy", key="deck/new")
    recorder.close()
    cards = AllCards({})
    for event in written(folder):
        cards.add(event, mine=True)
    assert not cards.moved()
    cards.rename({"deck/old": "deck/new"})
    assert cards.moved() and cards.unsettled == {"deck/old", "deck/new"}
    assert cards.key("deck/old") == "deck/new" and cards.key("deck/else") == "deck/else"
    cards.settle({"deck/old": [], "deck/new": [link for each in histories(written(folder)).values() for link in each]})
    assert cards.standings.keys() == {"deck/new"} and cards.standings["deck/new"].events == 2
    assert not cards.moved()
