"""A server that speaks as examiners do, for tests and for screens: no model, simple rules, bad manners on request.

`python tests/examiner/server.py [PORT]` prints its address; a port is chosen where none is given. It ends with whoever
started it through a pipe. `POST /v1/chat/completions` judges: a point whose words the answer has is made, with a part
of them partly. What is "always" or "never" so is wrong. `GET /v1/seen` lists the requests so far, with their headers
and bodies, and whether the answer was taken to its end. The `model` says how it behaves: MODELS; any other is unknown.
"""

import json
import os
import re
import socket
import stat
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODELS = {
    "good": "as it should be",
    "slow": "a token each 50 ms; slow-N: each N ms",
    "plain": "400 for response_format, and a while later the connection is closed",
    "picky": "400 for max_tokens, then for temperature, as some services have it",
    "no-system": "400 for a message of the system",
    "prose": "words around the JSON",
    "fenced": "the JSON in a Markdown fence",
    "think": "thoughts in the text, with JSON in them, before the JSON",
    "think-apart": "thoughts in a field of their own",
    "commas": "commas before ] and }, single quotes, no quotes around names",
    "lines": "no JSON: lines such as '1: made'",
    "no-usage": "says nothing of tokens",
    "whole": "one JSON answer though a stream was asked for",
    "again": "asks the same question each time",
    "words": "the words of a point are none that the answer has",
    "escapes": "escape codes, bidi controls and markup in every text",
    "odd-points": "points that do not exist, and verdicts that do not",
    "few-points": "only the first point",
    "more-points": "twice as many points as there are",
    "garbage": "a text that says nothing of points",
    "empty": "an empty text",
    "silent": "takes the request and never answers",
    "stall": "a part, then nothing for ever",
    "open": "all of it, then nothing for ever, not even the end",
    "endless": "for ever",
    "half": "half the JSON, then the connection is gone",
    "half-clean": "half the JSON, then [DONE]",
    "half-shut": "half the JSON, then the stream ends without a word",
    "gone": "400 that says that there is no such model",
    "cut": "half the JSON, as no more tokens were allowed",
    "cut-lines": "half the lines, for the same reason",
    "huge": "10 MB in the stream",
    "long-line": "10 MB without the end of a line",
    "crumbs": "for ever, a byte a chunk, as fast as it can",
    "locked": "401 but for the key 'right-key'",
    "forbidden": "403",
    "no-page": "404 that says nothing of a model",
    "echo": "401 that repeats the key",
    "echo-stream": "repeats the key in every text of a good answer",
    "limit": "429 with Retry-After: 17",
    "quota": "429 without a time, in its own words",
    "broken": "500 with a page of HTML",
    "busy": "503",
    "redirect": "307 to the same server, as another model",
    "html": "200 with a page of HTML",
    "not-json": "a stream whose events are no JSON",
    "error-inside": "an error in the stream after a part",
    "hang-up": "the connection is gone at once",
}
CLAUSE = re.compile(r"[^.;,!?\n。；，！？、]+")
seen: list[dict[str, Any]] = []


def words_of(text: str) -> set[str]:
    """What of a text may be found in another: words of four letters or more, digits, pairs of Chinese characters."""
    text = text.casefold()
    chinese = re.findall(r"[\u3400-\u9fff]+", text)
    pairs = {run[i : i + 2] for run in chinese for i in range(len(run) - 1)}
    return pairs | {word[:5] for word in re.findall(r"[a-z]{4,}", text)} | set(re.findall(r"\d+", text))


def share(point: str, text: str) -> float:
    """How much of the words of `point` is in `text`, from 0 to 1."""
    wanted = words_of(point)
    return len(wanted & words_of(text)) / len(wanted) if wanted else 0


def short(text: str) -> str:
    """At most 12 words, or 24 Chinese characters, as they stand."""
    found = re.match(r"\S+(?:\s+\S+){0,11}", text.strip())
    text = found[0] if found else ""
    return text[:24] if re.search(r"[\u3400-\u9fff]", text) else text


def judged(task: dict[str, Any]) -> dict[str, Any]:
    """The verdict on a task by the rules above."""
    said = " ".join((task["answer"], *(follow["answer"] for follow in task.get("follow_ups", ()))))
    clauses = CLAUSE.findall(said) or [""]
    points, missed = [], ""
    for number, point in enumerate(task["points"], 1):
        text = point["text"]
        much = share(text, said)
        made = "made" if much >= 0.4 else "partly" if much >= 0.2 else "missed"
        missed = missed or (text if made == "missed" else "")
        best = max(clauses, key=lambda clause: share(text, clause))
        points.append({"point": number, "words": "" if made == "missed" else short(best), "verdict": made})
    wrong = [short(clause) for clause in clauses if re.search(r"\b(always|never)\b|总是|从不|永远", clause)]
    chinese = bool(re.search(r"[\u3400-\u9fff]", task["question"]))
    better = (f"还可以说：{missed}" if chinese else f"Say as well: {missed}") if missed else ""
    return {"points": points, "wrong": wrong, "better": better}


