"""Whatever stands in the way is one sentence: each line of what an examiner must bear, at a real server."""

import asyncio
import logging
import re
import sys
import time
from io import StringIO

import pytest
from asking import NOWHERE, SHORT, TASK, all_of, fault_of, judged, seen
from rich.console import Console
from rich.traceback import Traceback

from quizapp.examiner.ask import verdicts
from quizapp.examiner.fault import ExaminerFault, Refusal, http_fault
from quizapp.examiner.place import Place
from quizapp.examiner.task import Task
from quizapp.examiner.wire import Bounds

SECRET = "sk-proj-0123456789abcdef"
CLOSED = "http://127.0.0.1:9/v1"  # discard: nobody listens


@pytest.fixture(autouse=True)
def _no_proxy_and_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("EXAMINER_KEY", SECRET)


LINES = {
    "nope": "HOST has no model nope: “The model `nope` does not exist or you do not have access to it”.",
    "no-page": "HOST is there, but not at this address. Most addresses end with /v1.",
    "garbage": "What garbage said is not in the form that it was asked for, and cannot be read.",
    "empty": "empty said nothing.",
    "half": "The connection to HOST broke off in the middle of the answer.",
    "half-clean": "half-clean stopped before the end of its answer.",
    "half-shut": "The connection to HOST broke off in the middle of the answer.",
    "gone": "HOST has no model gone: “The model `gone` is not found”.",
    "hang-up": "HOST hung up without an answer.",
    "huge": "HOST says more than any verdict can be long, and was stopped.",
    "long-line": "HOST says more than any verdict can be long, and was stopped.",
    "locked": "HOST wants a key: “Incorrect API key provided”. Name what holds it, as in env:NAME.",
    "limit": "HOST takes no more for now, a limit is reached: “Rate limit reached”. Again in 17 s.",
    "quota": "HOST takes no more for now, a limit is reached: “You exceeded your current quota”.",
    "broken": "HOST answers with error 500.",
    "busy": "HOST answers with error 503: “Loading model”.",
    "redirect": "HOST points to another address, which is not followed: /v1/elsewhere",
    "html": "What answers at HOST does not speak as an examiner does (OpenAI's chat completions).",
    "not-json": "What answers at HOST does not speak as an examiner does (OpenAI's chat completions).",
    "error-inside": "HOST gave up in the middle: “CUDA out of memory”.",
}


@pytest.mark.parametrize("model", LINES)
def test_what_a_server_does_is_said_in_a_sentence(examiner_server: str, model: str) -> None:
    host = examiner_server.split("/")[2]
    before = len(seen(examiner_server))
    assert str(fault_of(Place(examiner_server, model))) == LINES[model].replace("HOST", host)
    assert len(seen(examiner_server)) == before + 1  # asked once: an error is not paid for twice


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("silent", "HOST said nothing for 0 s."),
        ("stall", "HOST stopped in the middle and said nothing more for 0 s."),
        ("endless", "HOST did not come to an end in 1 s."),
    ],
)
def test_it_is_waited_for_so_long(examiner_server: str, model: str, sentence: str) -> None:
    judged(Place(examiner_server, "good"))  # the client is imported
    began = time.monotonic()
    assert str(fault_of(Place(examiner_server, model), SHORT)) == sentence.replace(
        "HOST", examiner_server.split("/")[2]
    )
    assert time.monotonic() - began < 20  # the usual bounds are of minutes


def test_ten_megabytes_are_not_taken(examiner_server: str) -> None:
    for model in ("huge", "long-line"):
        fault_of(Place(examiner_server, model), Bounds(most_bytes=300_000))
        end = time.monotonic() + 20
        while not seen(examiner_server)[-1]["ended"] and time.monotonic() < end:
            time.sleep(0.02)
        assert seen(examiner_server)[-1]["ended"] == "broken"


def test_a_text_that_is_too_long_is_not_read_on(examiner_server: str) -> None:
    fault = fault_of(Place(examiner_server, "good"), Bounds(most_text=50))
    assert fault.sentence.id == "examiner.too_much"


