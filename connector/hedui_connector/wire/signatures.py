"""HTTP message signatures (RFC 9421) of requests and of the responses to them.

A request covers its method, path, query and digest, and its content type and idempotency key
where they are there. A response covers its status, its digest and the signature that it answers.
Scheme and host are not covered: proxies change them, and the path names the resource.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import http_sf
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    VerifyResult,
)
from http_message_signatures.structures import CaseInsensitiveDict

from hedui_connector.wire.algorithms import Algorithm
from hedui_connector.wire.limits import (
    CLOCK_SKEW_S,
    FOLDER_INTERFACE,
    FOLDER_VALID_FOR_S,
    INTERFACE,
    VALID_FOR_S,
)

LABEL = "hedui"
REQUEST_PARTS = ("@method", "@path", "@query", "content-digest")
WHERE_PRESENT = ("content-type", "idempotency-key")
ANSWERED_SIGNATURE = f'"signature";req;key="{LABEL}"'
NONCE_LENGTHS = range(16, 65)


@dataclass(frozen=True)
class Carrier:
    """How messages travel: the tag of their signatures, and how long these may hold.

    A message of one carrier verifies in no other.
    """

    tag: str
    valid_for_s: int


HTTP = Carrier(INTERFACE, VALID_FOR_S)
FOLDER = Carrier(FOLDER_INTERFACE, FOLDER_VALID_FOR_S)


class Unverified(Exception):
    """A signature that does not hold; the text is for the verifier's own log only.

    ``code``: ``altered``, ``stranger`` or ``replayed``, for whoever owns the folder it lay in.
    """

    def __init__(self, text: str, code: str = "altered") -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Key:
    """A party's key: its id, its algorithm, and the private or the public half (a secret: both)."""

    keyid: str
    algorithm: Algorithm
    material: Any


@dataclass
class Request:
    """A request as it is signed; ``target`` is path and query as sent."""

    method: str
    target: str
    headers: CaseInsensitiveDict

    @property
    def url(self) -> str:
        return f"http://unit{self.target}"


@dataclass
class Response:
    """A response as it is signed, with the request that it answers."""

    status_code: int
    headers: CaseInsensitiveDict
    request: Request


class Nonces(Protocol):
    """Remembers nonces: the seam to wherever a party keeps what it knows."""

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        """Whether the nonce is new; it is remembered until then."""


@dataclass(frozen=True)
class Signed:
    """Who signed."""

    keyid: str


class _One(HTTPSignatureKeyResolver):
    def __init__(self, key: Key) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Any:
        return self.key.material

    def resolve_public_key(self, key_id: str) -> Any:
        return self.key.material


def request(method: str, target: str, headers: Mapping[str, str]) -> Request:
    """A request with its headers."""
    return Request(method, target, CaseInsensitiveDict(headers))


def sign_request(
    message: Request,
    body: bytes,
    key: Key,
    *,
    now: dt.datetime,
    valid_for_s: int | None = None,
    carrier: Carrier = HTTP,
) -> None:
    """Add digest and signature, with a fresh nonce, to the headers of ``message``."""
    parts = (*REQUEST_PARTS[:3], *_present(message))
    seconds = carrier.valid_for_s if valid_for_s is None else valid_for_s
    _sign(message, body, key, parts, now, carrier.tag, seconds)


def sign_response(
    message: Response, body: bytes, key: Key, *, now: dt.datetime, carrier: Carrier = HTTP
) -> None:
    """Add digest and signature to the headers of a response to a verified request."""
    parts = ("@status", *_present(message), ANSWERED_SIGNATURE)
    _sign(message, body, key, parts, now, carrier.tag, carrier.valid_for_s)


def _present(message: Request | Response) -> tuple[str, ...]:
    return tuple(name for name in WHERE_PRESENT if name in message.headers)


def _sign(
    message: Request | Response,
    body: bytes,
    key: Key,
    parts: tuple[str, ...],
    now: dt.datetime,
    tag: str,
    valid_for_s: int,
) -> None:
    signer = HTTPMessageSigner(
        signature_algorithm=key.algorithm.implementation, key_resolver=_One(key)
    )
    signer.sign(
        message,
        key_id=key.keyid,
        created=now,
        expires=now + dt.timedelta(seconds=valid_for_s),
        nonce=secrets.token_urlsafe(18),
        label=LABEL,
        tag=tag,
        covered_component_ids=parts,
        body=body,
    )


def verify_request(
    message: Request,
    body: bytes,
    find_key: Callable[[str], Key | None],
    nonces: Nonces,
    *,
    skew_s: int = CLOCK_SKEW_S,
    carrier: Carrier = HTTP,
) -> Signed:
    """Who signed the request; ``Unverified`` says why it does not hold.

    The nonce is used up last, by a request that is right in all else.
    """
    key = find_key(keyid_of(message))
    if key is None:
        raise Unverified("keyid is not known", "stranger")
    result = _verify(message, body, key, (*REQUEST_PARTS, *_present(message)), skew_s, carrier)
    until = _bounded_expiry(result, carrier.valid_for_s) + dt.timedelta(seconds=skew_s)
    if result.nonce is None or len(result.nonce) not in NONCE_LENGTHS:
        raise Unverified("nonce is missing or not of 16 to 64 characters")
    if not nonces.use(key.keyid, result.nonce, until):
        raise Unverified("nonce has been used before", "replayed")
    return Signed(key.keyid)


def verify_response(
    message: Response,
    body: bytes,
    key: Key,
    *,
    skew_s: int = CLOCK_SKEW_S,
    carrier: Carrier = HTTP,
) -> None:
    """Raise ``Unverified`` unless ``key`` signed this response to the request that it names."""
    keyid = keyid_of(message)
    if keyid != key.keyid:
        raise Unverified("keyid is not the one that was agreed")
    parts = ("@status", "content-digest", *_present(message), ANSWERED_SIGNATURE)
    _verify(message, body, key, parts, skew_s, carrier)


def keyid_of(message: Request | Response) -> str:
    """The id of the key that claims to have signed; ``Unverified`` when there is none."""
    if "signature-input" not in message.headers:
        raise Unverified("there is no signature")
    try:
        found: Any = http_sf.parse(
            message.headers["signature-input"].encode("ascii"), tltype="dictionary"
        )
        keyid = found[LABEL][1]["keyid"]
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise Unverified(f"no readable signature with the label {LABEL}") from error
    return str(keyid)


def _verify(
    message: Request | Response,
    body: bytes,
    key: Key,
    parts: tuple[str, ...],
    skew_s: int,
    carrier: Carrier,
) -> VerifyResult:
    verifier = HTTPMessageVerifier(
        signature_algorithm=key.algorithm.implementation, key_resolver=_One(key)
    )
    verifier.max_clock_skew = dt.timedelta(seconds=skew_s)
    try:
        results = verifier.verify(
            message,
            max_age=dt.timedelta(seconds=carrier.valid_for_s),
            expect_tag=carrier.tag,
            expect_label=LABEL,
            require_components=parts,
            body=body,
        )
    except InvalidSignature as error:
        raise Unverified(
            f"signature does not hold: {str(error) or 'altered, or another key'}"
        ) from error
    if "expires" not in results[0].parameters:
        raise Unverified("expires is missing")
    return results[0]


def _bounded_expiry(result: VerifyResult, valid_for_s: int) -> dt.datetime:
    created, expires = (int(result.parameters[name]) for name in ("created", "expires"))
    if not 0 < expires - created <= valid_for_s:
        raise Unverified(f"expires is not within {valid_for_s} s of created")
    return dt.datetime.fromtimestamp(expires, dt.UTC)
