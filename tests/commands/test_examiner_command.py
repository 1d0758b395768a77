"""`quizapp examiner`: set up, asked how it stands, and its examiner examined by way of a server of simple rules."""

import errno
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from io import StringIO
from typing import Any
from urllib.request import urlopen

import pytest

from quizapp import disk
from quizapp.commands import examine_examiner, progress_bar
from quizapp.examiner.ask import Judging, verdicts
from quizapp.examiner.place import Place
from quizapp.examiner.record import Record
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def set_up(quizapp: Call, examiner_server: str) -> Callable[..., Place]:
    """Set up the model that behaves so, and forget what it was sent."""

    def call(model: str = "good") -> Place:
        assert quizapp("examiner", "--address", examiner_server, "--model", model)[0] == 0
        return Place(examiner_server, model)

    return call


def requests(address: str) -> int:
    """How many the server has had."""
    with urlopen(f"{address}/seen") as answer:
        return len(json.load(answer))


def test_without_any_it_says_how_to_set_one_up(quizapp: Call, home: Home) -> None:
    code, out, err = quizapp("examiner")
    assert (code, err) == (0, "") and "No examiner is set up: quizapp examiner --address " in out
    assert json.loads(quizapp("examiner", "--json")[1]) == {
        **{"address": "", "model": "", "key": "", "client": True},
        **{"agreed": False, "tested": None, "spent": []},
    }
    assert quizapp("examiner", "--test")[0] == 2 and not home.root.exists()


def test_it_is_set_up_and_taken_out(quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.root.mkdir()
    home.settings.write_text("# mine\nlanguage: en\n")
    words = ("--address", "http://localhost:11434/v1", "--model", "a:8b", "--key", "env:A_KEY")
    monkeypatch.setenv("A_KEY", "sk-secret-secret")
    code, out, err = quizapp("examiner", *words)
    assert (code, err) == (0, "")
    assert [line.split("  ")[0] for line in out.splitlines()] == [
        *("Address", "Model", "Key", "Client", "Consent", "Test")
    ]
    assert "env:A_KEY\n" in out and "not tested: quizapp examiner --test" in out and "sk-secret" not in out
    monkeypatch.delenv("A_KEY")
    assert "env:A_KEY, which is not set here" in quizapp("examiner")[1]
    found = json.loads(quizapp("examiner", "--json")[1])
    assert (found["address"], found["model"], found["key"]) == (words[1], words[3], words[5])
    assert quizapp("examiner", "--address", "", "--model", "", "--key", "")[0] == 0
    assert home.settings.read_text() == "# mine\nlanguage: en\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--address", "ftp://localhost/v1"),
        ("--address", "http://example.org/v1"),
        ("--address", "http://user:secret@localhost/v1"),
        ("--key", "sk-a-secret-of-mine"),
        ("--key", "sk-" + "a-secret-of-mine" * 20),
    ],
    ids=lambda words: words[1][:20],
)
def test_what_is_wrong_changes_nothing(quizapp: Call, home: Home, words: tuple[str, str]) -> None:
    code, out, err = quizapp("examiner", "--model", "a", *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1) and "secret" not in err
    assert not home.settings.exists()


@pytest.mark.parametrize(
    "key", ["sk-a-secret-of-mine", "[sk-a-secret-of-mine]", "secret" * 40], ids=["", "list", "long"]
)
def test_a_key_that_stands_in_the_settings_is_not_shown(quizapp: Call, home: Home, key: str) -> None:
    home.root.mkdir()
    home.settings.write_text(f"examiner_key: {key}\n")
    for words in ((), ("--json",)):
        code, out, err = quizapp("examiner", *words)
        assert code == (key != "sk-a-secret-of-mine") and "secret" not in out + err


def test_the_whole_test(quizapp: Call, home: Home, set_up: Callable[..., Place]) -> None:
    """All 120 answers: judged once, the figures shown, kept, and told wherever the model is."""
    place = set_up()
    before = requests(place.address)
    code, out, err = quizapp("examiner", "--test", "--yes")
    assert (code, err) == (0, "")  # no bar where nobody sees it
    assert requests(place.address) - before == 120
    heading, mine, words, second, *rest = out.splitlines()
    assert heading.split() == ["falsely", "made", "falsely", "missed", "as", "the", "reference", "points"]
    assert mine.startswith("good ") and mine.endswith(" 315")
    assert words.split("  ")[0] == "words to look for" and "18% (12-27)" in words and "76% (69-81)" in words
    assert "0% (0-10)" in second and "100% (91-100)" in second
    assert "of the 141 points that the reference calls missed" in " ".join(rest)
    assert "It is one model, twice, not two people" in " ".join(rest)
    found = json.loads(quizapp("examiner", "--test", "--json")[1])
    assert requests(place.address) - before == 120  # nothing is sent twice
    assert found["examiner"]["points"] == 315 and found["examiner"]["falsely_made"]["of"] == 141
    assert found["hit_words"]["falsely_made"]["found"] == 26 and found["second_reading"]["alike"]["found"] == 315
    standing = json.loads(quizapp("examiner", "--json")[1])
    assert standing["tested"] == found["examiner"] and standing["agreed"] is True
    (spent,) = standing["spent"]
    assert (spent["model"], spent["times"], spent["tokens_in"], spent["tokens_out"]) == ("good", 120, 38520, 5400)
    said = quizapp("examiner")[1]
    assert "tested on 315 points: falsely made " in said and "38,520" in said and "you agreed" in said
    other = set_up("plain")
    assert "not tested" in quizapp("examiner")[1] and Record(home.examiner).tested(other) is None


