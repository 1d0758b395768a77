"""The way to an examiner: POST {address}/chat/completions, a stream of words back. OpenAI's protocol, as Ollama,
llama.cpp, vLLM and services speak it.

What a server does not take of a request (a form of answers, a temperature) is left out from then on.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, json

from quizapp.examiner.client import new_client
from quizapp.examiner.fault import ExaminerFault, Refusal, dig, http_fault, lost, names_no_model, own_words, read_json
from quizapp.examiner.place import Address, Key, Place, read_address
from quizapp.texts import Sentence, tell

if TYPE_CHECKING:
    import httpx

MOST_TOKENS = 4096
_T = TypeVar("_T")


class Bounds(Struct, frozen=True):
    """How long an examiner is waited for, in seconds, and how much it may say. A model of one's own may have to be
    loaded first."""

    connect_s: float = 10
    first_s: float = 180
    between_s: float = 60
    all_s: float = 600
    most_bytes: int = 4 << 20
    most_text: int = 64_000


BOUNDS = Bounds()


class SoFar(Struct, frozen=True):
    """All of the text so far; with the last one `ended`, and the tokens as the server counts them. `cut`: it ended
    where no more tokens were allowed."""

    text: str
    ended: bool = False
    cut: bool = False
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
    body["max_completion_tokens" if "max_tokens" in refused else "max_tokens"] = MOST_TOKENS
    schema = {"name": request.form, "strict": True, "schema": request.schema}
    optional: dict[str, object] = {
        "response_format": {"type": "json_schema", "json_schema": schema},
        "stream_options": {"include_usage": True},
        "temperature": 0,
    }
    body |= {name: value for name, value in optional.items() if name not in refused}
    return json.encode(body)


async def spoken(request: Request, key: Key, bounds: Bounds = BOUNDS) -> AsyncGenerator[SoFar, None]:
    """What the examiner says, each time that there is more of it. Cancelling ends the connection at once.

    Raises ExaminerFault, which holds nothing of the connection.
    """
    address = read_address(request.place.address)
    talk = _Talk(request, address, key, bounds)
    fault: Sentence
    try:
        client, talk.proxy = await asyncio.to_thread(new_client, address, bounds.connect_s)
        async with client:
            async for so_far in talk.over(client):
                yield so_far
        return
    except ExaminerFault as error:
        fault = error.sentence
    except TimeoutError:
        fault = talk.too_slow()
    except Exception as error:
        fault = lost(error, address.host, talk.proxy, begun=talk.bytes > 0)
    raise ExaminerFault(fault)


class _Talk:
    """One request and its answer."""

    def __init__(self, request: Request, address: Address, key: Key, bounds: Bounds) -> None:
        self.request, self.address, self.key, self.bounds = request, address, key, bounds
        self.until = time.monotonic() + bounds.all_s
        self.proxy: str | None = None
        self.bytes = 0  # of the answer

    async def over(self, client: "httpx.AsyncClient") -> AsyncGenerator[SoFar, None]:
        """The answer, over this client; asked again where the server refuses a part of the request."""
        place = (self.request.place.address, self.request.place.model)
        while True:
            refused = _refused.get(place, frozenset())
            request = client.build_request(
                "POST",
                f"{self.address.url}/chat/completions",
                content=_body(self.request, refused),
                headers={"Content-Type": "application/json", **self.key.headers()},
            )
            response = await self.within(client.send(request, stream=True))
            if response.status_code == 200:
                break
            body = await self.page(response)
            more = _refusals(response.status_code, body) - refused
            if not more:
                names = (self.address.host, self.request.place.model, self.request.place.key)
                answer = Refusal(response.status_code, response.headers, body)
                raise ExaminerFault(http_fault(names, answer, self.key.hide))
            _refused[place] = refused | more
        async for so_far in self.words(response):
            yield so_far

    async def words(self, response: "httpx.Response") -> AsyncGenerator[SoFar, None]:
        """The text of an answer, as it streams."""
        text, finish, done, free = "", "", False, 0.0
        tokens: tuple[int | None, int | None] = (None, None)
        async for event in self.events(response):
            if event is None:
                done = True
                break
            if error := dig(event, "error"):
                said = own_words(json.encode({"error": error}), self.key.hide)
                raise ExaminerFault(tell("examiner.inside", host=self.address.host, said=said or "?"))
            piece = dig(event, "choices", 0, "delta", "content") or dig(event, "choices", 0, "message", "content")
            text += piece if isinstance(piece, str) else ""
            finish = dig(event, "choices", 0, "finish_reason") or finish
            if dig(event, "choices", 0, "message"):
                finish = finish or "stop"
            tokens = _tokens(dig(event, "usage")) or tokens
            if len(text) > self.bounds.most_text:
                raise ExaminerFault(tell("examiner.too_much", host=self.address.host))
            if piece and (now := time.monotonic()) >= free:
                yield SoFar(text)
                free = time.monotonic() + 4 * (time.monotonic() - now)  # whoever listens has time for keys
        if not done and not finish:
            raise ExaminerFault(tell("examiner.half", host=self.address.host))
        yield SoFar(text, True, finish == "length", *tokens)

    async def events(self, response: "httpx.Response") -> AsyncGenerator[Any, None]:
        """The events of a stream, parsed; None for the one that says that it is done. A server that answers with one
        JSON object instead has said one event."""
        begun, whole = False, b""
        async for line in self.lines(response):
            if line.startswith(b"data:"):
                begun, data = True, line[5:].strip()
                event = None if data == b"[DONE]" else read_json(data)
                if event is None and data != b"[DONE]":
                    raise ExaminerFault(tell("examiner.no_examiner", host=self.address.host))
                yield event
                if event is None:
                    return
            elif not begun:
                whole += line
        if not begun:
            event = read_json(whole)
            if not isinstance(event, dict) or not ("choices" in event or "error" in event):
                raise ExaminerFault(tell("examiner.no_examiner", host=self.address.host))
            yield event

    async def lines(self, response: "httpx.Response") -> AsyncGenerator[bytes, None]:
        """The lines of an answer, without their ends."""
        rest: list[bytes] = []
        async for piece in self.pieces(response):
            *lines, last = piece.split(b"\n")
            for line in lines:
                yield b"".join((*rest, line))
                rest = []
            rest.append(last)
        yield b"".join(rest)

    async def pieces(self, response: "httpx.Response") -> AsyncGenerator[bytes, None]:
        """The bytes of an answer, as they come."""
        pieces = response.aiter_raw()
        while True:
            piece = await self.within(_next(pieces))
            self.bytes += len(piece or b"")
            if piece is None:
                return
            if self.bytes > self.bounds.most_bytes:
                raise ExaminerFault(tell("examiner.too_much", host=self.address.host))
            yield piece

    async def page(self, response: "httpx.Response") -> bytes:
        """The answer with which a server refuses, or its beginning."""
        body = b""
        async for piece in self.pieces(response):
            body += piece
            if len(body) > 100_000:
                break
        await response.aclose()
        self.bytes = 0
        return body

    async def within(self, coming: Awaitable[_T]) -> _T:
        """What comes, if it comes in time."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        async with asyncio.timeout(min(left, self.bounds.between_s if self.bytes else self.bounds.first_s)):
            return await coming

    def too_slow(self) -> Sentence:
        """For what it was waited in vain."""
        host, bounds = self.address.host, self.bounds
        if time.monotonic() >= self.until:
            return tell("examiner.endless", host=host, n=round(bounds.all_s))
        if self.bytes:
            return tell("examiner.stalled", host=host, n=round(bounds.between_s))
        return tell("examiner.silent", host=host, n=round(bounds.first_s))


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


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
