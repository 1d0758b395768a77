"""The way to an examiner: POST {address}/chat/completions, a stream of words back. OpenAI's protocol, as Ollama,
llama.cpp, vLLM and services speak it.

What a server does not take of a request (a form of answers, a temperature) is left out from then on.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, json
from msgspec.structs import replace

from quizapp.examiner.client import aside, new_client
from quizapp.examiner.fault import ExaminerFault, Refusal, dig, http_fault, lost, names_no_model, own_words, read_json
from quizapp.examiner.place import Key, Place, read_address
from quizapp.texts import Sentence, tell

if TYPE_CHECKING:
    import httpx

_MOST_TOKENS = 4096
_MOST_PAGE = 100_000  # bytes of what is no answer
_BREATH_S = 0.01  # of a processor, before others have theirs
_T = TypeVar("_T")


class Bounds(Struct, frozen=True):
    """How long an examiner is waited for, in seconds, and how much it may say. A model of one's own may have to be
    loaded first; `after_s`: what may come once it has said that it is at an end, the tokens, is not waited for long."""

    connect_s: float = 10
    first_s: float = 180
    between_s: float = 60
    after_s: float = 2
    all_s: float = 600
    most_bytes: int = 4 << 20
    most_text: int = 64_000


BOUNDS = Bounds()


class SoFar(Struct, frozen=True):
    """All of the text so far; with the last one `ended`, and the tokens as the server counts them. `finish`: why it
    ended, in the server's word: "length" where no more tokens were allowed."""

    text: str
    ended: bool = False
    finish: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


class Request(Struct, frozen=True):
    """What is sent: what the examiner is told, the task, and the form (a JSON schema, with its name) of an answer."""

    place: Place
    told: str
    task: str
    form: str
    schema: dict[str, object]


_OPTIONAL = ("response_format", "stream_options", "temperature", "max_tokens", "system")
_refused: dict[tuple[str, str], frozenset[str]] = {}  # by address and model, while the process lives


def _body(request: Request, refused: frozenset[str]) -> bytes:
    body: dict[str, object] = {"model": request.place.model, "stream": True}
    if "system" in refused:
        messages = [("user", f"{request.told}\n\n{request.task}")]
    else:
        messages = [("system", request.told), ("user", request.task)]
    body["messages"] = [{"role": role, "content": content} for role, content in messages]
    body["max_completion_tokens" if "max_tokens" in refused else "max_tokens"] = _MOST_TOKENS
    schema = {"name": request.form, "strict": True, "schema": request.schema}
    optional: dict[str, object] = {
        "response_format": {"type": "json_schema", "json_schema": schema},
        "stream_options": {"include_usage": True},
        "temperature": 0,
    }
    body |= {name: value for name, value in optional.items() if name not in refused}
    return json.encode(body)