def test_of_a_few_answers_only_the_agreement_is_told(quizapp: Call, home: Home, set_up: Callable[..., Place]) -> None:
    set_up()
    code, out, _ = quizapp("examiner", "--test", "--yes", "--count", "4")
    assert code == 0 and out.splitlines()[1].split()[1:3] == ["-", "-"] and "Of fewer than 200 points" in out
    assert "too few to say more" in quizapp("examiner")[1]


def test_nothing_is_sent_before_somebody_agrees(
    quizapp: Call, home: Home, set_up: Callable[..., Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, asked = set_up(), list[str]()

    def answers(said: str) -> Callable[[str], str]:
        def answer(question: str) -> str:
            asked.append(question)
            return said

        return answer

    before = requests(place.address)
    words = ("examiner", "--test", "--count", "2")
    code, out, err = quizapp(*words)
    assert (code, out) == (1, "") and "--test --yes" in err  # not a terminal: nobody to ask
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answers(""))
    assert quizapp(*words)[0] == 1 and len(asked) == 1 and requests(place.address) == before
    assert quizapp(*words, "--json")[0] == 1 and len(asked) == 1  # JSON alone stands there
    monkeypatch.setattr("builtins.input", answers("y"))
    code, out, _ = quizapp(*words)
    assert code == 0 and "2 answers of the reference" in out and place.address in out and "may charge" in out
    assert requests(place.address) - before == 2
    assert quizapp("examiner", "--test", "--count", "3")[0] == 0 and len(asked) == 2  # asked once an address


def test_what_is_sent_in_the_clear_is_said_to_be(quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    quizapp("examiner", "--address", "insecure:http://192.0.2.1/v1", "--model", "a")
    code, out, _ = quizapp("examiner", "--test")
    assert code == 1 and "unencrypted" in out and "http://192.0.2.1/v1" in out
    home.settings.write_text("examiner_address: http://192.0.2.1/v1\nexaminer_model: a\n")
    code, out, err = quizapp("examiner", "--test")
    assert (code, out) == (1, "") and "insecure:http://192.0.2.1/v1" in err  # without a question


def test_stopped_it_goes_on_where_it_was(
    quizapp: Call, home: Home, set_up: Callable[..., Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, asked = set_up(), 0
    before = requests(place.address)
    heeds = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may ignore it

    async def stopped(*given: Any) -> AsyncIterator[Judging]:
        nonlocal asked
        asked += 1
        if asked == 4:
            signal.raise_signal(signal.SIGINT)
        async for judging in verdicts(*given):
            yield judging

    monkeypatch.setattr(examine_examiner, "verdicts", stopped)
    words = ("examiner", "--test", "--yes", "--count", "8")
    try:
        code, out, err = quizapp(*words)
    finally:
        signal.signal(signal.SIGINT, heeds)
    assert (code, out) == (130, "") and "3 of 8 answers are judged and kept" in err
    assert Record(home.examiner).tested(place) is None
    assert quizapp(*words)[0] == 0 and requests(place.address) - before in (8, 9)  # the one that was under way


@pytest.mark.parametrize("model", ["quota", "no-such-model", "locked"])
def test_what_ends_it_is_said(quizapp: Call, home: Home, set_up: Callable[..., Place], model: str) -> None:
    place = set_up(model)
    code, out, err = quizapp("examiner", "--test", "--yes")
    assert (code, out) == (1, "") and len(err.splitlines()) == 2 and "0 of 120 answers are judged and kept" in err
    assert Record(home.examiner).tested(place) is None


def test_a_limit_is_waited_for(quizapp: Call, set_up: Callable[..., Place], monkeypatch: pytest.MonkeyPatch) -> None:
    place, waited = set_up("limit"), list[float]()
    before = requests(place.address)

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(examine_examiner, "sleep", wait)
    code, out, err = quizapp("examiner", "--test", "--yes")
    assert (code, out, waited) == (1, "", [17, 17, 17]) and requests(place.address) - before == 4
    assert err.count("Again in 17 s.") == 4


@pytest.mark.parametrize("agreed", [True, False])
def test_what_the_disk_does_not_take_is_not_asked_for(
    quizapp: Call, home: Home, set_up: Callable[..., Place], monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space", str(home.examiner))

    place = set_up()
    if agreed:
        quizapp("examiner", "--test", "--count", "1", "--yes")
    before = requests(place.address)
    monkeypatch.setattr(disk, "append", full)
    code, out, err = quizapp("examiner", "--test", "--count", "5", "--yes")
    assert (
        (code, out) == (1, "") and "No space left" in err and f"{int(agreed)} of 5 answers are judged and kept" in err
    )
    assert requests(place.address) == before + agreed  # of one it is seen that the rest would be lost


def test_what_cannot_be_read_is_counted(quizapp: Call, home: Home, set_up: Callable[..., Place]) -> None:
    set_up("garbage")
    code, out, err = quizapp("examiner", "--test", "--yes", "--count", "2")
    assert (code, err) == (0, "") and "Of 2 answers what the model wrote could not be read" in out
    assert "tested on 2 answers, and judged no point" in quizapp("examiner")[1]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_stands_in_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("a [red]model\x1b[31m", 2) as step:
        step()
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("a [red]model\x1b[31m", 2) as step:
        step()
        step()
    assert "a [red]model" in terminal.getvalue() and "2/2" in terminal.getvalue()
    assert capsys.readouterr().out == ""