def test_a_wrong_key_is_named_and_not_shown(examiner_server: str) -> None:
    host = examiner_server.split("/")[2]
    for model, said in (
        ("locked", "Incorrect API key provided"),
        ("echo", "Incorrect API key provided: •••. [red]Bearer •••"),
    ):
        fault = fault_of(Place(examiner_server, model, "env:EXAMINER_KEY"))
        assert str(fault) == f"{host} does not take the key that env:EXAMINER_KEY holds: “{said}”."
    fault = fault_of(Place(examiner_server, "forbidden", "env:EXAMINER_KEY"))
    assert str(fault).startswith(f"{host} does not allow this with the key that env:EXAMINER_KEY holds: ")


def test_the_right_key_is_taken(examiner_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMINER_KEY", "right-key")
    assert judged(Place(examiner_server, "locked", "env:EXAMINER_KEY"))[-1].cost is not None


def test_no_server_answers() -> None:
    assert str(fault_of(Place(CLOSED, "good"))) == "No examiner answers at 127.0.0.1:9. Is it running?"


def test_a_name_that_nobody_has() -> None:
    fault = fault_of(Place("https://examiner.invalid/v1", "good"))
    assert str(fault) == "examiner.invalid is not found. Is the address right, and is there a network?"


def test_what_speaks_no_tls(examiner_server: str) -> None:
    fault = fault_of(Place(examiner_server.replace("http:", "https:"), "good"))
    assert re.fullmatch(r"The connection to 127.0.0.1:\d+ is not safe(: “.*”)?. Nothing was sent. .*", str(fault))
    assert fault.sentence.id == "examiner.tls"


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from quizapp.examiner import client

    client._certificates.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    fault = fault_of(Place("https://127.0.0.1:9/v1", "good"))
    assert str(fault).startswith("The certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read")
    client._certificates.cache_clear()


def test_plain_http_to_another_machine_is_refused_unless_said(
    examiner_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = fault_of(Place("http://examiner.invalid/v1", "good"))
    assert str(fault) == (
        "Plain HTTP to examiner.invalid can be read on the way, and so can the key. Use https, or write "
        "insecure:http://examiner.invalid/v1 if you want just that."
    )
    monkeypatch.setenv("HTTP_PROXY", examiner_server.removesuffix("/v1"))
    assert judged(Place("insecure:http://examiner.invalid/v1", "good"))[-1].cost is not None
    assert seen(examiner_server)[-1]["path"] == "http://examiner.invalid/v1/chat/completions"  # through the proxy


def test_no_proxy_is_used_to_this_machine(examiner_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", CLOSED)
    monkeypatch.setenv("HTTP_PROXY", CLOSED)
    assert judged(Place(examiner_server, "good"))[-1].cost is not None


PROXIES = {
    "http://name:hunter22@127.0.0.1:9": "The proxy 127.0.0.1:9, which the environment names, does not answer. To "
    "reach examiner.invalid without it, put examiner.invalid in NO_PROXY.",
    "socks9://name:hunter22@127.0.0.1:9": "The proxy 127.0.0.1:9, which the environment names, is none that can be "
    "used (ValueError). Write it like http://proxy:3128",
    "SERVER": "The proxy SERVER, which the environment names, refuses: “501 Unsupported method ('CONNECT')”.",
}


@pytest.mark.parametrize("proxy", PROXIES)
def test_trouble_with_a_proxy_names_it_without_its_password(
    examiner_server: str, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    host = examiner_server.split("/")[2]
    monkeypatch.setenv("https_proxy", proxy.replace("SERVER", host))
    assert str(fault_of(Place("https://examiner.invalid/v1", "good"))) == PROXIES[proxy].replace("SERVER", host)


def test_without_the_extra_a_sentence_says_how_to_get_it(examiner_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    fault = fault_of(Place(examiner_server, "good"))
    assert str(fault).startswith("An examiner is asked with httpx, which is not installed: pip install")
    assert "[examiner]" in str(fault)


def test_an_answer_that_is_too_long_is_not_sent(examiner_server: str) -> None:
    before = len(seen(examiner_server))
    fault = fault_of(Place(examiner_server, "good"), task=Task("q", ("p",), "x" * 40_000, "en"))
    assert str(fault).startswith(
        "The answer is too long for an examiner: with its question more than 30,000 characters."
    )
    assert len(seen(examiner_server)) == before


@pytest.mark.parametrize("model", ["cut", "cut-lines"])
def test_a_model_that_is_cut_short_is_told_apart(examiner_server: str, model: str) -> None:
    fault = fault_of(Place(examiner_server, model))
    assert str(fault).startswith(f"{model} had used up its tokens before it was done.")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("17", " Again in 17 s."),
        ("0", " Again in 1 s."),
        ("3600", " Again in 60 min."),
        ("Thu, 01 Jan 1970 00:00:00 GMT", " Again in 1 s."),
        ("Fri, 31 Dec 9999 23:59:59 GMT", ""),
        ("-1", ""),
        ("9" * 400, ""),
        ("soon\x1b[31m", ""),
    ],
)
def test_when_one_may_ask_again(header: str, said: str) -> None:
    sentence = http_fault(("h", "m", ""), Refusal(503, {"retry-after": header}, b""), str)
    assert sentence.says("en") == f"h answers with error 503.{said}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "\\u001b[31mno\\u202e\\nmemory."}}', ": “no memory”"),
        (b'{"error": "no memory"}', ": “no memory”"),
        (b'[{"error": {"message": "no memory"}}]', ": “no memory”"),
        (b'{"detail": [{"msg": "no memory"}]}', ": “no memory”"),
        (b"no memory", ": “no memory”"),
        (b"<html>no memory", ""),
        (b"[" * 5000, f": “{'[' * 199}…”"),
        (b'{"error": 7}', ""),
        (b"\xff\xfe", ": “\ufffd\ufffd”"),
    ],
)
def test_a_servers_own_words_are_shown_clean_and_short(body: bytes, said: str) -> None:
    assert http_fault(("h", "m", ""), Refusal(500, {}, body), str).says("en") == f"h answers with error 500{said}."


def test_a_redirect_may_repeat_nothing_either() -> None:
    refusal = Refusal(302, {"location": f"https://x/\x1b[1m?key={SECRET}"}, b"")
    assert (
        http_fault(("h", "m", ""), refusal, lambda text: text.replace(SECRET, "•"))
        .says("en")
        .endswith("https://x/?key=•")
    )


def test_the_key_reaches_no_log_no_error_and_no_text(
    examiner_server: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    key, written = "env:EXAMINER_KEY", StringIO()
    *_, last = judged(Place(examiner_server, "echo-stream", key))
    assert "•••" in last.verdict.better and seen(examiner_server)[-1]["headers"]["Authorization"] == f"Bearer {SECRET}"
    print(last, file=written)
    for model in ("echo", "half", "hang-up", "error-inside", "garbage"):
        fault = fault_of(Place(examiner_server, model, key))
        assert fault.__context__ is None and fault.__cause__ is None
        trace = Traceback.from_exception(type(fault), fault, fault.__traceback__, show_locals=True)
        Console(file=written, width=400).print(trace)
        print(repr(fault), fault.sentence, fault.sentence.says("zh"), file=written)
    printed = capfd.readouterr()
    for text in (written.getvalue(), caplog.text, printed.out, printed.err):
        assert SECRET not in text and SECRET[3:-3] not in text
    assert "Key(…)" in written.getvalue()  # our own frames were among what was looked through


def test_a_flood_leaves_the_keys_their_turns(examiner_server: str) -> None:
    async def listen() -> tuple[float, float]:
        """The CPU seconds of a second that it takes, and the most between two turns that others had."""
        listening = asyncio.create_task(all_of(verdicts(Place(examiner_server, "crumbs"), TASK, NOWHERE, SHORT)))
        began, used, longest = time.monotonic(), time.thread_time(), 0.0
        while not listening.done():
            before = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - before)
        with pytest.raises(ExaminerFault):
            await listening
        return (time.thread_time() - used) / (time.monotonic() - began), longest

    share, longest = asyncio.run(listen())
    assert share < 0.6 and longest < 0.1  # a key takes many turns: they must be near each other
