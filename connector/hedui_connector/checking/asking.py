"""The client of ``check``: signs what it sends, or spoils it on purpose."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx
from http_message_signatures.structures import CaseInsensitiveDict
from pydantic import BaseModel, ValidationError

from hedui_connector.clock import instant
from hedui_connector.wire import pages, problems
from hedui_connector.wire.limits import BASE_PATH, VALID_FOR_S
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

JSON = "application/json"
TIMEOUT_S = 30
Model = TypeVar("Model", bound=BaseModel)


class Broken(Exception):
    """A promise does not hold; ``code`` is a key of the messages."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Got:
    """What came back, and the request that it answers."""

    sent: Request
    status: int
    headers: httpx.Headers
    body: bytes

    def problem(self, code: str) -> Problem:
        """The problem document ``code``; ``Broken`` when it is another answer."""
        expected = problems.STATUS[code]
        if self.status != expected:
            raise Broken("status", found=self.status, expected=expected)
        if self.headers.get("content-type", "").split(";")[0] != problems.MEDIA_TYPE:
            raise Broken("no_problem", expected=problems.MEDIA_TYPE)
        try:
            found = Problem.model_validate_json(self.body)
        except ValidationError as error:
            raise Broken("no_problem", expected=problems.MEDIA_TYPE) from error
        if found.code != code:
            raise Broken("problem_code", found=found.code, expected=code)
        return found

    def message(self, model: type[Model]) -> Model:
        """The message of a success; ``Broken`` when it is another answer."""
        if self.status != 200:
            raise Broken("status", found=self.status, expected=200)
        try:
            return pages.read_message(self.body, model)
        except Refusal as error:
            raise Broken("bad_message", faults=listed(error)) from error


@dataclass(frozen=True)
class Spoiled:
    """How a request is made wrong: another key, another clock, what is changed after signing."""

    key: Key | None = None
    moved: dt.timedelta = dt.timedelta()
    valid_for_s: int = VALID_FOR_S
    unsigned: bool = False
    body: Callable[[bytes], bytes] = bytes
    target: Callable[[str], str] = str


RIGHT = Spoiled()


class Asker:
    """Speaks to one server as one agency. Follows no redirect and heeds no proxy setting."""

    def __init__(self, url: str, key: Key, unit_key: Key) -> None:
        self.key, self.unit_key = key, unit_key
        base = url.rstrip("/")
        transport = None
        if base.startswith("unix:"):
            transport = httpx.HTTPTransport(uds=base.removeprefix("unix:"))
            base = "http://unit"
        self.client = httpx.Client(
            base_url=base,
            transport=transport,
            follow_redirects=False,
            trust_env=False,
            timeout=TIMEOUT_S,
        )

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        media_type: str = "",
        idempotency_key: str = "",
        spoiled: Spoiled = RIGHT,
    ) -> Got:
        """Send one request below ``/exchange/v1``."""
        headers = {"Content-Type": media_type, "Idempotency-Key": idempotency_key}
        message = request(
            method, f"{BASE_PATH}{path}", {name: text for name, text in headers.items() if text}
        )
        if not spoiled.unsigned:
            now = instant() + spoiled.moved
            key = spoiled.key or self.key
            sign_request(message, body, key, now=now, valid_for_s=spoiled.valid_for_s)
        return self.again(message, body, spoiled)

    def again(self, message: Request, body: bytes = b"", spoiled: Spoiled = RIGHT) -> Got:
        """Send what has been signed, as it is or changed after signing."""
        target = spoiled.target(message.target)
        sent = self.client.request(
            *(message.method, target),
            content=spoiled.body(body) if body else None,
            headers=dict(message.headers.items()),
        )
        if sent.is_redirect:
            raise Broken("redirect", found=sent.status_code)
        return Got(message, sent.status_code, sent.headers, sent.content)

    def put(self, path: str, message: BaseModel | bytes) -> Got:
        """PUT a message."""
        body = message if isinstance(message, bytes) else message.model_dump_json().encode()
        return self.send("PUT", path, body, media_type=JSON)

    def post(self, path: str, body: bytes, media_type: str, key: str = "") -> Got:
        """POST, under a new idempotency key unless one is given."""
        key = key or secrets.token_hex(16)
        return self.send("POST", path, body, media_type=media_type, idempotency_key=key)

    def get(self, path: str) -> Got:
        """GET."""
        return self.send("GET", path)

    def verify(self, got: Got) -> None:
        """``Broken`` unless the unit signed this response to this request."""
        headers = CaseInsensitiveDict(got.headers.items())
        try:
            verify_response(Response(got.status, headers, got.sent), got.body, self.unit_key)
        except Unverified as error:
            raise Broken("response_signature", said=error) from error


def listed(refusal: Refusal) -> str:
    """The faults of a message in one text."""
    return "\uff1b".join(str(fault) for fault in refusal.problem.faults)
