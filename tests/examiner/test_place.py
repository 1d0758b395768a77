"""Addresses that are safe, keys that are named, and neither shown where it should not be."""

import sys
from types import SimpleNamespace

import pytest

from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Address, Key, Place, check_key_name, examiner_place, read_address, read_key
from quizapp.settings import Settings
from quizapp.texts import tell

SECRET = "sk-0123456789abcdef"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://localhost:11434/v1", Address("http://localhost:11434/v1", "localhost:11434", True, False)),
        ("http://127.0.0.1/v1/", Address("http://127.0.0.1/v1", "127.0.0.1", True, False)),
        ("http://127.9.9.9:1", Address("http://127.9.9.9:1", "127.9.9.9:1", True, False)),
        ("http://[::1]:8080/v1", Address("http://[::1]:8080/v1", "[::1]:8080", True, False)),
        ("https://api.example.com/v1", Address("https://api.example.com/v1", "api.example.com", False, False)),
        ("https://localhost/v1", Address("https://localhost/v1", "localhost", True, False)),
        ("https://h/v1/chat/completions", Address("https://h/v1", "h", False, False)),
        ("insecure:http://nas.lan:80/v1", Address("http://nas.lan:80/v1", "nas.lan:80", False, True)),
    ],
)
def test_an_address(written: str, address: Address) -> None:
    assert read_address(written) == address


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("", "bad"),
        ("localhost:11434/v1", "bad"),
        ("ftp://localhost/v1", "bad"),
        ("file:///etc/passwd", "bad"),
        ("http:///v1", "bad"),
        ("http://h:port/v1", "bad"),
        ("http://h:99999/v1", "bad"),
        ("http://[::1/v1", "bad"),
        ("https://h/v1\nHost: x", "bad"),
        ("https://h/a b", "bad"),
        ("http://localhost\\.example.com/v1", "bad"),
        ("http://[::1].example.com/v1", "bad"),
        ("http://[::1]example.com:80/v1", "bad"),
        ("insecure:insecure:http://h/v1", "bad"),
        (f"https://me:{SECRET}@h/v1", "user"),
        (f"https://{SECRET}@h/v1", "user"),
        ("http://localhost:x@evil.example/v1", "user"),
        (f"https://h/v1?key={SECRET}", "query"),
        (f"https://h/v1#{SECRET}", "query"),
        ("http://192.168.0.7:11434/v1", "clear"),
        ("http://localhost.example.com/v1", "clear"),
        ("http://0.0.0.0:11434/v1", "clear"),
        ("http://2130706433/v1", "clear"),
        ("http://127.1/v1", "clear"),
        ("http://[::ffff:7f00:1]/v1", "clear"),
    ],
)
def test_an_address_that_cannot_be_or_is_not_safe(written: str, id: str) -> None:
    with pytest.raises(ExaminerFault) as found:
        read_address(written)
    assert found.value.sentence.id == f"examiner.address.{id}"
    for said in (found.value.sentence.says("en"), found.value.sentence.says("zh")):
        assert SECRET not in said and "\n" not in said


def test_what_is_set_up() -> None:
    assert examiner_place(Settings()) is None
    assert examiner_place(Settings(examiner_address="http://h")) is None
    settings = Settings(examiner_address="http://h", examiner_model="m", examiner_key="env:K")
    assert examiner_place(settings) == Place("http://h", "m", "env:K")


@pytest.mark.parametrize(
    "name", [SECRET, "env:", "env:a b", "env:K=1", "ENV:K", "keyring:", "keyring:a\nb", f" {SECRET}", "env:K\n"]
)
def test_what_names_no_key_is_not_repeated(name: str) -> None:
    with pytest.raises(ExaminerFault) as found:
        check_key_name(name)
    with pytest.raises(ExaminerFault) as again:
        read_key(name)
    assert found.value.sentence == again.value.sentence == tell("examiner.key.name")


def test_a_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMINER_KEY", SECRET)
    key = read_key("env:EXAMINER_KEY")
    assert key.headers() == {"Authorization": f"Bearer {SECRET}"} and key and SECRET not in repr(key)
    assert not read_key("") and read_key("").headers() == {}
    for value in ("two words", f"{SECRET}\n", f"{SECRET}\r\nX: y", "naïve", "\x1b[31m"):
        monkeypatch.setenv("EXAMINER_KEY", value)
        with pytest.raises(ExaminerFault) as found:
            read_key("env:EXAMINER_KEY")
        assert str(found.value).startswith("What env:EXAMINER_KEY holds is no key") and value not in str(found.value)
    for gone in (False, True):
        monkeypatch.delenv("EXAMINER_KEY") if gone else monkeypatch.setenv("EXAMINER_KEY", "")
        with pytest.raises(ExaminerFault, match="The environment variable EXAMINER_KEY, which is to hold"):
            read_key("env:EXAMINER_KEY")


def test_a_key_in_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {("quizapp", "mine"): SECRET}
    keyring = SimpleNamespace(get_password=lambda service, name: kept.get((service, name)))
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert read_key("keyring:mine").headers() == {"Authorization": f"Bearer {SECRET}"}
    with pytest.raises(
        ExaminerFault, match=r"no entry other of the service quizapp\. Add it: keyring set quizapp other"
    ):
        read_key("keyring:other")

    def locked(service: str, name: str) -> str:
        raise RuntimeError("the collection is locked")

    keyring.get_password = locked
    with pytest.raises(ExaminerFault, match="The keyring did not give the key: the collection is locked") as found:
        read_key("keyring:mine")
    assert found.value.__context__ is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ExaminerFault, match="not installed: pip install keyring"):
        read_key("keyring:mine")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"a {SECRET} b {SECRET}", "a ••• b •••"),
        (f"a {SECRET[:-1]}", "a "),  # the rest is still coming
        (f"a {SECRET[:5]}", f"a {SECRET[:5]}"),
        ("", ""),
    ],
)
def test_a_key_is_hidden_in_a_text(text: str, hidden: str) -> None:
    assert Key(SECRET).hide(text) == hidden
    assert Key("ollama").hide("ollama is") == "ollama is"  # no secret
    assert Key().hide(text) == text
