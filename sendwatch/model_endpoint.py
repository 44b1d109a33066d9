"""Ask an endpoint that speaks the OpenAI chat completions protocol. The one place that talks to a model.

Hard limits on time and bytes, whatever the other side does: the request runs in a thread that is left behind
when the time is up. Redirects are not followed. Never logs, and never puts the key into an error.
"""

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sendwatch.model_settings import ModelSettings

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 1_000_000  # of an answer
MOST_TOKENS = 1500  # of an answer, as asked for
T = TypeVar("T")


class ModelFailed(Exception):
    """The model gave no answer that can be used; the message says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What ``GET /models`` said: the names, or none where the endpoint keeps no list."""

    names: tuple[str, ...]
    keeps_a_list: bool = True


def ask_model(
    settings: ModelSettings, system: str, user: str, *, seconds: float, most_tokens: int = MOST_TOKENS
) -> str:
    """Return the text of the model's answer within ``seconds``. Raises ModelFailed."""
    payload = {
        "model": settings.name,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        "temperature": 0,
        "max_tokens": most_tokens,
        "stream": False,
    }
    return _content(_within(settings, seconds, "POST", "/chat/completions", payload))


def list_models(settings: ModelSettings, *, seconds: float) -> Listed:
    """Ask which models there are. Raises ModelFailed."""
    try:
        answer = json.loads(_within(settings, seconds, "GET", "/models", None))
        return Listed(tuple(str(row["id"]) for row in answer["data"]))
    except _NotThere:
        return Listed((), keeps_a_list=False)
    except (ValueError, TypeError, LookupError, RecursionError):
        raise ModelFailed("it does not answer as an OpenAI endpoint does") from None


class _NotThere(ModelFailed):
    """404 or 405."""


def _within(settings: ModelSettings, seconds: float, method: str, path: str, payload: object) -> bytes:
    """The body of an answer with status 200, in ``seconds`` at most, however slowly it trickles."""
    import httpx  # costs 0.15 s, and most houses have no model

    ends = time.monotonic() + seconds
    done: queue.Queue[bytes | ModelFailed] = queue.Queue()
    client = httpx.Client(
        follow_redirects=False,
        timeout=max(seconds, 0.1),
        trust_env=not settings.on_this_machine,  # a proxy is for what is not on this machine
        headers={"Accept-Encoding": "identity", "Accept": "application/json", **_login(settings)},
    )

    def work() -> None:
        try:
            done.put(_body(client, method, settings.url + path, payload, lambda: time.monotonic() > ends))
        except ModelFailed as failed:
            done.put(failed)
        except httpx.TimeoutException:
            done.put(ModelFailed(f"no answer within {seconds:g} seconds"))
        except Exception as error:  # whatever a stranger's answer trips is told in words
            done.put(ModelFailed(f"no connection that holds ({type(error).__name__})"))

    threading.Thread(target=work, name="model", daemon=True).start()
    try:
        answer = done.get(timeout=max(0.0, ends - time.monotonic()))
    except queue.Empty:
        raise ModelFailed(f"no whole answer within {seconds:g} seconds") from None
    finally:
        client.close()  # a thread that is left behind fails at its next read
    if isinstance(answer, ModelFailed):
        raise answer
    return answer


def _login(settings: ModelSettings) -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.key}"} if settings.key else {}


def _body(client: "httpx.Client", method: str, url: str, payload: object, late: Callable[[], bool]) -> bytes:
    with client.stream(method, url, json=payload) as answer:
        status = answer.status_code
        if status in (404, 405):
            raise _NotThere(f"it answered {status}: there is no such page or model")
        if answer.is_redirect:
            raise ModelFailed(f"it answered {status}, a redirect, which is not followed")
        if status in (401, 403):
            raise ModelFailed(f"it answered {status}: the key is missing or wrong")
        if status != 200:
            raise ModelFailed(f"it answered {status}")
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise ModelFailed("it packed its answer, unasked")
        body = bytearray()
        for chunk in answer.iter_raw():
            body += chunk
            if len(body) > MOST_BYTES:
                raise ModelFailed(f"its answer is longer than {MOST_BYTES:,} bytes")
            if late():
                raise ModelFailed("its answer came too slowly")
        return bytes(body)


def _content(body: bytes) -> str:
    """The text of an answer, whether it came whole or, unasked, as a stream of events."""
    text = body.decode("utf-8", "replace")
    try:
        if text.lstrip().startswith(("data:", "event:", ":")):
            return "".join(_streamed(text))
        content = json.loads(text)["choices"][0]["message"]["content"]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ModelFailed("it does not answer as an OpenAI endpoint does") from None
    if not isinstance(content, str):
        raise ModelFailed("its answer has no text")
    return content


def _streamed(text: str) -> Iterator[str]:
    for line in text.splitlines():
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            continue
        for choice in json.loads(data)["choices"][:1]:
            yield choice.get("delta", {}).get("content") or ""
