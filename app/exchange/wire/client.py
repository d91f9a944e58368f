"""One signed request to a unit's server and its verified answer.

No redirect is followed, no proxy of the environment used, no answer read beyond its limits.
"""

import email.utils
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import httpx
from http_message_signatures.structures import CaseInsensitiveDict
from pydantic import BaseModel, ValidationError

from app.exchange.wire.addresses import Pinned, pin
from app.exchange.wire.failures import WireFailure
from hedui_connector.wire import pages
from hedui_connector.wire.limits import BASE_PATH, BYTES_PER_BODY, CLOCK_SKEW_S
from hedui_connector.wire.problems import Problem, Refusal
from hedui_connector.wire.signatures import (
    Key,
    Request,
    Response,
    Unverified,
    request,
    sign_request,
    verify_response,
)
from tenants.calendar import instant

JSON = "application/json"
CONNECT_S, SILENT_S, WHOLE_S = 5.0, 20.0, 120.0
Model = TypeVar("Model", bound=BaseModel)

PROBLEMS = {
    "conflict": "conflict",
    "key_reused": "conflict",
    "bad_message": "not_accepted",
    "gone": "gone",
    "not_found": "lost",
    "internal": "unavailable",
}
"""Their problem → our failure; any other one is ``not_accepted``."""


@dataclass(frozen=True)
class Limits:
    """How long a server may be silent, how long an answer may take, and how large it may be."""

    silent_s: float = SILENT_S
    whole_s: float = WHOLE_S
    most: int = BYTES_PER_BODY


@dataclass(frozen=True)
class Wire:
    """One server, the two keys, and the addresses that may be called; ``their_box``: the public key
    (PEM) to which files are sealed."""

    url: str
    ours: Key
    theirs: Key
    allowed: tuple[str, ...]
    limits: Limits = Limits()
    their_box: str = ""

    def put(self, path: str, body: bytes, model: type[Model]) -> Model:
        """PUT a message; its answer. Raises ``WireFailure``."""
        return _message(self._send("PUT", path, body, JSON), model)

    def post(self, path: str, body: bytes, media_type: str, key: str, model: type[Model]) -> Model:
        """POST under an idempotency key; its answer. Raises ``WireFailure``."""
        return _message(self._send("POST", path, body, media_type, key), model)

    def get(self, path: str, model: type[Model]) -> Model:
        """GET a message. Raises ``WireFailure``."""
        return _message(self._send("GET", path), model)

    def page(self, path: str) -> bytes:
        """GET a page, as it came. Raises ``WireFailure``."""
        return self._send("GET", path)

    def _send(
        self, method: str, path: str, body: bytes = b"", media_type: str = "", key: str = ""
    ) -> bytes:
        pinned = pin(self.url, self.allowed)
        headers = {"Content-Type": media_type, "Idempotency-Key": key}
        message = request(
            method, f"{BASE_PATH}{path}", {name: text for name, text in headers.items() if text}
        )
        sign_request(message, body, self.ours, now=instant())
        status, headers_back, data = _call(pinned, message, body, self.limits)
        return self._verified(message, status, headers_back, data)

    def _verified(self, sent: Request, status: int, headers: httpx.Headers, body: bytes) -> bytes:
        if 300 <= status < 400:
            raise WireFailure("redirected", status)
        if status == 401:
            raise WireFailure("clock" if _clock_is_off(headers) else "rejected", status)
        answer = Response(status, CaseInsensitiveDict(headers.items()), sent)
        try:
            verify_response(answer, body, self.theirs)
        except Unverified as error:
            if status >= 500 or status == 429:
                raise WireFailure("unavailable", status) from error
            raise WireFailure(
                "clock" if _clock_is_off(headers) else "unverified", status
            ) from error
        if status != 200:
            raise _problem(status, body)
        return body


def _call(
    pinned: Pinned, message: Request, body: bytes, limits: Limits
) -> tuple[int, httpx.Headers, bytes]:
    target = pinned.target
    transport = httpx.HTTPTransport(uds=target.socket or None, trust_env=False, retries=0)
    host = f"[{pinned.address}]" if ":" in pinned.address else pinned.address
    base = "http://unit" if target.socket else f"{target.scheme}://{host}:{target.port}"
    headers = dict(message.headers.items()) | {"Accept-Encoding": "identity"}
    if not target.socket:
        headers["Host"] = target.entry
    until = time.monotonic() + limits.whole_s
    timeout = httpx.Timeout(limits.silent_s, connect=CONNECT_S)
    try:
        with (
            httpx.Client(
                transport=transport, trust_env=False, follow_redirects=False, timeout=timeout
            ) as client,
            client.stream(
                message.method,
                f"{base}{message.target}",
                content=body or None,
                headers=headers,
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            return answer.status_code, answer.headers, _read(answer.iter_raw(), limits, until)
    except httpx.TimeoutException as error:
        raise WireFailure("too_slow") from error
    except httpx.TransportError as error:
        raise WireFailure("unreachable") from error


def _read(parts: Iterable[bytes], limits: Limits, until: float) -> bytes:
    found = bytearray()
    for part in parts:
        found += part
        if len(found) > limits.most:
            raise WireFailure("too_big")
        if time.monotonic() > until:
            raise WireFailure("too_slow")
    return bytes(found)


def _message(body: bytes, model: type[Model]) -> Model:
    try:
        return pages.read_message(body, model)
    except Refusal as error:
        raise WireFailure("bad_message", 200) from error


def _problem(status: int, body: bytes) -> WireFailure:
    try:
        code = Problem.model_validate_json(body).code
    except ValidationError:
        return WireFailure("unavailable" if status >= 500 else "bad_message", status)
    return WireFailure(PROBLEMS.get(code, "not_accepted"), status)


def _clock_is_off(headers: httpx.Headers) -> bool:
    """Whether the server's own clock, as it says it, is further from ours than is agreed."""
    try:
        theirs = email.utils.parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return False
    return abs((theirs - instant()).total_seconds()) > CLOCK_SKEW_S