def asked(task: dict[str, Any], model: str = "") -> dict[str, Any]:
    """A question about what was said, one for each of its clauses, none about the same twice."""
    chinese = bool(re.search(r"[\u3400-\u9fff]", task["question"]))
    before = {follow["question"] for follow in task.get("follow_ups", ())} if model != "again" else set()
    for clause in CLAUSE.findall(task["answer"]):
        said = short(clause)
        question = f"你说到“{said}”，为什么？" if chinese else f"You said: {said}. Why is that so?"
        if said and question not in before:
            return {"question": question}
    return {"question": ""}


def task_in(body: dict[str, Any]) -> dict[str, Any]:
    """The task in the last message: a JSON object, perhaps after the words of the system."""
    text = body["messages"][-1]["content"]
    task: dict[str, Any] = json.loads(text[text.index('{"task"') :])
    return task


def answer_text(model: str, task: dict[str, Any], key: str) -> str:
    """What the model writes."""
    found = judged(task) if task["task"] == "judge" else asked(task, model)
    points: list[dict[str, Any]] = found.get("points", [])
    match model:
        case "words":
            for point in points:
                point["words"] = "words that nobody said"
        case "escapes" | "echo-stream":
            odd = f" {key}" if model == "echo-stream" else "\x1b[31m[red]x[/] [@click=app.quit]\u202eabc\x1b]0;t\x07"
            found = odd_texts(found, odd)
        case "odd-points":
            points += [{"point": n, "words": "", "verdict": "made"} for n in (0, -1, 99, 10**30, "two", None, 1.5)]
            points += [{"point": 1, "words": 7, "verdict": "splendid"}, 3, "made", None]  # type: ignore[list-item]
        case "few-points":
            found["points"] = points[:1]
        case "more-points":
            found["points"] = points + [{**point, "point": point["point"] + len(points)} for point in points]
    text = json.dumps(found, ensure_ascii=False)
    match model:
        case "prose":
            return f"Sure! Here is my verdict on {{the answer}}:\n\n{text}\n\nI hope that {{this}} helps."
        case "fenced":
            return f"```json\n{json.dumps(found, ensure_ascii=False, indent=2)}\n```"
        case "think":
            return f'<think>\nAt first {{"points": [{{"point": 1, "verdict": "missed"}}]}}?\nNo.\n</think>\n\n{text}'
        case "commas":
            text = re.sub(r'"(points|point|words|verdict|wrong|better|question)":', r"\1:", text)
            return re.sub(r"([\]}])", r",\1", re.sub(r'verdict: "(\w+)"', r"verdict: '\1'", text))
        case "lines" | "cut-lines" if points:
            lines = [f'{point["point"]}: {point["verdict"]} - "{point["words"]}"' for point in points]
            return "\n".join([*lines, *(f"Wrong: {claim}" for claim in found["wrong"]), f"Better: {found['better']}"])
        case "lines":
            return str(found["question"])
        case "garbage":
            return "I am only a language model, and like to talk about the weather. " * 5
        case "empty":
            return ""
    return text


def odd_texts(value: Any, odd: str) -> Any:
    """`value` with `odd` in every text of it that is no verdict."""
    if isinstance(value, dict):
        return {name: inner if name == "verdict" else odd_texts(inner, odd) for name, inner in value.items()}
    if isinstance(value, list):
        return [odd_texts(inner, odd) for inner in value] or [odd]
    return value + odd if isinstance(value, str) else value


