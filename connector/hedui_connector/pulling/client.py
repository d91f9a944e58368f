"""The unit's client: signs what it sends to a portal, and believes only what the agency signed."""

import hashlib
from typing import TypeVar

import httpx
from http_message_signatures.structures import CaseInsensitiveDict
from pydantic import BaseModel

from hedui_connector.clock import instant
from hedui_connector.wire import pages, problems
from hedui_connector.wire.limits import BASE_PATH, BYTES_PER_BODY
from hedui_connector.wire.models import End
from hedui_connector.wire.problems import Problem, Refusal
from hedui_connector.wire.signatures import (
    Key,
    Response,
    Unverified,
    request,
    sign_request,
    verify_response,
)

JSON = "application/json"
TIMEOUT_S = 60
Row = TypeVar("Row", bound=BaseModel)


class NotNow(Exception):
    """The portal cannot be reached or is not to be believed; the text is for the log."""


class Refused(Exception):
    """The portal says no; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        said = [problem.title, problem.detail, *map(str, problem.faults)]
        super().__init__("\uff1b".join(said))
        self.problem = problem


class Client:
    """Speaks to one agency's portal. Follows no redirect."""

    def __init__(self, portal: str, own: Key, agency: Key, skew_s: int) -> None:
        self.own, self.agency, self.skew_s = own, agency, skew_s
        base, transport = portal.rstrip("/"), None
        if base.startswith("unix:"):
            transport = httpx.HTTPTransport(uds=base.removeprefix("unix:"))
            base = "http://portal"
        self.http = httpx.Client(
            base_url=base,
            transport=transport,
            follow_redirects=False,
            trust_env=False,
            timeout=TIMEOUT_S,
        )

    def get(self, path: str, model: type[Row]) -> Row:
        """One message below ``/exchange/v1``."""
        return _read(self._send("GET", path), model)

    def get_page(self, path: str, model: type[Row]) -> tuple[list[Row], End]:
        """A page of rows."""
        body = self._send("GET", path)
        try:
            return pages.read_page(body, model)
        except Refusal as error:
            raise NotNow(f"a page that does not hold: {error.problem.faults}") from error

    def post(self, path: str, body: bytes, media_type: str, model: type[Row]) -> Row:
        """POST; the same body to the same place has the same key, so it acts once."""
        key = hashlib.sha256(f"{path}\n".encode() + body).hexdigest()
        headers = {"Content-Type": media_type, "Idempotency-Key": key}
        return _read(self._send("POST", path, body, headers), model)

    def _send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        message = request(method, f"{BASE_PATH}{path}", headers or {})
        sign_request(message, body, self.own, now=instant())
        given = dict(message.headers.items())
        try:
            with self.http.stream(
                *(method, message.target), content=body or None, headers=given
            ) as answer:
                got = _whole(answer)
        except httpx.HTTPError as error:
            raise NotNow(f"{type(error).__name__}: {error}") from error
        response = Response(
            answer.status_code, CaseInsensitiveDict(answer.headers.items()), message
        )
        try:
            verify_response(response, got, self.agency, skew_s=self.skew_s)
        except Unverified as error:
            raise NotNow(f"status {answer.status_code}, {error}") from error
        if answer.status_code != 200:
            raise Refused(_problem(got, answer.headers.get("content-type", "")))
        return got


def _whole(answer: httpx.Response) -> bytes:
    """The body, as long as it is no longer than a message may be."""
    got = bytearray()
    for part in answer.iter_bytes():
        got += part
        if len(got) > BYTES_PER_BODY:
            raise NotNow("an answer that is too large")
    return bytes(got)


def _read(body: bytes, model: type[Row]) -> Row:
    try:
        return pages.read_message(body, model)
    except Refusal as error:
        raise NotNow(f"a message that does not hold: {error.problem.faults}") from error


def _problem(body: bytes, media_type: str) -> Problem:
    if media_type.split(";")[0] != problems.MEDIA_TYPE:
        raise NotNow("no problem document")
    return _read(body, Problem)