class Talk:
    """One request and its answer: `async with` it, and ask for `more` until there is none. Cancelled, or left, it ends
    the connection at once. Its errors hold nothing of the connection."""

    def __init__(self, request: Request, key: Key, bounds: Bounds = BOUNDS) -> None:
        self.request, self.key, self.bounds = request, key, bounds
        self.address = read_address(request.place.address)
        self.until = time.monotonic() + bounds.all_s
        self.proxy: str | None = None
        self._client: httpx.AsyncClient | None = None
        self._pieces: AsyncIterator[bytes] | None = None  # of the answer
        self._bytes, self._events = 0, 0
        self._lines: deque[bytes] = deque()
        self._rest: list[bytes] = []  # of a line that has not ended
        self._so_far = SoFar("")
        self._given = self._free = 0.0  # when the last was given, and from when on the next may be
        self._breathed = time.thread_time()  # when others had their turns

    async def __aenter__(self) -> "Talk":
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def more(self) -> SoFar | None:
        """What was said so far, as soon as it is more; None after the last. Raises ExaminerFault."""
        now = time.monotonic()
        self._free = now + 4 * (now - self._given) if self._given else now  # whoever listens has time for keys
        fault: Sentence
        try:
            return None if self._so_far.ended else await self._more()
        except ExaminerFault as error:
            fault = error.sentence
        except TimeoutError:
            if self._so_far.finish:
                self._so_far = replace(self._so_far, ended=True)
                return self._so_far
            fault = self._too_slow()
        except Exception as error:
            fault = lost(error, self.address.host, self.proxy, begun=self._bytes > 0)
        raise ExaminerFault(fault)

    async def _more(self) -> SoFar:
        if self._pieces is None:
            self._pieces = (await self._answer()).aiter_raw()
        while True:
            self._so_far, grown = self._with(await self._event())
            if self._so_far.ended or (grown and time.monotonic() >= self._free):
                self._given = time.monotonic()
                return self._so_far

    def _with(self, event: Any) -> tuple[SoFar, bool]:
        """What was said so far, with one event more; and whether its text has grown by it."""
        was, choice, usage = self._so_far, dig(event, "choices", 0), _tokens(dig(event, "usage"))
        if event is None:
            return replace(was, ended=True), False
        if error := dig(event, "error"):
            said = own_words(json.encode({"error": error}), self.key.hide)
            raise ExaminerFault(tell("examiner.inside", host=self.address.host, said=said or "?"))
        whole = dig(choice, "message", "content")  # of a server that does not stream
        piece = dig(choice, "delta", "content") or whole
        text = was.text + piece if isinstance(piece, str) else was.text
        if len(text) > self.bounds.most_text:
            raise ExaminerFault(tell("examiner.too_much", host=self.address.host))
        finish = dig(choice, "finish_reason") or ("stop" if whole is not None else was.finish)
        tokens_in, tokens_out = usage or (was.tokens_in, was.tokens_out)
        return SoFar(text, False, finish if isinstance(finish, str) else "?", tokens_in, tokens_out), text != was.text

    async def _event(self) -> Any:
        """The next event of the stream, parsed; None for the end of all. A server that answers with one JSON object
        instead has said one event."""
        other: list[bytes] = []
        while (line := await self._line()) is not None:
            if not line.startswith(b"data:"):
                other.append(line)
                continue
            self._events += 1
            data = line[5:].strip()
            event = None if data == b"[DONE]" else read_json(data)
            if event is None and data != b"[DONE]":
                break
            return event
        else:
            if self._events and self._so_far.finish:
                return None
            if self._events:
                raise ExaminerFault(tell("examiner.half", host=self.address.host))
            self._events += 1
            event = read_json(b"".join(other))
            if dig(event, "choices") or dig(event, "error"):
                return event
        raise ExaminerFault(tell("examiner.no_examiner", host=self.address.host))

    async def _line(self) -> bytes | None:
        """The next line of the answer, without its end; None after the last."""
        await self._breathe()
        while not self._lines:
            piece = await self._piece()
            if piece is None:
                last, self._rest = b"".join(self._rest), []
                return last or None
            *lines, last = piece.split(b"\n")
            for line in lines:
                self._lines.append(b"".join((*self._rest, line)))
                self._rest = []
            self._rest.append(last)
        return self._lines.popleft()

    async def _piece(self) -> bytes | None:
        """The next bytes of the answer; None after the last."""
        assert self._pieces is not None
        piece = await self._within(self._next(self._pieces))
        self._bytes += len(piece or b"")
        if self._bytes > self.bounds.most_bytes:
            raise ExaminerFault(tell("examiner.too_much", host=self.address.host))
        return piece

    async def _answer(self) -> "httpx.Response":
        """The answer; asked for again where the server refuses a part of the request."""
        client, self.proxy = await self._within(aside(lambda: new_client(self.address, self.bounds.connect_s)))
        self._client = client
        place = (self.request.place.address, self.request.place.model)
        while True:
            refused = _refused.get(place, frozenset())
            request = client.build_request(
                "POST",
                f"{self.address.url}/chat/completions",
                content=_body(self.request, refused),
                headers={"Content-Type": "application/json", **self.key.headers()},
            )
            response = await self._within(client.send(request, stream=True))
            if response.status_code == 200:
                return response
            body = await self._page(response)
            more = _refusals(response.status_code, body) - refused
            if not more:
                names = (self.address.host, self.request.place.model, self.request.place.key)
                answer = Refusal(response.status_code, response.headers, body)
                raise ExaminerFault(http_fault(names, answer, self.key.hide))
            _refused[place] = refused | more

    async def _page(self, response: "httpx.Response") -> bytes:
        """The page with which a server refuses, or its beginning."""
        pieces, body = response.aiter_raw(), b""
        while len(body) < _MOST_PAGE and (piece := await self._within(self._next(pieces))) is not None:
            body += piece
        await response.aclose()
        return body

    async def _within(self, coming: Coroutine[Any, Any, _T]) -> _T:
        """What comes, if it comes in time."""
        left = self.until - time.monotonic()
        if left <= 0:
            coming.close()
            raise TimeoutError
        bounds = self.bounds
        begun = bounds.after_s if self._so_far.finish else bounds.between_s
        async with asyncio.timeout(min(left, begun if self._bytes else bounds.first_s)):
            return await coming

    async def _next(self, pieces: AsyncIterator[bytes]) -> bytes | None:
        await self._breathe()
        return await anext(pieces, None)

    async def _breathe(self) -> None:
        """Let keys have their turns: of a flood the next piece is always there, and nobody waits for it."""
        used = time.thread_time() - self._breathed
        if used > _BREATH_S:
            await asyncio.sleep(min(3 * used, 10 * _BREATH_S))
            self._breathed = time.thread_time()

    def _too_slow(self) -> Sentence:
        """For what it was waited in vain."""
        host, bounds = self.address.host, self.bounds
        if time.monotonic() >= self.until:
            return tell("examiner.endless", host=host, n=round(bounds.all_s))
        if self._bytes:
            return tell("examiner.stalled", host=host, n=round(bounds.between_s))
        return tell("examiner.silent", host=host, n=round(bounds.first_s))


def _refusals(status: int, body: bytes) -> frozenset[str]:
    """What of a request an error says that it does not take; all that can be left out, if it names nothing."""
    if status not in (400, 415, 422, 500, 501):
        return frozenset()
    text = body[:10_000].decode(errors="replace").lower()
    named = frozenset(name for name in _OPTIONAL if (f"{name} role" if name == "system" else name) in text)
    if named or names_no_model(status, body) or status == 500:
        return named
    return frozenset(_OPTIONAL[:3])


def _tokens(usage: Any) -> tuple[int | None, int | None] | None:
    if not isinstance(usage, dict):
        return None
    counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    one, other = (count if isinstance(count, int) and 0 <= count < 10**9 else None for count in counts)
    return one, other