class Handler(BaseHTTPRequestHandler):
    """One connection, one request: an answer in chunks, and then it is closed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the screen is not ours."""

    def do_GET(self) -> None:
        if self.path == "/v1/seen":
            self.page(200, json.dumps(seen), "application/json")
        else:
            self.page(404, "no such page", "text/plain")

    def do_POST(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)  # what was not taken is not sent
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request: dict[str, Any] = {"path": self.path, "headers": dict(self.headers), "ended": ""}
        seen.append(request)
        try:
            request["body"] = json.loads(body)
            self.answer(request["body"])
            request["ended"] = "whole"
        except OSError:
            request["ended"] = "broken"

    def answer(self, body: dict[str, Any]) -> None:
        """What the model of the request does."""
        model, key = body["model"], self.headers.get("Authorization", "").removeprefix("Bearer ")
        path = re.sub("^http://[^/]*", "", self.path)  # as a proxy is asked
        if path != "/v1/chat/completions" or model == "no-page":
            return self.page(404, "404 page not found", "text/plain")
        if self.refused(model, body, key):
            return None
        if model == "whole":
            text = answer_text(model, task_in(body), key)
            return self.page(200, json.dumps({"choices": [{"message": {"content": text}}], "usage": USAGE}))
        if model in ("silent", "hang-up"):
            return self.until_left() if model == "silent" else None
        return self.stream(model, body, key)

    def refused(self, model: str, body: dict[str, Any], key: str) -> bool:
        """Whether the request was answered by an error, or by what is no stream."""
        roles = [message["role"] for message in body["messages"]]
        match model:
            case "plain" if "response_format" in body:
                self.error(400, "This model does not support response_format.")
                time.sleep(0.2)  # the connection is closed only now, and nobody was told that it would be
            case "picky" if "max_tokens" in body:
                self.error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
            case "picky" if "temperature" in body:
                self.error(400, "Unsupported value: 'temperature' does not support 0 with this model.")
            case "no-system" if "system" in roles:
                self.error(400, "System role not supported")
            case "locked" if key != "right-key":
                self.error(401, "Incorrect API key provided.")
            case "echo":
                self.error(401, f"Incorrect API key provided: {key}. \x1b[31m[red]Bearer {key}")
            case "forbidden":
                self.error(403, "This project has no access.")
            case "gone":
                self.error(400, "The model `gone` is not found.")
            case "limit":
                self.error(429, "Rate limit reached.", {"Retry-After": "17"})
            case "quota":
                self.error(429, "You exceeded your current quota.")
            case "broken":
                self.page(500, "<html><h1>Internal Server Error</h1></html>")
            case "busy":
                self.error(503, "Loading model")
            case "redirect":
                self.page(307, "", headers={"Location": "/v1/elsewhere"})
            case "html":
                self.page(200, "<html><h1>Welcome to the hotel's network</h1></html>")
            case _ if model not in MODELS and not re.fullmatch(r"slow-\d+", model):
                self.error(404, f"The model `{model}` does not exist or you do not have access to it.")
            case _:
                return False
        return True

    def stream(self, model: str, body: dict[str, Any], key: str) -> None:
        """The answer in tokens, as server-sent events."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        if model == "not-json":
            return self.chunk(b"data: it is\n\ndata: not JSON\n\n")
        if model == "long-line":
            return self.chunk(b"x" * 10_000_000)
        while model == "crumbs":
            self.wfile.write(b"1\r\nx\r\n" * 10_000)
        if model == "think-apart":
            self.event({"reasoning_content": "Let me see…"})
        text = answer_text(model, task_in(body), key)
        wait = 0.05 if model == "slow" else int(model[5:]) / 1000 if model.startswith("slow-") else 0
        for i, token in enumerate(tokens(model, text)):
            time.sleep(wait)
            self.event({"role": "assistant", "content": token} if i == 0 else {"content": token})
        match model:
            case "half":
                return None  # the last chunk does not come
            case "half-shut":
                return self.chunk(b"")
            case "stall":
                return self.until_left()
            case "error-inside":
                self.chunk(b'data: {"error": {"message": "CUDA out of memory", "code": 500}}\n\n')
                return self.chunk(b"")
        self.send(
            {"choices": [{"index": 0, "delta": {}, "finish_reason": "length" if model.startswith("cut") else "stop"}]}
        )
        if model == "open":
            return self.until_left()
        if model != "no-usage" and body.get("stream_options", {}).get("include_usage"):
            self.send({"choices": [], "usage": USAGE})
        self.chunk(b"data: [DONE]\n\n")
        return self.chunk(b"")

    def event(self, delta: dict[str, Any]) -> None:
        """A piece of the answer."""
        self.send({"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta}], "usage": None})

    def send(self, event: dict[str, Any]) -> None:
        """One event."""
        self.chunk(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def chunk(self, data: bytes) -> None:
        """A piece of the body; an empty one ends it."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def until_left(self) -> None:
        """Nothing, until the other side hangs up."""
        self.connection.recv(1)
        raise ConnectionResetError

    def error(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        """An error as services send it."""
        kind = "model_not_found" if status == 404 else "error"
        self.page(status, json.dumps({"error": {"message": message, "code": kind}}), "application/json", headers)

    def page(self, status: int, text: str, kind: str = "text/html", headers: dict[str, str] | None = None) -> None:
        """A whole answer."""
        data = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


USAGE = {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366}


def tokens(model: str, text: str) -> Iterator[str]:
    """`text` in pieces, or as much of it as the model writes."""
    if model in ("half", "half-clean", "half-shut", "stall", "error-inside", "cut", "cut-lines"):
        text = text[: len(text) // 2]
    if model == "endless":
        while True:
            time.sleep(0.005)
            yield " and so on"
    if model == "huge":
        text = "x" * 10_000_000
    size = 100_000 if model == "huge" else 4
    for i in range(0, len(text), size):
        yield text[i : i + size]


def end_with_parent() -> None:
    """Nobody leaves us behind: the pipe that we were started with is closed."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0), Handler) as server:
        server.daemon_threads = True
        print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            threading.Thread(target=end_with_parent, daemon=True).start()
        server.serve_forever()
